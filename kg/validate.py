"""Whether a graph keeps to the shapes in ``ontology/shapes.ttl``.

Violations mean that it does not conform; warnings are told but stop nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as og
import pyshacl
from rdflib import RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import IdentifiedNode, Node

from kg.errors import KgError
from kg.model import Severity
from kg.resources import ontology_dir
from kg.vocabulary import KG, PREFIXES, node

SHAPES_FILE = "shapes.ttl"
_TYPE = node(RDF.type)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LABELS = (SKOS.prefLabel, RDFS.label, SDO.headline, KG.file)


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that breaks a shape."""

    severity: Severity
    focus: str  # IRI of the node
    label: str  # what people call it, or its IRI
    path: str  # the property, prefixed, or ""
    english: str
    chinese: str
    value: str = ""

    def line(self) -> str:
        """The finding in one line, in both languages."""
        where = f"{self.label} {self.path}".strip()
        value = f" ({self.value})" if self.value else ""
        return f"{self.severity}: {where}{value}: {self.english} / {self.chinese}"


@dataclass(frozen=True, slots=True)
class Report:
    conforms: bool
    results: tuple[Result, ...]  # violations first


def validate(quads: Iterable[og.Quad] | og.Store, shapes: Path | None = None) -> Report:
    """Checks the union of all graphs. ``shapes``: another shapes file than the packaged one."""
    rules = _shapes(shapes or ontology_dir() / SHAPES_FILE)
    data = _graph(quads, _named(rules))
    _, found, text = pyshacl.validate(
        data,
        shacl_graph=rules,
        inference="none",
        advanced=False,
        inplace=True,  # nothing is inferred, so there is nothing to protect the graph from
        meta_shacl=False,
        allow_warnings=True,
    )
    if not isinstance(found, Graph):
        raise KgError(f"the shapes could not be applied: {text}", f"correct {SHAPES_FILE}")
    results = sorted(
        {_result(found, each, data) for each in found.subjects(RDF.type, SH.ValidationResult)},
        key=lambda r: (r.severity is not Severity.ERROR, r.label, r.path, r.english, r.value, r.focus),
    )
    return Report(all(result.severity is not Severity.ERROR for result in results), tuple(results))


def _named(rules: Graph) -> frozenset[str]:
    """All terms that the shapes name, also inside their queries, and those that labels are taken from."""
    named = {str(term) for triple in rules for term in triple if isinstance(term, URIRef)}
    for query in rules.objects(None, SH.select):
        named.update(re.findall(r"<([^<>\s]+)>", str(query)))
    return frozenset(named | {str(term) for term in (RDF.type, *_LABELS)})


def _graph(quads: Iterable[og.Quad] | og.Store, named: frozenset[str]) -> Graph:
    """The quads as one rdflib graph, without what no shape looks at: filling rdflib costs more than checking."""
    graph = Graph()
    store = graph.store
    triples = {
        (quad.subject, quad.predicate, quad.object)
        for quad in quads
        if quad.predicate.value in named and (quad.predicate != _TYPE or _value(quad.object) in named)
    }
    for subject, predicate, value in triples:
        store.add((_resource(subject), _resource(predicate), _term(value)), graph)
    _term.cache_clear()
    _resource.cache_clear()
    return graph


@cache
def _resource(term: og.NamedNode | og.BlankNode | og.Triple) -> URIRef:
    if not isinstance(term, og.NamedNode):
        raise KgError(f"the graph holds {term}, but kg makes named nodes only", "run kg build again")
    return URIRef(term.value)


@cache
def _term(term: og.NamedNode | og.BlankNode | og.Literal | og.Triple) -> Node:
    if not isinstance(term, og.Literal):
        return _resource(term)
    if term.language:
        return Literal(term.value, lang=term.language)
    # rdflib tells a plain literal from the same one typed as a string; in RDF they are one.
    datatype = None if term.datatype.value == str(XSD.string) else URIRef(term.datatype.value)
    return Literal(term.value, datatype=datatype)


@cache
def _shapes(path: Path) -> Graph:
    try:
        return Graph().parse(path, format="turtle")
    except OSError as error:
        raise KgError(f"{path}: {error.strerror or error}", "reinstall kg: the shapes belong to it") from error
    except SyntaxError as error:
        raise KgError(f"{path}: no Turtle: {str(error).splitlines()[0]}", "correct the shapes") from error


def _result(found: Graph, result: Node, data: Graph) -> Result:
    focus = found.value(result, SH.focusNode)
    path = found.value(result, SH.resultPath)
    value = found.value(result, SH.value)
    # pySHACL drops the language of a query's messages: tell it by the script.
    messages = {"zh" if _CHINESE.search(str(m)) else "en": str(m) for m in found.objects(result, SH.resultMessage)}
    warned = found.value(result, SH.resultSeverity) != SH.Violation
    return Result(
        severity=Severity.WARNING if warned else Severity.ERROR,
        focus=str(focus or ""),
        label=label(data, focus),
        path=_prefixed(path) if isinstance(path, URIRef) else "",
        english=messages.get("en", ""),
        chinese=messages.get("zh", ""),
        value="" if value is None or value == focus else label(data, value),
    )


def label(data: Graph, term: Node | None) -> str:
    """What people call the node: its name, headline or file; for a claim or mention, its fact or characters."""
    if not isinstance(term, IdentifiedNode):
        return str(term if term is not None else "")
    for predicate in _LABELS:
        found = sorted(str(value) for value in data.objects(term, predicate))
        if found:
            return found[0]
    for predicate in (KG.supports, KG.amount):
        for other in (*data.objects(term, predicate), *data.subjects(predicate, term)):
            return label(data, other) if other != term else str(term)
    return _prefixed(term)


def _prefixed(term: Node) -> str:
    for prefix, namespace in PREFIXES.items():
        if str(term).startswith(namespace):
            return f"{prefix}:{str(term).removeprefix(namespace)}"
    return str(term)


def _value(term: og.NamedNode | og.BlankNode | og.Literal | og.Triple) -> str:
    return "" if isinstance(term, og.Triple) else term.value
