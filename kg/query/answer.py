"""The answer of a query, and how it is written."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as og
from rich.cells import cell_len

from kg.errors import KgError
from kg.vocabulary import PREFIXES

Term = og.NamedNode | og.Literal | og.BlankNode | og.Triple
Row = tuple[Term | None, ...]
_STRING = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave. True if there is anything in it; for ASK, if the answer is yes."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    triples: tuple[og.Triple, ...] | None = None  # of CONSTRUCT and DESCRIBE
    truth: bool | None = None  # of ASK
    base: str = ""  # what the graph's own IRIs begin with

    def __bool__(self) -> bool:
        return self.truth if self.truth is not None else bool(self.rows or self.triples)

    def values(self) -> list[tuple[str, ...]]:
        """The rows as plain strings, IRIs shortened; an unbound variable is empty."""
        return [tuple(_short(term, self._prefixes()) for term in row) for row in self._table()[1]]

    def format(self, form: str) -> str:
        """The answer as ``table``, ``csv``, ``tsv``, ``json`` (SPARQL 1.1 results) or ``turtle``."""
        writers = {"table": self._text, "csv": self._csv, "tsv": self._tsv, "json": self._json, "turtle": self._turtle}
        if form not in writers:
            raise KgError(f"no format {form!r} for the results of a query", f"use one of {', '.join(writers)}")
        return writers[form]()

    def _prefixes(self) -> dict[str, str]:
        return {**PREFIXES, "id": self.base} if self.base else dict(PREFIXES)

    def _table(self) -> tuple[tuple[str, ...], tuple[Row, ...]]:
        if self.truth is not None:
            return ("answer",), ((og.Literal(self.truth),),)
        if self.triples is not None:
            rows = tuple((t.subject, t.predicate, t.object) for t in self.triples)
            return ("subject", "predicate", "object"), rows
        return self.columns, self.rows

    def _text(self) -> str:
        """Columns lined up by the width that a terminal gives each character."""
        columns = self._table()[0]
        cells = [columns, *([_printable(cell) for cell in row] for row in self.values())]
        widths = [max(cell_len(row[i]) for row in cells) for i in range(len(columns))]
        lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in cells]
        lines.insert(1, "  ".join("-" * width for width in widths))
        return "".join(line.rstrip() + "\n" for line in lines)

    def _csv(self) -> str:
        columns, rows = self._table()
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")  # as the SPARQL recommendation has it
        writer.writerow(columns)
        writer.writerows([_value(term) for term in row] for row in rows)
        return out.getvalue()

    def _tsv(self) -> str:
        columns, rows = self._table()
        lines = ["\t".join(f"?{column}" for column in columns)]
        lines += ["\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in rows]
        return "".join(line + "\n" for line in lines)

    def _json(self) -> str:
        if self.truth is not None:
            return _dump({"head": {}, "boolean": self.truth})
        columns, rows = self._table()
        bindings = [
            {column: _binding(term) for column, term in zip(columns, row, strict=True) if term is not None}
            for row in rows
        ]
        return _dump({"head": {"vars": list(columns)}, "results": {"bindings": bindings}})

    def _turtle(self) -> str:
        if self.triples is None:
            raise KgError("only CONSTRUCT and DESCRIBE queries give Turtle", "use table, csv, tsv or json for this one")
        content = og.serialize(self.triples, format=og.RdfFormat.TURTLE, prefixes=self._prefixes()) or b""
        lines = content.decode("utf-8").splitlines(keepends=True)
        head = [line for line in lines if line.startswith("@prefix ")]
        return "".join((*sorted(head), *lines[len(head) :]))


def _dump(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, og.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, og.Literal):
        found = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype.value != _STRING:
            found["datatype"] = term.datatype.value
        return found
    return {"type": "bnode", "value": _value(term)}


def _value(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, og.Triple) else term.value


def _short(term: Term | None, prefixes: dict[str, str]) -> str:
    if isinstance(term, og.NamedNode):
        for prefix, namespace in prefixes.items():
            if term.value.startswith(namespace):
                return f"{prefix}:{term.value.removeprefix(namespace)}"
    return _value(term)


def _printable(text: str) -> str:
    """Text that cannot steer a terminal: line ends and other control characters become blanks."""
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} else char for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def sort_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: [str(term) for term in row]))
