"""What the machine would ask: pairs that may be one, and joins that may be two, the most useful question first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from kg.decisions import Decision, Side
from kg.model import Archive, Entity, Kind, Mention
from kg.resolve import alike
from kg.resolve.forms import stands_for
from kg.resolve.groups import PERSON, Group
from kg.resolve.judged import apply
from kg.resolve.linker import Linking, link
from kg.resolve.namesakes import Bearer
from kg.resolve.parts import LEVEL_WORDS
from kg.resolve.scoring import DOUBTFUL, SAME, answers, score
from kg.resolve.sides import shown, side_of
from kg.resolve.usages import Profile
from kg.resolve.words import plain, slip

UNSURE_JOIN = 0.6  # a join below it is worth a second look
SHORT_FORM = 0.6  # of the form's own weight: what an undecided short form is worth


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question: are these two one? ``score`` 0..1 says how likely; ``gain`` how many mentions an answer may move."""

    question: str  # namesakes, one character apart, short form, one or two
    left: Side
    right: Side
    score: float
    gain: float
    reasons: tuple[str, ...]
    left_shown: str
    right_shown: str


def candidates(archive: Archive, decisions: Sequence[Decision] = ()) -> tuple[Candidate, ...]:
    """All open questions about the archive, by falling gain. What is decided (unsure counts) is not asked again."""
    found = link(archive.pages, archive.articles, archive.mentions, archive.claims)
    text_of = {page.doc: page.text for page in archive.pages}
    groups = apply(found.groups, decisions, text_of, found.meant).groups
    view = _View(groups, archive, found, text_of)
    decided = {d.pair for d in decisions}
    asked: dict[frozenset[str], Candidate] = {}
    for candidate in (*view.namesakes(), *view.misread(), *view.short_forms(), *view.joins()):
        pair = frozenset((candidate.left.key, candidate.right.key))
        if pair not in decided and len(pair) == 2 and (pair not in asked or asked[pair].score < candidate.score):
            asked[pair] = candidate
    return tuple(sorted(asked.values(), key=lambda c: (-c.gain, -c.score, c.left.name, c.right.name, c.left.id)))


class _View:
    """The archive's groups with what the questions need."""

    def __init__(self, groups: Sequence[Group], archive: Archive, found: Linking, text_of: dict[str, str]) -> None:
        self._entities = {e.id: e for e in archive.resolution.entities}
        self._groups = [g for g in groups if g.id in self._entities and g.mentions]
        self._by_mention = {m: g for g in self._groups for m in g.mentions}
        self._found = found
        self._text_of = text_of
        self._papers = {a: (d.newspaper or d.town) for a, d in found.at.items()}
        self._months = {a: d.date[:7] for a, d in found.at.items()}
        self._beside = _beside(archive.mentions, text_of)
        self._towns = {a: d.town for a, d in found.at.items()}

    def _ask(
        self,
        question: str,
        left: Group,
        right: Group,
        value: float,
        reasons: Sequence[str],
        examples: tuple[Mention, Mention] | None = None,
    ) -> Candidate:
        left, right = sorted((left, right), key=lambda g: (-len(g.mentions), g.key.name, g.key.apart_by))
        first, second = examples or (left.mentions[0], right.mentions[0])
        if self._by_mention[first] is not left:
            first, second = second, first
        return Candidate(
            question,
            self._side(left),
            self._side(right),
            round(value, 3),
            round(value * min(len(left.mentions), len(right.mentions)), 3),
            tuple(reasons),
            shown(first, self._text_of),
            shown(second, self._text_of),
        )

    def _side(self, group: Group) -> Side:
        return side_of(self._entity(group), group.mentions, self._text_of)

    def _entity(self, group: Group) -> Entity:
        return self._entities[group.id]

    def namesakes(self) -> Iterator[Candidate]:
        """Persons of one name that the machine keeps apart."""
        for own in self._found.bearers.values():
            for a, b in combinations(own, 2):
                left, right = self._of(a), self._of(b)
                if left is None or right is None or left is right:
                    continue
                value, p, q = self._best(a, b)
                if value >= DOUBTFUL:
                    reasons = [f"{x.points:+.2f} {x.question}" for x in answers(p, q, self._found.rarity)]
                    yield self._ask("namesakes", left, right, min(value, 0.99), reasons, (p.mentions[0], q.mentions[0]))

    def _of(self, bearer: Bearer) -> Group | None:
        return self._by_mention.get(bearer.profiles[0].mentions[0])

    def _best(self, a: Bearer, b: Bearer) -> tuple[float, Profile, Profile]:
        scored = ((score(p, q, self._found.rarity), p, q) for p in a.profiles for q in b.profiles)
        return max(scored, key=lambda s: (s[0], s[1].key, s[2].key))

    def misread(self) -> Iterator[Candidate]:
        """Names one character apart: perhaps misread."""
        for person in (True, False):
            by_name: dict[str, list[Group]] = defaultdict(list)
            for g in self._groups:
                if (g.key.family == PERSON) is person:
                    by_name[g.key.name].append(g)
            for a, b in alike.neighbours(by_name):
                if slip(a, b) == "number" or (not person and _other_kind_of_thing(a, b)):
                    continue
                for left in by_name[a]:
                    for right in by_name[b]:
                        if not person and (left.kind is not right.kind or (left.division and right.division)):
                            continue
                        value, reasons = alike.score(self._seen(left), self._seen(right))
                        if value >= (alike.ASK_PERSON if person else alike.ASK_THING):
                            yield self._ask("one character apart", left, right, value, reasons)

    def _seen(self, group: Group) -> alike.Seen:
        own: list[Profile] = []
        if group.key.family == PERSON:
            here = set(group.mentions)
            bearers = self._found.bearers.get(group.mentions[0].text, ()) or self._found.bearers.get(group.key.name, ())
            own = [p for b in bearers for p in b.profiles if here.intersection(p.mentions)]
        articles = frozenset(m.article for m in group.mentions)
        return alike.Seen(
            name=group.key.name,
            kind=Kind.PERSON if group.key.family == PERSON else group.kind,
            size=len(group.mentions),
            parts=frozenset(p.part.value for p in own),
            organs=frozenset(o for p in own for o in p.organs),
            titles=frozenset(post.title for p in own for post in p.posts),
            papers=frozenset(p for p in (self._papers[a] for a in articles) if p),
            months=frozenset(m for m in (self._months[a] for a in articles) if m),
            articles=articles,
            official=group.division is not None,
            beside=frozenset(n for m in group.mentions for n in self._beside.get(m, ())),
        )

    def short_forms(self) -> Iterator[Candidate]:
        """Short forms that could be this full name or another."""
        by_town: dict[str, list[Group]] = defaultdict(list)
        for g in self._groups:
            if g.key.family != PERSON and g.division is None:
                for town in dict.fromkeys(self._towns[m.article] for m in g.mentions):
                    by_town[town].append(g)
        for groups in by_town.values():
            starts: dict[str, list[Group]] = defaultdict(list)
            for g in groups:
                if len(g.key.name) > 3:
                    for i in range(min(len(g.key.name) - 1, 6)):
                        starts[g.key.name[i]].append(g)
            for short in groups:
                if len(short.key.name) > 8:
                    continue
                for full in starts.get(short.key.name[0], ()):
                    form = stands_for(short.key.name, full.key.name, short.kind, full.kind)
                    if form is not None and full is not short:
                        yield self._ask("short form", short, full, form.weight * SHORT_FORM, [form.rule])

    def joins(self) -> Iterator[Candidate]:
        """Mentions that the machine gave to a person without being sure."""
        for own in self._found.bearers.values():
            for bearer in own:
                group = self._of(bearer)
                if len(bearer.profiles) < 2 or group is None:
                    continue
                largest = max(bearer.profiles, key=lambda p: (len(p.mentions), p.key))
                for p in bearer.profiles:
                    others = [q for q in bearer.profiles if q is not p]
                    if p is largest or any(self._by_mention.get(m) is not group for m in p.mentions):
                        continue
                    q = max(others, key=lambda o: (score(p, o, self._found.rarity), o.key))
                    value = score(p, q, self._found.rarity)
                    if SAME <= value < UNSURE_JOIN:
                        yield self._join(group, p, q, value)

    def _join(self, group: Group, p: Profile, q: Profile, value: float) -> Candidate:
        reasons = tuple(f"{x.points:+.2f} {x.question}" for x in answers(p, q, self._found.rarity))
        part = side_of(self._entity(group), p.mentions, self._text_of, part=True)
        gain = round((1 - value) * len(p.mentions), 3)
        first, second = shown(q.mentions[0], self._text_of), shown(p.mentions[0], self._text_of)
        return Candidate("one or two", self._side(group), part, value, gain, reasons, first, second)


def _other_kind_of_thing(a: str, b: str) -> bool:
    """Short names and names with another last word: a city and its port."""
    if min(len(a), len(b)) < 3:
        return True
    if len(a) == len(b) and any(x != y and x in LEVEL_WORDS and y in LEVEL_WORDS for x, y in zip(a, b, strict=True)):
        return True
    return len(a) == len(b) and a[:-1] == b[:-1] and slip(a, b) != "shape"


def _beside(mentions: Sequence[Mention], text_of: Mapping[str, str]) -> dict[Mention, list[str]]:
    """Mention -> the names right before and behind it, as in a list."""
    found: dict[Mention, list[str]] = defaultdict(list)
    ordered = sorted(mentions, key=lambda m: (m.doc, m.start, m.end))
    for a, b in pairwise(ordered):
        if a.doc == b.doc and len(text_of[a.doc][a.end : b.start].strip()) <= 1 and b.start - a.end <= 3:
            found[a].append(plain(b.text))
            found[b].append(plain(a.text))
    return found
