"""What ``explain`` tells of a name: every fact, its pages and the sentences with the evidence marked."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as og
import pytest

from kg.explain import explain
from kg.graph import build_quads
from kg.model import Kind, Modality, Relation, Status
from tests.archives import small_archive


@pytest.fixture(scope="module")
def store() -> og.Store:
    made = og.Store()
    made.extend(build_quads(small_archive()))
    return made


def test_the_whole_text(store: og.Store) -> None:
    assert explain(store, "市住建局").text() == """\
青河市住房和城乡建设局  党政机关 agency  <https://kg.example/id/agency-housing>
  also called 别名: 市住建局
  misprinted as 误作: 市住建居
  named 提及: 3; articles 文章: 3; facts 事实: 2

  任职 holds the post ← 陆明远 局长 (现任 current) [? – 2024-03-02]
    青河日报 2024-03-02 第01版 day1.txt:3 《青河市召开项目推进会》
      青河日报讯（记者 韩小溪） 3月1日，⟦市住建局局长陆明远⟧调研青河大桥项目。
    青河日报 2024-03-09 第02版 day2.txt:4 《乔安走访江北区》
      ⟦市住建居局长陆明远⟧没有参加。

  免职 is removed from ← 陆明远 局长 2024-03-02
    青河日报 2024-03-02 第01版 day1.txt:8 《人事任免》
      3月2日，任命方知秋为市教育局局长，⟦免去陆明远的市住建局局长职务⟧。
"""


@pytest.mark.parametrize("name", ["青河市住房和城乡建设局", "市住建局", "市住建居", "  市住建局 "])
def test_any_name_will_do(store: og.Store, name: str) -> None:
    assert [card.name for card in explain(store, name).cards] == ["青河市住房和城乡建设局"]


def test_namesakes_are_listed_apart(store: og.Store) -> None:
    found = explain(store, "乔安")
    counted = [(card.id.rpartition("-")[2], card.mentions, len(card.facts)) for card in found.cards]
    assert counted == [("qiao1", 3, 2), ("qiao2", 2, 2)]
    assert found.text().startswith("2 entities have the name 乔安 有 2 个同名实体\n\n乔安  人物 person")


def test_the_result_is_structured(store: og.Store) -> None:
    (card,) = explain(store, "陆明远").cards
    assert (card.kind, card.alternatives, card.variants, card.articles) == (Kind.PERSON, (), (), 3)
    assert [(f.relation, f.subject, f.other, f.detail, f.status, f.date) for f in card.facts] == [
        (Relation.POST, True, "青河市住房和城乡建设局", "局长", Status.CURRENT, ""),
        (Relation.REMOVE, True, "青河市住房和城乡建设局", "局长", None, "2024-03-02"),
        (Relation.VISIT, True, "青河大桥项目", "", None, "2024-03-01"),
    ]
    evidence = card.facts[0].evidence[0]
    assert (evidence.newspaper, evidence.date, evidence.page) == ("青河日报", "2024-03-02", "01")
    assert (evidence.file, evidence.line, evidence.title) == ("day1.txt", 3, "青河市召开项目推进会")
    assert (evidence.quote, evidence.confidence, evidence.rules) == ("市住建局局长陆明远", 0.8, ("hand",))


def test_a_sentence_runs_on_over_a_line_and_money_is_legible(store: og.Store) -> None:
    (card,) = explain(store, "青河大桥项目").cards
    told = {f.relation: f for f in card.facts if f.evidence[0].modality is Modality.ASSERTED}
    assert told[Relation.AMOUNT].headline() == "金额 costs 1,250,000,000 元"
    assert told[Relation.OWNER].evidence[0].sentence() == (
        "青河大桥项目位于江北区，总投资12.5亿元，⟦业主为青河建设集团有限公司⟧。"
    )


def test_what_is_only_quoted_is_said_to_be(store: og.Store) -> None:
    text = explain(store, "青河大桥项目").text()
    assert "day2.txt:3 《乔安走访江北区》 (引述 quoted)\n      “听说青河大桥项目⟦总投资20亿元⟧。”\n" in text


def test_a_place_tells_its_code_and_containers(store: og.Store) -> None:
    (card,) = explain(store, "江北区").cards
    assert (card.code, card.within) == ("990102", ("青河市",))
    assert "  990102 青河市\n" in explain(store, "江北区").text()


def test_a_printed_form_that_is_nobodys_name_finds_its_entity() -> None:
    archive = small_archive()
    entities = tuple(replace(e, variants=()) for e in archive.resolution.entities)
    made = og.Store()
    made.extend(build_quads(replace(archive, resolution=replace(archive.resolution, entities=entities))))
    assert [card.name for card in explain(made, "市住建居").cards] == ["青河市住房和城乡建设局"]


def test_an_unknown_name_gets_suggestions(store: og.Store) -> None:
    found = explain(store, "青河大桥")
    assert not found
    assert found.suggestions[0] == "青河大桥项目"
    like = "、".join(found.suggestions)
    assert found.text() == f"青河大桥: not in the graph 图谱中没有; like it are 相近的有: {like}\n"
    assert "方知秋" in explain(store, "方如秋").suggestions
    assert explain(store, "xyz").text() == "xyz: not in the graph 图谱中没有\n"
    assert not explain(store, "")


def test_a_private_person_is_not_in_the_graph(store: og.Store) -> None:
    assert not explain(store, "苏阿梅")


def test_control_characters_do_not_reach_the_terminal() -> None:
    archive = small_archive()
    titled = tuple(replace(a, title="\x1b[2J坏标题") for a in archive.articles)
    made = og.Store()
    made.extend(build_quads(replace(archive, articles=titled)))
    text = explain(made, "乔安").text()
    assert "坏标题" in text
    assert "\x1b" not in text
