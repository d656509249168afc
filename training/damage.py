"""A line as another paper prints it, or as OCR reads it; bylines; lines run together."""

from __future__ import annotations

import random
from dataclasses import replace

from training.annotation import Line, Span
from training.names import LISTS, Names

_MARKS = (
    "## ",
    "## ",
    "### ",
    "# ",
    "#### ",
    "**",
    "**",
    "■",
    "●",
    "▲",
    "◆",
    "·",
    "· ",
    "- ",
    "* ",
    "> ",
    "△",
    "◎",
    "1.",
    "①",
    "(1)",
)
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_NARROW = str.maketrans("，：；！？（）", ",:;!?()")
_ALIKE: dict[str, str] = {}
for _group in (LISTS / "alike.txt").read_text("utf-8").splitlines()[1:]:
    for _char in _group:
        _ALIKE[_char] = _ALIKE.get(_char, "") + _group.replace(_char, "")


def _rebuild(line: Line, pieces: list[str]) -> Line:
    """The line with each character replaced by a piece (possibly empty or longer)."""
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    spans = tuple(replace(s, start=starts[s.start], end=starts[s.end]) for s in line.spans)
    return Line("".join(pieces), tuple(s for s in spans if s.end > s.start))


def damage(line: Line, rng: random.Random, share: float = 0.25) -> Line:
    """A line as another paper prints it, or as OCR reads it: most lines stay as they are."""
    text = line.text
    pick = rng.random()
    if pick < 0.35:
        line = replace(line, text=text.translate(_NARROW))
    elif pick < 0.6:
        line = replace(line, text=text.translate(_WIDE))
    if rng.random() < 0.12:
        mark = rng.choice(_MARKS)
        moved = tuple(replace(s, start=s.start + len(mark), end=s.end + len(mark)) for s in line.spans)
        line = Line(mark + line.text + (mark if mark == "**" else ""), moved)
    if rng.random() < share:
        pieces = list(line.text)
        inside = {at for s in line.spans for at in range(s.start, s.end)}
        for at, char in enumerate(pieces):
            chance = rng.random()
            if chance < 0.008 and char in _ALIKE:
                pieces[at] = rng.choice(_ALIKE[char])
            elif chance < 0.010 and "\u4e00" <= char <= "\u9fff":
                pieces[at] = char + char
            elif chance < 0.012 and char not in "⟦⟧" and at not in inside:
                pieces[at] = ""
            elif chance < 0.014 and at not in inside:
                pieces[at] = char + "\n"
        line = _rebuild(line, pieces)
    if rng.random() < 0.1:
        persons = {s.start for s in line.spans if s.types[:1] == ("PER",) and s.end - s.start == 2}
        line = _rebuild(line, [c + (" " if at in persons else "") for at, c in enumerate(line.text)])
    return line


_BYLINES = (
    ("全媒体记者/", " 通讯员/"),
    ("记者 ", " 通讯员 "),
    ("记者/", " 通讯员/"),
    ("记者", "通讯员"),
    ("本报记者 ", " 通讯员 "),
    ("融媒体记者 ", " 通讯员 "),
    ("全媒体记者 ", " 通讯员 "),
    ("见习记者 ", " 实习生 "),
    ("首席记者 ", " 通讯员 "),
)


def byline(names: Names, rng: random.Random) -> Line:
    """A line of reporters as papers print it."""
    first, second = rng.choice(_BYLINES)
    text, spans = "", []

    def add(count: int) -> None:
        nonlocal text
        joint = rng.choice((" ", "、", "  ", " "))
        for number in range(count):
            name = names.person(rng)
            text += joint if number else ""
            if len(name) == 2 and rng.random() < 0.15:
                name = name[0] + " " + name[1]
            spans.append(Span(len(text), len(text) + len(name), ("PER",), name, False))
            text += name

    opening = rng.choice(("", "", "(", "（", "■ ", "□ "))
    text += opening + first
    add(rng.choice((1, 1, 1, 2, 2, 3)))
    if rng.random() < 0.5:
        text += second
        add(rng.choice((1, 1, 2, 2, 3)))
    text += rng.choice(("", "", " 摄", "/摄", " 文/图", " 摄影报道")) if rng.random() < 0.4 else ""
    text += {"(": ")", "（": "）"}.get(opening, "")
    return Line(text, tuple(spans))


def joined(lines: list[Line], rng: random.Random, most: int) -> list[Line]:
    """Neighbouring lines of an article put together, with line ends between them, up to ``most`` characters."""
    made: list[Line] = []
    for line in lines:
        if made and len(made[-1].text) + len(line.text) < most and rng.random() < 0.5:
            last = made[-1]
            gap = len(last.text) + 1
            moved = tuple(replace(s, start=s.start + gap, end=s.end + gap) for s in line.spans)
            made[-1] = Line(f"{last.text}\n{line.text}", last.spans + moved)
        else:
            made.append(line)
    return made
