"""Facts → triples: what each record says, in which graph, and under which address."""

import json
from collections.abc import Iterable

import pytest

from onrecord import ntriples
from onrecord.facts.document import Document, Registry
from onrecord.index import triples_of
from onrecord.mappers import MAPPERS, Mapped, map_document
from onrecord.mappers.parts.minting import KIND_OF_SECTION, Minter
from onrecord.ntriples import Triple
from onrecord.readers import read
from onrecord.vocabulary.terms import PREFIXES

BASE = "https://data.example/"
NAMES = {name: f"<{BASE}organization/{name}>" for name in ("front", "alda", "court", "gazette", "quayside")}
LABELS = {iri: name.title() for name, iri in NAMES.items()}
SOURCE = "source: {kind: article, title: T, site: gazette, text: {path: t.txt}}\n"


def mapped(yaml: str, name: str = "a.yaml") -> Mapped:
    (one,) = read(name, yaml.encode())
    assert one.faults == []
    assert one.document is not None
    return map_document(one.document, "a", Minter(BASE), NAMES, LABELS, "en", None, one.kept)


def short(triples: Iterable[Triple]) -> set[str]:
    """Triples as one reads them: addresses of the dataset without its base, others with their prefix."""
    return {" ".join(map(_short, triple)) for triple in triples}


def _short(term: str) -> str:
    if term.startswith("<"):
        iri = term[1:-1].removeprefix(BASE).removeprefix("source/a/")
        iri = iri.removeprefix("https://w3id.org/onrecord/scheme/")
        return next(
            (f"{p}:{iri.removeprefix(full)}" for p, full in sorted(PREFIXES.items()) if iri.startswith(full)), iri
        )
    return term.replace("^^<http://www.w3.org/2001/XMLSchema#", "^^<xsd:")


def about(mapped: Mapped, node: str) -> set[str]:
    return {line.removeprefix(node + " ") for line in short(triples_of(mapped.asserted)) if line.startswith(node + " ")}


def test_a_designation() -> None:
    made = mapped(
        SOURCE + "designations:\n  - {id: d, subject: front, kind: terrorist-organization, jurisdiction: alda, "
        "start: {date: 2009, words: since 2009}, end: {act: delisting}, lasted: {almost: 20, unit: year}, words: was banned}\n"
        "acts:\n  - {id: delisting, kind: delisting, by: court, subject: front, words: off its list}\n"
    )
    assert {line for line in about(made, "designation/d") if "words/" not in line and "attribution/" not in line} == {
        "rdf:type onr:Designation",
        "onr:designee organization/front",
        "pso:withStatus designation-kind/terrorist-organization",
        "onr:jurisdiction organization/alda",
        "onr:start designation/d/start",
        "onr:end designation/d/end",
        "onr:lasted designation/d/lasted",
        "pso:isLostAsConsequenceOf act/delisting",
        "prov:wasDerivedFrom source/a",
    }
    assert {line for line in about(made, "designation/d/start") if "words/" not in line} == {
        "rdf:type onr:VagueTime",
        'onr:edtf "2009"^^<http://id.loc.gov/datatypes/edtf/EDTF>',
        'onr:earliest "2009-01-01"^^<xsd:date>',
        "onr:earliestBasis bound-basis/derived",
        'onr:latest "2009-12-31"^^<xsd:date>',
        "onr:latestBasis bound-basis/derived",
    }
    assert about(made, "designation/d/lasted") == {
        "rdf:type onr:Amount",
        "onr:qualifier qualifier/almost",
        'schema:maxValue "20"^^<xsd:decimal>',
        "onr:unit unit/year",
    }


@pytest.mark.parametrize(
    ("speaker", "kind"), [("front", "onr:ClaimedDesignation"), ("court", "onr:DesignationProposition")]
)
def test_only_who_is_concerned_claims(speaker: str, kind: str) -> None:
    made = mapped(
        SOURCE + f"statements:\n  - {{id: s, speaker: {speaker}, mode: paraphrase, words: said, "
        "asserts: [{designation: {subject: front, kind: terrorist-organization}}]}\n"
    )
    (node,) = [line.split(" ")[1] for line in about(made, "statement/s") if line.startswith("onr:asserts ")]
    assert about(made, node) == {
        f"rdf:type {kind}",
        "onr:designee organization/front",
        "onr:kind designation-kind/terrorist-organization",
    }
    assert not any("onr:Designation" in line.split() for line in short(triples_of(made.asserted)))


def test_a_recognition_on_record_and_one_that_is_denied() -> None:
    made = mapped(
        SOURCE + "recognitions:\n  - {id: r, of: front, by: alda, kind: formal-recognition, words: recognised}\n"
        "statements:\n  - {speaker: court, mode: paraphrase, words: said, denies: [{recognition: {of: front, kind: formal-recognition}}]}\n"
    )
    assert {
        "rdf:type onr:Recognition",
        "onr:recognized organization/front",
        "onr:recognizer organization/alda",
    } <= about(made, "recognition/r")
    assert sum(line.endswith("onr:RecognitionProposition") for line in short(triples_of(made.asserted))) == 1


def test_what_a_curator_adds_is_in_the_curated_graph_with_the_reason() -> None:
    made = mapped(
        SOURCE
        + 'mentions:\n  - {of: alda, form: the capital, words: the capital, curated: "The capital stands for Alda."}\n'
    )
    assert not any("Mention" in line for line in short(triples_of(made.asserted)))
    assert any(line.endswith("rdf:type onr:Mention") for line in short(triples_of(made.curated)))
    assert any('onr:reason "The capital stands for Alda."' in line for line in short(triples_of(made.curated)))


def test_a_curated_date_is_kept_apart_from_the_time_that_was_said() -> None:
    made = mapped(
        SOURCE
        + "acts:\n  - {id: x, kind: ruling, words: ruled, when: {said: on Tuesday, curated: {date: 2024-03-19, reason: why}}}\n"
    )
    assert about(made, "act/x/when") == {"rdf:type onr:VagueTime", 'onr:asSaid "on Tuesday"@en'}
    assert any("act/x/when onr:edtf" in line for line in short(triples_of(made.curated)))


@pytest.mark.parametrize("date", ["2003~", "2003?"])
def test_an_uncertain_date_has_no_bounds(date: str) -> None:
    made = mapped(SOURCE + f"acts:\n  - {{id: x, kind: ruling, words: ruled, when: {date}}}\n")
    assert about(made, "act/x/when") == {
        "rdf:type onr:VagueTime",
        f'onr:edtf "{date}"^^<http://id.loc.gov/datatypes/edtf/EDTF>',
    }


def test_chains_of_attribution() -> None:
    made = mapped(
        SOURCE
        + "figures:\n  - {id: f, at_least: 3, unit: person, counts: people, according_to: [quayside, court], words: three}\n"
        "statements:\n  - {id: s, speaker: court, via: quayside, mode: direct, quote: no, words: said}\n"
    )
    labels = {line for line in short(triples_of(made.asserted)) if "rdfs:label" in line and "←" in line}
    assert {line.split(" ", 2)[2] for line in labels} == {'"Gazette ← Quayside ← Court"@en'}
    manners = sorted(line.split(" ")[2] for line in short(triples_of(made.asserted)) if " onr:manner " in line)
    assert manners == sorted(
        f"attribution-manner/{m}" for m in ("relays", "relays", "reports", "relays", "quotes", "speaks")
    )


def test_a_fact_without_id_keeps_its_address_when_others_come_before_it() -> None:
    one = "  - {of: front, form: the Front, words: the Front}\n"
    other = "  - {of: court, form: the court, words: the court}\n"
    first, second = mapped(SOURCE + "mentions:\n" + one), mapped(SOURCE + "mentions:\n" + other + one)
    assert set(first.asserted) < set(second.asserted)


def test_facts_share_the_node_of_their_words() -> None:
    made = mapped(
        SOURCE + "mentions:\n  - {of: front, form: a, words: the Front}\n  - {of: front, form: b, words: the Front}\n"
        "  - {of: front, form: c, words: {exact: the Front, after: was}}\n"
    )
    assert sum(line.endswith("rdf:type onr:Evidence") for line in short(triples_of(made.asserted))) == 2


def test_json_lines_give_the_same_triples_as_yaml() -> None:
    source = {"source": {"kind": "article", "title": "T", "site": "gazette", "text": {"path": "t.txt"}}}
    figure = {"id": "f", "at_most": 12.5, "unit": "year", "counts": "years", "words": "up to 12.5"}
    act = {"id": "x", "kind": "ruling", "when": "2003", "words": "ruled"}
    lines = "\n".join(map(json.dumps, (source, {"figures": [figure]}, {"acts": [act]})))
    yaml = SOURCE + "figures:\n  - {id: f, at_most: 12.5, unit: year, counts: years, words: up to 12.5}\n"
    yaml += "acts:\n  - {id: x, kind: ruling, when: 2003, words: ruled}\n"
    assert set(mapped(lines, "a.jsonl").asserted) == set(mapped(yaml).asserted)


def test_every_section_has_a_mapper_and_a_word_for_addresses() -> None:
    sections = {name for record in (Document, Registry) for name in record.__struct_fields__}
    assert sections - {"source", "registry", "curated"} == MAPPERS.keys() == KIND_OF_SECTION.keys()


def test_every_triple_is_canonical_and_has_no_blank_node() -> None:
    made = mapped(SOURCE + 'mentions:\n  - {of: front, form: "quote \\" back\\\\slash", words: "line\\nbreak"}\n')
    for line in ntriples.lines(triples_of(made.asserted), "<https://data.example/g>"):
        s, p, o, g = ntriples.split(line)
        assert s.startswith("<https://data.example/")
        assert p.startswith("<http")
        assert o[0] in '<"'
        assert g == "<https://data.example/g>"
