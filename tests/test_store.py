"""The exports folder: saved whole, read back whole, refused where it is missing, broken or foreign."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as og
import pytest
from rdflib import Graph, URIRef

from kg.errors import KgError
from kg.export import FORMATS, export
from kg.graph import build_quads
from kg.store import GRAPH_FILE, load, merged, save
from tests.archives import small_archive


@pytest.fixture(scope="module")
def quads() -> list[og.Quad]:
    return build_quads(small_archive())


@pytest.fixture
def folder(quads: list[og.Quad], tmp_path: Path) -> Path:
    save(quads, tmp_path / "exports")
    return tmp_path / "exports"


def test_a_graph_comes_back_as_it_was_saved(quads: list[og.Quad], folder: Path) -> None:
    assert sorted(map(str, load(folder))) == [str(quad) for quad in quads]
    assert sorted(path.name for path in folder.iterdir()) == ["graph.jsonld", "graph.nq", "graph.trig", "graph.ttl"]


def test_saving_again_writes_the_same_bytes_and_replaces_the_files(quads: list[og.Quad], folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "graph.ttl").write_text("old", encoding="utf-8")
    files = save(quads, folder)
    assert {path.name: path.read_bytes() for path in files} == before
    assert {path.name for path in folder.iterdir()} == set(before)


def test_exports_agree_with_the_saved_files(folder: Path, tmp_path: Path) -> None:
    store = load(folder)
    endings = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "jsonld": "jsonld"}
    for form, name in ((form, f"graph.{ending}") for form, ending in endings.items()):
        assert export(store, form) == (folder / name).read_bytes()
    out = tmp_path / "elsewhere" / "graph.nt"
    content = export(store, "ntriples", out)
    assert out.read_bytes() == content
    assert len(content.splitlines()) == len({quad.triple for quad in store})
    assert len(FORMATS) == 6


def test_turtle_is_nice_to_read(folder: Path) -> None:
    text = (folder / "graph.ttl").read_text(encoding="utf-8")
    assert "\n\nid:person-lu a foaf:Person , kg:Entity , kg:Person , schema:Person ;\n" in text
    heads = [line for line in text.splitlines() if line.startswith("@prefix ")]
    assert heads == sorted(heads)
    assert "@prefix id: <https://kg.example/id/> ." in heads


def test_odd_characters_of_a_page_survive(tmp_path: Path) -> None:
    title = '坏\x0b\x00\ufffe\u2028"\\<题>\r\n&'
    archive = small_archive()
    odd = replace(archive, articles=tuple(replace(a, title=title) for a in archive.articles))
    quads = build_quads(odd)
    save(quads, tmp_path)
    store = load(tmp_path)
    assert sorted(map(str, store)) == [str(quad) for quad in quads]
    for form, name, expected in (
        ("turtle", "turtle", title),
        ("ntriples", "nt", title),
        ("rdfxml", "xml", '坏���\u2028"\\<题>\r\n&'),
    ):
        graph = Graph().parse(data=export(store, form), format=name)
        assert {str(o) for o in graph.objects(None, URIRef("https://schema.org/headline"))} == {expected}


def test_an_unknown_format_is_one_line(folder: Path) -> None:
    with pytest.raises(KgError, match="no format 'xlsx'"):
        export(load(folder), "xlsx")


def test_a_missing_folder_or_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="nowhere: no such folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(KgError, match=r"holds no graph\.nq"):
        load(tmp_path)


def test_a_broken_file_is_one_line(folder: Path) -> None:
    path = folder / GRAPH_FILE
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]) + "<https://kg.example/id/x> <broken\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"graph\.nq: broken N-Quads: .*line") as caught:
        load(folder)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_broken_off_is_found(folder: Path) -> None:
    path = folder / GRAPH_FILE
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-7]), encoding="utf-8")
    with pytest.raises(KgError, match=rf"broken off: {len(lines) - 8} of {len(lines) - 1} quads"):
        load(folder)


def test_a_foreign_graph_and_an_empty_file_are_refused(folder: Path) -> None:
    for content in ("", "<https://x/a> <https://x/b> <https://x/c> .\n"):
        (folder / GRAPH_FILE).write_text(content, encoding="utf-8")
        with pytest.raises(KgError, match="states no format"):
            load(folder)


def test_a_graph_of_another_version_is_refused(folder: Path) -> None:
    path = folder / GRAPH_FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('#formatVersion> "1"', '#formatVersion> "0"'), encoding="utf-8")
    with pytest.raises(KgError, match=r"another version of kg \(format 0; this one reads 1\)"):
        load(folder)


def test_a_folder_that_cannot_be_made_is_one_line(quads: list[og.Quad], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(KgError, match="cannot be written"):
        save(quads, tmp_path / "file" / "exports")


def test_merging_counts_every_triple_once(folder: Path) -> None:
    store = load(folder)
    union = merged(store)
    default = list(union.quads_for_pattern(None, None, None, og.DefaultGraph()))
    assert len(default) == len({quad.triple for quad in store}) < len(store)
    assert len(union) == len(store) + len(default)
    assert merged(union) is union
    assert len(merged(store, named=False)) == len(default)
