"""Shapes of lines put right by their neighbours: who signs a notice, who wrote a story, what is a mere list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.segment.credits import names_only
from kg.segment.lines import SURE_SEAM, Row, Shape, ends_inside, is_notice_title, seam
from kg.segment.words import words

HEAD_SHAPES = (Shape.HEADING, Shape.LABEL)
FEWEST_LINES = 12  # a page of fewer lines does not show how wide its columns are
WIDTH_PLAY = 3  # characters by which full lines differ, for punctuation and figures
MOST_HEAD_LINES = 4  # a longer run of bare short lines is a list or a poem


def with_context(rows: Sequence[Row]) -> list[Row]:
    """Shapes put right by their neighbours: who signs a notice, lists that look like headings."""
    result = list(rows)
    _unwrap(result)
    _sign_dates(result)
    _name_authors(result)
    _sign_notices(result)
    _label_slogans(result)
    _carry_on(result)
    _flatten_lists(result)
    return result


def line_width(rows: Sequence[Row]) -> int:
    """Characters of a full line where the page keeps the printed lines of its columns, else 0."""
    widths = Counter(len(r.norm) for r in rows if not r.level and not r.bold)
    if sum(widths.values()) < FEWEST_LINES:
        return 0
    full = max(range(10, 46), key=lambda w: sum(widths[w - k] for k in range(WIDTH_PLAY)))
    held = sum(widths[full - k] for k in range(WIDTH_PLAY))
    longer = sum(count for width, count in widths.items() if width > full)
    total = sum(widths.values())
    return full if held >= 0.4 * total and longer <= 0.1 * total else 0


def _unwrap(rows: list[Row]) -> None:
    """On a page of printed lines a full line is text, and so is the short line that ends its sentence.

    A full line that opens the page, or stands behind a finished sentence and above a byline, may be a headline.
    """
    full = line_width(rows)
    if not full:
        return
    above: Row | None = None
    for i, row in enumerate(rows):
        short = len(row.norm) <= full - WIDTH_PLAY
        inside = above is not None and above.shape is Shape.TEXT and above.open_end and not _is_short(above, full)
        below = rows[i + 1] if i + 1 < len(rows) else None
        opens = below is not None and (below.lead or below.shape is Shape.BYLINE) and not re.search("[,。;]", row.norm)
        bare = row.shape in (Shape.HEADING, Shape.BOX, Shape.LABEL) and not row.level and not row.bold
        if bare and (inside or not short) and not (opens and not inside):
            rows[i] = row = replace(row, shape=Shape.TEXT, open_end=ends_inside(row.norm))
        above = row


def _is_short(row: Row, full: int) -> bool:
    return len(row.norm) <= full - WIDTH_PLAY


def _sign_dates(rows: list[Row]) -> None:
    """An issuing body above a date, behind text, signs a notice; a date at the page's top is a label."""
    ends = tuple(words().of("org_end"))
    for i, row in enumerate(rows):
        if row.shape is not Shape.DATE:
            continue
        text_before = any(r.is_text for r in rows[max(0, i - 6) : i])
        if not text_before:
            if i == 0:
                rows[i] = replace(row, shape=Shape.LABEL)
            continue
        rows[i] = replace(row, shape=Shape.SIGNATURE)
        for j in range(i - 1, max(-1, i - 5), -1):
            above = rows[j]
            if above.shape is Shape.HEADING and not above.level and above.norm.rstrip(")").endswith(ends):
                rows[j] = replace(above, shape=Shape.SIGNATURE)
            elif above.shape is not Shape.SIGNATURE:
                break
    for i, row in enumerate(rows[1:], 1):
        done = re.search(r"特此.{0,6}[。!]?$|此致|敬礼[!。]?$", rows[i - 1].norm)
        if done and row.shape is Shape.HEADING and not row.level and row.norm.endswith(ends):
            rows[i] = replace(row, shape=Shape.SIGNATURE)


def _name_authors(rows: list[Row]) -> None:
    """A line of two or three characters below a headline and above its text is the author's name.

    A dash opens a subtitle below a headline only; elsewhere it gives a quotation's source.
    """
    for i in range(1, len(rows)):
        row, above = rows[i], rows[i - 1]
        if row.shape is not Shape.HEADING or row.level:
            continue
        if row.norm.startswith(("—", "--")) and above.shape is not Shape.HEADING:
            rows[i] = replace(row, shape=Shape.TEXT)
        elif row.norm[0] == "(" and row.norm[-1] == ")" and above.is_text:
            rows[i] = replace(row, shape=Shape.SIGNATURE)
        below = rows[i + 1] if i + 1 < len(rows) else None
        named = re.fullmatch(r"[一-龥]{2,3}|[一-龥] [一-龥]", row.norm) or names_only(row.norm)
        if named and above.shape is Shape.HEADING and below is not None and len(above.norm) > 1:
            opens = below.shape in (Shape.TEXT, Shape.CAPTION) and not below.lead
            verses = rows[i + 1 : i + 4]
            poem = len(verses) == 3 and all(r.shape is Shape.HEADING and not r.level for r in verses)
            if opens or (poem and row.norm[0] in words().surnames):
                rows[i] = replace(row, shape=Shape.BYLINE)


def _label_slogans(rows: list[Row]) -> None:
    """Four characters below a longer headline are a column's name set between it and the text."""
    for above, row, i in zip(rows, rows[1:], range(1, len(rows)), strict=False):
        last = i + 1 == len(rows) or rows[i + 1].shape not in HEAD_SHAPES
        named = re.fullmatch(r"[一-龥]{4}", row.norm) and len(above.norm) >= 8 and not is_notice_title(row.norm)
        if last and named and not row.level and row.shape is above.shape is Shape.HEADING:
            rows[i] = replace(row, shape=Shape.LABEL)


def _carry_on(rows: list[Row]) -> None:
    """The first line of a heading block is text where the line above stops inside a word that it completes."""
    for i in range(1, len(rows) - 1):
        row, above, below = rows[i], rows[i - 1], rows[i + 1]
        bare = row.shape is Shape.HEADING and not row.level and not row.bold
        cut = above.shape is Shape.TEXT and above.open_end and below.shape is Shape.HEADING
        if bare and cut and seam(above, row) >= SURE_SEAM and len(row.norm) >= 12 and " " not in row.norm:
            rows[i] = replace(row, shape=Shape.TEXT, open_end=ends_inside(row.norm))


def _sign_notices(rows: list[Row]) -> None:
    """The name of a body behind the text of a notice signs it, even without a date."""
    ends = tuple(words().of("org_end"))
    notice = texts = 0
    for i, row in enumerate(rows):
        if row.shape is Shape.HEADING and is_notice_title(row.norm):
            notice, texts = 1, 0
        elif row.shape is Shape.SIGNATURE:
            notice = 0
        elif row.is_text:
            texts += 1
        elif row.shape is Shape.HEADING and notice and texts and not row.level and row.norm.endswith(ends):
            rows[i] = replace(row, shape=Shape.SIGNATURE)


def _flatten_lists(rows: list[Row]) -> None:
    """A long run of short bare lines is a list or a poem: only its edge can be a heading."""
    i = 0
    titled_before = False
    while i < len(rows):
        titled_before = titled_before or (i > 0 and (rows[i - 1].is_text or rows[i - 1].shape is Shape.HEADING))
        j = i
        while j < len(rows) and rows[j].shape is Shape.HEADING and not rows[j].level and not rows[j].bold:
            j += 1
        if j - i > MOST_HEAD_LINES:
            opens_story = j < len(rows) and (rows[j].lead or rows[j].shape is Shape.BYLINE)
            keep_first = 0 if titled_before else 1
            keep_last = 1 if opens_story else 0
            for k in range(i + keep_first, j - keep_last):
                rows[k] = replace(rows[k], shape=Shape.TEXT)
        i = max(j, i + 1)
