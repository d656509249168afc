"""The RDF graph of an archive: facts, the claims that support them, mentions, entities and sources.

Every article has a named graph of its own, so that one article can be replaced; entities share one graph, and
pages, issues and provenance another. There are no blank nodes, and the same archive gives the same quads.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as og

from kg.graph.entities import entity_triples
from kg.graph.facts import fact_quads
from kg.graph.mentions import mention_quads
from kg.graph.names import Names
from kg.graph.publication import publish
from kg.graph.sources import source_triples
from kg.model import Archive
from kg.vocabulary import DEFAULT_BASE

__all__ = ["build_quads"]


def build_quads(archive: Archive, *, base: str = DEFAULT_BASE, include_private: bool = False) -> list[og.Quad]:
    """All quads of the archive, sorted as N-Quads lines.

    ``base``: the absolute IRI that all data IRIs begin with (KgError where it cannot be one).
    ``include_private``: whether private people are exported with their facts; by default they are left out
    and their names are blotted out of quoted text.
    """
    names = Names(base)
    view = publish(archive, include_private=include_private)

    def quads() -> Iterator[og.Quad]:
        for triple in source_triples(view, names):
            yield og.Quad(*triple, names.sources_graph)
        for triple in entity_triples(view, names):
            yield og.Quad(*triple, names.entities_graph)
        yield from mention_quads(view, names)
        yield from fact_quads(view, names)

    return sorted(set(quads()), key=str)
