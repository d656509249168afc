"""Maximal names: pieces that the decoder set side by side and that are one name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.model import Kind
from kg.places import Division, Level, gazetteer
from kg.recognise.decode import Span
from kg.resources import lexicon
from kg.tables import rows

ASSOCIATIONS = ("联合会", "协会", "商会", "学会", "促进会", "研究会", "联谊会")
NAMED_AFTER_DIVISION = (Kind.AGENCY, Kind.COMPANY, Kind.ORGANIZATION)
# a unit of an organ, told by the title of its head: 甲指挥部|宣传组(组长), 甲局|住房保障科(副科长)
HEADED = re.compile(
    r"[^，。、；：！？（）()\s]{1,10}?(?:组(?=副?组长)|科(?=副?科长)|处(?=副?处长)|股(?=副?股长)|庭(?=副?庭长)|所(?=副?所长)"
    r"|站(?=副?站长)|支队(?=副?支队长)|大队(?=副?大队长)|中队(?=副?中队长)|办公室(?=副?主任)|中心(?=副?主任)"
    r"|委员会(?=副?主任|委员))"
)
# a part of a project that is a project of its own: 甲产业园|3号地块配套设施项目
PART = re.compile(
    r"(?:[一二三四五]期|[0-9A-Z.、]+[#号])[^，。；：！？的是在等将已“”‘’《》（）()\s]{0,24}?(?:项目|工程)(?![部组公建])"
)
# what may belong to the name of a laboratory or centre: no function word, no verb that takes it as its object
MODIFIER = re.compile(
    r"(?:^|[，。、；：！？,;:!?“”‘’《》（）()\s]|包括|依托|建设|成立|组建|入选|拥有|建成|获批|设立|打造|共建|以及)"
    r"([^，。、；：！？,;:!?“”‘’《》（）()\s的是在和及由向从对将被把了等该其这那各]{3,30})$"
)
SECTION = re.compile(r"[^，。、；：]{1,9}(?:科|处|股|室|庭|所|队|站|中心|办公室|分局|支部|总支|小组|专班|窗口)$")


def maximal(text: str, spans: Sequence[Span]) -> list[Span]:
    """Divisions join the organ, firm or school that follows them without a gap (甲市|乙区|第九中学), and a section
    joins the organ that it belongs to (县民政局|优抚科). An address chain that nothing follows stays a chain."""
    result: list[Span] = []
    for span in spans:
        while (
            result
            and result[-1].end == span.start
            and span.kind in NAMED_AFTER_DIVISION
            and _joins(text, result[-1], span)
        ):
            before = result.pop()
            kind = before.kind if before.kind is Kind.AGENCY else span.kind
            span = replace(span, start=before.start, kind=kind, confidence=min(before.confidence, span.confidence))
        result.append(span)
    whole: list[Span] = []
    for span in result:
        if not whole or span.start >= whole[-1].end:  # else a unit has taken it in
            whole.append(_with_unit(text, span, [s for s in result if s.start > span.start]))
    ends = [0, *(span.end for span in whole)]
    named = (_with_modifier(text, span, end) for span, end in zip(whole, ends, strict=False))
    return [_of_association(text, span) for span in named if span is not None]


def _of_association(text: str, span: Span) -> Span:
    """An association is no organ, but for those that the state runs (工商业联合会, …): they are in organs.tsv."""
    name = text[span.start : span.end]
    if span.kind is Kind.AGENCY and name.endswith(ASSOCIATIONS) and not name.endswith(_state_run()):
        return replace(span, kind=Kind.ORGANIZATION)
    return span


@cache
def _state_run() -> tuple[str, ...]:
    organs = (row for _, row in rows(lexicon("organs.tsv")) if row["type"].startswith("AGENCY"))
    names = (name for row in organs for name in (*row["short"].split("/"), row["full"].rpartition("}")[2]))
    return tuple(sorted({name for name in names if name.endswith(ASSOCIATIONS)}))


def _with_unit(text: str, span: Span, others: Sequence[Span]) -> Span:
    more = PART if span.kind is Kind.PROJECT else HEADED if span.kind in NAMED_AFTER_DIVISION else None
    unit = more.match(text, span.end) if more else None
    if unit is None or any(o.start < unit.end() < o.end or (o.end < unit.end() and o.start > span.end) for o in others):
        return span
    return replace(span, end=unit.end())


def _with_modifier(text: str, span: Span, after: int) -> Span | None:
    """A head that is no name takes in what stands before it, back to ``after``; with nothing there it goes."""
    if span.kind is Kind.PERSON or not _generic().fullmatch(text, span.start, span.end):
        return span
    modifier = MODIFIER.search(text, after, span.start)
    return replace(span, start=modifier.start(1)) if modifier else None


@cache
def _generic() -> re.Pattern[str]:
    heads = "|".join(sorted(row["head"] for _, row in rows(lexicon("generic_heads.tsv"))))
    return re.compile(f"(?:国家级?|省级?|市级?|区级?|县级?|部级|一[支个家座])?(?:{heads})")


def _joins(text: str, before: Span, span: Span) -> bool:
    if before.kind is Kind.PLACE:
        above = gazetteer().lookup(text[before.start : before.end])
        own = _division_at(text, span.start)
        # 渝水区|江西甲公司 are two names: the second begins with a division that the first does not contain
        return any(not own or any(a in gazetteer().ancestors(d) for d in own) for a in above)
    return before.kind is Kind.AGENCY and bool(SECTION.fullmatch(text[span.start : span.end]))


def _division_at(text: str, start: int) -> tuple[Division, ...]:
    """The longest division's name with which a text goes on, in all its readings; towns by their full names only."""
    for n in range(8, 1, -1):
        name = text[start : start + n]
        found = tuple(d for d in gazetteer().lookup(name) if d.level < Level.TOWN or d.name == name)
        if found:
            return found
    return ()
