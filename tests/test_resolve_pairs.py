"""Hard pairs (tests/pairs/*.tsv): what is one thing, what is two, and what is a question for people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kg.model import Resolution
from kg.places import gazetteer
from kg.resolve import candidates
from tests.pairs.build import Built, Source, build

FOLDER = Path(__file__).parent / "pairs"


@dataclass(frozen=True)
class Pair:
    where: str
    group: str
    expect: str
    scope: str
    left_page: str
    left: str
    right_page: str
    right: str


@cache
def pairs() -> tuple[Pair, ...]:
    found = []
    for path in sorted(FOLDER.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith(("#", "group\t")):
                found.append(Pair(f"{path.stem}:{number}", *line.split("\t")))
    return tuple(found)


def built(pair: Pair) -> Built:
    """The pair as pages, with claims; and its two marked mentions."""
    (left, date), (right, other) = pair.left_page.split(), pair.right_page.split()
    assert gazetteer().resolve(left) and gazetteer().resolve(right), pair.where
    if pair.scope == "article":
        return build([Source("d1", left, date, (pair.left + pair.right,))])
    if pair.scope == "page":
        return build([Source("d1", left, date, (pair.left, pair.right))])
    return build([Source("d1", left, date, (pair.left,)), Source("d2", right, other, (pair.right,))])


@cache
def outcomes() -> dict[str, str]:
    """Where -> same, different or ask."""
    result = {}
    for pair in pairs():
        made = built(pair)
        archive, (left, right) = made.archive, made.marked
        links = archive.resolution.links
        result[pair.where] = "same" if links[left] == links[right] else "different"
        if pair.expect == "ask" and result[pair.where] == "different":
            asked = {frozenset((c.left.id, c.right.id)) for c in candidates(archive)}
            if frozenset((links[left], links[right])) in asked:
                result[pair.where] = "ask"
    return result


def test_the_files_hold_enough_pairs() -> None:
    assert len(pairs()) >= 150
    assert {p.expect for p in pairs()} == {"same", "different", "ask"}
    assert len({p.group for p in pairs()}) >= 60


def test_at_least_95_of_100_pairs_are_right() -> None:
    found = outcomes()
    wrong = [f"{p.where} {p.group}: {found[p.where]}, not {p.expect}" for p in pairs() if found[p.where] != p.expect]
    assert len(wrong) <= 0.05 * len(pairs()), "\n".join(wrong)


@pytest.mark.parametrize("kind", ["persons", "organisations", "places"])
def test_each_file_is_right_nine_times_out_of_ten(kind: str) -> None:
    own = [p for p in pairs() if p.where.startswith(kind)]
    right = sum(outcomes()[p.where] == p.expect for p in own)
    assert right >= 0.9 * len(own)


def test_no_namesakes_are_merged_silently() -> None:
    own = [p for p in pairs() if p.where.startswith("persons") and p.expect != "same"]
    assert len(own) >= 25
    merged = [p.where for p in own if outcomes()[p.where] == "same"]
    assert not merged


def test_every_reference_is_linked_to_an_entity_that_exists() -> None:
    by_file: dict[str, int] = defaultdict(int)
    for pair in pairs()[:40]:
        archive = built(pair).archive
        found: Resolution = archive.resolution
        ids = {e.id for e in found.entities}
        references = [*archive.mentions, *(r for c in archive.claims for r in (c.subject, c.object) if r is not None)]
        assert all(found.links[r] in ids for r in references)
        assert all(not e.within or e.within in ids for e in found.entities)
        assert [e.id for e in found.entities] == sorted(ids)
        by_file[pair.where.split(":")[0]] += 1
    assert sum(by_file.values()) == 40
