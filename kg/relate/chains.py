"""Chains of posts: 市委常委、市委宣传部部长 before a name, 委员、立案庭庭长 after 任."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Kind, Reference, Status
from kg.relate.implied import organ_of
from kg.relate.patterns import word
from kg.relate.slots import IN_NOTE, ORGLIKE, PER, PLACE, SLOTS, Slotted
from kg.relate.titles import Title, implied_title, leading_title, whole_title

_SPLIT = re.compile(rf"、|暨|;|兼(?!职)任?|/|,|(?:以及|和|及|与|并任|并)(?=[{SLOTS}])")
_EDGE = '。!?\n;:,“”"《》()【】[]…—' + PER  # a chain of titles before a name does not cross these
_LEAD = 6  # at most so many words stand before the organ in an item of a list: 某省出席


@dataclass(frozen=True, slots=True)
class Office:
    """A post of a chain: the organ, the title, how it is held; ``start``/``end`` in ``Slotted.text``."""

    organ: Reference
    title: str
    status: Status
    start: int
    end: int
    office: bool = True


@dataclass(frozen=True, slots=True)
class _Item:
    """One member of a chain: the last name in it, and the words behind that name."""

    start: int
    end: int
    slot: int | None
    tail: str


def chain_before(text: Slotted, person: int, inherited: Reference | None = None) -> list[Office]:
    """The posts named right before the name at ``person``.

    ``inherited`` is the organ of the person before, for a chain that names none (董事长甲,副总经理乙).
    """
    offices: list[Office] = []
    organ = inherited
    pending: list[int] = []  # organs that share the title to come
    for n, item in enumerate(_items(text, chain_start(text, person), person)):
        tail = _clean(item.tail) if item.slot is not None else _clean(item.tail).lstrip("和及与")
        if item.slot is not None and not tail:
            pending = [*pending, item.slot] if text.text[item.slot] in ORGLIKE else []
            continue
        given = organ if item.slot is None else None
        found, beside = _office(text, item, tail, given, first=n == 0 and inherited is None)
        if found is None:
            offices, organ, pending = [], None, []
            continue
        if item.slot is not None:
            mode = word("BEFOREORGAN").search(text.notes[max(0, item.slot - 4) : item.slot])
            found = replace(found, status=_status(mode[1], found.status)) if mode else found
            if beside is None:
                offices += _sharing(text, pending, item.slot, found)
        if item.slot is None and offices and offices[-1].status is Status.FORMER and organ == offices[-1].organ:
            found = replace(found, status=Status.FORMER)  # 原党委书记、总经理: neither is held any more
        offices.append(found)
        pending = []
        organ = found.organ
    return offices


def chain_start(text: Slotted, person: int) -> int:
    """Where the words that may be titles of ``person`` begin."""
    at = person
    while at > 0 and text.notes[at - 1] not in _EDGE:
        at -= 1
    return at


def chain_after(
    text: Slotted, start: int, end: int, status: Status = Status.CURRENT, inherited: Reference | None = None
) -> list[Office]:
    """The posts of a list that begins at ``start`` (after 任, 为, 当选): as far as it reads as posts."""
    offices: list[Office] = []
    organ = inherited
    pending: list[int] = []
    for item in _items(text, start, end):
        if _other_statement(text, item, start):
            break
        lead = len(item.tail) - len(item.tail.lstrip(f"{IN_NOTE} “”的"))
        tail = item.tail[lead:]
        if item.slot is not None and not _clean(tail):
            pending.append(item.slot)
            continue
        cut = leading_title(tail.replace(IN_NOTE, "。"))
        here = tail[: cut[1]] if cut is not None else _clean(tail)
        found, beside = _office(text, item, here, organ if item.slot is None else None, first=False)
        if found is None:
            if item.slot is not None and text.text[item.slot] == PLACE and whole_title(here):
                continue  # a post whose organ has no name here: 某县四区区长
            break
        if cut and re.match(r"(?:提名)?(?:候选人|人选)", tail[len(here) :]):
            found = replace(found, status=Status.NOMINEE)
        elif found.status is Status.CURRENT:
            found = replace(found, status=status)
        found = replace(found, end=(item.slot + 1 if item.slot is not None else item.start) + lead + len(here))
        if item.slot is not None and beside is None:
            offices += _sharing(text, pending, item.slot, found)
        offices.append(found)
        pending = []
        organ = found.organ
        rest = _clean(tail[len(here) :])
        if rest and not re.match(r"等?职|\(", rest):
            break
    return offices


def shared(offices: Sequence[Office], people: int, at: int) -> Sequence[Office]:
    """The posts of the ``at``-th of several people after one title; 甲局、乙局负责人丙、丁 goes one to one."""
    same = offices and all(o.title == offices[0].title for o in offices)
    return [offices[at]] if same and len(offices) == people > 1 else offices


def _other_statement(text: Slotted, item: _Item, start: int) -> bool:
    """Whether the item of a list begins another statement: a person, 免去, 拟任."""
    run = text.notes[item.start : item.end]
    if item.start > start and re.match("拟|免去|曾|不再|同时免", _clean(run)):
        return True
    named = text.slots(item.start, item.end)
    if not named:
        return False
    lead = _clean(text.notes[item.start : named[0]])
    if PER in text.text[item.start : item.end] or len(lead) > _LEAD:
        return True
    return item.start > start and word("OTHERACT").search(lead) is not None


def _office(
    text: Slotted, item: _Item, run: str, organ: Reference | None, *, first: bool
) -> tuple[Office | None, int | None]:
    """The post of one item; the second value is the place's slot where a place gives the post."""
    slot = item.slot
    begin = slot if slot is not None else item.start
    if slot is None:
        meant = implied_title(run, whole=not first)
        if meant:
            implied = organ_of(text, begin, meant[1], None)
            return _made(implied, meant[0], begin, item.end), None
        title = whole_title(run)
        return (_made(organ, title, begin, item.end) if not first else None), None
    mention = text.mentions[slot]
    if text.text[slot] == PLACE:
        meant = implied_title(run, whole=True)
        if meant:
            return _made(organ_of(text, begin, meant[1], slot), meant[0], begin, item.end), slot
        if word("OFPLACE").match(run) or word("SITEENDS").search(mention.text):
            return _made(mention, whole_title(run.removeprefix("的")), begin, item.end), slot
        return None, None
    if text.text[slot] not in ORGLIKE:
        return None, None
    short = mention.text[-1] + run  # 市委宣传部长: the unit's last word begins the title
    title = whole_title(short if run == "长" else run.removeprefix("的"))
    if title is None or (title.text.endswith("代表") and not word("CONGRESS").search(mention.text)):
        return None, None
    return _made(mention, title, begin, item.end), None


def _made(organ: Reference | None, title: Title | None, start: int, end: int) -> Office | None:
    if organ is None or title is None or not title.text:
        return None
    return Office(organ, title.text, title.status, start, end, title.office)


def _items(text: Slotted, start: int, end: int) -> Iterator[_Item]:
    at = start
    cuts = [*((m.start(), m.end()) for m in _SPLIT.finditer(text.notes, start, end)), (end, end)]
    for cut, following in cuts:
        if text.notes[at:cut].strip(f" {IN_NOTE}"):
            named = text.slots(at, cut)
            last = named[-1] if named else None
            yield _Item(at, cut, last, text.notes[last + 1 if last is not None else at : cut])
        at = following


def _clean(run: str) -> str:
    return re.sub(rf"[ {IN_NOTE}“”]|同志$", "", run)


def _sharing(text: Slotted, pending: Sequence[int], last: int, office: Office) -> list[Office]:
    """The post in the organs coordinated with its own: 甲中心、乙中心主任."""
    return [replace(office, organ=text.mentions[p], start=p) for p in pending if _alike(text, p, last)]


def _alike(text: Slotted, one: int, other: int) -> bool:
    """Whether two organs can share one title."""
    a, b = text.mentions[one], text.mentions[other]
    if a.kind is not b.kind:
        return a.text[-1:] == b.text[-1:] and a.kind is Kind.AGENCY
    return a.text[-2:] == b.text[-2:] or (a.kind is Kind.AGENCY and a.text[-1:] == b.text[-1:])


def _status(mode: str, status: Status) -> Status:
    if mode in ("原", "前", "时任", "曾任", "老"):
        return Status.FORMER
    return Status.NOMINEE if mode == "拟任" else status
