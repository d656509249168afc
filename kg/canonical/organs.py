"""Standard organs: from the clipped name in a newspaper to the official one.

``lexicons/organs.tsv`` holds a row for each organ; ``match`` finds the one a name begins with, ``Organ.official``
puts the division in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.canonical.words import either
from kg.errors import KgError
from kg.places import Division, Level
from kg.resources import lexicon

COLUMNS = ["short", "full", "levels", "kind", "type", "example"]
LEVEL_NAMES = {"nation": None, "province": Level.PROVINCE, "prefecture": Level.PREFECTURE,
               "county": Level.COUNTY, "town": Level.TOWN}
# What may stand behind an organ's name as one of its units: 住建局 + 住房保障科.
UNIT = re.compile(rf"^[一-鿿\d“”、()]{{0,12}}?{either('unit_end')}$")


@dataclass(frozen=True, slots=True)
class Organ:
    """A row of organs.tsv; ``shorts`` are the names in use, ``levels`` are empty for national organs."""

    shorts: tuple[str, ...]
    full: str
    levels: frozenset[Level]
    kind: str
    types: tuple[str, ...]
    example: str = ""

    @property
    def national(self) -> bool:
        return not self.levels

    def official(self, division: str, short: str) -> str:
        """The official name at a division with this official name and this short one."""
        return committee(self.full.replace("{s}", short or division).replace("{d}", division))


def committee(name: str) -> str:
    """中共X镇委 has no such name: committees of regions, towns and zones are written out."""
    name = re.sub(r"^(中共.+(?:自治区|地区|镇|乡|苏木))委(?!员会)", r"\1委员会", name)
    return re.sub(r"^(中共.+(?:街道|开发区|高新区|经开区|新区|示范区|园区))委(?!员会)", r"\1工作委员会", name)


@dataclass(frozen=True, slots=True)
class Match:
    organ: Organ
    tail: str  # the unit behind the organ, or ""


class Organs:
    """The table, by the names in use."""

    def __init__(self, rows: tuple[Organ, ...]) -> None:
        self.rows = rows
        self._local: dict[str, list[Organ]] = {}
        self._national: dict[str, Organ] = {}
        for organ in rows:
            for short in organ.shorts:
                if organ.national:
                    self._national.setdefault(short, organ)
                else:
                    self._local.setdefault(short, []).append(organ)
        self._longest = max(map(len, (*self._local, *self._national)), default=0)

    @classmethod
    def load(cls, path: Path | None = None) -> Organs:
        """Raises KgError with the line for a row that does not fit."""
        source = path or lexicon("organs.tsv")
        rows: list[Organ] = []
        header: list[str] = []
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = line.split("\t")
            if not header:
                header = fields
                if header != COLUMNS:
                    raise KgError(f"{source.name}, line {number}: columns {header}", f"expected {COLUMNS}")
                continue
            names = fields[2].split(",") if len(fields) == len(COLUMNS) else []
            if not names or any(name not in LEVEL_NAMES for name in names):
                raise KgError(f"{source.name}, line {number}: not an organ: {line[:40]}", "see the file's head")
            levels = frozenset(level for name in names if (level := LEVEL_NAMES[name]) is not None)
            rows.append(Organ(tuple(fields[0].split("/")), fields[1], levels, fields[3],
                              tuple(fields[4].split("/")), fields[5]))
        return cls(tuple(rows))

    def national(self, name: str) -> Organ | None:
        return self._national.get(name)

    def national_prefix(self, name: str) -> Match | None:
        """A national organ and what follows it: 农行 + 宿迁分行."""
        for end in range(min(len(name) - 1, self._longest), 1, -1):
            organ = self._national.get(name[:end])
            if organ:
                return Match(organ, name[end:])
        return None

    def known(self, name: str) -> bool:
        return name in self._local

    def match(self, body: str, levels: frozenset[Level]) -> Match | None:
        """The organ of these levels that ``body`` begins with, the longest first; the rest must be a unit."""
        for end in range(min(len(body), self._longest), 0, -1):
            for organ in self._local.get(body[:end], ()):
                if organ.levels & levels:
                    tail = body[end:]
                    if not tail or (end > 1 and tail[0] not in "学员" and UNIT.match(tail)):
                        return Match(organ, tail)
        return None


def levels_of(division: Division) -> frozenset[Level]:
    """Levels whose organs the division has: a municipality has those of provinces and of cities."""
    if division.municipality:
        return frozenset((Level.PROVINCE, Level.PREFECTURE))
    return frozenset((division.level,))


@cache
def organs() -> Organs:
    """The packaged table, loaded once."""
    return Organs.load()
