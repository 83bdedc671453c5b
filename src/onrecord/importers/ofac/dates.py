"""Dates as OFAC's remarks write them: 15 Jan 1955, Jan 1955, 1955, circa 1955, 1929 to 1930."""

import re

from onrecord.facts import dates
from onrecord.facts.fields import When

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: f"{number:02}" for number, name in enumerate(_NAMES, 1)}
_ONE = re.compile(rf"(?:(?:(\d{{2}}) )?({'|'.join(_MONTHS)}) )?(\d{{4}})", re.ASCII)
_RANGE = re.compile(r"(.+?)(?: to |-)(.+)")


def date(said: str) -> str | When:
    """A date in EDTF, or the words alone where EDTF has no date for them: nothing is guessed."""
    about = "~" if said.startswith("circa ") else ""
    plain = said.removeprefix("circa ")
    match = _RANGE.fullmatch(plain)
    ends = match.groups() if match else (plain,)
    try:
        written = "/".join(f"{_edtf(end)}{about}" for end in ends)
        dates.bounds(written)
    except ValueError:
        return When(said=said)
    return written


def _edtf(said: str) -> str:
    """One day, month or year in EDTF. Raises ValueError where the words are no such thing."""
    match = _ONE.fullmatch(said)
    if match is None:
        raise ValueError(said)
    day, month, year = match.groups()
    return "-".join(part for part in (year, _MONTHS.get(month, ""), day) if part)
