"""Other names in the sentences of an article: the same name always becomes the same other name."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from training.annotation import Article, Line, Span
from training.names import Division, Names

# Names that stay as they are: everybody's, and those whose brand no rule can find.
_FIXED = (
    "银行",
    "国网",
    "南网",
    "供电",
    "中国",
    "移动",
    "联通",
    "电信",
    "石油",
    "石化",
    "邮政",
    "烟草",
    "证券",
    "保险",
)
_FIRM = (
    "公司",
    "集团",
    "厂",
    "企业",
    "实业",
    "科技",
    "置业",
    "地产",
    "股份",
    "矿业",
    "建工",
    "药业",
    "食品",
)


class Swap:
    """Replacements of one article: the same name always becomes the same other name."""

    def __init__(self, names: Names, article: Article, rng: random.Random, share: float) -> None:
        self.names, self.rng, self.share = names, rng, share
        self.made: dict[tuple[str, str], str] = {}
        self.divisions: dict[Division, Division] = {}
        groups: dict[str, list[str]] = defaultdict(list)
        for line in article.lines:
            for span in line.spans:
                if "COMPANY" in span.types[:1] and not span.nominal:
                    groups[span.canonical].append(line.text[span.start : span.end])
        self.firms = groups
        self.brands: dict[str, str] = {}
        for name, surfaces in groups.items():
            brand = _brand([name, *surfaces], names)
            if brand:
                self.brands[name] = brand

    def _once(self, kind: str, name: str, make: Callable[[], str]) -> str:
        if (kind, name) not in self.made:
            self.made[kind, name] = make() if self.rng.random() < self.share else name
        return self.made[kind, name]

    def _division(self, division: Division) -> Division:
        if division not in self.divisions:
            same = [
                other
                for other in self.rng.sample(
                    self.names.by_level[division.level], 8 if division.level != "province" else 4
                )
                if bool(other.short) == bool(division.short)
            ]
            swap = same and self.rng.random() < self.share
            self.divisions[division] = same[0] if swap else division
        return self.divisions[division]

    def name(self, surface: str, span: Span) -> str:
        """What stands for a name."""
        kind = span.types[0]
        if kind == "PER":
            if not 2 <= len(surface) <= 4 or " " in surface or "·" in surface:
                return surface
            return self._once("PER", surface, lambda: self.names.person(self.rng))
        if len(surface) > 2 and (new := self._invented(kind, surface, span)):
            return new
        head, rest = "", surface
        while (found := self.names.division_in(rest)) is not None:
            division, full = found
            named = division.name if full else division.short
            other = self._division(division)
            head += other.name if full else other.short
            rest = rest[len(named) :]
            if not full:
                break
        if kind == "COMPANY" and (brand := self.brands.get(span.canonical)) and brand in rest:
            rest = rest.replace(brand, self._once("brand", brand, lambda: self.names.brand(self.rng)))
        elif kind == "PLACE" and 3 <= len(rest) <= 6 and not head:
            for suffix in self.names.parts["place"]:
                stem = rest[: -len(suffix)]
                if rest.endswith(suffix) and 2 <= len(stem) <= 3:
                    return self._once("stem", stem, lambda: self.names.stem(self.rng)) + suffix
        return (head + rest) or surface

    def _invented(self, kind: str, surface: str, span: Span) -> str:
        """A wholly new name in a share of the cases, else nothing."""
        names, rng = self.names, self.rng
        key = ("new", f"{kind} {span.canonical if kind == 'COMPANY' else surface}")
        if key not in self.made:
            new = ""
            if rng.random() < 0.3 * self.share:
                if kind == "COMPANY":
                    new = "/".join(names.company(rng))
                elif kind == "ORG" and not surface.endswith(("支部", "总支", "日报", "委员会")):
                    new = names.organisation(rng)
                elif kind == "PROJECT":
                    new = names.project(rng)
                elif kind == "AGENCY" and len(surface) < 9:
                    new = names.agency(rng)
                elif kind == "PLACE" and len(span.types) == 1 and names.division_in(surface) is None:
                    new = names.spot(rng)
            self.made[key] = new
        new = self.made[key]
        if kind != "COMPANY" or not new:
            return new
        full, short = new.split("/")
        longest = max(map(len, self.firms.get(span.canonical, [surface])))
        return full if len(surface) == longest and longest > 5 else short

    def line(self, line: Line) -> Line:
        text, spans, at, length = [], [], 0, 0
        for span in line.spans:
            before = line.text[at : span.start]
            surface = line.text[span.start : span.end]
            other = surface if not span.types or span.nominal else self.name(surface, span)
            length += len(before)
            spans.append(replace(span, start=length, end=length + len(other)))
            text += [before, other]
            length += len(other)
            at = span.end
        text.append(line.text[at:])
        return Line("".join(text), tuple(spans))


def _brand(surfaces: list[str], names: Names) -> str:
    """The part of a firm's name that is its own: what long and short forms share, or what follows the place."""
    if any(fixed in surface for surface in surfaces for fixed in _FIXED):
        return ""
    bare = []
    for surface in dict.fromkeys(surfaces):
        while (found := names.division_in(surface)) is not None and len(surface) > len(found[0].name) + 1:
            surface = surface[len(found[0].name if found[1] else found[0].short) :]
        bare.append(surface.lstrip("省市县区"))
    longest = max(bare, key=len)
    if not any(word in longest for word in _FIRM) or len(longest) < 4:
        return ""
    brand = longest[:2]
    return brand if all("\u4e00" <= c <= "\u9fff" for c in brand) else ""
