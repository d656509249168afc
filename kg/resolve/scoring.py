"""How sure it is that two profiles of one name are one person: a table of questions and weights.

Every question is answered with a number between -1 and 1 (mostly 0..1); the docstring is what a reader of the
decision is told. The score is the weighted sum: 0.5 and more is one person, what lies between is for people to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.places import gazetteer
from kg.resolve.usages import Part, Profile, organ_place
from kg.resolve.words import words

SAME = 0.5
NEVER = 0.3  # two profiles below it are kept apart even if a third one lies between them
DOUBTFUL = 0.15  # a pair of namesakes below it is not worth a question
LONG = 180  # days
MONTHS = 60  # days within which two pages count as of one time

Rarity = Mapping[str, float]
Question = Callable[[Profile, Profile, Rarity], float]


@dataclass(frozen=True, slots=True)
class Answer:
    question: str
    value: float
    weight: float

    @property
    def points(self) -> float:
        return self.value * self.weight


def same_name(a: Profile, b: Profile, rarity: Rarity) -> float:
    """They have the same name; a name of two characters has more bearers, a compound surname fewer."""
    return {2: 0.85, 3: 1.0}.get(len(a.name), 1.2)


def same_paper(a: Profile, b: Profile, rarity: Rarity) -> float:
    """They are named in the same paper or place; in papers of other provinces they hardly are one."""
    if a.newspaper and a.newspaper == b.newspaper:
        return 1.0
    if a.home is None or b.home is None:
        return 0.5 if a.docs & b.docs else 0.0
    if a.home == b.home:
        return 1.0
    if gazetteer().contains(a.home, b.home) or gazetteer().contains(b.home, a.home):
        return 0.6
    return {0: -0.8, 1: -0.3}.get(gazetteer().nearness(a.home, b.home), 0.2)


def same_article(a: Profile, b: Profile, rarity: Rarity) -> float:
    """They stand in the same article."""
    return 1.0 if a.articles & b.articles else 0.0


def shared_organ(a: Profile, b: Profile, rarity: Rarity) -> float:
    """They hold or held posts in the same organ."""
    return 1.0 if a.organs & b.organs else 0.0


def clashing_parts(a: Profile, b: Profile, rarity: Rarity) -> float:
    """One signs articles, the other is an official; one is an official, the other a resident."""
    return CLASHES.get(frozenset((a.part, b.part)), 0.0)


def two_lives(a: Profile, b: Profile, rarity: Rarity) -> float:
    """At the same time they hold posts that one person cannot hold: in two districts, two full-time, or for long."""
    if not (a.posts and b.posts) or a.allied & b.organs or b.allied & a.organs:
        return 0.0
    apart = _other_district(a, b) or (_full_time(a) and _full_time(b)) or _side_by_side(a, b)
    return apart * _same_time(a, b)


def two_organs(a: Profile, b: Profile, rarity: Rarity) -> float:
    """They hold posts in different organs below the leadership: a change of post, or two persons."""
    return float(_below_leadership(a, b) and not (a.allied & b.organs or b.allied & a.organs))


def company(a: Profile, b: Profile, rarity: Rarity) -> float:
    """They are named together with the same people and organisations, the rarer the better."""
    shared = a.company.keys() & b.company.keys()
    return min(1.0, sum(sorted((rarity.get(n, 0.0) for n in shared), reverse=True)[:5]) / 2)


def years_apart(a: Profile, b: Profile, rarity: Rarity) -> float:
    """Many years lie between them."""
    days = _days_between(a, b)
    return 0.0 if days is None or days < 8 * 365 else 0.5 if days < 20 * 365 else 1.0


QUESTIONS: tuple[tuple[Question, float], ...] = (
    (same_name, 0.35),
    (same_paper, 0.30),
    (same_article, 0.30),
    (shared_organ, 0.50),
    (clashing_parts, -0.60),
    (two_lives, -0.40),
    (two_organs, -0.08),
    (company, 0.20),
    (years_apart, -0.30),
)

CLASHES: Mapping[frozenset[Part], float] = {
    frozenset((Part.PRESS, Part.OFFICIAL)): 1.0,
    frozenset((Part.PRESS, Part.STAFF)): 0.8,
    frozenset((Part.PRESS, Part.CITIZEN)): 0.6,
    frozenset((Part.PRESS, Part.CORRESPONDENT)): 0.1,
    frozenset((Part.PRESS, Part.NAMED)): 0.15,
    frozenset((Part.OFFICIAL, Part.CITIZEN)): 0.7,
    frozenset((Part.OFFICIAL, Part.STAFF)): 0.15,
    frozenset((Part.STAFF, Part.CITIZEN)): 0.2,
    frozenset((Part.CORRESPONDENT, Part.CITIZEN)): 0.4,
}


def answers(a: Profile, b: Profile, rarity: Rarity) -> tuple[Answer, ...]:
    """Every question with its answer, for people to read."""
    found = ((q, q(a, b, rarity), weight) for q, weight in QUESTIONS)
    return tuple(Answer((q.__doc__ or "").strip(), value, weight) for q, value, weight in found if value)


def score(a: Profile, b: Profile, rarity: Rarity) -> float:
    return round(sum(q(a, b, rarity) * weight for q, weight in QUESTIONS), 6)


def _other_district(a: Profile, b: Profile) -> bool:
    """Whether all their organs belong to divisions of which none contains another."""
    places = [[organ_place(p.organ) for p in x.posts if p.state and p.held] for x in (a, b)]
    ours, theirs = ({p for p in found if p is not None} for found in places)
    if not ours or not theirs:
        return False
    known = gazetteer()
    return not any(known.contains(x, y) or known.contains(y, x) for x in ours for y in theirs)


def _below_leadership(a: Profile, b: Profile) -> bool:
    """Whether both hold posts in organs whose people have no other one as a rule."""
    ours, theirs = ({p.organ for p in x.posts if p.state and p.held} for x in (a, b))
    return bool(ours and theirs) and not any(o.endswith(words("leading")) for o in ours | theirs)


def _side_by_side(a: Profile, b: Profile) -> bool:
    """Whether both posts run on beside each other for half a year: who changes a post leaves the old one."""
    if len(a.articles) < 2 or len(b.articles) < 2 or not _below_leadership(a, b):
        return False
    spans = [(_day(p.first), _day(p.last)) for p in (a, b)]
    (a_first, a_last), (b_first, b_last) = spans
    if a_first is None or a_last is None or b_first is None or b_last is None:
        return False
    return min(a_last, b_last) - max(a_first, b_first) >= LONG


def _full_time(p: Profile) -> bool:
    return any(post.held and post.title.endswith(words("exclusive")) for post in p.posts)


def _same_time(a: Profile, b: Profile) -> float:
    """1 within two months or on one page, 0.5 if unknown, 0 for another time."""
    if a.docs & b.docs:
        return 1.0
    days = _days_between(a, b)
    return 0.5 if days is None else float(days <= MONTHS)


def _days_between(a: Profile, b: Profile) -> int | None:
    """Days between the times of two profiles, 0 if they overlap; None if a date is unknown."""
    times = [(_day(p.first), _day(p.last)) for p in (a, b)]
    (a_first, a_last), (b_first, b_last) = times
    if a_first is None or a_last is None or b_first is None or b_last is None:
        return None
    return max(0, b_first - a_last, a_first - b_last)


def _day(iso: str) -> int | None:
    """A partial date counts as its beginning; one without a year is unknown."""
    parts = iso.split("-")
    if len(parts[0]) != 4 or not parts[0].isdigit():
        return None
    year, month, day = (int(p) for p in [*parts, "1", "1"][:3])
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None
