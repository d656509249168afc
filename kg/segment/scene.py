"""A heading with what stands above and below it, and the habits of its page: what the cues are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.segment.blocks import Block, Cause
from kg.segment.cohesion import Cohesion, kinship
from kg.segment.lines import Row, Shape


@dataclass(frozen=True, slots=True)
class PageHabits:
    """How this page sets its stories."""

    headings: int  # blocks with a heading
    with_lead: int  # of these, followed by a byline or 本报讯(...)
    styles: frozenset[tuple[int, bool]]  # markdown level and boldness of those
    series: frozenset[int]  # numbers of heading lines that are built alike and stand near each other
    cohesion: Cohesion


@dataclass
class Story:
    """A story as far as it has been gathered."""

    cause: Cause
    head: tuple[Row, ...]
    rows: list[Row]  # in reading order, the head among them
    home: int | None = None  # of a headless one: index of the story above it


@dataclass
class Scene:
    """A heading with what stands above and below it."""

    block: Block
    story: Story
    above: Sequence[Row]  # the rows of the story above, with those that it continues
    habits: PageHabits

    @cached_property
    def headings(self) -> list[Row]:
        return [r for r in self.block.head if r.shape is Shape.HEADING]

    @cached_property
    def first(self) -> Row:
        return self.headings[0] if self.headings else self.block.head[0]

    @cached_property
    def below(self) -> list[Row]:
        """The first lines below, without captions, labels and boxes."""
        return [r for r in self.block.rows if r.shape not in (Shape.CAPTION, Shape.BOX, Shape.LABEL)][:3]

    @cached_property
    def last_text(self) -> Row | None:
        return next((r for r in reversed(self.above) if r.is_text), None)

    @cached_property
    def led(self) -> bool:
        return opens_with_names(self.block)

    @cached_property
    def kinship(self) -> float:
        """Of the text below with the text above, within bounds."""
        subject = self.habits.cohesion.subject
        return max(-1.2, min(5.0, kinship(subject(self.block.rows), subject(self.above))))

    @cached_property
    def announced(self) -> float:
        """The same of the heading itself with the text above."""
        subject = self.habits.cohesion.subject
        return max(-1.0, min(4.0, kinship(subject(self.block.head), subject(self.above))))

    @cached_property
    def opening(self) -> str:
        return next((r.norm for r in self.below if r.is_text), "").lstrip("“\"'‘")


def opens_with_names(block: Block) -> bool:
    """A byline or 本报讯(记者 ...) stands below the heading, before or in the first lines of text."""
    texts = 0
    for row in block.rows[:8]:
        if row.shape is Shape.BYLINE and not texts:
            return True
        if row.lead and texts < 3:
            return True
        texts += row.is_text and not row.open_start
        if texts >= 1 and not any(r.shape is Shape.BOX for r in block.rows[:8]):
            return False
    return False


def habits_of(blocks: Sequence[Block], cohesion: Cohesion) -> PageHabits:
    headed = [b for b in blocks if b.cause is Cause.HEADING]
    led = [b for b in headed if opens_with_names(b)]
    styles = frozenset(style_of(b.head) for b in led)
    return PageHabits(len(headed), len(led), styles, series_of(headed), cohesion)


def series_of(headed: Sequence[Block]) -> frozenset[int]:
    """Heading lines without byline that are built like another one at most two headings away."""
    found: set[int] = set()
    for i, block in enumerate(headed):
        for other in headed[i + 1 : i + 3]:
            pair = (block, other)
            if all(len(b.head) == 1 and not opens_with_names(b) for b in pair) and alike(block.head[0], other.head[0]):
                found.update(b.head[0].number for b in pair)
    return frozenset(found)


def alike(one: Row, other: Row) -> bool:
    """Two headings with as many parts of nearly the same lengths; without parts, with the same edge as well."""
    if one.level != other.level or one.bold != other.bold:
        return False
    parts = [re.split(r"[,、: ]+", re.sub(r"[“”‘’《》\"]", "", row.norm)) for row in (one, other)]
    lengths = [[len(part) for part in part_list] for part_list in parts]
    if len(lengths[0]) != len(lengths[1]) or any(abs(a - b) > 1 for a, b in zip(*lengths, strict=True)):
        return False
    return len(lengths[0]) > 1 or one.norm[0] == other.norm[0] or one.norm[-2:] == other.norm[-2:]


def style_of(head: Sequence[Row]) -> tuple[int, bool]:
    """The highest markdown level of a headline (0: none), and whether it is bold instead."""
    level = min((r.level for r in head if r.level), default=0)
    return level, not level and any(r.bold for r in head)
