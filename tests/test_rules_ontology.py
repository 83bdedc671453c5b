"""Inference: what an ontology may say, what its datatypes allow, and its rules as data."""

import json
import pickle
from pathlib import Path

import pytest

from onrecord.errors import VocabularyError
from onrecord.rules import Rules, from_json, key_of, load_rules, to_json
from onrecord.rules.datatypes import ill_formed, outside
from onrecord.vocabulary import resources

XSD = "http://www.w3.org/2001/XMLSchema#"

HEAD = """
@prefix : <https://example.org/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def compiled(tmp_path: Path, turtle: str) -> Rules:
    file = tmp_path / "ontology.ttl"
    file.write_text(turtle, encoding="utf-8")
    return load_rules([file])


# ── Axioms ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("axiom", "words"),
    [
        (":p a owl:DatatypeProperty , owl:FunctionalProperty .", "owl:FunctionalProperty is covered between things"),
        (":A owl:unionOf ( :B :C ) .", "owl:unionOf is not covered"),
        (":A owl:hasKey ( ) .", "owl:hasKey is covered between named terms only"),
        ("owl:Thing owl:hasKey ( :p ) .", "the meaning of owl:Thing is not ours to change"),
        (":A owl:hasKey ( owl:sameAs ) .", "the meaning of owl:sameAs is not ours to change"),
        (":p a owl:FunctionalProperty . :a :p :b , :c .", "makes two of its terms one"),
        (":a owl:sameAs :b .", "owl:sameAs is not covered"),
        (
            ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :b ] .",
            "not covered|named terms only",
        ),
        (":p rdfs:subPropertyOf owl:sameAs .", "the meaning of owl:sameAs is not ours to change"),
        ("rdf:type rdfs:domain :A .", "the meaning of rdf:type is not ours to change"),
        (":p owl:propertyChainAxiom ( :q rdf:type ) .", "the meaning of rdf:type is not ours to change"),
        ("owl:sameAs a owl:AsymmetricProperty .", "the meaning of owl:sameAs is not ours to change"),
        (":p owl:propertyChainAxiom () .", "named terms only"),
        ("<https://example.org/ns> owl:imports <https://example.org/other> .", "owl:imports is not covered"),
        ("[] a owl:AllDifferent ; owl:members ( :a :b ) .", "owl:AllDifferent is not covered"),
    ],
)
def test_an_axiom_that_is_not_covered_is_refused_by_name(tmp_path: Path, axiom: str, words: str) -> None:
    with pytest.raises(VocabularyError, match=words):
        compiled(tmp_path, HEAD + axiom)


@pytest.mark.parametrize(
    ("axioms", "words"),
    [
        (":A owl:disjointWith :B . :C rdfs:subClassOf :A , :B .", "nothing can be <.*#C>"),
        (":A owl:disjointWith :B . :p rdfs:domain :A , :B .", "nothing can have <.*#p>"),
        (":A owl:disjointWith :B . :p rdfs:range :A , :B .", "nothing can be the value of <.*#p>"),
        (":A owl:disjointWith :A . :C rdfs:subClassOf :A .", "nothing can be <.*#C>"),
        (":A owl:disjointWith :B . :x a :A , :B .", "contradicts itself"),
    ],
)
def test_an_ontology_that_contradicts_itself_is_refused(tmp_path: Path, axioms: str, words: str) -> None:
    with pytest.raises(VocabularyError, match=words):
        compiled(tmp_path, HEAD + axioms)


def test_an_ontology_that_is_not_turtle_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"ontology\.ttl:\d+ is not Turtle"):
        compiled(tmp_path, HEAD + ":A rdfs:subClassOf\n\n:B :C :D")
    with pytest.raises(VocabularyError, match="cannot be read"):
        load_rules([tmp_path / "none.ttl"])


def test_rules_are_plain_data_that_can_be_kept(rules: Rules) -> None:
    kept = to_json(rules)
    assert from_json(kept) == rules
    assert pickle.loads(pickle.dumps(rules)) == rules
    assert json.loads(kept)["key"] == rules.key == key_of(resources.files("ontology", ".ttl"))
    with pytest.raises(VocabularyError, match="not compiled rules"):
        from_json(b"[]")


def test_rules_of_other_bytes_have_another_key(tmp_path: Path) -> None:
    first = compiled(tmp_path, HEAD + ":A rdfs:subClassOf :B .")
    second = compiled(tmp_path, HEAD + ":A rdfs:subClassOf :C .")
    assert first.key != second.key
    assert to_json(first) != to_json(second)


# ── Datatypes ────────────────────────────────────────────────────────────

GOOD = {
    "integer": ["0", "-7", "+12", "9" * 5000],
    "decimal": ["1", "1.", ".5", "-0.50"],
    "boolean": ["true", "0"],
    "date": ["2024-02-29", "2000-02-29", "0000-02-29", "-0004-02-29", "2024-01-01+14:00", "12024-02-29"],
    "dateTime": ["2024-01-01T24:00:00", "2024-01-01T10:00:00.5Z"],
    "dateTimeStamp": ["2024-01-01T10:00:00Z"],
    "double": ["1e6", "NaN", "-INF"],
    "positiveInteger": ["1"],
    "byte": ["127"],
    "hexBinary": ["", "0aF1"],
}
BAD = {
    "integer": ["", "1.0", "x", "1_000", " 1", "٣"],
    "decimal": [".", "1e3", "NaN"],
    "boolean": ["TRUE", "yes"],
    "date": ["2023-02-29", "1900-02-29", "2024-13-01", "2024-1-1", "2024-01-01+15:00", "2024"],
    "dateTime": ["2024-01-01", "2024-01-01T24:00:01", "2024-02-30T00:00:00"],
    "dateTimeStamp": ["2024-01-01T10:00:00"],
    "double": ["1e", "inf"],
    "positiveInteger": ["0"],
    "byte": ["128"],
    "hexBinary": ["0"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in GOOD.items() for text in texts])
def test_a_well_formed_literal(name: str, text: str) -> None:
    assert not ill_formed(f'"{text}"^^<{XSD}{name}>')


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_an_ill_formed_literal(name: str, text: str) -> None:
    assert ill_formed(f'"{text}"^^<{XSD}{name}>')


def test_numbers_count_by_their_value() -> None:
    assert not outside(f'"5.0"^^<{XSD}decimal>', f"<{XSD}integer>")
    assert outside(f'"5.5"^^<{XSD}decimal>', f"<{XSD}integer>")
    assert outside(f'"-1"^^<{XSD}integer>', f"<{XSD}nonNegativeInteger>")
    assert outside(f'"5"^^<{XSD}double>', f"<{XSD}decimal>")
