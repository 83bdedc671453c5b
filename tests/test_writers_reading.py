"""What writers write is always the same, and is read by people: order, names, sections, the JSON-LD context."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.errors import VocabularyError
from onrecord.mappers.parts.minting import KIND_OF_SECTION
from onrecord.ntriples import literal
from onrecord.vocabulary import context as contexts
from onrecord.vocabulary.context import context, properties
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr, schema
from onrecord.writers import WRITERS
from onrecord.writers.parts import layout, sorting
from releases import (
    ASSERTED,
    BAN,
    BASE,
    LINES,
    QUADS,
    SOURCE,
    XSD,
    at,
    lines_of,
    written,
)

# ── It reads well ─────────────────────────────────────────────────────────────────────────────────────────

TURTLE = r"""
# Sources: 1

source:ruling a onr:Article ;
    rdfs:label "Court ends ban"@en ;
    onr:textLength 4210 .


# Designations: 1

designation:ban a onr:Designation , onr:Fact ;
    onr:kind designation-kind:terrorist-organization ;
    onr:designee organization:northern-front ;
    onr:start designation:ban\/start ;
    onr:evidence words:0a ;
    prov:wasDerivedFrom source:ruling .

designation:ban\/start a onr:VagueTime ;
    onr:asSaid "after the war"@en ;
    onr:earliest "2003-01-01"^^xsd:date .

designation:ban\/start\/curation\/1f onr:curates designation:ban\/start ;
    onr:reason "The \"war\"\nended then." .


# People: 1

person:ann rdfs:label "Ann"@en , "Анна"@ru .


# Named graphs: 2

graph:asserted\/ruling a onr:FactGraph .

graph:inferred\/ruling a onr:FactGraph .
"""


def test_turtle_reads_well() -> None:
    header, _, body = written("ttl", LINES).partition("\n\n")
    assert body == TURTLE
    assert f"@prefix designation:      <{BASE}source/ruling/designation/> .\n" in header
    assert "@prefix skos:" not in header


def test_trig_tells_what_each_graph_holds() -> None:
    text = written("trig", LINES)
    for title in ("What ruling says", "What curators add to ruling", "What follows from ruling", "About the dataset"):
        assert f"# ── {title} ──" in text
    assert "\ngraph:asserted\\/ruling {\n" in text
    assert text.count("\n}\n") == 6


def test_each_source_has_a_prefix_where_there_are_several() -> None:
    more = lines_of([*QUADS, (at("source/two/event/e"), TYPE, onr.Event, at("graph/asserted/two"))])
    text = written("ttl", more)
    assert f"@prefix ruling:           <{BASE}source/ruling/> .\n" in text
    assert "\ntwo:event\\/e a onr:Event .\n" in text
    assert "\nruling:designation\\/ban a onr:Designation , onr:Fact ;\n" in text


def test_an_entity_of_a_source_is_not_taken_for_the_registrys() -> None:
    own = at("source/ruling/person/ann")
    text = written("ttl", lines_of([*QUADS, (own, onr.memberOf, at("person/ann"), ASSERTED)]))
    assert "\nlocal-person:ann onr:memberOf person:ann .\n" in text


def test_numbers_are_bare_only_where_nothing_is_lost() -> None:
    numbers = ["0", "-0", "01", "+1", "1", "-1.50", ".5", "5.", "1e3", "true"]
    kept = [literal(text, XSD + name) for text in numbers for name in ("integer", "decimal", "boolean", "double")]
    text = written("ttl", lines_of((SOURCE, schema.value, o, ASSERTED) for o in kept))
    assert " 0 ,\n" in text
    assert " -1.50 ,\n" in text
    assert '"01"^^xsd:integer' in text
    assert '"1"^^xsd:decimal' in text
    assert '"5."^^xsd:decimal' in text
    bare = [line.strip(" ,.") for line in text.splitlines() if '"' not in line]
    assert [one for one in bare if one[:1].isdigit() or one.startswith("-")] == ["-1.50", "0", "1"]


def test_numbered_nodes_stand_in_the_order_of_their_numbers() -> None:
    text = written("ttl", lines_of((BAN[:-1] + f"/{n}>", TYPE, onr.Event, ASSERTED) for n in (10, 9, 2)))
    assert [line.split()[0][-2:].strip("/") for line in text.splitlines() if " a onr:Event" in line] == ["2", "9", "10"]


def test_json_ld_has_plain_names() -> None:
    document = json.loads(written("jsonld", LINES))
    (said,) = (g for g in document["graph"] if g["id"] == "graph/asserted/ruling")
    (ban,) = (node for node in said["graph"] if node["id"] == "source/ruling/designation/ban")
    start = {"id": "source/ruling/designation/ban/start", "type": ["VagueTime"]}
    said_of_start = ban.pop("start")
    assert said_of_start.pop("asSaid") in ({"en": "after the war"}, {"en": ["after the war"]})
    assert said_of_start == start
    assert {key: value[0] if isinstance(value, list) else value for key, value in ban.items()} == {
        "id": "source/ruling/designation/ban",
        "type": "Designation",
        "kind": "scheme:designation-kind/terrorist-organization",
        "designee": "organization/northern-front",
        "evidence": "source/ruling/words/0a",
        "wasDerivedFrom": "source/ruling",
    }
    assert document["@context"]["@base"] == BASE
    (source,) = (node for node in said["graph"] if node["id"] == "source/ruling")
    assert source["textLength"] in (4210, [4210])


def test_ndjson_has_a_line_for_each_entity_with_what_belongs_to_it() -> None:
    documents = [json.loads(line) for line in written("ndjson", LINES).splitlines()]
    assert [d["id"] for d in documents] == [
        "source/ruling",
        "source/ruling/designation/ban",
        "person/ann",
        "graph/asserted/ruling",
        "graph/inferred/ruling",
    ]
    start = documents[1]["start"]
    (start,) = start if isinstance(start, list) else [start]
    assert [node["id"] for node in start["@reverse"]["curates"]] == ["source/ruling/designation/ban/start/curation/1f"]
    assert "label" not in documents[1]["@context"]
    assert documents[2]["label"] == {"en": ["Ann"], "ru": ["Анна"]}


def test_an_address_that_looks_like_a_name_is_spelled_out() -> None:
    document = json.loads(written("jsonld", lines_of([(BAN, onr.about, "<schema:thing>", ASSERTED)])))
    (node,) = document["graph"][0]["graph"]
    assert node == {
        "@context": None,
        "@id": BAN[1:-1],
        onr.about.iri: [{"@id": "schema:thing"}],
    }


# ── The same bytes, whatever the machine ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", list(WRITERS))
def test_the_bytes_do_not_depend_on_what_fits_in_memory(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = written(form, LINES)
    monkeypatch.setattr(sorting, "_IN_MEMORY", 4)
    assert written(form, LINES) == before


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    (tmp_path / "dataset.nq").write_text("".join(LINES), encoding="utf-8")
    program = (
        "import sys, hashlib, io; from onrecord.writers import WRITERS\n"
        "lines = open(sys.argv[1], encoding='utf-8', newline='\\n').readlines()\n"
        "for form in WRITERS.values():\n"
        "    stream = io.BytesIO(); form.write(lines, stream); print(hashlib.sha256(stream.getvalue()).hexdigest())\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "dataset.nq")]
    seen = {
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(seen) == 1
    assert len(next(iter(seen)).split()) == len(WRITERS)


# ── The context, the order ────────────────────────────────────────────────────────────────────────────────


def test_the_context_has_a_plain_name_for_every_property() -> None:
    made = context(BASE)
    assert {term.name for term in properties().values()} <= made.keys()
    assert made["Designation"] == "onr:Designation"
    assert made["label"] == {"@id": "rdfs:label", "@container": ["@language", "@set"]}
    assert all(
        str(namespace).endswith(("/", "#")) for prefix, namespace in made.items() if prefix in contexts.prefixes()
    )


@pytest.mark.parametrize(
    "base", ["", "urn:x/", "https://e.org", "https://e.org/a/../b/", "https://e.org/?a/", "https://e.org//"]
)
def test_addresses_are_never_relative_to_a_base_that_would_change_them(base: str) -> None:
    assert "@base" not in context(base)


def test_two_meanings_of_one_name_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts, "ALIASES", {"label": "@id"})
    with pytest.raises(VocabularyError, match="two meanings of label"):
        context(BASE)


def test_the_order_of_reading_names_properties_and_sections_that_exist() -> None:
    names = {term.name for term in properties().values()}
    assert layout.RANKS.keys() - names == {"curation"}
    assert set(KIND_OF_SECTION.values()) <= layout.SECTIONS.keys()
