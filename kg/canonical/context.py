"""Which district or county an article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.canonical.fold import fold
from kg.places import Division, Gazetteer, Level, gazetteer

TITLE_WEIGHT = 3
NAME_WEIGHT = 1
ENOUGH = 2  # a single passing mention decides nothing
SHARE = 0.6  # of all weight given to divisions of this tier


def article_place(
    page_place: Division | None,
    names: Sequence[str],
    *,
    title: str = "",
    byline: str = "",
    places: Gazetteer | None = None,
) -> Division | None:
    """The district or county within ``page_place`` that the article is about; None where none stands out.

    ``names`` are the article's mentions as printed (X区, X区市场监管局, X县委 all count for their division). A place
    named in the title weighs most. Without a ``page_place`` only full names count.
    """
    table = places or gazetteer()
    weights: Counter[Division] = Counter()
    for name in names:
        division = _county_of(fold(name), page_place, table)
        if division is not None:
            weights[division] += NAME_WEIGHT
    for text, weight in ((title, TITLE_WEIGHT), (byline, NAME_WEIGHT)):
        for division in _counties_in(fold(text), page_place, table):
            weights[division] += weight
    if not weights:
        return None
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0].key))
    first, weight = ranked[0]
    if weight < ENOUGH or weight < SHARE * sum(weights.values()):
        return None
    return first


def place_before(page_place: Division | None, names: Sequence[str], *,
                 places: Gazetteer | None = None) -> Division | None:
    """The county-level division that the last of ``names`` to show one shows.

    For 区住建局 in an article about several districts: the names before it, in the order of the text.
    """
    table = places or gazetteer()
    for name in reversed(names):
        division = _county_of(fold(name), page_place, table)
        if division is not None:
            return division
    return None


def _county_of(name: str, page_place: Division | None, table: Gazetteer) -> Division | None:
    """The county-level division that a name is or begins with."""
    for end in range(min(len(name), 12), 1, -1):
        hit = _county(name[:end], page_place, table)
        if hit is not None:
            return hit
        if end < len(name) and table.by_name(name[:end]):
            inner = _county_of(name[end:], page_place, table)  # X市Y区法院
            if inner is not None:
                return inner
    return None


def _counties_in(text: str, page_place: Division | None, table: Gazetteer) -> list[Division]:
    found: list[Division] = []
    position = 0
    while position < len(text):
        for end in range(min(len(text), position + 12), position + 1, -1):
            hit = _county(text[position:end], page_place, table)
            if hit is not None:
                found.append(hit)
                position = end - 1
                break
        position += 1
    return list(dict.fromkeys(found))


def _county(name: str, page_place: Division | None, table: Gazetteer) -> Division | None:
    hits = [d for d in table.lookup(name) if d.level is Level.COUNTY]
    if page_place is not None:
        hits = [d for d in hits if table.contains(page_place, d) and d != page_place]
    elif not table.by_name(name):
        return None
    return hits[0] if len(hits) == 1 else None
