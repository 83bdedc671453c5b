"""What days a date text allows: the part of EDTF (https://www.loc.gov/standards/datetime/) that facts are written
in."""

import calendar
import datetime
import re
from functools import lru_cache

_ONE = r"-?[0-9X]{4}(-[0-9]{2}(-[0-9]{2})?)?[~?%]?"
_TAKEN = re.compile(rf"{_ONE}(/{_ONE})?")
EXAMPLES = "2003, 2024-03, 2024-03-22, 2003~ (about), 2003? (uncertain), 200X (the decade), 2016/2025"

Bounds = tuple[datetime.date | None, datetime.date | None]


@lru_cache(maxsize=65_536)
def bounds(text: str) -> Bounds:
    """The earliest and the latest day that a date allows; (None, None) where it is marked as approximate or uncertain.

    Raises ValueError where the text is no date of the kinds we take, or a day that no calendar has.
    """
    if not _TAKEN.fullmatch(text):
        raise ValueError(text)
    plain = _plain_bounds(text)
    if plain is not None:
        return plain
    import edtf  # 0.1 s: only who reads dates pays for it

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


_PLAIN = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)|([0-9]{4})-(0[1-9]|1[0-2])(?:-([0-9]{2}))?", re.ASCII)


def _plain_bounds(text: str) -> Bounds | None:
    """The bounds of a date of the usual forms: a year, month, day, decade or century, marked or from one to another.

    None for all others. The library parses a date in four milliseconds, which for the dates of 100,000 articles would
    be longer than everything else; the tests hold that both say the same.
    """
    parts = [_plain_one(part.rstrip("~?%")) for part in text.split("/")]
    first, last = parts[0], parts[-1]
    if first is None or last is None:
        return None
    if any(mark in text for mark in "~?%"):
        return None if "/" in text and "X" in text else (None, None)  # the library takes few of these
    return (first[0], last[1]) if first[0] <= last[1] else None


def _plain_one(text: str) -> tuple[datetime.date, datetime.date] | None:
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    years, year, month, day = match.groups()
    try:
        if years:
            return (
                datetime.date(int(years.replace("X", "0")), 1, 1),
                datetime.date(int(years.replace("X", "9")), 12, 31),
            )
        if day:
            one = datetime.date(int(year), int(month), int(day))
            return one, one
        last = calendar.monthrange(int(year), int(month))[1]
        return datetime.date(int(year), int(month), 1), datetime.date(int(year), int(month), last)
    except ValueError:  # a day that is none of the calendar, or the year 0: the library decides
        return None
