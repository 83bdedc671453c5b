"""FollowTheMoney entities: small fictional files, broken ones, and the real lines that stand beside the checkout."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Kg
from onrecord.facts.document import Document
from onrecord.facts.fields import When
from onrecord.facts.listings import Entry
from onrecord.facts.texts import Text, spans
from onrecord.findings import Finding
from onrecord.importers import IMPORTERS, Given, Imported, Input, decoded, finished, written
from onrecord.readers import read as read_facts

Values = dict[str, object]


def line(own: str, schema: str = "Person", datasets: Sequence[str] = ("fa_tide",), **properties: object) -> Values:
    """An entity as OpenSanctions writes it."""
    return {
        "id": own,
        "caption": f"Caption of {own}",
        "schema": schema,
        "properties": properties,
        "datasets": list(datasets),
        "last_seen": "2024-06-01T10:57:03",
        "target": schema == "Person",
    }


def text_of(*values: object) -> str:
    """A file: one object a line, texts as they are given."""
    return "".join(
        (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))) + "\n"
        for value in values
    )


def read(text: str, as_of: str | None = "2024-06-01", complete: bool = False) -> list[Imported] | Finding:
    """What the importer makes of a text."""
    found = decoded("list.json", text.encode("utf-8", "surrogatepass"))
    assert isinstance(found, Input), found
    made = IMPORTERS["ftm"].read(Given(found, {}, as_of, complete))
    for one in made if isinstance(made, list) else ():
        finished(one)
    return made


def imported(*values: object, as_of: str | None = "2024-06-01") -> Imported:
    """The only snapshot in a file."""
    made = read(text_of(*values), as_of)
    assert isinstance(made, list), made
    (one,) = made
    return one


def entry(*values: object) -> Entry:
    """The only entry in a file without faults."""
    made = imported(*values)
    assert made.faults == []
    (one,) = made.entries
    return one


def particulars(one: Entry) -> dict[str, list[str]]:
    """The particulars of an entry by their names."""
    found: dict[str, list[str]] = {}
    for particular in one.particulars:
        found.setdefault(particular.what, []).append(particular.value)
    return found


# ── What an entity says ─────────────────────────────────────────────────────────────────────────────────────────────


def test_an_entity_becomes_an_entry() -> None:
    ann = line(
        "NK-1",
        name=["Ann Marlow", "Анна Марлоу", "Caption of NK-1", "Анна Marlow"],
        alias=["The Tide"],
        weakAlias=["Ann"],
        previousName=["Ann Reed"],
        firstName=["Анна"],
        lastName=["Marlow"],
        birthDate=["1955-03", "1956-01-02T00:00:00", "about 1957"],
        birthPlace=["Port Fable"],
        birthCountry=["fa"],
        nationality=["fa"],
        citizenship=["my"],
        country=["fa"],
        gender=["female", "other"],
        title=["Dr."],
        position=["Minister of Tides"],
        notes=["A note.", ""],
        topics=["sanction"],
        program=["FABLE"],
        taxNumber=["366"],
        registrationNumber=["808"],
        createdAt=["2022-06-03"],
        modifiedAt=["2023-01-02", "yesterday"],
        address=["1 Quay Street"],
        addressEntity=["addr-1", "addr-merged", "addr-none"],
        unheardOf=["kept"],
    )
    ann |= {"referents": ["old-1", "old-2"], "first_seen": "2023-04-20T18:00:25", "extra": {"b": 1, "a": None}}
    place = line("addr-1", "Address", full=["2 Quay Street, Port Fable"], city=["Port Fable"], country=["fa"])
    other = line("addr-2", "Address", street=["3 Quay", "rear"], postalCode=["007"], region=["Sea"], latitude=["1.5"])
    other |= {"referents": ["addr-merged"], "caption": ""}
    made = imported(ann, place, other)
    assert made.faults == []
    assert made.left == Counter({"Address.latitude": 1})
    values = json.loads(written(made).splitlines()[1])["entries"][0]
    assert values.pop("particulars") == [
        {"what": what, "value": value}
        for what, value in (
            ("country", "fa"),
            ("topics", "sanction"),
            ("createdAt", "2022-06-03"),
            ("unheardOf", "kept"),
            ("addressEntity", "addr-none"),
            ("modifiedAt", "yesterday"),
            ("gender", "other"),
            ("last_seen", "2024-06-01T10:57:03"),
            ("target", "true"),
            ("referents", "old-1"),
            ("referents", "old-2"),
            ("first_seen", "2023-04-20T18:00:25"),
            ("extra", '{"a": null, "b": 1}'),
        )
    ]
    assert values == {
        "reference": "NK-1",
        "kind": "person",
        "name": "Caption of NK-1",
        "names": [
            {"text": "Ann Marlow"},
            {"text": "Анна Марлоу", "lang": "und-Cyrl"},
            {"text": "Анна Marlow", "lang": "und"},
            {"text": "The Tide", "kind": "also-known-as"},
            {"text": "Ann", "kind": "also-known-as", "quality": "low"},
            {"text": "Ann Reed", "kind": "formerly-known-as"},
            {"text": "Анна", "lang": "und-Cyrl", "kind": "name-part", "note": "firstName"},
            {"text": "Marlow", "kind": "name-part", "note": "lastName"},
        ],
        "programmes": ["FABLE"],
        "updated": ["2023-01-02"],
        "births": ["1955-03", {"date": "1956-01-02", "said": "1956-01-02T00:00:00"}, {"said": "about 1957"}],
        "birth_places": [{"whole": "Port Fable"}, {"country": "fa"}],
        "nationalities": ["fa"],
        "citizenships": ["my"],
        "gender": "female",
        "titles": ["Dr."],
        "positions": ["Minister of Tides"],
        "addresses": [
            {"whole": "1 Quay Street"},
            {"city": "Port Fable", "country": "fa", "whole": "2 Quay Street, Port Fable"},
            {"street": "3 Quay, rear", "region": "Sea", "postcode": "007"},
        ],
        "papers": [{"kind": "registrationNumber", "number": "808"}, {"kind": "taxNumber", "number": "366"}],
        "remarks": ["A note."],
        "words": '"id":"NK-1"',
    }


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("Person", "person"),
        ("Organization", "organization"),
        ("Company", "company"),
        ("LegalEntity", "agent"),
        ("PublicBody", "organization"),
        ("Vessel", "vessel"),
        ("Airplane", "aircraft"),
    ],
)
def test_kinds(schema: str, kind: str) -> None:
    made = imported(line("NK-1", schema, topics=["sanction"]))
    (whole,) = read_facts("a.jsonl", written(made))
    assert whole.faults == []
    assert isinstance(whole.document, Document)
    assert [one.kind for one in whole.document.entries] == [kind]


def test_papers_of_others_lines() -> None:
    one = entry(
        line("NK-1", topics=["sanction"]),
        line("p-1", "Passport", holder=["NK-1"], passportNumber=["F 1"], country=["fa"], startDate=["2004"]),
        line("p-2", "Identification", holder=["NK-1"], type=["Tax card"], number=["2"], endDate=["2010-01-01"]),
    )
    assert [(p.kind, p.number, p.country, p.issued, p.expires) for p in one.papers] == [
        ("Passport", "F 1", "fa", "2004", None),
        ("Tax card", "2", None, None, "2010-01-01"),
    ]


def test_sanctions_say_when_and_why() -> None:
    one = entry(
        line("NK-1"),
        line(
            "s-1",
            "Sanction",
            entity=["NK-1"],
            listingDate=["2014-03-17"],
            startDate=["2014-03-18"],
            program=["FABLE"],
            reason=["For tides."],
            authority=["Port Authority"],
        ),
    )
    assert (one.listed, one.delisted, one.programmes, one.remarks) == ("2014-03-17", None, ["FABLE"], ["For tides."])
    assert particulars(one)["Sanction.authority"] == ["Port Authority"]
    assert particulars(one)["Sanction.startDate"] == ["2014-03-18"]


def test_several_dates_of_listing_are_bounds_and_no_choice() -> None:
    first = line("s-1", "Sanction", entity=["NK-1"], startDate=["2016-01-01"], program=["FABLE"])
    second = line("s-2", "Sanction", entity=["NK-1"], startDate=["2014-03-17"], program=["FABLE"])
    one = entry(line("NK-1"), first, second)
    assert one.listed == When(said="2014-03-17, 2016-01-01", earliest="2014-03-17", latest="2016-01-01")
    assert one.programmes == ["FABLE"]


@pytest.mark.parametrize(
    ("ends", "delisted"),
    [
        (["2024-05-31"], "2024-05-31"),
        (["2024-06-01"], "2024-06-01"),
        (["2024-06-02"], None),
        (["2024"], None),
        (["2023"], "2023"),
        (["soon"], None),
        ([], None),
    ],
)
def test_a_sanction_that_has_ended_by_the_day_of_the_list(ends: list[str], delisted: str | None) -> None:
    one = entry(line("NK-1"), line("s-1", "Sanction", entity=["NK-1"], startDate=["2014"], endDate=ends))
    assert (one.listed, one.delisted) == ("2014", delisted)
    assert particulars(one).get("Sanction.endDate", []) == ([] if delisted else ends)


def test_one_sanction_that_goes_on_keeps_it_listed() -> None:
    over = line("s-1", "Sanction", entity=["NK-1"], startDate=["2014"], endDate=["2015"])
    one = entry(line("NK-1"), over, line("s-2", "Sanction", entity=["NK-1"], startDate=["2014"]))
    assert one.delisted is None
    assert particulars(one)["Sanction.endDate"] == ["2015"]


def test_entities_within_an_entity_are_taken_out() -> None:
    sanction = {"id": "s-1", "schema": "Sanction", "properties": {"startDate": ["2014"]}}
    place = {"id": "a-1", "schema": "Address", "properties": {"full": ["1 Quay Street"]}}
    one = entry(line("NK-1", sanctions=[sanction], addressEntity=[place]))
    assert one.listed == "2014"
    assert [address.whole for address in one.addresses] == ["1 Quay Street"]


# ── Who is an entry, and of which list ──────────────────────────────────────────────────────────────────────────────


def test_who_is_not_under_sanctions_is_counted_and_no_entry() -> None:
    made = imported(
        line("NK-1", topics=["sanction"]),
        line("NK-2", topics=["role.pep"]),
        line("NK-3", topics=["sanction.linked"]),
        line("NK-4", "Company"),
        line("o-1", "Ownership", owner=["NK-1"], asset=["NK-4"]),
        line("a-1", "Address", full=["nobody's"]),
        line("s-1", "Sanction", entity=["NK-9"]),
    )
    assert [one.reference for one in made.entries] == ["NK-1"]
    assert made.left == Counter(
        {
            "Person not under sanctions": 2,
            "Company not under sanctions": 1,
            "Ownership": 1,
            "Address of no entry": 1,
            "Sanction of no entry": 1,
        }
    )


def test_one_snapshot_for_each_dataset() -> None:
    made = read(
        text_of(
            line("NK-1", datasets=["eu_fsf"], topics=["sanction"]),
            line("NK-2", datasets=["fa_tide"], topics=["sanction"]),
            line("NK-3", datasets=["eu_fsf", "fa_peps"], topics=["sanction"]),
            line("NK-4", datasets=["fa_tide", "fa_peps"]),
            line("s-4", "Sanction", datasets=["fa_tide"], entity=["NK-4"], startDate=["2014"]),
        )
    )
    assert isinstance(made, list)
    found = {one.source.id: one for one in made}
    assert {key: [e.reference for e in one.entries] for key, one in found.items()} == {
        "eu-fsf-2024-06-01": ["NK-1", "NK-3"],
        "fa-tide-2024-06-01": ["NK-2", "NK-4"],
    }
    assert particulars(found["eu-fsf-2024-06-01"].entries[1])["datasets"] == ["eu_fsf", "fa_peps"]
    assert [fault.code for one in made for fault in one.faults] == ["merged-entities", "merged-entities"]
    (eu,) = found["eu-fsf-2024-06-01"].registry.lists
    assert (eu.id, eu.jurisdiction, eu.authority) == ("eu-fsf", "european-union", "european-commission")
    codes = {one.id: one.code for one in found["eu-fsf-2024-06-01"].registry.organizations}
    assert codes["european-union"] == "EU"
    (tide,) = found["fa-tide-2024-06-01"].registry.lists
    assert (tide.jurisdiction, tide.authority) == (None, None), "a dataset's name is no statement of a jurisdiction"


def test_a_file_is_partial_unless_somebody_says_otherwise() -> None:
    text = text_of(line("NK-1", topics=["sanction"]))
    assert IMPORTERS["ftm"].partial
    for complete in (False, True):
        made = read(text, complete=complete)
        assert isinstance(made, list)
        snapshot = made[0].source.snapshot
        assert snapshot is not None
        assert snapshot.complete is complete
    broken = read(text + "{\n", complete=True)
    assert isinstance(broken, list)
    assert broken[0].source.snapshot is not None
    assert not broken[0].source.snapshot.complete, "who stands in the broken line may be on the list"


def test_the_day_is_the_last_on_which_an_entity_was_seen() -> None:
    old = line("NK-1", topics=["sanction"]) | {"last_seen": "2024-05-01T00:00:00"}
    made = imported(old, line("NK-2", topics=["sanction"]), as_of=None)
    assert made.source.id == "fa-tide-2024-06-01"
    assert [(fault.severity, fault.code) for fault in made.faults] == [("info", "date-from-last-seen")]
    said = imported(old, as_of="2024-07-01")
    assert (said.source.id, said.faults) == ("fa-tide-2024-07-01", [])
    never = read(text_of(line("NK-1", topics=["sanction"]) | {"last_seen": None}), as_of=None)
    assert isinstance(never, Finding)
    assert "--as-of" in never.line()


# ── The words that an entry rests on ────────────────────────────────────────────────────────────────────────────────


def test_words_stand_in_the_text_once() -> None:
    text = text_of(
        '{"id" : "NK-1", "schema": "Person", "caption": "A", "datasets": ["fa_tide"], "target": true}',
        '{"schema":"Person","id":"NK-\\u0032","caption":"B","datasets":["fa_tide"],"target":true}',
        '{"id":"NK-3","schema":"Person","caption":"C","datasets":["fa_tide"],"target":true}',
        '{"note":"\\"id\\":\\"NK-3\\"","id":"NK-4","schema":"Person","caption":"D","datasets":["fa_tide"],"target":true}',
        '{"id":"x","schema":"Sanction","properties":{"entity":[{"id":"NK-4","schema":"Thing"}]}}',
    )
    made = read(text)
    assert isinstance(made, list)
    entries = made[0].entries
    assert [one.reference for one in entries] == ["NK-1", "NK-2", "NK-3", "NK-4"]
    assert entries[0].words == '"id" : "NK-1"'
    for one in entries:
        (span,) = spans(one.words)
        assert len(Text.of(text.encode()).places(span)) == 1


# ── What is wrong with a file ───────────────────────────────────────────────────────────────────────────────────────

GOOD = line("NK-1", topics=["sanction"])
MORE = line("NK-3", topics=["sanction"])


@pytest.mark.parametrize(
    ("bad", "place", "code"),
    [
        ('{"id":"NK-2",', "list.json:2:14", "broken-line"),
        ('{"id":"NK-2" "schema":1}', "list.json:2:14", "broken-line"),
        ("{'id':'NK-2'}", "list.json:2:2", "broken-line"),
        ('{"id":"NK-2"} {}', "list.json:2:15", "broken-line"),
        ('{"id":"NK-2","id":"NK-4"}', "list.json:2:1", "broken-line"),
        ('{"id":"NK-2","properties":{"a":1,"a":2}}', "list.json:2:1", "broken-line"),
        ('{"id":"NK-2","schema":"Person","x":NaN}', "list.json:2:1", "broken-line"),
        ('{"id":' + "1" * 5_000 + "}", "list.json:2:1", "broken-line"),
        ("[" * 100_000, "list.json:2:1", "broken-line"),
        ('{"id":"NK-2","a\tb":1}', "list.json:2:16", "broken-line"),
        ("<html>", "list.json:2:1", "broken-line"),
        ("[]", "list.json:2:1", "no-entity"),
        ("null", "list.json:2:1", "no-entity"),
        ('"NK-2"', "list.json:2:1", "no-entity"),
        ("{}", "list.json:2:1", "no-entity"),
        ('{"id":2,"schema":"Person"}', "list.json:2:1", "no-entity"),
        ('{"id":"","schema":"Person"}', "list.json:2:1", "no-entity"),
        ('{"id":"NK-2"}', "list.json:2:1", "no-entity"),
        ('{"id":"NK-2","schema":["Person"]}', "list.json:2:1", "no-entity"),
        ('{"id":"NK-2","schema":"Person","properties":[]}', "list.json:2:1", "no-entity"),
        ('{"id":"NK-2","schema":"Person","properties":{"name":[1]}}', "list.json:2:1", "no-entity"),
        ('{"id":"NK-2","schema":"Person","properties":{"name":[{"id":"x"}]}}', "list.json:2:1", "no-entity"),
        ('{"id":"NK-2","schema":"Person","caption":7}', "list.json:2:1", "no-entity"),
        ('{"id":"NK-2","schema":"Person","datasets":"fa_tide"}', "list.json:2:1", "no-entity"),
        (line("NK-2", topics=["sanction"]) | {"caption": ""}, "list.json:2:1", "no-name"),
        (line("NK-2", topics=["sanction"]) | {"caption": "x" * 10_001}, "list.json:2:1", "length"),
        (line("N" * 201, topics=["sanction"]), "list.json:2:1", "length"),
        (line("NK-1", topics=["sanction"]), "list.json:2:1", "reference-twice"),
        (
            '{"id":"NK-2","schema":"Person","caption":"\\u0000","datasets":["fa_tide"],"target":true}',
            "list.json:2:1",
            "character",
        ),
        (
            '{"id":"NK-2","schema":"Person","caption":"\\ud800","datasets":["fa_tide"],"target":true}',
            "list.json:2:1",
            "character",
        ),
    ],
)
def test_a_broken_line_costs_itself_only(bad: object, place: str, code: str) -> None:
    made = imported(GOOD, bad, MORE)
    assert [one.reference for one in made.entries] == ["NK-1", "NK-3"]
    assert [(str(fault.place), fault.code) for fault in made.faults] == [(place, code)]
    assert "\n" not in made.faults[0].line()
    assert len(made.faults[0].line()) < 400


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-this-list"),
        ("\n \n", "not-this-list"),
        ("<html>\n", "not-this-list"),
        ("{}\n", "not-this-list"),
        (text_of(line("NK-1", topics=["role.pep"])), "no-entries"),
        (text_of(line("NK-1", datasets=[], topics=["sanction"])), "no-entries"),
        (text_of(line("NK-1", datasets=["../etc"], topics=["sanction"])), "dataset-name"),
        (text_of(line("NK-1", datasets=["Ä"], topics=["sanction"])), "dataset-name"),
        (text_of(line("NK-1", datasets=["d" * 61], topics=["sanction"])), "dataset-name"),
    ],
)
def test_what_is_no_list_is_one_finding(text: str, code: str) -> None:
    found = read(text)
    assert isinstance(found, Finding)
    assert (str(found.place), found.code, found.broken) == ("list.json:1:1", code, True)


def test_long_texts_are_kept_in_pieces() -> None:
    one = entry(line("NK-1", topics=["sanction"], notes=["x" * 25_000], sector=["y" * 10_001]))
    assert [len(remark) for remark in one.remarks] == [10_000, 10_000, 5_000]
    assert [len(value) for value in particulars(one)["sector"]] == [10_000, 1]


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["NK-1", "sanction", "Person"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "schema", "properties", "datasets", "topics", "entity", "a"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["id", "schema", "caption", "datasets", "properties", "last_seen", "referents", "a"]), _VALUES
    ),
    st.dictionaries(
        st.sampled_from(["name", "birthDate", "topics", "addressEntity", "sanctions", "gender", "b"]), _VALUES
    ),
)
def test_whatever_a_line_holds_it_costs_itself_only(outer: Values, properties: Values) -> None:
    odd = {"id": "NK-2", "schema": "Person", "caption": "B", "datasets": ["fa_tide"], "properties": properties} | outer
    made = read(json.dumps(GOOD) + "\n" + json.dumps(odd) + "\n" + json.dumps(MORE) + "\n")
    if isinstance(made, Finding):
        assert made.code == "dataset-name"
        return
    (tide,) = (one for one in made if one.source.id == "fa-tide-2024-06-01")
    assert {"NK-1", "NK-3"} <= {one.reference for one in tide.entries}
    assert all("\n" not in fault.line() for one in made for fault in one.faults)


# ── The real lines ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_real_lines(shared: Path) -> None:
    data = (shared / "lists/ftm-t1.json").read_bytes()
    made = read(data.decode(), as_of=None)
    assert isinstance(made, list)
    (one,) = made
    rows = [json.loads(row) for row in data.splitlines()]
    listed = [row for row in rows if row["schema"] != "Address"]
    assert [e.reference for e in one.entries] == [row["id"] for row in listed]
    assert one.source.id == "eu-fsf-" + max(row["last_seen"] for row in rows)[:10]
    assert one.left == Counter({"Address of no entry": len(rows) - len(listed)})
    assert [fault.code for fault in one.faults] == ["date-from-last-seen"]
    for found, row in zip(one.entries, listed, strict=True):
        said = json.dumps(json.loads(written(one).splitlines()[1 + listed.index(row)]), ensure_ascii=False)
        for values in row["properties"].values():
            for value in values:
                assert json.dumps(value, ensure_ascii=False)[1:-1] in said
        assert data.decode().count(str(found.words)) == 1
    (whole,) = read_facts("a.jsonl", written(one))
    assert whole.faults == []
    assert isinstance(whole.document, Document)
    assert whole.document.entries == one.entries


def test_kg_import_says_that_a_file_is_partial(kg: Kg, tmp_path: Path) -> None:
    dataset, source = tmp_path / "dataset", tmp_path / "list.json"
    source.write_text(text_of(GOOD, "{", MORE), encoding="utf-8")
    assert kg("init", dataset).code == 0
    ran = kg("-C", dataset, "import", "ftm", source)
    assert ran.code == 3, "a line cannot be read"
    assert "list.json:2:2: error: " in ran.out
    assert "fa-tide 2024-06-01, partial" in ran.out
    assert (dataset / "data/lists/fa-tide/2024-06-01.jsonl").is_file()
    source.write_text(text_of(GOOD, MORE), encoding="utf-8")
    whole = kg("-C", dataset, "import", "ftm", "--complete", "--force", "--as-of", "2024-06-02", source)
    assert (whole.code, "fa-tide 2024-06-02, complete" in whole.out) == (0, True)
    texts = tmp_path / "texts"
    texts.mkdir()
    source.rename(texts / "list.json")
    assert kg("-C", dataset, "check", "--texts", texts).code == 0
