"""Derives ``kg/lexicons/divisions.tsv.gz`` from the location dictionary of jionlp (Apache-2.0).

    pip download --no-deps jionlp==1.5.31
    python scripts/derive_divisions.py jionlp-1.5.31-py2.py3-none-any.whl kg/lexicons/divisions.tsv.gz

Columns: code (official, six digits; empty for towns and former divisions), name, level (province, prefecture,
county, town), kind (division, zone, former), parent (code of the division above), short (the usual short name,
empty where the full name alone is in use or where the short one follows from the suffix of a town).
Villages and communities are left out, and so are the pseudo divisions 省直辖行政区划 and 市直辖行政区划: what
stands below them hangs on the province or city itself. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

DICTIONARY = "jionlp/dictionary/china_location.zip"
CHANGES = "jionlp/dictionary/china_location_change.txt"
LEVELS = ("province", "prefecture", "county", "town")
HEADER = "code\tname\tlevel\tkind\tparent\tshort\n"

# At town level the dictionary also lists prisons, plants, offices and the like: no places that people name.
TOWN = re.compile(r"(?:镇|乡|街道|苏木)$")
TOWN_ZONE = re.compile(r"(?:园区|开发区|管理区|新区|林区|景区|示范区|保税区|旅游区|度假区|实验区|产业园|工业园"
                       r"|农场|林场|牧场|茶场|渔场|社区服务中心|地区办事处|管理处|团|新城|科技城|生态城|矿区)$")
GENERIC_TOWN = re.compile(r"(?:省|市|县|区|镇|乡|国营|国有)?"
                          r"(?:经济技术|经济|高新技术|高新技术产业|高新|工业|产业|农业|开发|科技|集中|集聚|循环|综合"
                          r"|生态|化工|旅游|风景|城市|现代|示范|试验|管理)*"
                          r"(?:开发区|园区|工业园|产业园|新区|林场|农场|牧场|茶场|渔场|景区|管理区|矿区|新城"
                          r"|度假区|示范区|农林场)")
COUNTY_ZONE = re.compile(r"(?:开发区|园区|新区|管理区|示范区|实验区|保税区|新城|食品区|产业园|风景名胜区|旅游区"
                         r"|委员会|管委会|产业基地|集聚区|聚集区)$")
# Districts in the full sense though their names end like those of functional zones (绿园区, 下花园区, 清新区).
REAL_DISTRICT = re.compile(r"浦东新区|滨海新区|沈北新区|.{1,2}园区|.新区")
# Codes of counties that became cities or districts after the dictionary's list: the old one to the new one.
RECODED = {"630122": "630106", "340225": "340281", "540530": "540581", "540422": "540481"}
PSEUDO = re.compile(r"^[省市]直辖行政区划$")


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str
    level: str
    kind: str
    parent: str
    short: str

    def line(self) -> str:
        return "\t".join((self.code, self.name, self.level, self.kind, self.parent, self.short)) + "\n"


def _kind(code: str, name: str) -> str:
    """Functional zones have 71 to 79 as the last pair of their code; a few stand among the counties."""
    if "71" <= code[4:] <= "79":
        return "zone"
    return "zone" if COUNTY_ZONE.search(name) and not REAL_DISTRICT.fullmatch(name) else "division"


def rows(dictionary: str) -> list[Row]:
    """All divisions of the dictionary, parents before children, in the order of their codes."""
    out: list[Row] = []
    above = ["", "", "", ""]  # codes of the open province, prefecture, county
    seen: set[tuple[str, str]] = set()
    for raw in dictionary.splitlines():
        depth = len(raw) - len(raw.lstrip("\t"))
        if depth > 3:
            continue
        fields = raw.strip().split("\t")
        name, level = fields[0], LEVELS[depth]
        if depth == 3:
            zone = not TOWN.search(name)
            if name.endswith(("特殊街道", "特殊乡镇", "特殊乡", "特殊镇")):
                continue
            if zone and (not TOWN_ZONE.search(name) or GENERIC_TOWN.fullmatch(name) or len(name) < 4):
                continue
            if not above[2] or (above[2], name) in seen:
                continue
            seen.add((above[2], name))
            out.append(Row("", name, level, "zone" if zone else "division", above[2], ""))
            continue
        if len(fields) != 3:  # districts of Taiwan's cities have no code
            above[2] = ""
            continue
        code, short = fields[1], fields[2].split("/")[-1]
        parent = above[depth - 1] if depth else ""
        if PSEUDO.match(name) or code == parent:  # 上海市 and 香港 stand twice
            above[depth] = parent  # the children belong to the division above
            continue
        kind = _kind(code, name) if level == "county" else "division"
        if kind == "zone" or short == name or re.search(r"(?:开发|高新|经开|示范|管理|园)区?$|^新区$|产业园$", short):
            short = ""
        above[depth] = code
        out.append(Row(code, name, level, kind, parent, short))
    order = {row.code: row.code for row in out if row.code}
    out.sort(key=lambda r: (r.code or order[r.parent] + "~", r.name))
    return out


def brought_up_to_date(changes: str, rows: list[Row]) -> list[Row]:
    """Applies changes that the dictionary lists but has not made: renames, and mergers into another county."""
    prefectures = {row.name: row.code for row in rows if row.level == "prefecture"}
    counties = {(row.parent, row.name): row for row in rows if row.level == "county"}
    new: dict[str, Row] = {}  # by the old code
    for raw in changes.splitlines():
        before, _, after = raw.partition("=>")
        old, now = before.split("\t"), after.split("\t")
        if len(old) != 8 or len(now) != 3 or old[6] == now[2]:
            continue
        parent = prefectures.get(now[1], "")
        row = counties.get((parent, old[6]))
        if row is None:
            continue
        there = counties.get((parent, now[2]))
        code = RECODED.get(row.code, row.code)
        new[row.code] = there or Row(code, now[2], row.level, row.kind, parent, old[7])
    out: list[Row] = []
    for row in rows:
        if row.code in new:
            target = new[row.code]
            if target in rows:
                continue
            row = target
        elif row.parent in new:
            row = Row(row.code, row.name, row.level, row.kind, new[row.parent].code, row.short)
        out.append(row)
    return sorted(set(out), key=lambda r: (r.code or r.parent + "~", r.name))


def former(changes: str, current: list[Row]) -> list[Row]:
    """Divisions above town level that were renamed or dissolved, under the parent that has the successor."""
    by_name = {row.name: row for row in current if row.level in ("province", "prefecture") and row.code}
    taken = {row.short for row in current if row.short} | {row.name for row in current}
    names = {(row.parent, row.name) for row in current}
    out: dict[tuple[str, str], Row] = {}
    for raw in changes.splitlines():
        before, _, _ = raw.partition("=>")
        fields = [f for f in before.split("\t")[2:] if f]
        pairs = list(zip(fields[0::2], fields[1::2], strict=False))
        if len(pairs) < 2:
            continue
        name, short = pairs[-1]
        parent = by_name.get(pairs[-2][0])
        level = LEVELS[len(pairs) - 1]
        if len(pairs) == 3 and parent is None:  # the prefecture itself is gone: its new one has the same counties
            continue
        if parent is None or (parent.code, name) in names:
            continue
        short = "" if short == name or short in taken else short
        out[(parent.code, name)] = Row("", name, level, "former", parent.code, short)
    return [out[key] for key in sorted(out)]


def main(argv: list[str]) -> int:
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with zipfile.ZipFile(argv[0]) as wheel:
        changes = wheel.read(CHANGES).decode("utf-8")
        with wheel.open(DICTIONARY) as inner, zipfile.ZipFile(inner) as dictionary:
            current = rows(dictionary.read("china_location.txt").decode("utf-8"))
    current = brought_up_to_date(changes, current)
    everything = current + former(changes, current)
    text = HEADER + "".join(row.line() for row in everything)
    # mtime 0 and no file name: the same input gives the same bytes
    Path(argv[1]).write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{len(everything)} divisions", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
