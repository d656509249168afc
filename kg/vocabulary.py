"""The RDF terms: the project's own closed namespace, those it borrows, and what ``ontology/kg.ttl`` declares.

The ontology is the one place that says which kinds a relation joins, which class its facts have and which
plain edge they add; the functions here read it once and refuse a broken declaration, naming file and term.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as og
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, VOID, XSD, Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from kg.errors import KgError
from kg.model import Kind, Modality, Relation, Status
from kg.resources import ontology_dir

NAMESPACE = "https://kg.example/ns#"
DEFAULT_BASE = "https://kg.example/id/"
ONTOLOGY_FILE = "kg.ttl"


class KG(DefinedNamespace):
    """The project's own terms. A misspelt one raises."""

    _fail = True
    _NS = Namespace(NAMESPACE)
    _extras = [  # noqa: RUF012 (the base class asks for a plain list)
        *(f"relation-{relation}" for relation in Relation),
        *(f"status-{status}" for status in Status),
        *(f"modality-{modality}" for modality in Modality),
    ]

    # entities
    Entity: URIRef
    Person: URIRef
    Agency: URIRef
    Company: URIRef
    Organization: URIRef
    Project: URIRef
    Place: URIRef
    name: URIRef
    divisionCode: URIRef
    private: URIRef
    # facts
    Fact: URIRef
    AssertedFact: URIRef
    PostHolding: URIRef
    Appointment: URIRef
    Removal: URIRef
    Visit: URIRef
    Siting: URIRef
    Ownership: URIRef
    Stake: URIRef
    Valuation: URIRef
    Affiliation: URIRef
    Signing: URIRef
    Honour: URIRef
    Byline: URIRef
    relation: URIRef
    subject: URIRef
    object: URIRef
    detail: URIRef
    date: URIRef
    attestedOn: URIRef
    status: URIRef
    post: URIRef
    percentage: URIRef
    # claims and mentions
    Claim: URIRef
    Mention: URIRef
    supports: URIRef
    evidence: URIRef
    confidence: URIRef
    modality: URIRef
    statedDate: URIRef
    rule: URIRef
    line: URIRef
    subjectMention: URIRef
    objectMention: URIRef
    subjectReason: URIRef
    objectReason: URIRef
    kind: URIRef
    reason: URIRef
    nominal: URIRef
    inArticle: URIRef
    # sources
    Page: URIRef
    Article: URIRef
    file: URIRef
    encoding: URIRef
    sha256: URIRef
    servedPlace: URIRef
    lines: URIRef
    printedTitle: URIRef
    graph: URIRef
    formatVersion: URIRef
    # shortcuts
    holdsPostIn: URIRef
    heldPostIn: URIRef
    nominatedTo: URIRef
    appointedTo: URIRef
    removedFrom: URIRef
    visited: URIRef
    locatedIn: URIRef
    owns: URIRef
    hasStakeIn: URIRef
    amount: URIRef
    partOf: URIRef
    signedWith: URIRef
    received: URIRef
    wrote: URIRef
    photographed: URIRef
    # relations, statuses, modalities
    Relation: URIRef
    factClass: URIRef
    subjectKind: URIRef
    objectKind: URIRef
    objectRequired: URIRef
    subjectProperty: URIRef
    objectProperty: URIRef
    shortcut: URIRef
    relations: URIRef
    Status: URIRef
    statuses: URIRef
    Modality: URIRef
    modalities: URIRef
    # reserved for linking
    LinkCandidate: URIRef
    judgement: URIRef


class OA(DefinedNamespace):
    """The terms of the Web Annotation vocabulary that the graph uses."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    Annotation: URIRef
    SpecificResource: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    hasBody: URIRef
    hasTarget: URIRef
    hasSource: URIRef
    hasSelector: URIRef
    start: URIRef
    end: URIRef
    exact: URIRef
    prefix: URIRef
    suffix: URIRef


class SEM(DefinedNamespace):
    """The terms of the Simple Event Model that the graph uses."""

    _fail = True
    _NS = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")

    Event: URIRef
    hasActor: URIRef
    hasPlace: URIRef
    hasTimeStamp: URIRef


# The prefixes that exports write and queries may use without declaring them.
PREFIXES: Mapping[str, str] = {
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "kg": NAMESPACE,
    "oa": str(OA._NS),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SDO),
    "sem": str(SEM._NS),
    "skos": str(SKOS),
    "sssom": "https://w3id.org/sssom/",
    "void": str(VOID),
    "xsd": str(XSD),
}


@cache
def node(term: str) -> og.NamedNode:
    """The term as a node of the store."""
    return og.NamedNode(str(term))


@dataclass(frozen=True, slots=True)
class RelationTerms:
    """What the ontology says of a relation. ``objects`` is empty for a relation without an object."""

    individual: og.NamedNode
    fact_class: og.NamedNode
    subjects: frozenset[Kind]
    objects: frozenset[Kind]
    object_required: bool
    subject_property: og.NamedNode | None
    object_property: og.NamedNode | None
    shortcut: og.NamedNode | None


class Ontology:
    """``kg.ttl`` in memory, asked by subject and property."""

    def __init__(self, triples: Iterable[og.Triple]) -> None:
        self._values: dict[tuple[str, str], list[og.NamedNode | og.Literal]] = {}
        for triple in triples:
            if isinstance(triple.subject, og.NamedNode) and isinstance(triple.object, og.NamedNode | og.Literal):
                key = (triple.subject.value, triple.predicate.value)
                self._values.setdefault(key, []).append(triple.object)

    def values(self, subject: str, predicate: str) -> list[og.NamedNode | og.Literal]:
        return sorted(self._values.get((str(subject), str(predicate)), []), key=str)

    def nodes(self, subject: str, predicate: str) -> list[og.NamedNode]:
        return [value for value in self.values(subject, predicate) if isinstance(value, og.NamedNode)]

    def one(self, subject: str, predicate: str) -> og.NamedNode | None:
        found = self.nodes(subject, predicate)
        if len(found) > 1:
            raise _broken(subject, f"has more than one {_local(predicate)}")
        return found[0] if found else None

    def own_terms(self) -> frozenset[str]:
        """The local names of all own terms that the ontology describes."""
        return frozenset(_local(subject) for subject, _ in self._values if subject.startswith(NAMESPACE))


@cache
def ontology() -> Ontology:
    """Reads ``ontology/kg.ttl``. Raises KgError where it is missing or no Turtle."""
    path = ontology_dir() / ONTOLOGY_FILE
    try:
        text = path.read_bytes()
    except OSError as error:
        raise KgError(f"{path}: {error.strerror or error}", "reinstall kg: the ontology belongs to it") from error
    try:
        parsed = list(og.parse(text, format=og.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise KgError(f"{path}: {error}", "correct the ontology") from error
    return Ontology(og.Triple(quad.subject, quad.predicate, quad.object) for quad in parsed)


@cache
def types_of(term: str) -> tuple[og.NamedNode, ...]:
    """A class and all the classes above it, so that queries need no inference."""
    found: dict[str, og.NamedNode] = {}

    def climb(name: str) -> None:
        if name not in found:
            found[name] = node(name)
            for parent in ontology().nodes(name, RDFS.subClassOf):
                climb(parent.value)

    climb(str(term))
    return tuple(found[name] for name in sorted(found))


@cache
def relations() -> Mapping[Relation, RelationTerms]:
    """What the ontology declares of each relation. Raises KgError where a declaration lacks something."""
    return {relation: _relation(relation) for relation in Relation}


def relation_types() -> dict[Relation, tuple[frozenset[Kind], frozenset[Kind], bool]]:
    """For each relation: the kinds of its subjects, of its objects, and whether it must have an object."""
    return {
        relation: (terms.subjects, terms.objects, terms.object_required)
        for relation, terms in relations().items()
    }


def _relation(relation: Relation) -> RelationTerms:
    source = ontology()
    term = str(KG[f"relation-{relation}"])
    fact_class = source.one(term, KG.factClass)
    required = [str(value.value) for value in source.values(term, KG.objectRequired)]
    subjects = frozenset(_kinds(source, term, KG.subjectKind))
    objects = frozenset(_kinds(source, term, KG.objectKind))
    if fact_class is None or not subjects or required not in (["true"], ["false"]):
        raise _broken(term, "needs kg:factClass, kg:subjectKind and kg:objectRequired")
    if required == ["true"] and not objects:
        raise _broken(term, "requires an object but names no kg:objectKind")
    return RelationTerms(
        individual=node(term),
        fact_class=fact_class,
        subjects=subjects,
        objects=objects,
        object_required=required == ["true"],
        subject_property=source.one(term, KG.subjectProperty),
        object_property=source.one(term, KG.objectProperty),
        shortcut=source.one(term, KG.shortcut),
    )


def _kinds(source: Ontology, term: str, predicate: str) -> Iterator[Kind]:
    for value in source.nodes(term, predicate):
        try:
            yield Kind(_local(value.value))
        except ValueError:
            raise _broken(term, f"names {value.value}, which is no kind of entity") from None


def _local(name: str) -> str:
    return str(name).removeprefix(NAMESPACE)


def _broken(term: str, what: str) -> KgError:
    return KgError(f"{ontology_dir() / ONTOLOGY_FILE}: kg:{_local(term)} {what}", "correct the ontology")
