"""The word lists of ``lexicons/name_parts.tsv``, as alternations of a regular expression."""

from __future__ import annotations

import re
from functools import cache

from kg.errors import KgError
from kg.resources import lexicon


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    source = lexicon("name_parts.tsv")
    found: dict[str, list[str]] = {}
    lines = source.read_text(encoding="utf-8").splitlines()
    rows = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    for number, line in rows[1:]:
        name, tab, word = line.partition("\t")
        try:
            re.compile(word)
        except re.error as error:
            raise KgError(f"{source.name}, line {number}: {error}", "mend the expression") from error
        if not tab or not word:
            raise KgError(f"{source.name}, line {number}: a list and a word expected", "see the file's head")
        found.setdefault(name, []).append(word)
    return {name: tuple(sorted(words, key=lambda w: (-len(w), w))) for name, words in found.items()}


def words(name: str) -> tuple[str, ...]:
    """The words of a list, longest first."""
    return _lists()[name]


def either(name: str) -> str:
    """The words of a list as a group: (?:…|…)."""
    return f"(?:{'|'.join(words(name))})"
