"""Tables of knowledge: tab-separated, a header, UTF-8, lines that begin with # are comments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import KgError


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row by column name). A missing last cell is empty; ``KgError`` names file and line of a bad one."""
    header: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
        elif len(cells) > len(header):
            raise KgError(f"{path.name}:{number}: {len(cells)} columns, not {len(header)}", "mend the table")
        else:
            yield number, dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))
