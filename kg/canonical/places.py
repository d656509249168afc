"""Canonical names of places: divisions in full, zones written out, misread divisions mended."""

from __future__ import annotations

import re

from kg.canonical.levels import Setting
from kg.canonical.result import Canonical
from kg.canonical.words import either, words
from kg.places import ZONE_FORMS, Division, DivisionKind, Level

OWN = re.compile(r"^(?:我|本|该)(自治区|省|市|州|盟|地区|区|县|旗|镇|乡|街道|苏木)$")
DIVISION_END = re.compile(r"(?:省|自治区|自治州|自治县|市|盟|地区|区|县|旗|镇|乡|街道|苏木)$")
# 高新区, 城区, 园区 ...: kinds of area, which no division one character away explains.
KIND_OF_AREA = re.compile(either("kind_of_area") + "区$")
WATERS, BUILDINGS, FEATURES = words("water"), words("building"), words("feature")
# A state high-tech zone is always called so; 经开区 may be 经济开发区 or 经济技术开发区.
HIGH_TECH = "高新技术产业开发区"


def place_name(name: str, setting: Setting) -> Canonical:
    own = OWN.match(name)
    if own:
        division = setting.at(own[1])
        if division is not None:
            return Canonical(division.name, f"{name} is the {own[1]} of the article", 0.8, division)
        return Canonical(name, "", 0.3)
    gazetteer = setting.gazetteer
    division = gazetteer.resolve(name, near=setting.near)
    if division is not None and division.kind is DivisionKind.ZONE and division.name != name:
        zone = zone_name(name, setting)
        return Canonical(zone if zone != name else division.name, f"short for {division.name}", 0.9, division)
    if division is not None and _trusted(name, division, setting):
        if division.name == name:
            return Canonical(name, "a division's official name", 1.0, division)
        return Canonical(division.name, f"short for {division.name}", 0.95 if division.level < Level.TOWN else 0.6,
                         division)
    if gazetteer.by_name(name):
        return Canonical(name, "a division's official name that several have", 0.8)
    chained = _chain(name, setting)
    if chained:
        return chained
    zone = zone_name(name, setting)
    if zone != name:
        return Canonical(zone, f"{name} written out", 0.75)
    mended = mend(name, setting)
    if mended is not None:
        return Canonical(mended.name, f"{name} does not exist, {mended.name} beside it does", 0.95, mended)
    return Canonical(name, "", 0.5)


def _trusted(name: str, division: Division, setting: Setting) -> bool:
    """西湖 is a lake before it is a district, and 鼓楼 a tower; short names of 街道 are not in use."""
    if name == division.name or division.level < Level.COUNTY:
        return True
    near = setting.gazetteer.nearness(division, setting.near) if setting.near else 0
    if division.level is Level.TOWN:
        return division.name.endswith(("镇", "乡")) and not name.endswith(FEATURES) and near >= 3
    if division.district and name.endswith(BUILDINGS):
        return False
    return near >= 2 if division.district and name.endswith(WATERS) else True


def _chain(name: str, setting: Setting) -> Canonical | None:
    """湖南省X市: the last division is meant."""
    gazetteer = setting.gazetteer
    for end in range(len(name) - 2, 2, -1):
        outer = gazetteer.resolve(name[:end], near=setting.near) if gazetteer.by_name(name[:end]) else None
        if outer is None:
            continue
        inner = gazetteer.resolve(name[end:], near=outer)
        if inner is not None and gazetteer.contains(outer, inner) and inner.name == name[end:]:
            return Canonical(inner.name, f"the last division of {name}", 0.9, inner)
    return None


def zone_name(name: str, setting: Setting) -> str:
    """合肥高新区 -> 合肥高新技术产业开发区; a zone without its city gets the article's; others as printed."""
    for form, everyday in ZONE_FORMS:
        if not name.endswith((form, everyday)):
            continue
        stem = name.removesuffix(form).removesuffix(everyday)
        full = [d.name for d in setting.gazetteer.lookup(name) if d.kind is DivisionKind.ZONE]
        if len(full) == 1 and stem and stem in full[0]:
            return full[0][full[0].index(stem):]  # without the province that the code list puts in front
        named = [other for other in setting.known
                 if len(other) > len(name) and other.endswith(tuple(f for f, e in ZONE_FORMS if e == everyday))
                 and (stem in other)]
        if len(set(named)) == 1:
            return named[0]
        city = _city(setting)
        if stem in ("", "国家", "省级", "国家级", "市", "县", "区") and city is not None:
            stem = city.short or city.name
        elif not stem:
            return name
        if name.endswith(form):
            return stem + form
        owner = setting.gazetteer.resolve(stem, near=setting.near)
        # zones of cities are 经济技术开发区, those of counties mostly 经济开发区, but not always
        of_city = owner is not None and owner.level is Level.PREFECTURE
        return stem + (HIGH_TECH if everyday == "高新区" else "经济技术开发区" if of_city else everyday)
    return name


def _city(setting: Setting) -> Division | None:
    """The city or county whose zone 高新区 is: the article's own, for a district its city."""
    place = setting.place
    if place is None or place.level is Level.PROVINCE:
        return None
    if place.district or place.kind is DivisionKind.ZONE:
        return setting.gazetteer.parent(place)
    return setting.gazetteer.at_level(place, Level.COUNTY) or place


def mend(name: str, setting: Setting) -> Division | None:
    """A division that exists one character away from one that does not: 否花岭区 -> 杏花岭区, in the same parent only.

    The name must be a full one of three to five characters that no division in the country has.
    """
    gazetteer = setting.gazetteer
    if not 3 <= len(name) <= 6 or not DIVISION_END.search(name) or KIND_OF_AREA.search(name):
        return None
    if gazetteer.lookup(name) or setting.near is None:
        return None
    town = name.endswith(("镇", "乡", "街道"))
    if town and len(name.removesuffix("街道").removesuffix("镇").removesuffix("乡")) < 3:
        return None  # too many towns: two characters prove nothing
    hits = []
    for parent in gazetteer.line(setting.near):
        if parent.level is Level.PROVINCE and not parent.municipality:
            continue
        for child in _below(parent, town, setting):
            if len(child.name) == len(name) and sum(a != b for a, b in zip(child.name, name, strict=True)) == 1 \
                    and child.name[-1] == name[-1] and child.kind is DivisionKind.DIVISION:
                hits.append(child)
        if hits:
            break
    return hits[0] if len(set(hits)) == 1 else None


def _below(parent: Division, town: bool, setting: Setting) -> list[Division]:
    children = list(setting.gazetteer.children(parent))
    if not town:
        return [d for d in children if d.level is not Level.TOWN]
    if parent.level is Level.COUNTY:
        return children
    return [t for c in children if c.level is Level.COUNTY for t in setting.gazetteer.children(c)]
