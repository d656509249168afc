"""The figures on the annotated sentences: precision and recall of every relation."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from tests.sentences.reader import blocks, names, score

BARS = {  # relation: (precision, recall, rows)
    "post": (0.95, 0.95, 85),
    "appoint": (0.95, 0.95, 40),
    "remove": (0.95, 0.95, 20),
    "byline": (0.99, 0.99, 80),
    "visit": (0.95, 0.95, 60),
    "amount": (0.95, 0.95, 25),
    "stake": (0.95, 0.95, 10),
    "owner": (0.95, 0.95, 25),
    "located_in": (0.95, 0.95, 45),
    "part_of": (0.95, 0.95, 12),
    "signed": (0.95, 0.95, 10),
    "honour": (0.95, 0.95, 25),
}


@pytest.fixture(scope="module")
def counts() -> dict[str, Counter[str]]:
    total: dict[str, Counter[str]] = {}
    for name in names():
        for relation, count in score(name).items():
            total.setdefault(relation, Counter()).update(count)
    return total


@pytest.mark.parametrize("relation", sorted(BARS))
def test_figures(relation: str, counts: dict[str, Counter[str]]) -> None:
    precision, recall, rows = BARS[relation]
    c = counts[relation]
    assert c["tp"] + c["fn"] >= rows
    assert c["tp"] / (c["tp"] + c["fp"]) >= precision
    assert c["tp"] / (c["tp"] + c["fn"]) >= recall


def test_all_sentences_are_read() -> None:
    sizes = {name: len(blocks(name)[1]) for name in names()}
    assert len(sizes) == 8 and min(sizes.values()) >= 20 and sum(sizes.values()) >= 440, sizes


def test_output_is_deterministic_and_evidence_is_exact() -> None:
    from kg.relate import relate

    assert sys.version_info >= (3, 11)
    for name in names():
        for block in blocks(name)[1]:
            claims = relate(block.page, block.article, block.mentions)
            assert claims == relate(block.page, block.article, block.mentions)
            for c in claims:
                assert 0 <= c.start < c.end <= len(block.page.text)
                assert "\n\n" not in block.page.text[c.start : c.end]
