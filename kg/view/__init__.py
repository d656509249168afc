"""``kg view``: the graph as one HTML file that opens without a network, every fact with the words it rests on.

Three limits keep the file light and legible; the page says where one of them bites:

- ``FIRST_VIEW`` nodes are drawn at first, the best connected ones, with ``FIRST_EDGES`` edges at most. Search finds
  all others and draws them; a double click draws the neighbours of a node.
- ``QUOTES`` quotations of claims are embedded, at most ``PER_FACT`` for one fact, those of important entities first.
- ``MENTIONS`` mentions are embedded, at most ``PER_ENTITY`` for one entity, in the same order.
"""

from __future__ import annotations

import pyoxigraph as og

from kg.view.content import gather
from kg.view.page import render
from kg.view.records import read_graph

__all__ = ["view_html"]


def view_html(store: og.Store) -> str:
    """The page for the graph in ``store``; write it as UTF-8. The same graph gives the same text.

    Raises KgError where the graph lacks what every fact must have.
    """
    return render(*gather(read_graph(store)))
