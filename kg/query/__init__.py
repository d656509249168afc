"""Runs SPARQL queries: files, or the named ones in ``ontology/queries``.

Parameters are bound where a query says ``VALUES ?name { UNDEF }``: with a value, UNDEF becomes that value;
without one, the clause is taken out and ``?name`` stays free. So every query also runs, unbound, in any other
engine. A query that uses the variable without such a clause gets one at the start of its outermost group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as og
from rdflib import VOID

from kg.errors import KgError
from kg.query.answer import Answer, sort_rows
from kg.query.guard import check, tokens
from kg.resources import ontology_dir
from kg.store import base_of, merged
from kg.vocabulary import PREFIXES, node

__all__ = ["Answer", "Named", "find", "listing", "names", "parameters", "run"]

_PARAMETER = re.compile(r"^#\s*param\s+(\w+)\s*:?\s*(.*)$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"VALUES\s*\?(\w+)[ \t]*\{[ \t]*UNDEF[ \t]*\}")
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*>")


@dataclass(frozen=True, slots=True)
class Named:
    """A query that comes with kg."""

    name: str
    description: str  # its first comment line
    parameters: tuple[tuple[str, str], ...]  # name, what it is


def names() -> tuple[Named, ...]:
    """The queries that come with kg, by name."""
    return tuple(_named(path) for path in sorted(_folder().glob("*.rq")))


def listing() -> str:
    """The queries that come with kg: what they tell and which parameters they take."""
    lines = []
    for query in names():
        lines.append(f"{query.name}: {query.description}")
        lines.extend(f"    --param {name}=…  {what}" for name, what in query.parameters)
    return "\n".join(lines)


def find(query: str | Path) -> tuple[str, str]:
    """The text of a query, given by its name or as a file's path, and what to call it in messages.

    Raises KgError where there is neither.
    """
    known = [named.name for named in names()]
    path = _folder() / f"{query}.rq" if str(query) in known else Path(query)
    try:
        return path.read_text(encoding="utf-8-sig"), str(query)
    except FileNotFoundError:
        raise KgError(
            f"{query}: neither a query file nor the name of a query", f"the names are {', '.join(known)}"
        ) from None
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: no UTF-8 text", "save the query as UTF-8") from error
    except OSError as error:
        raise KgError(f"{path}: {error.strerror or error}", "give a readable query file") from error


def parameters(pairs: Iterable[str]) -> dict[str, str]:
    """``name=value`` arguments as a mapping. Raises KgError where one is not of that form."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not re.fullmatch(r"[A-Za-z_]\w*", name):
            raise KgError(f"parameter {pair!r} is not of the form name=value", "for example --param date=2024-03-01")
        found[name] = value
    return found


def run(store: og.Store, text: str, params: Mapping[str, str] | None = None, *, where: str = "query") -> Answer:
    """Runs a query over all graphs merged. ``where`` names the query in errors.

    Whoever runs many queries gives a store that ``kg.store.merged`` has made. Values are strings, or IRIs where
    they stand in angle brackets. Rows of a query without ORDER BY come back
    sorted, so that the same graph gives the same bytes. Raises KgError for whatever cannot or must not run.
    """
    words = check(text, where)
    try:
        union = merged(store, named="GRAPH" in words)
        result = union.query(_bind(text, params or {}, where), prefixes=dict(PREFIXES))
        base = base_of(store.quads_for_pattern(None, node(VOID.uriSpace), None, None))
        if isinstance(result, og.QueryBoolean):
            return Answer(truth=bool(result), base=base)
        if isinstance(result, og.QueryTriples):
            return Answer(triples=tuple(sorted(set(result), key=str)), base=base)
        columns = tuple(variable.value for variable in result.variables)
        rows = tuple(tuple(solution[column] for column in columns) for solution in result)
    except SyntaxError as error:
        raise _syntax(error, where) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise KgError(f"{where}: {_one_line(error)}", "see to the query") from error
    return Answer(columns, rows if "ORDER" in words else sort_rows(rows), base=base)


def _folder() -> Path:
    return ontology_dir() / "queries"


def _named(path: Path) -> Named:
    text = path.read_text(encoding="utf-8")
    first = text.split("\n", 1)[0]
    return Named(path.stem, first.lstrip("# ").strip(), tuple(_PARAMETER.findall(text)))


def _bind(text: str, params: Mapping[str, str], where: str) -> str:
    declared = {name for name, _ in _PARAMETER.findall(text)}
    taken = declared or {token[0][1:] for token in tokens(text) if token.lastgroup == "variable"}
    for name in params:
        if name not in taken:
            known = ", ".join(sorted(taken))
            raise KgError(f"{where}: takes no parameter {name!r}", f"it takes {known}" if known else "it takes none")
    clauses = {name: f"VALUES ?{name} {{ {_term(value, name)} }}" for name, value in params.items()}
    placed = set(_PLACEHOLDER.findall(text))
    text = _PLACEHOLDER.sub(lambda found: clauses.get(found[1], ""), text)
    missing = "".join(f" {clause}" for name, clause in clauses.items() if name not in placed)
    if missing:
        group = next((token for token in tokens(text) if token.lastgroup == "brace"), None)
        if group is None:
            raise KgError(f"{where}: has no group to bind a parameter in", "add a WHERE { … } part")
        text = text[: group.end()] + missing + text[group.end() :]
    return text


def _term(value: str, name: str) -> str:
    """The value as SPARQL writes it: an IRI in angle brackets as itself, anything else as a string."""
    if "\x00" in value:
        raise KgError(f"parameter {name!r} holds a NUL character", "give plain text")
    return value if _IRI.fullmatch(value) else str(og.Literal(value))


def _syntax(error: SyntaxError, where: str) -> KgError:
    found = _POSITION.search(str(error))
    if not found:
        return KgError(f"{where}: {_one_line(error)}", "correct the query")
    return KgError(f"{where}:{found[1]}:{found[2]}: {_one_line(found[3])}", "correct the query")


def _one_line(message: object) -> str:
    return " ".join(str(message).split())
