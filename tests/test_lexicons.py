"""The tables of administrative knowledge: complete rows, no doubles, examples that hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.canonical import canonical
from kg.canonical.organs import Organ, Organs, organs
from kg.canonical.words import words
from kg.errors import KgError
from kg.model import Kind
from kg.places import Level, gazetteer
from kg.resources import lexicon

TYPES = {"AGENCY", "COMPANY", "ORG", "PROJECT", "PLACE"}
KINDS = {"AGENCY": Kind.AGENCY, "ORG": Kind.ORGANIZATION, "COMPANY": Kind.COMPANY}


def _rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in lexicon(name).read_text(encoding="utf-8").splitlines()
             if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    rows = [line.split("\t") for line in lines[1:]]
    wrong = [row for row in rows if len(row) != len(header)]
    assert wrong == []
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_titles() -> None:
    rows = _rows("titles.tsv")
    assert len(rows) > 900
    titles = {row["title"]: row for row in rows}
    assert len(titles) == len(rows)
    assert titles["副市长"]["organ_implied"] == "市政府" and titles["副市长"]["rank"] == "副厅"
    assert titles["市委书记"]["normalised"] == "书记" and titles["市委书记"]["organ_implied"] == "市委"
    assert titles["一级调研员"]["kind"] == "rank" and titles["钳工"]["kind"] == "job"
    assert all(row["title"] and row["normalised"] and row["kind"] for row in rows)


def test_every_implied_organ_can_be_named() -> None:
    places = {"省": "通榆县", "市": "白城市", "州": "恩施土家族苗族自治州", "盟": "锡林郭勒盟", "区": "洮北区",
              "县": "通榆县", "旗": "准格尔旗", "镇": "瞻榆镇", "自": "南宁市", "地": "阿里地区"}
    named = 0
    for implied in sorted({row["organ_implied"] for row in _rows("titles.tsv")} - {""}):
        level = implied[0]
        if level not in places or implied[1:2] in ("长",):
            continue
        place = gazetteer().resolve(places[level], near=gazetteer().resolve("白城市"))
        answer = canonical(implied, Kind.AGENCY, place=place, paper_place=place)
        assert answer.reason, implied
        named += 1
    assert named >= 14


def test_suffixes() -> None:
    rows = _rows("org_suffixes.tsv")
    assert len(rows) > 900
    suffixes = {row["suffix"]: row for row in rows}
    assert len(suffixes) == len(rows)
    assert all(set(row["types"].split("/")) <= TYPES and 0 < float(row["weight"]) <= 1 for row in rows)
    assert suffixes["有限公司"]["types"] == "COMPANY" and suffixes["街道"]["types"] == "PLACE"


def test_company_words() -> None:
    rows = _rows("company_words.tsv")
    assert len(rows) > 400 and len({row["word"] for row in rows}) == len(rows)
    assert {row["kind"] for row in rows} == {"form", "industry", "brand_part"}


def test_name_parts() -> None:
    for row in _rows("name_parts.tsv"):
        assert row["word"] in words(row["list"])


def test_there_are_enough_organs() -> None:
    assert len(organs().rows) > 700
    assert {organ.kind for organ in organs().rows} == {
        "party", "government", "congress", "cppcc", "court", "procuratorate", "army", "mass", "institution",
        "enterprise"}


@pytest.mark.parametrize("organ", organs().rows, ids=lambda organ: f"{organ.shorts[0]}-{organ.full}")
def test_the_example_of_an_organ_holds(organ: Organ) -> None:
    table = gazetteer()
    city, county = table.resolve("白城市"), table.resolve("通榆县")
    town = table.resolve("瞻榆镇", near=county)
    surface, equals, official = organ.example.partition("=")
    assert equals and surface and official
    place = town if "镇" in surface[:2] else county if "县" in surface[:2] else None
    assert canonical(surface, KINDS[organ.types[0]], place=place, paper_place=city).name == official


def test_a_short_name_means_one_organ_at_each_level() -> None:
    seen: dict[tuple[str, Level | None], str] = {}
    doubles = []
    for organ in organs().rows:
        for short in organ.shorts:
            for level in (*sorted(organ.levels),) or (None,):
                if seen.setdefault((short, level), organ.full) != organ.full:
                    doubles.append((short, level, organ.full))
    assert doubles == []


def test_a_wrong_row_is_one_line(tmp_path: Path) -> None:
    table = tmp_path / "organs.tsv"
    table.write_text("short\tfull\tlevels\tkind\ttype\texample\n某局\t{d}某局\tvillage\tgovernment\tAGENCY\t\n",
                     encoding="utf-8")
    with pytest.raises(KgError, match=r"organs\.tsv, line 2: not an organ"):
        Organs.load(table)
    table.write_text("short\tfull\n", encoding="utf-8")
    with pytest.raises(KgError, match="columns"):
        Organs.load(table)
