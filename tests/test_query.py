"""Every query that comes with kg on the small archive, parameters, formats, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pyoxigraph as og
import pytest
from rdflib import Graph
from rich.cells import cell_len

from kg.errors import KgError
from kg.graph import build_quads
from kg.query import find, listing, names, parameters, run
from kg.store import merged
from kg.vocabulary import PREFIXES
from tests.archives import small_archive

Params = dict[str, str]


@pytest.fixture(scope="module")
def store() -> og.Store:
    made = og.Store()
    made.extend(build_quads(small_archive()))
    return made


def rows(store: og.Store, query: str, /, **params: str) -> list[tuple[str, ...]]:
    text, where = find(query)
    return run(store, text, params, where=where).values()


HOUSING, EDUCATION = "青河市住房和城乡建设局", "青河市教育局"
BUILDER, WATER = "青河建设集团有限公司", "北岸水务有限公司"

ANSWERS: list[tuple[str, Params, list[tuple[str, ...]]]] = [
    ("who-holds-which-post", {}, [
        ("青河市人民政府", "副市长", "乔安", "current", "2024-03-02", "2024-03-09"),
        (HOUSING, "局长", "陆明远", "current", "2024-03-02", "2024-03-09"),
        (EDUCATION, "局长", "方知秋", "current", "2024-03-09", "2024-03-09"),
        ("青河市第一中学", "教师", "乔安", "current", "2024-03-09", "2024-03-09"),
    ]),
    ("who-holds-which-post", {"status": "former"}, []),
    ("posts-of-person", {"person": "陆明远"}, [
        ("陆明远", "局长", HOUSING, "current", "", "2024-03-02", "2024-03-02", "2024-03-09", "id:person-lu"),
    ]),
    ("posts-of-person", {"person": "乔安"}, [
        ("乔安", "副市长", "青河市人民政府", "current", "", "", "2024-03-02", "2024-03-09", "id:person-qiao1"),
        ("乔安", "教师", "青河市第一中学", "current", "", "", "2024-03-09", "2024-03-09", "id:person-qiao2"),
    ]),
    ("posts-as-of", {"date": "2024-03-01"}, []),
    ("posts-as-of", {"date": "2024-03-05"}, [
        ("青河市人民政府", "副市长", "乔安", "attested", "2024-03-02", ""),
        (EDUCATION, "局长", "方知秋", "dated", "2024-03-02", ""),
    ]),
    ("posts-as-of", {"date": "2024-03-31"}, [
        ("青河市人民政府", "副市长", "乔安", "attested", "2024-03-02", ""),
        (EDUCATION, "局长", "方知秋", "dated", "2024-03-02", ""),
        ("青河市第一中学", "教师", "乔安", "attested", "2024-03-09", ""),
    ]),
    ("officials-of-agency", {"agency": "市住建居"}, [(HOUSING, "局长", "陆明远", "current", "2024-03-09")]),
    ("visits", {}, [("2024-03", "乔安", "江北区"), ("2024-03-01", "陆明远", "青河大桥项目")]),
    ("visits", {"person": "陆明远"}, [("2024-03-01", "陆明远", "青河大桥项目")]),
    ("visits", {"place": "青河市"}, [("2024-03", "乔安", "江北区"), ("2024-03-01", "陆明远", "青河大桥项目")]),
    ("visits", {"since": "2024-03-01", "until": "2024-03"}, [("2024-03-01", "陆明远", "青河大桥项目")]),
    ("visits", {"until": "2024-02"}, []),
    ("projects", {}, [
        ("青河大桥项目", "amount", "1250000000"),
        ("青河大桥项目", "owner", BUILDER),
        ("青河大桥项目", "place", "江北区"),
        ("青河大桥项目", "visitor", "陆明远"),
    ]),
    ("projects", {"place": "青河市", "name": "没有这个项目"}, []),
    ("owners-and-stakes", {}, [
        (BUILDER, "holds a share", WATER, "51"),
        (BUILDER, "owns or builds", "青河大桥项目", ""),
    ]),
    ("owners-and-stakes", {"name": WATER}, [(BUILDER, "holds a share", WATER, "51")]),
    ("appointments-and-removals", {}, [
        ("2024-03-02", "appointed", "方知秋", EDUCATION, "局长"),
        ("2024-03-02", "removed", "陆明远", HOUSING, "局长"),
    ]),
    ("appointments-and-removals", {"agency": "市教育局"}, [
        ("2024-03-02", "appointed", "方知秋", EDUCATION, "局长"),
    ]),
    ("appointments-and-removals", {"since": "2024-03-03"}, []),
    ("bylines", {}, [
        ("韩小溪", "reporter", "2", "2024-03-02", "2024-03-09"),
        ("韩小溪", "photographer", "1", "2024-03-09", "2024-03-09"),
    ]),
    ("articles-of-journalist", {"person": "韩小溪"}, [
        ("韩小溪", "reporter", "2024-03-02", "day1.txt", "青河市召开项目推进会"),
        ("韩小溪", "photographer", "2024-03-09", "day2.txt", "乔安走访江北区"),
        ("韩小溪", "reporter", "2024-03-09", "day2.txt", "乔安走访江北区"),
    ]),
    ("co-mentions", {"name": BUILDER}, [
        (BUILDER, "乔安", "Person", "1"),
        (BUILDER, "乔安", "Person", "1"),
        (BUILDER, WATER, "Company", "1"),
        (BUILDER, "江北区", "Place", "1"),
        (BUILDER, "陆明远", "Person", "1"),
        (BUILDER, "青河大桥项目", "Project", "1"),
        (BUILDER, "青河市", "Place", "1"),
        (BUILDER, HOUSING, "Agency", "1"),
        (BUILDER, EDUCATION, "Agency", "1"),
        (BUILDER, "青河市第一中学", "Organization", "1"),
        (BUILDER, "韩小溪", "Person", "1"),
    ]),
    ("places", {}, [("江北区", "990102", "青河市"), ("青河市", "990100", "")]),
    ("places", {"within": "青河市"}, [("江北区", "990102", "青河市")]),
    ("provenance", {"fact": "<https://kg.example/id/fact-f012>"}, [
        ("青河大桥项目 金额 2000000000", "总投资20亿元", "quoted", "0.8", "青河日报", "2024-03-09", "day2.txt", "3",
         "乔安走访江北区", "id:fact-f012"),
    ]),
    ("provenance", {"name": "青河一中"}, [
        ("乔安 任职 青河市第一中学 教师", "乔安是青河一中教师", "asserted", "0.8", "青河日报",
         "2024-03-09", "day2.txt", "10", "企业简讯", "id:fact-f018"),
        ("乔安 任职 青河市第一中学 校长", "计划聘请另一位乔安为青河一中校长", "planned", "0.8", "青河日报",
         "2024-03-09", "day2.txt", "10", "企业简讯", "id:fact-f020"),
        ("青河市第一中学 隶属 青河市教育局", "青河一中隶属于市教育局", "asserted", "0.8", "青河日报",
         "2024-03-09", "day2.txt", "10", "企业简讯", "id:fact-f019"),
    ]),
    ("entities-by-kind", {}, [
        ("Person", "5", "12"), ("Agency", "3", "7"), ("Company", "2", "5"),
        ("Place", "2", "4"), ("Organization", "1", "3"), ("Project", "1", "3"),
    ]),
    ("most-mentioned", {"kind": "Company"}, [(WATER, "Company", "3", "1"), (BUILDER, "Company", "2", "2")]),
    ("ocr-variants", {}, [(HOUSING, "市住建居", "1")]),
    ("honours", {}, [(WATER, "节水先锋")]),
    ("unasserted", {}, [
        ("乔安 任职 青河市第一中学 校长", "planned", "计划聘请另一位乔安为青河一中校长", "day2.txt", "10"),
        ("青河大桥项目 金额 2000000000", "quoted", "总投资20亿元", "day2.txt", "3"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "params", "expected"), ANSWERS, ids=[f"{n}-{p}" for n, p, _ in ANSWERS])
def test_the_named_queries(store: og.Store, name: str, params: Params, expected: list[tuple[str, ...]]) -> None:
    assert rows(store, name, **params) == expected


def test_an_appointment_is_enough_to_hold_a_post(store: og.Store) -> None:
    """Without the later report of the post itself, only the appointment tells of it."""
    cut = og.Store()
    cut.extend(quad for quad in store if "fact-f010" not in str(quad.subject))
    assert (EDUCATION, "局长", "方知秋", "appointed", "2024-03-02", "") in rows(cut, "posts-as-of", date="2024-03-05")
    assert rows(cut, "posts-as-of", date="2024-03-01") == []


def test_every_named_query_has_a_test_and_a_description_in_both_languages() -> None:
    listed = {query.name for query in names()}
    assert listed == {name for name, _, _ in ANSWERS} | {"neighbourhood"}
    assert len(listed) == 19
    for query in names():
        english, _, chinese = query.description.partition(" / ")
        assert english.isascii() and english, query.name
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese), query.name
        assert query.name in listing()
        for parameter, what in query.parameters:
            assert " / " in what, (query.name, parameter)
            assert f"VALUES ?{parameter} {{ UNDEF }}" in find(query.name)[0], (query.name, parameter)


def test_named_queries_are_standard_sparql(store: og.Store) -> None:
    """They run unchanged, placeholders and all, in another engine; three are compared there."""
    union = Graph()
    for triple in {quad.triple for quad in store}:
        union.parse(data=f"{triple} .", format="nt")
    for query in names():
        text = "".join(f"PREFIX {p}: <{n}>\n" for p, n in PREFIXES.items()) + find(query.name)[0]
        prepared = union.query(text)
        if query.name in {"honours", "ocr-variants", "owners-and-stakes"}:
            assert Counter(tuple("" if v is None else str(v) for v in row) for row in prepared) == Counter(
                rows(store, query.name)
            )


def test_construct_gives_turtle(store: og.Store) -> None:
    text, where = find("neighbourhood")
    answer = run(store, text, {"name": "北岸水务有限公司"}, where=where)
    turtle = answer.format("turtle")
    graph = Graph().parse(data=turtle, format="turtle")
    assert len(graph) == len(answer.triples or ()) > 20
    assert turtle.splitlines()[: turtle.count("@prefix ")] == sorted(turtle.splitlines()[: turtle.count("@prefix ")])
    assert {row[0] for row in answer.values() if row[0].startswith("id:fact-")} == {
        "id:fact-f015", "id:fact-f016", "id:fact-f017"
    }  # fmt: skip


def test_counts_and_sums_are_not_multiplied_by_the_number_of_graphs(store: og.Store) -> None:
    """The vice-mayor's post stands in the graphs of two articles, but it is one."""
    fact = "?f a kg:PostHolding ; kg:subject <https://kg.example/id/person-qiao1>"
    query = f"SELECT (COUNT(*) AS ?n) {{ {fact} }}"
    assert run(store, query).values() == [("1",)]
    assert run(merged(store), query).values() == [("1",)]
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {fact} }} }}"
    assert run(store, query).values() == [("2",)]


# ------------------------------------------------------------------ parameters


@pytest.mark.parametrize(
    "value",
    ['"', "\\", '" } DELETE {', "'''", "乔安\n\t", "} UNION { ?s ?p ?o", "<not an iri>", "$1 \\1 {0}", "<a:b> } #"],
)
def test_a_value_stays_a_value(store: og.Store, value: str) -> None:
    answer = run(store, "SELECT ?v { VALUES ?v { UNDEF } }", {"v": value})
    assert [row[0] for row in answer.rows] == [og.Literal(value)]


def test_an_iri_is_bound_as_one(store: og.Store) -> None:
    query = "SELECT ?n { ?who skos:prefLabel ?n }"
    assert run(store, query, {"who": "<https://kg.example/id/person-lu>"}).values() == [("陆明远",)]


def test_a_parameter_without_placeholder_is_bound_in_the_outermost_group(store: og.Store) -> None:
    query = "SELECT ?id { # the { of a comment\n ?id kg:name ?name }"
    assert run(store, query, {"name": "市住建局"}).values() == [("id:agency-housing",)]


def test_an_unknown_parameter_is_refused(store: og.Store) -> None:
    with pytest.raises(KgError, match="visits: takes no parameter 'who'") as caught:
        rows(store, "visits", who="陆明远")
    assert caught.value.hint == "it takes person, place, since, until"


def test_arguments_are_name_and_value() -> None:
    assert parameters(["a=1", "b=x=y", "c="]) == {"a": "1", "b": "x=y", "c": ""}
    for bad in ("a", "=1", "1a=2", "a b=1"):
        with pytest.raises(KgError, match="not of the form name=value"):
            parameters([bad])


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?e { ?s ?p ?o } }",
        "SELECT * {SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * {?a ?b 1.SERVICE e:x{?s ?p ?o}}",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * {SERVICEe:x{?s ?p ?o}}",
        "SELECT * { FILTER(?a<?b)SERVICE?e{?s ?p ?o}FILTER(?c>?d) }",
        "SELECT * { ?s ?p 'it''s' SERVICE <http://127.0.0.1:9/> { ?s ?p '' } }",
        'SELECT * { ?s ?p """a"b""" . SERVICE <http://127.0.0.1:9/> { ?s ?p "" } }',
        "# '''\nSELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } # '''",
        "SELECT * { <http://x/#> ?p ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o } #\rSELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused(store: og.Store, query: str) -> None:
    with pytest.raises(KgError, match="SERVICE is refused"):
        run(store, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX e: <http://x/> SELECT * { e:a\\'b ?p ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } . e:a\\'b ?p ?o }",
    ],
)
def test_what_could_hide_service_is_refused(store: og.Store, query: str) -> None:
    with pytest.raises(KgError, match="backslashes outside strings"):
        run(store, query)


def test_the_word_may_stand_in_strings_comments_and_variables(store: og.Store) -> None:
    query = "# public services\nSELECT ?service { ?service kg:name ?n FILTER (?n != 'service' && ?n = '江北区') }"
    assert run(store, query).values() == [("id:place-district",)]


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:b> <a:c> 1 }",
        "PREFIX a: <a:> delete where { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "DROP GRAPH <a:b>",
        "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(store: og.Store, query: str) -> None:
    with pytest.raises(KgError, match=r"is refused: queries only read"):
        run(store, query)


@pytest.mark.parametrize("query", ["", "# nothing", "hello", "SELECTED *"])
def test_no_query_at_all(store: og.Store, query: str) -> None:
    with pytest.raises(KgError, match="no SELECT, CONSTRUCT, DESCRIBE or ASK"):
        run(store, query)


def test_a_syntax_error_names_file_line_and_column(store: og.Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT ?s\nWHERE {\n  ?s kg:name }\n", encoding="utf-8")
    text, where = find(path)
    with pytest.raises(KgError) as caught:
        run(store, text, where=where)
    message = str(caught.value)
    assert message.startswith(f"{path}:3:")
    assert "\n" not in message


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(KgError, match="neither a query file nor the name of a query") as caught:
        find("who-holds")
    assert "who-holds-which-post" in caught.value.hint


def test_a_query_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KgError, match="no UTF-8 text"):
        find(path)


# ------------------------------------------------------------------ formats


def test_a_table_lines_up_chinese_and_latin(store: og.Store) -> None:
    lines = run(store, find("entities-by-kind")[0]).format("table").splitlines()
    assert lines[0] == "kind          entities  mentions"
    text = run(store, "SELECT ?n ?x { VALUES (?n ?x) { ('江北区' '1') ('abc' '2') ('一\x1b[2J' '3') } }")
    table = text.format("table").splitlines()
    assert {cell_len(line) for line in table} == {cell_len(table[1])}
    assert "\x1b" not in text.format("table")


def test_rows_without_order_are_sorted(store: og.Store) -> None:
    found = run(store, "SELECT ?n { ?id a kg:Person ; kg:name ?n }").values()
    assert found == sorted(found)
    assert len(found) == 5


def test_csv_tsv_and_json_follow_the_recommendations(store: og.Store) -> None:
    values = """("x,'y'" 1 <https://kg.example/id/q>) ("甲"@zh UNDEF "l\ti")"""
    answer = run(store, f"SELECT ?a ?b ?c {{ VALUES (?a ?b ?c) {{ {values} }} }}")
    table = list(csv.reader(io.StringIO(answer.format("csv"))))
    assert table == [["a", "b", "c"], ["x,'y'", "1", "https://kg.example/id/q"], ["甲", "", "l\ti"]]
    assert answer.format("csv").count("\r\n") == 3
    assert answer.format("tsv").splitlines() == [
        "?a\t?b\t?c",
        '"x,\'y\'"\t"1"^^<http://www.w3.org/2001/XMLSchema#integer>\t<https://kg.example/id/q>',
        '"甲"@zh\t\t"l\\ti"',
    ]
    document = json.loads(answer.format("json"))
    assert document["head"] == {"vars": ["a", "b", "c"]}
    assert document["results"]["bindings"][0]["b"] == {
        "type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"
    }  # fmt: skip
    assert document["results"]["bindings"][1] == {
        "a": {"type": "literal", "value": "甲", "xml:lang": "zh"}, "c": {"type": "literal", "value": "l\ti"}
    }  # fmt: skip


def test_ask_answers_yes_or_no(store: og.Store) -> None:
    yes, no = (run(store, f"ASK {{ ?s kg:name '{name}' }}") for name in ("乔安", "没有"))
    assert (bool(yes), bool(no)) == (True, False)
    assert yes.format("table").splitlines() == ["answer", "------", "true"]
    assert json.loads(no.format("json")) == {"head": {}, "boolean": False}


def test_an_empty_answer_is_false_and_still_a_table(store: og.Store) -> None:
    answer = run(store, "SELECT ?a ?bcd { ?a kg:name 'nobody' . ?a kg:name ?bcd }")
    assert not answer
    assert answer.format("table") == "a  bcd\n-  ---\n"


def test_only_graphs_are_turtle_and_formats_are_named(store: og.Store) -> None:
    answer = run(store, "SELECT ?s { ?s a kg:Place }")
    with pytest.raises(KgError, match="only CONSTRUCT and DESCRIBE"):
        answer.format("turtle")
    with pytest.raises(KgError, match="no format 'xml'"):
        answer.format("xml")


