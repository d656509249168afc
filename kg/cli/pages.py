"""Commands that read pages: build, extract, evaluate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg.cli.common import OUT, examples, extraction, failed, leave, options, progress, show_findings


@click.command(epilog=examples("kg build seeds -o exports", "cat page.txt | kg build - -o exports"))
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), default=OUT, show_default=True)
@click.option("--base", metavar="IRI", default="", help="Namespace of your own for the graph's nodes.")
@click.option("--include-private", is_flag=True, help="Publish private persons too.")
@extraction
def build(inputs: tuple[str, ...], out: Path, base: str, include_private: bool, **choices: Any) -> None:
    """Build the graph of INPUT (files, folders or -) and publish it."""
    from kg import build as work
    from kg.vocabulary import DEFAULT_BASE

    with progress() as report:
        built = work.build(
            inputs,
            out,
            options=options(choices),
            base=base or DEFAULT_BASE,
            include_private=include_private,
            progress=report,
        )
    show_findings(built.archive.findings)
    for result in built.report.results:
        click.echo(f"kg: {result.line()}", err=True)
    click.echo(work.summary(built))
    leave(built.report.conforms and not failed(built.archive))


@click.command(epilog=examples("kg extract seeds -o extracted"))
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR")
@extraction
def extract(inputs: tuple[str, ...], out: Path, **choices: Any) -> None:
    """Write articles, mentions and relations as JSON lines."""
    from kg import extract as work
    from kg.pipeline import run
    from kg.publish import publish, write_texts

    with progress() as report:
        archive = run(inputs, options(choices), report)
    show_findings(archive.findings)
    for path in publish(out, lambda folder: write_texts(folder, work.files(archive))):
        click.echo(str(path))
    leave(not failed(archive))


@click.command(epilog=examples("kg evaluate tests/gold", "kg evaluate tests/gold --extracted extracted"))
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--extracted", type=click.Path(path_type=Path), metavar="DIR", help="Score what kg extract wrote there.")
@click.option("--gold-mentions", is_flag=True, help="Give the gold mentions: measure relations and linking alone.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@extraction
def evaluate(gold: Path, extracted: Path | None, gold_mentions: bool, as_json: bool, **choices: Any) -> None:
    """Score the extraction against GOLD, a folder of annotated pages."""
    from kg.evaluate.report import figures, table
    from kg.evaluate.run import evaluate as work

    with progress() as report:
        scores = work(gold, extracted=extracted, gold_mentions=gold_mentions, options=options(choices), progress=report)
    click.echo(json.dumps(figures(scores), ensure_ascii=False) if as_json else table(scores))
