"""Linking: entities, stable ids, places, and names across articles and pages."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.evaluate.gold import load_gold
from kg.evaluate.run import evaluate
from kg.evaluate.score import b_cubed
from kg.model import Archive, Implied, Kind
from kg.resolve import resolve
from kg.resolve.forms import stands_for
from kg.resolve.scoring import QUESTIONS
from kg.resolve.words import confusable, heads, slip
from tests.pairs.build import Source, build

GOLD = Path(__file__).parent / "gold"
NEWS = [
    Source(
        "n1",
        "衡阳市",
        "2023-03-01",
        (
            "衡阳日报讯（记者 ⟦石岩|PER⟧）⟦市水利局|AGENCY⟧局长⟦范小河|PER⟧来到"
            "⟦衡南县|PLACE⟧⟦三塘镇|PLACE⟧⟦新塘村|PLACE⟧。",
            "副市长⟦范小河|PER⟧来到⟦衡阳雁峤重工有限公司|COMPANY⟧，⟦雁峤重工|COMPANY⟧扩建。",
        ),
    ),
    Source(
        "n2", "衡阳市", "2023-03-05", ("⟦市财政局|AGENCY⟧局长⟦石岩|PER⟧说，⟦我市|PLACE~⟧增收。⟦该局|AGENCY~⟧很忙。",)
    ),
    Source("n3", "南京市", "2023-03-05", ("⟦鼓楼区|PLACE⟧的⟦人民路|PLACE⟧和⟦长江|PLACE⟧。",)),
]


def ids(archive: Archive) -> set[str]:
    return {e.id for e in archive.resolution.entities}


def test_gold_mentions_are_linked() -> None:
    scores = evaluate(GOLD, gold_mentions=True)
    p, r = b_cubed(scores.links)
    assert len(load_gold(GOLD)) == 3
    assert 2 * p * r / (p + r) >= 0.97


def test_places_have_codes_and_stand_in_their_province() -> None:
    found = {e.name: e for e in build(NEWS).archive.resolution.entities}
    by_id = {e.id: e for e in found.values()}
    assert found["衡南县"].code == "430422"
    assert found["鼓楼区"].code == "320106"
    chain = [found["新塘村"]]
    while chain[-1].within:
        chain.append(by_id[chain[-1].within])
    assert [e.name for e in chain] == ["新塘村", "三塘镇", "衡南县", "衡阳市", "湖南省"]


def test_short_forms_become_other_names() -> None:
    found = {e.name: e for e in build(NEWS).archive.resolution.entities}
    assert found["衡阳雁峤重工有限公司"].alternatives == ("衡阳雁峤重工有限公司"[2:6],)
    assert "市水利局" in found["衡阳市水利局"].alternatives


def test_reporter_and_official_of_one_name_are_two_with_a_plain_and_a_marked_id() -> None:
    made = build(NEWS)
    first, second = (made.entity(m) for m in made.named("石岩"))
    assert first.id != second.id
    assert first.name == second.name == "石岩"
    alone = build(NEWS[:1])
    assert alone.entity(alone.named("石岩")[0]).id == first.id


def test_nominal_mentions_point_at_what_they_mean() -> None:
    made = build(NEWS)
    assert made.entity(made.named("我市")[0]).name == "衡阳市"
    assert made.entity(made.named("该局")[0]).name == "衡阳市财政局"


def test_ids_do_not_depend_on_the_order_of_reading() -> None:
    archive = build(NEWS).archive
    for seed in range(3):
        rng = random.Random(seed)
        parts = [list(x) for x in (archive.pages, archive.articles, archive.mentions, archive.claims)]
        for part in parts:
            rng.shuffle(part)
        found = resolve(parts[0], parts[1], parts[2], parts[3])
        assert found.entities == archive.resolution.entities
        assert dict(found.links) == dict(archive.resolution.links)


def test_more_pages_leave_ids_as_they_are() -> None:
    before, after = build(NEWS[:2]).archive, build(NEWS).archive
    assert ids(before) <= ids(after)


def test_an_implied_organ_is_the_named_one() -> None:
    archive = build(NEWS).archive
    implied = [r for c in archive.claims for r in (c.subject, c.object) if isinstance(r, Implied)]
    assert implied
    named = {archive.resolution.links[r] for r in implied}
    assert {e.name for e in archive.resolution.entities if e.id in named} == {"衡阳市人民政府"}


def test_one_thing_of_two_kinds_is_one_entity() -> None:
    made = build([Source("k", "衡阳市", "", ("⟦云杉雅苑|PLACE⟧、⟦云杉雅苑|PROJECT⟧、⟦云杉雅苑|PLACE⟧。",))])
    entities = {made.entity(m).id for m in made.archive.mentions}
    assert len(entities) == 1
    assert made.entity(made.archive.mentions[1]).kind is Kind.PLACE


def test_nothing_is_nothing() -> None:
    found = resolve([], [], [], [])
    assert found.entities == ()
    assert dict(found.links) == {}


def test_a_page_of_an_unknown_place_is_linked_within_itself() -> None:
    made = build([Source("u", "", "", ("⟦市教育局|AGENCY*⟧发文。", "⟦市教育局|AGENCY*⟧答复。⟦我市|PLACE~⟧很好。"))])
    assert len({made.entity(m).id for m in made.marked}) == 1


def posts(*held: tuple[str, str]) -> list[Source]:
    """One page a day: what the only name of the archive is there."""
    return [Source(f"d{i}", "衡阳市", day, (f"{post}⟦范小河|PER*⟧讲话。",)) for i, (day, post) in enumerate(held)]


A, B, BOTH = "⟦市民政局|AGENCY⟧主任", "⟦市司法局|AGENCY⟧主任", "⟦市民政局|AGENCY⟧主任、⟦市司法局|AGENCY⟧主任"


def test_two_posts_that_run_on_side_by_side_are_two_persons() -> None:
    made = build(posts(("2021-01-01", A), ("2021-02-01", B), ("2022-01-01", A), ("2022-02-01", B)))
    entities = [made.entity(m).id for m in made.marked]
    assert entities[0] == entities[2] != entities[1] == entities[3]


def test_a_change_of_post_and_posts_held_together_are_one_person() -> None:
    for held in (
        posts(("2021-01-01", A), ("2021-02-01", A), ("2022-01-01", B), ("2022-02-01", B)),
        posts(("2021-01-01", A), ("2021-02-01", B), ("2021-06-01", BOTH), ("2022-01-01", A), ("2022-02-01", B)),
    ):
        made = build(held)
        assert len({made.entity(m).id for m in made.marked}) == 1


@pytest.mark.parametrize("head", [h for h in heads().values() if h.example.partition("=")[2]], ids=lambda h: h.text)
def test_every_head_has_an_example_that_holds(head: object) -> None:
    full, _, short = head.example.partition("=")  # type: ignore[attr-defined]
    kind = {
        "company": Kind.COMPANY,
        "org": Kind.ORGANIZATION,
        "agency": Kind.AGENCY,
        "project": Kind.PROJECT,
        "place": Kind.PLACE,
    }.get(head.kind, Kind.ORGANIZATION)  # type: ignore[attr-defined]
    assert full.endswith(head.text)  # type: ignore[attr-defined]
    assert full == short or stands_for(short, full, kind, kind) is not None


def test_confusable_characters_are_mutual() -> None:
    table = confusable()
    assert len(table) > 600
    assert all(table[b][a] == how for a, others in table.items() for b, how in others.items())
    assert slip("石晖", "石辉") == "shape"
    assert slip("建国村", "健国村") == "sound"
    assert slip("第一小学", "第二小学") == "number"
    assert slip("一样", "一样") == ""


def test_every_question_explains_itself() -> None:
    assert len(QUESTIONS) >= 8
    assert all((q.__doc__ or "").strip().endswith(".") for q, _ in QUESTIONS)
