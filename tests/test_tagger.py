"""The recogniser: both ways to load it, exact offsets, the same answer every time, probabilities, floors."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from kg.errors import KgError
from kg.tagger import MODEL, TAGS, Tagger, load
from kg.tagger.alphabet import bigrams, codes, fold
from kg.tagger.tagging import Path as TagPath
from kg.tagger.tagging import allowed, span_probabilities, spans_of, viterbi

TEXTS = [
    "本报讯（记者 林晓峰 通讯员 周文静）昨日上午，市住建局局长何志远到青石镇调研。",
    "湖北省监利县纪委书记王大力来到容城镇荆江村。",
    "",
    "天",
    "𠮷林市的“小\u3000明”说：ＡＢＣ公司１２３号。",
]


@pytest.fixture(scope="module")
def tagger() -> Iterator[Tagger]:
    yield load()


def test_folding_keeps_every_position() -> None:
    text = "ＡＢ，（１）\u3000x\t𠮷㈱ﬁ…①２９"
    assert len(fold(text)) == len(text) == len(codes(text))
    assert fold("ＡＢ，（１）\u3000x") == "AA,(0) a"
    assert len(bigrams(codes(text), 100)) == len(text) + 1


def test_finds_names_at_exact_offsets(tagger: Tagger) -> None:
    text = TEXTS[0]
    spans = tagger.spans([text])[0]
    found = [(text[s.start : s.end], s.type) for s in spans]
    assert ("林晓峰", "PER") in found
    assert ("周文静", "PER") in found
    assert ("市住建局", "AGENCY") in found
    assert ("何志远", "PER") in found
    assert ("青石镇", "PLACE") in found
    assert all(0 < s.confidence <= 1 for s in spans)
    assert [s.start for s in spans] == sorted(s.start for s in spans)


def test_shapes(tagger: Tagger) -> None:
    scores = tagger.emissions(TEXTS)
    assert [s.shape for s in scores] == [(len(text), len(TAGS)) for text in TEXTS]
    assert tagger.tags == TAGS
    assert tagger.transitions.shape == (len(TAGS), len(TAGS))
    assert tagger.start.shape == tagger.end.shape == (len(TAGS),)
    assert tagger.spans(TEXTS)[2] == []


def test_the_answer_does_not_depend_on_the_other_texts(tagger: Tagger) -> None:
    alone = [tagger.emissions([text])[0] for text in TEXTS]
    for one, other in zip(alone, tagger.emissions(TEXTS), strict=True):
        assert np.allclose(one, other, atol=1e-4)


def test_the_same_bytes_every_time(tagger: Tagger) -> None:
    first = b"".join(scores.tobytes() for scores in tagger.emissions(TEXTS))
    again = b"".join(scores.tobytes() for scores in load(MODEL).emissions(TEXTS))
    assert first == again


def test_hanlp_loads_the_folder(tagger: Tagger) -> None:
    import hanlp

    component = hanlp.load(str(MODEL))
    text = TEXTS[1]
    spans = tagger.spans([text])[0]
    assert component(text) == [(text[s.start : s.end], s.type, s.start, s.end) for s in spans]
    assert component([list(text), list(TEXTS[0])])[0] == component(text)
    assert spans


def test_missing_files_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"no config\.json"):
        load(tmp_path)


def test_search_agrees_with_counting_all_sequences() -> None:
    rng = np.random.default_rng(7)
    tags = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")
    follow, first = allowed(tags)
    path = TagPath(
        np.where(follow, rng.normal(size=(5, 5)), -1e4).astype(np.float32),
        np.where(first, rng.normal(size=5), -1e4).astype(np.float32),
        rng.normal(size=5).astype(np.float32),
    )
    texts = [rng.normal(size=(length, 5)).astype(np.float32) for length in (1, 4, 5)]
    for scores, best in zip(texts, viterbi(texts, path), strict=True):
        weight = {}
        for sequence in product(range(5), repeat=len(scores)):
            total = (
                path.start[sequence[0]]
                + path.end[sequence[-1]]
                + sum(scores[at, tag] for at, tag in enumerate(sequence))
            )
            total += sum(path.transitions[pair] for pair in pairwise(sequence))
            weight[sequence] = float(np.exp(total))
        assert tuple(best) == max(weight, key=weight.__getitem__)
        spans = [(0, 1, "PER"), (0, len(scores), "ORG"), (len(scores) - 1, len(scores), "ORG")]
        every = sum(weight.values())
        for span, got in zip(spans, span_probabilities([scores], path, [spans], tags)[0], strict=True):
            share = sum(w for seq, w in weight.items() if span in spans_of(seq, tags)) / every
            assert got == pytest.approx(share, rel=1e-3, abs=1e-6)
