"""Visits: who inspected, visited or called at which place, organ, firm or project in person, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.dates import find_dates
from kg.model import Claim, Relation, Role
from kg.relate.chains import chain_start
from kg.relate.claims import claim, modality
from kg.relate.patterns import Pattern, load, word
from kg.relate.posts import offices_before
from kg.relate.slots import IN_NOTE, ORGLIKE, PER, PLACE, PROJECT, SLOTS, Slotted
from kg.relate.titles import trailing_title

_TARGETS = ORGLIKE + PROJECT + PLACE
_JOIN = re.compile(rf"(?:[、 {IN_NOTE}和及与至]|以及|等地?|先后|还|又|[一-龥A-Za-z0-9“”·\-]){{0,14}}")
_PLACE_OF = re.compile(rf"的[^,。;、{SLOTS}]{{0,4}}[{_TARGETS}]")  # the place only tells where the next target lies


@dataclass(slots=True)
class _Tour:
    """What the article has told so far: who is on a visit, since what day; who holds a post."""

    officials: set[str]
    titled: set[int]  # organs that stand in somebody's title
    people: list[int] = field(default_factory=list)
    date: str = ""


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    days: tuple[tuple[int, str], ...]  # position and ISO form of its full dates
    inspects: bool  # it speaks of an inspection, not of a mere errand


def visits(text: Slotted) -> Iterator[Claim]:
    offices = offices_before(text)
    tour = _Tour(
        officials={text.mentions[i].text for i, held in offices.items() if held or _titled(text, i)},
        titled={o.start for held in offices.values() for o in held},
    )
    last = ""
    for start, end in text.sentences():
        found = find_dates(text.text[start:end], text.page.date, last)
        days = tuple((start + d.start, d.iso) for d in found if len(d.iso) == 10)
        inspects = word("STRONG").search(text.text, start, end) is not None
        yield from _visits(text, _Sentence(start, end, days, inspects), tour)
        if days:
            last = days[-1][1]


def _titled(text: Slotted, person: int) -> bool:
    """Whether a title of office stands before the name, though its organ is not known."""
    title = trailing_title(text.notes[chain_start(text, person) : person].strip(f" {IN_NOTE}"))
    return title is not None and title.office


def _visits(text: Slotted, sentence: _Sentence, tour: _Tour) -> Iterator[Claim]:
    seen: set[int] = set()
    for pattern in load("visit"):
        for m in pattern.regex.finditer(text.text, sentence.start, sentence.end):
            people = [] if _spoken(text, sentence, m) else _visitors(text, sentence, m, pattern, tour)
            if not people:
                continue
            day = _day(sentence, m.start("o")) or tour.date
            targets = [t for t in _targets(text, m, tour) if t not in seen]
            seen.update(targets)
            how = modality(text, m.start("o"), Relation.VISIT)
            for person in people:
                for target in targets:
                    yield claim(
                        text,
                        Relation.VISIT,
                        text.mentions[person],
                        text.mentions[target],
                        (m.start(), target + 1),
                        f"visit.{pattern.id}",
                        date=day,
                        modality=how,
                        confidence=pattern.confidence,
                    )
            tour.people, tour.date = people, day
    _set_out(text, sentence, tour, bool(seen))


def _set_out(text: Slotted, sentence: _Sentence, tour: _Tour, visited: bool) -> None:
    """Notes who leads the sentences that follow: 副市长甲带队督查防汛工作."""
    first = _subject(text, sentence.start, sentence.end)
    if not first or not {text.mentions[i].text for i in first} & tour.officials:
        return
    if not sentence.inspects and not word("LEADING").search(text.text, sentence.start, sentence.end):
        return
    # those who merely go along do not lead
    along = word("ALONG").search(text.notes, first[-1] + 1, sentence.end)
    if along and not (visited and tour.people == first):
        return
    tour.people = first
    tour.date = sentence.days[0][1] if sentence.days else tour.date


def _day(sentence: _Sentence, position: int) -> str:
    """The first day that the sentence names, if it stands before the visit; else any."""
    before = [iso for at, iso in sentence.days if at < position]
    return next(iter(before), sentence.days[0][1] if sentence.days else "")


def _spoken(text: Slotted, sentence: _Sentence, m: re.Match[str]) -> bool:
    before = text.text[sentence.start : m.start("o")]
    return before.count("“") > before.count("”")


def _subject(text: Slotted, start: int, end: int) -> list[int]:
    """The first person of a sentence, with those coordinated to it."""
    people = text.slots(start, end, PER)
    group = people[:1]
    for person in people[1:]:
        gap = text.notes[group[-1] + 1 : person]
        if gap[:1] not in "、,和及与 " or word("NOTJOINT").search(gap):
            break
        group.append(person)
    return group


def _names(text: Slotted, people: list[int]) -> set[str]:
    return {text.mentions[i].text for i in people}


def _visitors(text: Slotted, sentence: _Sentence, m: re.Match[str], pattern: Pattern, tour: _Tour) -> list[int]:
    """Who makes the visit of a match; nobody if the text does not tell or it is a mere errand."""
    if pattern.where == "scene":
        return tour.people if _goes_on(text, m, tour) else []
    if pattern.where == "spot":
        named = _subject(text, *m.span("s")) if m["s"] else []
        known = _names(text, tour.people) | tour.officials
        return [i for i in named if text.mentions[i].text in known] if named else tour.people
    if text.slots(sentence.start, m.start(), PER):
        return _named_visitors(text, sentence, m, tour)
    before = text.text[sentence.start : m.start()]
    team = word("TEAM").search(before + m.group()[:6])
    if text.slots(sentence.start, m.start(), ORGLIKE) and not team:
        return []
    plain = word("MEANWHILE").fullmatch(before.strip()) and sentence.inspects
    return tour.people if team or plain or re.search(r"(?:^|[,。;\n])[他她]们?", before) else []


def _named_visitors(text: Slotted, sentence: _Sentence, m: re.Match[str], tour: _Tour) -> list[int]:
    before = text.text[sentence.start : m.start()]
    group = [
        p for p in _subject(text, sentence.start, m.start()) if not word("APART").search(text.text[sentence.start : p])
    ]
    heading = text.role(m.start()) in (Role.TITLE, Role.KICKER, Role.SUBTITLE) and sentence.inspects
    known = _names(text, group) & (tour.officials | _names(text, tour.people))
    return group if known or heading or word("LEADING").search(before) else []


def _goes_on(text: Slotted, m: re.Match[str], tour: _Tour) -> bool:
    """Whether the paragraph that a place opens tells of the visitors."""
    if re.search("会议|座谈|会上|期间|仪式", m["o"]):
        return False
    end = text.text.find("\n", m.end())
    end = len(text.text) if end < 0 else end
    if _names(text, text.slots(m.end(), end, PER)) & _names(text, tour.people):
        return True
    paragraph = text.text[m.end() : end]
    return bool(re.search("[,。][他她]", paragraph) or word("TEAM").search(paragraph))


def _targets(text: Slotted, m: re.Match[str], tour: _Tour) -> list[int]:
    """The places, organs and firms of the match that were visited; of an address chain the last member."""
    start, end = m.span("o")
    stop = word("VISITEND").search(text.text, start + 1, end)
    found: list[int] = []
    at = start
    for i in text.slots(start, end):
        mention = text.mentions[i]
        if (stop and stop.start() < i) or text.text[i] == PER or (mention.nominal and text.text[i] == PLACE):
            break
        if found and not _JOIN.fullmatch(text.text, at + 1, i):
            break
        if i in tour.titled and PER in re.split("[、,]", text.notes[i + 1 : i + 14])[0]:
            break  # only a part of somebody's title
        at = i
        sited = re.search("位于|地处|坐落", text.text[start:i])
        if text.text[i] == PLACE and sited and "的" not in text.text[start + sited.end() : i]:
            continue
        if text.text[i] == PLACE and (text.text[i + 1] in SLOTS or _PLACE_OF.match(text.text, i + 1)):
            continue
        found.append(i)
    return found
