"""The wheel works when installed elsewhere: ontology, queries, shapes, lexicons, patterns and model are in it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = "江州市开会\n\n江州日报讯(记者/许知远) 4月3日,市财政局局长杜海平出席会议。\n"


def test_the_wheel_runs_away_from_the_checkout(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    done = subprocess.run(build, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    assert (site / "kg" / "ontology" / "kg.ttl").exists()
    assert not (site / "training").exists()
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(site)}

    def run(*args: str) -> str:
        done = subprocess.run(
            [sys.executable, *args], cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("-c", "import kg; print(kg.__file__)").startswith(str(site))
    assert "validation conforms" in run("-m", "kg", "build", "page.txt", "-o", "out")
    assert "杜海平" in run("-m", "kg", "query", "who-holds-which-post", "-g", "out")
    assert (tmp_path / "out" / "graph.html").stat().st_size > 100_000
