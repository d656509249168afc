"""Evidence from lexicons: divisions of the gazetteer and the standard organs of every level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hanlp_trie import TrieDict

from kg.model import Kind
from kg.places import Level, gazetteer
from kg.recognise.decode import KINDS, Evidence
from kg.resources import lexicon
from kg.tables import rows

ORGAN, NATIONAL = 2.0, 5.0
SUFFIX, DECISIVE = 1.5, 0.7
COUNTRY = 0.5
COMMON, UNCOMMON = -2.5, -1.2  # an everyday word is seldom a person: 严格, 成果
NAMED_AFTER = (Kind.PLACE, Kind.AGENCY, Kind.COMPANY, Kind.ORGANIZATION, Kind.PROJECT)  # often begin with a place
NOT_COMMITTEE = re.compile("[员托派培任屈]")  # 委员, 委托 … : 市委 is no organ before them
LEVEL_BEFORE = re.compile(r"(?:[省市区县州旗盟镇乡]|自治[区州县]|街道|国家|全国|中央)$")
FULL = {Level.PROVINCE: 1.0, Level.PREFECTURE: 1.0, Level.COUNTY: 0.9, Level.TOWN: 0.75}
SHORT = {Level.PROVINCE: 0.5, Level.PREFECTURE: 0.4, Level.COUNTY: 0.2}


def lexicon_evidence(text: str) -> Iterator[Evidence]:
    places = list(_divisions().parse_longest(text))
    ends = {end: begin for begin, end, weight in places if weight >= SHORT[Level.PREFECTURE]}
    for begin, end, weight in places:
        yield Evidence(begin, end, (Kind.PLACE,), weight, "division")
        yield Evidence(begin, begin + 1, NAMED_AFTER, weight, "division", open_end=True)
    for begin, end, organ in _organs().parse_longest(text):
        start = begin
        if begin in ends:
            while start in ends:  # 甲市乙区财政局: all divisions before it belong to the name
                start = ends[start]
        else:
            level = LEVEL_BEFORE.search(text, max(0, begin - 3), begin)
            if level:
                start = level.start()
        if organ.alone or (start < begin and not (end - begin == 1 and NOT_COMMITTEE.match(text, end))):
            yield Evidence(start, end, (organ.kind,), NATIONAL if organ.alone else ORGAN, "organ", open_end=True)
    for begin, end, (kinds, weight) in _suffixes().parse_longest(text):
        yield Evidence(begin, end, kinds, weight, "suffix", tail=True)
    for begin, end, weight in _common_words().parse_longest(text):
        yield Evidence(begin, end, (Kind.PERSON,), weight, "common word")


@cache
def _divisions() -> TrieDict:
    places = gazetteer()
    weights: dict[str, float] = {}
    for level in Level:
        for name in places.names([level]):
            full = name[-1] in "省市区县州旗盟镇乡" or name.endswith(("街道", "苏木", "地区"))
            weight = FULL[level] if full and len(name) >= 3 else SHORT.get(level, 0.0)
            if weight:
                weights[name] = max(weight, weights.get(name, 0.0))
    for _, row in rows(lexicon("countries.tsv")):
        weights[row["name"]] = COUNTRY
    return TrieDict(dict(sorted(weights.items())))


@cache
def _suffixes() -> TrieDict:
    suffixes = {}
    for _, row in rows(lexicon("org_suffixes.tsv")):
        if len(row["suffix"]) >= 2 and float(row["weight"]) >= DECISIVE:
            kinds = tuple(KINDS[code] for code in row["types"].split("/"))
            suffixes[row["suffix"]] = (kinds, SUFFIX * float(row["weight"]))
    return TrieDict(dict(sorted(suffixes.items())))


@cache
def _common_words() -> TrieDict:
    words = {
        row["word"]: COMMON if int(row["frequency"]) >= 500 else UNCOMMON
        for _, row in rows(lexicon("common_words.tsv"))
    }
    return TrieDict(dict(sorted(words.items())))


@dataclass(frozen=True, slots=True)
class Organ:
    kind: Kind
    alone: bool  # a name by itself, without a place or level before it


@cache
def _organs() -> TrieDict:
    names: dict[str, Organ] = {}
    for _, row in rows(lexicon("organs.tsv")):
        kind = Kind.ORGANIZATION if row["type"].startswith("ORG") else Kind.AGENCY
        national = "nation" in row["levels"].split(",")
        for name in (*row["short"].split("/"), row["full"].replace("{d}", "").replace("{s}", "")):
            alone = national and len(name) >= 3
            if name and (name not in names or alone):
                names[name] = Organ(kind, alone)
    return TrieDict(dict(sorted(names.items())))
