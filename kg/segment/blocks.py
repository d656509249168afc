"""The page's lines cut into blocks: at headings, and wherever one text visibly stops and another begins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kg.segment.context import HEAD_SHAPES
from kg.segment.lines import Row, Shape, is_field, is_notice_title, is_slogan
from kg.segment.words import words

FRESH_PICTURE = re.compile(r"^[▲▼◀▶△▽←→\s]*(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日")
LONGEST_HEAD = 12  # lines


class Cause(StrEnum):
    """Why a block begins where it does."""

    START = "start"  # the page begins without a heading
    HEADING = "heading"
    LABEL = "label"  # a column's name above a headline
    MARKER = "marker"  # 上接01版②
    LEAD = "lead"  # 本报讯(记者 ...) in a story that has one already
    NOTICE = "notice"  # a list of classified notices
    AFTER = "after"  # text behind a signature
    FRAGMENT = "fragment"  # behind a repeated piece
    PICTURE = "picture"  # a caption behind a finished story
    REPEAT = "repeat"  # says again what stands elsewhere on the page


@dataclass(frozen=True, slots=True)
class Block:
    cause: Cause
    head: tuple[Row, ...]  # heading lines with the labels among them
    rows: tuple[Row, ...]  # everything below

    @property
    def all_rows(self) -> tuple[Row, ...]:
        return self.head + self.rows


def split_blocks(rows: Sequence[Row], repeats: Mapping[int, int]) -> list[Block]:
    """Blocks in page order; together they hold every row once."""
    blocks: list[Block] = []
    i = 0
    while i < len(rows):
        head_end = i
        while head_end < min(len(rows), i + LONGEST_HEAD) and rows[head_end].shape in HEAD_SHAPES:
            head_end += 1
        cause = Cause.HEADING if head_end > i else Cause.START
        while True:
            body_end, why = _body(rows, head_end, repeats, cause)
            blocks.append(Block(cause, tuple(rows[i:head_end]), tuple(rows[head_end:body_end])))
            i = head_end = body_end
            if why is None:
                break
            cause = why
    return blocks


def column_name(head: Sequence[Row]) -> int:
    """How many lines at the top of a headline block name a column, not the story."""
    end = 0
    while end < len(head) - 1 and not is_slogan(head[end].norm):
        rest = head[end + 1 :]
        if is_notice_title(head[end].norm) or all(row.shape is not Shape.HEADING for row in rest):
            break
        below = min((r.level for r in rest if r.level), default=0)
        short = _short_name(head[end]) and not any(_short_name(r) for r in rest) and not 0 < head[end].level < below
        if head[end].shape is not Shape.LABEL and not (short and len(head[end].norm) <= (7 if end else 4)):
            break
        end += 1
    return end


def _short_name(row: Row) -> bool:
    return bool(re.fullmatch(r"[一-龥]{2,7}", row.norm))


@dataclass(slots=True)
class _Text:
    """What has been read of a block's text."""

    cause: Cause
    numbers: set[int] = field(default_factory=set)
    last: Row | None = None  # the last line of running text
    told: bool = False  # 本报讯(...) was there
    bylined: bool = False
    listed: bool = False  # classified notices
    finished: bool = False  # signed

    def add(self, row: Row, following: Row | None) -> None:
        self.numbers.add(row.number)
        if row.is_text:
            self.listed = self.listed or row.shape is Shape.ITEM
            self.told = self.told or row.lead
            self.last, self.finished = row, row.signed
        elif row.shape is Shape.CAPTION and self.cause is Cause.PICTURE:
            self.last, self.finished = row, True
        elif row.shape in (Shape.SIGNATURE, Shape.ONWARD):
            self.finished = self.finished or self.last is not None
        elif row.shape is Shape.BYLINE:
            # Names below text sign it, unless it is the opening paragraph that stands above its byline.
            goes_on = following is not None and following.shape is Shape.TEXT
            signs = not goes_on or "摄" in row.norm or self.bylined or self.told
            self.finished = self.finished or (self.last is not None and signs)
            self.bylined = True


def _body(rows: Sequence[Row], at: int, repeats: Mapping[int, int], cause: Cause) -> tuple[int, Cause | None]:
    """Where the text that begins at ``at`` stops, and why the next block begins (None: a heading or the end)."""
    text = _Text(cause)
    for i in range(at, len(rows)):
        if rows[i].shape in HEAD_SHAPES:
            return i, None
        why = _break(rows[i], text, repeats) if i > at or cause is Cause.HEADING else None
        if why is not None:
            return i, why
        text.add(rows[i], rows[i + 1] if i + 1 < len(rows) else None)
    return len(rows), None


def _break(row: Row, text: _Text, repeats: Mapping[int, int]) -> Cause | None:
    """Why another text begins with this line, None where it does not."""
    original = repeats.get(row.number)
    if row.shape is Shape.MARKER:
        return Cause.MARKER if text.last is not None or text.cause is not Cause.HEADING else None
    if original is not None and original not in text.numbers and text.cause is not Cause.REPEAT:
        return Cause.REPEAT
    if text.last is None:
        return None
    if row.shape is Shape.ITEM and not text.listed and text.cause is not Cause.NOTICE:
        return Cause.NOTICE if _is_notice(row) else None
    if text.cause is Cause.REPEAT and original is None and row.is_text:
        return Cause.FRAGMENT
    if row.shape is Shape.CAPTION and (text.finished or FRESH_PICTURE.match(row.norm)):
        return Cause.PICTURE if len(row.norm) >= 30 else None
    if not row.is_text or original is not None:
        return None
    if row.lead and (text.told or text.bylined or text.finished):
        return Cause.LEAD
    if text.finished and not row.norm.startswith("又讯") and not is_field(row.norm):
        return Cause.AFTER
    return None


def _is_notice(row: Row) -> bool:
    return any(w in row.norm for w in words().of("notice_item"))
