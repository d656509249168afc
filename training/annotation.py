"""The corpus as records: articles of lines, each a text with its marked names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(r"⟦([^|⟧]*)\|([^|⟧]*)(?:\|([^|⟧]*))?(?:\|(~))?⟧")
HEAD = re.compile(r"# (\S+) \| (.*)")


@dataclass(frozen=True, slots=True)
class Span:
    """A marked name. ``types`` holds every reading that is right, the first one leading."""

    start: int
    end: int
    types: tuple[str, ...]  # of the six types; empty for SKIP
    canonical: str
    nominal: bool


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    id: str
    head: str
    lines: tuple[Line, ...]

    @property
    def kept_out(self) -> bool:
        """Whether the article belongs to the tenth that no model is trained on: decided by its id alone."""
        return int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 10 == 0


def parse_line(marked: str) -> Line:
    """A line with its marks taken out."""
    text, spans, at = [], [], 0
    length = 0
    for mark in MARK.finditer(marked):
        before = marked[at : mark.start()]
        length += len(before)
        surface, types = mark[1], tuple(t for t in mark[2].split("/") if t != "SKIP")
        if mark[2].endswith("SKIP"):
            types = ()
        spans.append(Span(length, length + len(surface), types, mark[3] or surface, mark[4] is not None))
        text += [before, surface]
        length += len(surface)
        at = mark.end()
    text.append(marked[at:])
    return Line("".join(text), tuple(spans))


def read_articles(file: Path) -> Iterator[Article]:
    """The articles of one corpus file."""
    head, lines = ("", ""), list[Line]()
    for row in file.read_text("utf-8").splitlines():
        if found := HEAD.fullmatch(row):
            if head[0]:
                yield Article(*head, tuple(lines))
            head, lines = (found[1], found[2]), []
        elif row.strip():
            lines.append(parse_line(row))
    if head[0]:
        yield Article(*head, tuple(lines))


def read_corpus(folder: Path) -> list[Article]:
    """All articles of a folder's parts, in order."""
    return [article for file in sorted(folder.glob("*.txt")) for article in read_articles(file)]
