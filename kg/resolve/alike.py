"""Names one character apart: found without comparing all with all, and scored by a table of questions and weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.model import Kind
from kg.resolve.words import confusable, slip

ASK_PERSON = 0.4
ASK_THING = 0.45
CROWD = 60  # names that share all but one character; more say nothing


@dataclass(frozen=True, slots=True)
class Seen:
    """What the archive shows of one entity, as far as a slip of the pen is concerned."""

    name: str
    kind: Kind
    size: int  # mentions
    parts: frozenset[str]
    organs: frozenset[str]
    titles: frozenset[str]
    papers: frozenset[str]
    months: frozenset[str]
    articles: frozenset[str]
    official: bool  # a division of the gazetteer
    beside: frozenset[str]  # names right before or behind it


Question = Callable[[Seen, Seen], float]


def look_alike(a: Seen, b: Seen) -> float:
    """The one differing character looks like the other in print."""
    return float(slip(a.name, b.name) == "shape")


def sound_alike(a: Seen, b: Seen) -> float:
    """The one differing character sounds like the other."""
    return float(slip(a.name, b.name) == "sound")


def one_apart(a: Seen, b: Seen) -> float:
    """One character differs."""
    return float(slip(a.name, b.name) == "other")


def one_missing(a: Seen, b: Seen) -> float:
    """One name lacks a character of the other; surer if it is a doubled one."""
    short, long = sorted((a.name, b.name), key=len)
    if len(long) != len(short) + 1:
        return 0.0
    i = next((i for i in range(len(short)) if short[i] != long[i]), len(short))
    return 1.0 if long[i] in (long[i - 1 : i] + long[i + 1 : i + 2]) else 0.7


def same_work(a: Seen, b: Seen) -> float:
    """Both sign articles of the same paper."""
    signing = {"press", "correspondent"}
    return float(bool(a.parts & b.parts & signing and a.papers & b.papers))


def same_organ(a: Seen, b: Seen) -> float:
    """Both hold posts in the same organ; surer with the same title."""
    if not a.organs & b.organs:
        return 0.0
    return 1.0 if a.titles & b.titles else 0.75


def same_place(a: Seen, b: Seen) -> float:
    """Both are named in the same paper or place."""
    return float(bool(a.papers & b.papers))


def same_month(a: Seen, b: Seen) -> float:
    """Both are named within the same month."""
    return float(bool(a.months & b.months))


def rare_beside_frequent(a: Seen, b: Seen) -> float:
    """One form is printed at least three times, the other once."""
    return float(min(a.size, b.size) == 1 and max(a.size, b.size) >= 3)


def side_by_side(a: Seen, b: Seen) -> float:
    """Both are named in one article: that tells against it of people, for it of things."""
    return float(bool(a.articles & b.articles))


def listed(a: Seen, b: Seen) -> float:
    """They stand side by side in a list."""
    return float(a.name in b.beside or b.name in a.beside)


def one_official(a: Seen, b: Seen) -> float:
    """One is an official division, the other, named in the same paper, is none."""
    return float(a.official is not b.official and bool(a.papers & b.papers))


def both_frequent(a: Seen, b: Seen) -> float:
    """Both forms are printed often."""
    return float(min(a.size, b.size) >= 3)


def other_work(a: Seen, b: Seen) -> float:
    """One signs articles, the other is an official."""
    return float(any("press" in x.parts and "official" in y.parts for x, y in ((a, b), (b, a))))


PERSONS: tuple[tuple[Question, float], ...] = (
    (look_alike, 0.35),
    (sound_alike, 0.25),
    (one_apart, 0.10),
    (one_missing, 0.30),
    (same_work, 0.30),
    (same_organ, 0.40),
    (same_place, 0.10),
    (same_month, 0.05),
    (rare_beside_frequent, 0.10),
    (side_by_side, -0.40),
    (listed, -0.20),
    (both_frequent, -0.25),
    (other_work, -0.40),
)
THINGS: tuple[tuple[Question, float], ...] = (
    (look_alike, 0.50),
    (sound_alike, 0.35),
    (one_apart, 0.15),
    (one_missing, 0.20),
    (same_place, 0.15),
    (side_by_side, 0.15),
    (listed, -0.60),
    (one_official, 0.20),
    (rare_beside_frequent, 0.10),
    (both_frequent, -0.30),
)


def score(a: Seen, b: Seen) -> tuple[float, tuple[str, ...]]:
    """(0..0.99, what speaks for and against it)."""
    table = PERSONS if a.kind is Kind.PERSON else THINGS
    found = [((q.__doc__ or "").strip(), q(a, b) * weight) for q, weight in table]
    total = sum(points for _, points in found)
    return max(0.0, min(0.99, round(total, 3))), tuple(f"{points:+.2f} {why}" for why, points in found if points)


def neighbours(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names that differ in one character, each once, in order. Names of one character have none."""
    known = sorted(set(names))
    all_names = frozenset(known)
    holes: dict[tuple[str, str], list[str]] = defaultdict(list)
    pairs: set[tuple[str, str]] = set()
    for name in known:
        if len(name) < 2:
            continue
        for i, char in enumerate(name):
            without = name[:i] + name[i + 1 :]
            if len(name) >= 3:
                holes[name[:i], name[i + 1 :]].append(name)
                if without in all_names:
                    pairs.add((without, name) if without < name else (name, without))
            for other in confusable().get(char, ()):
                twin = name[:i] + other + name[i + 1 :]
                if twin in all_names and name < twin:
                    pairs.add((name, twin))
    for group in holes.values():
        if 1 < len(group) <= CROWD:
            pairs.update((a, b) for n, a in enumerate(group) for b in group[n + 1 :])
    yield from sorted(pairs)
