"""One real build of the five seed pages for all tests that look at its outcome."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
Kg = Callable[..., "subprocess.CompletedProcess[str]"]


def run_kg(*args: str, cwd: Path = ROOT, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """``kg`` as a user runs it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *args],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        check=False,
    )


@pytest.fixture(scope="session")
def kg() -> Kg:
    return run_kg


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``kg build seeds`` publishes."""
    out = tmp_path_factory.mktemp("built") / "exports"
    done = run_kg("build", "seeds", "-o", str(out))
    assert done.returncode == 0, done.stderr
    (out.parent / "summary.txt").write_text(done.stdout, encoding="utf-8")
    return out
