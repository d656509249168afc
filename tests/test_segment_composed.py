"""Composed pages whose segmentation is known: parts of the corpus by which no weight or lexicon was made."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Page
from kg.segment import segment
from tests.compose import Composed, Piece, compose, excerpt, pairwise, read_corpus, usable, wrap

CORPUS = Path(__file__).parent.parent / "training" / "corpus"
KEPT_ASIDE = "bdfhjlnprtv"


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    return [piece for piece in read_corpus(CORPUS, KEPT_ASIDE) if usable(piece)]


def f1(pages: list[Composed]) -> float:
    right = wrong = missed = 0
    for composed in pages:
        articles = segment(Page("p", "p.txt", composed.text, "utf-8"))
        found = {line.number: i for i, article in enumerate(articles) for line in article.lines}
        counts = pairwise(composed, found)
        right, wrong, missed = right + counts[0], wrong + counts[1], missed + counts[2]
    return 2 * right / (2 * right + wrong + missed)


def test_the_corpus_is_there(pieces: list[Piece]) -> None:
    assert len(pieces) > 800


def test_pages(pieces: list[Piece]) -> None:
    assert f1([compose(pieces, seed) for seed in range(40)]) > 0.90


def test_excerpts_of_one_or_two_articles(pieces: list[Piece]) -> None:
    assert f1([excerpt(pieces, seed) for seed in range(80)]) > 0.95


def test_pages_of_printed_lines(pieces: list[Piece]) -> None:
    assert f1([wrap(excerpt(pieces, seed), 24) for seed in range(40)]) > 0.94


def test_the_composer_is_deterministic(pieces: list[Piece]) -> None:
    one, other = compose(pieces, 3), compose(pieces, 3)
    assert (one.text, one.owner) == (other.text, other.owner)
    assert set(one.owner) == {n for n, line in enumerate(one.text.split("\n"), 1) if line.strip()}
