"""Appointments and removals: notices of congresses and governments, and elections in the news."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.dates import find_dates
from kg.model import Claim, Implied, Kind, Modality, Reference, Relation, Status
from kg.relate.chains import Office, chain_after
from kg.relate.claims import claim, modality
from kg.relate.patterns import Pattern, load, word
from kg.relate.posts import last_person, offices_before
from kg.relate.slots import AGENCY, IN_NOTE, ORGLIKE, PER, PLACE, Slotted

_SEAT_OF = re.compile(
    rf"(?P<place>{PLACE}|[一-龥]{{2,8}}[市县区省州旗])第?[一二三四五六七八九十]{{0,3}}届?(?:人大|人民代表大会)代表"
)
_PASSED = re.compile(r"\(([^()\n]{0,90}(?:通过|决定|任命))\)")


def appointments(text: Slotted) -> Iterator[Claim]:
    for pattern in load("appoint"):
        for m in pattern.regex.finditer(text.text):
            if not _stands(text, pattern, m):
                continue
            yield from _claims(text, pattern, m)


def _stands(text: Slotted, pattern: Pattern, m: re.Match[str]) -> bool:
    before = text.text[: m.end()]
    if pattern.where not in ("lists", "losses"):
        return True
    gains = [x.end() for x in word("GAIN").finditer(before)]
    losses = [x.end() for x in word("LOSS").finditer(before)]
    if pattern.where == "losses":
        return bool(losses)
    if pattern.id == "listed-holds" and not gains:
        return bool(word("DECIDED").search(text.text[text.sentence_at(m.start())[0] : m.start()]))
    return bool(gains) and bool(word("NOTICE").search(before))


def _claims(text: Slotted, pattern: Pattern, m: re.Match[str]) -> Iterator[Claim]:
    if "s" in m.groupdict():
        people = text.slots(*m.span("s"), PER)
    else:
        person = _latest(text, m.start())
        people = [person] if person is not None else []
    if not people:
        return
    when = decided(text, m.start())
    how = modality(text, m.start(), pattern.relation)
    if pattern.relation is Relation.REMOVE and how is Modality.NEGATED:
        how = Modality.ASSERTED  # 不再担任 is a removal
    if pattern.where == "congress":
        organ = _seat(text, people[0], m.start())
        if organ is not None:
            for person in people:
                yield _row(text, pattern, pattern.relation, person, organ, pattern.value, when, how, m.span())
        return
    inherited = None
    if pattern.id == "elected":
        inherited = _body(text, m.start())
        people = _joint(text, people[-1])
    for office in chain_after(text, m.start("p"), m.end("p"), inherited=inherited):
        if pattern.relation is Relation.APPOINT and office.status is Status.NOMINEE:
            continue
        span = (m.start("s") if "s" in m.groupdict() else m.start(), office.end)
        for person in people:
            yield _row(text, pattern, pattern.relation, person, office.organ, office.title, when, how, span)
            if pattern.id == "elected" and how is Modality.ASSERTED:
                yield _post(text, pattern, person, office, span)


def _row(
    text: Slotted,
    pattern: Pattern,
    relation: Relation,
    person: int,
    organ: Reference,
    title: str,
    when: str,
    how: Modality,
    span: tuple[int, int],
) -> Claim:
    return claim(
        text,
        relation,
        text.mentions[person],
        organ,
        span,
        f"{relation}.{pattern.id}",
        detail=title,
        date=when,
        modality=how,
        confidence=pattern.confidence,
    )


def _post(text: Slotted, pattern: Pattern, person: int, office: Office, span: tuple[int, int]) -> Claim:
    return claim(
        text,
        Relation.POST,
        text.mentions[person],
        office.organ,
        span,
        f"post.{pattern.id}",
        detail=office.title,
        status=Status.CURRENT,
        confidence=pattern.confidence,
    )


def _latest(text: Slotted, position: int) -> int | None:
    """Of whom 当选 or 免去其 speaks: the person named last in the sentence, else the sentence's subject."""
    start, _ = text.sentence_at(position)
    here = text.slots(start, position, PER)
    return here[-1] if here else last_person(text, position)


def _joint(text: Slotted, person: int) -> list[int]:
    """The person and those listed right before: 甲、乙当选."""
    group = [person]
    for before in reversed(text.slots(text.sentence_at(person)[0], person, PER)):
        if not re.fullmatch(rf"[、 {IN_NOTE}]*(?:和|及|与)?[ {IN_NOTE}]*", text.notes[before + 1 : group[0]]):
            break
        group.insert(0, before)
    return group


def _body(text: Slotted, position: int) -> Reference | None:
    """The body that holds the election: the last organ named, apart from those in people's titles."""
    titled = {o.start for held in offices_before(text).values() for o in held}
    named = [i for i in text.slots(0, position, ORGLIKE) if i not in titled]
    start, _ = text.sentence_at(position)
    here = [i for i in named if i >= start]
    if here:
        return text.mentions[here[-1]]
    bodies = [i for i in named if text.mentions[i].text.endswith(("会", "联", "协", "盟"))]
    return text.mentions[bodies[-1]] if bodies else None


def _seat(text: Slotted, person: int, position: int) -> Reference | None:
    """The congress in which ``person`` sat: the last one named before, or the city's."""
    for i in reversed(text.slots(0, position, AGENCY)):
        quoted = text.text.rfind("《", 0, i) > text.text.rfind("》", 0, i)  # a law's name
        if word("SEAT").search(text.mentions[i].text) and text.text[i + 1 : i + 3] == "代表" and not quoted:
            return text.mentions[i]
    for m in reversed(list(_SEAT_OF.finditer(text.text, 0, position))):
        place = text.printed(m.start("place"), m.end("place"))
        return Implied(Kind.AGENCY, f"{place}人民代表大会", "the congress whose deputies the text speaks of")
    return None


def decided(text: Slotted, position: int) -> str:
    """When it was decided: the session's date in brackets, else the date named last, else the signature's."""
    page = text.page.date
    passed = list(_PASSED.finditer(text.notes if not _PASSED.search(text.text) else text.text))
    if passed:
        for m in passed:
            days = [d.iso for d in find_dates(m[1], page) if len(d.iso) == 10]
            if days:
                return days[0]
    start, end = text.sentence_at(position)
    here = [d for d in find_dates(text.text[start:end], page) if d.iso]
    if here and len(here[0].iso) == 10:
        return here[0].iso
    before = [d.iso for d in find_dates(text.text[:position], page) if len(d.iso) == 10]
    if before:
        return before[-1]
    after = [d.iso for d in find_dates(text.text[position:], page) if len(d.iso) == 10]
    return after[-1] if after else ""
