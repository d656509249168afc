"""The gazetteer: China's divisions with code, level and parent, found by their full and short names.

The data is ``lexicons/divisions.tsv.gz`` (see ``ATTRIBUTION.md``) mended by ``lexicons/divisions_extra.tsv``.
Names are ambiguous (鼓楼区 stands in four cities, 朝阳 is a city, two districts and many towns): ``resolve`` decides by
nearness to a known place and answers None where nothing decides.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from pathlib import Path

from kg.errors import KgError
from kg.resources import lexicon


class Level(IntEnum):
    """Tiers of administration, from the top; prefecture-level cities and autonomous prefectures are PREFECTURE."""

    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3
    TOWN = 4


class DivisionKind(StrEnum):
    DIVISION = "division"
    ZONE = "zone"  # functional: a development zone, a management area, a state farm
    FORMER = "former"  # renamed or dissolved since


@dataclass(frozen=True, slots=True)
class Division:
    """``code`` is the official six-digit one, empty for towns and former divisions; ``parent`` is a key."""

    code: str
    name: str
    level: Level
    kind: DivisionKind
    parent: str
    short: str

    @property
    def key(self) -> str:
        return self.code or f"{self.parent}/{self.name}"

    @property
    def municipality(self) -> bool:
        """A city that is a province: 北京, 天津, 上海, 重庆."""
        return self.level is Level.PROVINCE and self.name.endswith("市")

    @property
    def district(self) -> bool:
        """A part of a city: 市辖区."""
        return self.level is Level.COUNTY and self.kind is not DivisionKind.ZONE and self.name.endswith("区")


LEVELS = {level.name.lower(): level for level in Level}
TOWN_SUFFIXES = ("镇", "乡", "街道", "苏木")
ETHNIC_TOWN = re.compile(r"(?<=..)(?:[^乡镇]{1,5}族)+乡$")
# A short name and the suffix in everyday use: 恩施州, 芷江县, 莫力达瓦旗, 喀什地区.
AUTONOMOUS = (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("地区", "地区"), ("盟", "盟"))
ZONE_FORMS = (("高新技术产业开发区", "高新区"), ("高新技术产业园区", "高新区"), ("高新技术开发区", "高新区"),
              ("高技术产业开发区", "高新区"), ("经济技术开发区", "经开区"), ("经济开发区", "经开区"))
PAPER = re.compile(r"(?:日报|晚报|晨报|早报|时报|商报|都市报|周报|新报|农民报|工人报|报|发布|新闻网|在线|新闻|客户端"
                   r"|融媒体中心|融媒体|融媒|传媒集团|广播电视台|电视台|广电|广播电台)(?:社|集团|网|公众号)?$")
NEWS_SOURCE = re.compile(r"([一-鿿]{2,8}(?:日报|晚报|晨报|早报|时报|商报|融媒体中心|融媒体|融媒))"
                         r"(?=讯|全媒体|记者|[(（]?记者|[·]?融媒)")

Index = dict[str, int | tuple[int, ...]]


def _add(index: Index, name: str, row: int) -> None:
    old = index.get(name)
    if old is None:
        index[name] = row
    elif isinstance(old, int):
        if old != row:
            index[name] = (old, row)
    elif row not in old:
        index[name] = (*old, row)


class Gazetteer:
    """All divisions. Rows stay lines of text until asked for: the load is short and the memory small."""

    def __init__(self, rows: list[str], aliases: Sequence[tuple[str, str]], papers: dict[str, str]) -> None:
        self._rows = rows
        self._papers = papers
        self._codes: dict[str, int] = {}
        self._names: Index = {}
        self._short: Index = {}
        self._built: dict[int, Division] = {}
        self._children: dict[str, list[int]] = {}  # by the parent's code; filled when first asked for
        names, codes = self._names, self._codes
        above_town = []
        for i, row in enumerate(rows):
            if row[0] == "\t":
                end = row.index("\t", 1)
                name = row[1:end]
                if not row.startswith("\ttown", end):
                    above_town.append(i)
            else:
                name = row[7 : row.index("\t", 7)]
                codes[row[:6]] = i
                above_town.append(i)
            if name in names:
                _add(names, name, i)
            else:
                names[name] = i
        for i in above_town:
            for other in self._other_names(self._division(i)):
                _add(self._short, other, i)
        for alias, name in aliases:
            hits = self.by_name(name)
            if not hits:
                raise KgError(f"divisions_extra.tsv: alias {alias}: no division {name}", "give the official name")
            for hit in hits:
                _add(self._short, alias, codes[hit.code])

    @classmethod
    def load(cls, path: Path | None = None, extra: Path | None = None) -> Gazetteer:
        """Reads the packaged gazetteer, or the files given. Raises KgError for a row that does not fit."""
        source = path or lexicon("divisions.tsv.gz")
        try:
            text = gzip.decompress(source.read_bytes()).decode("utf-8")
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise KgError(f"{source.name}: cannot be read: {error}", "install the package again") from error
        rows = text.rstrip("\n").split("\n")[1:]
        aliases, papers = _mend(rows, extra or lexicon("divisions_extra.tsv"))
        return cls(rows, aliases, papers)

    def _other_names(self, division: Division) -> Iterator[str]:
        """Names beside the full one under which a division above town level is known."""
        if division.short:
            yield division.short
            for suffix, everyday in AUTONOMOUS:
                if division.name.endswith(suffix):
                    yield from {division.short + everyday, division.short + suffix} - {division.name}
        if division.kind is DivisionKind.ZONE:
            above = self.parent(division)
            city = above.short if above else ""
            for form, everyday in ZONE_FORMS:
                if division.name.endswith(form):
                    stem = division.name.removesuffix(form)
                    yield (stem or city) + everyday
                    if city and city in stem:  # 河北唐山海港经济开发区: 唐山海港经开区
                        yield city + stem.rpartition(city)[2].removeprefix("市") + everyday
                    break

    def _division(self, i: int) -> Division:
        built = self._built.get(i)
        if built is None:
            code, name, level, kind, parent, short = self._rows[i].split("\t")
            built = Division(code, name, LEVELS[level], DivisionKind(kind), parent, short)
            self._built[i] = built
        return built

    def _found(self, index: Index, name: str) -> tuple[Division, ...]:
        hit = index.get(name)
        if hit is None:
            return ()
        return (self._division(hit),) if isinstance(hit, int) else tuple(self._division(i) for i in hit)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Division]:
        return (self._division(i) for i in range(len(self._rows)))

    def by_code(self, code: str) -> Division | None:
        i = self._codes.get(code)
        return None if i is None else self._division(i)

    def by_name(self, name: str) -> tuple[Division, ...]:
        """Divisions whose full official name this is."""
        return self._found(self._names, name)

    def lookup(self, name: str) -> tuple[Division, ...]:
        """Divisions with this full or short name, higher levels first; short names of towns come last."""
        hits = dict.fromkeys(self._found(self._names, name) + self._found(self._short, name))
        if len(name) >= 2 and not name.endswith(TOWN_SUFFIXES):
            for suffix in TOWN_SUFFIXES:
                hits.update(dict.fromkeys(self._found(self._names, name + suffix)))
        return tuple(sorted(hits, key=lambda d: (d.level, d.kind is DivisionKind.FORMER, d.key)))

    def above_town(self, name: str) -> bool:
        """Whether a division above town level has this full or short name."""
        return name in self._short or any(d.level is not Level.TOWN for d in self.by_name(name))

    def parent(self, division: Division) -> Division | None:
        return self.by_code(division.parent) if division.parent else None

    def ancestors(self, division: Division) -> tuple[Division, ...]:
        """What contains it, nearest first, without itself."""
        out = []
        above = self.parent(division)
        while above is not None:
            out.append(above)
            above = self.parent(above)
        return tuple(out)

    def line(self, division: Division) -> tuple[Division, ...]:
        """The division itself and what contains it, nearest first."""
        return (division, *self.ancestors(division))

    def contains(self, outer: Division, inner: Division) -> bool:
        """Whether ``inner`` lies in ``outer`` or is the same."""
        return outer in self.line(inner)

    def at_level(self, division: Division, level: Level) -> Division | None:
        """The division of this level in the line upwards from ``division``."""
        return next((d for d in self.line(division) if d.level is level), None)

    def children(self, division: Division) -> tuple[Division, ...]:
        if not self._children:
            for i, row in enumerate(self._rows):
                self._children.setdefault(row.rsplit("\t", 2)[1], []).append(i)
        return tuple(self._division(i) for i in self._children.get(division.code, ())) if division.code else ()

    def nearness(self, division: Division, near: Division) -> int:
        """The level of the nearest common ancestor: 0 nothing in common, 1 same province, 2 same prefecture ..."""
        if division == near or division in self.ancestors(near):
            return 5  # it is the place itself or contains it
        common = set(self.line(near))
        return next((int(d.level) for d in self.line(division) if d in common), 0)

    def resolve(self, name: str, *, near: Division | None = None) -> Division | None:
        """The division meant by ``name`` on a page about ``near``; None where it is unknown or stays ambiguous."""
        full = self.by_name(name)
        hits = [d for d in self.lookup(name) if d.kind is not DivisionKind.FORMER] or list(self.lookup(name))
        if not hits:
            return None
        exact = [d for d in hits if d in full]
        short_towns = [d for d in hits if d.level is Level.TOWN and d not in full]
        above = [d for d in hits if d not in short_towns]
        if exact:
            return self._nearest(exact, near)
        if above:
            best = self._nearest(above, near)
            if best is None or near is None or best.level < Level.COUNTY or self.nearness(best, near) >= 1:
                return best
            # 龙泉 on a page of another province: the county far away, or the town next door?
            local = [d for d in short_towns if self.nearness(d, near) >= 2]
            return None if local else best
        local = [d for d in short_towns if near is not None and self.nearness(d, near) >= 2]
        return self._nearest(local, near)

    def _nearest(self, hits: Sequence[Division], near: Division | None) -> Division | None:
        if len(hits) <= 1:
            return hits[0] if hits else None

        def rank(d: Division) -> tuple[int, int]:
            return (self.nearness(d, near) if near else 0, -int(d.level))

        ordered = sorted(hits, key=rank, reverse=True)
        first, second = rank(ordered[0]), rank(ordered[1])
        if first == second:
            return None
        # without a common ancestor a county or town is no better than its namesakes elsewhere
        if first[0] == 0 and ordered[0].level >= Level.COUNTY:
            return None
        return ordered[0]

    def names(self, levels: Iterable[Level] = tuple(Level), *, short: bool = True) -> Iterator[str]:
        """Every name once, sorted: full names of the levels, and short ones except of towns (too many are words)."""
        tags = tuple(f"\t{level.name.lower()}\t" for level in levels)
        found = {row.split("\t", 2)[1] for row in self._rows if any(tag in row for tag in tags)}
        if short:
            for name, hit in self._short.items():
                hits = (hit,) if isinstance(hit, int) else hit
                if any(tag in self._rows[i] for i in hits for tag in tags):
                    found.add(name)
        return iter(sorted(name for name in found if len(name) > 1))  # 湘 alone is more often a part of a word

    def infer_place(self, newspaper: str = "", texts: Iterable[str] = ()) -> Division | None:
        """The division that a newspaper serves: by its name, else by the source that its texts name most often.

        锦州日报 serves 锦州市; 经济日报 tells nothing: None.
        """
        place = self._paper_place(newspaper) if newspaper else None
        if place is not None:
            return place
        votes: Counter[str] = Counter()
        found: dict[str, Division] = {}
        for text in texts:
            for m in NEWS_SOURCE.finditer(text):
                for start in range(len(m[1]) - 3):
                    place = self._paper_place(m[1][start:])
                    if place is not None:
                        votes[place.key] += 1
                        found[place.key] = place
                        break
        ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return found[ranked[0][0]]

    def _paper_place(self, newspaper: str) -> Division | None:
        name = re.sub(r"\s", "", newspaper)
        served = self._papers.get(name)
        if served:
            return self._nearest(self.by_name(served), None)
        m = PAPER.search(name)
        if not m or m.start() < 2:
            return None
        stem = name[: m.start()].removeprefix("今日")
        for cut in (stem, re.sub(r"(?:广播|经济|科技|法制|法治|教育|文化|青年|生活|新|市民)$", "", stem)):
            hits = [d for d in self.lookup(cut) if d.level < Level.TOWN and d.kind is not DivisionKind.FORMER]
            if hits:
                best = self._nearest(hits, None)
                return best if best or len({d.name for d in hits}) > 1 else None
        return None


def _mend(rows: list[str], extra: Path) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Applies the corrections to ``rows``; aliases and newspapers come back."""
    aliases: list[tuple[str, str]] = []
    papers: dict[str, str] = {}
    renames: dict[tuple[str, str], str] = {}
    shorts = {part for row in rows if row[0] != "\t" for part in row.split("\t")[1::4] if part}
    added: list[str] = []
    header = True
    for number, line in enumerate(extra.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if header:
            header = False
            continue
        fields = [field.strip() for field in line.split("\t")]
        action, name, level, kind, parent, value = (fields + [""] * 6)[:6]
        if action == "alias":
            aliases.append((name, value))
        elif action == "paper":
            papers[name] = value
        elif action == "rename":
            renames[parent, name] = value
        elif action == "add" and level in LEVELS and kind in list(DivisionKind):
            if kind == "former" and not value and len(name) > 2 and name[:-1] not in shorts:
                value = name.removesuffix("地区") if name.endswith("地区") else name[:-1]
            row = "\t".join(("", name, level, kind, parent, value))
            added.append(row)
        else:
            raise KgError(f"{extra.name}, line {number}: unknown action, level or kind", "see the file's head")
    for (parent, name), value in sorted(renames.items()):
        before = "\t".join(("", name, "town", "division", parent, ""))
        if before in rows:
            rows[rows.index(before)] = before.replace(name, value)
    missing = set(added).difference(rows)  # the dictionary may have some by now
    rows.extend(row for row in added if row in missing)
    return aliases, papers


@cache
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, loaded once."""
    return Gazetteer.load()
