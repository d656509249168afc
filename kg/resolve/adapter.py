"""What linking asks of canonical names and of the gazetteer, in its own terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.canonical import article_place, canonical, find_aliases, place_before
from kg.model import Article, Kind, Mention
from kg.places import Division, DivisionKind, gazetteer
from kg.resolve.forms import never_stands_for
from kg.resolve.words import plain

LOWER_LEVELS = ("区", "县", "旗", "镇", "乡", "街道")


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    reason: str
    division: Division | None  # the place itself, of a place
    misread: bool  # the surface is no name of it, but looks like one


def home(place: str) -> Division | None:
    """The division with this official name; None where it is unknown or ambiguous."""
    if not place:
        return None
    found = [d for d in gazetteer().by_name(place) if d.kind is not DivisionKind.FORMER]
    return found[0] if len(found) == 1 else gazetteer().resolve(place)


def about(article: Article, mentions: Sequence[Mention], paper: Division | None) -> Division | None:
    """The district or county that the article is about; None where none stands out."""
    names = [m.text for m in mentions if m.kind is not Kind.PERSON and not m.nominal]
    return article_place(paper, names, title=article.title)


def nearer(surface: str, before: Sequence[Mention], paper: Division | None) -> Division | None:
    """For 区住建局 in an article about several districts: the district named last."""
    if not surface.startswith(LOWER_LEVELS):
        return None
    return place_before(paper, [m.text for m in before[-12:] if m.kind is not Kind.PERSON and not m.nominal])


def name(
    surface: str,
    kind: Kind,
    near: Division | None,
    paper: Division | None,
    known: Sequence[str] = (),
    aliases: Mapping[str, str] | None = None,
) -> Named:
    """The canonical name of what ``surface`` (plain) names. An area as the acting body is the place."""
    told = (aliases or {}).get(surface, "")
    longer = tuple(k for k in known if len(k) > len(surface) and _overlaps(surface, k))
    return _named(surface, kind, near, paper, longer, told)


@lru_cache(maxsize=100_000)
def _named(
    surface: str, kind: Kind, near: Division | None, paper: Division | None, known: tuple[str, ...], told: str
) -> Named:
    if kind is Kind.AGENCY:
        place = canonical(surface, Kind.PLACE, place=near, paper_place=paper)
        if place.division is not None and place.division.name == place.name and place.confidence >= 0.6:
            return _of(surface, place.name, place.reason, place.division)
    found = canonical(
        surface, kind, place=near, paper_place=paper, known=known, aliases={surface: told} if told else None
    )
    if found.name in known and never_stands_for(surface, found.name):
        return _of(surface, surface, "", None)
    itself = kind is Kind.PLACE and found.division is not None and found.division.name == found.name
    return _of(surface, found.name, found.reason, found.division if itself else None)


def _of(surface: str, name: str, reason: str, division: Division | None) -> Named:
    misread = len(name) == len(surface) and sum(a != b for a, b in zip(name, surface, strict=True)) == 1
    return Named(plain(name), reason or "as printed", division, misread)


def _overlaps(surface: str, known: str) -> bool:
    return sum(c in known for c in surface) * 2 >= len(surface)


def aliases(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """Short name -> full one, both plain, as a page itself explains them (以下简称)."""
    spans = [(m.start, m.end) for m in mentions if m.kind is not Kind.PERSON and not m.nominal]
    found: dict[str, str] = {}
    for (start, end), (short_start, short_end) in find_aliases(text, spans):
        found[plain(text[short_start:short_end])] = plain(text[start:end])
    return found
