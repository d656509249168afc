"""How the training data is read, encoded, changed and measured."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from kg.tagger import load
from kg.tagger.tagging import TAGS
from training.annotation import Article, Line, Span, parse_line, read_articles, read_corpus
from training.augment import augmented
from training.damage import byline, damage, joined
from training.encoding import may
from training.measure import count, figures, kept_out, measure
from training.names import Names
from training.swap import Swap
from training.unify import rules, unify

CORPUS = Path(__file__).resolve().parent.parent / "training" / "corpus"
MARKED = "⟦林晓峰|PER⟧到⟦青石镇|PLACE/AGENCY⟧看⟦该镇|PLACE|青石镇|~⟧的⟦山水红茶|SKIP⟧。"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return read_corpus(CORPUS)


@pytest.fixture(scope="module")
def names() -> Names:
    return Names()


def test_marks_come_out_of_the_text() -> None:
    line = parse_line(MARKED)
    assert line.text == "林晓峰到青石镇看该镇的山水红茶。"
    assert [line.text[s.start : s.end] for s in line.spans] == [
        "林晓峰",
        "青石镇",
        "该镇",
        "山水红茶",
    ]
    assert [s.types for s in line.spans] == [("PER",), ("PLACE", "AGENCY"), ("PLACE",), ()]
    assert [s.nominal for s in line.spans] == [False, False, True, False]


def test_the_corpus_is_whole(articles: list[Article]) -> None:
    assert len(articles) == 2120
    assert len({article.id for article in articles}) == 2120
    tenth = [article for article in articles if article.kept_out]
    assert 190 <= len(tenth) <= 235
    kinds = Counter(s.types[0] for a in articles for line in a.lines for s in line.spans if s.types)
    assert set(kinds) == {"PER", "AGENCY", "COMPANY", "ORG", "PROJECT", "PLACE"}


def test_the_list_of_kept_out_articles_is_the_rule(articles: list[Article]) -> None:
    listed = (CORPUS.parent / "kept_out.txt").read_text("utf-8").split()
    assert listed == [article.id for article in articles if article.kept_out]


def test_every_article_file_is_read(articles: list[Article]) -> None:
    files = sorted(CORPUS.glob("*.txt"))
    assert len(files) == 23
    assert sum(len(list(read_articles(file))) for file in files) == len(articles)


def test_what_tags_the_annotation_allows() -> None:
    table = may(parse_line(MARKED))
    named = [{TAGS[n] for n, on in enumerate(row) if on} for row in table]
    assert named[0] == {"B-PER"}
    assert named[1] == {"I-PER"}
    assert named[3] == {"O"}
    assert named[4] == {"B-PLACE", "B-AGENCY"}
    assert named[5] == {"I-PLACE", "I-AGENCY"}
    assert "B-ORG" in named[8] and "I-ORG" not in named[8]  # a nominal mention: anything may start here
    assert named[-1] == {"O"}


def test_measure_follows_the_marks() -> None:
    line, counts = parse_line(MARKED), Counter[tuple[str, str]]()
    found = [
        (0, 3, "PER"),
        (4, 7, "AGENCY"),
        (8, 10, "PLACE"),
        (11, 13, "COMPANY"),
        (15, 16, "ORG"),
    ]
    count(line, found, counts)
    assert counts == {("PER", "tp"): 1, ("AGENCY", "tp"): 1, ("ORG", "fp"): 1}
    assert figures(counts)["all"] == pytest.approx((2 / 3, 1.0, 0.8))


def test_unified_marks(articles: list[Article]) -> None:
    table, log = rules(), list[str]()

    def note(name: str, old: str, new: str) -> None:
        log.append(name)

    row = "⟦长桥律师事务所|ORG⟧与⟦青石村委会|AGENCY⟧,⟦市水务局党组|AGENCY⟧书记"
    mended = "⟦长桥律师事务所|ORG/COMPANY⟧与⟦青石村委会|ORG/AGENCY⟧,⟦市水务局|AGENCY⟧党组书记"
    assert unify(row, table, note) == mended
    assert unify(mended, table, note) == mended
    assert log == ["law firm", "villagers' committee", "post"]
    for file in sorted(CORPUS.glob("*.txt")):  # the shipped corpus is unified
        for text in file.read_text("utf-8").splitlines():
            assert text.startswith("#") or unify(text, table, note) == text


def test_swapped_names_stay_names(articles: list[Article], names: Names) -> None:
    lines = augmented(articles[:60], names, random.Random(3), swap=1.0)
    again = augmented(articles[:60], names, random.Random(3), swap=1.0)
    assert lines == again
    for line in lines:
        assert all(0 <= s.start < s.end <= len(line.text) for s in line.spans)
        assert all(a.end <= b.start for a, b in zip(line.spans, line.spans[1:], strict=False))
    before = {a.lines[0].text for a in articles[:60]}
    assert sum(line.text in before for line in lines) < 40


def test_one_name_is_swapped_the_same_way_throughout(names: Names) -> None:
    line = Line("林晓峰和林晓峰", (Span(0, 3, ("PER",), "", False), Span(4, 7, ("PER",), "", False)))
    swap = Swap(names, Article("x-1", "", (line,)), random.Random(5), 1.0)
    other = swap.line(line)
    first, second = (other.text[s.start : s.end] for s in other.spans)
    assert first == second != "林晓峰"


def test_damage_and_joining_keep_the_marks() -> None:
    line = parse_line("⟦林晓峰|PER⟧,来到(⟦青石镇|PLACE⟧)")
    for seed in range(300):
        hurt = damage(line, random.Random(seed), 1.0)
        assert [s.types for s in hurt.spans] == [("PER",), ("PLACE",)]
        assert "\n" not in "".join(hurt.text[s.start : s.end] for s in hurt.spans)
    two = joined([line, line], random.Random(1), 500)
    assert [t.text[s.start : s.end] for t in two for s in t.spans] == ["林晓峰", "青石镇"] * 2


def test_bylines_are_names_only(names: Names) -> None:
    rng = random.Random(2)
    for _ in range(50):
        line = byline(names, rng)
        assert line.spans
        assert {s.types for s in line.spans} == {("PER",)}


def test_floor_on_the_kept_out_tenth(articles: list[Article]) -> None:
    """A sample of the articles that the model was never trained on."""
    tagger = load()
    lines = kept_out(articles)[::4]
    counts = measure(
        lines,
        lambda texts: [[(s.start, s.end, s.type) for s in spans] for spans in tagger.spans(texts)],
    )
    found = figures(counts)
    assert found["all"][2] > 0.90
    assert found["PER"][2] > 0.94
    assert found["AGENCY"][2] > 0.93
