"""Newspapers, issues, pages and articles, and what made the graph out of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pyoxigraph as og
from rdflib import PROV, RDF, RDFS, SDO, SKOS, VOID

import kg
from kg.graph.evidence import Triple
from kg.graph.names import Names
from kg.graph.publication import View
from kg.graph.values import date, plain, zh
from kg.model import Article, Line, Page
from kg.vocabulary import KG, NAMESPACE, node, types_of

FORMAT_VERSION = "1"  # raise it when a graph of an older build would give wrong answers


def source_triples(view: View, names: Names) -> Iterator[Triple]:
    yield from _provenance(view, names)
    for page in view.checksummed.values():
        yield from _page(names, page)
    for article in view.articles.values():
        yield from _article(view, names, article)


def _provenance(view: View, names: Names) -> Iterator[Triple]:
    software = names.hashed("software", kg.__version__)
    activity = names.hashed("activity", kg.__version__)
    dataset = names.node("dataset")
    yield software, node(RDF.type), node(PROV.SoftwareAgent)
    yield software, node(RDFS.label), plain(f"kg {kg.__version__}")
    yield software, node(SDO.softwareVersion), plain(kg.__version__)
    yield activity, node(RDF.type), node(PROV.Activity)
    yield activity, node(RDFS.label), og.Literal("extraction of the graph from the pages", language="en")
    yield activity, node(RDFS.label), zh("从版面抽取图谱")
    yield activity, node(PROV.wasAssociatedWith), software
    for page in view.pages.values():
        yield activity, node(PROV.used), names.page(page.doc)
    yield dataset, node(RDF.type), node(VOID.Dataset)
    yield dataset, node(VOID.uriSpace), plain(names.base)
    yield dataset, node(VOID.vocabulary), node(NAMESPACE)
    yield dataset, node(KG.formatVersion), plain(FORMAT_VERSION)
    yield dataset, node(PROV.wasGeneratedBy), activity


def _page(names: Names, page: Page) -> Iterator[Triple]:
    me = names.page(page.doc)
    for each in types_of(KG.Page):
        yield me, node(RDF.type), each
    yield me, node(KG.file), plain(page.file)
    yield me, node(KG.encoding), plain(page.encoding)
    yield me, node(KG.sha256), plain(hashlib.sha256(page.text.encode("utf-8", "surrogatepass")).hexdigest())
    if page.number:
        yield me, node(SDO.pagination), plain(page.number)
    if page.place:
        yield me, node(KG.servedPlace), plain(page.place)
    if page.date:
        yield me, node(SDO.datePublished), date(page.date)
    if not page.newspaper:
        return
    issue, newspaper = names.issue(page), names.newspaper(page)
    yield me, node(SDO.isPartOf), issue
    yield issue, node(RDF.type), node(SDO.PublicationIssue)
    yield issue, node(SDO.isPartOf), newspaper
    if page.date:
        yield issue, node(SDO.datePublished), date(page.date)
    yield newspaper, node(RDF.type), node(SDO.Newspaper)
    yield newspaper, node(SKOS.prefLabel), zh(page.newspaper)
    yield newspaper, node(SDO.name), zh(page.newspaper)


def _article(view: View, names: Names, article: Article) -> Iterator[Triple]:
    me = names.article(article.id)
    graph = names.article_graph(article.id)
    for each in types_of(KG.Article):
        yield me, node(RDF.type), each
    yield me, node(SDO.headline), zh(article.title)
    yield me, node(KG.printedTitle), og.Literal(article.printed_title)
    yield me, node(KG.lines), plain(line_ranges(article.lines))
    yield me, node(SDO.isPartOf), names.page(article.doc)
    yield me, node(KG.graph), graph
    published = view.pages[article.doc].date
    if published:
        yield me, node(SDO.datePublished), date(published)
    yield graph, node(PROV.wasDerivedFrom), me
    yield graph, node(PROV.wasGeneratedBy), names.hashed("activity", kg.__version__)


def line_ranges(lines: tuple[Line, ...]) -> str:
    """Line numbers in reading order, neighbours joined: ``3-11,15-17``.

    Blank lines inside a stretch make no new range; numbers that go back begin one.
    """
    ranges: list[list[int]] = []
    for line in lines:
        if ranges and 0 < line.number - ranges[-1][1] <= 2:
            ranges[-1][1] = line.number
        else:
            ranges.append([line.number, line.number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)
