"""Documents: one JSON tree an entity, that expands to exactly the triples that it was made from."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyld import jsonld

from official_lists import DATA, Official
from onrecord.documents import EVERYTHING, KINDS, Document, Documents, Selection
from onrecord.documents.context import ADDRESS, FOR_PEOPLE, concepts, context, names
from onrecord.documents.frames import frame
from onrecord.documents.kinds import INVERSES
from onrecord.documents.paths import path_of, paths_of
from onrecord.errors import ConfigurationError
from onrecord.ntriples import Triple
from onrecord.store import Release
from onrecord.vocabulary.context import properties, short
from onrecord.vocabulary.terms import onr

Json = dict[str, object]


def _documents(out: Path, selection: Selection = EVERYTHING) -> list[Document]:
    made = Documents(Release.latest(out).store(), DATA, selection)
    return [made.document(node, kind) for node, kind in made.roots()]


def _triples(out: Path, *without: str) -> set[Triple]:
    """What a release says, but for the graphs of some kinds; of the inferred ones, periods and conflicts alone."""
    found = set()
    for quad in Release.latest(out).store():
        graph, subject = str(quad.graph_name), str(quad.subject)
        kind = graph.removeprefix(f"<{DATA}graph/").split("/")[0]
        computed = "/status/" in subject or "/conflict/" in subject
        if kind not in (*without, "metadata") and (computed or not kind.startswith("inferred")):
            found.add((subject, str(quad.predicate), str(quad.object)))
    return found


def _union(documents: Iterable[Document]) -> set[Triple]:
    return {triple for document in documents for triple in document.triples}


_CURATORS = {f"<{DATA}curator>"}
"""Whom the dataset says of itself: they are in no other graph."""


def _loader(address: str, options: object) -> Json:
    assert address == ADDRESS
    return {"contextUrl": None, "documentUrl": address, "document": {"@context": context()}, "contentType": None}


def _options(**more: object) -> Json:
    return {"documentLoader": _loader, **more}


@cache
def _quads(lines: str) -> frozenset[Triple]:
    parsed = ox.parse(lines.encode(), format=ox.RdfFormat.N_QUADS)
    return frozenset((str(q.subject), str(q.predicate), str(q.object)) for q in parsed)


def _rdf(document: Document) -> str:
    return str(jsonld.to_rdf(json.loads(document.json), _options(format="application/n-quads")))


# ── Nothing is lost, nothing is added ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("without", [(), ("curated", "inferred-from-curated")])
def test_all_documents_together_hold_what_the_release_says(founding: Path, without: tuple[str, ...]) -> None:
    documents = _documents(founding, Selection(curated=not without))
    held = {triple for triple in _union(documents) if triple[0] not in _CURATORS}
    assert held == _triples(founding, *without)


def test_all_documents_of_official_lists_together_hold_what_they_say(official: Official) -> None:
    out = official.folder / "out"
    documents = _documents(out)
    assert {triple for triple in _union(documents) if triple[0] not in _CURATORS} == _triples(out)
    assert [document.node for document in documents if CONCEPT in document.json] == []


CONCEPT = b'"https://w3id.org/onrecord/scheme/'


def test_every_concept_is_a_word(founding: Path) -> None:
    assert [document.node for document in _documents(founding) if CONCEPT in document.json] == []


@pytest.mark.parametrize("inferred", [False, True])
def test_a_document_expands_to_its_triples(founding: Path, inferred: bool) -> None:
    for document in _documents(founding, Selection(inferred=inferred)):
        assert _quads(_rdf(document)) == document.triples, document.node


def test_another_reader_expands_it_likewise(founding: Path) -> None:
    for document in _documents(founding):
        whole = json.dumps({**json.loads(document.json), "@context": context()})
        parsed = ox.parse(whole.encode(), format=ox.RdfFormat.JSON_LD)
        assert {(str(q.subject), str(q.predicate), str(q.object)) for q in parsed} == document.triples


def test_a_document_is_found_again_by_its_frame(founding: Path) -> None:
    for document in _documents(founding):
        triples = jsonld.from_rdf(_rdf(document), {"format": "application/n-quads"})
        framed = jsonld.frame(triples, frame(document), _options(embed="@always", omitGraph=True, omitDefault=True))
        assert _plain(framed, document.node) == _plain(document.tree, document.node), document.node


TERMS = {short(term[1:-1]): name for term, name in names().items()}


def _plain(value: object, root: str) -> object:
    """A tree without what stands for no triple, arrays in one order, numbers as texts.

    A node that stands in itself is its address in framing; where the node is named again, that is what remains here.
    """
    if isinstance(value, dict):
        if set(value) <= {"id", "type", *FOR_PEOPLE}:
            return value["id"]
        kept = {k: _plain(v, root) for k, v in value.items() if k not in (*FOR_PEOPLE, "@context")}
        if (
            "curatedProperty" in kept
        ):  # a name that has a language is none for a value to framing, which goes by the IRI
            kept["curatedProperty"] = [TERMS.get(str(name), name) for name in value["curatedProperty"]]
        return {key: part for key, part in kept.items() if key != "curates"}
    if isinstance(value, list):
        return sorted((_plain(part, root) for part in value), key=lambda part: json.dumps(part, sort_keys=True))
    return str(value).lower() if isinstance(value, bool | int) else value


# ── How it reads ──────────────────────────────────────────────────────────────────────────────────────────────────


def _of(out: Path, path: str, selection: Selection = EVERYTHING) -> Json:
    made = Documents(Release.latest(out).store(), DATA, selection)
    node = f"<{DATA}{path}>"
    kind = next(kind for root, kind in made.roots(KINDS) if root == node)
    return dict[str, object](made.document(node, kind).tree)


def test_who_is_listed_where_since_when_on_whose_word(founding: Path) -> None:
    taliban = json.loads(json.dumps(_of(founding, "organization/taliban")))
    (designation,) = taliban["designations"]
    assert designation["jurisdiction"]["label"] == "Russia"
    assert designation["start"]["edtf"] == "2003"
    assert designation["attribution"]["label"] == "london-news-net"
    quotes = {s["exact"] for e in designation["evidence"] for s in e["hasSelector"] if "exact" in s}
    assert "classified as a terrorist entity in Russia" in quotes
    listed = [period for period in taliban["statusPeriods"] if period["status"] == "listed"]
    assert [(p["firstDay"], p["lastDay"], p["curated"]) for p in listed] == [("2005-04-18", "2025-04-16", True)]


def test_a_claimed_designation_stands_in_the_statement_that_claims_it_and_nowhere_else(founding: Path) -> None:
    claimed = f'"{onr.ClaimedDesignation.iri.rsplit("#")[-1]}"'
    held = {d.node: d for d in _documents(founding) if claimed.encode() in d.json}
    assert {d.kind.name for d in held.values()} == {"statement"}
    assert held
    father = _of(founding, "source/russia-taliban-delisting/person/volkovs-father")
    assert {"label", "type"} <= father.keys()
    assert "designations" not in father


def test_a_reference_is_who_and_what_and_what_to_call_it(founding: Path) -> None:
    taliban = json.loads(json.dumps(_of(founding, "organization/taliban")))
    where = taliban["designations"][0]["onList"]
    assert list(where) == ["id", "type", "label"]


def test_no_two_concepts_of_a_property_are_one_word() -> None:
    for prop in properties().values():
        assert len(set(concepts(prop).values())) == len(concepts(prop))


def test_no_key_has_two_meanings() -> None:
    assert len(set(names().values())) == len(names())
    keys = [*FOR_PEOPLE, *names().values(), *(inverse.name for inverse in INVERSES)]
    assert len(set(keys)) == len(keys)


# ── What is selected ──────────────────────────────────────────────────────────────────────────────────────────────


def test_without_quotations_the_words_are_nowhere(founding: Path) -> None:
    words = "classified as a terrorist entity in Russia"
    shown = b"".join(document.json for document in _documents(founding, Selection(quotations=False)))
    assert words.encode() in b"".join(document.json for document in _documents(founding))
    assert words.encode() not in shown
    assert b'"Evidence"' in shown


def test_names_in_one_language_alone_and_nobody_nameless(founding: Path) -> None:
    taliban = _of(founding, "organization/taliban", Selection(languages=("ru",)))
    assert taliban["label"] == "Taliban"
    assert taliban["labels"] == {"en": ["Taliban"]}
    assert "ru" not in json.dumps(
        _of(founding, "organization/taliban", Selection(languages=("en",))).get("altLabel", {})
    )


def test_of_some_sources_alone_there_are_no_periods(founding: Path) -> None:
    with pytest.raises(ConfigurationError):
        Selection(sources=frozenset({"x"}))
    selection = Selection(sources=frozenset({"x"}), computed=False)
    assert {document.kind.name for document in _documents(founding, selection)} <= {
        "organization",
        "person",
        "place",
        "list",
        "post",
        "source",
    }


# ── Where they lie ────────────────────────────────────────────────────────────────────────────────────────────────

ODD = ["..", ".", "", "a..b", "CON", "con.txt", "a.", ".a", "%2E%2E", "..%2F..", "a%00b", "é", "x" * 300, "a:b", "a\\b"]


@pytest.mark.parametrize("step", ODD)
def test_no_path_leaves_the_folder_or_is_taken_for_another(step: str) -> None:
    path = path_of(f"<{DATA}organization/{step}>", DATA)
    first, second = path.split("/")
    assert first == "organization"
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.~-]{0,119}", second)
    assert not second.endswith(".")
    assert second.split(".")[0].lower() not in ("con", "nul")


def test_what_is_odd_is_still_told_apart() -> None:
    assert len({path_of(f"<{DATA}organization/{step}>", DATA) for step in ODD}) == len(ODD)


def test_capitals_do_not_make_two_files_one() -> None:
    nodes = [f"<{DATA}entry/un/{name}>" for name in ("TAi.002", "tai.002", "TAI.002")]
    paths = paths_of(nodes, DATA)
    assert len({path.casefold() for path in paths.values()}) == len(nodes)
    assert paths == paths_of(reversed(nodes), DATA)
    assert paths[nodes[0]].startswith("entry/un/TAi.002")


def test_an_address_of_another_dataset_has_a_place_of_its_own() -> None:
    assert path_of("<https://elsewhere.example/organization/x>", DATA).startswith("other/")
