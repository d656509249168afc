"""Run the commands of the README's console blocks and put their real output below them.

    python scripts/refresh_readme.py         rewrite README.md and README.zh.md
    python scripts/refresh_readme.py --check say whether they would change

A test does the latter, so the documents cannot drift from the program.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "README.zh.md")
BLOCK = re.compile(r"```console\n\$ (.*)\n(?:.*\n)*?```")


def refreshed(text: str, folder: Path) -> str:
    """The text with the output of every console block's command, run in a folder."""

    def run(match: re.Match[str]) -> str:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", match.group(1)],
            cwd=folder,
            env={**os.environ, "PATH": path, "COLUMNS": "100"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        output = "\n".join(line.rstrip() for line in done.stdout.splitlines())
        return f"```console\n$ {match.group(1)}\n{output}\n```"

    return BLOCK.sub(run, text)


def main() -> int:
    check = "--check" in sys.argv[1:]
    changed = []
    for name in DOCUMENTS:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        new = refreshed(text, ROOT)
        if new != text:
            changed.append(name)
            if not check:
                path.write_text(new, encoding="utf-8")
    print("\n".join(f"{name}: {'out of date' if check else 'written'}" for name in changed) or "up to date")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
