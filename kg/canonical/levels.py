"""Which division a level means: 市委 is the city's, 区市场监管局 the district's the article is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.canonical.words import either
from kg.places import Division, DivisionKind, Gazetteer, Level

LEVEL = r"自治区|省|市|自治州|州|盟|地区|地(?=委)|区|县|旗|镇|乡|街道|苏木"
# 市场监管局 begins like an organ of the city and is none.
NOT_A_LEVEL = re.compile("^" + either("not_a_level"))


class Setting:
    """What an article is about and where its paper comes from; ``known`` are names of the same article."""

    def __init__(self, gazetteer: Gazetteer, place: Division | None, paper: Division | None,
                 known: Sequence[str] = ()) -> None:
        self.gazetteer = gazetteer
        self.place = place or paper
        self.paper = paper or place
        self.known = tuple(known)

    @property
    def near(self) -> Division | None:
        return self.place

    def _lines(self) -> list[Division]:
        """The article's place and what contains it, then the paper's."""
        found: dict[Division, None] = {}
        for start in (self.place, self.paper):
            if start is not None:
                found.update(dict.fromkeys(self.gazetteer.line(start)))
        return list(found)

    def at(self, level: str) -> Division | None:
        """The division that 市, 区, 县 ... means here; None where the setting has none."""
        lines = self._lines()
        if level in ("省", "自治区"):
            return next((d for d in lines if d.level is Level.PROVINCE
                         and d.name.endswith("自治区" if level == "自治区" else "省")), None)
        if level == "市":
            cities = [d for d in lines if d.name.endswith("市") and d.kind is not DivisionKind.ZONE]
            if self.paper in cities and (self.paper == self.place or self._names_organ_of(cities[0])
                                         or self._names_organ_of(self.paper)):
                return self.paper
            return cities[0] if cities else None
        if level in ("州", "自治州"):
            return next((d for d in lines if d.name.endswith("自治州")), None)
        if level == "区":
            return (next((d for d in lines if d.district), None)
                    or next((d for d in lines if d.kind is DivisionKind.ZONE), None))
        if level in ("盟", "地区", "地", "县", "旗"):
            level = "地区" if level == "地" else level
            return next((d for d in lines if d.name.endswith(level) and d.level < Level.TOWN), None)
        return self._town(level, lines)

    def _names_organ_of(self, city: Division | None) -> bool:
        """Whether the article writes an organ of this city with its name.

        A city's paper that writes X市委 for a county city means its own with 市委; an article that never does was
        written for the county city.
        """
        return city is not None and any(name.startswith(city.name) and len(name) > len(city.name)
                                        for name in self.known)

    def _town(self, level: str, lines: Sequence[Division]) -> Division | None:
        """镇 and 街道: the article's own, or the only one that the article names."""
        here = next((d for d in lines if d.level is Level.TOWN and d.name.endswith(level)), None)
        if here:
            return here
        named: dict[str, Division] = {}
        for name in self.known:
            if name.endswith(level) and 3 <= len(name) <= 8:
                hit = self.gazetteer.resolve(name, near=self.near)
                if hit is not None and hit.level is Level.TOWN:
                    named[hit.name] = hit
        return next(iter(named.values())) if len(named) == 1 else None

    def lowest(self, levels: frozenset[Level]) -> Division | None:
        """The nearest division of one of these levels: the article's own, what contains it, the paper's."""
        for division in self._lines():
            if division.level in levels or (division.municipality and Level.PREFECTURE in levels):
                return division
        return None
