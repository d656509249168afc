"""Lines that repeat an earlier line of the page: whole, cut at an end, or with a few characters misread."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from kg.segment.lines import Row, Shape

SHORTEST = 16  # characters: shorter lines are alike by chance
SHINGLE = 10  # characters that a repeat shares with its original at one place at least
CANDIDATES = 4  # earlier lines looked at for each line, so that a page of equal lines stays linear
ALIKE = 92.0  # per cent, by rapidfuzz
LIST_ITEM = 60  # characters: shorter lines may be items of a list
NAME = 14  # characters within which the name of an item stands
DIGITS = re.compile(r"\d+")


def find_repeats(rows: Sequence[Row]) -> dict[int, int]:
    """Number of a line -> number of the earlier line that it repeats (the first printing of it)."""
    seen: dict[str, list[int]] = {}  # shingle -> indices of lines that hold it
    found: dict[int, int] = {}
    tight = [re.sub(r"\s", "", row.norm) for row in rows]
    for index, row in enumerate(rows):
        text = tight[index]
        if len(text) < SHORTEST or row.shape in (Shape.HEADING, Shape.LABEL, Shape.BOX):
            continue
        original = _original(index, tight, seen)
        if original is not None:
            found[row.number] = found.get(rows[original].number, rows[original].number)
            continue
        for at in range(0, len(text) - SHINGLE + 1):
            holders = seen.setdefault(text[at : at + SHINGLE], [])
            if len(holders) < CANDIDATES and (not holders or holders[-1] != index):
                holders.append(index)
    return _with_short_neighbours(rows, tight, found)


def _original(index: int, tight: Sequence[str], seen: dict[str, list[int]]) -> int | None:
    text = tight[index]
    votes: dict[int, int] = {}
    for at in range(0, len(text) - SHINGLE + 1, 3):
        for holder in seen.get(text[at : at + SHINGLE], ()):
            votes[holder] = votes.get(holder, 0) + 1
    # A repeat shares most of its shingles; one that is a small part of a long line is left alone.
    steps = (len(text) - SHINGLE) // 3 + 1
    best = sorted(votes, key=lambda h: (-votes[h], h))[:CANDIDATES]
    for holder in best:
        if votes[holder] * 2 >= steps and repeats(text, tight[holder]):
            return holder
    return None


def repeats(text: str, earlier: str) -> bool:
    """Whether ``text`` is ``earlier`` again, or a piece of it, and tells nothing of its own."""
    if len(text) > 1.15 * len(earlier) + 2:
        return False
    if DIGITS.findall(text) != DIGITS.findall(earlier) and abs(len(text) - len(earlier)) < 6:
        return False  # two notices that differ in a number
    if len(text) < LIST_ITEM and abs(len(text) - len(earlier)) < 4:
        # Two items of a list differ in the name that they open with; a misread character stands further on.
        wrong = sum(a != b for a, b in zip(text, earlier, strict=False)) + abs(len(text) - len(earlier))
        return text == earlier or (text[:NAME] == earlier[:NAME] and len(text) > 2 * NAME and wrong <= 1)
    return fuzz.partial_ratio(text, earlier, score_cutoff=ALIKE) >= ALIKE


def _with_short_neighbours(rows: Sequence[Row], tight: Sequence[str], found: dict[int, int]) -> dict[int, int]:
    """Short lines (特此公告。, a signature) repeat only in step with a repeated line beside them."""
    where: dict[int, int] = {row.number: i for i, row in enumerate(rows)}
    result = dict(found)
    for step in (1, -1):
        order = range(len(rows)) if step == 1 else range(len(rows) - 1, -1, -1)
        for i in order:
            row = rows[i]
            if row.number not in result or not 0 <= i + step < len(rows):
                continue
            nearby = where[result[row.number]] + step
            j = i + step
            if rows[j].number in result or not 0 <= nearby < len(rows) or nearby >= min(i, j):
                continue
            if tight[j] == tight[nearby]:
                result[rows[j].number] = rows[nearby].number
    return result
