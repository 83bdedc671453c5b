"""The fast way through JSON Lines takes nothing that the long way would not take, and reads the same from what it takes."""

import json
import random
from io import BytesIO
from pathlib import Path
from typing import cast

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.facts import constraints
from onrecord.facts.document import Document, Registry
from onrecord.facts.survey import survey
from onrecord.findings import Finding
from onrecord.readers import Limits, Passage, Read, fast, jsonl, read

LIMITS = Limits()
ROOT = Path(__file__).resolve().parents[1]
SOURCE = {"kind": "article", "title": "Ruling", "site": "gazette", "text": {"sha256": "0" * 64, "chars": 5}}


def long_way(passage: Passage) -> Read:
    return jsonl._draft("a.jsonl", passage, LIMITS).read("a.jsonl", LIMITS)


def documents() -> list[dict[str, object]]:
    """The repository's own facts, each file in small pieces, as programs would write them."""
    found: list[dict[str, object]] = []
    for file in sorted((ROOT / "data").rglob("*.yaml")):
        (one,) = read(file.name, file.read_bytes())
        whole = json.loads(msgspec.json.encode(one.document))
        head = {name: value for name, value in whole.items() if not isinstance(value, list)}
        for section, records in whole.items():
            if isinstance(records, list):
                found += [{**head, section: records[start : start + 4]} for start in range(0, len(records), 4)]
    return found


LINKS = [
    {"entry": "alda-list/A.1 b", "exact": True, "reason": "The same flag."},
    {"iri": "https://x.example/a", "reason": "1."},
]
REFUSED = [{"entry": "alda-list/A.2", "reason": "Another flag.", "source": "https://x.example/b"}]
LINKED = {"id": "front", "kind": "armed-group", "name": "Front", "words": "the Front", "same_as": LINKS}
DOCUMENTS = [*documents(), {"source": SOURCE, "organizations": [{**LINKED, "not_same_as": REFUSED}]}]


@pytest.mark.parametrize("number", range(len(DOCUMENTS)))
def test_what_is_right_is_read_fast_and_the_same(number: int) -> None:
    passage = Passage(json.dumps(DOCUMENTS[number], ensure_ascii=False).encode().replace(b'": ', b'":') + b"\n")
    taken = fast.decoded(passage, LIMITS)
    assert taken is not None
    slow = long_way(passage)
    assert slow.faults == []
    assert taken[0] == slow.document
    assert msgspec.json.encode(taken[0]) == msgspec.json.encode(slow.document)


Holder = dict[str | int, object]
ODD: list[object] = [None, "", " ", [], {}, 5, 5.5, True, "2024-02-30", "x" * 50, "a\u202eb", "\x07"]
FIELDS = ["id", "words", "curated", "effects", "date", "nonsense", "unit"]


def mutated(text: str, seed: int) -> str:
    """A line with something about it changed, most often for the worse."""
    chance = random.Random(seed)
    if chance.random() < 0.5:
        return _mistyped(text, chance)
    whole = json.loads(text)
    holder, key = chance.choice(_places(whole))
    match chance.randrange(3):
        case 0:
            del holder[key]
        case 1:
            holder[key] = chance.choice(ODD)
        case _:
            if isinstance(key, str):
                holder[chance.choice(FIELDS)] = holder.pop(key)
    return json.dumps(whole, ensure_ascii=chance.random() < 0.2, separators=(",", ":"))


def _mistyped(text: str, chance: random.Random) -> str:
    match chance.randrange(5):
        case 0:
            return text.replace("{", '{"source": {}, ', 1)
        case 1:
            return text[: chance.randrange(1, len(text))]
        case 2:
            place = chance.randrange(len(text))
            return text[:place] + chance.choice(['"', "\\", ":", "\x00", "é", "\u2028", "\ufffe", "1"]) + text[place:]
        case 3:
            key = chance.choice(["kind", "id", "title", "words", "name"])
            return text.replace(f'"{key}":', f'"{key}": "twice", "{key}"\t:', 1)
        case _:
            return text.replace('":', '" :', chance.randrange(1, 4))


def _places(value: object) -> list[tuple[Holder, str | int]]:
    """Every place below a value: what holds it, and its key there."""
    found: list[tuple[Holder, str | int]] = []
    if isinstance(value, dict | list):
        for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
            found += [(cast(Holder, value), key), *_places(inner)]
    return found


@given(st.integers(0, len(DOCUMENTS) - 1), st.integers(0, 2**32), st.integers(1, 3))
@settings(max_examples=600, deadline=None)
def test_what_is_taken_fast_the_long_way_takes_without_a_finding(number: int, seed: int, times: int) -> None:
    text = json.dumps(DOCUMENTS[number], ensure_ascii=False, separators=(",", ":"))
    for step in range(times):
        try:
            text = mutated(text, seed + step)
        except ValueError:
            break  # no JSON any more
    if "\n" in text:
        return
    passage = Passage(text.encode("utf-8", "surrogatepass"))
    taken = fast.decoded(passage, LIMITS)
    if taken is not None:
        slow = long_way(passage)
        assert [fault.line() for fault in slow.faults] == []
        assert msgspec.json.encode(taken[0]) == msgspec.json.encode(slow.document)


@pytest.mark.parametrize(
    "line",
    [
        '{"source":%s,"source":%s}',
        '{"source":%s,"people":[{"id":"x","name":"X","name"\t:"Y"}]}',
        '{"source":%s,"people":[{"id":"x","name":"X","name" :"Y"}]}',
        '{"source":%s,"people":[{"id":"x","name":"say \\":\\"","name":"Y"}]}',
        '{"source":%s,"figures":[{"counts":"dead","about":12.50}]}',
        '{"source":%s,"people":[{"id":"x","name":"X","group":false}]}',
        '{"source":%s,"people":[{"id":"x","name":"a\\u0007"}]}',
        '{"source":%s,"people":[{"id":"x","name":"\u202ea"}]}',
        '{"source":%s,"events":[{"kind":"no-such-kind"}]}',
        '{"source":%s,"events":[{"kind":"meeting","when":"2024-02-30"}]}',
        '{"source":%s,"events":[{"kind":"meeting","when":5}]}',
        '{"source":%s,"figures":[{"counts":"dead","exactly":-5}]}',
        '{"source":%s,"figures":[{"counts":"dead","exactly":-0}]}',
        '{"source":%s,"figures":[{"counts":"dead","exactly":10000000000000000000000000000000000000000}]}',
        '{"source":%s,"people":[{"id":"x","name":"X","same_as":[{"reason":"r"}]}]}',
        '{"source":%s,"people":[{"id":"x","name":"X","same_as":[{"entry":"l/1","iri":"https://x.example/","reason":"r"}]}]}',
        '{"source":%s,"people":[{"id":"x","name":"X","same_as":[{"entry":"l/1","reason":"…"}]}]}',
        '{"source":%s,"people":[{"id":"x","name":"X","not_same_as":[{"entry":"l","reason":"r"}]}]}',
        '{"source":%s}\x0c\n',
    ],
)
def test_what_is_not_proved_right_goes_the_long_way(line: str) -> None:
    text = line.replace("%s", json.dumps(SOURCE))
    assert fast.decoded(Passage(text.encode()), LIMITS) is None


def test_numbers_are_the_text_that_yaml_has() -> None:
    line = json.dumps({"source": SOURCE, "figures": [{"counts": "dead", "about": 12, "start": 2003}]})
    (fast_one,) = read("a.jsonl", line.encode())
    (slow_one,) = read("a.jsonl", line.replace('": ', '" : ').encode())
    assert fast_one.survey is not None
    assert slow_one.survey is None
    assert msgspec.json.encode(fast_one.document) == msgspec.json.encode(slow_one.document)
    assert b'"about":"12"' in msgspec.json.encode(fast_one.document)


def test_places_are_looked_up_when_somebody_asks() -> None:
    line = json.dumps({"source": SOURCE, "people": [{"id": "x", "name": "X"}, {"id": "y", "name": "Y"}]})
    reads = read("a.jsonl", f"{line}\n\n{line}\n".encode())
    assert [one.survey is not None for one in reads] == [True, True]
    place = reads[1].locate(("people", 1, "name"))
    assert (place.line, place.column) == (3, line.index('"Y"') + 1)


@given(st.integers(0, len(DOCUMENTS) - 1), st.integers(0, 2**32))
@settings(max_examples=300, deadline=None)
def test_a_sound_survey_means_that_no_constraint_is_broken(number: int, seed: int) -> None:
    try:
        tree = json.loads(mutated(json.dumps(DOCUMENTS[number], ensure_ascii=False), seed))
        kind: type[Document | Registry] = Registry if "registry" in tree else Document
        made = msgspec.convert(tree, kind, strict=False)
    except (ValueError, TypeError, RecursionError):
        return
    plain = json.loads(msgspec.json.encode(made))
    broken = list(constraints.flaws(plain, kind))
    found = survey(made)
    if found.sound:
        assert broken == []
    if not broken and not any(isinstance(value, float) for value in _scalars(plain)):
        assert found.sound


def _scalars(value: object) -> list[object]:
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [one for part in inner for one in _scalars(part)]
    return [value]


def test_a_document_begins_at_its_head_and_nowhere_else() -> None:
    head = json.dumps({"source": SOURCE})
    other = json.dumps({"people": [{"id": "x", "name": 'says "source" and "registry"'}]})
    data = f'\n{head}\n{other}\n\n{head}\n{{broken "source"\n{other}'.encode()
    found = list(jsonl.split(BytesIO(data)))
    assert [(passage.offset, passage.line) for passage in found] == [
        (1, 2),
        (len(head) + len(other) + 4, 5),
        (2 * len(head) + len(other) + 5, 6),
    ]
    assert b"".join(passage.data for passage in found) == data[1:]
    assert [len(one.faults) > 0 for one in read("a.jsonl", data)] == [False, False, True]


def test_findings_name_the_line_in_the_file() -> None:
    head = json.dumps({"source": {**SOURCE, "id": "a"}})
    wrong = json.dumps({"source": {**SOURCE, "id": "b"}, "people": [{"id": "X", "name": "x"}]})
    reads = read("a.jsonl", f"{head}\n{head}\n{wrong}\n".encode())
    faults: list[Finding] = [fault for one in reads for fault in one.faults]
    assert [(fault.place.line, fault.code) for fault in faults] == [(3, "pattern")]
