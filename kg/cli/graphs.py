"""Commands that read a built graph: query, view, export, validate, explain."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from kg.cli.common import OUT, examples, folder_option, leave


@click.command(
    epilog=examples(
        "kg query",
        "kg query who-holds-which-post",
        "kg query posts-as-of --date 2023-05-01",
        "kg query my.rq --format csv",
    )
)
@click.argument("query", metavar="FILE_OR_NAME", required=False)
@folder_option
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Short for -p date=DAY.")
@click.option("-p", "--param", "params", metavar="NAME=VALUE", multiple=True, help="Bind a variable of the query.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "turtle"]),
    default="table",
    show_default=True,
)
def query(query: str | None, folder: Path, date: datetime | None, params: tuple[str, ...], form: str) -> None:
    """Run a SPARQL query: a file, or one of those that come with kg (no argument lists them)."""
    from kg import query as work
    from kg import store

    if query is None:
        click.echo(work.listing())
        return
    text, where = work.find(query)
    answer = work.run(
        store.load(folder), text, work.parameters((*params, *([f"date={date:%Y-%m-%d}"] if date else []))), where=where
    )
    click.echo(answer.format(form), nl=False)
    leave(bool(answer))


@click.command(epilog=examples("kg view", "kg view exports -o graph.html"))
@click.argument("folder", metavar="[FOLDER]", type=click.Path(path_type=Path), default=OUT)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the page elsewhere.")
@click.option("--no-open", is_flag=True, help="Only say where it is.")
def view(folder: Path, out: Path | None, no_open: bool) -> None:
    """Open the graph in a browser; the page is one file and needs no network."""
    from kg import store
    from kg.build import VIEWER
    from kg.publish import publish, write_texts
    from kg.view import view_html

    target = out or folder / VIEWER
    graph = store.load(folder)
    publish(target.parent, lambda aside: write_texts(aside, {target.name: view_html(graph)}))
    click.echo(str(target))
    if not no_open:
        click.launch(str(target.resolve()))


@click.command(epilog=examples("kg export -f turtle -o graph.ttl", "kg export -f nquads | head"))
@folder_option
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml"]),
    default="turtle",
    show_default=True,
)
@click.option("-o", "--out", default="-", metavar="FILE", show_default=True)
def export(folder: Path, form: str, out: str) -> None:
    """Hand the graph on in another format."""
    from kg import store
    from kg.export import export as work

    data = work(store.load(folder), form, None if out == "-" else Path(out))
    if out == "-":
        sys.stdout.buffer.write(data)


@click.command(epilog=examples("kg validate", "kg validate exports"))
@click.argument("folder", metavar="[FOLDER]", type=click.Path(path_type=Path), default=OUT)
def validate(folder: Path) -> None:
    """Check the graph against the SHACL shapes."""
    from kg import store
    from kg.validate import validate as work

    report = work(store.load(folder))
    for result in report.results:
        click.echo(result.line())
    click.echo("conforms" if report.conforms else f"does not conform: {len(report.results)} findings")
    leave(report.conforms)


@click.command(epilog=examples("kg explain 株洲市"))
@click.argument("name")
@folder_option
def explain(name: str, folder: Path) -> None:
    """Print every fact about NAME, with page, article and sentence."""
    from kg import store
    from kg.explain import explain as work

    answer = work(store.load(folder), name)
    click.echo(answer.text(), nl=False, err=not answer)
    leave(bool(answer))
