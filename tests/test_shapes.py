"""Every rule of shapes.ttl against a graph that breaks it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as og
import pytest
from rdflib import Graph
from rdflib.namespace import SH

from kg.errors import KgError
from kg.graph import build_quads
from kg.model import Severity
from kg.resources import ontology_dir
from kg.validate import Report, validate
from kg.vocabulary import KG, PREFIXES, relations
from tests.archives import small_archive

ID = "https://kg.example/id/"
GRAPH = og.NamedNode(ID + "graph-entities")
Edit = tuple[str, str, str, str | None]  # + or -, subject, predicate, object (None: all objects)


def term(text: str) -> og.NamedNode | og.Literal:
    """``kg:Person``, ``person-lu`` (of the data), or a literal in Turtle: ``"x"``, ``"x"@zh``, ``"1"^^xsd:date``."""
    if text.startswith('"'):
        value, _, rest = text[1:].rpartition('"')
        if rest.startswith("@"):
            return og.Literal(value, language=rest[1:])
        if rest.startswith("^^"):
            datatype = term(rest[2:])
            assert isinstance(datatype, og.NamedNode)
            return og.Literal(value, datatype=datatype)
        return og.Literal(value)
    prefix, colon, local = text.partition(":")
    return og.NamedNode(PREFIXES[prefix] + local if colon else ID + text)


def edited(quads: Iterable[og.Quad], edits: Iterable[Edit]) -> list[og.Quad]:
    found = list(quads)
    for sign, subject, predicate, value in edits:
        s, p = term(subject), term(predicate)
        o = None if value is None else term(value)
        if sign == "-":
            before = len(found)
            found = [q for q in found if not (q.subject == s and q.predicate == p and o in (None, q.object))]
            assert len(found) < before, f"nothing to take away: {subject} {predicate} {value}"
        else:
            assert isinstance(s, og.NamedNode) and isinstance(p, og.NamedNode) and o is not None
            found.append(og.Quad(s, p, o, GRAPH))
    return found


@pytest.fixture(scope="module")
def quads() -> list[og.Quad]:
    return build_quads(small_archive())


@pytest.fixture(scope="module")
def nodes(quads: list[og.Quad]) -> dict[str, str]:
    """Names of nodes with hashed names: the claim of the first visit, its evidence, a mention, a page, an article."""
    store = og.Store()
    store.extend(quads)
    query = """SELECT * WHERE {
        ?claim kg:supports <https://kg.example/id/fact-f003> ; kg:evidence ?target ; kg:subjectMention ?mention ;
            prov:wasDerivedFrom ?article .
        ?target oa:hasSelector ?position, ?quote . ?position oa:start ?start . ?quote oa:exact ?exact .
        ?mention oa:hasTarget/oa:hasSelector ?mentioned . ?mentioned oa:exact ?name .
        ?article schema:isPartOf ?page .
        <https://kg.example/id/fact-f005> kg:amount ?amount }"""
    rows = list(store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True))
    solution = rows[0]
    names = [v.value for v in store.query(query, prefixes=dict(PREFIXES)).variables]
    values = {name: solution[name] for name in names}
    return {name: v.value.removeprefix(ID) for name, v in values.items() if isinstance(v, og.NamedNode)}


def report(quads: list[og.Quad], edits: Iterable[Edit], nodes: dict[str, str]) -> Report:
    filled = [(sign, s.format(**nodes), p, v and v.format(**nodes)) for sign, s, p, v in edits]
    return validate(edited(quads, filled))


# message of the shape: what breaks it. The facts are those of tests/archives.py: f001 byline, f002 post,
# f003 visit, f004 located_in, f005 amount, f006 owner, f008 appoint, f009 remove, f015 stake, f016 signed,
# f017 honour, f019 part_of.
ERRORS: dict[str, list[Edit]] = {
    "an entity has exactly one preferred name": [("+", "person-lu", "skos:prefLabel", '"陆名远"@zh')],
    "an entity can be looked up by name": [("-", "person-lu", "kg:name", None)],
    "an entity is of exactly one of the six kinds": [("+", "person-lu", "rdf:type", "kg:Place")],
    "a place lies in a place that the graph knows": [("+", "place-city", "schema:containedInPlace", "place-lost")],
    "a place does not lie in itself": [("+", "place-city", "schema:containedInPlace", "place-district")],
    "a division code has 6, 9 or 12 digits": [
        ("-", "place-city", "kg:divisionCode", None), ("+", "place-city", "kg:divisionCode", '"9901"')
    ],
    "a fact is supported by at least one claim": [("-", "{claim}", "kg:supports", None)],
    "a fact states exactly one of the twelve relations": [("-", "fact-f003", "kg:relation", None)],
    "a fact has exactly one subject, an entity": [("+", "fact-f003", "kg:subject", "person-han")],
    "a fact has at most one object, an entity": [("+", "fact-f003", "kg:object", "place-city")],
    "a fact has at most one date": [("+", "fact-f003", "kg:date", '"2024-03-02"^^xsd:date')],
    "an asserted fact has a claim that asserts it": [
        ("-", "{claim}", "kg:modality", None), ("+", "{claim}", "kg:modality", "kg:modality-planned")
    ],
    "a post is held by one person, never by an organ": [
        ("-", "fact-f002", "org:member", None), ("+", "fact-f002", "org:member", "agency-government")
    ],
    "a post is one in an organ, never in a person": [
        ("-", "fact-f002", "org:organization", None), ("+", "fact-f002", "org:organization", "person-han")
    ],
    "the holding of a post names one post": [("-", "fact-f002", "kg:post", None)],
    "a post is held in one of the four ways": [("+", "fact-f002", "kg:status", "kg:status-former")],
    "a post begins once": [
        ("+", "fact-f010", "schema:validFrom", '"2023-01-01"^^xsd:date')
    ],
    "a post ends once": [("+", "fact-f002", "schema:validUntil", '"2025-01-01"^^xsd:date')],
    "a post does not end before it begins": [
        ("+", "fact-f002", "schema:validFrom", '"2024-04"^^xsd:gYearMonth')
    ],
    "only a person is appointed": [
        ("-", "fact-f008", "kg:subject", None), ("+", "fact-f008", "kg:subject", "company-water")
    ],
    "an appointment names the organ": [("-", "fact-f008", "kg:object", None)],
    "only a person is removed from a post": [
        ("-", "fact-f009", "kg:subject", None), ("+", "fact-f009", "kg:subject", "company-water")
    ],
    "a removal names the organ": [("-", "fact-f009", "kg:object", None)],
    "only a person makes a visit": [
        ("-", "fact-f003", "kg:subject", None), ("+", "fact-f003", "kg:subject", "company-water")
    ],
    "a visit names what was visited": [("-", "fact-f003", "kg:object", None)],
    "a siting names the place": [("-", "fact-f004", "kg:object", None)],
    "an ownership names the project": [("-", "fact-f006", "kg:object", None)],
    "a stake names the company": [("-", "fact-f015", "kg:object", None)],
    "a stake is more than 0 and at most 100 per cent": [
        ("-", "fact-f015", "kg:percentage", None), ("+", "fact-f015", "kg:percentage", '"151"^^xsd:decimal')
    ],
    "an amount is one positive number": [
        ("-", "{amount}", "schema:value", None), ("+", "{amount}", "schema:value", '"0"^^xsd:decimal')
    ],
    "an amount has a currency": [("-", "{amount}", "schema:currency", None)],
    "an affiliation names the organisation": [("-", "fact-f019", "kg:object", None)],
    "a signing names the other side": [("-", "fact-f016", "kg:object", None)],
    "an honour is worded": [("-", "fact-f017", "kg:detail", None)],
    "only a person signs an article": [
        ("-", "fact-f001", "kg:subject", None), ("+", "fact-f001", "kg:subject", "company-water")
    ],
    "a byline is a reporter's, correspondent's, photographer's or author's": [
        ("-", "fact-f001", "kg:detail", None), ("+", "fact-f001", "kg:detail", '"editor"')
    ],
    "a claim supports exactly one fact": [("+", "{claim}", "kg:supports", "fact-f004")],
    "a claim quotes the very characters that state it": [("-", "{quote}", "oa:exact", None)],
    "a claim says where its characters stand": [("-", "{target}", "oa:hasSelector", "{position}")],
    "a claim has one of the four modalities": [("+", "{claim}", "kg:modality", "kg:modality-quoted")],
    "a claim's confidence lies between 0 and 1": [
        ("-", "{claim}", "kg:confidence", None), ("+", "{claim}", "kg:confidence", '"1.5"^^xsd:decimal')
    ],
    "a claim comes from exactly one article": [("-", "{claim}", "prov:wasDerivedFrom", None)],
    "a claim names the rule that found it": [("-", "{claim}", "kg:rule", None)],
    "a claim has a line number": [("-", "{claim}", "kg:line", None)],
    "a claim's subject is mentioned, or a reason says why it is meant": [
        ("-", "{claim}", "kg:subjectMention", None)
    ],
    "a position starts before it ends": [
        ("-", "{position}", "oa:end", None), ("+", "{position}", "oa:end", '"1"^^xsd:integer')
    ],
    "a position has one end": [("+", "{position}", "oa:end", '"9999"^^xsd:integer')],
    "a mention names at most one entity": [("+", "{mention}", "oa:hasBody", "person-han")],
    "a mention quotes its characters": [("-", "{mentioned}", "oa:exact", None)],
    "a mention stands in exactly one article": [("-", "{mention}", "kg:inArticle", None)],
    "a mention's confidence lies between 0 and 1": [
        ("-", "{mention}", "kg:confidence", None), ("+", "{mention}", "kg:confidence", '"-0.1"^^xsd:decimal')
    ],
    "evidence stands on exactly one page": [("-", "{target}", "oa:hasSource", None)],
    "a page names its file": [("-", "{page}", "kg:file", None)],
    "a page has the checksum of its text": [
        ("-", "{page}", "kg:sha256", None), ("+", "{page}", "kg:sha256", '"abc"')
    ],
    "an article has exactly one headline": [("-", "{article}", "schema:headline", None)],
    "an article stands on exactly one page": [("-", "{article}", "schema:isPartOf", None)],
}  # fmt: skip

WARNINGS: dict[str, list[Edit]] = {
    "the date is none of the calendar": [
        ("-", "fact-f003", "kg:date", None), ("+", "fact-f003", "kg:date", '"2024-02-30"')
    ],
    "the stated date is none of the calendar": [("+", "{claim}", "kg:statedDate", '"去年"')],
    "the page's date is none of the calendar": [
        ("-", "{page}", "schema:datePublished", None), ("+", "{page}", "schema:datePublished", '"2024-13-01"')
    ],
    "the amount could not be read as a number": [("-", "fact-f005", "kg:amount", None)],
    "posts are held in agencies, companies and organisations": [
        ("-", "fact-f002", "kg:object", None), ("+", "fact-f002", "kg:object", "place-city")
    ],
    "people are not visited: places, organisations and projects are": [
        ("-", "fact-f003", "kg:object", None), ("+", "fact-f003", "kg:object", "person-fang")
    ],
    "projects and organisations are sited": [
        ("-", "fact-f004", "kg:subject", None), ("+", "fact-f004", "kg:subject", "person-fang")
    ],
    "a site is a place": [("-", "fact-f004", "kg:object", None), ("+", "fact-f004", "kg:object", "project-bridge")],
    "owners are organisations": [
        ("-", "fact-f006", "kg:subject", None), ("+", "fact-f006", "kg:subject", "person-fang")
    ],
    "what is owned is a project": [
        ("-", "fact-f006", "kg:object", None), ("+", "fact-f006", "kg:object", "place-city")
    ],
    "companies hold stakes": [
        ("-", "fact-f015", "kg:subject", None), ("+", "fact-f015", "kg:subject", "person-fang")
    ],
    "stakes are held in companies": [
        ("-", "fact-f015", "kg:object", None), ("+", "fact-f015", "kg:object", "place-city")
    ],
    "projects and companies have amounts": [
        ("-", "fact-f005", "kg:subject", None), ("+", "fact-f005", "kg:subject", "person-fang")
    ],
    "organisations are parts": [
        ("-", "fact-f019", "kg:subject", None), ("+", "fact-f019", "kg:subject", "person-fang")
    ],
    "organisations have parts": [
        ("-", "fact-f019", "kg:object", None), ("+", "fact-f019", "kg:object", "place-city")
    ],
    "organisations sign": [
        ("-", "fact-f016", "kg:subject", None), ("+", "fact-f016", "kg:subject", "person-fang")
    ],
    "the other side of a signing is an organisation or a project": [
        ("-", "fact-f016", "kg:object", None), ("+", "fact-f016", "kg:object", "place-city")
    ],
    "people, organisations and places are honoured": [
        ("-", "fact-f017", "kg:subject", None), ("+", "fact-f017", "kg:subject", "project-bridge")
    ],
}  # fmt: skip

# What one fault breaks besides.
ALSO: dict[str, set[str]] = {
    "a fact is supported by at least one claim": {
        "a claim supports exactly one fact", "an asserted fact has a claim that asserts it"
    }
}  # fmt: skip


def test_a_good_graph_conforms(quads: list[og.Quad]) -> None:
    assert validate(quads) == Report(True, ())


def batches(cases: dict[str, list[Edit]]) -> list[list[str]]:
    """Cases that touch different nodes share a graph: a run of the shapes costs far more than a look at it."""
    found: list[tuple[set[str], list[str]]] = []
    for message, edits in cases.items():
        touched = {subject for _, subject, _, _ in edits}
        for nodes, messages in found:
            if message not in ALSO and not nodes & touched:
                nodes |= touched
                messages.append(message)
                break
        else:
            # a case with consequences keeps a graph of its own
            found.append(({*touched, *_ALL} if message in ALSO else touched, [message]))
    return [messages for _, messages in found]


_ALL = {edit[1] for cases in (ERRORS, WARNINGS) for edits in cases.values() for edit in edits}


@pytest.mark.parametrize("messages", batches(ERRORS), ids=lambda m: m[0])
def test_errors_are_found_and_stop_publication(
    messages: list[str], quads: list[og.Quad], nodes: dict[str, str]
) -> None:
    found = report(quads, [edit for message in messages for edit in ERRORS[message]], nodes)
    assert not found.conforms
    assert {r.english for r in found.results} == set(messages).union(*(ALSO.get(m, set()) for m in messages))
    assert {r.severity for r in found.results} == {Severity.ERROR}


@pytest.mark.parametrize("messages", batches(WARNINGS), ids=lambda m: m[0])
def test_warnings_are_told_but_stop_nothing(
    messages: list[str], quads: list[og.Quad], nodes: dict[str, str]
) -> None:
    found = report(quads, [edit for message in messages for edit in WARNINGS[message]], nodes)
    assert found.conforms
    assert sorted((r.english, r.severity) for r in found.results) == sorted(
        (message, Severity.WARNING) for message in messages
    )


def shapes() -> Graph:
    return Graph().parse(ontology_dir() / "shapes.ttl", format="turtle")


def test_every_message_has_a_case_and_both_languages() -> None:
    graph = shapes()
    english = {str(m) for m in graph.objects(None, SH.message) if m.language == "en"}  # type: ignore[attr-defined]
    assert english == set(ERRORS) | set(WARNINGS)
    for shape in graph.subjects(SH.message):
        assert sorted(m.language for m in graph.objects(shape, SH.message)) == ["en", "zh"]  # type: ignore[attr-defined]


def test_the_kinds_in_the_shapes_are_those_of_the_ontology() -> None:
    """The lists of kinds stand in the shapes as well, so that any SHACL engine can check a graph."""
    graph = shapes()
    checked = 0
    for terms in relations().values():
        target = og.NamedNode(terms.fact_class.value).value
        for path, kinds in ((KG.subject, terms.subjects), (KG.object, terms.objects)):
            found: set[str] = set()
            for shape in graph.subjects(SH.targetClass):
                if str(graph.value(shape, SH.targetClass)) != target:
                    continue
                for rule in graph.objects(shape, SH.property):
                    if graph.value(rule, SH.path) == path:
                        found |= {str(c) for c in graph.objects(rule, SH["class"])}
                        for choices in graph.objects(rule, SH["or"]):
                            found |= {str(c) for c in graph.objects(None, SH["class"]) if _holds(graph, choices, c)}
            if found:
                assert found == {str(KG[kind.value]) for kind in kinds}, (target, path)
                checked += 1
    assert checked == 20


def _holds(graph: Graph, choices: object, wanted: object) -> bool:
    return any(graph.value(item, SH["class"]) == wanted for item in graph.items(choices))  # type: ignore[arg-type]


def test_a_finding_is_one_line_that_names_the_thing(quads: list[og.Quad]) -> None:
    broken = edited(quads, [("-", "fact-f003", "kg:object", None)])
    assert [r.line() for r in validate(broken).results] == [
        "error: 陆明远 走访调研 青河大桥项目 2024-03-01 kg:object: "
        "a visit names what was visited / 走访必须写明对象"
    ]


def test_a_store_is_checked_like_quads(quads: list[og.Quad]) -> None:
    store = og.Store()
    store.extend(quads)
    assert validate(store).conforms


def test_bad_shapes_are_one_line(quads: list[og.Quad], tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\n<a> sh:targetClass\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"shapes\.ttl: no Turtle") as caught:
        validate(quads, path)
    assert "\n" not in str(caught.value)




