"""Strict F1 of a model: on the kept-out tenth of the corpus, and on annotated pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kg.tagger.tagging import TYPES
from training.annotation import Article, Line, parse_line

Found = Sequence[tuple[int, int, str]]
Counts = Counter[tuple[str, str]]  # (type, "tp" | "fp" | "fn")


def hits(line: Line, found: Found) -> list[tuple[tuple[int, int, str], bool]]:
    """Of what was found, that which counts, each with whether it is right. What lies inside a marked name, or
    on a SKIP or nominal mark, does not count."""
    gold = {(span.start, span.end): span for span in line.spans}
    rows = []
    for start, end, kind in found:
        span = gold.get((start, end))
        if span is not None and span.types and not span.nominal:
            rows.append(((start, end, kind), kind in span.types))
        elif not any(other.start <= start and end <= other.end for other in line.spans):
            rows.append(((start, end, kind), False))
    return rows


def count(line: Line, found: Found, into: Counts) -> None:
    """Add one line's hits and misses: a hit counts under the type found, a miss under the leading type."""
    hit = set()
    for (start, end, kind), right in hits(line, found):
        into[kind, "tp" if right else "fp"] += 1
        if right:
            hit.add((start, end))
    for span in line.spans:
        if span.types and not span.nominal and (span.start, span.end) not in hit:
            into[span.types[0], "fn"] += 1


def measure(lines: Sequence[Line], tag: Callable[[Sequence[str]], Sequence[Found]]) -> Counts:
    counts: Counts = Counter()
    for line, found in zip(lines, tag([line.text for line in lines]), strict=True):
        count(line, found, counts)
    return counts


def figures(counts: Counts) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of all and by type."""
    rows = {}
    for name in ("all", *TYPES):
        tp, fp, fn = (
            sum(n for (kind, what), n in counts.items() if what == key and name in ("all", kind))
            for key in ("tp", "fp", "fn")
        )
        precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
        rows[name] = (precision, recall, 2 * tp / max(1, 2 * tp + fp + fn))
    return rows


def table(counts: Counts) -> str:
    return "  ".join(
        f"{name} {f1:.3f} ({precision:.3f}/{recall:.3f})" for name, (precision, recall, f1) in figures(counts).items()
    )


def kept_out(articles: Iterable[Article]) -> list[Line]:
    return [line for article in articles if article.kept_out for line in article.lines]


def pages(folder: Path) -> list[Line]:
    """The lines of annotated pages (``*.ann.txt``)."""
    return [
        parse_line(row)
        for file in sorted(folder.glob("*.ann.txt"))
        for row in file.read_text("utf-8").splitlines()
        if row.strip()
    ]
