"""The words of linking (``lexicons/linking_*.tsv``, ``lexicons/confusions.tsv``), read once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.errors import KgError
from kg.resources import lexicon


@dataclass(frozen=True, slots=True)
class Head:
    """The last word of a name, and the last words of its short forms."""

    text: str
    kind: str
    shorts: tuple[str, ...]
    example: str


HEAD_KINDS = ("company", "org", "agency", "project", "place", "branch")


def plain(surface: str) -> str:
    """Half-width and without blanks: how names are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", surface))


@cache
def heads() -> dict[str, Head]:
    result: dict[str, Head] = {}
    for number, (text, kind, shorts, example) in _rows("linking_heads.tsv", 4):
        if kind not in HEAD_KINDS:
            raise KgError(f"linking_heads.tsv:{number}: unknown kind {kind!r}", "one of " + ", ".join(HEAD_KINDS))
        if text in result:
            raise KgError(f"linking_heads.tsv:{number}: {text} stands there twice", "keep one row")
        result[text] = Head(text, kind, tuple(filter(None, shorts.split("/"))), example)
    return result


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a class of ``linking_words.tsv``, longest first."""
    for _, (given, listed) in _rows("linking_words.tsv", 2):
        if given == name:
            return tuple(sorted(dict.fromkeys(listed.split("/")), key=lambda w: (-len(w), w)))
    raise KgError(f"linking_words.tsv: has no class {name!r}", "install the package again")


@cache
def confusable() -> dict[str, dict[str, str]]:
    """Character -> {other character: how (shape or sound)}; shape wins where both hold."""
    result: dict[str, dict[str, str]] = {}
    for number, (how, chars) in _rows("confusions.tsv", 2):
        if how not in ("shape", "sound"):
            raise KgError(f"confusions.tsv:{number}: unknown kind {how!r}", "shape or sound")
        for a in chars:
            for b in chars:
                if a != b:
                    result.setdefault(a, {}).setdefault(b, how)
    return result


@cache
def ending(name: str, group: str) -> str:
    """The longest word of the class with which the name ends, or nothing."""
    return next((w for w in words(group) if name.endswith(w)), "")


@cache
def apart() -> dict[str, int]:
    """Characters that set two names apart (numbers, directions) -> their class."""
    for _, (given, listed) in _rows("linking_words.tsv", 2):
        if given == "apart":
            return {char: i for i, group in enumerate(listed.split("/")) for char in group}
    raise KgError("linking_words.tsv: has no class 'apart'", "install the package again")


def _rows(name: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    header = True
    for number, line in enumerate(lexicon(name).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if header:
            header = False
            continue
        fields = line.split("\t")
        if len(fields) != columns:
            raise KgError(f"{name}:{number}: has {len(fields)} columns", f"write {columns}, separated by one tab each")
        yield number, fields


def slip(a: str, b: str) -> str:
    """How two names differ that differ in one character only: shape, sound, other, number (two things), or nothing."""
    if len(a) != len(b):
        return ""
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(pairs) != 1:
        return ""
    x, y = pairs[0]
    if x in apart() and apart().get(x) == apart().get(y):
        return "number"
    return confusable().get(x, {}).get(y, "other")
