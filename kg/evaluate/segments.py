"""Figures of the segmentation: pairs of lines put together rightly, and titles."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.evaluate.gold import Gold

Counts = tuple[float, float, float]


def score_articles(gold: Gold, rows: Sequence[Mapping[str, Any]]) -> dict[str, Counts]:
    """(tp, fp, fn) of ``article lines pairwise`` and of ``article titles`` (exact, over the gold's articles)."""
    assert gold.articles is not None
    starts = line_starts(gold.text)
    of_gold = {n: a.id for a in gold.articles for n in a.lines if n in starts}
    of_system: dict[int, int] = {}
    for i, row in enumerate(rows):
        for n, at in starts.items():
            if any(s <= at < e for s, e in row["spans"]):
                of_system.setdefault(n, i)
    cells = Counter((of_gold[n], of_system[n]) for n in sorted(of_gold) if n in of_system)
    g, s = Counter(of_gold.values()), Counter(of_system[n] for n in of_gold if n in of_system)
    both = sum(_pairs(c) for c in cells.values())
    partner: dict[str, int] = {}
    for (a, i), _ in sorted(cells.items(), key=lambda x: (-x[1], x[0][1])):
        if a not in partner and i not in partner.values():
            partner[a] = i
    right = sum(
        a.id in partner and _plain(str(rows[partner[a.id]].get("title") or "")) in map(_plain, a.titles)
        for a in gold.articles
    )
    n = len(gold.articles)
    lines = (both, sum(map(_pairs, s.values())) - both, sum(map(_pairs, g.values())) - both)
    return {"article lines pairwise": lines, "article titles": (right, n - right, n - right)}


def line_starts(text: str) -> dict[int, int]:
    """1-based number of every non-blank line -> offset of its first non-blank character."""
    result, at = {}, 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            result[number] = at + len(line) - len(line.lstrip())
        at += len(line) + 1
    return result


def _plain(title: str) -> str:
    return re.sub(r"[\s#*]+", "", unicodedata.normalize("NFKC", title))


def _pairs(n: int) -> int:
    return n * (n - 1) // 2
