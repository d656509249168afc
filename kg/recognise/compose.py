"""Maximal names: pieces that the decoder set side by side and that are one name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Kind
from kg.places import Division, gazetteer
from kg.recognise.decode import Span

NAMED_AFTER_DIVISION = (Kind.AGENCY, Kind.COMPANY, Kind.ORGANIZATION)
# a unit of an organ, told by the title of its head: 甲指挥部|宣传组(组长), 甲局|住房保障科(副科长)
HEADED = re.compile(
    r"[^，。、；：！？（）()\s]{1,10}?(?:组(?=副?组长)|科(?=副?科长)|处(?=副?处长)|股(?=副?股长)|庭(?=副?庭长)|所(?=副?所长)"
    r"|站(?=副?站长)|支队(?=副?支队长)|大队(?=副?大队长)|中队(?=副?中队长)|办公室(?=副?主任)|中心(?=副?主任))"
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
            span = Span(before.start, span.end, kind, min(before.confidence, span.confidence))
        result.append(span)
    followers = [*result[1:], None] if result else []
    return [_with_unit(text, span, after) for span, after in zip(result, followers, strict=True)]


def _with_unit(text: str, span: Span, after: Span | None) -> Span:
    unit = HEADED.match(text, span.end) if span.kind in NAMED_AFTER_DIVISION else None
    if unit is None or (after is not None and after.start < unit.end()):
        return span
    return Span(span.start, unit.end(), span.kind, span.confidence)


def _joins(text: str, before: Span, span: Span) -> bool:
    if before.kind is Kind.PLACE:
        above = gazetteer().lookup(text[before.start : before.end])
        own = _division_at(text, span.start)
        # 渝水区|江西甲公司 are two names: the second begins with a division that the first does not contain
        return any(not own or any(a in gazetteer().ancestors(d) for d in own) for a in above)
    return before.kind is Kind.AGENCY and bool(SECTION.fullmatch(text[span.start : span.end]))


def _division_at(text: str, start: int) -> tuple[Division, ...]:
    """The longest division's name with which a text goes on, in all its readings."""
    for n in range(8, 1, -1):
        found = gazetteer().lookup(text[start : start + n])
        if found:
            return found
    return ()
