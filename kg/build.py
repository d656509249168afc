"""``kg build``: from pages to a published graph. Nothing is published that breaks the shapes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kg import extract, store
from kg.errors import KgError
from kg.graph import build_quads
from kg.model import Archive
from kg.pipeline import Options, Progress, run, silent
from kg.publish import publish, write_texts
from kg.validate import Report, validate
from kg.view import view_html
from kg.vocabulary import DEFAULT_BASE

VIEWER = "graph.html"
RECIPE = "build.json"  # what was built and how, so that it can be read again
LOG = "decisions.jsonl"  # what people decided about identity; no build touches it


@dataclass(frozen=True, slots=True)
class Built:
    archive: Archive
    report: Report
    files: tuple[Path, ...]  # empty if the graph breaks the shapes


def build(
    inputs: Sequence[str],
    out: Path,
    *,
    options: Options | None = None,
    base: str = DEFAULT_BASE,
    include_private: bool = False,
    progress: Progress = silent,
) -> Built:
    """Read, extract, link, validate and publish into ``out``: graph, viewer and findings.

    Decisions are read from ``out/decisions.jsonl`` unless the options name another log.
    """
    options = options or Options()
    archive = run(inputs, options if options.decisions else replace(options, decisions=str(out / LOG)), progress)
    progress("graph", 0, 1)
    quads = build_quads(archive, base=base, include_private=include_private)
    progress("validate", 0, 1)
    report = validate(quads)
    if not report.conforms:
        return Built(archive, report, ())
    progress("publish", 0, 1)

    def write(folder: Path) -> None:
        store.save(quads, folder)
        findings = {name: text for name, text in extract.files(archive).items() if name == "findings.jsonl"}
        write_texts(folder, {VIEWER: view_html(store.load(folder)), RECIPE: recipe(inputs, options), **findings})

    return Built(archive, report, publish(out, write))


def recipe(inputs: Sequence[str], options: Options) -> str:
    """The content of ``build.json``: inputs as they were given, and the options."""
    return json.dumps({"inputs": list(inputs), **asdict(options)}, ensure_ascii=False, indent=1) + "\n"


def archive_of(folder: Path, progress: Progress = silent) -> Archive:
    """The archive that the last build in ``folder`` was made from, read and extracted again."""
    path = folder / RECIPE
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
        inputs = made.pop("inputs")
        options = Options(**made)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise KgError(f"{path}: cannot be read", "build the graph first: kg build INPUT... -o DIR") from None
    if "-" in inputs:
        raise KgError(f"{folder}: was built from standard input, which is gone", "build it from files")
    return run(inputs, options if options.decisions else replace(options, decisions=str(folder / LOG)), progress)


def summary(built: Built) -> str:
    """What was made, as ``make graph`` prints it."""
    a = built.archive
    kinds = Counter(e.kind.value for e in a.resolution.entities)
    relations = Counter(f.relation.value for f in a.facts)
    lines = [
        f"pages      {len(a.pages)}",
        f"articles   {len(a.articles)}",
        f"mentions   {len(a.mentions)}",
        f"entities   {len(a.resolution.entities)}  ({_counts(kinds)})",
        f"facts      {len(a.facts)}  ({_counts(relations)})",
        f"validation {'conforms' if built.report.conforms else 'BROKEN, nothing published'}"
        f" ({len(built.report.results)} findings)",
    ]
    if built.files:
        folder = built.files[0].parent
        lines.append(f"written    {folder}/: {', '.join(p.name for p in built.files)}")
        lines.append(f"look at it kg view {folder}")
    return "\n".join(lines)


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {n}" for name, n in sorted(counter.items(), key=lambda x: (-x[1], x[0])))
