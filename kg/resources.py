"""Where the packaged data lies: lexicons and patterns beside the code, the ontology in the repository's root.

In a wheel the ontology is packaged as ``kg/ontology``; in a checkout it is the folder ``ontology`` beside ``kg``.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def ontology_dir() -> Path:
    packaged = PACKAGE / "ontology"
    return packaged if packaged.is_dir() else PACKAGE.parent / "ontology"


def lexicon(name: str) -> Path:
    return PACKAGE / "lexicons" / name


def patterns(name: str) -> Path:
    return PACKAGE / "patterns" / name
