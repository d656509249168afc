"""Recognition: patterns as data, the decoder against brute force, and what holds for every mention of real pages."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from kg.model import Article, Kind, Line, Mention, Page, Role
from kg.read import read
from kg.recognise import Recogniser
from kg.recognise.compose import maximal
from kg.recognise.decode import ALL, TAGS, Evidence, Lattice, Span, blank_scores, decode, plain_lattice, weigh
from kg.recognise.established import Established
from kg.recognise.lexicon import lexicon_evidence
from kg.recognise.nominal import nominal_spans
from kg.recognise.patterns import Pattern, context_patterns, split_names
from kg.segment import segment

ROOT = Path(__file__).parent.parent


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """'甲⟦乙⟧' -> ('甲乙', [(1, 2)])"""
    spans, plain = [], ""
    for piece in re.split(r"(⟦[^⟧]*⟧)", text):
        if piece.startswith("⟦"):
            spans.append((len(plain), len(plain) + len(piece) - 2))
            piece = piece[1:-1]
        plain += piece
    return plain, spans


def test_there_are_patterns() -> None:
    assert len(context_patterns()) >= 10
    assert len({p.id for p in context_patterns()}) == len(context_patterns())


@pytest.mark.parametrize("pattern", context_patterns(), ids=lambda p: p.id)
def test_pattern_example_and_counter_example(pattern: Pattern) -> None:
    text, spans = marked(pattern.example)
    assert spans, "an example marks its names"
    assert [(e.start, e.end) for e in pattern.evidence(text)] == spans
    assert pattern.counter
    assert not list(pattern.evidence(pattern.counter))


def test_split_names_keeps_a_name_set_wide_together() -> None:
    text = "王 军 李晓明、赵四海 陈 静"
    assert [text[s:e] for s, e in split_names(text, 0, len(text))] == ["王 军", "李晓明", "赵四海", "陈 静"]


def random_lattice(rng: np.random.Generator) -> Lattice:
    plain = plain_lattice()
    n = len(TAGS)
    return Lattice(
        plain.transitions + rng.normal(size=(n, n)).astype(np.float32),
        plain.start + rng.normal(size=n).astype(np.float32),
        rng.normal(size=n).astype(np.float32),
    )


def spans_of(path: tuple[int, ...]) -> list[tuple[int, int, str]]:
    result: list[tuple[int, int, str]] = []
    for k, tag in enumerate(path):
        if TAGS[tag].startswith("B-"):
            result.append((k, k + 1, TAGS[tag][2:]))
        elif TAGS[tag].startswith("I-"):
            result[-1] = (result[-1][0], k + 1, result[-1][2])
    return result


def test_decoder_equals_brute_force() -> None:
    rng = np.random.default_rng(7)
    checked = 0
    for length in (1, 2, 3, 4):
        lattice = random_lattice(rng)
        scores = [rng.normal(scale=2, size=(length, len(TAGS))).astype(np.float32) for _ in range(3)]
        for s, found in zip(scores, decode(scores, lattice), strict=True):
            totals = {}
            for path in itertools.product(range(len(TAGS)), repeat=length):
                value = lattice.start[path[0]] + lattice.end[path[-1]] + sum(s[k, t] for k, t in enumerate(path))
                value += sum(lattice.transitions[a, b] for a, b in itertools.pairwise(path))
                if value > -1000:
                    totals[path] = float(value)
            best = max(totals, key=lambda p: totals[p])
            mass = sum(np.exp(v) for v in totals.values())
            codes = {Kind.PERSON: "PER", Kind.ORGANIZATION: "ORG"}
            assert [(f.start, f.end, codes.get(f.kind, f.kind.name)) for f in found] == spans_of(best)
            for f, span in zip(found, spans_of(best), strict=True):
                share = sum(np.exp(v) for p, v in totals.items() if span in spans_of(p)) / mass
                assert f.confidence == pytest.approx(share, abs=1e-3)
                checked += 1
    assert checked > 5


def test_evidence_decides_and_batches_agree() -> None:
    text = "副局长许知远介绍"
    blank = blank_scores(len(text))
    settled = weigh(blank, [Evidence(3, 6, (Kind.PERSON,), 12.0, "test")])
    against = weigh(settled, [Evidence(3, 6, ALL, -20.0, "test")])
    found = decode([blank, settled, against, blank_scores(0)], plain_lattice())
    assert [[(s.start, s.end, s.kind) for s in spans] for spans in found] == [[], [(3, 6, Kind.PERSON)], [], []]
    assert found[1][0].confidence > 0.75


def test_lexicons_know_divisions_and_organs_of_every_level() -> None:
    text = "吉林省白城市通榆县财政局、县委组织部、教育部、市委托企业"
    named = [e for e in lexicon_evidence(text) if len(e.kinds) == 1 and e.weight > 0 and not e.tail]
    found = {(text[e.start : e.end], e.kinds) for e in named}
    assert ("吉林省", (Kind.PLACE,)) in found
    assert ("白城市", (Kind.PLACE,)) in found
    assert ("吉林省白城市通榆县财政局", (Kind.AGENCY,)) in found
    assert ("县委组织部", (Kind.AGENCY,)) in found
    assert ("教育部", (Kind.AGENCY,)) in found
    assert not any(name == "市委" for name, _ in found)  # 市|委托


def test_maximal_names() -> None:
    def read_spans(text: str, *pieces: tuple[str, Kind]) -> list[str]:
        at, spans = 0, []
        for piece, kind in pieces:
            start = text.index(piece, at)
            at = start + len(piece)
            spans.append(Span(start, at, kind, 0.9))
        return [text[s.start : s.end] for s in maximal(text, spans)]

    place, school = Kind.PLACE, Kind.ORGANIZATION
    assert read_spans("白城市第九中学", ("白城市", place), ("第九中学", school)) == ["白城市第九中学"]
    assert read_spans("吉林省白城市第九中学", ("吉林省", place), ("白城市第九中学", school)) == ["吉林省白城市第九中学"]
    assert read_spans("白城市湖南甲公司", ("白城市", place), ("湖南甲公司", Kind.COMPANY)) == ["白城市", "湖南甲公司"]
    assert read_spans("白城市通榆县", ("白城市", place), ("通榆县", place)) == ["白城市", "通榆县"]
    assert read_spans("临江产业园3号地块配套设施项目开工", ("临江产业园", Kind.PROJECT)) == [
        "临江产业园3号地块配套设施项目"
    ]
    assert read_spans("临江产业园开工", ("临江产业园", Kind.PROJECT)) == ["临江产业园"]
    assert read_spans("市推进办宣传组组长到会", ("市推进办", Kind.AGENCY)) == ["市推进办宣传组"]
    assert read_spans("、高分子材料与工程国家重点实验室", ("国家重点实验室", school)) == [
        "高分子材料与工程国家重点实验室"
    ]
    assert read_spans("全市的重点实验室", ("重点实验室", school)) == []
    kinds = [s.kind for s in maximal("江州市果农联合会", [Span(0, 8, Kind.AGENCY, 0.9)])]
    assert kinds == [Kind.ORGANIZATION]
    kinds = [s.kind for s in maximal("江州市工商业联合会", [Span(0, 9, Kind.AGENCY, 0.9)])]
    assert kinds == [Kind.AGENCY]
    assert read_spans("县民政局优抚科", ("县民政局", Kind.AGENCY), ("优抚科", Kind.COMPANY)) == ["县民政局优抚科"]


def test_a_name_is_no_evidence_for_itself() -> None:
    span = Span(0, 3, Kind.PERSON, 0.95)
    once = Established([(0, "许知远说", span)], reason="page", weight=3)
    assert not list(once.evidence(0, "许知远说"))
    assert [(e.start, e.end) for e in once.evidence(1, "见到许知远")] == [(2, 5)]
    twice = Established([(0, "许知远说", span), (1, "许知远说", span)], reason="page", weight=3)
    assert list(twice.evidence(0, "许知远说"))
    assert not list(
        Established([(0, "许知远说", Span(0, 3, Kind.PERSON, 0.4))], reason="", weight=3).evidence(1, "许知远")
    )


def test_nominal_mentions() -> None:
    text = "我市该局与该公司在该项目现场，自我市场化"
    assert [(text[s:e], kind) for s, e, kind in nominal_spans(text)] == [
        ("我市", Kind.PLACE),
        ("该局", Kind.AGENCY),
        ("该公司", Kind.COMPANY),
        ("该项目", Kind.PROJECT),
    ]


def page_of(text: str) -> tuple[Page, list[Article]]:
    page = Page(doc="page", file="page.txt", text=text, encoding="utf-8", place="白城市")
    return page, list(segment(page))


def names(text: str, **how: bool) -> list[tuple[str, Kind]]:
    page, articles = page_of(text)
    return [(m.text, m.kind) for m in Recogniser.load(**how).recognise([page], articles) if not m.nominal]


def test_without_a_model_patterns_and_lexicons_speak() -> None:
    found = names(
        "江州日报讯(全媒体记者/许知远 通讯员/贺小川 陶然) 4月3日，副市长杜海平到白城市财政局调研。", model=False
    )
    assert ("许知远", Kind.PERSON) in found
    assert ("贺小川", Kind.PERSON) in found
    assert ("陶然", Kind.PERSON) in found
    assert ("杜海平", Kind.PERSON) in found
    assert ("白城市财政局", Kind.AGENCY) in found


def test_people_by_honorific_are_no_persons() -> None:
    found = names("市民刘女士说，楼下的袁师傅和王某、唐某某都来过，张先生没有来。")
    assert not [name for name, kind in found if kind is Kind.PERSON]


@pytest.fixture(scope="module")
def seeds() -> tuple[dict[str, Page], dict[str, Article], tuple[Mention, ...]]:
    pages = read([str(ROOT / "seeds")]).pages
    articles = [a for p in pages for a in segment(p)]
    mentions = Recogniser.load().recognise(pages, articles)
    return {p.doc: p for p in pages}, {a.id: a for a in articles}, mentions


def test_offsets_are_exact_and_spans_apart(
    seeds: tuple[dict[str, Page], dict[str, Article], tuple[Mention, ...]],
) -> None:
    pages, articles, mentions = seeds
    assert len(mentions) > 700
    for m in mentions:
        assert pages[m.doc].text[m.start : m.end] == m.text
        assert m.text == m.text.strip() and m.reasons and 0 <= m.confidence <= 1
        lines = articles[m.article].lines
        assert any(line.start <= m.start < line.end for line in lines)
    for a, b in itertools.pairwise(mentions):
        assert a.doc != b.doc or a.end <= b.start


def test_the_same_input_gives_the_same_mentions(
    seeds: tuple[dict[str, Page], dict[str, Article], tuple[Mention, ...]],
) -> None:
    pages, articles, mentions = seeds
    again = Recogniser.load().recognise(tuple(pages.values()), tuple(articles.values()))
    assert again == mentions


def test_a_name_broken_by_a_line_end_keeps_its_surface() -> None:
    text = "白城日报讯(记者/许知远) 4月3日，白城市财\n政局召开会议。"
    page = Page(doc="p", file="p.txt", text=text, encoding="utf-8", place="白城市")
    first, second = text.index("白城日报"), text.index("政局")
    lines = (
        Line(1, first, second - 1, Role.BODY),
        Line(2, second, len(text), Role.BODY, runs_on=True),
    )
    mentions = Recogniser.load().recognise([page], [Article("p-a1", "p", "", lines)])
    assert "白城市财\n政局" in [m.text for m in mentions]
