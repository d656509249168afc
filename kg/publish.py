"""Writing a set of files so that a reader never sees half of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from kg.errors import KgError


def publish(folder: Path, write: Callable[[Path], None]) -> tuple[Path, ...]:
    """Run ``write`` on an empty folder beside the target, then rename its files into place. Returns them, sorted.

    If ``write`` raises, the target stays as it was. ``KgError`` if the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    except OSError as error:
        raise KgError(f"{folder}: cannot be written: {error.strerror}", "name another folder with -o") from None
    try:
        write(aside)
        done = []
        for file in sorted(p for p in aside.rglob("*") if p.is_file()):
            target = folder / file.relative_to(aside)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
            done.append(target)
        return tuple(done)
    except OSError as error:
        where = error.filename or folder
        raise KgError(f"{where}: cannot be written: {error.strerror}", "see to room and rights there") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
