"""Hands the graph on in other formats, sorted, so that the same graph gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as og

from kg import store as files
from kg.errors import KgError
from kg.publish import publish

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def ntriples(quads: Sequence[og.Quad]) -> bytes:
    """The union of all graphs, a line for each triple."""
    return "".join(sorted({f"{quad.triple} .\n" for quad in quads})).encode("utf-8")


def rdfxml(quads: Sequence[og.Quad]) -> bytes:
    """The union of all graphs. Characters that XML cannot hold become U+FFFD."""
    triples = sorted({quad.triple for quad in quads}, key=str)
    content = og.serialize(triples, format=og.RdfFormat.RDF_XML) or b""
    # A bare carriage return would be read as a line feed.
    return _NOT_XML.sub("\ufffd", content.decode("utf-8")).replace("\r", "&#13;").encode("utf-8")


FORMATS: Mapping[str, Callable[[Sequence[og.Quad]], bytes]] = {
    "turtle": files.turtle,
    "trig": files.trig,
    "nquads": files.nquads,
    "ntriples": ntriples,
    "jsonld": files.jsonld,
    "rdfxml": rdfxml,
}


def export(store: og.Store, form: str, out: Path | None = None) -> bytes:
    """The graph in one of FORMATS; with ``out``, also written there (all of it or nothing).

    TriG, N-Quads and JSON-LD keep the named graphs; the others hold their union. Raises KgError for an unknown
    format or a place that cannot be written.
    """
    if form not in FORMATS:
        raise KgError(f"no format {form!r} for the graph", f"use one of {', '.join(FORMATS)}")
    content = FORMATS[form](sorted(store, key=str))
    if out is not None:
        name = out.name

        def write(aside: Path) -> None:
            (aside / name).write_bytes(content)

        publish(out.parent, write)
    return content
