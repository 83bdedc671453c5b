"""Dates: what our own reading of the usual forms says, the EDTF library says as well."""

import datetime

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.facts import dates

YEARS = st.sampled_from(
    ["2003", "0000", "0001", "9999", "1900", "2000", "2024", "200X", "20XX", "000X", "XXXX", "2X03"]
)
MONTHS = st.sampled_from(["01", "02", "04", "12", "13", "00", "21", "24"])
DAYS = st.sampled_from(["01", "28", "29", "30", "31", "32", "00"])
PLAIN = YEARS | st.builds("{}-{}".format, YEARS, MONTHS) | st.builds("{}-{}-{}".format, YEARS, MONTHS, DAYS)
ONE = st.builds("{}{}".format, PLAIN, st.sampled_from(["", "", "~", "?", "%"]))
TEXTS = ONE | st.builds("{}/{}".format, ONE, ONE)


def of_library(text: str) -> dates.Bounds:
    try:
        parsed = edtf.parse_edtf(text)
    except edtf.EDTFParseException as error:
        raise ValueError(text) from error
    if any(mark in text for mark in "~?%"):
        return None, None
    first, last = parsed.lower_strict(), parsed.upper_strict()
    if not (first.tm_year > 0 and last.tm_year > 0) or tuple(first)[:3] > tuple(last)[:3]:
        raise ValueError(text)
    return datetime.date(*first[:3]), datetime.date(*last[:3])


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_dates_are_read_as_the_library_reads_them(text: str) -> None:
    try:
        expected = of_library(text)
    except ValueError:
        with pytest.raises(ValueError, match=r".*"):
            dates.bounds(text)
    else:
        assert dates.bounds(text) == expected


@pytest.mark.parametrize(
    "text", ["2003", "2024-02", "2024-02-29", "200X", "19XX", "2003~", "2016/2025", "2003-05/2004%"]
)
def test_the_usual_forms_do_without_the_library(text: str) -> None:
    assert dates._plain_bounds(text) == of_library(text)
