"""Police and other organs whose branch in a district belongs to the city: X公安分局 is a part of its 公安局."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.canonical.levels import Setting
from kg.canonical.words import either
from kg.places import Division, Level

BUREAUS = "公安|警方|生态环境|自然资源|自然资源和规划|市场监管|市场监督管理|住房公积金"
PLAIN = re.compile(rf"^(?P<where>.{{1,12}}?)(?P<what>{BUREAUS})(?P<form>局|分局|局分局|$)(?P<tail>.*)$")
OF_CITY = re.compile(rf"^(?P<city>.{{1,9}}?)(?P<what>{BUREAUS})局(?P<where>[一-鿿]{{2,9}}?)分局(?P<tail>.*)$")
TRAFFIC = re.compile(r"^(?P<where>.{1,12}?)(?:公安分局|公安局|公安)?(?:交警|交通警察)"
                     r"(?P<form>大队|支队|$)(?P<tail>.*)$")
POLICE = ("公安", "警方")
UNIT_TAIL = re.compile(rf"^(?:|.{{1,14}}{either('branch_end')})$")


@dataclass(frozen=True, slots=True)
class Branch:
    name: str
    division: Division


def branch(name: str, setting: Setting) -> Branch | None:
    """The official name of a branch or of a bureau named by its place alone; None where that is not its form."""
    of_city = OF_CITY.match(name)
    if of_city and UNIT_TAIL.match(of_city["tail"]):
        city = setting.at(of_city["city"]) if of_city["city"] in ("市", "州") else _resolve(of_city["city"], setting)
        if city is None:
            return None
        district = _resolve(of_city["where"], setting)
        where = _branch_name(district) if district and district.level is Level.COUNTY else of_city["where"]
        return Branch(f"{city.name}{of_city['what']}局{where}分局{of_city['tail']}", district or city)
    traffic = TRAFFIC.match(name)
    if traffic and UNIT_TAIL.match(traffic["tail"]):
        found = _traffic(traffic, setting)
        if found:
            return found
    m = PLAIN.match(name)
    if not m or not UNIT_TAIL.match(m["tail"]) or (not m["form"] and (m["what"] not in POLICE or m["tail"])):
        return None
    return _plain(m, setting)


def _plain(m: re.Match[str], setting: Setting) -> Branch | None:
    level = m["where"] in ("区", "县", "市", "旗")
    where = setting.at(m["where"]) if level else _resolve(m["where"], setting)
    if where is None:
        return _in_city(m, setting)
    city = setting.gazetteer.parent(where)
    sub = m["form"] in ("分局", "局分局") or (not m["form"] and where.district)
    if sub and city is not None and where.level is Level.COUNTY and (city.name.endswith(("市", "州", "盟"))):
        what = {"市场监管": "市场监督管理", "警方": "公安"}.get(m["what"], m["what"])
        return Branch(f"{city.name}{what}局{_branch_name(where)}分局{m['tail']}", where)
    if not m["form"] and not sub:
        head = "公安厅" if where.level is Level.PROVINCE and not where.municipality else "公安局"
        return Branch(where.name + head, where)
    return None


def _in_city(m: re.Match[str], setting: Setting) -> Branch | None:
    """A branch called after a town or a zone: 高新公安分局."""
    city = setting.at("市")
    if m["form"] not in ("分局", "局分局") or m["what"] not in POLICE or city is None or not 2 <= len(m["where"]) <= 4:
        return None
    return Branch(f"{city.name}公安局{m['where']}分局{m['tail']}", city)


def _traffic(m: re.Match[str], setting: Setting) -> Branch | None:
    if m["where"] in ("省", "市", "州", "盟"):
        return None
    where = setting.at(m["where"]) if m["where"] in ("区", "县", "旗") else _resolve(m["where"], setting)
    if where is None or where.level is Level.TOWN:
        return None
    city = setting.gazetteer.parent(where)
    if where.district and m["form"] != "支队" and city is not None and city.level is Level.PREFECTURE:
        return Branch(f"{city.name}公安局交通警察支队{_branch_name(where)}大队{m['tail']}", where)
    if where.level is Level.COUNTY and m["form"] != "支队" and not where.district:
        return Branch(f"{where.name}公安局交通警察大队{m['tail']}", where)
    if where.level is Level.PREFECTURE and m["form"] != "大队":
        return Branch(f"{where.name}公安局交通警察支队{m['tail']}", where)
    return None


def _branch_name(division: Division) -> str:
    """古塔 of 古塔区; where the short name is not in use (城区) the full one."""
    return division.short or division.name


def _resolve(name: str, setting: Setting) -> Division | None:
    hit = setting.gazetteer.resolve(name, near=setting.near)
    return hit if hit is not None and hit.level < Level.TOWN else None
