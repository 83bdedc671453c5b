"""From values to records, what is said where that fails, and the schema that editors use."""

import json
import string
import subprocess
import sys
from collections.abc import Iterator

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.facts import schema
from onrecord.facts.constraints import Value, shown
from onrecord.facts.dates import bounds
from onrecord.facts.document import Document, Registry, Source, TextFile
from onrecord.facts.entities import Organization, Person
from onrecord.facts.faults import decode, explain
from onrecord.facts.fields import Amount, Record, When
from onrecord.facts.marks import Part, shape_of, shapes_of
from onrecord.facts.records import Designation, Event, Figure, Proposition, Relation, Statement
from onrecord.facts.references import Flaw
from onrecord.mappers.parts import quantities
from onrecord.vocabulary.terms import CONCEPTS, DEFINITIONS, KINDS

SOURCE: dict[str, Value] = {"kind": "article", "title": "Court ends ban", "site": "gazette", "text": {"path": "a.txt"}}
GOOD: dict[str, Value] = {
    "source": SOURCE,
    "people": [{"id": "official", "role": "an official"}],
    "designations": [
        {"subject": "nf", "kind": "terrorist-organization", "start": {"date": 2009}, "lasted": {"almost": 20}}
    ],
    "statements": [
        {"speaker": ["a", "b"], "mode": "direct", "denies": [{"relation": {"kind": "alliance", "between": ["a", "b"]}}]}
    ],
}  # fmt: skip


def _flaws(value: Value, record: type[Record], *, strict: bool = False) -> list[Flaw]:
    made, flaws = decode(value, record, strict=strict)
    assert (made is None) == bool(flaws)
    return flaws


def _reached(record: type[Record]) -> Iterator[type[Record]]:
    waiting, seen = [record], set[type[Record]]()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            yield one
            for shape in shapes_of(one).values():
                waiting += [r for r in (shape.records, shape.items.records if shape.items else None) if r]


RECORDS = sorted({*_reached(Document), *_reached(Registry)}, key=lambda record: record.__name__)

FAULTS: list[tuple[type[Record], Value, tuple[str | int, ...], str, str]] = [
    (Statement, {"speeker": "a", "mode": "direct"}, ("speeker",), "unknown-field", "did you mean speaker?"),
    (Statement, {"mode": "direct"}, ("speaker",), "missing", "`speaker` is missing"),
    (Designation, {"from": "2003", "subject": "a", "kind": "terrorist"}, ("from",), "unknown-field", "start"),
    (Organization, {"id": ["a"], "kind": "state"}, ("id",), "type", "expected an id, but found a list"),
    (Organization, {"id": "Foo Bar", "kind": "state"}, ("id",), "pattern", "'Foo Bar' is not an id"),
    (Organization, {"id": "a" * 81, "kind": "state"}, ("id",), "pattern", "at most 80"),
    (Organization, {"id": "a", "kind": "sate"}, ("kind",), "unknown-word", "did you mean state?"),
    (Organization, {"id": "a", "kind": {}}, ("kind",), "type", "text, but found fields"),
    (Organization, {"id": None, "kind": "state"}, ("id",), "no-value", "`id` has no value"),
    (Statement, {"speaker": "a", "mode": ["direct", "x"]}, ("mode", 1), "unknown-word", "'x' is no mode"),
    (Statement, {"speaker": ["a", "B"], "mode": "direct"}, ("speaker", 1), "pattern", "'B' is not an id"),
    (Source, {**SOURCE, "kind": "artcle"}, ("kind",), "unknown-word", "article"),
    (Source, {**SOURCE, "title": ""}, ("title",), "length", "too short"),
    (Source, {**SOURCE, "title": "x" * 10_001}, ("title",), "length", "10,000"),
    (Source, {**SOURCE, "url": "javascript:x"}, ("url",), "pattern", "https://"),
    (Source, {**SOURCE, "url": "http://[::1/"}, ("url",), "address", "'http://[::1/' is not a web address"),
    (Person, {"id": "a", "name": "A", "same_as": [{"iri": "https://x/%zz", "reason": "r"}]}, ("same_as", 0, "iri"), "address", "%25"),
    (Person, {"id": "a", "name": "A", "curated": {"reason": "r", "source": "https://x/%"}}, ("curated", "source"), "address", "%5B"),
    (When, {"curated": {"date": "2003", "reason": "r", "source": "https://x:y/"}}, ("curated", "source"), "address", "not a web"),
    (Source, {**SOURCE, "language": "English"}, ("language",), "pattern", "ru-Latn"),
    (TextFile, {}, (), "nothing-given", "needs `path` or `sha256` and `chars`"),
    (TextFile, {"sha256": "0" * 64}, ("chars",), "missing", "`chars` is missing"),
    (TextFile, {"sha256": "xyz", "chars": "1"}, ("sha256",), "pattern", "64 hexadecimal digits"),
    (TextFile, {"path": "p", "chars": "-1"}, ("chars",), "type", "expected a whole number"),
    (TextFile, {"path": "p", "chars": "many"}, ("chars",), "type", "found text 'many'"),
    (Amount, {"unit": "year"}, (), "nothing-given", "exactly"),
    (Amount, {"about": "20", "almost": "20"}, ("almost",), "too-much-given", "`about` and `almost`"),
    (Amount, {"about": "twenty"}, ("about",), "pattern", "'twenty' is not a number"),
    (Amount, {"about": "1e30"}, ("about",), "pattern", "write it out in digits"),
    (Amount, {"about": "9" * 41}, ("about",), "length", "at most 40"),
    (Amount, {"about": 10**40}, ("about",), "number", "more than 40 digits"),
    (Amount, {"about": float("inf")}, ("about",), "number", "more than 40 digits"),
    (Amount, {"about": "20", "unit": "yaer"}, ("unit",), "unknown-word", "did you mean year?"),
    (Figure, {"counts": "deaths", "at_least": "37", "at_most": "40"}, ("at_most",), "too-much-given", "keep one"),
    (Proposition, {}, (), "nothing-given", "designation"),
    (Proposition, {"text": "x", "relation": {"kind": "alliance"}}, ("text",), "too-much-given", "keep one"),
    (Person, {"id": "a"}, (), "nothing-given", "needs `name` or `role`"),
    (Person, {"id": "a", "name": "A", "anonymous": "fear"}, ("role",), "missing", "`anonymous` needs it"),
    (Person, {"id": "a", "name": "A", "group": "maybe"}, ("group",), "type", "expected true or false"),
    (Relation, {"kind": "alliance", "between": ["a"]}, ("between",), "length", "needs 2 or more"),
    (When, {}, (), "nothing-given", "`date`"),
    (When, {"earliest": "2004", "latest": "2003"}, ("latest",), "order", "before the earliest"),
    (When, {"said": " "}, ("said",), "empty", "`said` is empty text"),
    (When, {"date": "2003", "curated": {"date": "2003"}}, ("curated", "reason"), "missing", "`reason` is missing"),
    (Event, {"kind": "attack", "when": "2024-02-30"}, ("when",), "date", "2024-03-22"),
    (Event, {"kind": "attack", "when": {"date": "Thursday"}}, ("when", "date"), "date", "'Thursday' is not a date"),
    (Event, {"kind": "attack", "when": ["2003"]}, ("when",), "type", "expected a date"),
    (Event, "attack", (), "type", "expected fields with values, but found text"),
    (Event, {"kind": "attack", "words": {"exact": "a", "befor": "b"}}, ("words", "befor"), "unknown-field", "before"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "value", "pointer", "code", "words"), FAULTS)
def test_a_fault_is_named_with_its_place(
    record: type[Record], value: Value, pointer: tuple[str | int, ...], code: str, words: str
) -> None:
    flaws = _flaws(value, record)
    assert [(flaw.pointer, flaw.code) for flaw in flaws] == [(pointer, code)]
    assert words in f"{flaws[0].message} — {flaws[0].hint}"
    assert "\n" not in flaws[0].message + flaws[0].hint


def test_all_faults_of_a_value_are_found() -> None:
    value: Value = {
        "speaker": [],
        "mode": "dirct",
        "whne": "2003",
        "asserts": [{"event": {"kind": "attack", "when": "2024-13"}, "text": "x"}, {"text": ["a"]}],
    }
    assert {flaw.pointer for flaw in _flaws(value, Statement)} == {
        ("mode",),
        ("whne",),
        ("asserts", 0, "event", "when"),
        ("asserts", 0, "text"),
        ("asserts", 1, "text"),
    }


def test_text_becomes_what_the_type_wants_just_where_it_may() -> None:
    made, _ = decode({"path": "p", "chars": "37"}, TextFile, strict=False)
    assert made == TextFile(path="p", chars=37)
    assert [flaw.pointer for flaw in _flaws({"path": "p", "chars": "37"}, TextFile, strict=True)] == [("chars",)]
    norway, _ = decode({"id": "no", "kind": "state", "name": "null"}, Organization, strict=False)
    assert norway == Organization(id="no", kind="state", name="null")


@pytest.mark.parametrize(
    "date", ["2003", "2024-03", "2024-03-22", "2024-21", "200X", "2003~", "2003?", "2003%", "2016/2025", 2003]
)
def test_dates_as_vague_as_sources_have_them_are_taken(date: str | int) -> None:
    assert _flaws({"date": date}, When) == []


@pytest.mark.parametrize(
    "date",
    ["2024-02-30", "2024-13", "2023-02-29", "22.3.2024", "2024-3-1", "2025/2016", "0000", "2024/", "2024-03-22T10:00"],
)
def test_other_dates_are_refused(date: str) -> None:
    assert [flaw.code for flaw in _flaws({"date": date}, When)] == ["date"]


@given(st.from_regex(r"-?[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/[0-9X]{4}(-[0-9]{2}){0,2}[~?%]?)?", fullmatch=True))
@settings(deadline=None, max_examples=300)
def test_what_looks_like_a_date_is_one_or_is_none(text: str) -> None:
    try:
        first, last = bounds(text)
    except ValueError:
        assert [flaw.code for flaw in _flaws({"earliest": text}, When)] in (["date"], ["length"])
    else:
        assert first is None or last is None or first <= last


def test_messages_show_nothing_that_is_invisible() -> None:
    assert shown("a\nb\u202e") == "'a\\u000ab\\u202e'"
    assert len(shown("x" * 1_000)) < 80
    assert "40 digits" in shown(10**5_000)


@pytest.mark.parametrize(
    "address", ["https://[::1]/a", "https://x/%5Ba%5d?q=ä#b", "http://x:8080/", "https://алда.example/"]
)
def test_addresses_of_all_kinds_are_taken(address: str) -> None:
    assert _flaws({**SOURCE, "url": address}, Source) == []


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (12.123456789, "12.123456789"),
        (0.0000001, "0.0000001"),
        (1e30, "1" + "0" * 30),
        (100.0, "100.0"),
        (10**39, "1" + "0" * 39),
        ("2.50", "2.50"),
    ],
)
def test_a_number_is_written_with_all_its_digits(number: str | int | float, digits: str) -> None:
    assert quantities._decimal(number) == digits


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 3000),
    st.floats(allow_nan=False),
    st.text(string.ascii_letters + " -~0", max_size=6),
    st.sampled_from(
        ["a", "2003", "2024-02-30", "37", "12.5", "true", "no", "null", "state", "direct", "https://a.example"]
    ),
)


def _values(depth: int = 2) -> st.SearchStrategy[Value]:
    """Values as anybody may write them, with the names of fields that exist."""
    names = sorted({name for record in RECORDS for name in record.__struct_fields__} | {"nothing"})
    return st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(names), inner, max_size=4),
        max_leaves=6 * depth,
    )


@st.composite
def _likely(draw: st.DrawFn, record: type[Record], depth: int = 3) -> Value:
    """Values that come close to a record: mostly its own fields, mostly of types that these take."""
    made: dict[str, Value] = {}
    for name, shape in shapes_of(record).items():
        if draw(st.integers(0, 9)) < (9 if shape.required else 2):
            part = draw(st.sampled_from(shape.parts))
            made[name] = draw(_likely_part(part, depth))
    if draw(st.integers(0, 9)) == 0:
        made[draw(st.sampled_from(["nothing", "id", "words"]))] = draw(SCALARS)
    return made


def _likely_part(part: Part, depth: int) -> st.SearchStrategy[Value]:
    if depth == 0:
        return SCALARS
    if part.record is not None:
        return _likely(part.record, depth - 1)
    if part.base is list:
        return st.lists(
            st.sampled_from(shape_of(part.items).parts).flatmap(lambda one: _likely_part(one, depth - 1)), max_size=3
        )
    return SCALARS


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
@given(data=st.data(), strict=st.booleans())
@settings(deadline=None, max_examples=40)
def test_the_walk_finds_a_fault_just_where_msgspec_refuses(
    record: type[Record], data: st.DataObject, strict: bool
) -> None:
    value = data.draw(st.one_of(_likely(record), _values()))
    try:
        msgspec.convert(value, record, strict=strict)
    except msgspec.ValidationError:
        refused = True
    else:
        refused = False
    assert bool(list(explain(value, record, strict=strict))) == refused


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_decoding_never_raises_and_says_why_it_fails(record: type[Record], data: st.DataObject) -> None:
    made, flaws = decode(data.draw(st.one_of(_likely(record), _values())), record, strict=False)
    assert (made is None) == bool(flaws)
    assert all(flaw.message and "\n" not in flaw.message for flaw in flaws)


def test_every_mark_names_words_of_the_vocabulary() -> None:
    marks = [
        (str(mark), str(words))
        for r in RECORDS
        for s in shapes_of(r).values()
        for mark, words in s.marks.items()
        if words is not True
    ]
    assert ("scheme", "designation-kind") in marks
    assert [words for mark, words in marks if words not in (CONCEPTS if mark == "scheme" else KINDS)] == []


def test_explaining_faults_again_and_again_leaves_the_process_alive() -> None:
    """msgspec 0.21.1 kills the process where a union with a list is converted outside of a record, and then dropped."""
    lines = (
        "import gc; from onrecord.facts.faults import decode; from onrecord.facts.records import Designation",
        "for _ in range(60): decode({'subject': 'A', 'kind': ['b']}, Designation, strict=False); gc.collect()",
        "print('alive')",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "alive\n")


# The schema


def _valid(instance: Value, made: schema.Schema) -> bool:
    validator = jsonschema.Draft202012Validator(made)
    return bool(validator.is_valid(instance))


@pytest.mark.parametrize("kind", ["facts", "document", "registry"])
def test_the_schema_is_a_schema_and_the_same_each_time(kind: schema.Kind) -> None:
    made = schema.schema_bytes(kind)
    jsonschema.Draft202012Validator.check_schema(json.loads(made))
    assert made == schema.schema_bytes(kind)
    assert made.endswith(b"}\n")


def test_the_schema_takes_what_is_right() -> None:
    assert decode(GOOD, Document, strict=False)[1] == []
    assert _valid(GOOD, schema.facts_schema())
    assert _valid(GOOD, schema.document_schema())
    assert not _valid(GOOD, schema.registry_schema())
    assert _valid(
        {"registry": "States", "organizations": [{"id": "alda", "kind": "state", "name": "Alda"}]},
        schema.facts_schema(),
    )


@pytest.mark.parametrize(
    "change",
    [
        {"evnts": []},
        {"people": [{"id": "a"}]},
        {"people": [{"id": "a", "name": "A", "anonymous": "fear"}]},
        {"people": [{"id": "A b", "name": "A"}]},
        {"people": [{"id": "a", "name": None}]},
        {"designations": [{"subject": "a", "kind": "terorist"}]},
        {"designations": [{"subject": "a", "kind": "terrorist", "lasted": {"about": 20, "almost": 20}}]},
        {"statements": [{"speaker": "a"}]},
        {"statements": [{"speaker": "a", "mode": "direct", "asserts": [{}]}]},
        {"source": {"kind": "article", "title": "T", "site": "s", "text": {"sha256": "0" * 64}}},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(change: dict[str, Value]) -> None:
    broken = {**GOOD, **change}
    assert decode(broken, Document, strict=False)[1] != []
    assert not _valid(broken, schema.facts_schema())


def test_the_schema_explains_fields_and_words() -> None:
    definitions = json.loads(schema.schema_bytes())["$defs"]
    kind = definitions["Organization"]["properties"]["kind"]
    assert kind["enum"] == list(KINDS["Organization"])
    assert kind["markdownEnumDescriptions"] == [DEFINITIONS[term.iri] for term in KINDS["Organization"].values()]
    assert all(definitions[record.__name__]["description"] for record in RECORDS)
    assert definitions["When"]["properties"]["date"]["description"] == "The date that the source gives, in EDTF."
    assert '"null"' not in schema.schema_bytes().decode()
