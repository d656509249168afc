"""Relations that a pattern states in one clause: sums, shares, owners, sites, parents, agreements, honours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.amounts import match_amount, parse_number
from kg.model import Claim, Kind, Relation
from kg.relate.claims import claim, modality
from kg.relate.patterns import Pattern, classes, load, word
from kg.relate.posts import last_person
from kg.relate.slots import COMPANY, ORGLIKE, PER, PLACE, PROJECT, SLOTS, Slotted

FAMILIES = ("amount", "stake", "owner", "located_in", "part_of", "signed", "honour")
_SUBJECTS = {
    Relation.OWNER: {Kind.AGENCY, Kind.COMPANY, Kind.ORGANIZATION},
    Relation.STAKE: {Kind.COMPANY},
    Relation.AMOUNT: {Kind.PROJECT, Kind.COMPANY},
    Relation.LOCATED_IN: {Kind.PROJECT, Kind.AGENCY, Kind.COMPANY, Kind.ORGANIZATION},
    Relation.PART_OF: {Kind.AGENCY, Kind.COMPANY, Kind.ORGANIZATION},
    Relation.SIGNED: {Kind.AGENCY, Kind.COMPANY, Kind.ORGANIZATION, Kind.PLACE},
    Relation.HONOUR: set(Kind),
}


def facts(text: Slotted) -> Iterator[Claim]:
    for family in FAMILIES:
        for pattern in load(family):
            for m in pattern.regex.finditer(text.text):
                yield from _claims(text, pattern, m)


def _claims(text: Slotted, pattern: Pattern, m: re.Match[str]) -> Iterator[Claim]:
    groups = m.groupdict()
    detail = _detail(text, pattern, m)
    if detail is None:
        return
    subjects = members(text, *m.span("s")) if groups.get("s") else _missing(text, pattern, m)
    objects = members(text, *m.span("o")) if groups.get("o") else []
    if pattern.id == "sited" and "," in text.text[m.end("s") : m.start("o")]:
        subjects = _opening(text, m.start("o")) or subjects  # 甲是乙的子公司,总部位于丙
    if pattern.where == "held" and not objects:
        objects = _held(text, m)
    if pattern.where == "opening" and pattern.relation is Relation.PART_OF:
        objects = _opening(text, m.start())
    if pattern.relation is Relation.OWNER and not groups.get("o"):
        objects = _project(text, m.start())
    if not objects and pattern.relation not in (Relation.AMOUNT, Relation.HONOUR):
        return
    how = modality(text, _trigger(m), pattern.relation)
    details = re.findall(r"\d+(?:\.\d+)?(?=%)", m["d"]) if pattern.id == "each" else []
    if details and len(details) != len(subjects):
        return
    nothing: list[int | None] = [None]
    for n, s in enumerate(subjects):
        if text.mentions[s].kind not in _SUBJECTS[pattern.relation]:
            continue
        for o in objects or nothing:
            if o is not None and (o == s or text.mentions[o].text == text.mentions[s].text):
                continue
            begin, end = min(m.start(), s), max(m.end(), s + 1)
            if text.text[begin:end].count("\n") or end - begin > 120:
                begin, end = m.span()
            yield claim(
                text,
                pattern.relation,
                text.mentions[s],
                text.mentions[o] if o is not None else None,
                (begin, end),
                f"{pattern.relation}.{pattern.id}",
                detail=details[n] if details else detail,
                modality=how,
                confidence=pattern.confidence,
            )


def members(text: Slotted, start: int, end: int) -> list[int]:
    """The mentions of a list; of an address chain only its last place."""
    return [i for i in text.slots(start, end) if not (text.text[i] == PLACE and text.text[i + 1] == PLACE)]


def _trigger(m: re.Match[str]) -> int:
    """Where the words of the match end that say what happens."""
    return m.start("d") if m.groupdict().get("d") else m.end()


def _detail(text: Slotted, pattern: Pattern, m: re.Match[str]) -> str | None:
    """The detail as the relation wants it; None if the words are no such detail."""
    if "d" not in m.groupdict():
        return pattern.value
    worded = text.printed(*m.span("d"))
    if pattern.relation is Relation.AMOUNT:
        amount = match_amount(m["d"])
        return amount.plain if amount and amount.currency == "CNY" else None
    if pattern.relation is Relation.STAKE:
        if pattern.id == "each":
            return m["d"]
        number = parse_number(re.sub("%|百分之", "", m["d"]))
        return format(number.normalize(), "f") if 0 < number <= 100 else None
    told = text.text[m.start() : m.start("d")]
    return _award(worded, sure=pattern.id == "won" and word("SURE").search(told) is not None)


def _award(worded: str, *, sure: bool) -> str | None:
    """The name of an honour without quotes and without 称号; None if the words name no honour."""
    words = classes()
    first = worded.split(" ")[0]
    worded = first if re.search(words["AWARD"], first) else worded
    quoted = re.search(r"[“《]([^“”《》]{2,40})[”》](.{0,6})", worded)
    if quoted and (re.search(words["AWARD"], quoted[1] + quoted[2])):
        worded = worded[: quoted.start()] + quoted[1] + quoted[2]
    worded = re.sub(r"[“”]", "", worded)
    worded = re.sub(r"(?:的)?(?:荣誉称号|光荣称号|称号|殊荣|等荣誉|等称号|荣誉)(?:等)?$|等$", "", worded)
    if not (sure or re.search(words["AWARD"], worded)) or re.search(words["NOTAWARD"], worded):
        return None
    return worded


def _missing(text: Slotted, pattern: Pattern, m: re.Match[str]) -> list[int]:
    """The subject of a match that names none."""
    if pattern.id == "invested" and text.text[m.start() - 1] in ORGLIKE and text.text[m.start() - 2] != "由":
        return []  # what the organisation spends is no total of the project spoken of before
    if pattern.where == "project":
        return _project(text, m.start())
    if pattern.where == "opening":
        return _opening(text, m.start())
    if pattern.where == "company":
        return _latest(text, m.start(), COMPANY)
    start, _ = text.sentence_at(m.start())
    clause = text.clause_start(m.start())
    near = text.slots(clause, m.start())
    if near:
        listed = _list_before(text, near[-1], clause)
        return [i for i in listed if pattern.relation is Relation.HONOUR or text.text[i] not in PER + PLACE]
    if pattern.relation is Relation.HONOUR:
        return _topic(text, start, clause) or _person_before(text, start, clause)
    project = text.slots(start, m.start(), PROJECT)[-1:]
    return project or _opening(text, m.start())


def _opening(text: Slotted, position: int) -> list[int]:
    """The organisation or project that opens the sentence: what its later clauses speak of."""
    start, _ = text.sentence_at(position)
    named = text.slots(start, position, ORGLIKE + PROJECT)
    lead = text.text[start : named[0]].strip() if named else ""
    if not named or len(lead) > 6 or re.search("[在由从据与对向为,]$", lead):
        return []
    if re.match(rf"[^,。;{SLOTS}]{{0,14}}{PER}", text.notes[named[0] + 1 :]):  # somebody of it is speaking
        return []
    return named[:1]


def _person_before(text: Slotted, start: int, clause: int) -> list[int]:
    """The person whom the paragraph speaks of, for a sentence that names nobody."""
    if text.slots(start, clause, PER + ORGLIKE + PLACE):
        return []
    person = last_person(text, clause)
    return [person] if person is not None and "\n" not in text.text[person:clause] else []


def _topic(text: Slotted, start: int, clause: int) -> list[int]:
    """Of whom the clauses before speak: the names that open the nearest one, or the people it names."""
    while clause > start:
        end = clause - 1
        clause = max(text.clause_start(end), start)
        named = text.slots(clause, end, PER + ORGLIKE + PLACE)
        if not named:
            continue
        opening = text.text[clause : named[0]].strip()
        if len(opening) <= 2 and not re.match("[在于从向对由被为经与据把]", opening):
            at = named[0]
            people = [i for i in named if text.text[i] == PER]
            if people and text.text[at] != PER and re.fullmatch(r"[^、,]{0,10}", text.text[at + 1 : people[0]]):
                return _list_before(text, people[-1], clause)  # 该校毕业生甲、乙
            while at in named and text.text[at] == PLACE and at + 1 in named:
                at += 1
            joined = re.compile(rf"(?:[、 {SLOTS}]|和|及|与)*")
            return [i for i in named if i >= at and joined.fullmatch(text.text, at, i)]
        people = [i for i in named if text.text[i] == PER]
        if people:
            return _list_before(text, people[-1], clause)
    return []


def _list_before(text: Slotted, last: int, since: int) -> list[int]:
    """The list of names that ends at ``last``: 甲、乙和丙."""
    result = [last]
    at = last
    while True:
        earlier = text.slots(since, at)
        if not earlier or not re.fullmatch(r"(?:\([^()]*\))?(?:[、 ]|和|及|与|以及)+", text.text[earlier[-1] + 1 : at]):
            if earlier and text.text[at] == PLACE == text.text[earlier[-1]] and at == earlier[-1] + 1:
                at = earlier[-1]
                continue
            return sorted(result)
        at = earlier[-1]
        result.append(at)


def _project(text: Slotted, position: int) -> list[int]:
    """The project spoken of at ``position``: the last one of the sentence, else of the sentence before."""
    start, _ = text.sentence_at(position)
    here = text.slots(start, position, PROJECT)
    if here:
        together = len(here) > 1 and re.fullmatch(r"(?:[、]|和|及|与|以及)+", text.text[here[-2] + 1 : here[-1]])
        return [] if together or word("MANY").search(text.text[here[-1] : position]) else here[-1:]
    if word("MANY").search(text.text[start:position]) or text.slots(start, position, COMPANY):
        return []
    every = text.slots(0, position, PROJECT)
    if every and len({text.mentions[i].text for i in every}) == 1:
        return every[-1:]
    paragraph = text.text.rfind("\n", 0, start) + 1
    return text.slots(paragraph, start, PROJECT)[-1:]


def _latest(text: Slotted, position: int, kinds: str) -> list[int]:
    """The firm named last that can issue: not the exchange or the underwriter."""
    named = text.slots(0, position, kinds)
    return [i for i in named if not text.mentions[i].text.endswith(("交易所", "证券"))][-1:]


def _held(text: Slotted, m: re.Match[str]) -> list[int]:
    """The company whose shares are told: the last one before the shareholders of the sentence."""
    start, end = text.sentence_at(m.start())
    told = [p for p in load("stake") if "o" not in p.regex.groupindex]
    shares = [x for p in told for x in p.regex.finditer(text.text, start, end)]
    holders = {i for x in shares for i in text.slots(*x.span("s"))}
    names = {text.mentions[i].text for i in holders}
    before = [i for i in text.slots(0, m.start(), COMPANY) if text.mentions[i].text not in names]
    inside = [i for i in before if i >= start]
    if inside:
        return inside[:1]
    after = [i for i in text.slots(m.end(), end, COMPANY) if text.mentions[i].text not in names]
    near, _ = text.sentence_at(max(start - 1, 0))
    return after[:1] or [i for i in before if i >= near][-1:]
