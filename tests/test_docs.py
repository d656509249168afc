"""The documents show what the program prints."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_console_blocks_show_real_output(name: str, exports: Path, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("refresh_readme", ROOT / "scripts" / "refresh_readme.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for folder in ("seeds", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(script.BLOCK.findall(text)) >= 3
    assert script.refreshed(text, tmp_path) == text
