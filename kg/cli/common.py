"""What the commands share: errors as one line, options, findings, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.errors import KgError
from kg.model import Archive, Finding, Severity

F = TypeVar("F", bound=Callable[..., Any])

OUT = Path("exports")


class Group(click.Group):
    """Turns every KgError into one line and a hint on stderr, with exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            if error.hint:
                click.echo(f"    {error.hint}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            sys.stderr.close()  # the reader of a pipe left: no message
            ctx.exit(0)
        except OSError as error:
            click.echo(f"kg: {error.filename or 'input or output'}: {error.strerror or error}", err=True)
            ctx.exit(2)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of work


def examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def extraction(command: F) -> F:
    """The options of every command that reads pages."""
    for option in (
        click.option("--decisions", type=click.Path(), default="", help="Log of decisions about identity to heed."),
        click.option("--no-model", is_flag=True, help="Use lexicons and patterns alone."),
        click.option("--allow-download", is_flag=True, help="Let HanLP fetch the model that --hanlp names."),
        click.option("--hanlp", metavar="NAME|PATH", default="", help="Add a HanLP model of your own as evidence."),
    ):
        command = option(command)
    return command


folder_option = click.option(
    "-g",
    "--graph",
    "folder",
    type=click.Path(path_type=Path),
    default=OUT,
    show_default=True,
    help="Folder that kg build wrote.",
)


def options(choices: dict[str, Any]) -> Any:
    from kg.pipeline import Options

    return Options(
        hanlp=choices["hanlp"],
        allow_download=choices["allow_download"],
        model=not choices["no_model"],
        decisions=str(choices["decisions"]),
    )


def failed(archive: Archive) -> bool:
    """Whether a part of the input was left out."""
    return any(f.severity is Severity.ERROR for f in archive.findings)


def show_findings(findings: Sequence[Finding]) -> None:
    for f in findings:
        click.echo(f"kg: {f.where}: {f.message}", err=True)


def leave(yes: bool) -> None:
    if not yes:
        click.get_current_context().exit(1)


class progress:
    """A line on stderr that shows the stage, on a terminal only."""

    def __enter__(self) -> Callable[[str, int, int], None]:
        from rich.console import Console

        console = Console(stderr=True)
        self.status = console.status("reading") if console.is_terminal else None
        if self.status:
            self.status.start()

        def report(stage: str, done: int, total: int) -> None:
            if self.status:
                self.status.update(f"{stage} {done}/{total}" if total > 1 else stage)

        return report

    def __exit__(self, *_: object) -> None:
        if self.status:
            self.status.stop()
