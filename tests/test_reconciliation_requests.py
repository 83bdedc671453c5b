"""What clients send: the specification's forms are answered as it says, and all else is told in a line, never a traceback."""

import json
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reconciliation_schemas as schemas
from onrecord.server.desk import Desk
from onrecord.server.reconciliation.asking import BATCH
from reconciliation_world import ORIGIN, Json, asked, part, replied, value, world


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return world(tmp_path_factory.mktemp("reconciliation"))


def status(desk: Desk, text: str, field: str = "queries") -> int:
    """The status of a request; a refusal is a problem with a title in one line."""
    reply = replied(desk, "reconcile", body=urlencode({field: text}).encode("utf-8", "surrogatepass"))
    told = value(reply)
    if reply.status >= 400:
        assert reply.media == "application/problem+json"
        title = part(told, "title")
        assert isinstance(title, str)
        assert "\n" not in title
        assert 0 < len(title) < 400
    return reply.status


# ── As the specification says ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_manifest(desk: Desk) -> None:
    manifest = value(replied(desk, "reconcile"))
    schemas.holds(schemas.MANIFEST, manifest)
    assert part(manifest, "identifierSpace") == "https://x.example/"
    for template in ("view", "preview", "feature_view"):
        assert str(part(manifest, template, "url")).startswith(f"{ORIGIN}/reconcile/")
    assert part(manifest, "batchSize") == BATCH


def test_every_feature_is_told_about(desk: Desk) -> None:
    """The manifest's address of a feature leads to a place on the page."""
    reply = replied(desk, "reconcile-about")
    assert isinstance(reply.body, bytes)
    anchors = set(schemas.ANCHOR.findall(reply.body.decode()))
    conditions: list[Json] = [
        {"pid": "birthDate", "v": "1888"},
        {"pid": "nationality", "v": "Alda"},
        {"pid": "otherNames", "v": "x"},
    ]
    batch = asked(desk, queries={"q": {"query": "Ana Moss", "properties": conditions}})
    found = part(batch, "q", "result")
    assert isinstance(found, list)
    for one in found:
        features = part(one, "features")
        assert isinstance(features, list)
        assert {str(part(each, "id")) for each in features} <= anchors


def test_a_batch_by_form_and_by_address(desk: Desk) -> None:
    batch = {"q0": {"query": "Ana Moss"}, "другой": {"query": "Front", "type": "ArmedGroup", "limit": 2}}
    by_form = asked(desk, queries=batch)
    by_address = value(replied(desk, "reconcile", query=f"queries={quote(json.dumps(batch))}"))
    assert by_form == by_address
    assert isinstance(by_form, dict)
    assert list(by_form) == ["q0", "другой"]
    schemas.holds(schemas.RESULTS, by_form)
    assert schemas.is_sorted(by_form)


def test_queries_do_not_depend_on_each_other(desk: Desk) -> None:
    texts = ["Ana Moss", "Front", "B.2", "Moss"]
    alone = [part(asked(desk, queries={"q": {"query": text}}), "q") for text in texts]
    together = asked(desk, queries={str(number): {"query": text} for number, text in enumerate(texts)})
    assert [part(together, str(number)) for number in range(len(texts))] == alone


def test_data_extension(desk: Desk) -> None:
    from onrecord.server.reconciliation.properties import PROPERTIES

    ids = ["entry/bans/B.2", "person/omar-brisk", "list/bans", "source/bans-2020-01-01", "event/market-fire", "nobody"]
    found = asked(desk, extend={"ids": ids, "properties": [{"id": name} for name in PROPERTIES]})
    schemas.holds(schemas.EXTENSION, found)
    rows = part(found, "rows")
    assert isinstance(rows, dict)
    assert list(rows) == ids
    meta = part(found, "meta")
    assert isinstance(meta, list)
    kinds = {str(part(one, "id")): one["type"] for one in meta if isinstance(one, dict) and "type" in one}
    assert kinds["list"] == {"id": "DesignationList", "name": "designation list"}
    untyped = [row[name] for row in rows.values() if isinstance(row, dict) for name in row if name not in kinds]
    cells = [cell for held in untyped if isinstance(held, list) for cell in held if isinstance(cell, dict)]
    assert cells
    assert not [cell for cell in cells if "id" in cell]  # entities stand in columns that say of which type they are


@pytest.mark.parametrize("what", ["entity", "type", "property"])
def test_suggestions(desk: Desk, what: str) -> None:
    for prefix in ("a", "b", "p", "", "\u202e", "(", "x" * 500):
        reply = replied(desk, "reconcile-suggest", what=what, query=urlencode({"prefix": prefix}))
        schemas.holds(schemas.SUGGESTED[what], value(reply))


def test_proposals(desk: Desk) -> None:
    for query in ("type=Person", "type=Entry&limit=3", "", "type="):
        schemas.holds(schemas.PROPOSED, value(replied(desk, "reconcile-properties", query=query)))
    assert replied(desk, "reconcile-properties", query="type=Unicorn").status == 400
    assert replied(desk, "reconcile-properties", query="type=Person&limit=-1").status == 400


def test_what_openrefine_sends_is_taken(desk: Desk) -> None:
    """Types one by one, `type_strict` always "should", numbers as texts, dates as instants, cells that were matched."""
    query = {
        "query": "Ana Moss",
        "type": "Person",
        "type_strict": "should",
        "limit": "5",
        "properties": [
            {"pid": "birthDate", "v": "1960-05-04T00:00:00Z"},
            {"pid": "list", "v": {"id": "list/bans", "name": "Bans"}},
            {"pid": "reference", "v": 17},
            {"pid": "position", "v": ""},
        ],
    }
    schemas.holds(schemas.RESULTS, asked(desk, queries={"q0": query}))
    extend = {
        "ids": ["entry/bans/B.2"],
        "properties": [{"id": "status", "settings": {"limit": "0", "jurisdiction": "", "on": "", "curated": "marked"}}],
    }
    schemas.holds(schemas.EXTENSION, asked(desk, extend=extend))


# ── What is refused ───────────────────────────────────────────────────────────────────────────────────────────────────

_REFUSED: dict[str, object] = {
    "no object": [],
    "a number": 7,
    "null": None,
    "a query that is a text": {"q": "Ana Moss"},
    "nothing is asked": {"q": {}},
    "a query of no text": {"q": {"query": {"a": 1}}},
    "a query of a list": {"q": {"query": ["Ana Moss"]}},
    "an unknown type": {"q": {"query": "x", "type": "Unicorn"}},
    "a type of no text": {"q": {"query": "x", "type": [[]]}},
    "too many types": {"q": {"query": "x", "type": ["Person"] * 31}},
    "an unknown strictness": {"q": {"query": "x", "type_strict": "perhaps"}},
    "a strictness of no text": {"q": {"query": "x", "type_strict": {}}},
    "limit 0": {"q": {"query": "x", "limit": 0}},
    "limit below 0": {"q": {"query": "x", "limit": -3}},
    "limit of words": {"q": {"query": "x", "limit": "many"}},
    "limit of a fraction": {"q": {"query": "x", "limit": 1.5}},
    "limit of truth": {"q": {"query": "x", "limit": True}},
    "limit of a thousand digits": {"q": {"query": "x", "limit": "9" * 1000}},
    "limit of other digits": {"q": {"query": "x", "limit": "٣"}},
    "properties of no list": {"q": {"query": "x", "properties": {"pid": "name"}}},
    "a property of no object": {"q": {"query": "x", "properties": ["name"]}},
    "a property without an id": {"q": {"query": "x", "properties": [{"v": "x"}]}},
    "an unknown property": {"q": {"query": "x", "properties": [{"pid": "shoe-size", "v": "x"}]}},
    "a status as a condition": {"q": {"query": "x", "properties": [{"pid": "status", "v": "listed"}]}},
    "a value of no text": {"q": {"query": "x", "properties": [{"pid": "name", "v": {"x": 1}}]}},
    "a value in a value": {"q": {"query": "x", "properties": [{"pid": "name", "v": [["x"]]}]}},
    "too many values": {"q": {"query": "x", "properties": [{"pid": "name", "v": ["x"] * 31}]}},
    "too many properties": {"q": {"query": "x", "properties": [{"pid": "name", "v": "x"}] * 31}},
    "a huge name": {"q": {"query": "x" * 2001}},
    "a huge value": {"q": {"query": "x", "properties": [{"pid": "name", "v": "x" * 2001}]}},
}


@pytest.mark.parametrize("name", _REFUSED)
def test_wrong_queries_are_told(desk: Desk, name: str) -> None:
    assert status(desk, json.dumps(_REFUSED[name])) == 400


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"q"',
        "[" * 100_000,
        '{"q":' * 50_000 + "1" + "}" * 50_000,
        '{"q": {"query": "\\ud800"}}',
        "NaN",
        "\x00",
    ],
)
def test_broken_json_is_told(desk: Desk, text: str) -> None:
    assert status(desk, text) == 400
    assert status(desk, text, "extend") == 400


def test_a_batch_beyond_the_manifest(desk: Desk) -> None:
    """The specification has a status for it: 413."""

    def batch(size: int) -> str:
        return json.dumps({f"q{number}": {"query": "x"} for number in range(size)})

    assert status(desk, batch(BATCH)) == 200
    assert status(desk, batch(BATCH + 1)) == 413
    assert status(desk, batch(100_000)) in (400, 413)
    assert status(desk, json.dumps({"q": {"query": "x" * 3_000_000}})) == 400


@pytest.mark.parametrize(
    "extend",
    [
        {},
        {"ids": "organization/front", "properties": []},
        {"ids": [7], "properties": []},
        {"ids": [], "properties": [{}]},
        {"ids": [], "properties": [{"id": "shoe-size"}]},
        {"ids": [], "properties": [{"id": "name", "settings": []}]},
        {"ids": [], "properties": [{"id": "name", "settings": {"limit": "x"}}]},
        {"ids": [], "properties": [{"id": "name", "settings": {"limit": [1]}}]},
        {"ids": [], "properties": [{"id": "name", "settings": {"curated": "perhaps"}}]},
        {"ids": ["entry/bans/B.2"], "properties": [{"id": "status", "settings": {"jurisdiction": "Narnia"}}]},
        {"ids": ["entry/bans/B.2"], "properties": [{"id": "status", "settings": {"on": "last Tuesday"}}]},
        {"ids": ["x"] * 501, "properties": []},
        {"ids": [], "properties": [{"id": "name"}] * 31},
    ],
)
def test_wrong_extensions_are_told(desk: Desk, extend: object) -> None:
    assert status(desk, json.dumps(extend), "extend") == 400


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b"queries=%FF%FE", b"queries", b"nothing=1", b"a=1&" * 50, b"queries={}&extend={}", b"x" * 3_000_000],
)
def test_wrong_forms_are_told(desk: Desk, body: bytes) -> None:
    assert replied(desk, "reconcile", body=body).status == 400


def test_odd_addresses_are_told(desk: Desk) -> None:
    for query in ("prefix=a&cursor=x", "prefix=a&cursor=-1", "prefix=a&cursor=99999999", f"prefix={'x' * 501}"):
        assert replied(desk, "reconcile-suggest", what="entity", query=query).status == 400
    for job in ("reconcile-preview", "reconcile-view"):
        for text in ("..%2F..%2Fetc", "%00", "javascript%3Aalert(1)", "%3Cscript%3E", "x" * 5000, "list", "entry%2F"):
            assert replied(desk, job, query=f"id={text}").status == 404


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_FIELDS = st.sampled_from(["query", "type", "type_strict", "limit", "properties", "pid", "v", "ids", "id", "settings"])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(max_size=4), st.dictionaries(_FIELDS, _JSON, max_size=5), max_size=3))
def test_whatever_is_sent_is_answered_or_told(desk: Desk, batch: object) -> None:
    assert status(desk, json.dumps(batch)) in (200, 400)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(_FIELDS, _JSON, max_size=5))
def test_whatever_is_to_be_extended_is_answered_or_told(desk: Desk, extend: object) -> None:
    assert status(desk, json.dumps(extend), "extend") in (200, 400)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_results_of_the_schema(desk: Desk, text: str) -> None:
    reply = replied(desk, "reconcile", body=urlencode({"queries": json.dumps({"q": {"query": text}})}).encode())
    if reply.status == 200:
        found = value(reply)
        schemas.holds(schemas.RESULTS, found)
        assert schemas.is_sorted(found)


def test_hostile_texts_of_a_dataset_stay_texts(tmp_path: Path) -> None:
    """Markup in names is shown as text in previews, and names that turn the direction of writing are seen."""
    import pyoxigraph as ox

    from sites import turned_hostile

    desk = world(tmp_path / "hostile")
    turned = turned_hostile(desk.store)
    desk.__dict__["store"] = turned
    assert isinstance(turned, ox.Store)
    for node in ("person/omar-brisk", "entry/bans/B.2", "list/bans"):
        reply = replied(desk, "reconcile-preview", query=f"id={quote(node)}")
        assert reply.status == 200
        assert isinstance(reply.body, bytes)
        page = reply.body.decode()
        assert "<script" not in page
        assert "<svg" not in page
        assert "\u202e" not in page
