"""``kg evaluate``: run the pipeline on a gold folder's pages, or take what ``kg extract`` wrote, and score it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg import extract
from kg.errors import KgError
from kg.evaluate.gold import Gold, load_gold
from kg.evaluate.score import Scores, add, score
from kg.model import Archive, Article, Mention, Page
from kg.pipeline import Options, Progress, assemble, process, silent
from kg.read import infer, manifest_rows
from kg.segment import segment

Rows = list[dict[str, Any]]


def evaluate(
    folder: Path,
    *,
    extracted: Path | None = None,
    gold_mentions: bool = False,
    options: Options | None = None,
    progress: Progress = silent,
) -> Scores:
    """Figures over all documents of a gold folder.

    ``gold_mentions`` gives spans and types (core ones only) and leaves the rest to be measured.
    """
    golds = load_gold(folder)
    if extracted is not None:
        tables = [_rows(extracted / f"{name}.jsonl") for name in ("mentions", "relations", "articles")]
    else:
        pages = [page_of(gold, folder) for gold in golds]
        archive = _from_gold(golds, pages) if gold_mentions else process(pages, (), options, progress)
        tables = _tables(archive)
    return add([score(gold, *tables) for gold in golds])


def _tables(archive: Archive) -> list[Rows]:
    return [list(rows(archive)) for rows in (extract.mention_rows, extract.relation_rows, extract.article_rows)]


def page_of(gold: Gold, folder: Path) -> Page:
    row = manifest_rows(folder).get(f"{gold.doc}.txt", {})
    page = Page(
        doc=gold.doc,
        file=f"{gold.doc}.txt",
        text=gold.text,
        encoding="utf-8",
        newspaper=row.get("newspaper", ""),
        place=row.get("place", ""),
        date=row.get("date", ""),
        number=row.get("page", ""),
    )
    return infer(page)


def _from_gold(golds: Iterable[Gold], pages: list[Page]) -> Archive:
    articles: list[Article] = []
    mentions: list[Mention] = []
    for gold, page in zip(golds, pages, strict=True):
        own = segment(page)
        articles += own
        lines = sorted((line.start, line.end, a.id) for a in own for line in a.lines)
        for g in gold.mentions:
            if g.core:
                article = next(a for start, end, a in lines if start <= g.start < end)
                mentions.append(Mention(gold.doc, article, g.start, g.end, page.text[g.start : g.end], g.kinds[0]))
    return assemble(pages, articles, mentions)


def _rows(path: Path) -> Rows:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise KgError(f"{path}: cannot be read", "name a folder that kg extract wrote") from None
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except ValueError as error:
                raise KgError(f"{path}:{number}: is no JSON: {error}", "write it again with kg extract") from None
    return rows
