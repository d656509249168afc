"""Posts whose organ stands further back: 某某公司入列。董事长某某说."""

from __future__ import annotations

import re
from functools import cache

from kg.model import Kind, Mention
from kg.relate.chains import Office, chain_start
from kg.relate.patterns import folder, table, word
from kg.relate.slots import IN_NOTE, ORGLIKE, PER, PLACE, SLOT_OF, Slotted
from kg.relate.titles import whole_title

_BACK = 2  # sentences


@cache
def _topics() -> tuple[tuple[re.Pattern[str], Kind, re.Pattern[str]], ...]:
    rows = table(folder() / "topics.tsv")
    return tuple((re.compile(r["title"]), Kind(r["kind"]), re.compile(rf"(?:{r['ending']})$")) for r in rows)


def office_by_topic(text: Slotted, person: int, taken: set[int]) -> list[Office]:
    """The posts of a chain that is nothing but titles, in the organ that the text spoke of last."""
    start = chain_start(text, person)
    run = re.sub(rf"[ {IN_NOTE}]|同志", "", text.notes[start:person]).strip("、和及与")
    if not run or any(c in ORGLIKE + PLACE + PER for c in run):
        return []
    local = word("GRASSROOTS").fullmatch(run)
    if local:
        place = _place(text, start, local["level"])
        title = whole_title(local["title"])
        return [Office(place, title.text, title.status, start, person)] if place and title else []
    parts = [p for p in run.split("、") if p]
    titles = [whole_title(p) for p in parts]
    if not titles or None in titles:
        return []
    organ = next((o for p in reversed(parts) if (o := _organ(text, start, p, taken)) is not None), None)
    if organ is None:
        return []
    return [Office(organ, t.text, t.status, start, person, t.office) for t in titles if t is not None]


def _organ(text: Slotted, position: int, title: str, taken: set[int]) -> Mention | None:
    """The nearest fitting organ: in the sentence, else in the two before it of the same paragraph."""
    kinds = [(kind, ending) for form, kind, ending in _topics() if form.fullmatch(title)]
    if not kinds:
        return None
    paragraph = text.text.rfind("\n", 0, position) + 1
    begin, _ = text.sentence_at(position)
    for back in range(_BACK + 1):
        for i in reversed(text.slots(max(begin, paragraph), position)):
            mention = text.mentions[i]
            for kind, ending in kinds:
                fits = text.text[i] in SLOT_OF[kind] and ending.search(mention.text)
                if fits and not (back and i in taken and text.text[i] not in SLOT_OF[Kind.COMPANY]):
                    return mention
        if begin <= paragraph:
            return None
        begin, _ = text.sentence_at(begin - 1)
    return None


def _place(text: Slotted, position: int, level: str) -> Mention | None:
    """The village, community or town named last."""
    for i in reversed(text.slots(0, position)):
        mention = text.mentions[i]
        if mention.kind in (Kind.PLACE, Kind.ORGANIZATION) and mention.text.endswith(level) and not mention.nominal:
            return mention
    return None
