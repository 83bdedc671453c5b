"""Bytes → facts: what is right is read, and every fault is one finding with its place."""

import json
from collections.abc import Callable

import msgspec
import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.facts.document import Document, Registry
from onrecord.facts.fields import When
from onrecord.findings import Finding, Place
from onrecord.readers import READERS, Limits, Read, read
from onrecord.readers import yaml as yaml_reader
from onrecord.readers.json_line import scanned

HEAD = "source: {kind: article, title: Court ends ban, site: harbour-gazette, text: {path: ban.txt}}\n"
SOURCE = {"kind": "article", "title": "Court ends ban", "site": "harbour-gazette", "text": {"path": "ban.txt"}}
LINE = json.dumps({"source": SOURCE}) + "\n"
FILE = "a.yaml"


@pytest.fixture(params=["C", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both of PyYAML's parsers: an installation may lack the one in C."""
    if request.param == "pure":
        monkeypatch.setattr(yaml_reader, "_LOADER", pyyaml.SafeLoader)
    return str(request.param)


def _one(text: str | bytes, name: str = FILE, limits: Limits = Limits()) -> Read:  # noqa: B008
    reads = read(name, text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"), limits)
    assert len(reads) == 1
    for fault in reads[0].faults:
        assert fault.place.file == name
        assert "\n" not in fault.line()
        assert fault.broken == (fault.severity == "violation")
    return reads[0]


def _places(result: Read) -> list[tuple[int, int, str]]:
    return [(fault.place.line, fault.place.column, fault.code) for fault in result.faults]


GOOD = """\
# yaml-language-server: $schema=../schema/facts.json
source:
  kind: article
  title: "Court ends ban: “Northern Front” is free"
  site: harbour-gazette
  text: {sha256: 0000000000000000000000000000000000000000000000000000000000000000, chars: 4210}

organizations:
  - {id: no, kind: state, name: Norway}
designations:
  - id: nf
    subject: [northern-front, no]
    kind: terrorist-organization
    start: {date: 2009, words: banned since 2009}
    called: >
      a "terrorist"
      group
"""


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "change", [lambda s: s, lambda s: "\ufeff" + s, lambda s: s.replace("\n", "\r\n")], ids=["plain", "bom", "crlf"]
)
def test_yaml_is_read(change: Callable[[str], str]) -> None:
    result = _one(change(GOOD))
    assert result.faults == []
    assert isinstance(result.document, Document)
    assert result.document.source.text.chars == 4210
    assert result.document.organizations[0].id == "no"
    assert result.document.designations[0].start == When(date="2009", words="banned since 2009")
    assert result.document.designations[0].called == 'a "terrorist" group\n'
    assert result.kept == {"organizations": [0], "designations": [0]}


@pytest.mark.usefixtures("parser")
def test_values_are_found_by_their_pointers() -> None:
    locate = _one(GOOD).locate
    assert locate(("source", "title")) == Place(FILE, 4, 10)
    assert locate(("organizations", 0, "kind")) == Place(FILE, 9, 20)
    assert locate(("designations", 0, "subject", 1)) == Place(FILE, 12, 31)
    assert locate(("designations", 0, "start", "date")) == Place(FILE, 14, 19)
    assert locate(("designations", 0, "start", "earliest", 3)) == Place(FILE, 14, 12)  # the nearest thing around it
    assert locate(("designations", 7)) == Place(FILE, 11, 3)
    assert locate(()) == Place(FILE, 2, 1)


def test_columns_count_code_points() -> None:
    result = _one(HEAD + 'people: [{id: x, name: "😀é", rol: y}]')
    assert _places(result) == [(2, 35, "unknown-field")]


@pytest.mark.usefixtures("parser")
def test_one_broken_record_costs_no_other() -> None:
    text = (
        HEAD
        + "people:\n  - {id: a, name: A}\n  - {id: b, nam: B}\n  - {id: c, name: C}\n  - x\n"
        + "places: [{id: q, kind: cty, name: Q}]\n"
    )
    result = _one(text)
    assert isinstance(result.document, Document)
    assert [person.id for person in result.document.people] == ["a", "c"]
    assert result.kept == {"people": [0, 2], "places": []}
    assert result.lost == {"b", "q"}
    assert _places(result) == [(4, 18, "unknown-field"), (6, 5, "type"), (7, 24, "unknown-word")]
    assert result.locate(("people", result.kept["people"][1], "name")) == Place(FILE, 5, 19)


def test_the_registry_is_read() -> None:
    result = _one(
        "registry: States\norganizations: [{id: alda, kind: state, name: Alda}]\nstatements: []\n", "states.yml"
    )
    assert isinstance(result.document, Registry)
    assert result.document.organizations[0].id == "alda"
    assert _places(result) == [(3, 13, "unknown-field")]
    assert "move it to a file of facts" in result.faults[0].hint


def test_facts_are_checked_even_where_the_source_has_a_fault() -> None:
    result = _one(HEAD.replace("title", "languag: en, title") + "people: [{id: a, name: A}]")
    assert isinstance(result.document, Document)
    assert _places(result) == [(1, 34, "unknown-field")]
    assert _one(HEAD.replace("site:", "sight:") + "people: [{id: A, name: A}]").document is None


YAML_FAULTS: list[tuple[str, int, int, str, str]] = [
    ("people: [{id: x, name: &n A}]", 2, 24, "anchor", "&n"),
    ("people: [{id: x, name: *n}]", 2, 24, "alias", "*n"),
    ("people: [{id: x, name: !!str A}]", 2, 24, "tag", "tag:yaml.org,2002:str"),
    ("people: !set [{id: x, name: A}]", 2, 9, "tag", "!set"),
    ("people: [{id: x, name: A, id: y}]", 2, 27, "duplicate-key", "the first is in line 2"),
    ("source: {}", 2, 1, "duplicate-key", "the first is in line 1"),
    ("<<: {people: []}", 2, 1, "merge-key", "merge keys"),
    ("? [people]\n: []", 2, 3, "complex-key", "must be plain text"),
    ("? {people: x}\n: []", 2, 3, "complex-key", "must be plain text"),
    ("~: []", 2, 1, "no-key", "without a name"),
    ("people: [{id: x, name: }]", 2, 24, "no-value", "`name` has no value"),
    ("people: [{id: x, name: null}]", 2, 24, "no-value", "`name` has no value"),
    ("people: ~", 2, 9, "no-value", "`people` has no value"),
    ("people:\n  -\n", 3, 4, "type", "found nothing"),
    ("people: [{id: x, name: A, other_names: [~]}]", 2, 41, "no-value", "this item has no value"),
    ("people: A", 2, 9, "type", "expected a list, but found text"),
    ("people: {id: x}", 2, 9, "type", "expected a list, but found fields"),
    ("--- \npeople: []", 2, 1, "second-document", "one file holds one"),
    ("...\npeople: []", 3, 1, "syntax", "one file holds one"),
    ("people: [{id: x, name: A\x00}]", 2, 25, "character", "U+0000"),
    ("people: [{id: x, name: A\x1b}]", 2, 25, "character", "U+001B"),
    ("people: [{id: x, name: A\u0085}]", 2, 25, "character", "U+0085"),
    ("people: [{id: x, name: A\u2028B}]", 2, 25, "character", "U+2028 LINE SEPARATOR"),
    ("people: [{id: x, name: A\ufffe}]", 2, 25, "character", "U+FFFE"),
    ("people: [{id: x, name: A\U0001fffe}]", 2, 25, "character", "U+1FFFE"),
    ('people: [{id: x, name: "A\\x07"}]', 2, 24, "character", "U+0007"),
    ('people: [{id: x, name: "A\\u202e"}]', 2, 24, "character", "U+202E RIGHT-TO-LEFT OVERRIDE"),
    ("people: [{id: x, name: A\u202eB}]", 2, 25, "character", "reorders"),
    ("people: []  # \u2066", 2, 15, "character", "U+2066"),
    ("people: @x", 2, 9, "syntax", "quotation marks"),
    ("people:\n\t- x", 3, 1, "syntax", "there is a tab here"),
    ('people: "x', 2, 9, "syntax", "never closed"),
    ("people: [{id: x}", 2, 9, "syntax", "not closed"),
    ("people: x: y", 2, 10, "syntax", "colon"),
    ("people: - x", 2, 9, "syntax", "a list cannot begin here"),
    ('people: "\\q"', 2, 10, "syntax", "backslash"),
    ("people: 'it's'", 2, 13, "syntax", "double a '"),
    ("people: []\n- x", 3, 1, "syntax", "indent"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "code", "words"), YAML_FAULTS)
def test_a_yaml_fault_is_one_finding_with_its_place(text: str, line: int, column: int, code: str, words: str) -> None:
    result = _one(HEAD + text)
    assert _places(result) == [(line, column, code)]
    assert words in result.faults[0].line()
    assert result.document is not None or code == "syntax"


@pytest.mark.parametrize(("text", "line", "column", "code", "words"), YAML_FAULTS)
def test_the_pure_parser_finds_the_same_lines(
    text: str, line: int, column: int, code: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_reader, "_LOADER", pyyaml.SafeLoader)
    result = _one(HEAD + text)
    assert [(found, kind) for found, _, kind in _places(result)] == [(line, code)]


def test_a_surrogate_is_refused() -> None:
    assert _places(_one(HEAD + 'people: [{id: x, name: "\\ud800"}]'))[0][0] == 2
    assert _places(_one(HEAD + "people: [{id: x, name: \ud800}]")) == [(2, 24, "encoding")]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty-file", "empty"),
        (b"# nothing\n", "empty-file", "empty"),
        (b"---\n", "empty-file", "empty"),
        (b"- a\n", "type", "the file is a list"),
        (b"hello\n", "type", "the file is text 'hello'"),
        ("source: x".encode("utf-16"), "encoding", "UTF-16"),
        ("source: x".encode("utf-16-be"), "encoding", "UTF-16"),
        ("source: x".encode("utf-32"), "encoding", "UTF-32"),
        (b"title: caf\xe9", "encoding", "byte 0xE9 at offset 10"),
        (b"people: []", "no-source", "neither `source` nor `registry`"),
        (b"source:", "no-value", "`source` has no value"),
        (b"source: []", "type", "found a list"),
    ],
)
def test_a_file_without_facts_says_why(data: bytes, code: str, words: str) -> None:
    result = _one(data)
    assert result.document is None
    assert [fault.code for fault in result.faults] == [code]
    assert words in result.faults[0].message
    assert result.faults[0].place.line == 1
    assert result.faults[0].hint


BOMB = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n"


def test_aliases_are_refused_and_not_followed() -> None:
    result = _one(HEAD + BOMB)
    assert {fault.code for fault in result.faults} >= {"anchor", "alias"}
    assert sum(fault.code == "alias" for fault in result.faults) == 6


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("nesting", ["[" * 3_000, "{a: " * 3_000, "- " * 3_000])
def test_deep_nesting_is_refused(nesting: str) -> None:
    result = _one("source:\n  " + nesting)
    assert [fault.code for fault in result.faults] == ["too-large"]
    assert "the limit depth is 64" in result.faults[0].message
    assert result.faults[0].place.line == 2


@pytest.mark.parametrize(
    ("limits", "name", "text", "words"),
    [
        (Limits(file_bytes=50), FILE, HEAD, "file_bytes is 50"),
        (Limits(depth=2), FILE, HEAD + "people: [{id: a, name: {text: A}}]", "depth is 2"),
        (Limits(value_chars=10), FILE, HEAD, "value_chars is 10"),
        (Limits(records=1), FILE, HEAD + "people: [{id: a, name: A}, {id: b, name: B}]", "records is 1"),
        (Limits(file_bytes=50), "a.jsonl", LINE, "file_bytes is 50"),
        (Limits(line_bytes=50), "a.jsonl", LINE, "line_bytes is 50"),
        (Limits(depth=2), "a.jsonl", LINE + '{"people": [{"id": "a", "name": {"text": "A"}}]}', "depth is 2"),
        (Limits(value_chars=10), "a.jsonl", LINE, "value_chars is 10"),
        (Limits(records=0), "a.jsonl", LINE + '{"people": [{"id": "a", "name": "A"}]}', "records is 0"),
    ],
)
def test_a_limit_is_named_with_the_way_to_raise_it(limits: Limits, name: str, text: str, words: str) -> None:
    found = [fault for fault in _one(text, name, limits).faults if fault.code == "too-large"]
    assert found
    assert words in found[0].message
    assert "under [limits] in kg.toml" in found[0].hint


def test_an_unknown_ending_is_a_finding() -> None:
    assert _places(_one("x", "facts.txt")) == [(0, 0, "unknown-format")]
    assert ".yaml, .yml, .jsonl" in _one("x", "facts").faults[0].hint
    assert list(READERS) == [".yaml", ".yml", ".jsonl"]


# JSON Lines


def _lines(*values: object, head: str = LINE) -> str:
    return head + "".join(json.dumps(value) + "\n" for value in values)


def test_json_lines_continue_a_document() -> None:
    text = _lines(
        {"people": [{"id": "a", "name": "A"}]},
        {"people": [{"id": "b", "nam": "B"}, {"id": "c", "role": "c"}], "places": []},
    )
    result = _one(text.replace("\n", "\r\n\r\n", 1), "a.jsonl")
    assert isinstance(result.document, Document)
    assert [person.id for person in result.document.people] == ["a", "c"]
    assert result.kept == {"people": [0, 2], "places": []}
    assert _places(result) == [(4, 32, "unknown-field")]
    assert result.locate(("people", 2, "role")) == Place("a.jsonl", 4, 58)
    assert result.locate(("people", 0, "nothing")) == Place("a.jsonl", 3, 13)
    assert result.locate(("source", "site")) == Place("a.jsonl", 1, LINE.index('"harbour') + 1)
    assert result.locate(("events", 3)) == Place("a.jsonl", 1, 1)


def test_json_lines_hold_several_documents() -> None:
    text = "".join(
        json.dumps({"source": {**SOURCE, "id": name}, "people": [{"id": "x", "name": "X"}]}) + "\n" for name in "ab"
    )
    reads = read("a.jsonl", text.encode(), Limits())
    assert [r.document.source.id for r in reads if isinstance(r.document, Document)] == ["a", "b"]
    assert [r.faults for r in reads] == [[], []]
    assert reads[1].locate(("people", 0)).line == 2


JSON_FAULTS: list[tuple[str, int, str, str]] = [
    ('{"people": [{"id": "x", "name": "X", "id": "y"}]}', 38, "duplicate-key", "the first is at column 20"),
    ('{"people": [], "people": []}', 16, "duplicate-key", "the first is at column 12"),
    ('{"people": NaN}', 12, "number", "NaN is no number"),
    ('{"people": [-Infinity]}', 13, "number", "-Infinity"),
    ('{"figures": [{"counts": "x", "about": ' + "9" * 5_000 + "}]}", 39, "number", "more than 40 digits"),
    ('{"figures": [{"counts": "x", "about": ' + "9" * 41 + "}]}", 39, "number", "more than 40 digits"),
    ('{"figures": [{"counts": "x", "about": 1e999}]}', 39, "pattern", "write it out in digits"),
    ('{"figures": [{"counts": 1.5, "about": 1}]}', 25, "type", "expected text, but found a number '1.5'"),
    ('{"figures": [{"counts": "x", "about": 1, "id": 1e5}]}', 48, "type", "expected an id, but found a number"),
    ('{"figures": [{"counts": "x", "about": [1.5]}]}', 39, "type", "found a list"),
    ("1.5", 1, "type", "found a number"),
    ('{"figures": [{"counts": 5, "about": 1}]}', 25, "type", "expected text, but found a number '5'"),
    ('{"figures": [{"counts": "x", "about": true}]}', 39, "type", "found true or false"),
    ('{"people": [{"id": "x", "name": "\\ud800"}]}', 33, "character", "half of a surrogate pair"),
    ('{"people": [{"id": "x", "name": "\\udc00\\ud800"}]}', 33, "character", "U+DC00"),
    ('{"people": [{"id": "x", "name": "a\\u0000"}]}', 33, "character", "U+0000"),
    ('{"people": [{"id": "x", "name": "a\\b"}]}', 33, "character", "U+0008"),
    ('{"people": [{"id": "x", "name": "a\\uffff"}]}', 33, "character", "U+FFFF"),
    ('{"people": [{"id": "x", "name": "a\u202e"}]}', 33, "character", "reorders"),
    ('{"people": [{"id": "x", "name": "a\\u202e"}]}', 33, "character", "reorders"),
    ('{"people": [null]}', 13, "type", "found nothing"),
    ('{"people": {}}', 12, "type", "expected a list"),
    ('{"people": []', 14, "syntax", "breaks off"),
    ('{"people": "x', 12, "syntax", "breaks off"),
    ('{"people": [],}', 15, "syntax", "comma too many"),
    ("{'people': []}", 2, "syntax", "double quotation marks"),
    ('{"people": [] "x": 1}', 15, "syntax", "a comma"),
    ('{"people" []}', 11, "syntax", "a colon"),
    ('{"people": tru}', 12, "syntax", "a value"),
    ('{"people": "\\q"}', 13, "syntax", "escape"),
    ('{"people": "\t"}', 13, "syntax", "control character"),
    ('{"people": []} {}', 16, "syntax", "one object a line"),
    ("[1]", 1, "type", "found a list"),
    ('{"people": ' + "[" * 100_000 + "}", 75, "too-large", "depth is 64"),
    ('{"people": "\ud800"}', 13, "encoding", "byte 0xED"),
    ('{"peopel": []}', 12, "unknown-field", "did you mean people"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "column", "code", "words"), JSON_FAULTS)
def test_a_json_fault_is_one_finding_and_costs_no_other_line(text: str, column: int, code: str, words: str) -> None:
    result = _one(_lines() + text + "\n" + _lines({"people": [{"id": "b", "name": "B"}]}, head=""), "a.jsonl")
    assert _places(result) == [(2, column, code)]
    assert words in result.faults[0].line()
    assert isinstance(result.document, Document)
    assert result.document.people[-1].id == "b" or code == "duplicate-key"


DIGITS = ["12.123456789", "0.0000001", "2.50", "37", "9" * 40, "0." + "1" * 38, "0.1000000000000000055"]


@pytest.mark.parametrize("digits", DIGITS)
def test_a_number_keeps_its_digits_in_both_formats(digits: str) -> None:
    yaml = HEAD + f"figures: [{{counts: x, about: {digits}, start: 2003, end: {{date: 2004}}}}]"
    line = f'{{"figures": [{{"counts": "x", "about": {digits}, "start": 2003, "end": {{"date": 2004}}}}]}}'
    document = _one(LINE + line, "a.jsonl").document
    assert isinstance(document, Document)
    about = document.figures[0].about
    assert (type(about), about) == (str, digits)
    assert msgspec.json.encode(document) == msgspec.json.encode(_one(yaml).document)


@pytest.mark.parametrize("digits", ["1e30", "1E-7", "1.5e+2", "1e999", "0." + "1" * 39, "-" + "9" * 40])
def test_a_number_that_would_be_rewritten_is_refused_in_both_formats(digits: str) -> None:
    line = _one(LINE + f'{{"figures": [{{"counts": "x", "about": {digits}}}]}}', "a.jsonl")
    yaml = _one(HEAD + f"figures: [{{counts: x, about: {digits}}}]")
    assert [(fault.code, fault.message, fault.hint) for fault in line.faults] == [
        (fault.code, fault.message, fault.hint) for fault in yaml.faults
    ]
    assert len(line.faults) == 1
    assert ("write it out in digits" in line.faults[0].hint) == ("e" in digits.lower())


def test_whole_numbers_are_numbers_where_only_numbers_go() -> None:
    text = {"source": {**SOURCE, "text": {"path": "ban.txt", "chars": 4210}}}
    document = _one(json.dumps(text), "a.jsonl").document
    assert isinstance(document, Document)
    assert document.source.text.chars == 4210
    assert [f.code for f in _one(json.dumps(text).replace("4210", "4210.0"), "a.jsonl").faults] == ["type"]


@pytest.mark.parametrize("address", ["http://[::1/", "https://x/%zz", "https://x/[a]"])
def test_an_address_that_is_none_is_a_finding_at_its_place(address: str) -> None:
    source = HEAD.replace("site:", f"url: '{address}', site:")
    result = _one(source + "people: [{id: a, name: A}]")
    assert _places(result) == [(1, HEAD.index("site:") + 6, "address")]
    assert isinstance(result.document, Document)
    assert [person.id for person in result.document.people] == ["a"]
    link = {"people": [{"id": "a", "name": "A", "same_as": [{"iri": address, "reason": "seen"}]}]}
    line = json.dumps(link)
    found = _one(LINE + line + "\n" + _lines({"people": [{"id": "b", "name": "B"}]}, head=""), "a.jsonl")
    assert _places(found) == [(2, line.index(json.dumps(address)) + 1, "address")]
    assert isinstance(found.document, Document)
    assert [person.id for person in found.document.people] == ["b"]


def test_no_key_or_value_forges_a_finding() -> None:
    text = HEAD + 'people: [{id: a, name: A, "x\\nb.yaml:1:1: error: forged\\e[2J": y}]\n"\\u202eq": []\n'
    lines = [fault.line() for fault in _one(text).faults]
    assert lines
    assert all(line.startswith(FILE) and line.isprintable() for line in lines)


def test_a_file_that_breaks_off_says_so() -> None:
    result = _one(_lines() + '{"people": [{"id": "a"', "a.jsonl")
    assert "the file breaks off in the middle of this line" in result.faults[0].message
    assert _places(result) == [(2, 23, "syntax")]


def test_a_broken_source_line_is_said_once() -> None:
    result = _one('{"source": {"kind"\n' + _lines({"people": [{"id": "A", "name": "A"}]}, head=""), "a.jsonl")
    assert _places(result) == [(1, 19, "syntax"), (2, 20, "pattern")]


@pytest.mark.parametrize("data", [b"", b"\n\r\n", b"\xef\xbb\xbf"])
def test_an_empty_json_lines_file_says_so(data: bytes) -> None:
    assert [fault.code for fault in _one(data, "a.jsonl").faults] == ["empty-file"]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(JSON_VALUES, st.sampled_from([None, 1]))
@settings(deadline=None)
def test_each_value_of_a_line_has_its_column(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    positions, twice = scanned(text)
    assert twice == []
    decoder = json.JSONDecoder()
    for pointer, at in positions.items():
        inner = value
        for step in pointer:
            assert isinstance(inner, dict | list)
            inner = inner[step] if isinstance(inner, dict) else inner[int(step)]
        assert decoder.raw_decode(text, at)[0] == inner


# Both


@given(st.binary(max_size=200), st.sampled_from([".yaml", ".jsonl"]))
@settings(deadline=None, max_examples=300)
def test_bytes_never_raise(data: bytes, ending: str) -> None:
    _holds(read("a" + ending, data, Limits()))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10_000), st.sampled_from([*"{}[]:,-\"'#&*!|>%@`\n\t\\~?<\x00\ufeff", "\ud800", "- ", ": "])
        ),
        max_size=4,
    )
)
@settings(deadline=None, max_examples=300)
def test_damaged_files_never_raise(damages: list[tuple[int, str]]) -> None:
    for name, text in ((FILE, GOOD), ("a.jsonl", _lines({"people": [{"id": "a", "name": "A"}]}))):
        for place, what in damages:
            at = place % len(text)
            text = text[:at] + what + text[at + 1 :]  # noqa: PLW2901
        _holds(read(name, text.encode("utf-8", "surrogatepass"), Limits()))


def _holds(reads: list[Read]) -> None:
    """No document without facts, and no silence about what could not be read."""
    assert reads
    for one in reads:
        assert one.document is not None or one.faults
        assert all(isinstance(fault, Finding) and "\n" not in fault.line() for fault in one.faults)
        assert one.locate(("people", 0, "name")).file == one.name
        json.dumps(repr(one.document)).encode()


def test_both_formats_give_the_same_document() -> None:
    people = [{"id": "a", "name": "A"}, {"id": "b", "role": "an official"}]
    as_yaml = HEAD + pyyaml.safe_dump({"people": people})
    assert _one(as_yaml).document == _one(_lines({"people": people}), "a.jsonl").document
