"""Rows of an answer are counted as they go by, however the engine cuts what it writes into pieces."""

import io
from typing import BinaryIO, cast

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import QueryRefused
from onrecord.server.sparql.answering import Counted
from onrecord.store import writing

_STORE = ox.Store()
_TEXTS = st.lists(
    st.none() | st.sampled_from(["", "a", '"', "\n", "\r\n", ",", '"\n"', "<result>", "x" * 50]), max_size=12
)


def _written(texts: list[str | None], form: str) -> bytes:
    rows = " ".join(f"({_term(text)} {_term(None)})" for text in texts)
    result = _STORE.query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {rows} }} }}")
    assert isinstance(result, ox.QuerySolutions)
    return result.serialize(format=writing.ROWS[form]) or b""


def _term(text: str | None) -> str:
    return "UNDEF" if text is None else str(ox.Literal(text))


@pytest.mark.parametrize("form", sorted(writing.ROWS))
@given(texts=_TEXTS, cuts=st.lists(st.integers(1, 40), max_size=30), most=st.integers(1, 12))
def test_as_many_rows_pass_as_are_allowed(form: str, texts: list[str | None], cuts: list[int], most: int) -> None:
    written, out = _written(texts, form), io.BytesIO()
    counted, place = Counted(cast(BinaryIO, out), form, most), 0
    try:
        for size in [*cuts, len(written) + 1]:
            counted.write(written[place : place + size])
            place += size
    except QueryRefused:
        assert len(texts) > most
    else:
        assert out.getvalue() == written
        assert len(texts) <= most


def test_a_text_in_json_may_count_as_rows_and_never_hides_any() -> None:
    written = _written(["},{"] * 3, "json")
    for most in (1, 2, 3):
        with pytest.raises(QueryRefused):
            Counted(cast(BinaryIO, io.BytesIO()), "json", most).write(written)
