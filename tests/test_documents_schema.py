"""The JSON Schemas of documents: what is right is valid, what is wrong is not."""

import copy
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from pyld import jsonld

from official_lists import DATA, Official
from onrecord.documents import KINDS, Documents, Selection
from onrecord.documents.context import VERSION, context, names
from onrecord.documents.kinds import INVERSES
from onrecord.documents.meaning import meaning
from onrecord.documents.schema import schema, schema_address
from onrecord.store import Release

Json = dict[str, object]


@cache
def _validator(kind: str, inferred: bool = False) -> Draft202012Validator:
    return Draft202012Validator(schema(kind, inferred=inferred))


def _documents(out: Path, selection: Selection, every: int = 1) -> Iterator[tuple[str, Json]]:
    made = Documents(Release.latest(out).store(), DATA, selection)
    for number, (node, kind) in enumerate(made.roots(KINDS)):
        if number % every == 0 or kind.name not in ("entry", "designation"):
            yield kind.name, json.loads(made.document(node, kind).json)


def _faults(documents: Iterator[tuple[str, Json]], inferred: bool = False) -> list[str]:
    found = (
        (document["id"], best_match(_validator(kind, inferred).iter_errors(document))) for kind, document in documents
    )
    return [f"{node}: {error.message[:300]}" for node, error in found if error]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    assert made["$id"] == schema_address(kind)
    assert f"/{VERSION}/" in schema_address(kind)
    assert len(json.dumps(made)) < 250_000


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(curated=False),
        Selection(quotations=False, languages=("ru",)),
        Selection(computed=False, sources=frozenset({"russia-taliban-delisting"})),
        Selection(jurisdictions=frozenset({f"<{DATA}organization/russia>"})),
    ],
)
def test_documents_of_any_selection_are_valid(founding: Path, selection: Selection) -> None:
    assert _faults(_documents(founding, selection)) == []


def test_documents_with_what_is_inferred_are_valid_by_schemas_of_their_own(founding: Path) -> None:
    every_second = (each for number, each in enumerate(_documents(founding, Selection(inferred=True))) if number % 2)
    assert _faults(every_second, inferred=True) == []


def test_documents_of_official_lists_are_valid(official: Official) -> None:
    assert _faults(_documents(official.folder / "out", Selection(), every=20)) == []


def test_every_key_and_word_says_what_it_means() -> None:
    for kind in KINDS:
        defined = json.loads(json.dumps(schema(kind)))["$defs"]
        for name, each in defined.items():
            if name.startswith("key."):
                assert each["description"], name
            if name.startswith("words."):
                assert all(word["description"] for word in each["oneOf"]), name


def test_no_property_is_listed_by_hand() -> None:
    """A class of the vocabulary has the keys that ontology and shapes give it, and the schema has no others."""
    inverses = {inverse.name for inverse in INVERSES}
    for kind in KINDS:
        defined = json.loads(json.dumps(schema(kind)))["$defs"]
        known = {name for term, name in names().items()} | inverses | {"@context", "id", "type", "label", "curated"}
        for name, each in defined.items():
            assert set(each.get("properties", {})) <= known, name
    assert meaning().classes()


def test_the_published_context_never_changes() -> None:
    """Partners have it. Where it has to change, VERSION becomes the next number, and this digest the new one's."""
    written = json.dumps(context(), sort_keys=True).encode()
    assert (VERSION, hashlib.sha256(written).hexdigest()) == (1, CONTEXT_1)


CONTEXT_1 = "4809d7566508b26dc864252786488cd2fd6e1a58ff588de281f99e2db81df85e"


# ── What is wrong is refused ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def documents(founding: Path) -> list[tuple[str, Json]]:
    return list(_documents(founding, Selection()))


def _nodes(value: object) -> Iterator[Json]:
    """A document, and the nodes in it that are described and not just named."""
    if isinstance(value, dict):
        if "id" in value and value.keys() - {"id", "type", "label"}:
            yield value
        for part in value.values():
            yield from _nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from _nodes(part)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_document_with_something_wrong_is_refused(documents: list[tuple[str, Json]], data: st.DataObject) -> None:
    kind, document = data.draw(st.sampled_from(documents))
    wrong = copy.deepcopy(document)
    node = data.draw(st.sampled_from(list(_nodes(wrong))))
    match data.draw(st.sampled_from(("drop", "type", "unknown", "class", "empty"))):
        case "drop":
            del node[data.draw(st.sampled_from(("id", "type")))]
        case "type":
            key = data.draw(st.sampled_from(sorted(node)))
            node[key] = data.draw(st.sampled_from((None, 1.5, {"no": {"such": 1}})))
        case "unknown":
            key = data.draw(st.text(min_size=1).filter(lambda key: key not in names().values() and key not in node))
            node[key] = "x"
            if key in {inverse.name for inverse in INVERSES}:
                node[key] = "x"
        case "class":
            node["type"] = ["NoSuchClass"]
        case _:
            node[data.draw(st.sampled_from(("evidence", "attribution", "wasDerivedFrom")))] = []
    assert not _validator(kind).is_valid(wrong)


def test_what_a_shape_asks_for_must_be_there(documents: list[tuple[str, Json]]) -> None:
    kind, document = next((k, d) for k, d in documents if k == "statement")
    for key in ("speaker", "mode", "attribution", "wasDerivedFrom"):
        assert not _validator(kind).is_valid({name: value for name, value in document.items() if name != key}), key
    assert _validator(kind).is_valid(document)


def test_a_claimed_designation_is_never_one_on_record(documents: list[tuple[str, Json]]) -> None:
    claimed = next(n for _, d in documents for n in _nodes(d) if n["type"] == ["ClaimedDesignation"])
    (taliban,) = (d for _, d in documents if d["id"] == f"{DATA}organization/taliban")
    assert _validator("organization").is_valid(taliban)
    on_record = taliban["designations"]
    assert isinstance(on_record, list)
    for smuggled in (claimed, {"id": claimed["id"], "type": claimed["type"], "label": "x"}, {"id": claimed["id"]}):
        assert not _validator("organization").is_valid({**taliban, "designations": [*on_record, smuggled]})
    both = {**on_record[0], "type": ["Designation", "ClaimedDesignation"]}
    assert not _validator("organization").is_valid({**taliban, "designations": [both]})
    assert not _validator("statement").is_valid({**taliban})


# ── The oracle ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_oracle_of_framing_is_one(shared: Path) -> None:
    """PyLD, by which documents are framed in tests, on the W3C's framing suite."""
    suite = shared / "suites" / "w3c-json-ld-framing" / "tests"
    if not suite.is_dir():
        pytest.skip("there is no ../shared/suites/w3c-json-ld-framing: it is not part of this repository")
    manifest = json.loads((suite / "frame-manifest.jsonld").read_text(encoding="utf-8"))
    passed: list[str] = []
    failed: list[str] = []
    skipped: list[str] = []
    for case in manifest["sequence"]:
        option = case.get("option", {})
        if option.get("specVersion") == "json-ld-1.0":
            skipped.append(case["@id"])
            continue
        (passed if _agrees(suite, case, option) else failed).append(case["@id"])
    assert failed == []
    assert len(passed) + len(skipped) == len(manifest["sequence"])
    assert skipped == ["#t0010"]  # of JSON-LD 1.0, which framing has left behind


def _agrees(suite: Path, case: Json, option: dict[str, object]) -> bool:
    def read(name: str) -> object:
        return json.loads((suite / str(case[name])).read_text(encoding="utf-8"))

    base = f"https://w3c.github.io/json-ld-framing/tests/{case['input']}"
    options: Json = {"base": base, **{key: option[key] for key in ("omitGraph", "processingMode") if key in option}}
    try:
        framed = jsonld.frame(read("input"), read("frame"), options)
    except jsonld.JsonLdError:
        return "expectErrorCode" in case
    return "expect" in case and json.dumps(framed, sort_keys=True) == json.dumps(read("expect"), sort_keys=True)
