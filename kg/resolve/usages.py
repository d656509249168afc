"""What an archive says about the bearer of a name: roles, posts, places, dates and company."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from kg.model import Article, Claim, Implied, Kind, Mention, Reference, Relation, Status
from kg.places import Division, gazetteer
from kg.resolve.naming import Desk, Meant
from kg.resolve.parts import place_prefix
from kg.resolve.words import plain, words


class Part(StrEnum):
    """The part that a person plays in an article."""

    PRESS = "press"  # signs it as staff
    CORRESPONDENT = "correspondent"  # signs it as a contributor
    OFFICIAL = "official"  # holds a post in an organ of party, state or army
    STAFF = "staff"  # holds a post elsewhere
    CITIZEN = "citizen"
    NAMED = "named"  # nothing is said


@dataclass(frozen=True, slots=True)
class Post:
    organ: str
    title: str
    state: bool  # of an agency
    held: bool = True  # at the time of the page: not one that is given up or only proposed


@dataclass(frozen=True, slots=True)
class Usage:
    """The mentions of a name in one article, in one part."""

    name: str
    article: str
    doc: str
    part: Part
    posts: frozenset[Post]
    desk: Desk
    mentions: tuple[Mention, ...]


@dataclass(slots=True)
class Profile:
    """Usages that say the same: of one name, part, posts and paper. Grows while the archive is read."""

    name: str
    part: Part
    posts: frozenset[Post]
    newspaper: str
    home: Division | None
    first: str = ""  # ISO dates of the earliest and latest page, as far as known
    last: str = ""
    articles: set[str] = field(default_factory=set)
    docs: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    allied: set[str] = field(default_factory=set)  # organs that some article gives the name together with its own
    company: Counter[str] = field(default_factory=Counter)  # whom and what it is named with -> articles

    @property
    def organs(self) -> frozenset[str]:
        return frozenset(p.organ for p in self.posts)

    @property
    def key(self) -> tuple[str, ...]:
        """Stable: does not depend on the order of reading."""
        return (
            self.part,
            *sorted(f"{p.organ} {p.title}" for p in self.posts),
            self.newspaper,
            self.home.key if self.home else "",
            min(self.articles, default=""),
        )


SIGNED = re.compile(r"[\s、，,/／:：·]*$")
COMPANY = 40  # so many companions of a profile are kept


def usages(
    text_of: Mapping[str, str],
    articles: Sequence[Article],
    mentions: Mapping[str, Sequence[Mention]],
    claims: Mapping[str, Sequence[Claim]],
    at: Mapping[str, Desk],
    meant: Mapping[Mention, Meant],
) -> Iterator[Usage]:
    """One usage for each name and part in each article; the parts of one name in an article join unless they clash."""
    for article in articles:
        people = [m for m in mentions.get(article.id, ()) if m.kind is Kind.PERSON]
        if not people:
            continue
        roles = _stated(claims.get(article.id, ()), meant)
        by_name: dict[str, list[tuple[Mention, Part, frozenset[Post]]]] = defaultdict(list)
        text = text_of[article.doc]
        previous: Mention | None = None
        part = Part.NAMED
        for m in people:
            chained = previous is not None and SIGNED.fullmatch(text, previous.end, m.start)
            printed = _printed(text, m) if not chained else part
            part = printed
            previous = m
            stated, posts = roles.get(m, (Part.NAMED, frozenset[Post]()))
            by_name[plain(m.text)].append((m, printed if stated is Part.NAMED else stated, posts))
        for name in sorted(by_name):
            yield from _joined(name, article, at[article.id], by_name[name])


def profiles(
    found: Sequence[Usage], mentions: Mapping[str, Sequence[Mention]], meant: Mapping[Mention, Meant]
) -> dict[str, list[Profile]]:
    """Name -> its profiles, in a stable order."""
    grouped: dict[tuple[object, ...], Profile] = {}
    for u in found:
        home = u.desk.paper
        key = (u.name, u.part, u.posts, u.desk.newspaper, home)
        p = grouped.get(key)
        if p is None:
            p = grouped[key] = Profile(u.name, u.part, u.posts, u.desk.newspaper, home)
        date = u.desk.date
        if date:
            p.first = min(p.first or date, date)
            p.last = max(p.last or date, date)
        p.articles.add(u.article)
        p.docs.add(u.doc)
        p.mentions += u.mentions
    by_name: dict[str, list[Profile]] = defaultdict(list)
    for p in grouped.values():
        by_name[p.name].append(p)
    for group in by_name.values():
        for p in group:
            p.allied.update(o for q in group if p.organs & q.organs for o in q.organs)
    several = {name for name, group in by_name.items() if len(group) > 1}
    _fill_company(by_name, several, mentions, meant)
    return {name: sorted(by_name[name], key=lambda p: p.key) for name in sorted(by_name)}


def _fill_company(
    by_name: Mapping[str, list[Profile]],
    several: set[str],
    mentions: Mapping[str, Sequence[Mention]],
    meant: Mapping[Mention, Meant],
) -> None:
    """Companions only of names that need telling apart."""
    wanted = {a for name in several for p in by_name[name] for a in p.articles}
    companions = {
        a: sorted({meant[m].name for m in mentions[a] if m in meant and meant[m].division is None}) for a in wanted
    }
    for name in several:
        for p in by_name[name]:
            for a in sorted(p.articles)[:200]:
                p.company.update(c for c in companions[a] if c != name)
            if len(p.company) > COMPANY:
                p.company = Counter(dict(sorted(p.company.items(), key=lambda c: (-c[1], c[0]))[:COMPANY]))


def rarity(mentions: Mapping[str, Sequence[Mention]], meant: Mapping[Mention, Meant]) -> dict[str, float]:
    """Name -> how much it says that two articles share it: 1 for a name of two articles, little for a frequent one."""
    seen: Counter[str] = Counter()
    for own in mentions.values():
        seen.update({meant[m].name for m in own if m in meant})
    return {name: 1 / (1 + math.log2(n / 2)) if n > 2 else 1.0 for name, n in seen.items()}


def _stated(claims: Sequence[Claim], meant: Mapping[Mention, Meant]) -> dict[Mention, tuple[Part, frozenset[Post]]]:
    """Part and posts of each mention by the article's claims."""
    parts: dict[Mention, set[Part]] = defaultdict(set)
    posts: dict[Mention, set[Post]] = defaultdict(set)
    for c in claims:
        if not isinstance(c.subject, Mention) or c.subject.kind is not Kind.PERSON:
            continue
        if c.relation is Relation.BYLINE:
            parts[c.subject].add(Part.CORRESPONDENT if c.detail == "correspondent" else Part.PRESS)
        elif c.relation in (Relation.POST, Relation.APPOINT, Relation.REMOVE) and c.object is not None:
            organ, kind = _organ(c.object, meant)
            held = c.relation is not Relation.REMOVE and c.status not in (Status.FORMER, Status.NOMINEE)
            posts[c.subject].add(Post(organ, c.detail, kind is Kind.AGENCY, held))
            parts[c.subject].add(Part.OFFICIAL if kind in (Kind.AGENCY, Kind.PLACE) else Part.STAFF)
    order = (Part.CORRESPONDENT, Part.PRESS, Part.OFFICIAL, Part.STAFF)
    return {m: (next(p for p in order if p in parts[m]), frozenset(posts[m])) for m in parts}


def _organ(reference: Reference, meant: Mapping[Mention, Meant]) -> tuple[str, Kind]:
    if isinstance(reference, Implied):
        return reference.name, reference.kind
    if reference in meant:
        return meant[reference].name, reference.kind
    return plain(reference.text), reference.kind


def _printed(text: str, m: Mention) -> Part:
    """The part that the words right before the name give."""
    before = SIGNED.sub("", text[max(0, m.start - 12) : m.start])
    for group, part in (
        ("correspondent", Part.CORRESPONDENT),
        ("press", Part.PRESS),
        ("citizen", Part.CITIZEN),
        ("official", Part.OFFICIAL),
    ):
        if before.endswith(words(group)):
            return part
    return Part.NAMED


def _joined(
    name: str, article: Article, desk: Desk, found: Sequence[tuple[Mention, Part, frozenset[Post]]]
) -> Iterator[Usage]:
    """Signing and being written about are two usages; all else about a name in one article is one."""
    signing = [f for f in found if f[1] in (Part.PRESS, Part.CORRESPONDENT)]
    others = [f for f in found if f[1] not in (Part.PRESS, Part.CORRESPONDENT)]
    told = {f[1] for f in others} - {Part.NAMED}
    if signing and others and not told:
        signing, others = list(found), []
    for group in (signing, others):
        if group:
            parts: Counter[Part] = Counter(f[1] for f in group if f[1] is not Part.NAMED)
            part = min(parts, key=lambda p: (-parts[p], list(Part).index(p))) if parts else Part.NAMED
            if part is Part.CITIZEN and any(f[2] for f in group):
                part = Part.OFFICIAL if any(p.state for f in group for p in f[2]) else Part.STAFF
            posts = frozenset().union(*(f[2] for f in group))
            yield Usage(name, article.id, article.doc, part, posts, desk, tuple(f[0] for f in group))


@lru_cache(maxsize=50_000)
def organ_place(organ: str) -> Division | None:
    """The division whose organ it is, by its name."""
    name = organ.removeprefix("中共")
    prefix = place_prefix(name)
    return gazetteer().resolve(prefix) if prefix else None
