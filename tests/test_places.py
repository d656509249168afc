"""The gazetteer: names, nearness, the place of a newspaper, and what a damaged table says."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.places import Division, DivisionKind, Gazetteer, Level, gazetteer

HEADER = "code\tname\tlevel\tkind\tparent\tshort\n"
EXTRA = "action\tname\tlevel\tkind\tparent\tvalue\n"


def _at(name: str, near: Division | None = None) -> Division:
    found = gazetteer().resolve(name, near=near)
    assert found is not None
    return found


def test_size_and_levels() -> None:
    table = gazetteer()
    counts = {level: sum(d.level is level and d.kind is DivisionKind.DIVISION for d in table) for level in Level}
    assert counts[Level.PROVINCE] == 34
    assert counts[Level.PREFECTURE] == 339
    assert 2850 <= counts[Level.COUNTY] <= 2900
    assert 39_000 <= counts[Level.TOWN] <= 41_000


def test_loads_quickly() -> None:
    best = min(_seconds() for _ in range(3))
    assert best < 0.5  # 0.1 s on a laptop; room for a busy machine


def _seconds() -> float:
    start = time.perf_counter()
    Gazetteer.load()
    return time.perf_counter() - start


@pytest.mark.parametrize(("name", "official"), [
    ("黑龙江", "黑龙江省"), ("内蒙古", "内蒙古自治区"), ("广西", "广西壮族自治区"), ("香港", "香港特别行政区"),
    ("锦州", "锦州市"), ("恩施", "恩施土家族苗族自治州"), ("恩施州", "恩施土家族苗族自治州"),
    ("黔东南州", "黔东南苗族侗族自治州"), ("芷江", "芷江侗族自治县"), ("芷江县", "芷江侗族自治县"),
    ("松桃自治县", "松桃苗族自治县"), ("锡林郭勒", "锡林郭勒盟"), ("莫力达瓦达斡尔族自治旗", "莫力达瓦达斡尔族自治旗"),
    ("阿克苏地区", "阿克苏地区"), ("神农架", "神农架林区"), ("仙桃", "仙桃市"), ("虎门镇", "虎门镇"),
    ("吉林", "吉林省"), ("海南", "海南省"), ("湘", "湖南省"), ("合肥高新区", "合肥高新技术产业开发区"),
    ("雄安新区", "河北雄安新区"), ("浦东", "浦东新区"), ("龙头铺街道", "龙头铺街道"), ("董家塅街道", "董家塅街道"),
])
def test_full_and_short_names(name: str, official: str) -> None:
    assert _at(name).name == official


def test_a_misspelt_division_is_mended() -> None:
    assert gazetteer().lookup("董家段街道") == ()


def test_codes_and_ancestors() -> None:
    table = gazetteer()
    town = _at("瞻榆镇", _at("白城市"))
    assert [d.name for d in table.ancestors(town)] == ["通榆县", "白城市", "吉林省"]
    assert [d.code for d in table.ancestors(town)] == ["220822", "220800", "220000"]
    assert town.code == "" and town.key == "220822/瞻榆镇"
    assert table.contains(_at("吉林省"), town) and not table.contains(town, _at("吉林省"))
    assert table.by_code("140107") == _at("杏花岭区")
    assert town in table.children(_at("通榆县"))


def test_nearness_decides_between_namesakes() -> None:
    table = gazetteer()
    assert len(table.by_name("鼓楼区")) == 4
    assert table.resolve("鼓楼区") is None
    assert table.resolve("鼓楼区", near=_at("锦州市")) is None
    assert table.ancestors(_at("鼓楼区", _at("福州市")))[0].name == "福州市"
    assert _at("朝阳").name == "朝阳市"
    assert _at("朝阳", _at("北京市")).name == "朝阳区"
    assert _at("大同", _at("太原市")).name == "大同市"
    assert table.resolve("不存在县") is None


def test_short_names_of_towns_hold_only_near() -> None:
    table = gazetteer()
    assert table.resolve("瞻榆") is None
    assert _at("瞻榆", _at("白城市")).name == "瞻榆镇"
    assert _at("龙泉").name == "龙泉市"


def test_former_divisions_are_themselves() -> None:
    former = _at("宁乡县")
    assert former.kind is DivisionKind.FORMER and former.name == "宁乡县"
    assert _at("宁乡").name == "宁乡市"


def test_municipalities_and_districts() -> None:
    table = gazetteer()
    assert _at("上海市").municipality and not _at("锦州市").municipality
    assert table.parent(_at("嘉定区")) == _at("上海市")
    assert _at("嘉定区").district and not _at("瑞安市").district


@pytest.mark.parametrize(("paper", "place"), [
    ("锦州日报", "锦州市"), ("衡阳晚报", "衡阳市"), ("湘乡融媒", "湘乡市"), ("湘乡市融媒体中心", "湘乡市"),
    ("恩施日报", "恩施土家族苗族自治州"), ("吉林日报", "吉林省"), ("江城日报", "吉林市"), ("三峡日报", "宜昌市"),
    ("浦东时报", "浦东新区"), ("城口报", "城口县"), ("昆山日报社", "昆山市"), ("阿克苏日报", "阿克苏地区"),
    ("瑞安新闻网", "瑞安市"),
])
def test_the_place_of_a_newspaper(paper: str, place: str) -> None:
    found = gazetteer().infer_place(paper)
    assert found is not None and found.name == place


@pytest.mark.parametrize("paper", ["三湘都市报", "人民日报", "经济日报", "农民日报", "", "报"])
def test_newspapers_that_tell_no_place(paper: str) -> None:
    assert gazetteer().infer_place(paper) is None


def test_the_place_of_texts() -> None:
    table = gazetteer()
    texts = ["锦州日报讯(记者 云山) 今天", "据人民日报记者报道", "本报讯 锦州晚报记者 楚一丹"]
    found = table.infer_place("", texts)
    assert found is not None and found.name == "锦州市"
    assert table.infer_place("", ["本报讯"]) is None


def test_names_for_a_trie() -> None:
    names = list(gazetteer().names((Level.PROVINCE, Level.PREFECTURE)))
    assert names == sorted(set(names))
    assert {"锦州市", "锦州", "恩施州", "湖南"} <= set(names)
    assert "瞻榆镇" not in names and "湘" not in names
    towns = set(gazetteer().names((Level.TOWN,)))
    assert "瞻榆镇" in towns and "瞻榆" not in towns


def _files(tmp_path: Path, rows: str, extra: str) -> tuple[Path, Path]:
    table, more = tmp_path / "t.tsv.gz", tmp_path / "extra.tsv"
    table.write_bytes(gzip.compress((HEADER + rows).encode()))
    more.write_text(EXTRA + extra, encoding="utf-8")
    return table, more


def test_corrections(tmp_path: Path) -> None:
    rows = "990000\t甲省\tprovince\tdivision\t\t甲\n990100\t乙市\tprefecture\tdivision\t990000\t乙\n" \
           "\t丙段街道\ttown\tdivision\t990100\t\n"
    extra = "rename\t丙段街道\ttown\tdivision\t990100\t丙塅街道\nadd\t丁镇\ttown\tdivision\t990100\t\n" \
            "add\t戊城县\tcounty\tformer\t990100\t\nalias\t乙城\t\t\t\t乙市\npaper\t江声报\t\t\t\t乙市\n"
    table = Gazetteer.load(*_files(tmp_path, rows, extra))
    assert [d.name for d in table] == ["甲省", "乙市", "丙塅街道", "丁镇", "戊城县"]
    assert [d.name for d in table.lookup("乙城")] == ["乙市"]
    assert [d.name for d in table.lookup("戊城")] == ["戊城县"]
    place = table.infer_place("江声报")
    assert place is not None and place.name == "乙市"


def test_a_damaged_table_is_one_line(tmp_path: Path) -> None:
    table, more = _files(tmp_path, "", "push\tx\ttown\tdivision\t1\t\n")
    with pytest.raises(KgError, match=r"extra\.tsv, line 2: unknown action"):
        Gazetteer.load(table, more)
    table.write_bytes(b"no gzip")
    with pytest.raises(KgError, match=r"t\.tsv\.gz: cannot be read"):
        Gazetteer.load(table, more)
    table, more = _files(tmp_path, "", "alias\tx\t\t\t\t无名市\n")
    with pytest.raises(KgError, match="no division 无名市"):
        Gazetteer.load(table, more)
