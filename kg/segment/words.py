"""The words by which the parts of a page are told apart, read from the packaged lexicons.

Every table is a TSV with a header; ``#`` opens a comment line. A row that does not fit its header is refused at
load, naming file and line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.resources import lexicon
from kg.tables import rows

BULLETS = "·•●◆■▲△▼※★☆○◎□►▶➤—-"

# Brackets, punctuation, digits and letters of full width, one for one, so that offsets stay the same.
HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: " ", 0xA0: " ", 0x2003: " ", 0x2002: " "}


def half_width(text: str) -> str:
    """The text with full-width ASCII and blanks as half-width ones; same length."""
    return text.translate(HALF_WIDTH)


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a lexicon as header -> cell. Raises KgError where a row has more or fewer cells than the header."""
    return [row for _, row in rows(lexicon(name))]


def either(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@dataclass(frozen=True, slots=True)
class Untitled:
    """How a text without a printed title is named."""

    title: str
    most: bool  # most of its lines must match, not just one
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    by_use: dict[str, frozenset[str]]
    not_initial: dict[str, str]  # character that opens no sentence -> unless one of these follows
    cut: dict[str, float]  # character -> log odds that a line beginning with it was cut off from the line before
    surnames: frozenset[str]
    common: dict[str, float]  # pair of characters -> share of articles that hold it
    untitled: tuple[Untitled, ...]

    def of(self, use: str) -> frozenset[str]:
        return self.by_use[use]


@cache
def words() -> Words:
    """All tables, read once."""
    uses: dict[str, set[str]] = {}
    for row in read_table("segment_words.tsv"):
        uses.setdefault(row["use"], set()).add(half_width(row["word"]))
    return Words(
        by_use={use: frozenset(found) for use, found in uses.items()},
        not_initial={r["character"]: r["unless"] for r in read_table("segment_not_initial.tsv")},
        cut={
            r["character"]: math.log((int(r["stands"]) + 5) / (int(r["opens"]) + 5))
            for r in read_table("segment_initials.tsv")
        },
        surnames=frozenset(r["surname"] for r in read_table("segment_surnames.tsv")),
        common={r["pair"]: int(r["per_thousand"]) / 1000 for r in read_table("segment_bigrams.tsv")},
        untitled=tuple(
            Untitled(r["title"], r["over"] == "most", re.compile(r["pattern"]))
            for r in read_table("segment_untitled.tsv")
        ),
    )
