"""Stories made into articles: title, roles, reading order, and which line runs on from the one before."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from kg.model import Article, Line, Role
from kg.segment.blocks import Cause
from kg.segment.cohesion import pairs_of
from kg.segment.lines import Row, Shape, is_document_number, is_slogan
from kg.segment.scene import Story
from kg.segment.titles import describe, head_roles, headline, marker_title

ROLES = {
    Shape.HEADING: Role.SUBHEAD,
    Shape.LABEL: Role.LABEL,
    Shape.BOX: Role.SUBHEAD,
    Shape.BYLINE: Role.BYLINE,
    Shape.DATE: Role.SIGNATURE,
    Shape.SIGNATURE: Role.SIGNATURE,
    Shape.CAPTION: Role.CAPTION,
    Shape.MARKER: Role.BODY,
    Shape.ONWARD: Role.MARKER,
    Shape.ITEM: Role.BODY,
    Shape.TEXT: Role.BODY,
}


def assemble(doc: str, stories: Sequence[Story], repeats: Mapping[int, int]) -> tuple[Article, ...]:
    articles = [_article(doc, story, repeats) for story in stories if story.rows]
    return tuple(sorted(articles, key=lambda a: a.lines[0].number))


def _article(doc: str, story: Story, repeats: Mapping[int, int]) -> Article:
    rows = reading_order(story.rows)
    head = displaced_headline(story.head, rows) or story.head
    roles = {row.number: role for row, role in zip(head, head_roles(head), strict=True)}
    title, printed = _title(story, head, rows)
    lines = []
    last: Row | None = None
    for row in rows:
        role = roles.get(row.number) or _role(row)
        fresh = row.lead or row.number in repeats
        runs_on = role is Role.BODY and last is not None and last.open_end and not fresh
        lines.append(Line(row.number, row.start, row.end, role, runs_on, repeats.get(row.number, 0)))
        if row.is_text and row.number not in repeats:
            last = row
    return Article(f"{doc}-a{rows[0].number}", doc, title, tuple(lines), printed)


def _role(row: Row) -> Role:
    if row.shape is Shape.MARKER and not row.is_text:
        return Role.MARKER
    return ROLES[row.shape]


def _title(story: Story, head: Sequence[Row], rows: Sequence[Row]) -> tuple[str, bool]:
    printed = [r for r in head if r.shape is Shape.HEADING]
    labels = [r for r in head if r.shape is Shape.LABEL and not is_slogan(r.norm)]
    headings = [r for r in printed if not is_document_number(r.norm)] or printed or labels
    if headings:
        return headline(headings), True
    if story.cause is Cause.MARKER or rows[0].shape is Shape.MARKER:
        return marker_title(rows[0]), True
    return describe(rows), False


def reading_order(rows: Sequence[Row]) -> list[Row]:
    """The rows as read: a piece that begins in mid-sentence goes behind the later line that it carries on."""
    texts = [i for i, r in enumerate(rows) if r.is_text]
    if len(texts) < 3 or not rows[texts[-1]].open_end:
        return list(rows)
    tail = texts[-1]
    while tail > 0 and not rows[tail - 1].is_text and rows[tail - 1].shape in (Shape.BOX, Shape.HEADING, Shape.LABEL):
        tail -= 1
    for before, here in itertools.pairwise(texts):
        if rows[here].open_start and not rows[before].open_end and here < tail:
            return [*rows[:here], *rows[tail:], *rows[here:tail]]
    return list(rows)


def displaced_headline(head: Sequence[Row], rows: Sequence[Row]) -> tuple[Row, ...]:
    """The headline that a column break set inside its story, where a mere column's name stands at the top.

    It interrupts a sentence, is marked no deeper than the top one, and the story's words are its own.
    """
    if not head:
        return ()
    level = min(r.level for r in head)
    body = {pair for r in rows if r.is_text for pair in pairs_of(r.norm)}

    def told(row: Row) -> float:
        pairs = set(pairs_of(row.norm))
        return len(pairs & body) / len(pairs) if pairs else 0.0

    top = max(told(r) for r in head)
    for i, row in enumerate(rows):
        if row.shape is not Shape.HEADING or row in head or row.level != level or not row.level:
            continue
        before = next((r for r in reversed(rows[:i]) if r.is_text), None)
        if before is not None and before.open_end and told(row) > top:
            return (row,)
    return ()
