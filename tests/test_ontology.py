"""The ontology's file against the closed namespace and the records."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg import vocabulary
from kg.errors import KgError
from kg.model import Kind, Modality, Relation, Status
from kg.resources import ontology_dir
from kg.vocabulary import KG, NAMESPACE, OA, SEM, ontology, relation_types, types_of

PERSON, AGENCY, COMPANY = Kind.PERSON, Kind.AGENCY, Kind.COMPANY
OTHER, PROJECT, PLACE = Kind.ORGANIZATION, Kind.PROJECT, Kind.PLACE


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ontology_dir() / "kg.ttl", format="turtle")


def own(graph: Graph) -> set[URIRef]:
    return {s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(NAMESPACE)}


def test_the_namespace_and_the_file_hold_the_same_terms(graph: Graph) -> None:
    listed = {str(term).removeprefix(NAMESPACE) for term in dir(KG) if str(term).startswith(NAMESPACE)}
    listed |= set(KG.__annotations__) | set(KG._extras)
    described = {str(term).removeprefix(NAMESPACE) for term in own(graph)}
    assert listed - {name for name in listed if name.startswith("_")} == described
    assert ontology().own_terms() == described
    assert len(described) > 100


def test_a_misspelt_term_raises() -> None:
    for namespace, word in ((KG, "holdsPost"), (OA, "hasTargets"), (SEM, "Actor")):
        with pytest.raises(AttributeError):
            getattr(namespace, word)


def test_every_own_term_is_labelled_and_explained_in_both_languages(graph: Graph) -> None:
    for term in own(graph):
        for predicate in (RDFS.label, RDFS.comment):
            languages = sorted(str(o.language) for o in graph.objects(term, predicate) if isinstance(o, Literal))
            assert languages == ["en", "zh"], (term, predicate)


def test_no_blank_nodes_and_no_dangling_own_terms(graph: Graph) -> None:
    known = own(graph)
    for triple in graph:
        for term in triple:
            assert isinstance(term, URIRef | Literal)
            if isinstance(term, URIRef) and term.startswith(NAMESPACE):
                assert term in known


def test_own_terms_are_classes_properties_or_concepts(graph: Graph) -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.ConceptScheme}
    kinds |= {KG.Relation, KG.Status, KG.Modality}
    for term in own(graph):
        assert len(set(graph.objects(term, RDF.type)) & kinds) == 1, term


def test_every_record_of_the_model_has_its_concept(graph: Graph) -> None:
    for word, values in (("relation", Relation), ("status", Status), ("modality", Modality)):
        notations = {str(graph.value(KG[f"{word}-{value}"], SKOS.notation)) for value in values}
        assert notations == {value.value for value in values}
    assert all((KG[kind.value], RDFS.subClassOf, KG.Entity) in graph for kind in Kind)


def test_the_relations_join_these_kinds() -> None:
    organs = frozenset({AGENCY, COMPANY, OTHER})
    assert relation_types() == {
        Relation.POST: (frozenset({PERSON}), organs, True),
        Relation.APPOINT: (frozenset({PERSON}), organs, True),
        Relation.REMOVE: (frozenset({PERSON}), organs, True),
        Relation.VISIT: (frozenset({PERSON}), frozenset({PLACE, AGENCY, COMPANY, OTHER, PROJECT}), True),
        Relation.LOCATED_IN: (frozenset({PROJECT, COMPANY, OTHER, AGENCY}), frozenset({PLACE}), True),
        Relation.OWNER: (organs, frozenset({PROJECT}), True),
        Relation.STAKE: (frozenset({COMPANY}), frozenset({COMPANY}), True),
        Relation.AMOUNT: (frozenset({PROJECT, COMPANY}), frozenset(), False),
        Relation.PART_OF: (organs, organs, True),
        Relation.SIGNED: (organs, frozenset({AGENCY, COMPANY, OTHER, PROJECT}), True),
        Relation.HONOUR: (frozenset({PERSON, AGENCY, COMPANY, OTHER, PLACE}), frozenset(), False),
        Relation.BYLINE: (frozenset({PERSON}), frozenset(), False),
    }


def test_types_come_with_all_their_superclasses() -> None:
    assert [t.value for t in types_of(KG.Visit)] == [
        "http://semanticweb.cs.vu.nl/2009/11/sem/Event",
        "https://kg.example/ns#Fact",
        "https://kg.example/ns#Visit",
    ]
    assert "http://xmlns.com/foaf/0.1/Person" in {t.value for t in types_of(KG.Person)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kg:factClass kg:Visit ;", "", "kg:relation-visit needs kg:factClass"),
        ("kg:objectKind kg:Place, kg:Agency,", "kg:objectKind kg:Town, kg:Agency,", "visit names .*ns#Town"),
        ("kg:shortcut kg:visited .", "kg:shortcut kg:visited, kg:owns .", "visit has more than one shortcut"),
        ("kg:Entity a owl:Class ;", "kg:Entity a owl:Class ; ;; .", r"kg\.ttl: .*line 28"),
    ],
)
def test_a_broken_declaration_is_refused_at_load(
    old: str, new: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ontology_dir() / "kg.ttl").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "kg.ttl").write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(vocabulary, "ontology_dir", lambda: tmp_path)
    caches = (vocabulary.ontology, vocabulary.relations, vocabulary.types_of)
    for cached in caches:
        cached.cache_clear()
    try:
        with pytest.raises(KgError, match=said):
            vocabulary.relations()
    finally:
        for cached in caches:
            cached.cache_clear()


def test_schema_org_is_written_with_https_everywhere() -> None:
    files = [*ontology_dir().glob("*.ttl"), *ontology_dir().glob("queries/*.rq")]
    assert len(files) >= 20
    assert not [path.name for path in files if "http://schema.org" in path.read_text(encoding="utf-8")]
