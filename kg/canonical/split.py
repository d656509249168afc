"""A name taken apart: who stands in front (a level or a division) and what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.canonical.levels import LEVEL, NOT_A_LEVEL, Setting
from kg.canonical.organs import Organs, levels_of
from kg.canonical.places import zone_name
from kg.canonical.words import either
from kg.places import Division, DivisionKind, Level

LEVEL_PREFIX = re.compile(rf"^({LEVEL})(?=.)")
# Prefixes that stand before the division: 团市委, 民建X市委, 共青团X市委员会, 政协X县委员会.
PARTY_TOKEN = re.compile(r"^(共青团|团|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|政协)(?=.)")
FULL_SUFFIX = ("省", "自治区", "市", "自治州", "州", "盟", "地区", "区", "县", "旗", "镇", "乡", "街道", "苏木")
NO_DIVISION = re.compile(either("no_division"))
BODY_END = re.compile(either("body_end") + "$")


@dataclass(frozen=True, slots=True)
class Split:
    """``division`` may be unknown to the gazetteer: then ``name`` is what the page prints."""

    body: str
    name: str = ""
    short: str = ""
    division: Division | None = None
    level: str = ""  # the level's word where only a level is named
    chain: str = ""  # divisions printed before the last one: 湖南省 in 湖南省X市...
    full: bool = True  # the division is printed with its full name
    token: str = ""  # 团, 民建 ... before the division


def split(name: str, setting: Setting, organs: Organs) -> Split:
    """``name`` without 中共 in front; a name with no division in front comes back as its own body."""
    token = PARTY_TOKEN.match(name)
    if token and (token[1] != "团" or re.match(rf"团(?:{LEVEL})委|团.{{2,5}}[市县区]委", name)):
        inner = _front(name[token.end():], setting, organs, token[1])
        if inner and (inner.level or inner.division):
            return inner
    return _front(name, setting, organs, "") or Split(name)


def _front(name: str, setting: Setting, organs: Organs, token: str) -> Split | None:
    by_level = _level(name, setting, organs, token)
    return by_level or _division(name, setting, organs, token)


def _is_body(body: str, organs: Organs, token: str) -> bool:
    """Whether an organ of any level is called like that."""
    return organs.match(_with_token(token, body), frozenset(Level)) is not None


def _with_token(token: str, body: str) -> str:
    return ("团" if token == "共青团" else token) + body


def _level(name: str, setting: Setting, organs: Organs, token: str) -> Split | None:
    m = LEVEL_PREFIX.match(name)
    if not m:
        return None
    level, body = m[1], name[m.end():]
    if any(setting.gazetteer.by_name(name[:end]) for end in range(3, min(len(name), 6))):
        return None  # 市中区委 is the committee of a district called 市中区
    likely = not NOT_A_LEVEL.match(name) and len(body) > 1 and (BODY_END.search(body) or body.startswith("“"))
    if not likely and not _is_body(body, organs, token):
        return None
    division = setting.at(level)
    if division is None:
        return None
    return Split(_with_token(token, body), division.name, division.short, division, level, token=token)


def _division(name: str, setting: Setting, organs: Organs, token: str) -> Split | None:
    """The division that a name begins with, full or short; of several readings the one whose rest is an organ."""
    gazetteer = setting.gazetteer
    readings: list[tuple[tuple[int, int, int], Split]] = []
    for end in range(min(len(name) - 1, 15), 1, -1):
        printed, body = name[:end], name[end:]
        hits = gazetteer.lookup(printed)
        if not hits:
            continue
        division = gazetteer.resolve(printed, near=setting.near)
        # 恩施州 and 芷江县 tell their level as a full name does; 恩施 does not
        full = bool(gazetteer.by_name(printed)) or (division is not None and printed.startswith(division.short)
                                                    and printed != division.short and division.level < Level.TOWN)
        if not full and (division is None or division.level is Level.TOWN):
            continue
        inner = _inner(printed, body, division, setting, organs, token) if full else None
        if inner is not None:
            readings.append(((1, 1, end), inner))
            continue
        rest = _with_token(token, body)
        if division is not None and len(body) > 1 and body[0] == division.name[-1] \
                and organs.match(body[1:], levels_of(division)):
            rest = _with_token(token, body[1:])  # X区区委
        organ = organs.match(rest, levels_of(division) if division else frozenset(h.level for h in hits)) is not None
        if not organ and not full:
            continue
        official = zone_name(printed, setting) if is_zone(division) else division.name if division else printed
        short = division.short if division else (hits[0].short or printed)
        readings.append(((int(organ), int(full), end), Split(rest, official, short, division, "", "", full, token)))
    if readings:
        return max(readings, key=lambda item: item[0])[1]
    return _unknown_division(name, organs, token)


def _inner(printed: str, body: str, outer: Division | None, setting: Setting, organs: Organs,
           token: str) -> Split | None:
    """A second division inside the first: X市Y区法院."""
    gazetteer = setting.gazetteer
    if outer is None or not any(gazetteer.by_name(body[:end]) for end in range(2, min(len(body), 12))):
        return None
    inner = _division(body, Setting(gazetteer, outer, setting.paper), organs, token)
    if inner is None or inner.division is None or not inner.full or inner.division == outer \
            or not gazetteer.contains(outer, inner.division):
        return None
    return Split(inner.body, inner.name, inner.short, inner.division, "", printed + inner.chain, True, token)


def _unknown_division(name: str, organs: Organs, token: str) -> Split | None:
    """A division or zone that the gazetteer does not have: what ends like one before a standard organ."""
    for end in range(len(name) - 1, 1, -1):
        printed, body = name[:end], name[end:]
        if NO_DIVISION.search(printed):
            continue
        if printed.endswith((*FULL_SUFFIX, "开发区", "新区", "园区", "示范区")) and len(printed) >= 3:
            level = _level_of_suffix(printed)
            rest = _with_token(token, body)
            if NOT_A_LEVEL.match(name) or LEVEL_PREFIX.match(name) or not organs.match(rest, level):
                continue
            return Split(rest, printed, printed, None, "", "", True, token)
    return None


def _level_of_suffix(printed: str) -> frozenset[Level]:
    if printed.endswith(("镇", "乡", "街道", "苏木")):
        return frozenset((Level.TOWN,))
    if printed.endswith("省"):
        return frozenset((Level.PROVINCE,))
    if printed.endswith(("州", "盟", "地区")):
        return frozenset((Level.PREFECTURE,))
    return frozenset((Level.COUNTY, Level.PREFECTURE)) if printed.endswith("市") else frozenset((Level.COUNTY,))


def is_zone(division: Division | None) -> bool:
    return division is not None and division.kind is DivisionKind.ZONE
