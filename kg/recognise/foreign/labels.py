"""What the labels of a HanLP model mean here: the table ``hanlp_labels.tsv``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import KgError
from kg.model import Kind
from kg.resources import lexicon

COLUMNS = ["set", "label", "kinds", "weight", "note"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one label of a set says; no kinds where it says nothing of use here."""

    set: str
    kinds: tuple[Kind, ...]
    weight: float  # natural logarithm of odds


Sets = Mapping[str, Mapping[str, Meaning]]


def folded(label: str) -> str:
    return label.casefold().replace("_", " ")


def read(path: Path) -> Sets:
    """Sets of labels in the file's order. Raises KgError that names file and line."""
    sets: dict[str, dict[str, Meaning]] = {}
    lines = [
        (number, line.split("\t"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines or lines[0][1] != COLUMNS:
        raise KgError(f"{path.name}: the first row must be the columns {', '.join(COLUMNS)}")
    for number, cells in lines[1:]:
        try:
            name, label, kinds, weight = cells[:4]
            meaning = Meaning(name, () if kinds == "-" else tuple(Kind(k) for k in kinds.split("+")), float(weight))
        except ValueError as error:
            raise KgError(f"{path.name}:{number}: {error}", "see the comment at the top of the file") from None
        if sets.setdefault(name, {}).setdefault(folded(label), meaning) is not meaning:
            raise KgError(f"{path.name}:{number}: {label} stands twice in the set {name}")
    return sets


@cache
def table() -> Sets:
    return read(lexicon("hanlp_labels.tsv"))


def choose(task: str, labels: Iterable[str]) -> str:
    """The set of a task (``ner/msra``, or any name) whose model has these labels; "" where none knows one of them."""
    named = task.rpartition("/")[2].casefold()
    if named in table():
        return named
    own = {folded(label) for label in labels}
    known = {name: len(own & set(rows)) for name, rows in table().items()}
    best = max(known, key=lambda name: known[name])  # the first of equals, in the file's order
    return best if known[best] else ""


def meaning(chosen: str, label: str) -> Meaning | None:
    """What a label says in the chosen set, else in the first set that has it; None where no set has it."""
    sets = table()
    for name in (chosen, *sets):
        if found := sets.get(name, {}).get(folded(label)):
            return found
    return None
