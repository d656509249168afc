"""Commands by which a person decides what linking leaves open: review, merge, split, undo."""

from __future__ import annotations

import datetime
import getpass
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.cli.common import examples, folder_option, progress
from kg.errors import KgError
from kg.model import Archive
from kg.publish import publish, write_texts
from kg.read import decode

F = TypeVar("F", bound=Callable[..., Any])

KEYS = {"s": "same", "d": "different", "u": "unsure"}


def signed(command: F) -> F:
    """Who decides, and why."""
    for option in (
        click.option("--why", default="", help="A reason for the log."),
        click.option("--who", default="", help="Who decides; the name of your account if not given."),
    ):
        command = option(command)
    return command


@click.command(epilog=examples("kg review", "kg review --export questions.csv", "kg review --import questions.csv"))
@folder_option
@click.option("--limit", default=20, show_default=True, help="How many questions to ask or list.")
@click.option("--export", "table", metavar="FILE", default="", help="Write the questions as CSV (- for stdout).")
@click.option("--import", "filled", metavar="FILE", default="", help="Take the answers of such a table (- for stdin).")
@click.option("--history", is_flag=True, help="List the decisions so far.")
@click.option("--who", default="", help="Who decides; the name of your account if not given.")
def review(folder: Path, limit: int, table: str, filled: str, history: bool, who: str) -> None:
    """Decide who is who: the open questions, the most useful first. Answers take effect with the next build."""
    from kg import review as work

    log = folder / work.LOG
    if history:
        click.echo(work.history(log), nl=False)
        return
    archive = rebuilt(folder)
    if filled:
        made = work.import_csv(archive, log, table_text(filled), who=who or account(), when=today())
        click.echo(f"{len(made)} decisions taken; build again to see them")
        return
    questions = work.questions(archive, log)
    if table == "-":
        click.echo(work.export_csv(questions), nl=False)
    elif table:
        path = Path(table)
        publish(path.parent, lambda aside: write_texts(aside, {path.name: work.export_csv(questions)}))
    elif sys.stdin.isatty() and sys.stdout.isatty():
        ask(archive, log, questions[:limit], who or account())
    else:
        click.echo(work.listing(questions, limit), nl=False)


def table_text(name: str) -> str:
    """A filled table, in whatever of the three encodings a spreadsheet saved it."""
    with click.open_file(name, "rb") as source:
        data = source.read()
    try:
        return decode(data)[0].strip()
    except KgError as error:
        raise KgError(f"{name}: {error}", "save the table as CSV in UTF-8") from None


def ask(archive: Archive, log: Path, questions: Sequence[Any], who: str) -> None:
    """One question after another, answered by a key."""
    from kg import review as work
    from kg.decisions import Judgement

    for question in questions:
        click.echo(work.listing([question]), nl=False)
        if question.question == "one or two":
            click.echo("     (kg split decides this one)")
            continue
        click.echo("s same   d different   u unsure   n next   q quit")
        key = click.getchar().lower()
        if key == "q":
            break
        if key in KEYS:
            left, right = question.left.id, question.right.id
            click.echo(str(work.judge(archive, log, left, right, Judgement(KEYS[key]), who=who, when=today())))


@click.command(epilog=examples("kg merge 王晓明 王小明 --why 同一职务", "kg merge 王晓明 王小明 --misread"))
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--misread", is_flag=True, help="B's name is an error of reading.")
@signed
@folder_option
def merge(left: str, right: str, misread: bool, who: str, why: str, folder: Path) -> None:
    """Decide that A and B (ids or names) are one; A keeps its name."""
    from kg import review as work

    made = work.merge(
        rebuilt(folder),
        folder / work.LOG,
        left,
        right,
        who=who or account(),
        when=today(),
        why=why,
        misread=misread,
    )
    click.echo(str(made))


@click.command(epilog=examples("kg split 朝阳区 page-2"))
@click.argument("entity")
@click.argument("mentions", nargs=-1, required=True)
@signed
@folder_option
def split(entity: str, mentions: tuple[str, ...], who: str, why: str, folder: Path) -> None:
    """Decide that MENTIONS (ids, articles, pages or printed words) are not ENTITY but another of that name."""
    from kg import review as work

    archive = rebuilt(folder)
    made = work.split(archive, folder / work.LOG, entity, mentions, who=who or account(), when=today(), why=why)
    click.echo(str(made))


@click.command(epilog=examples("kg undo abcd2345 --why 看错了"))
@click.argument("decision")
@signed
@folder_option
def undo(decision: str, who: str, why: str, folder: Path) -> None:
    """Take DECISION back; the log keeps both lines."""
    from kg import review as work

    made = work.undo(folder / work.LOG, decision, who=who or account(), when=today(), why=why)
    click.echo(f"undone: {made.of}")


def rebuilt(folder: Path) -> Archive:
    """The archive of the last build, made again from the pages that it names."""
    from kg.build import archive_of

    with progress() as report:
        return archive_of(folder, report)


def account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def today() -> str:
    return datetime.date.today().isoformat()
