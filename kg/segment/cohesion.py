"""How strongly two texts of a page hold together: the rare pairs of characters that they share.

A pair of neighbouring characters is rare where the language's common ones (``segment_bigrams.tsv``) do not hold it
and few blocks of the page do: the town's own name ties nothing together, the name of a village or a person does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.segment.lines import COMMON, Row
from kg.segment.words import words

HAN = re.compile(r"[一-龥]{2,}")
LATIN = re.compile(r"[A-Za-z]{2,}[A-Za-z0-9\-]*")
VOCABULARY = 10000  # rare pairs from which two unrelated texts seem to draw theirs
MANY_BLOCKS = 8  # below that, what the page's blocks share may be the one story's subject
WIDE = 0.3  # a pair that more blocks of the page hold than this share is the page's, not a story's


def pairs_of(text: str) -> list[str]:
    """The pairs of neighbouring Chinese characters, and the Latin words, of a text, as often as they stand there."""
    found = [run[i : i + 2] for run in HAN.findall(text) for i in range(len(run) - 1)]
    return found + LATIN.findall(text)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text is about: its rare pairs with their weights, the square roots of their counts."""

    weights: Mapping[str, float]
    size: float  # sum of the weights


class Cohesion:
    """What ties the texts of one page together."""

    def __init__(self, blocks: Sequence[Iterable[Row]]) -> None:
        held = Counter(pair for block in blocks for pair in {p for r in block for p in pairs_of(r.norm)})
        most = max(2.0, WIDE * len(blocks)) if len(blocks) >= MANY_BLOCKS else math.inf
        self._wide = frozenset(pair for pair, count in held.items() if count > most)
        self._known: dict[int, Counter[str]] = {}

    def subject(self, rows: Iterable[Row]) -> Subject:
        counts: Counter[str] = Counter()
        for row in rows:
            counts.update(self._of_row(row))
        weights = {pair: math.sqrt(count) for pair, count in counts.items()}
        return Subject(weights, sum(weights.values()))

    def _of_row(self, row: Row) -> Counter[str]:
        if row.number not in self._known:
            common = words().common
            pairs = (p for p in pairs_of(row.norm) if common.get(p, 0.0) < COMMON and p not in self._wide)
            self._known[row.number] = Counter(pairs)
        return self._known[row.number]


def kinship(one: Subject, other: Subject) -> float:
    """What two texts share beyond what chance gives texts of their lengths, in standard deviations.

    Below zero for unrelated texts, above two for parts of one story.
    """
    if len(one.weights) > len(other.weights):
        one, other = other, one
    shared = sum(weight * other.weights[pair] for pair, weight in one.weights.items() if pair in other.weights)
    expected = one.size * other.size / VOCABULARY
    return (shared - expected) / math.sqrt(expected + 1.0)
