"""The line of a finding: one line, all of it visible, whatever the words in it are."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.findings import Finding, Place, ordered


def _line(message: str = "m", hint: str = "", file: str = "a.yaml") -> str:
    return Finding(Place(file, 1, 2), "violation", "code", message, hint).line()


def test_a_line_has_place_severity_message_hint_and_code() -> None:
    assert _line("wrong", "mend it") == "a.yaml:1:2: error: wrong — mend it [code]"
    assert Finding(Place("a.yaml"), "info", "code", "m").line() == "a.yaml: note: m [code]"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\nb.yaml:1:1: error: forged", r"a\u000ab.yaml:1:1: error: forged"),
        ("a\r\tb", r"a\u000d\u0009b"),
        ("\x1b[2J\x9b", r"\u001b[2J\u009b"),
        ("a\u202eb\u2066\u061c\u200f", r"a\u202eb\u2066\u061c\u200f"),
        ("a\u2028b\u2029\x85", r"a\u2028b\u2029\u0085"),
        ("\ufeff\u200b\u00ad\ud800", r"\ufeff\u200b\u00ad\ud800"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_what_is_not_printable_is_escaped_wherever_it_stands(text: str, seen: str) -> None:
    assert _line(message=text) == _line(message=seen)
    assert _line(hint=text) == _line(hint=seen)
    assert _line(file=text) == _line(file=seen)
    assert seen in _line(message=text)


@pytest.mark.parametrize("text", ["“a” 'b' \"c\" — \\n", "Алда 日本 ألدا", "می\u200cخواهم", "क्\u200dष", "é 😀"])
def test_what_people_write_stays(text: str) -> None:
    assert f": {text} [code]" in _line(message=text)


@given(st.text(st.characters()), st.text(st.characters()), st.text(st.characters()))
def test_no_line_has_anything_invisible(message: str, hint: str, file: str) -> None:
    line = _line(message, hint, file)
    assert len(line.splitlines()) == 1
    assert line.replace("\u200c", "").replace("\u200d", "").isprintable()
    assert not {unicodedata.bidirectional(c) for c in line} & {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }


def test_the_message_itself_stays_for_formats_that_escape() -> None:
    assert Finding(Place("a"), "warning", "code", "a\nb").message == "a\nb"


def test_findings_come_in_order_and_once() -> None:
    second, first = (Finding(Place("a", n), "info", "c", "m") for n in (2, 1))
    assert ordered([second, first, second]) == [first, second]
