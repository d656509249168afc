"""The figures of ``kg evaluate`` are those of the reference scorer, on right, wrong and empty output."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.evaluate import load_gold, score
from kg.evaluate.gold import Gold, parse_marks
from kg.evaluate.score import add, b_cubed, pairwise, reliability

GOLD = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parent.parent / "seeds"
GOLDS = load_gold(GOLD)


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_scorer", GOLD / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["reference_scorer"] = module
    spec.loader.exec_module(module)
    return module


def test_gold_pages_are_found() -> None:
    assert len(GOLDS) == 3
    for gold in GOLDS:
        assert (SEEDS / f"{gold.doc}.txt").read_bytes().decode() == gold.text
        assert len(gold.mentions) > 200


def spoilt(gold: Gold, reference: ModuleType, seed: int) -> dict[str, list[dict[str, Any]]]:
    """Gold as output, with a seeded share of every kind of mistake."""
    rng = random.Random(seed)
    out: dict[str, list[dict[str, Any]]] = reference.perfect(
        reference.load_gold(SEEDS / f"{gold.doc}.txt", GOLD), alternative=bool(seed % 2)
    )
    kinds = ["Person", "Agency", "Company", "Organization", "Project", "Place"]
    ids = sorted({m["entity"] for m in out["mentions"]})
    for m in out["mentions"]:
        if rng.random() < 0.1:
            m["type"] = rng.choice(kinds)
        if rng.random() < 0.1:
            m["entity"] = rng.choice(ids)
        if rng.random() < 0.1:
            m["end"] += 1
            m["text"] = gold.text[m["start"] : m["end"]]
    out["mentions"] = [m for m in out["mentions"] if rng.random() > 0.1]
    for _ in range(20):
        start = rng.randrange(len(gold.text) - 3)
        text = gold.text[start : start + 3]
        out["mentions"].append(
            {"doc": gold.doc, "start": start, "end": start + 3, "text": text, "type": rng.choice(kinds), "entity": "x"}
        )
    for r in out["relations"]:
        if rng.random() < 0.15:
            r["detail"] = rng.choice(["局长", "副局长", "", "12"])
        if rng.random() < 0.1:
            r["date"] = "2020-01-01"
        if rng.random() < 0.1:
            r["status"] = "former"
        if rng.random() < 0.1:
            r["subject"] = rng.choice(ids)
    out["relations"] = [r for r in out["relations"] if rng.random() > 0.1]
    if len(out["articles"]) > 3:
        out["articles"][0]["spans"] += out["articles"].pop(2)["spans"]
        out["articles"][1]["title"] = "另一个题目"
    return out


@pytest.mark.parametrize("gold", GOLDS, ids=lambda g: g.doc)
@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_figures_equal_the_reference(gold: Gold, seed: int, reference: ModuleType, tmp_path: Path) -> None:
    out = spoilt(gold, reference, seed)
    if seed == 3:
        out = {name: [] for name in out}
    paths = {}
    for name, rows in out.items():
        paths[name] = tmp_path / f"{name}.jsonl"
        paths[name].write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    theirs = reference.score(
        reference.load_gold(SEEDS / f"{gold.doc}.txt", GOLD), paths["mentions"], paths["relations"], paths["articles"]
    )
    ours = score(gold, out["mentions"], out["relations"], out["articles"])

    def same(name: str, figure: dict[str, float]) -> None:
        mine = ours.figures[name]
        assert (mine.tp, mine.fp, mine.fn) == (figure["tp"], figure["fp"], figure["fn"]), name
        assert mine.f1 == pytest.approx(figure["f1"])

    same("mentions strict", theirs["mentions"]["strict"]["micro"])
    same("mentions span", theirs["mentions"]["span"]["micro"])
    for code, kind in reference.SYSTEM_TYPE.items():
        if code in theirs["mentions"]["strict"]:
            same(f"mentions strict {kind}", theirs["mentions"]["strict"][code])
    p, r = b_cubed(ours.links)
    assert (p, r) == pytest.approx((theirs["linking"]["b3"]["p"], theirs["linking"]["b3"]["r"]))
    assert pairwise(ours.links).f1 == pytest.approx(theirs["linking"]["pairwise"]["f1"])
    for level in ("triple", "detail", "detail_date"):
        for name, figure in theirs["relations"][level].items():
            same(f"relations {level}" if name == "micro" else f"relations {level} {name}", figure)
    statuses = theirs["relations"]["post_status"]
    assert ours.figures["post status"].tp == statuses["right"]
    assert ours.figures["post status"].tp + ours.figures["post status"].fp == statuses["compared"]
    same("article lines pairwise", theirs["articles"]["pairwise"])
    assert ours.figures["article titles"].tp == theirs["articles"]["titles_right"]
    if seed == 0:
        assert 0.5 < ours.figures["mentions strict"].f1 < 0.95  # the mistakes were really made


def test_documents_add_up() -> None:
    parts = [score(gold, [], [], []) for gold in GOLDS]
    total = add(parts)
    core = sum(m.core for gold in GOLDS for m in gold.mentions)
    assert total.figures["mentions strict"].fn == core
    assert total.figures["mentions strict"].f1 == 0.0


def test_marks() -> None:
    text, mentions = parse_marks("⟦江州|PLACE/AGENCY|江州市⟧的⟦我市|PLACE|江州市|~⟧和⟦热线|SKIP⟧")
    assert text == "江州的我市和热线"
    assert [(m.start, m.end, m.name, m.optional, m.skip) for m in mentions] == [
        (0, 2, "江州市", False, False),
        (3, 5, "江州市", True, False),
        (6, 8, "热线", False, True),
    ]


def test_reliability_bins() -> None:
    rows = reliability([(0.95, True), (0.99, True), (0.91, False), (0.5, True), (1.0, True)])
    assert [(low, n) for low, _, n, _, _ in rows] == [(0.5, 1), (0.9, 4)]
    assert rows[1][4] == 0.75
