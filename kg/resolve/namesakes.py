"""Which profiles of one name are one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.resolve.scoring import NEVER, SAME, Rarity, score
from kg.resolve.usages import Part, Profile


@dataclass(frozen=True, slots=True)
class Bearer:
    """One person: profiles, and what sets the person apart from namesakes ("" for the most frequent one)."""

    name: str
    profiles: tuple[Profile, ...]
    apart_by: str

    @property
    def size(self) -> int:
        return sum(len(p.mentions) for p in self.profiles)


def bearers(name: str, profiles: Sequence[Profile], rarity: Rarity) -> tuple[Bearer, ...]:
    """The persons of one name, the most frequent first. ``profiles`` in a stable order."""
    clusters = [[p] for p in profiles] if len(profiles) < 2 else _cluster(profiles, rarity)
    clusters.sort(key=lambda c: (-sum(len(p.mentions) for p in c), _first(c), c[0].key))
    found: list[Bearer] = []
    taken = {""}
    for cluster in clusters:
        mark = ""
        if found:
            marks = _marks(cluster)
            mark = next((m for m in marks if m not in taken), f"{marks[-1]} {len(found)}")
        taken.add(mark)
        found.append(Bearer(name, tuple(cluster), mark))
    return tuple(found)


def _cluster(profiles: Sequence[Profile], rarity: Rarity) -> list[list[Profile]]:
    """Joins the surest pairs first; a join that would put two profiles together that cannot be one is left out."""
    n = len(profiles)
    scores = {(i, j): score(profiles[i], profiles[j], rarity) for i in range(n) for j in range(i + 1, n)}
    group = list(range(n))
    members = {i: [i] for i in range(n)}
    sizes = [len(p.mentions) for p in profiles]
    order = sorted(scores, key=lambda ij: (-scores[ij], -sizes[ij[0]] - sizes[ij[1]], ij))
    for i, j in order:
        if scores[i, j] < SAME:
            break
        a, b = group[i], group[j]
        if a == b or any(scores[min(x, y), max(x, y)] < NEVER for x in members[a] for y in members[b]):
            continue
        for x in members.pop(b):
            members[a].append(x)
            group[x] = a
    return [[profiles[i] for i in sorted(ids)] for _, ids in sorted(members.items())]


def _first(cluster: Sequence[Profile]) -> str:
    return min((p.first for p in cluster if p.first), default="9")


def _marks(cluster: Sequence[Profile]) -> list[str]:
    """Stable evidence that sets this bearer apart: the organ, else the part and the paper, else an article."""
    organs: Counter[str] = Counter()
    for p in cluster:
        for organ in p.organs:
            organs[organ] += len(p.mentions)
    told = sorted({p.part for p in cluster} - {Part.NAMED}) or [Part.NAMED]
    where = sorted({p.newspaper or (p.home.key if p.home else "") for p in cluster})
    ranked = [o for o, _ in sorted(organs.items(), key=lambda item: (-item[1], item[0]))]
    signed = f"{told[0]} of {where[0]}"
    first = min(a for p in cluster for a in p.articles)
    return [*ranked, signed, f"{signed} {first}"]
