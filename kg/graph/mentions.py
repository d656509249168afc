"""Mentions as Web Annotations, each in the graph of its article."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as og
from rdflib import RDF

from kg.graph.evidence import GLIMPSE, Triple, line_number, target_name, target_triples
from kg.graph.names import Names
from kg.graph.publication import View
from kg.graph.values import TRUE, confidence, integer, plain
from kg.model import Mention
from kg.vocabulary import KG, OA, node, types_of


def mention_quads(view: View, names: Names) -> Iterator[og.Quad]:
    for mention in view.mentions:
        graph = names.article_graph(mention.article)
        for triple in _mention(view, names, mention):
            yield og.Quad(*triple, graph)


def _mention(view: View, names: Names, mention: Mention) -> Iterator[Triple]:
    me = names.mention(mention)
    for each in types_of(KG.Mention):
        yield me, node(RDF.type), each
    entity = view.entities.get(view.links.get(mention, ""))
    if entity is not None:
        yield me, node(OA.hasBody), names.entity(entity)
    yield me, node(OA.hasTarget), target_name(names, me)
    yield me, node(KG.kind), node(KG[mention.kind.value])
    yield me, node(KG.inArticle), names.article(mention.article)
    yield me, node(KG.confidence), confidence(mention.confidence)
    for reason in mention.reasons:
        yield me, node(KG.reason), plain(reason)
    if mention.nominal:
        yield me, node(KG.nominal), TRUE
    page = view.pages[mention.doc]
    yield me, node(KG.line), integer(line_number(page.text, view.articles.get(mention.article), mention.start))
    yield from target_triples(
        view, names, me, mention.doc, mention.article, mention.start, mention.end, GLIMPSE
    )
