"""The exports folder on disk: ``graph.nq`` is the truth, the other files say the same for other readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as og
from rdflib import RDF, VOID

from kg.errors import KgError
from kg.graph.sources import FORMAT_VERSION
from kg.publish import publish
from kg.vocabulary import KG, PREFIXES, node

GRAPH_FILE = "graph.nq"
_HEADER = "# graph made by kg, {count} quads\n"
_COUNT = re.compile(rb"# graph made by kg, (\d+) quads\r?\n")
_GRAPH_NAME = re.compile(rb" <[^<>\s]*> \.\n")
_REBUILD = "run kg build again"
_TYPE = node(RDF.type)


def save(quads: Sequence[og.Quad], folder: Path) -> list[Path]:
    """Writes the graph in all formats and returns the files' paths.

    A reader never sees half a graph, and a run that dies leaves the old one. Raises KgError where the folder
    cannot be written.
    """

    def write(aside: Path) -> None:
        (aside / "graph.ttl").write_bytes(turtle(quads))
        (aside / "graph.trig").write_bytes(trig(quads))
        (aside / "graph.jsonld").write_bytes(jsonld(quads))
        (aside / GRAPH_FILE).write_bytes(nquads(quads))

    return list(publish(folder, write))


def load(folder: Path) -> og.Store:
    """The graph of an exports folder, in memory. Raises KgError where it is missing, broken or too old."""
    path = folder / GRAPH_FILE
    if not folder.is_dir():
        raise KgError(f"{folder}: no such folder", "build a graph first: kg build")
    store = og.Store()
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise KgError(f"{folder}: holds no {GRAPH_FILE}", "build a graph first: kg build") from error
    except OSError as error:
        raise KgError(f"{path}: {error.strerror or error}", _REBUILD) from error
    try:
        store.bulk_load(content, format=og.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise KgError(f"{path}: broken N-Quads: {error}", _REBUILD) from error
    check_version(store, path)
    counted = _COUNT.match(content)
    if counted and int(counted[1]) != len(store):
        raise KgError(f"{path}: broken off: {len(store)} of {int(counted[1])} quads are there", _REBUILD)
    return store


def merged(store: og.Store, *, named: bool = True) -> og.Store:
    """A store that holds every triple in its default graph once, beside the named graphs if ``named``.

    The engine's own union of graphs gives a triple as often as graphs hold it, which spoils COUNT and SUM.
    """
    if next(store.quads_for_pattern(None, None, None, og.DefaultGraph()), None) is not None:
        return store
    quads = store.dump(format=og.RdfFormat.N_QUADS) or b""
    union = og.Store()
    if named:
        union.bulk_load(quads, format=og.RdfFormat.N_QUADS)
    # Line ends inside literals are escaped, so the last IRI of a line is its graph. As text, quads go through
    # the engine several times faster than one by one through Python.
    union.bulk_load(_GRAPH_NAME.sub(b" .\n", quads), format=og.RdfFormat.N_TRIPLES)
    return union


def check_version(store: og.Store, where: Path) -> None:
    versions = sorted(
        str(quad.object.value)
        for quad in store.quads_for_pattern(None, node(KG.formatVersion), None, None)
        if isinstance(quad.object, og.Literal)
    )
    if not versions:
        raise KgError(f"{where}: broken off, or no graph that kg made (it states no format)", _REBUILD)
    if versions != [FORMAT_VERSION]:
        raise KgError(
            f"{where}: made by another version of kg (format {', '.join(versions)}; this one reads {FORMAT_VERSION})",
            _REBUILD,
        )


def base_of(quads: Iterable[og.Quad] | og.Store) -> str:
    """The beginning of the graph's data IRIs, as the graph itself states it; empty where it does not."""
    for quad in quads:
        if quad.predicate == node(VOID.uriSpace):
            return str(quad.object.value) if isinstance(quad.object, og.Literal) else ""
    return ""


def prefixes(quads: Iterable[og.Quad] | og.Store) -> dict[str, str]:
    base = base_of(quads)
    return {**PREFIXES, "id": base} if base else dict(PREFIXES)


def nquads(quads: Sequence[og.Quad]) -> bytes:
    """A line for each quad, in order, under a comment that counts them."""
    return "".join((_HEADER.format(count=len(quads)), *(f"{quad} .\n" for quad in quads))).encode("utf-8")


def turtle(quads: Sequence[og.Quad]) -> bytes:
    """The union of all graphs, each node once, its type first, a blank line between the nodes."""
    triples = sorted({quad.triple for quad in quads}, key=_order)
    # Line ends inside literals are escaped, so " .\n" always ends a statement.
    return _serialize(triples, og.RdfFormat.TURTLE, prefixes(quads)).replace(b" .\n", b" .\n\n")


def trig(quads: Sequence[og.Quad]) -> bytes:
    return _serialize(_by_graph(quads), og.RdfFormat.TRIG, prefixes(quads))


def jsonld(quads: Sequence[og.Quad]) -> bytes:
    return _serialize(_by_graph(quads), og.RdfFormat.JSON_LD, {})


def _by_graph(quads: Sequence[og.Quad]) -> list[og.Quad]:
    return sorted(quads, key=lambda quad: (str(quad.graph_name), *_order(quad.triple)))


def _order(triple: og.Triple) -> tuple[str, bool, str, str]:
    return (str(triple.subject), triple.predicate != _TYPE, triple.predicate.value, str(triple.object))


def _serialize(
    items: Sequence[og.Triple] | Sequence[og.Quad], form: og.RdfFormat, names: dict[str, str]
) -> bytes:
    content = og.serialize(items, format=form, prefixes=names)
    assert content is not None  # no output was given, so the bytes come back
    # The library writes the prefixes in an order that changes from run to run.
    head: list[bytes] = []
    while content.startswith(b"@prefix "):
        line, _, content = content.partition(b"\n")
        head.append(line + b"\n")
    return b"".join(sorted(head)) + content
