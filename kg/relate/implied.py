"""The organ that a title means without naming it: 副市长 in the paper of a city is one of that city's government."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Implied, Kind
from kg.places import Level, gazetteer
from kg.relate.patterns import word
from kg.relate.slots import Slotted
from kg.relate.titles import ImpliedOrgan

_LEVELS = "省市州县区旗盟镇乡"


def organ_of(text: Slotted, position: int, organ: ImpliedOrgan, beside: int | None) -> Implied | None:
    """The organ meant at ``position``; ``beside`` is the slot of a place right before the title."""
    if not organ.level and beside is None:
        return None  # 人大代表 alone may be of any congress
    place, reason = _place(text, position, organ.level, beside)
    if not place:
        return None
    name = organ.name.format(place=place)
    return Implied(organ.kind, name, reason)


def _place(text: Slotted, position: int, level: str, beside: int | None) -> tuple[str, str]:
    if beside is not None:
        return official(text, text.mentions[beside].text, level), "the place named before the title"
    chain = list(_near(text, position, level, text.clause_start(position) - 60, only_organs=True))
    if chain:
        return chain[0], "the organ named before the title"
    home = text.page.place
    if home.endswith(level) and (level != "区" or not word("NOTDIVISION").search(home)):
        return home, "the paper's place"
    above = _above(home, level)
    if above:
        return above, "the division that contains the paper's place"
    found = list(_near(text, position, level, 0)) or list(_near(text, len(text.text), level, position))
    return (found[0], "the nearest place of this level") if found else ("", "")


def _near(text: Slotted, position: int, level: str, since: int, *, only_organs: bool = False) -> Iterator[str]:
    """Names of divisions of ``level`` in mentions before ``position``, nearest first."""
    for i in sorted(text.mentions, reverse=True):
        if not max(since, 0) <= i < position:
            continue
        m = text.mentions[i]
        if only_organs and m.kind is not Kind.AGENCY:
            continue
        name = division_in(m.text, level) if m.kind in (Kind.AGENCY, Kind.PLACE) else ""
        if name:
            yield name


def division_in(name: str, level: str) -> str:
    """The division of this level whose name an organ's or a place's name holds: 某某县委 -> 某某县."""
    name = re.sub(r"\s", "", name).removeprefix("中共").removeprefix("政协")
    hits = [m.end() for m in re.finditer(level, name)]
    for end in hits:
        found = name[:end]
        if level in "县区旗镇乡" and re.match(r"[一-龥]{2,4}[市州]", found[:-1]):
            found = re.sub(r"^[一-龥]{2,4}?[市州](?=[一-龥]{2})", "", found)
        if 1 <= len(found) - 1 <= 10 and not (level == "区" and word("NOTDIVISION").search(found)):
            return found
    return ""


def official(text: Slotted, name: str, level: str) -> str:
    """The division's official name, from a short one."""
    name = re.sub(r"\s", "", name)
    if name.endswith(level):
        return name
    for division in gazetteer().lookup(name):
        if division.name.endswith(level):
            return division.name
    return name + level if len(name) <= 3 and level in _LEVELS else ""


def _above(home: str, level: str) -> str:
    """The division of ``level`` that contains the paper's place."""
    if not home or level not in ("省", "市", "州"):
        return ""
    here = gazetteer().resolve(home)
    if here is None:
        return ""
    tiers = {"省": Level.PROVINCE, "市": Level.PREFECTURE, "州": Level.PREFECTURE}
    above = gazetteer().at_level(here, tiers[level])
    return above.name if above is not None and above.name.endswith(level) and above != here else ""
