"""The non-blank lines of a page and what can be said of each one by itself: its shape and its open ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.segment.credits import ends_signed, is_byline, is_caption, is_credit, is_lead, is_source, names_only
from kg.segment.words import BULLETS, half_width, words

MOST_HEADING = 50  # characters: a longer line without markup is no heading
COMMON = 0.0085  # share of articles: pairs of characters that more hold belong to the language, not to a story
SURE_SEAM = 2.7  # log odds that the two ends of a common pair of characters belong together
CLOSERS = "。!?…;:.”’\"」』)》】]"
PAIRS = {"“": "”", "‘": "’", "《": "》", "(": ")", "【": "】", "「": "」", "『": "』"}


class Shape(StrEnum):
    """What a line looks like, before its neighbours are asked."""

    HEADING = "heading"
    LABEL = "label"  # a column's name or a slogan
    BOX = "box"  # 【理】, 相关链接: a heading inside a story
    BYLINE = "byline"
    DATE = "date"
    SIGNATURE = "signature"
    CAPTION = "caption"
    MARKER = "marker"  # 上接01版②, perhaps with text behind it
    ONWARD = "onward"  # 下转03版
    ITEM = "item"  # a line of classified notices
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """A non-blank line. ``start``/``end`` are offsets into the page without blank edges."""

    number: int
    start: int
    end: int
    plain: str  # without markup, full width kept
    norm: str  # ``plain`` with half-width punctuation, digits and blanks
    gap: bool  # a blank line stands above
    level: int  # of a markdown heading, 1-6; 0 without
    bold: bool  # the whole line
    shape: Shape
    lead: bool = False  # opens with 本报讯(记者 ...)
    signed: bool = False  # ends with names or a source in brackets
    numbered: bool = False  # 一、 1. (1)
    open_start: bool = False  # surely begins in mid-sentence
    open_end: bool = False  # ends in mid-sentence

    @property
    def is_text(self) -> bool:
        return self.shape in (Shape.TEXT, Shape.ITEM) or (self.shape is Shape.MARKER and len(self.norm) > 24)


def read_rows(text: str) -> list[Row]:
    """The page's non-blank lines in order; lines end at '\\n' alone, a '\\r' counts as a blank edge."""
    rows: list[Row] = []
    at = 0
    gap = True
    for number, line in enumerate(text.split("\n"), 1):
        body = line.strip()
        if body:
            start = at + len(line) - len(line.lstrip())
            rows.append(_row(number, start, body, gap))
        gap = not body
        at += len(line) + 1
    return rows


MARKUP = re.compile(r"^(?:>\s*)*(?:[-*+]\s+)?(?P<hashes>#{1,6}(?=\s|[^#\s\d]))?\s*")


def _row(number: int, start: int, body: str, gap: bool) -> Row:
    found = MARKUP.match(body)
    assert found is not None  # every part of the pattern is optional
    hashes = found["hashes"] or ""
    rest = body[found.end() :].strip()
    bold = len(rest) > 4 and rest.startswith("**") and rest.endswith("**") and "**" not in rest[2:-2]
    plain = rest.replace("**", "").replace("__", "").strip() or body
    norm = half_width(plain)
    row = Row(number, start, start + len(body), plain, norm, gap, len(hashes), bold, Shape.TEXT)
    return _finish(row)


def _finish(row: Row) -> Row:
    """The row with its shape, which is tried in the order of certainty, and its open ends."""
    norm = row.norm
    lead = is_lead(norm)
    numbered = bool(NUMBERED.match(norm))
    open_start = not lead and begins_inside(norm)
    shape = _shape(row, lead, numbered, open_start)
    signed = shape in (Shape.TEXT, Shape.ITEM, Shape.CAPTION) and ends_signed(norm)
    return replace(
        row,
        shape=shape,
        lead=lead,
        signed=signed,
        numbered=numbered,
        open_start=open_start and shape in (Shape.TEXT, Shape.CAPTION),
        open_end=shape in (Shape.TEXT, Shape.MARKER) and ends_inside(norm),
    )


def _shape(row: Row, lead: bool, numbered: bool, open_start: bool) -> Shape:
    norm = row.norm
    if MARKER.match(norm):
        return Shape.MARKER
    if ONWARD.match(norm):
        return Shape.ONWARD
    if lead:
        return Shape.BYLINE if norm[-1] in ")】]:" and len(norm) < 90 and "。" not in norm else Shape.TEXT
    if DATE.match(norm):
        return Shape.DATE
    bare = norm.strip("()[] ")
    if norm[0] in "([" and norm[-1] in ")]" and not row.level:
        if is_credit(bare) or names_only(bare) or is_source(bare):
            return Shape.SIGNATURE
    elif is_byline(norm):
        return Shape.BYLINE
    if not row.level and is_caption(norm):
        return Shape.CAPTION
    if is_item(norm):
        return Shape.ITEM
    name = norm.strip(BULLETS + "()[]【】<>《》|· ")
    if name in words().of("link_label"):
        return Shape.BOX
    if not row.level and re.fullmatch(r"【[^】]{1,8}】", norm):
        return Shape.LABEL if name in words().of("label") else Shape.BOX
    if is_label(name):
        return Shape.LABEL
    if row.level:
        return Shape.TEXT if len(norm) > 80 or norm.count("。") > 1 else Shape.HEADING
    if not open_start and looks_like_heading(norm, row.bold):
        return Shape.HEADING
    return Shape.TEXT


PAGE = r"(?:第?\s*[0-9A-Za-z一二三四五六七八九十〇零]{1,4}\s*[版面]|本版|头版|前版|第[一二三四五六七八九十\d]+版)"
WHICH = r"\s*[①-⑳⑴-⒇❶-❿]?"
MARKER = re.compile(
    rf"^[◀◁◄▲△▶►●■□◆★☆←<«\s\-—*·]*\(?\s*(?P<name>(?:上接|紧接|续接|转接|接自|承接|接)\s*{PAGE}{WHICH})\s*\)?"
)
ONWARD = re.compile(
    rf"^[\s▶►▷>»→●■*\-—]*\(?\s*(?:下转|转|详见|更多内容见|后续见)\s*{PAGE}{WHICH}\s*\)?[▶►▷>»→\s]*$"
)
NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[.、](?!\d)|\([一二三四五六七八九十\d]{1,3}\)"
    r"|第[一二三四五六七八九十\d]+[章条节])"
)
YEAR = r"(?:\d{4}|[〇○零oO一二三四五六七八九]{4})"
DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
DATE = re.compile(
    rf"^(?:{YEAR}\s*年\s*)?{DAY}\s*月\s*{DAY}\s*日(?:\s*星期[一二三四五六日天])?$"
    rf"|^{YEAR}[.\-/]\d{{1,2}}[.\-/]\d{{1,2}}$|^{YEAR}\s*年\s*{DAY}\s*月$"
)


LOST = re.compile(r"(?:遗失|丢失).{0,40}?(?:证|章|票|执照|收据|合同|协议|卡|牌|证明|手续|许可)")


def is_item(norm: str) -> bool:
    lex = words()
    bullet = norm[0] in BULLETS and norm[0] not in "—-"
    notice = any(w in norm for w in lex.of("notice_item")) or norm.endswith("作废")
    return (notice and (bullet or bool(LOST.search(norm[:60]))) and len(norm) > 8) or (
        bullet and len(norm) > 16 and norm[-1] in "。;" and norm[0] in "·•●◆■※★☆○◎"
    )


def is_label(name: str) -> bool:
    """The name of a column, or a slogan: 新时代 新征程."""
    lex = words()
    if name in lex.of("label"):
        return True
    tight = name.replace(" ", "")
    if len(tight) <= 9 and tight.endswith(tuple(lex.of("label_end"))) and not re.search(r"[,。!?“”\d]", tight):
        return True
    return is_slogan(name)


def is_slogan(name: str) -> bool:
    """Two or more phrases of two to eight characters that open alike, or that a list of slogan words makes up."""
    parts = name.split()
    if not 2 <= len(parts) <= 4 or any(not re.fullmatch(r"[一-龥]{2,8}", p) for p in parts):
        return False
    alike = len({p[0] for p in parts}) == 1 and len({len(p) for p in parts}) == 1 and len(parts[0]) <= 4
    told = sum(any(w in p for w in words().of("slogan")) for p in parts)
    return alike or told == len(parts)


def looks_like_heading(norm: str, bold: bool) -> bool:
    """A short line that does not end as a sentence does."""
    if not 2 <= len(norm) <= MOST_HEADING or not re.search(r"[一-龥A-Za-z]", norm):
        return False
    if norm[-1] in "。;,、:…." or any(c in norm for c in "。;"):
        return False
    if norm[0] in ",。、;:!?)”’》" or (not bold and " " not in norm and norm.endswith(tuple(words().of("weak_end")))):
        return False
    if not balanced(norm) or (norm[0] == "(" and norm[-1] == ")" and len(norm) > 10):
        return False
    if is_field(norm) or norm.count(",") > 2 or norm.count("、") > 4:
        return False
    if re.match(r"^[\d\s.,:%\-—/()①-⑳]+$", norm):
        return False
    return bold or not put_as_sentence(norm)


def put_as_sentence(norm: str) -> bool:
    """Several clauses without a blank between them, as running text has them and headlines do not."""
    commas = norm.count(",")
    if NUMBERED.match(norm) and len(norm) > 20:
        return True
    if " " in norm or not commas:
        return False
    if norm[-1] in "?!":
        return commas > 2
    if len(norm) >= 22 and ("、" in norm or re.match(r"\d+[月日年]", norm)):
        return True
    return len(norm) > 36 or (commas > 1 and len(norm) >= 20)


NUMBER = re.compile(
    r"^[(\[]?(?:\d{4}年)?第?[\d一二三四五六七八九十〇]+[号期][)\]]?$|^[一-龥]{0,10}[\[〔(]\d{4}[\]〕)]第?\d+号$"
)


def is_document_number(norm: str) -> bool:
    """(第三号), 某政告〔2024〕7号: stands below a notice's headline and is no part of it."""
    return bool(NUMBER.match(norm.replace(" ", "")))


def is_notice_title(norm: str) -> bool:
    """公告, 启事, 任免名单 at the end, a number in brackets left aside."""
    bare = re.sub(r"[(〔\[]?第?[\d一二三四五六七八九十]+号[)\]〕]?$|\([^()]{1,8}\)$", "", norm.replace(" ", ""))
    return bare.endswith(tuple(words().of("notice_end")))


def is_field(norm: str) -> bool:
    """联系电话: ..., 招标人: ..., 问: ...: a line of a form or a talk."""
    key, colon, _ = norm.partition(":")
    key = re.sub(r"\(.*\)|\s", "", key)
    if not colon or not 1 <= len(key) <= 10:
        return False
    return key in words().of("field") or key.endswith(tuple(w for w in words().of("field") if len(w) > 1))


def balanced(norm: str) -> bool:
    return all(norm.count(a) == norm.count(b) for a, b in PAIRS.items())


def begins_inside(norm: str) -> bool:
    """Whether the line surely begins in mid-sentence; most cut lines do not show it."""
    first, second = norm[0], norm[1:2]
    if first in ",。、;:!?%℃)”’》」』】" or re.match(r"0+[一-龥]", norm):
        return True
    alone = re.match(r"[一-龥]", first) and not re.match(r"[一二三四五六七八九十]", first)
    if alone and second and second in ",。;)”" and first not in words().of("one_character"):
        return True
    depth = 0
    for c in norm[:60]:
        depth += (c in "“《「『") - (c in "”》」』")
        if depth < 0:
            return True
    unless = words().not_initial.get(first)
    return unless is not None and not (second and second in unless)


def cut_off(row: Row) -> float:
    """Log odds that the line was cut off from the one before, by its first character; 0 where nothing is known."""
    return words().cut.get(row.norm.lstrip("“\"‘")[:1], 0.0)


def seam(last: Row, first: Row) -> float:
    """How well the end of one line and the beginning of another make a pair of characters, as log odds."""
    share = words().common.get(last.norm[-1] + first.norm[0], 0.0)
    return SURE_SEAM if share >= COMMON else 1.5 if share else -0.4


def ends_inside(norm: str) -> bool:
    """Whether the line ends before its sentence does."""
    return norm[-1] not in CLOSERS and not norm.endswith("作废")
