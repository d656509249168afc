"""What the viewer reads from the graph, with SPARQL, as plain records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import pyoxigraph as og

from kg.errors import KgError
from kg.model import Kind, Modality, Relation, Status
from kg.vocabulary import NAMESPACE, PREFIXES

_REBUILD = "run kg build again"
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words of a page with the words around them."""

    id: str
    article: str
    line: int
    start: int  # code points from the beginning of the page
    exact: str
    prefix: str
    suffix: str
    confidence: float = 1.0
    modality: str = Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class Card:
    """An entity."""

    id: str
    kind: str
    name: str
    alternatives: tuple[str, ...]
    variants: tuple[str, ...]
    code: str
    within: str  # id of the place that contains it, or ""
    private: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact. ``object`` is "" for a relation without one; dates are ISO, possibly partial."""

    id: str
    relation: str
    subject: str
    object: str
    detail: str
    date: str
    status: str
    begins: str
    ends: str
    quotes: tuple[Quote, ...]  # the best first


@dataclass(frozen=True, slots=True)
class Source:
    """An article with what is known of its page."""

    id: str
    title: str
    printed: bool
    lines: str
    file: str
    newspaper: str
    date: str
    number: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything the page can show, sorted by id."""

    cards: tuple[Card, ...]
    statements: tuple[Statement, ...]
    mentions: Mapping[str, tuple[Quote, ...]]  # entity id -> in the order of the pages
    sources: tuple[Source, ...]


def read_graph(store: og.Store) -> Graph:
    """Ids are the local parts of the IRIs. Raises KgError where the graph breaks the shapes that kg validates."""
    cards = tuple(_cards(store))
    known = frozenset(card.id for card in cards)
    return Graph(cards, tuple(_statements(store, known)), _mentions(store), tuple(_sources(store)))


def _cards(store: og.Store) -> Iterator[Card]:
    for name, values in _by_subject(store, "entities.rq"):
        yield Card(
            id=name,
            kind=_term(_one(values, "kind"), Kind, name),
            name=_one(values, "name") or name,
            alternatives=tuple(sorted(values["alternative"])),
            variants=tuple(sorted(values["variant"])),
            code=_one(values, "code"),
            within=_one(values, "within"),
            private="true" in values["private"],
        )


def _statements(store: og.Store, known: frozenset[str]) -> Iterator[Statement]:
    quotes = _quotes(store)
    for name, values in _by_subject(store, "facts.rq"):
        relation, subject = _one(values, "relation"), _one(values, "subject")
        thing, status = _one(values, "object"), _one(values, "status")
        if subject not in known or (thing and thing not in known):
            raise KgError(f"{name}: joins an entity that the graph lacks", _REBUILD)
        yield Statement(
            id=name,
            relation=_term(relation.removeprefix("relation-"), Relation, name),
            subject=subject,
            object=thing,
            detail=_one(values, "detail"),
            date=_one(values, "date"),
            status=_term(status.removeprefix("status-"), Status, name) if status else "",
            begins=_one(values, "from"),
            ends=max(values["until"], default=""),
            quotes=tuple(sorted(quotes.get(name, ()), key=_best_first)),
        )


def _quotes(store: og.Store) -> dict[str, list[Quote]]:
    found: dict[str, list[Quote]] = defaultdict(list)
    for row in _rows(store, "claims.rq"):
        found[row["fact"]].append(_quote(row, "claim"))
    return found


def _mentions(store: og.Store) -> dict[str, tuple[Quote, ...]]:
    found: dict[str, list[Quote]] = defaultdict(list)
    for row in _rows(store, "mentions.rq"):
        found[row["entity"]].append(_quote(row, "mention"))
    return {entity: tuple(sorted(found[entity], key=lambda q: (q.article, q.start, q.id))) for entity in sorted(found)}


def _quote(row: Mapping[str, str], what: str) -> Quote:
    return Quote(
        id=row[what],
        article=row["article"],
        line=int(row["line"]),
        start=int(row["start"]),
        exact=row["exact"],
        prefix=row.get("prefix", ""),
        suffix=row.get("suffix", ""),
        confidence=float(row.get("confidence", "1")),
        modality=_term(row.get("modality", Modality.ASSERTED).removeprefix("modality-"), Modality, row[what]),
    )


def _best_first(quote: Quote) -> tuple[bool, float, str, int, str]:
    return (quote.modality != "asserted", -quote.confidence, quote.article, quote.start, quote.id)


def _sources(store: og.Store) -> Iterator[Source]:
    for name, values in _by_subject(store, "articles.rq"):
        yield Source(
            id=name,
            title=_one(values, "title"),
            printed="false" not in values["printed"],
            lines=_one(values, "lines"),
            file=_one(values, "file"),
            newspaper=_one(values, "newspaper"),
            date=_one(values, "date"),
            number=_one(values, "number"),
        )


def _by_subject(store: og.Store, query: str) -> Iterator[tuple[str, defaultdict[str, list[str]]]]:
    """The answers to a query of the form (subject, ..., property, value), one subject at a time, sorted."""
    found: dict[str, defaultdict[str, list[str]]] = {}
    for row in _rows(store, query):
        subject = next(iter(row.values()))
        found.setdefault(subject, defaultdict(list))[row["property"]].append(row["value"])
    for subject in sorted(found):
        yield subject, found[subject]


def _one(values: Mapping[str, list[str]], name: str) -> str:
    """The value, or the first where a graph edited by hand has several."""
    return min(values.get(name, ()), default="")


def _term(value: str, known: type[StrEnum], name: str) -> str:
    if value not in set(known):
        raise KgError(f"{name}: no {known.__name__.lower()} {value!r} is known", _REBUILD)
    return value


def _rows(store: og.Store, query: str) -> Iterator[dict[str, str]]:
    answers = store.query(_query(query), prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert isinstance(answers, og.QuerySolutions)
    names = [variable.value for variable in answers.variables]
    for solution in answers:
        yield {name: _text(solution[name]) for name in names if solution[name] is not None}


@cache
def _query(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _text(term: object) -> str:
    if isinstance(term, og.Literal):
        return term.value
    assert isinstance(term, og.NamedNode)
    return _local(term.value)


def _local(iri: str) -> str:
    """The part of an IRI after its last separator; data IRIs are flat, so it names one thing."""
    if iri.startswith(NAMESPACE):
        return iri.removeprefix(NAMESPACE)
    return max((iri.rpartition(mark)[2] for mark in "/#:"), key=lambda part: -len(part))
