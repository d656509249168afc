"""The canonical name of a mention: the official one where administration's common knowledge fixes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.canonical.abbreviation import best_known
from kg.canonical.fold import fold
from kg.canonical.institutions import bank, clipped, numbered, village
from kg.canonical.levels import NOT_A_LEVEL, Setting
from kg.canonical.organs import UNIT, Match, committee, levels_of, organs
from kg.canonical.places import mend, place_name, zone_name
from kg.canonical.police import branch
from kg.canonical.result import Canonical
from kg.canonical.split import Split, is_zone, split
from kg.model import Kind
from kg.places import Division, Gazetteer, Level, gazetteer

LOCAL = frozenset(Level)
LOWER_OFFICE = re.compile(r"^(?:这|该|本|此|各|有关|相关|某)")
NUMBERED_CONGRESS = re.compile(r"第[一二三四五六七八九十百零]+[届次]")


def canonical(
    surface: str,
    kind: Kind,
    *,
    place: Division | None = None,
    paper_place: Division | None = None,
    known: Sequence[str] = (),
    aliases: Mapping[str, str] | None = None,
    places: Gazetteer | None = None,
) -> Canonical:
    """The canonical name of ``surface``.

    ``place`` is the division the article is about (see ``article_place``), ``paper_place`` the one the paper serves;
    ``known`` are full names of the same article, ``aliases`` short forms that it introduces itself (以下简称).
    Where nothing is certain the folded surface comes back with an empty reason.
    """
    name = fold(surface)
    explained = (aliases or {}).get(surface) or (aliases or {}).get(name)
    if explained and fold(explained) != name:
        inner = canonical(explained, kind, place=place, paper_place=paper_place, known=known, places=places)
        return Canonical(inner.name, f"the article calls {inner.name} {name}", 0.98, inner.division)
    setting = Setting(places or gazetteer(), place, paper_place, tuple(fold(other) for other in known))
    if kind is Kind.PERSON or LOWER_OFFICE.match(name):
        changed = "spaces closed" if name != surface else ""
        return Canonical(name, changed, 0.9)
    if kind is Kind.PLACE:
        answer = place_name(name, setting)
        return answer if answer.reason else _level_only(name, setting) or answer
    if kind is Kind.AGENCY:
        return _agency(name, setting)
    if kind is Kind.ORGANIZATION:
        return _organization(name, setting)
    if kind is Kind.COMPANY:
        return _company(name, setting)
    return clipped(name, setting) or _as_printed(name)


def _as_printed(name: str) -> Canonical:
    return Canonical(name, "", 0.5)


def _agency(name: str, setting: Setting) -> Canonical:
    return (_national(name) or _numbered_congress(name, setting) or _branch(name, setting)
            or _local(name, setting, bare=True) or _zone_office(name, setting) or _as_printed(name))


def _organization(name: str, setting: Setting) -> Canonical:
    return (_national(name) or village(name, setting) or numbered(name, setting)
            or _local(name, setting, bare=False) or clipped(name, setting) or _named_with_place(name, setting)
            or _as_printed(name))


def _company(name: str, setting: Setting) -> Canonical:
    return (_national(name) or clipped(name, setting) or bank(name) or _level_only(name, setting)
            or _as_printed(name))


def _national(name: str) -> Canonical | None:
    organ = organs().national(name)
    if organ is not None:
        return Canonical(organ.full, "national" if organ.full != name else "", 0.97)
    match = organs().national_prefix(name)
    if match is None or "AGENCY" not in match.organ.types or not UNIT.match(match.tail) \
            or not match.organ.full.endswith(match.organ.shorts[0][-1]):
        return bank(name)
    return Canonical(match.organ.full + match.tail, f"of {match.organ.full}", 0.85)


def _numbered_congress(name: str, setting: Setting) -> Canonical | None:
    """A numbered congress is itself; its standing committee is the standing committee."""
    m = NUMBERED_CONGRESS.search(name)
    if not m:
        return None
    rest = name[m.end():]
    if m[0].endswith("届") and rest in ("人民代表大会常务委员会", "人大常委会", "委员会", "常务委员会", "政协"):
        official = _local(name.replace(m[0], "", 1), setting, bare=False)
        if official is not None:
            return Canonical(official.name, f"without {m[0]}", 0.85, official.division)
    return _as_printed(name)


def _branch(name: str, setting: Setting) -> Canonical | None:
    if organs().known(name) or organs().known(name[1:]):  # 森林公安分局 is no branch in a district called 森林
        return None
    found = branch(name, setting)
    if found is None or found.name == name:
        return None
    return Canonical(found.name, f"{name}: a branch in {found.division.name}", 0.9, found.division)


def _local(name: str, setting: Setting, *, bare: bool) -> Canonical | None:
    """An organ of a division: 市住建局, X县委组织部, 区政府; with ``bare`` also 人社局 alone."""
    stem = name.removeprefix("中共")
    found = split(stem, setting, organs())
    if not found.name:
        return _bare(stem, setting) if bare else None
    printed = _mended(found, setting)
    levels = levels_of(found.division) if found.division else LOCAL
    match = organs().match(found.body, levels)
    if match is None and is_zone(found.division):  # a zone may have the organs of a county or of a city
        match = (organs().match(found.body, frozenset((Level.COUNTY,)))
                 or organs().match(found.body, frozenset((Level.PREFECTURE,))))
    if match is None:
        return _other_body(name, found, setting)
    if not found.full and "ORG" in match.organ.types and found.body == match.organ.full.removeprefix("{d}"):
        return None  # X博物馆 is complete: such bodies are often called after the city without its 市
    return _official(name, found, printed, match, setting)


def _official(name: str, found: Split, printed: str, match: Match, setting: Setting) -> Canonical:
    official = match.organ.official(printed, found.short) + match.tail
    alternatives: tuple[str, ...] = ()
    if found.chain and "{d}" in match.organ.full:
        alternatives = (official,)
        official = match.organ.official(found.chain + printed, found.short) + match.tail
    elif found.division is not None and found.division.district and "{d}" in match.organ.full:
        city = setting.gazetteer.parent(found.division)
        if city is not None:
            alternatives = (match.organ.official(city.name + printed, found.short) + match.tail,)
    reason = "" if official == name else f"{found.level or printed}: organ of {printed}"
    confidence = 0.95 if not found.level else 0.9
    return Canonical(official, reason, confidence, found.division, alternatives)


def _mended(found: Split, setting: Setting) -> str:
    """The division's name, an OCR error in it put right, a zone written out."""
    if found.division is not None:
        return found.name
    right = mend(found.name, setting)
    if right is not None:
        return right.name
    return zone_name(found.name, setting)


def _other_body(name: str, found: Split, setting: Setting) -> Canonical | None:
    """A body that the table does not have: the division takes the place of a mere level or of its everyday name."""
    if found.division is None:
        return None
    if found.token:
        return _democratic_party(name, found)
    committee_of = found.body.startswith("委") and found.division.level < Level.TOWN
    party = "中共" if name.startswith("中共") or committee_of else ""
    if found.level:
        longer = _known_ending(found.body, setting, found.division)
        official = longer or committee(party + found.division.name + found.body)
        return Canonical(official, f"{found.level}: {found.division.name}", 0.8, found.division)
    official = committee(party + found.chain + found.division.name + found.body)
    if found.full and official != name:
        return Canonical(official, f"of {found.division.name}", 0.8, found.division)
    return None


def _democratic_party(name: str, found: Split) -> Canonical | None:
    """A branch of a party that is not its committee: 民革X市支部."""
    match = organs().match(found.token + "委会", LOCAL)
    if match is None or found.token in ("共青团", "团", "政协"):
        return None
    party = match.organ.full.partition("{d}")[0]
    official = party + found.chain + found.name + found.body.removeprefix(found.token)
    return Canonical(official, f"{found.token} written out", 0.85, found.division)


def _known_ending(body: str, setting: Setting, division: Division) -> str | None:
    """A name of the article that is ``body`` at this division, written out."""
    whole = division.name + body
    if whole in setting.known:
        return whole
    return best_known(body, [k for k in setting.known if len(k) > len(whole)], places=(division.name, division.short))


def _bare(name: str, setting: Setting) -> Canonical | None:
    """An organ without its place: the one that the article names in full, else the article's own."""
    named = _named_with_place(name, setting)
    if named is not None:
        return named
    if name[0] == "市" and NOT_A_LEVEL.match(name) and organs().match(name, LOCAL) is None:  # 市长信箱办理中心
        division = setting.at("市")
        if division is None or len(name) < 5:
            return None
        return Canonical(division.name + name, f"of {division.name}", 0.6, division)
    for division in dict.fromkeys((setting.place, setting.paper)):
        match = organs().match(name, levels_of(division)) if division is not None else None
        if match is not None and division is not None:
            return _placed(name, match, division)
    match = organs().match(name, LOCAL)
    lowest = setting.lowest(match.organ.levels) if match is not None else None
    return _placed(name, match, lowest) if match is not None and lowest is not None else None


def _named_with_place(name: str, setting: Setting) -> Canonical | None:
    """The only name of the article that is this one behind a level or a division: 市“护河”指挥部."""
    found: dict[str, Canonical] = {}
    for other in setting.known:
        if not other.endswith(name) or len(other) == len(name):
            continue
        front = split(other.removeprefix("中共"), setting, organs())
        if front.name and (front.body.endswith(name) or front.body == name):
            inner = _local(other, setting, bare=False)
            official = inner or Canonical(other, "", 0.8, front.division)
            found[official.name] = official
    if len(found) != 1:
        return None
    only = next(iter(found.values()))
    return Canonical(only.name, f"{only.name} is named in the article", 0.85, only.division)


def _placed(name: str, match: Match, division: Division) -> Canonical:
    official = match.organ.official(division.name, division.short) + match.tail
    return Canonical(official, f"{name} without a place: {division.name}", 0.7, division)


def _zone_office(name: str, setting: Setting) -> Canonical | None:
    """An office of a functional zone or a body whose end alone is clipped: X管委会."""
    if name.endswith("管委会") and len(name) > 3:
        stem = zone_name(name.removesuffix("管委会"), setting)
        return Canonical(f"{stem}管理委员会", "管委会 written out", 0.75)
    return None


def _level_only(name: str, setting: Setting) -> Canonical | None:
    found = split(name, setting, organs())
    if not found.level or found.division is None:
        return None
    return _other_body(name, found, setting)
