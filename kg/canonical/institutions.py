"""Schools, hospitals, villages, banks and firms: bodies that no level of administration has as a matter of course."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.canonical.abbreviation import best_known
from kg.canonical.levels import Setting
from kg.canonical.numbered import expand
from kg.canonical.organs import organs
from kg.canonical.result import Canonical
from kg.canonical.split import split
from kg.canonical.words import either
from kg.places import Level

VILLAGE_BODY = re.compile(r"^(?P<where>.{1,9}?)(?P<what>村委会|村民委员会|居委会|居民委员会)(?P<tail>.{0,8})$")
BANK_TAIL = re.compile(rf"^.{{0,20}}{either('bank_tail')}$")


def numbered(name: str, setting: Setting) -> Canonical | None:
    """A numbered school or hospital: 市五中, X一中, X市第二医院."""
    m = re.match(r"^(自治区|省|市|州|区|县|旗|镇)(?=第?[一二三四五六七八九十\d])", name)
    if m:
        division, body = setting.at(m[1]), name[m.end():]
        full = expand(body)
        if division is not None and full:
            return Canonical(division.name + full, f"{m[1]}: {division.name}", 0.9, division)
        return None
    for end in range(min(len(name) - 2, 12), 1, -1):
        full = expand(name[end:])
        if full is None:
            continue
        printed = name[:end]
        hit = setting.gazetteer.resolve(printed, near=setting.near)
        if hit is not None and (hit.municipality or Level.PROVINCE < hit.level < Level.TOWN):
            if hit.name + full == name or (full == name[end:] and printed != hit.name):
                return None  # X第五中学 is complete
            return Canonical(hit.name + full, f"of {hit.name}", 0.9, hit)
        if printed.endswith(("市", "县", "区", "镇")):
            return Canonical(printed + full, "written out", 0.8)
    return None


def village(name: str, setting: Setting) -> Canonical | None:
    m = VILLAGE_BODY.match(name)
    if not m or (m["tail"] and not m["tail"].endswith(("主任", "办", "会"))):
        return None
    village = m["what"].startswith("村")
    where = m["where"]
    if village and not where.endswith("村"):
        where += "村"
    return Canonical(f"{where}{'村民' if village else '居民'}委员会{m['tail']}", "written out", 0.8)


def bank(name: str) -> Canonical | None:
    match = organs().national_prefix(name)
    if match is None or not match.organ.full.endswith("银行") or not BANK_TAIL.match(match.tail):
        return None
    official = match.organ.full + match.tail
    return None if official == name else Canonical(official, f"{match.organ.full} written out", 0.85)


def clipped(name: str, setting: Setting) -> Canonical | None:
    """A clipped form of a longer name of the same article."""
    longer = [k for k in setting.known if len(k) > len(name)]
    if not longer:
        return None
    body, division = name, None
    found = split(name, setting, organs())
    if found.level and found.division is not None:
        body, division = found.body, found.division
    heads = _leading_divisions((body, *longer), setting)
    full = best_known(body, longer, places=heads)
    if full is None:
        return None
    return Canonical(full, f"clipped from {full}", 0.85, division)


def _leading_divisions(names: Sequence[str], setting: Setting) -> tuple[str, ...]:
    """Names of divisions above town level with which any of ``names`` begins, and those of the setting."""
    line = setting.gazetteer.line(setting.near) if setting.near else ()
    found = dict.fromkeys(part for d in line for part in (d.name, d.short) if part)
    for name in names:
        rest = name
        while rest:
            end = next((e for e in range(min(len(rest), 12), 1, -1) if setting.gazetteer.above_town(rest[:e])), 0)
            if not end:
                break
            found[rest[:end]] = None
            rest = rest[end:]
    return tuple(found)
