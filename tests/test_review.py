"""Decisions of people: they hold over rebuilds, can be taken back, and may not contradict one another."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg import review
from kg.decisions import Decision, Judgement, Side, active, contradictions, line, read_log
from kg.errors import KgError
from kg.model import Kind
from tests.pairs.build import Built, Source, build

PAGES = [
    Source(
        "r1",
        "衡阳市",
        "2023-03-01",
        (
            "衡阳日报讯（记者 ⟦石晓晖|PER⟧）新桥通车。",
            "⟦市水利局|AGENCY⟧局长⟦范小河|PER⟧到水库检查。",
            "⟦范小河|PER⟧讲话。",
        ),
    ),
    Source("r2", "衡阳市", "2023-03-02", ("（记者 ⟦石晓辉|PER⟧）老桥封闭。⟦范小河|PER⟧说，水很清。",)),
    Source("r3", "衡阳市", "2023-03-03", ("⟦雁峤医药公司|COMPANY⟧和⟦雁峤药业|COMPANY⟧开会。",)),
]


def again(log: Path, pages: list[Source] | None = None) -> Built:
    return build(pages or PAGES, active(read_log(log)))


def one(made: Built, surface: str) -> str:
    found = {made.entity(m).id for m in made.named(surface)}
    assert len(found) == 1
    return found.pop()


def test_a_merge_holds_and_can_be_undone(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    made = build(PAGES)
    assert one(made, "石晓晖") != one(made, "石晓辉")
    decision = review.merge(made.archive, log, "石晓晖", "石晓辉", who="li", when="2024-01-01", why="x", misread=True)
    after = again(log)
    assert one(after, "石晓晖") == one(after, "石晓辉") == one(made, "石晓晖")
    entity = after.entity(after.named("石晓辉")[0])
    assert (entity.name, entity.variants, entity.alternatives) == ("石晓晖", ("石晓辉",), ())
    review.undo(log, decision.id, who="li")
    assert one(again(log), "石晓辉") == one(made, "石晓辉")
    assert len(log.read_text(encoding="utf-8").splitlines()) == 2
    with pytest.raises(KgError, match="no decision that holds"):
        review.undo(log, decision.id)


def test_a_merge_holds_when_pages_change_and_are_added(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    made = build(PAGES)
    review.merge(made.archive, log, "雁峤医药公司", "雁峤药业")
    shifted = [Source(p.doc, p.place, p.date, ("新的一段，⟦长江|PLACE⟧。", *p.stories)) for p in PAGES]
    more = [Source("r0", "衡阳市", "2022-01-01", ("⟦雁峤药业|COMPANY⟧招工。",)), *shifted]
    after = again(log, more)
    assert one(after, "雁峤药业") == one(after, "雁峤医药公司") == one(made, "雁峤医药公司")


def test_a_split_parts_one_article_and_holds_when_offsets_shift(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    made = build(PAGES)
    whole = one(made, "范小河")
    review.split(made.archive, log, whole, ["r2"], why="the one by the water is a resident")
    for pages in (PAGES, [Source(p.doc, p.place, p.date, ("多一段。", *p.stories)) for p in PAGES]):
        after = again(log, pages)
        by_doc = {m.doc: after.entity(m).id for m in after.named("范小河")}
        assert by_doc["r1"] == whole
        assert by_doc["r2"] != whole
    first = {m.doc: again(log).entity(m).id for m in again(log).named("范小河")}["r2"]
    assert first == {m.doc: after.entity(m).id for m in after.named("范小河")}["r2"]


def test_a_split_part_can_be_merged_again_elsewhere(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    made = build(PAGES)
    review.split(made.archive, log, one(made, "范小河"), ["r2"])
    parted = again(log)
    part = {m.doc: parted.entity(m).id for m in parted.named("范小河")}["r2"]
    review.merge(parted.archive, log, part, "石晓晖")
    after = again(log)
    linked = {m.doc: after.entity(m).id for m in after.named("范小河")}
    assert linked["r2"] == one(after, "石晓晖")
    assert linked["r1"] != linked["r2"]


def test_three_decisions_that_contradict_one_another_are_named(tmp_path: Path) -> None:
    a, b, c = (Side(f"person-{x * 16}", Kind.PERSON, name) for x, name in (("a", "甲一"), ("b", "乙二"), ("c", "丙三")))
    same = Judgement.SAME
    edges = [Decision(a, b, same), Decision(b, c, same), Decision(a, c, Judgement.DIFFERENT)]
    found = contradictions(edges)
    assert len(found) == 1
    assert {*found[0].chain, found[0].different} == set(edges)
    for d in edges:
        assert str(d) in str(found[0])
    log = tmp_path / "decisions.jsonl"
    log.write_text("".join(line(d) + "\n" for d in edges), encoding="utf-8")
    with pytest.raises(KgError, match=r"甲一 = 乙二.*乙二 = 丙三.*甲一 ≠ 丙三"):
        build(PAGES, active(read_log(log)))
    assert not contradictions(edges[:2])


def test_a_contradiction_is_refused_before_it_is_written(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    made = build(PAGES)
    review.merge(made.archive, log, "石晓晖", "石晓辉")
    review.judge(made.archive, log, "石晓晖", "范小河", Judgement.DIFFERENT)
    size = log.stat().st_size
    with pytest.raises(KgError, match="contradict"):
        review.merge(made.archive, log, "石晓辉", "范小河")
    assert log.stat().st_size == size


def test_the_latest_judgement_on_a_pair_counts(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    made = build(PAGES)
    review.merge(made.archive, log, "石晓晖", "石晓辉")
    review.judge(made.archive, log, "石晓辉", "石晓晖", Judgement.DIFFERENT)
    after = again(log)
    assert one(after, "石晓晖") != one(after, "石晓辉")
    assert len(active(read_log(log))) == 1


def test_what_is_judged_is_not_asked_again(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    made = build(PAGES)
    asked = [c for c in review.questions(made.archive, log) if c.left.name.startswith("石")]
    assert [c.question for c in asked] == ["one character apart"]
    assert asked[0].score >= 0.6
    text = review.listing(asked)
    assert "〈石晓晖〉" in text and "〈石晓辉〉" in text and asked[0].left.id in text
    review.judge(made.archive, log, "石晓晖", "石晓辉", Judgement.UNSURE)
    assert not [c for c in review.questions(made.archive, log) if c.left.name.startswith("石")]
    assert one(again(log), "石晓晖") != one(again(log), "石晓辉")


def test_a_filled_table_comes_back(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    made = build(PAGES)
    rows = list(csv.DictReader(io.StringIO(review.export_csv(review.questions(made.archive, log)))))
    assert rows and all(not r["judgement"] for r in rows)
    for row in rows:
        row["judgement"] = "same" if row["left"].startswith("石") else ""
    out = io.StringIO()
    writer = csv.DictWriter(out, review.COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    taken = review.import_csv(made.archive, log, "﻿" + out.getvalue(), who="li")
    assert len(taken) == 1
    assert one(again(log), "石晓晖") == one(again(log), "石晓辉")
    assert "石晓" in review.history(log)
    wrong = out.getvalue().replace("same", "perhaps")
    with pytest.raises(KgError, match=r"line \d+: 'perhaps' is no judgement"):
        review.import_csv(made.archive, log, wrong)
    assert len(read_log(log)) == 1


def test_bad_logs_and_names_are_named(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    log.write_text('{"judgement": "same"}\n', encoding="utf-8")
    with pytest.raises(KgError, match=r"decisions.jsonl:1"):
        read_log(log)
    made = build(PAGES)
    with pytest.raises(KgError, match="no such entity"):
        review.find(made.archive, "没有此人")
    with pytest.raises(KgError, match="a person and a thing"):
        try:
            review.merge(made.archive, tmp_path / "x.jsonl", "石晓晖", "雁峤药业")
        except KgError as error:
            raise KgError(f"{error}: {error.hint}") from error
    with pytest.raises(KgError, match="that is all of it"):
        review.split(made.archive, tmp_path / "x.jsonl", "石晓辉", ["r2"])
    assert read_log(tmp_path / "none.jsonl") == ()


def test_the_log_is_readable_and_ordered(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    made = build(PAGES)
    decision = review.merge(made.archive, log, "石晓晖", "石晓辉", who="li", when="2024-01-01", why="同一人")
    written = log.read_text(encoding="utf-8")
    assert written == line(decision) + "\n"
    assert "同一人" in written and '"judgement": "same"' in written
    assert read_log(log) == (decision,)
