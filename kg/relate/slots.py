"""An article as one string in which every mention is a single typed character.

Patterns over such a string never look inside names: ``<AGENCY>副局长<PER>`` matches whatever the bureau is called.
Punctuation, digits and Latin letters are half-width, so that a pattern has one spelling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Article, Kind, Line, Mention, Page, Role
from kg.resources import patterns
from kg.tables import rows
from kg.text import passages

PER, AGENCY, COMPANY, ORG, PROJECT, PLACE = (chr(0xE000 + i) for i in range(6))
SLOT_OF = {
    Kind.PERSON: PER,
    Kind.AGENCY: AGENCY,
    Kind.COMPANY: COMPANY,
    Kind.ORGANIZATION: ORG,
    Kind.PROJECT: PROJECT,
    Kind.PLACE: PLACE,
}
ORGLIKE = AGENCY + COMPANY + ORG
SLOTS = PER + ORGLIKE + PROJECT + PLACE
IN_NOTE = "\x01"  # stands for every character of a short note in brackets

_WIDTH = {0xFF01 + i: chr(0x21 + i) for i in range(94)} | {0x3000: " ", 0xFF61: "。", 0x2022: "·", 0x9: " "}
_NOTE = re.compile(rf"\([^(){SLOTS}\n]{{1,24}}\)")
_ALIAS = re.compile(rf"\((?:以下|下)?(?:简称|又称|原名|原称)?:?[\"“”]?[{SLOTS}][\"“”]?(?:[,;][^()]{{0,20}})?\)")
_SENTENCE_END = re.compile(r"[。!?\n]+[”’」』)\]]*|(?<=[讯电]) ?\([^()]{0,80}\)")
_LEAD = 4  # characters before the subject of a sentence
_CLAUSE_END = ",。;!?\n:"


@dataclass(frozen=True, slots=True)
class Slotted:
    """``text[i]`` stands for the page's characters ``starts[i]:ends[i]``; ``mentions`` maps slots to mentions."""

    text: str
    notes: str  # the same length; short notes in brackets are blanked with ``IN_NOTE``
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    mentions: dict[int, Mention]
    roles: tuple[tuple[int, int, Role], ...]  # spans of ``text`` with the role of their first line
    page: Page
    article: Article

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The page's span of ``text[start:end]``, without blank edges."""
        while start < end - 1 and self.text[start].isspace():
            start += 1
        while end - 1 > start and self.text[end - 1].isspace():
            end -= 1
        return self.starts[start], self.ends[end - 1]

    def printed(self, start: int, end: int) -> str:
        """What the page prints there, names spelt out, line breaks and markup left out."""
        parts = []
        for i in range(start, end):
            mention = self.mentions.get(i)
            parts.append(re.sub(r"\s+", "", mention.text) if mention else self.text[i])
        return "".join(parts).strip()

    def slots(self, start: int, end: int, kinds: str = SLOTS) -> list[int]:
        """Positions of the mentions of these kinds in ``text[start:end]``."""
        return [i for i in range(start, end) if self.text[i] in kinds and i in self.mentions]

    def sentences(self) -> list[tuple[int, int]]:
        result, at = [], 0
        for m in _SENTENCE_END.finditer(self.text):
            result.append((at, m.end()))
            at = m.end()
        if at < len(self.text):
            result.append((at, len(self.text)))
        return [(s, e) for s, e in result if self.text[s:e].strip()]

    def sentence_at(self, position: int) -> tuple[int, int]:
        return next(((s, e) for s, e in self.sentences() if s <= position < e), (0, len(self.text)))

    def clause_start(self, position: int) -> int:
        """Where the clause of ``position`` begins."""
        while position > 0 and self.text[position - 1] not in _CLAUSE_END:
            position -= 1
        return position

    def clause_end(self, position: int) -> int:
        while position < len(self.text) and self.text[position] not in _CLAUSE_END:
            position += 1
        return position

    def role(self, position: int) -> Role:
        return next((r for s, e, r in self.roles if s <= position < e), Role.BODY)


def slotted(page: Page, article: Article, mentions: Sequence[Mention]) -> Slotted:
    """The article's lines in reading order, repeated ones left out."""
    at = {i: m for m in mentions for i in range(m.start, m.end)}
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    slots: dict[int, Mention] = {}
    roles: list[tuple[int, int, Role]] = []
    last: Mention | None = None
    for passage in passages(page, article):
        if passage.lines[0].repeats:
            continue
        begin = len(chars)
        for char, offset in zip(passage.text, passage.offsets, strict=True):
            mention = at.get(offset)
            if mention is not None:
                if mention is not last:
                    slots[len(chars)] = mention
                    chars.append(SLOT_OF[mention.kind])
                    starts.append(mention.start)
                    ends.append(mention.end)
                last = mention
                continue
            chars.append(char.translate(_WIDTH))
            starts.append(offset)
            ends.append(offset + 1)
        if len(chars) > begin:
            roles.append((begin, len(chars) + 1, passage.role))
            chars.append("\n")
            starts.append(ends[-1])
            ends.append(ends[-1])
    text = "".join(chars)
    whole = Slotted(text, text, tuple(starts), tuple(ends), slots, tuple(roles), page, article)
    return _with_notes(_with_anaphors(whole))


@cache
def _anaphors() -> tuple[tuple[re.Pattern[str], Kind], ...]:
    """Common words for which the thing of that kind named before in the article stands."""
    table = rows(patterns("relations") / "anaphors.tsv")
    return tuple((re.compile(row["pattern"]), Kind(row["kind"])) for _, row in table)


def _with_anaphors(old: Slotted) -> Slotted:
    """The article with 该项目, 公司 … as slots of what they mean, where no mention stands for them yet."""
    found: list[tuple[int, int, Mention]] = []
    for form, kind in _anaphors():
        for m in form.finditer(old.text):
            meant = _before(old, m.start(), kind)
            if meant is not None and not any(s < m.end() and m.start() < e for s, e, _ in found):
                found.append((*m.span(), meant))
    if not found:
        return old
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    slots: dict[int, Mention] = {}
    moved: list[int] = []  # the new position of every old one
    cut = {s: (e, meant) for s, e, meant in found}
    i = 0
    while i < len(old.text):
        if i in cut:
            e, meant = cut[i]
            slots[len(text)] = meant
            moved += [len(text)] * (e - i)
            text.append(SLOT_OF[meant.kind])
            starts.append(old.starts[i])
            ends.append(old.ends[e - 1])
            i = e
            continue
        if i in old.mentions:
            slots[len(text)] = old.mentions[i]
        moved.append(len(text))
        text.append(old.text[i])
        starts.append(old.starts[i])
        ends.append(old.ends[i])
        i += 1
    moved.append(len(text))
    roles = tuple((moved[s], moved[min(e, len(old.text))], role) for s, e, role in old.roles)
    joined = "".join(text)
    return Slotted(joined, joined, tuple(starts), tuple(ends), slots, roles, old.page, old.article)


def _before(old: Slotted, position: int, kind: Kind) -> Mention | None:
    """What 该公司 means: the subject of the sentence before if it is one, else the one named last."""
    fitting = [i for i in sorted(old.mentions) if i < position and old.mentions[i].kind is kind]
    fitting = [i for i in fitting if not old.mentions[i].nominal]
    if not fitting:
        return None
    ends = [m.end() for m in _SENTENCE_END.finditer(old.text, 0, position)]
    start = ends[-2] if len(ends) > 1 else 0
    named = old.slots(start, position)
    if named and named[0] in fitting and len(old.text[start : named[0]].strip()) <= _LEAD:
        return old.mentions[named[0]]
    return old.mentions[fitting[-1]]


def _with_notes(old: Slotted) -> Slotted:
    notes = old.text
    for form in (_NOTE, _ALIAS):
        notes = form.sub(lambda m: IN_NOTE * len(m.group()), notes)
    return Slotted(old.text, notes, old.starts, old.ends, old.mentions, old.roles, old.page, old.article)


def line_of(slotted_text: Slotted, position: int) -> Line | None:
    """The article's line that holds ``text[position]``."""
    offset = slotted_text.starts[position]
    return next((ln for ln in slotted_text.article.lines if ln.start <= offset < ln.end), None)
