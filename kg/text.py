"""Passages and sentences: the prose of an article as strings that lead back to the page.

A column or a page break cuts sentences and names in two. A passage joins the lines of an article where the text runs
on and leaves markup out, and keeps for each of its characters the offset in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Article, Line, Page, Role

MARKUP = re.compile(r"^[#>\s*·◀◁▲△▶►■□●○◆◇★☆\-]+|[*\s]+$|\*\*")
# a sentence ends after its mark and the closing quotes or brackets behind it
SENTENCE = re.compile(r".*?(?:[。！？!?；;]+[”’」』）)】\"]*|…{2,}[”’」』）)】\"]*|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[i]`` stands at ``offsets[i]`` of the page."""

    text: str
    offsets: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def role(self) -> Role:
        return self.lines[0].role

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The page's span of ``text[start:end]``; a line break inside it is part of the span."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def unbroken(self, start: int, end: int) -> bool:
        """Whether the page prints ``text[start:end]`` in one piece, with no more than a line break inside it."""
        first, last = self.span(start, end)
        return last - first <= end - start + 4

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Spans of the sentences, in positions of ``text``."""
        for m in SENTENCE.finditer(self.text):
            if m.group().strip():
                yield m.start(), m.end()


def passages(page: Page, article: Article) -> tuple[Passage, ...]:
    """The article's passages in reading order. Every line is in exactly one, repeats included."""
    groups: list[list[Line]] = []
    for line in article.lines:
        if groups and line.runs_on and not line.repeats and not groups[-1][-1].repeats:
            groups[-1].append(line)
        else:
            groups.append([line])
    result = []
    for group in groups:
        offsets: list[int] = []
        for line in group:
            raw = page.text[line.start : line.end]
            drop = {i for m in MARKUP.finditer(raw) for i in range(*m.span())}
            offsets += [line.start + i for i in range(len(raw)) if i not in drop]
        if offsets:
            result.append(Passage("".join(page.text[i] for i in offsets), tuple(offsets), tuple(group)))
    return tuple(result)
