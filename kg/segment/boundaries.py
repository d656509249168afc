"""Does a heading open a new story, or does it stand inside the one above? A table of cues with weights.

The weights add up; above zero the heading opens a story. Each cue says of itself what speaks for it. The weights are
rounded from a logistic regression over composed pages, and levelled by hand where such pages are unlike real ones.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.segment.blocks import Cause, column_name
from kg.segment.lines import Shape, is_notice_title, seam
from kg.segment.scene import Scene, style_of
from kg.segment.words import words

Test = Callable[[Scene], float]


@dataclass(frozen=True, slots=True)
class Cue:
    name: str
    weight: float
    reason: str
    test: Test


def _notice_title(s: Scene) -> bool:
    return any(is_notice_title(h.norm) for h in s.headings)


def _signed_above(s: Scene) -> bool:
    row = next((r for r in reversed(s.above) if r.shape not in (Shape.CAPTION, Shape.BOX)), None)
    if row is None:
        return False
    if row.shape is Shape.BYLINE:
        return any(r.is_text for r in s.above)
    return row.signed or row.shape in (Shape.SIGNATURE, Shape.ONWARD)


def _signed_below(s: Scene) -> bool:
    texts = [i for i, r in enumerate(s.block.rows) if r.is_text]
    if not texts:
        return False
    last = s.block.rows[texts[-1]]
    return last.signed or any(r.shape in (Shape.SIGNATURE, Shape.BYLINE) for r in s.block.rows[texts[-1] :])


FRESH_DATE = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日|^\d{1,2}日|^(?:本月|上月|上周|本周|今年)")


THAT_BODY = re.compile(r"^.{0,18}?该[市县区镇乡村局院校所司行厂队厅委站]")
BARE = (0, False)


def _fresh(s: Scene) -> bool:
    return bool(FRESH_DATE.match(s.opening)) or s.opening.startswith(tuple(words().of("fresh")))


def _anaphor(s: Scene) -> bool:
    return s.opening.startswith(tuple(words().of("anaphor"))) or bool(THAT_BODY.match(s.opening))


def _skeleton(text: str) -> str:
    """The form of a heading: runs of characters as their number, marks as they are."""
    return re.sub(r"[一-龥A-Za-z0-9]+", lambda m: str(len(m[0])), text)


def _parallel(s: Scene) -> bool:
    """Built like a subhead of the story above: as many characters, marks in the same places."""
    if len(s.headings) != 1:
        return False
    mine = s.first
    inner = [r for r in s.above if r.shape is Shape.HEADING and r not in s.story.head]
    return any(_skeleton(r.norm) == _skeleton(mine.norm) and r.level == mine.level for r in inner)


def runs_on(s: Scene) -> bool:
    below = next((r for r in s.block.rows if r.is_text), None)
    if below is None or s.led or len(s.headings) != 1 or len(s.first.norm) < 12 or s.first.level:
        return False
    return below.open_start or seam(s.first, below) > 0


def _sentence(s: Scene) -> bool:
    line = s.first.norm
    return len(s.headings) == 1 and not s.first.level and len(line) > 20 and "," in line and " " not in line


def _column_break(s: Scene) -> bool:
    below = next((r for r in s.block.rows if r.is_text), None)
    if s.last_text is None or below is None or s.led or not s.last_text.open_end or s.kinship <= 0:
        return False
    return below.open_start or seam(s.last_text, below) > 0


def _low_pair(s: Scene) -> bool:
    levels = [h.level for h in s.headings]
    return len(levels) > 1 and levels[0] >= 3 and all(a < b for a, b in itertools.pairwise(levels))


def _no_sign(s: Scene) -> bool:
    if len(s.headings) != 1 or s.led or _notice_title(s) or _signed_below(s) or _signed_above(s) or _fresh(s):
        return False
    return not _picture_below(s) and style_of(s.block.head)[0] not in (1, 2)


def _tale_above(s: Scene) -> bool:
    return any(r.is_text for r in s.above)


def _cut_above(s: Scene) -> bool:
    return s.last_text is not None and s.last_text.open_end


def _deeper(s: Scene) -> bool:
    above = min((h.level for h in s.story.head if h.level), default=0)
    return 0 < above < min((h.level for h in s.headings if h.level), default=0)


def _other_style(s: Scene) -> bool:
    return bool(s.habits.styles) and style_of(s.block.head) not in s.habits.styles


def _plainer(s: Scene) -> bool:
    return style_of(s.block.head) == BARE and _other_style(s)


def _unlike_the_page(s: Scene) -> bool:
    return not s.led and s.habits.headings >= 4 and s.habits.with_lead >= 0.6 * s.habits.headings


def _kinship(s: Scene) -> float:
    return 0.0 if _notice_title(s) else s.kinship  # all notices speak alike


def _announced(s: Scene) -> float:
    return 0.0 if _notice_title(s) else s.announced


def _picture_below(s: Scene) -> bool:
    return bool(s.block.rows) and s.block.rows[0].shape is Shape.CAPTION


CUES: tuple[Cue, ...] = (
    Cue("any", 0.9, "a heading opens a story until something speaks against it", lambda s: 1),
    Cue("led", 4.5, "a byline or 本报讯(...) below the heading opens a story", lambda s: s.led),
    Cue("notice title", 3.0, "公告, 启事, 名单 at its end: a notice", _notice_title),
    Cue(
        "signed above", 1.5,
        "the story above is finished: names in brackets, an issuing body and its date",
        _signed_above,
    ),
    Cue("cut above", 1.5, "the line above stops in mid-sentence: columns meet here", _cut_above),
    Cue(
        "other page", -1.5,
        "the story above came from another page: what is left of it has subheads",
        lambda s: s.story.cause is Cause.MARKER,
    ),
    Cue("column break", -3.5, "the sentence above goes on below the heading", _column_break),
    Cue(
        "nothing above", -2.0,
        "the story above has no text yet: this is still its head",
        lambda s: not _tale_above(s),
    ),
    Cue("two lines", 1.5, "kicker and headline together", lambda s: len(s.headings) > 1),
    Cue(
        "column above", 2.0,
        "a column's name at its top",
        lambda s: column_name(s.block.head) > 0 or not s.headings,
    ),
    Cue("low pair", -3.0, "### above ####: a section's heading and its question", _low_pair),
    Cue("top level", 2.5, "# or ##", lambda s: 0 < s.first.level <= 2),
    Cue("low level", -2.0, "#### and deeper", lambda s: s.first.level >= 4),
    Cue("deeper", -1.0, "deeper than the headline of the story above", _deeper),
    Cue(
        "style of titles", 1.2,
        "marked as the headings that open stories elsewhere on the page",
        lambda s: style_of(s.block.head) in s.habits.styles,
    ),
    Cue("other style", -1.5, "not marked as these are", _other_style),
    Cue("plainer", -2.0, "bare, where the page marks its titles", _plainer),
    Cue("numbered", -5.0, "一、 or 1.: a part of something", lambda s: s.first.numbered),
    Cue("fresh start", 1.2, "日前, 近日, a date: news begins", _fresh),
    Cue("leans back", -1.2, "该区, 此外, 他: the text below leans on the text above", _anaphor),
    Cue("unlike the page", -1.0, "no byline, on a page where stories have one", _unlike_the_page),
    Cue("kinship", -0.9, "the text below shares rare words with the text above", _kinship),
    Cue("announced", -0.5, "the heading shares rare words with the text above", _announced),
    Cue(
        "runs on", -2.0,
        "the line below carries on the heading's last word: no heading, but a piece of a sentence",
        runs_on,
    ),
    Cue("long line", 0.7, "fifteen characters and more", lambda s: len(s.first.norm) >= 15),
    Cue(
        "short line", -1.0,
        "eight characters and fewer",
        lambda s: len(s.headings) == 1 and len(s.first.norm) <= 8,
    ),
    Cue("two halves", -0.6, "a blank divides it", lambda s: " " in s.first.norm),
    Cue("sentence", -1.5, "long, with commas or 了: put as a sentence is", _sentence),
    Cue(
        "signed below", 0.7,
        "the text below ends with names or a signature: a story of its own",
        _signed_below,
    ),
    Cue("picture below", 0.8, "a caption right below the heading", _picture_below),
    Cue("parallel", -2.0, "built like a subhead of the story above", _parallel),
    Cue(
        "series", -2.0,
        "another heading near by is built alike: subheads come in series",
        lambda s: s.first.number in s.habits.series,
    ),
    Cue(
        "no sign", -1.2,
        "one line, no byline, no signature, no picture, nothing fresh: as subheads are",
        _no_sign,
    ),
    Cue(
        "box above", -6.0,
        "相关链接 stands above it",
        lambda s: bool(s.above) and s.above[-1].shape is Shape.BOX,
    ),
)


def score(scene: Scene) -> float:
    return sum(cue.weight * float(cue.test(scene)) for cue in CUES)


def explain(scene: Scene) -> list[tuple[str, float]]:
    """The cues that spoke, with what each added."""
    spoken = [(cue.name, cue.weight * float(cue.test(scene))) for cue in CUES]
    return [(name, round(value, 2)) for name, value in spoken if value]
