"""Entities with their names, codes and places."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import FOAF, RDF, SDO, SKOS

from kg.graph.evidence import Triple
from kg.graph.names import Names
from kg.graph.publication import View
from kg.graph.values import TRUE, plain, zh
from kg.model import Entity, Kind
from kg.vocabulary import KG, node, types_of


def entity_triples(view: View, names: Names) -> Iterator[Triple]:
    for entity in view.entities.values():
        yield from _entity(view, names, entity)


def _entity(view: View, names: Names, entity: Entity) -> Iterator[Triple]:
    me = names.entity(entity)
    for each in types_of(KG[entity.kind.value]):
        yield me, node(RDF.type), each
    yield me, node(SKOS.prefLabel), zh(entity.name)
    yield me, node(FOAF.name if entity.kind is Kind.PERSON else SDO.name), zh(entity.name)
    right = set(entity.alternatives) - {entity.name}
    wrong = set(entity.variants) - right - {entity.name}
    for label in right:
        yield me, node(SKOS.altLabel), zh(label)
    for label in wrong:
        yield me, node(SKOS.hiddenLabel), zh(label)
    for label in {entity.name} | right | wrong:
        yield me, node(KG.name), plain(label)
    if entity.code:
        yield me, node(RDF.type), node(SDO.AdministrativeArea)
        yield me, node(KG.divisionCode), plain(entity.code)
    container = view.entities.get(entity.within)
    if container is not None:
        yield me, node(SDO.containedInPlace), names.entity(container)
    elif entity.within:
        # Left dangling on purpose: the shapes then say which place has lost its container.
        yield me, node(SDO.containedInPlace), names.hashed("place", entity.within)
    if entity.private:
        yield me, node(KG.private), TRUE
