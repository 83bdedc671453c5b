"""What days a date text allows: the part of EDTF (https://www.loc.gov/standards/datetime/) that facts are written
in."""

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
