"""What each mention calls its thing: its canonical name, seen from its article and page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from kg.model import Article, Kind, Mention, Page
from kg.places import Division, Level, gazetteer
from kg.resolve import adapter
from kg.resolve.inside import ARCHIVE, ARTICLE, PAGE, Names, short_forms
from kg.resolve.nominals import meant_by
from kg.resolve.parts import place_prefix
from kg.resolve.words import plain, slip


@dataclass(frozen=True, slots=True)
class Meant:
    """The name of what a mention means, before links across articles are made."""

    name: str
    kind: Kind
    division: Division | None = None  # of a place that the gazetteer knows
    reason: str = "as printed"
    misread: bool = False  # the surface is not a right name of it
    scope: str = ""  # where the name holds, if not everywhere


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an article is written: the division its paper serves and the one the article is about."""

    paper: Division | None
    about: Division | None
    newspaper: str
    date: str

    @property
    def city(self) -> str:
        """Key of the prefecture (or municipality) in which names such as 人民路 hold; the paper itself if unknown."""
        if self.paper is None:
            return self.town
        found = gazetteer().at_level(self.paper, Level.PREFECTURE)
        return (found or self.paper).key

    @property
    def town(self) -> str:
        """Key of the city or county in whose streets and schools the paper is at home; the paper itself if unknown."""
        if self.paper is None:
            return f"paper/{self.newspaper}" if self.newspaper else ""
        return self.paper.key


def desks(
    pages: Sequence[Page], articles: Sequence[Article], mentions: Mapping[str, Sequence[Mention]]
) -> dict[str, Desk]:
    """Article id -> its desk."""
    page_of = {page.doc: page for page in pages}
    homes = {place: adapter.home(place) for place in {page.place for page in pages}}
    result = {}
    for article in articles:
        page = page_of[article.doc]
        home = homes[page.place]
        near = adapter.about(article, mentions.get(article.id, ()), home)
        result[article.id] = Desk(home, near, page.newspaper, page.date)
    return result


def name_mentions(
    text_of: Mapping[str, str],
    articles: Sequence[Article],
    mentions: Mapping[str, Sequence[Mention]],
    at: Mapping[str, Desk],
) -> dict[Mention, Meant]:
    """Mention -> what it means. ``mentions`` are those of each article, in order."""
    of_doc: dict[str, list[Mention]] = defaultdict(list)
    for article in articles:
        of_doc[article.doc] += mentions.get(article.id, ())
    told = {doc: adapter.aliases(text_of[doc], own) for doc, own in of_doc.items()}
    meant: dict[Mention, Meant] = {}
    for article in articles:
        own = mentions.get(article.id, ())
        known = tuple(dict.fromkeys(plain(m.text) for m in own if not m.nominal and m.kind is not Kind.PERSON))
        for i, m in enumerate(own):
            if not m.nominal:
                meant[m] = _first_name(m, at[article.id], own[:i], known, told[article.doc])
    _shorten(articles, mentions, at, meant)
    for article in articles:
        meant |= meant_by(text_of[article.doc], article, mentions.get(article.id, ()), at[article.id], meant)
    return meant


def _first_name(
    mention: Mention, desk: Desk, before: Sequence[Mention], known: Sequence[str], told: Mapping[str, str]
) -> Meant:
    """The mention's canonical name as far as it and its surroundings tell."""
    surface = plain(mention.text)
    if mention.kind is Kind.PERSON:
        return Meant(surface, Kind.PERSON)
    near = desk.about or adapter.nearer(surface, before, desk.paper)
    named = adapter.name(surface, mention.kind, near, desk.paper, known, told)
    kind = Kind.PLACE if named.division is not None else mention.kind
    return Meant(named.name, kind, named.division, named.reason, named.misread)


def _shorten(
    articles: Sequence[Article],
    mentions: Mapping[str, Sequence[Mention]],
    at: Mapping[str, Desk],
    meant: dict[Mention, Meant],
) -> None:
    """Replaces short forms by the full names that article, page and archive print, in this order."""
    by_doc: dict[str, list[Article]] = defaultdict(list)
    by_town: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_doc[article.doc].append(article)
        by_town[at[article.id].town].append(article)
    learned: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for article in articles:
        own = _named(mentions.get(article.id, ()), meant)
        _mend_alike([m for m in mentions.get(article.id, ()) if m in meant and m.kind is not Kind.PERSON], meant)
        towns = {
            meant[m].name: meant[m]
            for m in mentions.get(article.id, ())
            if m in meant and (division := meant[m].division) is not None and division.level is Level.TOWN
        }
        _apply(own, short_forms(_names(own, meant), ARTICLE, towns=tuple(towns)), meant, towns)
        learned[at[article.id].town].update((plain(m.text), meant[m].name) for m in own)
    for reach, groups in ((PAGE, by_doc), (ARCHIVE, by_town)):
        for group in groups.values():
            own = _named((m for article in group for m in mentions.get(article.id, ())), meant)
            taught = learned[at[group[0].id].town] if reach is ARCHIVE else set()
            home = at[group[0].id].paper
            if reach is ARCHIVE:
                _mend_fronts(own, home, meant)
            _apply(own, short_forms(_names(own, meant), reach, declared=taught, home=home), meant)


def _named(mentions: Iterable[Mention], meant: Mapping[Mention, Meant]) -> list[Mention]:
    """Those whose name can be a short or a full form: no persons, no divisions, no words such as 该局."""
    return [m for m in mentions if m in meant and m.kind is not Kind.PERSON and meant[m].division is None]


def _mend_alike(mentions: Sequence[Mention], meant: dict[Mention, Meant]) -> None:
    """Two long names of one article that differ in two characters of one look are one name, misread once.

    The right one is the division, the one printed more often, or the one printed first. Persons are left to people.
    """
    seen: dict[str, Meant] = {}
    counts: Counter[str] = Counter()
    starts: dict[str, set[int]] = defaultdict(set)
    ends: dict[str, set[int]] = defaultdict(set)
    for m in mentions:
        starts[meant[m].name].add(m.start)
        ends[meant[m].name].add(m.end)
        seen.setdefault(meant[m].name, meant[m])
        counts[meant[m].name] += 1
    order = list(seen)
    wrong: dict[str, str] = {}
    for a, b in combinations(order, 2):
        if slip(a, b) != "shape":
            continue
        if _touch(ends[a], starts[b]) or _touch(ends[b], starts[a]):
            continue  # listed side by side: 甲路、乙路
        least = 3 if seen[a].division or seen[b].division else 4
        if len(a) == len(b) >= least:
            right, other = sorted((a, b), key=lambda n: (seen[n].division is None, -counts[n], order.index(n)))
            if seen[other].division is None:
                wrong[other] = right
    for m in mentions:
        name = meant[m].name
        if name in wrong:
            meant[m] = replace(
                seen[wrong[name]], reason=f"{name} is {wrong[name]} misread", misread=plain(m.text) == name
            )


def _touch(ends: Set[int], starts: Set[int]) -> bool:
    """Whether something begins where something ends, or behind one separator."""
    return any(x in starts or x + 1 in starts for x in ends)


def _mend_fronts(mentions: Sequence[Mention], home: Division | None, meant: dict[Mention, Meant]) -> None:
    """A name that begins almost, but not quite, like the paper's place is misread if the right one is printed too."""
    if home is None or len(home.short) < 2:
        return
    known = {meant[m].name for m in mentions}
    size = len(home.short)
    for m in mentions:
        name = meant[m].name
        right = home.short + name[size:]
        slips = sum(a != b for a, b in zip(name[:size], home.short, strict=False))
        if slips == 1 and len(name) >= size + 6 and right in known and not place_prefix(name):
            misread = plain(m.text) == name
            meant[m] = replace(meant[m], name=right, reason=f"{name} is a misprint of {right}", misread=misread)


def _names(mentions: Sequence[Mention], meant: Mapping[Mention, Meant]) -> Names:
    names: Names = defaultdict(Counter)
    for m in mentions:
        names[meant[m].name][m.kind] += 1
    return names


def _apply(
    mentions: Sequence[Mention],
    found: Mapping[str, tuple[str, str]],
    meant: dict[Mention, Meant],
    towns: Mapping[str, Meant] = MappingProxyType({}),
) -> None:
    for m in mentions:
        now = meant[m]
        if now.name in found:
            full, reason = found[now.name]
            meant[m] = replace(towns.get(full, now), name=full, reason=reason)
