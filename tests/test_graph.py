"""The graph of the small archive: what stands in it, what does not, and that it is always the same."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as og
import pytest
from rdflib import Graph

from kg.errors import KgError
from kg.graph import build_quads
from kg.graph.evidence import context, line_number
from kg.graph.sources import line_ranges
from kg.graph.values import date, decimal
from kg.model import Archive, Article, Fact, Kind, Line, Mention, Modality, Page, Relation, Role, Status
from kg.store import merged
from kg.vocabulary import DEFAULT_BASE, PREFIXES
from tests.archives import DAY_ONE, FANG, HOUSING, LU, SU, small_archive

ROOT = Path(__file__).parent.parent
Rows = list[tuple[str, ...]]


def store_of(quads: list[og.Quad]) -> og.Store:
    store = og.Store()
    store.extend(quads)
    return merged(store)


def ask(store: og.Store, pattern: str, *columns: str) -> Rows:
    """The pattern's solutions as sorted strings, with the data's own IRIs shortened."""
    query = f"SELECT {' '.join('?' + c for c in columns)} WHERE {{ {pattern} }}"
    found = store.query(query, prefixes={**PREFIXES, "id": DEFAULT_BASE})
    assert isinstance(found, og.QuerySolutions)
    return sorted(tuple(_short(solution[c]) for c in columns) for solution in found)


def _short(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, og.NamedNode):
        for prefix, namespace in {**PREFIXES, "id": DEFAULT_BASE}.items():
            if value.value.startswith(namespace):
                return f"{prefix}:{value.value.removeprefix(namespace)}"
    assert isinstance(value, og.NamedNode | og.Literal)
    return value.value


@pytest.fixture(scope="module")
def archive() -> Archive:
    return small_archive()


@pytest.fixture(scope="module")
def quads(archive: Archive) -> list[og.Quad]:
    return build_quads(archive)


@pytest.fixture(scope="module")
def store(quads: list[og.Quad]) -> og.Store:
    return store_of(quads)


def test_the_same_archive_gives_the_same_bytes_in_every_process(quads: list[og.Quad]) -> None:
    code = (
        "import hashlib; from tests.archives import small_archive; from kg.graph import build_quads; "
        "from kg.store import nquads, turtle, trig, jsonld; q = build_quads(small_archive()); "
        "print(*(hashlib.sha256(f(q)).hexdigest() for f in (nquads, turtle, trig, jsonld)))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, text=True,
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1
    assert len(runs.pop().split()) == 4


def test_quads_are_sorted_without_doubles_and_without_blank_nodes(quads: list[og.Quad]) -> None:
    lines = [str(quad) for quad in quads]
    assert lines == sorted(set(lines))
    assert not [line for line in lines if "_:" in re.sub(r'"(?:[^"\\]|\\.)*"', "", line)]


def test_iris_are_flat_opaque_ascii(quads: list[og.Quad]) -> None:
    data = {
        term.value
        for quad in quads
        for term in (quad.subject, quad.object, quad.graph_name)
        if isinstance(term, og.NamedNode) and term.value.startswith(DEFAULT_BASE)
    }
    assert len(data) > 150
    assert [iri for iri in data if not re.fullmatch(re.escape(DEFAULT_BASE) + r"[a-z]+(-[a-z0-9]+)?", iri)] == []


def test_every_article_has_a_graph_and_entities_and_sources_have_theirs(archive: Archive, quads: list[og.Quad]) -> None:
    graphs = {str(quad.graph_name) for quad in quads}
    assert len(graphs) == len(archive.articles) + 2


def test_an_article_can_be_replaced_by_its_graph_alone(archive: Archive, quads: list[og.Quad]) -> None:
    """Taking an article's graph away leaves no claim, mention or fact that only it supports."""
    ((graph,),) = ask(store_of(quads), '?a schema:headline "企业简讯"@zh ; kg:graph ?g', "g")
    left = store_of([q for q in quads if _short(q.graph_name) != graph])
    assert ask(left, "?f a kg:Stake", "f") == []
    assert ask(left, "?c kg:supports ?f FILTER NOT EXISTS { ?f a kg:Fact }", "c") == []
    assert len(ask(left, "?f a kg:Visit", "f")) == 2


def test_a_person_is_what_the_common_vocabularies_call_one(store: og.Store) -> None:
    assert ask(store, "id:person-lu ?p ?o", "p", "o") == [
        ("foaf:name", "陆明远"),
        ("kg:holdsPostIn", "id:agency-housing"),
        ("kg:name", "陆明远"),
        ("kg:removedFrom", "id:agency-housing"),
        ("kg:visited", "id:project-bridge"),
        ("org:memberOf", "id:agency-housing"),
        ("rdf:type", "foaf:Person"),
        ("rdf:type", "kg:Entity"),
        ("rdf:type", "kg:Person"),
        ("rdf:type", "schema:Person"),
        ("skos:prefLabel", "陆明远"),
    ]


def test_names_are_preferred_alternative_and_hidden(store: og.Store) -> None:
    pattern = "id:agency-housing ?p ?o FILTER (isLiteral(?o))"
    assert ask(store, pattern, "p", "o") == [
        ("kg:name", "市住建局"),
        ("kg:name", "市住建居"),
        ("kg:name", "青河市住房和城乡建设局"),
        ("schema:name", "青河市住房和城乡建设局"),
        ("skos:altLabel", "市住建局"),
        ("skos:hiddenLabel", "市住建居"),
        ("skos:prefLabel", "青河市住房和城乡建设局"),
    ]


def test_a_place_has_its_code_and_container(store: og.Store) -> None:
    assert ask(store, "?p kg:divisionCode ?c OPTIONAL { ?p schema:containedInPlace ?in }", "p", "c", "in") == [
        ("id:place-city", "990100", ""),
        ("id:place-district", "990102", "id:place-city"),
    ]


def test_a_post_is_a_membership_with_role_and_post(store: og.Store) -> None:
    pattern = """id:fact-f002 a org:Membership ; org:member ?who ; org:organization ?organ ;
            org:role ?role ; kg:post ?post .
        ?role a org:Role ; skos:prefLabel ?title .
        ?post a org:Post ; org:postIn ?organ ; org:role ?role ; skos:prefLabel ?label ."""
    assert ask(store, pattern, "who", "organ", "title", "label") == [
        ("id:person-lu", "id:agency-housing", "局长", "青河市住房和城乡建设局局长")
    ]


def test_one_fact_is_supported_by_the_claims_of_two_articles(store: og.Store) -> None:
    pattern = "?c kg:supports id:fact-f007 ; prov:wasDerivedFrom/schema:headline ?t"
    assert ask(store, pattern, "t") == [("乔安走访江北区",), ("青河市召开项目推进会",)]
    assert ask(store, "id:fact-f007 kg:attestedOn ?d", "d") == [("2024-03-02",), ("2024-03-09",)]


def test_evidence_is_the_very_characters_of_the_page(archive: Archive, store: og.Store) -> None:
    pattern = """{ ?x kg:evidence ?t } UNION { ?x oa:hasTarget ?t }
        ?t oa:hasSource/kg:file ?file ; oa:hasSelector ?p, ?q .
        ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact
        OPTIONAL { ?q oa:prefix ?prefix } OPTIONAL { ?q oa:suffix ?suffix }"""
    rows = ask(store, pattern, "file", "start", "end", "exact", "prefix", "suffix")
    texts = {page.file: page.text for page in archive.pages}
    for file, start, end, exact, prefix, suffix in rows:
        text = texts[file].replace("苏阿梅", "□□□")
        first, last = int(start), int(end)
        assert text[first:last] == exact
        assert text[first - len(prefix) : first] == prefix
        assert text[last : last + len(suffix)] == suffix
    claims = sum(len(fact.claims) for fact in archive.facts) - 1  # one is about a private person
    assert len(rows) == len(archive.mentions) - 1 + claims == 56


def test_money_shares_dates_and_modalities(store: og.Store) -> None:
    pattern = """?f kg:amount ?a . ?a schema:value ?v ; schema:currency ?c .
        ?f kg:subject ?s BIND (EXISTS { ?f a kg:AssertedFact } AS ?yes)"""
    assert ask(store, pattern, "f", "v", "c", "yes") == [
        ("id:fact-f005", "1250000000", "CNY", "true"),
        ("id:fact-f012", "2000000000", "CNY", "false"),
    ]
    assert ask(store, "?f kg:percentage ?p", "f", "p") == [("id:fact-f015", "51")]
    pattern = "?f a sem:Event ; sem:hasActor ?who ; sem:hasTimeStamp ?d BIND (DATATYPE(?d) AS ?t)"
    assert ask(store, pattern, "f", "who", "d", "t") == [
        ("id:fact-f003", "id:person-lu", "2024-03-01", "xsd:date"),
        ("id:fact-f008", "id:person-fang", "2024-03-02", "xsd:date"),
        ("id:fact-f009", "id:person-lu", "2024-03-02", "xsd:date"),
        ("id:fact-f011", "id:person-qiao1", "2024-03", "xsd:gYearMonth"),
    ]


def test_only_asserted_facts_have_plain_edges(store: og.Store) -> None:
    shortcuts = """VALUES ?p { kg:holdsPostIn kg:heldPostIn kg:nominatedTo kg:appointedTo kg:removedFrom kg:visited
        kg:locatedIn kg:owns kg:hasStakeIn kg:partOf kg:signedWith kg:received kg:wrote kg:photographed }
        ?s ?p ?o OPTIONAL { ?o schema:headline ?t } BIND (COALESCE(?t, ?o) AS ?x)"""
    found = ask(store, shortcuts, "s", "p", "x")
    assert found == [
        ("id:company-builder", "kg:hasStakeIn", "id:company-water"),
        ("id:company-builder", "kg:owns", "id:project-bridge"),
        ("id:company-water", "kg:received", "节水先锋"),
        ("id:company-water", "kg:signedWith", "id:agency-education"),
        ("id:organization-school", "kg:partOf", "id:agency-education"),
        ("id:person-fang", "kg:appointedTo", "id:agency-education"),
        ("id:person-fang", "kg:holdsPostIn", "id:agency-education"),
        ("id:person-han", "kg:photographed", "乔安走访江北区"),
        ("id:person-han", "kg:wrote", "乔安走访江北区"),
        ("id:person-han", "kg:wrote", "青河市召开项目推进会"),
        ("id:person-lu", "kg:holdsPostIn", "id:agency-housing"),
        ("id:person-lu", "kg:removedFrom", "id:agency-housing"),
        ("id:person-lu", "kg:visited", "id:project-bridge"),
        ("id:person-qiao1", "kg:holdsPostIn", "id:agency-government"),
        ("id:person-qiao1", "kg:visited", "id:place-district"),
        ("id:person-qiao2", "kg:holdsPostIn", "id:organization-school"),
        ("id:project-bridge", "kg:locatedIn", "id:place-district"),
    ]
    assert ask(store, "?s kg:amount ?a FILTER NOT EXISTS { ?s a kg:Fact } ?a schema:value ?v", "s", "v") == [
        ("id:project-bridge", "1250000000")
    ]


@pytest.mark.parametrize(
    ("status", "edge"),
    [(Status.FORMER, "heldPostIn"), (Status.NOMINEE, "nominatedTo"), (Status.ACTING, "holdsPostIn")],
)
def test_the_edge_of_a_post_tells_its_status(archive: Archive, status: Status, edge: str) -> None:
    facts = tuple(replace(f, status=status) if f.id == "f002" else f for f in archive.facts)
    found = ask(store_of(build_quads(replace(archive, facts=facts))), "id:person-lu ?p id:agency-housing", "p")
    assert ("kg:" + edge,) in found
    assert len([p for (p,) in found if p in {"kg:holdsPostIn", "kg:heldPostIn", "kg:nominatedTo"}]) == 1


def test_an_implied_subject_or_object_has_its_reason(store: og.Store) -> None:
    assert ask(store, "?c kg:supports id:fact-f007 ; kg:objectReason ?r ; kg:subjectMention ?m", "r") == [
        ("副市长 of the paper's city",)
    ] * 2


def test_two_rules_that_read_the_same_claim_share_it(archive: Archive) -> None:
    old = next(f for f in archive.facts if f.id == "f003")
    again = replace(old.claims[0], rule="other", confidence=0.95)
    facts = tuple(replace(f, claims=(*f.claims, again)) if f.id == "f003" else f for f in archive.facts)
    found = ask(
        store_of(build_quads(replace(archive, facts=facts))),
        "?c kg:supports id:fact-f003 ; kg:rule ?r ; kg:confidence ?n", "c", "r", "n",
    )  # fmt: skip
    assert [(r, n) for _, r, n in found] == [("hand", "0.95"), ("other", "0.95")]
    assert len({c for c, _, _ in found}) == 1


# ------------------------------------------------------------------ when posts begin and end


def dated(archive: Archive, *changes: Fact) -> Rows:
    kept = {f.id: f for f in archive.facts}
    kept.update({f.id: f for f in changes})
    store = store_of(build_quads(replace(archive, facts=tuple(kept.values()))))
    pattern = """?f a kg:PostHolding OPTIONAL { ?f schema:validFrom ?a } OPTIONAL { ?f schema:validUntil ?b }
        FILTER (BOUND(?a) || BOUND(?b))"""
    return ask(store, pattern, "f", "a", "b")


def fact(archive: Archive, name: str) -> Fact:
    return next(f for f in archive.facts if f.id == name)


def test_posts_are_dated_only_by_appointments_and_removals(archive: Archive) -> None:
    assert dated(archive) == [("id:fact-f002", "", "2024-03-02"), ("id:fact-f010", "2024-03-02", "")]


def test_a_planned_removal_dates_nothing(archive: Archive) -> None:
    old = fact(archive, "f009")
    planned = replace(old, claims=tuple(replace(c, modality=Modality.PLANNED) for c in old.claims))
    assert dated(archive, planned) == [("id:fact-f010", "2024-03-02", "")]


def test_two_appointments_give_no_single_beginning(archive: Archive) -> None:
    second = replace(fact(archive, "f008"), id="f990", date="2020-01-01")
    assert dated(archive, second) == [("id:fact-f002", "", "2024-03-02")]


def test_who_left_and_came_back_has_no_end_before_the_beginning(archive: Archive) -> None:
    appointed = replace(fact(archive, "f009"), id="f990", relation=Relation.APPOINT, date="2025-06-01")
    assert ("id:fact-f002", "2025-06-01", "") in dated(archive, appointed)
    left = replace(fact(archive, "f002"), status=Status.FORMER)
    assert ("id:fact-f002", "", "2024-03-02") in dated(archive, appointed, left)


# ------------------------------------------------------------------ private people


def test_private_people_are_left_out_with_their_facts_and_printed_names(quads: list[og.Quad], store: og.Store) -> None:
    assert not [quad for quad in quads if "苏阿梅" in str(quad) or "person-su" in str(quad)]
    assert ask(store, "?f a kg:Honour ; kg:subject ?s", "s") == [("id:company-water",)]


def test_private_people_are_exported_when_asked_for(archive: Archive) -> None:
    store = store_of(build_quads(archive, include_private=True))
    assert ask(store, "?s kg:private true ; skos:prefLabel ?n ; kg:received ?h", "n", "h") == [("苏阿梅", "居民")]
    assert ask(store, "?m oa:hasBody id:person-su ; oa:hasTarget/oa:hasSelector/oa:exact ?e", "e") == [("苏阿梅",)]


def test_an_entity_that_only_private_mentions_name_is_private(archive: Archive) -> None:
    entities = tuple(replace(e, private=False) for e in archive.resolution.entities)
    open_archive = replace(archive, resolution=replace(archive.resolution, entities=entities))
    assert not [q for q in build_quads(open_archive) if "苏阿梅" in str(q) or "person-su" in str(q)]


def test_a_private_name_is_blotted_out_of_quotations_and_titles(archive: Archive) -> None:
    page = Page("p", "p.txt", "张小禾见义勇为\n副县长李大川看望张小禾。\n", "utf-8", date="2024-01-01")
    lines = (Line(1, 0, 7, Role.TITLE), Line(2, 8, 20, Role.BODY))
    zhang = Mention("p", "p-a1", 0, 3, "张小禾", Kind.PERSON, private=True)
    again = Mention("p", "p-a1", 16, 19, "张小禾", Kind.PERSON, private=True)
    li = Mention("p", "p-a1", 11, 14, "李大川", Kind.PERSON)
    assert page.text[16:19] == "张小禾" and page.text[11:14] == "李大川"
    links = {zhang: SU.id, again: SU.id, li: LU.id}
    small = replace(
        archive,
        pages=(page,), articles=(Article("p-a1", "p", "张小禾见义勇为", lines),), mentions=(zhang, again, li),
        claims=(), facts=(), resolution=replace(archive.resolution, links=links),
    )  # fmt: skip
    quads = build_quads(small)
    assert not [q for q in quads if "张小禾" in str(q)]
    store = store_of(quads)
    assert ask(store, "?a schema:headline ?t", "t") == [("□□□见义勇为",)]
    assert ask(store, "?q oa:exact ?e ; oa:suffix ?s", "e", "s") == [("李大川", "看望□□□。")]


# ------------------------------------------------------------------ sources


def test_pages_issues_and_articles(archive: Archive, store: og.Store) -> None:
    pattern = """?a a schema:NewsArticle ; schema:headline ?t ; kg:lines ?l ; schema:isPartOf ?p .
        ?p a kg:Page ; kg:file ?f ; schema:pagination ?n ; schema:datePublished ?d ; kg:sha256 ?h ;
            schema:isPartOf/schema:isPartOf/skos:prefLabel ?paper"""
    digest = hashlib.sha256(DAY_ONE.encode()).hexdigest()
    rows = ask(store, pattern, "f", "t", "l", "n", "d", "paper", "h")
    assert [row[:6] for row in rows] == [
        ("day1.txt", "人事任免", "6-8", "01", "2024-03-02", "青河日报"),
        ("day1.txt", "青河市召开项目推进会", "1-4", "01", "2024-03-02", "青河日报"),
        ("day2.txt", "乔安走访江北区", "1-5", "02", "2024-03-09", "青河日报"),
        ("day2.txt", "企业简讯", "7-10", "02", "2024-03-09", "青河日报"),
    ]
    assert {row[6] for row in rows if row[0] == "day1.txt"} == {digest}
    assert len(ask(store, "?i a schema:PublicationIssue", "i")) == 2
    assert len(ask(store, "?n a schema:Newspaper", "n")) == 1


def test_a_page_without_newspaper_or_date_makes_no_claims_about_them(archive: Archive) -> None:
    pages = tuple(replace(p, newspaper="", date="", place="", number="") for p in archive.pages)
    store = store_of(build_quads(replace(archive, pages=pages)))
    pattern = "?p a kg:Page ; schema:isPartOf|schema:datePublished|kg:servedPlace|schema:pagination ?x"
    assert ask(store, pattern, "x") == []
    assert ask(store, "?f kg:attestedOn ?d", "d") == []


def test_a_page_dated_without_year_attests_no_day(archive: Archive) -> None:
    pages = tuple(replace(p, date="--03-02") for p in archive.pages)
    store = store_of(build_quads(replace(archive, pages=pages)))
    assert ask(store, "?f kg:attestedOn ?d", "d") == []
    pattern = "?p a kg:Page ; schema:datePublished ?d BIND (DATATYPE(?d) AS ?t)"
    assert ask(store, pattern, "t") == [("xsd:gMonthDay",)] * 2


def test_the_graphs_say_what_made_them_and_no_clock(quads: list[og.Quad], store: og.Store) -> None:
    pattern = "?g prov:wasDerivedFrom ?a ; prov:wasGeneratedBy/prov:wasAssociatedWith/rdfs:label ?s"
    assert {s for _, s in ask(store, pattern, "g", "s")} == {"kg 0.1.0"}
    assert not [q for q in quads if q.predicate.value.endswith(("startedAtTime", "endedAtTime", "generatedAtTime"))]


# ------------------------------------------------------------------ small things


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2024-02-29", "date"), ("2023-02-29", "string"), ("2024-13-01", "string"), ("2024-02", "gYearMonth"),
        ("2024", "gYear"), ("--02-29", "gMonthDay"), ("--02-30", "string"), ("--12", "gMonth"), ("去年", "string"),
    ],
)  # fmt: skip
def test_dates_are_as_precise_as_they_are_known(text: str, datatype: str) -> None:
    assert date(text) == og.Literal(text, datatype=og.NamedNode(PREFIXES["xsd"] + datatype))


@pytest.mark.parametrize(
    ("text", "value"),
    [("11975000000", "11975000000"), ("33.5%", "33.5"), ("1,000", "1000"), ("1E+3", "1000"), ("约50", None),
     ("nan", None)],
)  # fmt: skip
def test_numbers(text: str, value: str | None) -> None:
    found = decimal(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize("base", ["https://data.example.org/id/", "urn:kg:", "http://h/x#"])
def test_a_base_of_the_users_own(archive: Archive, base: str) -> None:
    quads = build_quads(archive, base=base)
    assert not [q for q in quads if DEFAULT_BASE in str(q)]
    assert {str(q.graph_name)[1:].startswith(base) for q in quads} == {True}


@pytest.mark.parametrize("base", ["", "data/", "https://x/y", "https://x/数据/", "https://x/ y/", "https://kg.example/ns#"])
def test_a_bad_base_is_refused(archive: Archive, base: str) -> None:
    with pytest.raises(KgError, match="base"):
        build_quads(archive, base=base)


def test_an_id_that_is_no_iri_is_hashed(archive: Archive) -> None:
    odd = replace(HOUSING, id="住建局 1")
    resolution = archive.resolution
    entities = tuple(odd if e.id == HOUSING.id else e for e in resolution.entities)
    links = {k: odd.id if v == HOUSING.id else v for k, v in resolution.links.items()}
    facts = tuple(replace(f, object=odd.id) if f.object == HOUSING.id else f for f in archive.facts)
    quads = build_quads(replace(archive, facts=facts, resolution=replace(resolution, entities=entities, links=links)))
    found = {q.subject.value for q in quads if isinstance(q.subject, og.NamedNode) and "id/agency-" in q.subject.value}
    assert len(found) == 3
    assert all(iri.isascii() and " " not in iri for iri in found)


def test_a_fact_without_claims_is_kept_for_the_shapes_to_see(archive: Archive) -> None:
    lost = Fact("f999", Relation.HONOUR, FANG.id, "", "先进个人", "", None, ())
    store = store_of(build_quads(replace(archive, facts=(*archive.facts, lost))))
    assert ask(store, "id:fact-f999 kg:detail ?d", "d") == [("先进个人",)]
    assert ask(store, "id:person-fang kg:received ?h", "h") == []


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("乙", "", "。"),
        ("丙", "“丁说", "！”"),
        ("午", "上句续", "末。"),
        ("未", "", "完"),
    ],
)
def test_context_is_the_sentence(words: str, before: str, after: str) -> None:
    text = "甲。乙。“丁说丙！”他走了。\n\n上句续\n午末。下句\n\n未完\n"
    lines = []
    for number, raw in enumerate(text.split("\n"), 1):
        if raw:
            start = text.index(raw)
            lines.append(Line(number, start, start + len(raw), Role.BODY, runs_on=raw.startswith("午")))
    start = text.index(words)
    found = context(text, Article("a", "d", "", tuple(lines)), start, start + 1, 50)
    assert (found[0].replace("\n", ""), found[1]) == (before, after)


def test_context_stops_at_its_reach() -> None:
    assert context("一二三四五六七八九", None, 4, 5, 2) == ("三四", "六七")


def test_line_numbers_and_ranges() -> None:
    lines = tuple(Line(n, n * 10, n * 10 + 5, Role.BODY) for n in (3, 5, 6, 9, 2))
    assert line_ranges(lines) == "3-6,9,2"
    assert line_number("", Article("a", "d", "", lines), 62) == 6
    assert line_number("一\n二\n三", None, 4) == 3


def test_rdflib_reads_every_export(quads: list[og.Quad]) -> None:
    from kg.export import FORMATS, export

    plain = og.Store()
    plain.extend(quads)
    triples = len({quad.triple for quad in quads})
    for name, rdflib_name in (("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml")):
        assert len(Graph().parse(data=export(plain, name), format=rdflib_name)) == triples
    for name, form in (("trig", og.RdfFormat.TRIG), ("nquads", og.RdfFormat.N_QUADS), ("jsonld", og.RdfFormat.JSON_LD)):
        assert sorted(map(str, og.parse(export(plain, name), format=form))) == [str(q) for q in quads]
    assert len(FORMATS) == 6
