"""Every row of the pattern files: its example is found by that row, its counter-example is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.relate import findings, patterns
from kg.relate.patterns import Pattern, families, load
from tests.sentences.reader import marked

ROWS = [(family, p) for family in families() for p in load(family)]


def rules(example: str) -> set[str]:
    page, article, mentions = marked(example, "row", "青江市", "2024-05-20")
    return {c.rule for c in findings(page, article, mentions)}


@pytest.mark.parametrize(("family", "pattern"), ROWS, ids=[f"{f}-{p.id}" for f, p in ROWS])
def test_example_and_counter_example(family: str, pattern: Pattern) -> None:
    rule = f"{pattern.relation}.{pattern.id}"
    assert rule in rules(pattern.example)
    assert rule not in rules(pattern.counter)


def test_every_row_carries_both() -> None:
    assert len(ROWS) >= 70
    assert all(p.example and p.counter and 0 < p.confidence <= 1 for _, p in ROWS)
    assert len({(f, p.id) for f, p in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a\tpost\t<NOBODY:s>\t\t\t0.9\tx\ty", "unknown kind <NOBODY>"),
        ("a\tpost\t{NOTHING}\t\t\t0.9\tx\ty", "unknown class {NOTHING}"),
        ("a\tpost\t(\t\t\t0.9\tx\ty", "bad.tsv: a"),
        ("a\tfriendship\t<PER:s>\t\t\t0.9\tx\ty", "friendship"),
        ("a\tpost", "no pattern"),
    ],
)
def test_bad_row_names_file_and_row(row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "classes.tsv").write_text("class\tpattern\tnote\n", encoding="utf-8")
    header = "\t".join(patterns.COLUMNS)
    (tmp_path / "bad.tsv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(patterns, "folder", lambda: tmp_path)
    patterns.classes.cache_clear()
    try:
        with pytest.raises(KgError, match=r"bad\.tsv") as caught:
            load("bad")
        assert message in str(caught.value)
    finally:
        patterns.classes.cache_clear()
