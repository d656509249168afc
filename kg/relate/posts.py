"""Posts: who holds which title in which organ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Claim, Mention, Modality, Reference, Relation, Status
from kg.relate.chains import Office, chain_after, chain_before, chain_start, shared
from kg.relate.claims import claim, modality
from kg.relate.patterns import Pattern, load, word
from kg.relate.slots import IN_NOTE, ORGLIKE, PER, Slotted
from kg.relate.titles import whole_title
from kg.relate.topics import office_by_topic

_JOINT = re.compile(rf"[、 {IN_NOTE}]*(?:和|及|与|以及)?[ {IN_NOTE}]*")
_HEADING_REACH = 6  # lines


def posts(text: Slotted) -> Iterator[Claim]:
    yield from before_names(text, offices_before(text))
    for pattern in load("post"):
        for m in pattern.regex.finditer(text.text):
            yield from _matched(text, pattern, m)


def offices_before(text: Slotted) -> dict[int, list[Office]]:
    """Every name's posts as titles before it (副主任甲、乙 gives both), by the name's position."""
    people = [i for i in sorted(text.mentions) if text.text[i] == PER]
    result: dict[int, list[Office]] = {}
    group: list[int] = []
    for n, person in enumerate(people):
        before = people[n - 1] if n else None
        gap = text.notes[before + 1 : person] if before is not None else ""
        alone = len(group) == 1 and "及" in gap  # 副书记甲及乙、丙: the title is the first one's alone
        if before is not None and group and _JOINT.fullmatch(gap) and "\n" not in gap and not alone:
            group.append(person)
            continue
        _share(group, result)
        offices = chain_before(text, person, _inherited(text, person, before, result))
        offices = offices or _colleague(text, person, before, result)
        offices = offices or office_by_topic(text, person, {o.start for held in result.values() for o in held})
        result[person] = offices
        group = [person] if offices else []
    _share(group, result)
    return result


def before_names(text: Slotted, known: dict[int, list[Office]]) -> Iterator[Claim]:
    for person, offices in known.items():
        for office in offices:
            begin = min(o.start for o in offices if o.organ == office.organ)
            rule, confidence = "post.implied", 0.85
            if isinstance(office.organ, Mention):
                beside = text.starts[begin] <= office.organ.start < text.starts[person]
                rule, confidence = ("post.before", 0.92) if beside else ("post.topic", 0.75)
            yield claim(
                text,
                Relation.POST,
                text.mentions[person],
                office.organ,
                (min(begin, person), person + 1),
                rule,
                detail=office.title,
                status=office.status,
                confidence=confidence,
            )


def last_person(text: Slotted, position: int) -> int | None:
    """Of whom the sentence speaks at ``position``: its first person, else the first of a sentence before it."""
    start, _ = text.sentence_at(position)
    clause = max(text.text.rfind(c, start, position) for c in ";\n")
    start = max(start, clause + 1)
    here = text.slots(start, position, PER)
    if here:
        return here[0]
    for begin, end in reversed([s for s in text.sentences() if s[0] < start]):
        named = text.slots(begin, min(end, start), PER)
        named = [i for i in named if not word("BESIDE").search(text.text[begin:i])]
        if named:
            return named[0]
    return None


def _share(group: list[int], result: dict[int, list[Office]]) -> None:
    if len(group) > 1:
        first = result[group[0]]
        for n, person in enumerate(group):
            result[person] = list(shared(first, len(group), n))


def _inherited(text: Slotted, person: int, before: int | None, known: dict[int, list[Office]]) -> Reference | None:
    """The organ of the person named just before, where this chain only goes on with titles."""
    if before is None or not known.get(before):
        return None
    start = chain_start(text, person)
    gap = text.notes[before + 1 : start].strip(f" {IN_NOTE}")
    if gap not in ("", ",", ";", "、") or "\n" in text.notes[before:person]:
        return None
    run = text.notes[start:person].strip(f" 、和及与{IN_NOTE}")
    titles = [whole_title(part) for part in re.split("、|兼", run) if part]
    if not titles or None in titles:
        return None
    last = known[before][-1]
    jobs = [t for t in titles if t is not None and not t.office]
    if not jobs:
        return last.organ if last.office else None
    short = all(len(t.text) <= 4 for t in jobs)  # 民警甲、辅警乙
    return last.organ if not last.office and gap in ("", "、") and short else None


def _colleague(text: Slotted, person: int, before: int | None, known: dict[int, list[Office]]) -> list[Office]:
    """The deputies of a sentence that named their head: 市政协主席甲主持会议,副主席乙出席."""
    if before is None:
        return []
    start = chain_start(text, person)
    title = whole_title(text.notes[start:person].strip(f" {IN_NOTE}"))
    if title is None or not title.text.startswith("副"):
        return []
    sentence, _ = text.sentence_at(person)
    for other in reversed([p for p in known if sentence <= p < person]):
        for office in known[other]:
            if isinstance(office.organ, Mention) and office.title.removeprefix("副") == title.text.removeprefix("副"):
                return [Office(office.organ, title.text, title.status, start, person)]
    return []


def _matched(text: Slotted, pattern: Pattern, m: re.Match[str]) -> Iterator[Claim]:
    groups = m.groupdict()
    person = m.start("s") if "s" in groups else last_person(text, m.start())
    if person is None or _in_quotes(text, m.start()):
        return
    how = modality(text, m.start("p") if groups.get("p") else m.start(), Relation.POST)
    if "o" in groups or pattern.where == "under":
        organ = m.start("o") if "o" in groups else _heading(text, person)
        if organ is not None:
            held = Status(pattern.value)
            yield _post(text, pattern, person, text.mentions[organ], m.span(), m["d"], held, how)
        return
    start = m.start("p")
    for office in chain_after(text, start, m.end("p"), Status(pattern.value)):
        status = office.status
        if pattern.id == "holds" and status is Status.CURRENT and _past(text, m):
            status = Status.FORMER
        if pattern.value == "former" and "至今" in text.text[m.start() : office.end + 4]:
            status = Status.CURRENT
        span = (min(m.start(), office.start), max(office.end, start + 1))
        yield _post(text, pattern, person, office.organ, span, office.title, status, how)


def _past(text: Slotted, m: re.Match[str]) -> bool:
    """Whether 任 tells of an earlier time: 2010年3月,某某任县长; 原是, 曾任."""
    verb = text.text[m.end("s") : m.start("p")]
    if word("ONCE").search(verb):
        return True
    if not re.search("(?<![现出兼主])任", verb) or "至今" in m.group():
        return False
    start, _ = text.sentence_at(m.start())
    years = re.findall(r"((?:19|20)\d\d)年", text.text[start : m.start("p")])
    return bool(years) and years[-1] < (text.page.date[:4] or "9999")


def _in_quotes(text: Slotted, position: int) -> bool:
    start, _ = text.sentence_at(position)
    part = text.text[start:position]
    return part.count("“") > part.count("”")


def _heading(text: Slotted, person: int) -> int | None:
    """The organ whose line stands above a list of names: 6.某某公司, then names with their jobs in brackets."""
    line = text.text.rfind("\n", 0, person)
    for _ in range(_HEADING_REACH):
        if line < 0:
            return None
        start = text.text.rfind("\n", 0, line) + 1
        organs = text.slots(start, line, ORGLIKE)
        words = re.sub(r"[\d.、\s()一二三四五六七八九十:]", "", text.text[start:line])
        if len(organs) == 1 and len(words) <= 1:
            return organs[0]
        if not text.slots(start, line, PER):
            return None
        line = start - 1
    return None


def _post(
    text: Slotted,
    pattern: Pattern,
    person: int,
    organ: Reference,
    span: tuple[int, int],
    title: str,
    status: Status,
    how: Modality,
) -> Claim:
    return claim(
        text,
        Relation.POST,
        text.mentions[person],
        organ,
        span,
        f"post.{pattern.id}",
        detail=re.sub(r"\s", "", title),
        status=status,
        modality=how,
        confidence=pattern.confidence,
    )
