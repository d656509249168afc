"""The command line. Every command is a thin call of the function of the same name."""

from __future__ import annotations

import click

from kg import __version__
from kg.cli.common import Group, examples
from kg.cli.graphs import explain, export, query, validate, view
from kg.cli.identity import merge, review, split, undo
from kg.cli.pages import build, evaluate, extract

__all__ = ["main"]


@click.group(
    cls=Group, epilog=examples("kg build seeds -o exports", "kg query who-holds-which-post", "kg explain 株洲市")
)
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Makes a knowledge graph of newspaper pages: who held which post, who built what, and where it is printed."""


for command in (build, extract, query, view, export, validate, explain, review, merge, split, undo, evaluate):
    main.add_command(command)
