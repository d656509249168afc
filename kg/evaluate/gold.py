"""Gold files: ``NAME.ann.txt`` (the source with marks), ``NAME.rel.tsv`` and ``NAME.articles.tsv``.

A mark is ``⟦surface|TYPE⟧``, ``⟦surface|TYPE|canonical⟧`` or ``⟦surface|TYPE|canonical|~⟧``; without the marks the
file is the source text, so a gold folder is complete in itself. tests/gold/GUIDELINES.md is the contract.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.model import Kind

MARK = re.compile(r"⟦([^⟦⟧|]+)\|([A-Z/]+)(?:\|([^⟦⟧|]*))?(?:\|(~))?⟧")
KINDS = {
    "PER": Kind.PERSON,
    "AGENCY": Kind.AGENCY,
    "COMPANY": Kind.COMPANY,
    "ORG": Kind.ORGANIZATION,
    "PROJECT": Kind.PROJECT,
    "PLACE": Kind.PLACE,
}


@dataclass(frozen=True, slots=True)
class GoldMention:
    start: int
    end: int
    kinds: tuple[Kind, ...]  # the accepted ones; empty for SKIP
    name: str  # canonical
    optional: bool
    skip: bool

    @property
    def core(self) -> bool:
        return not self.optional and not self.skip


@dataclass(frozen=True, slots=True)
class GoldRelation:
    relation: str
    subject: str
    object: str
    detail: str
    date: str
    status: str


@dataclass(frozen=True, slots=True)
class GoldArticle:
    id: str
    titles: tuple[str, ...]
    lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class Gold:
    doc: str
    text: str
    mentions: tuple[GoldMention, ...]
    relations: tuple[GoldRelation, ...] | None  # None: not annotated
    articles: tuple[GoldArticle, ...] | None


def load_gold(folder: Path) -> tuple[Gold, ...]:
    """All documents of a gold folder, by name. ``KgError`` names the file and line that is wrong."""
    if not folder.is_dir():
        raise KgError(f"{folder}: no such folder", "name a folder that holds NAME.ann.txt files")
    files = sorted(folder.glob("*.ann.txt"))
    if not files:
        raise KgError(f"{folder}: holds no NAME.ann.txt", "a gold folder has one such file per page")
    return tuple(_load(path) for path in files)


def _load(path: Path) -> Gold:
    doc = path.name.removesuffix(".ann.txt")
    text, mentions = parse_marks(_read(path))
    relations = articles = None
    table = path.with_name(f"{doc}.rel.tsv")
    if table.exists():
        columns = ("relation", "subject", "object", "detail", "date", "status")
        relations = tuple(GoldRelation(*((r[c] or "").strip() for c in columns)) for r in _rows(table, columns))
    table = path.with_name(f"{doc}.articles.tsv")
    if table.exists():
        articles = tuple(
            GoldArticle(r["article"], tuple(r["title"].split("|")), _lines(r["lines"], f"{table}:{n}"))
            for n, r in enumerate(_rows(table, ("article", "title", "lines")), 2)
        )
    return Gold(doc, text, mentions, relations, articles)


def parse_marks(annotated: str) -> tuple[str, tuple[GoldMention, ...]]:
    """Annotated text -> the plain text and its gold mentions."""
    plain: list[str] = []
    mentions: list[GoldMention] = []
    at = last = 0
    for m in MARK.finditer(annotated):
        before = annotated[last : m.start()]
        plain += [before, m.group(1)]
        at += len(before)
        types = m.group(2).split("/")
        unknown = [t for t in types if t not in KINDS and t != "SKIP"]
        if unknown:
            raise KgError(f"unknown type {unknown[0]} in {m.group()}", f"the types are {', '.join(KINDS)} and SKIP")
        kinds = tuple(KINDS[t] for t in types if t != "SKIP")
        mentions.append(
            GoldMention(at, at + len(m.group(1)), kinds, m.group(3) or m.group(1), bool(m.group(4)), "SKIP" in types)
        )
        at += len(m.group(1))
        last = m.end()
    return "".join(plain) + annotated[last:], tuple(mentions)


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as f:
            return f.read()
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: is not UTF-8 (byte {error.start + 1})", "save it as UTF-8") from None


def _rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    reader = csv.DictReader(_read(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [c for c in columns if c not in (reader.fieldnames or ())]
    if missing:
        raise KgError(f"{path}:1: has no column {missing[0]!r}", f"its columns are {', '.join(columns)}")
    return [{k: v or "" for k, v in row.items() if k} for row in reader]


def _lines(ranges: str, where: str) -> frozenset[int]:
    """'3-11,15' -> {3, …, 11, 15}"""
    lines: set[int] = set()
    for part in ranges.split(","):
        first, _, last = part.strip().partition("-")
        if not (first.isdigit() and (last or first).isdigit()):
            raise KgError(f"{where}: {part!r} is no range of lines", "write ranges such as 3-11,15")
        lines.update(range(int(first), int(last or first) + 1))
    return frozenset(lines)
