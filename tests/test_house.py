"""Rules of the house that a reader would otherwise have to watch over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from kg.evaluate import load_gold
from kg.model import Kind

ROOT = Path(__file__).parent.parent
KG = ROOT / "kg"

# the way is straight: a module imports only what stands before it, or its own package
ORDER = [
    ["errors", "model", "resources", "ids"],
    ["publish", "tables"],
    ["places", "dates", "amounts", "tagger", "decisions"],
    ["canonical", "whereabouts", "text"],
    ["read"],
    ["segment"],
    ["recognise"],
    ["relate", "privacy"],
    ["resolve"],
    ["vocabulary"],
    ["facts"],
    ["pipeline", "extract", "graph"],
    ["store"],
    ["validate", "query", "export", "explain", "view", "evaluate", "review"],
    ["build"],
    ["cli"],
    ["__main__"],
]
RANK = {name: n for n, names in enumerate(ORDER) for name in names}
DERIVED = {"common_words.tsv", "segment_bigrams.tsv"}  # words and pairs of characters, counted by scripts


def modules() -> list[tuple[str, Path]]:
    return [(path.relative_to(KG).parts[0].removesuffix(".py"), path) for path in sorted(KG.rglob("*.py"))]


def test_imports_follow_the_flow() -> None:
    checked = 0
    for name, path in modules():
        if name == "__init__":
            continue
        assert name in RANK, f"{path}: give kg.{name} a place in the order"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets: list[str] = []
            if isinstance(node, ast.ImportFrom) and node.module:
                targets = [f"kg.{a.name}" for a in node.names] if node.module == "kg" else [node.module]
            elif isinstance(node, ast.Import):
                targets = [a.name for a in node.names]
            for target in targets:
                parts = target.split(".")
                if parts[0] == "kg" and len(parts) > 1 and parts[1] != "__version__" and parts[1] != name:
                    assert RANK[parts[1]] < RANK[name], f"{path}: kg.{name} may not import {target}"
                    checked += 1
    assert checked > 100


def test_no_name_of_a_gold_page_stands_in_code_or_lexicons() -> None:
    named = {Kind.PERSON, Kind.COMPANY, Kind.PROJECT, Kind.ORGANIZATION}
    names = set()
    for gold in load_gold(ROOT / "tests" / "gold"):
        for m in gold.mentions:
            if m.core and set(m.kinds) <= named:
                names |= {n for n in (gold.text[m.start : m.end], m.name) if len(n) >= 3}
    assert len(names) > 120
    files = [
        path
        for suffix in ("*.py", "*.tsv", "*.rq", "*.ttl")
        for folder in (KG, ROOT / "ontology")
        for path in sorted(folder.rglob(suffix))
        if path.name not in DERIVED
    ]
    assert len(files) > 40
    found = []
    for path in files:
        text = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(ROOT)}: {name}" for name in sorted(names) if name in text]
    assert not found


def test_no_path_of_somebody_s_machine_stands_in_the_project() -> None:
    machine = re.compile(r"(?<![\w.~/])/(?:home|Users|root|mnt|work|opt)/\w")
    checked = 0
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if parts[0] in {".git", ".venv", "exports", "build", "dist"}:
            continue
        if path.suffix in {".py", ".md", ".tsv", ".toml", ".ttl", ".rq", ".txt"}:
            checked += 1
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not machine.search(text), f"{path}: {machine.search(text)}"
    assert checked > 100


def test_public_modules_say_what_they_are() -> None:
    for _, path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.name not in {"__main__.py"}:
            assert ast.get_docstring(tree), f"{path} has no docstring"
