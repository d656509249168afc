"""The pattern files: one TSV a relation family, one readable pattern a row, with an example and a counter-example.

A pattern is a regular expression over ``Slotted.text`` with two abbreviations:

    <PER>  <AGENCY>  <COMPANY>  <ORG>  <PROJECT>  <PLACE>      one mention
    <ORGLIKE> = agency, company or organisation; <SITE> = all but persons; <THING> = project or ORGLIKE;
    <SPOT> = <PLACE> or an organisation that is a place
    <X:s>  the subject, <X:o> the object; <X:s+> a list of them (、和及与, spaces), each with its own claim
    ¤                   inside [ ]: any mention
    {NAME} or {NAME:d}  a word class of ``classes.tsv`` ({NAME:d} is the detail, {NAME:p} a list of posts)

``␣`` is a space that the text may or may not have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import KgError
from kg.model import Relation
from kg.relate.slots import AGENCY, COMPANY, IN_NOTE, ORG, ORGLIKE, PER, PLACE, PROJECT
from kg.resources import patterns
from kg.tables import rows

COLUMNS = ("id", "relation", "pattern", "value", "where", "confidence", "example", "counter")
_KINDS = {
    "PER": PER,
    "AGENCY": AGENCY,
    "COMPANY": COMPANY,
    "ORG": ORG,
    "PROJECT": PROJECT,
    "PLACE": PLACE,
    "ORGLIKE": ORGLIKE,
    "SITE": ORGLIKE + PROJECT + PLACE,
    "THING": ORGLIKE + PROJECT,
    "SPOT": PLACE + ORG + AGENCY,
    "PARTY": ORGLIKE + PLACE,
    "PARTIES": ORGLIKE + PLACE,
    "ANY": PER + ORGLIKE + PROJECT + PLACE,
}
_SLOT = re.compile(r"<([A-Z]+)(?::([a-z])(\+?))?>")
_CLASS = re.compile(r"\{([A-Z][A-Z0-9]*)(?::([a-z]))?\}")
_BETWEEN = rf"(?:[、,/ {IN_NOTE}]|和|及|与|以及|等){{1,3}}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row. ``where`` restricts where a match may stand, ``value`` is a fixed detail, status or the like."""

    id: str
    relation: Relation
    regex: re.Pattern[str]
    value: str
    where: str
    confidence: float
    example: str
    counter: str


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV file with a header; lines that begin with # are comments."""
    return [row for _, row in rows(path)]


def folder() -> Path:
    return patterns("relations")


@cache
def classes() -> dict[str, str]:
    """Word classes: name -> regular expression, abbreviations of earlier rows expanded."""
    result: dict[str, str] = {}
    for row in table(folder() / "classes.tsv"):
        result[row["class"]] = _expand(row["pattern"], result, f"classes.tsv: {row['class']}")
    return result


@cache
def word(name: str) -> re.Pattern[str]:
    """A word class of ``classes.tsv``, compiled."""
    return re.compile(classes()[name])


@cache
def load(family: str) -> tuple[Pattern, ...]:
    """The patterns of ``kg/patterns/relations/<family>.tsv``; KgError names a bad row."""
    path = folder() / f"{family}.tsv"
    result = []
    for row in table(path):
        where = f"{path.name}: {row.get('id')}"
        missing = [c for c in ("id", "relation", "pattern", "confidence", "example", "counter") if not row.get(c)]
        if missing:
            raise KgError(f"{where}: no {missing[0]}", "columns: " + ", ".join(COLUMNS))
        try:
            pattern = Pattern(
                row["id"],
                Relation(row["relation"]),
                re.compile(_expand(row["pattern"], classes(), where)),
                row["value"],
                row["where"],
                float(row["confidence"]),
                row["example"],
                row["counter"],
            )
        except (re.error, ValueError) as error:
            raise KgError(f"{where}: {error}", "correct the row") from error
        result.append(pattern)
    return tuple(result)


def families() -> tuple[str, ...]:
    """The names of all pattern files."""
    words = {"classes", "titles", "implied", "topics", "anaphors"}
    return tuple(sorted(p.stem for p in folder().glob("*.tsv") if p.stem not in words))


def _expand(pattern: str, known: dict[str, str], where: str) -> str:
    def slot(m: re.Match[str]) -> str:
        if m[1] not in _KINDS:
            raise KgError(f"{where}: unknown kind <{m[1]}>", "one of " + ", ".join(_KINDS))
        one = f"[{_KINDS[m[1]]}]"
        if m[1] in ("PLACE", "SITE", "SPOT"):  # an address chain counts as its last member
            one = f"(?:{PLACE} ?)*{one}(?![{PLACE}])" if not m[3] else f"(?:{PLACE} ?)*{one}"
        form = f"{one}(?:{_BETWEEN}{one})*" if m[3] else one
        return f"(?P<{m[2]}>{form})" if m[2] else form

    def word(m: re.Match[str]) -> str:
        if m[1] not in known:
            raise KgError(f"{where}: unknown class {{{m[1]}}}", "classes are declared in classes.tsv")
        if m[2] == "p":  # what follows is only looked at, so that the next match can begin inside it
            return f"(?=(?P<p>{known[m[1]]}))"
        return f"(?P<{m[2]}>{known[m[1]]})" if m[2] else f"(?:{known[m[1]]})"

    expanded = _SLOT.sub(slot, _CLASS.sub(word, pattern))
    return expanded.replace("␣", " ?").replace("¤", PER + ORGLIKE + PROJECT + PLACE)
