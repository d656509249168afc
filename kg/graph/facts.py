"""Facts and the claims that support them, in the graphs of the articles that make the claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as og
from rdflib import ORG, PROV, RDF, RDFS, SDO, SKOS

from kg.graph.evidence import SENTENCE, Triple, line_number, target_name, target_triples
from kg.graph.names import Names
from kg.graph.publication import View
from kg.graph.tenure import Tenures, tenures
from kg.graph.values import confidence, date, decimal, has_year, integer, plain, zh
from kg.model import Claim, Entity, Fact, Implied, Modality, Reference, Relation, Status
from kg.vocabulary import KG, SEM, node, ontology, relations, types_of

_TITLED = frozenset({Relation.POST, Relation.APPOINT, Relation.REMOVE})
_EVENTS = frozenset({Relation.APPOINT, Relation.REMOVE, Relation.VISIT})
_PHOTOGRAPHER = "photographer"


def fact_quads(view: View, names: Names) -> Iterator[og.Quad]:
    """A fact stands in full in the graph of every article that supports it, so each graph can be read alone."""
    dated = tenures(view.facts)
    for fact in view.facts:
        by_article: dict[str, list[Claim]] = defaultdict(list)
        for claim in fact.claims:
            by_article[claim.article].append(claim)
        if not by_article:
            for triple in _fact(view, names, fact, ()):
                yield og.Quad(*triple, names.entities_graph)
        for article, claims in by_article.items():
            graph = names.article_graph(article)
            for triple in _fact(view, names, fact, claims):
                yield og.Quad(*triple, graph)
            for triple in _claims(view, names, fact, claims):
                yield og.Quad(*triple, graph)
            for triple in _tenure(names, fact, article, dated):
                yield og.Quad(*triple, graph)


def _fact(view: View, names: Names, fact: Fact, claims: Sequence[Claim]) -> Iterator[Triple]:
    me = names.fact(fact)
    terms = relations()[fact.relation]
    subject = view.entities[fact.subject]
    thing = view.entities[fact.object] if fact.object else None
    for each in types_of(terms.fact_class.value):
        yield me, node(RDF.type), each
    yield me, node(RDFS.label), zh(label(fact, subject, thing))
    yield me, node(KG.relation), terms.individual
    yield me, node(KG.subject), names.entity(subject)
    if terms.subject_property:
        yield me, terms.subject_property, names.entity(subject)
    if thing:
        yield me, node(KG.object), names.entity(thing)
        if terms.object_property:
            yield me, terms.object_property, names.entity(thing)
    if fact.detail:
        yield me, node(KG.detail), plain(fact.detail)
    if fact.date:
        yield me, node(KG.date), date(fact.date)
        if fact.relation in _EVENTS:
            yield me, node(SEM.hasTimeStamp), date(fact.date)
    if fact.status:
        yield me, node(KG.status), node(KG[f"status-{fact.status}"])
    if fact.relation in _TITLED and thing:
        yield from _post(names, fact, me, thing)
    if fact.relation is Relation.AMOUNT:
        yield from _amount(names, fact, me)
    share = decimal(fact.detail) if fact.relation is Relation.STAKE else None
    if share is not None:
        yield me, node(KG.percentage), share
    asserted = [claim for claim in claims if claim.modality is Modality.ASSERTED]
    if asserted:
        yield me, node(RDF.type), node(KG.AssertedFact)
        for claim in asserted:
            printed = view.pages[claim.doc].date
            if has_year(printed):
                yield me, node(KG.attestedOn), date(printed)
        yield from _shortcuts(names, fact, subject, thing, asserted)


def label(fact: Fact, subject: Entity, thing: Entity | None) -> str:
    """A fact in one line, for people."""
    word = next(
        str(value.value)
        for value in ontology().values(KG[f"relation-{fact.relation}"], RDFS.label)
        if isinstance(value, og.Literal) and value.language == "zh"
    )
    parts = [subject.name, word, thing.name if thing else "", fact.detail, fact.date]
    return " ".join(part for part in parts if part)


def _post(names: Names, fact: Fact, me: og.NamedNode, organ: Entity) -> Iterator[Triple]:
    post = names.post(organ.id, fact.detail)
    yield me, node(KG.post), post
    yield post, node(RDF.type), node(ORG.Post)
    yield post, node(SKOS.prefLabel), zh(organ.name + fact.detail)
    yield post, node(ORG.postIn), names.entity(organ)
    if not fact.detail:
        return
    role = names.role(fact.detail)
    yield post, node(ORG.role), role
    yield role, node(RDF.type), node(ORG.Role)
    yield role, node(SKOS.prefLabel), zh(fact.detail)
    if fact.relation is Relation.POST:
        yield me, node(ORG.role), role


def _amount(names: Names, fact: Fact, me: og.NamedNode) -> Iterator[Triple]:
    value = decimal(fact.detail)
    if value is not None:
        money = names.part("amount", me)
        yield me, node(KG.amount), money
        yield money, node(RDF.type), node(SDO.MonetaryAmount)
        yield money, node(SDO.value), value
        yield money, node(SDO.currency), plain("CNY")


def _shortcuts(
    names: Names, fact: Fact, subject: Entity, thing: Entity | None, asserted: Iterable[Claim]
) -> Iterator[Triple]:
    """Plain edges beside the fact. Never for claims that are planned, negated or quoted."""
    one = names.entity(subject)
    edge = relations()[fact.relation].shortcut
    ends: list[og.NamedNode | og.Literal] = [names.entity(thing)] if thing else []
    if fact.relation is Relation.BYLINE:
        edge = node(KG.photographed if fact.detail == _PHOTOGRAPHER else KG.wrote)
        ends = [names.article(claim.article) for claim in asserted]
    elif fact.relation is Relation.POST:
        edge = ontology().one(KG[f"status-{fact.status or Status.CURRENT}"], KG.shortcut)
    elif fact.relation is Relation.AMOUNT:
        ends = [names.part("amount", names.fact(fact))] if decimal(fact.detail) is not None else []
    elif fact.relation is Relation.HONOUR:
        ends = [zh(fact.detail)] if fact.detail else []
    if edge is None:
        return
    for each in (edge, *ontology().nodes(edge.value, RDFS.subPropertyOf)):
        for end in ends:
            yield one, each, end


def _claims(view: View, names: Names, fact: Fact, claims: Iterable[Claim]) -> Iterator[Triple]:
    same: dict[og.NamedNode, list[Claim]] = defaultdict(list)
    for claim in claims:
        same[names.claim(claim)].append(claim)
    for me, readings in same.items():
        yield from _claim(view, names, fact, me, readings)


def _claim(
    view: View, names: Names, fact: Fact, me: og.NamedNode, readings: Sequence[Claim]
) -> Iterator[Triple]:
    claim = readings[0]
    yield me, node(RDF.type), node(KG.Claim)
    yield me, node(KG.supports), names.fact(fact)
    yield me, node(PROV.wasDerivedFrom), names.article(claim.article)
    yield me, node(KG.modality), node(KG[f"modality-{claim.modality}"])
    yield me, node(KG.confidence), confidence(max(reading.confidence for reading in readings))
    for reading in readings:
        yield me, node(KG.rule), plain(reading.rule)
    if claim.date:
        yield me, node(KG.statedDate), date(claim.date)
    yield from _reference(names, me, claim.subject, KG.subjectMention, KG.subjectReason)
    yield from _reference(names, me, claim.object, KG.objectMention, KG.objectReason)
    text = view.pages[claim.doc].text
    yield me, node(KG.line), integer(line_number(text, view.articles.get(claim.article), claim.start))
    yield me, node(KG.evidence), target_name(names, me)
    yield from target_triples(view, names, me, claim.doc, claim.article, claim.start, claim.end, SENTENCE)


def _reference(
    names: Names, me: og.NamedNode, reference: Reference | None, mention: str, reason: str
) -> Iterator[Triple]:
    if isinstance(reference, Implied):
        yield me, node(reason), plain(reference.reason or "implied")
    elif reference is not None:
        yield me, node(mention), names.mention(reference)


def _tenure(names: Names, fact: Fact, article: str, dated: Tenures) -> Iterator[Triple]:
    """When a post began and ended, in the graph of the article that reports the appointment or removal."""
    for post, begins in dated.beginnings.get((fact.id, article), ()):
        yield names.fact(post), node(SDO.validFrom), date(begins)
    for post, ends in dated.ends.get((fact.id, article), ()):
        yield names.fact(post), node(SDO.validUntil), date(ends)
