"""The title of an article: its headline as printed, or a description where none is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Role
from kg.segment.lines import MARKER, Row, Shape
from kg.segment.words import words

LONGEST_DESCRIPTION = 24  # characters of the first sentence that stand for a title where no kind is known


def headline(rows: Sequence[Row]) -> str:
    """The lines of a headline in printed order, one blank between them, without markup."""
    return " ".join(re.sub(r"[#*]", "", re.sub(r"\s+", " ", row.plain)).strip() for row in rows)


def marker_title(row: Row) -> str:
    """上接01版② of ``◀上接01版②`` or ``(上接第1版)``."""
    found = MARKER.match(row.norm)
    if found is None:
        return row.plain
    return re.sub(r"\s+", "", row.plain[found.start("name") : found.end("name")])


def describe(rows: Sequence[Row]) -> str:
    """遗失声明, 图片新闻 ...: what an untitled text is, else its opening words."""
    texts = [row.norm for row in rows]
    for kind in words().untitled:
        hits = sum(bool(kind.pattern.search(text)) for text in texts)
        if hits and (not kind.most or 2 * hits >= len(texts)):
            return kind.title
    opening = re.split(r"[。!?;\n]", rows[0].plain, maxsplit=1)[0]
    return re.sub(r"[#*]", "", opening).strip()[:LONGEST_DESCRIPTION] or "短讯"


def head_roles(head: Sequence[Row]) -> list[Role]:
    """Kicker, title or subtitle for each line of a headline block."""
    lines = [i for i, row in enumerate(head) if row.shape is Shape.HEADING]
    main = _main(head, lines)
    roles = []
    for i, row in enumerate(head):
        if row.shape is not Shape.HEADING:
            roles.append(Role.LABEL if row.shape in (Shape.LABEL, Shape.BOX) else Role.SUBTITLE)
        elif i < main:
            roles.append(Role.KICKER)
        else:
            roles.append(Role.TITLE if i == main else Role.SUBTITLE)
    return roles


def _main(head: Sequence[Row], lines: Sequence[int]) -> int:
    """Index of the main headline: by markup, else by its neighbours' form, else the second of two lines."""
    marked = [i for i in lines if head[i].level]
    if marked:
        return min(marked, key=lambda i: (head[i].level, i))
    for i in lines[1:]:
        if head[i].norm.startswith(("——", "--", "—")):
            return lines[lines.index(i) - 1]
    if len(lines) > 1 and any(head[lines[0]].norm.endswith(w) for w in words().of("kicker_end")):
        return lines[1]
    if not lines:
        return 0
    return lines[min(1, len(lines) - 1)]
