"""Dates as the UN list writes them, as exact as they are there and no more."""

import re

from onrecord.facts.dates import bounds
from onrecord.facts.fields import When

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?")


def day(text: str) -> str:
    """The day of an XML Schema date or dateTime in the offset that it is written with; "" where it is none.

    https://www.w3.org/TR/xmlschema-2/#dateTime: 2020-11-30T20:31:19-05:00 is the 30th, wherever one reads it.
    """
    match = _DAY.fullmatch(text)
    return match[1] if match and _is_date(match[1]) else ""


def birth(parts: dict[str, str]) -> str | When | None:
    """A date of birth from the parts of its element, by their names: in EDTF as far as it goes, what goes no further in
    the list's words. None where all of them are empty."""
    given = {tag: text for tag, text in parts.items() if text}
    how = given.pop("TYPE_OF_DATE", "")
    if not given:
        return None
    note = given.pop("NOTE", "")
    about = "~" if "APPROXIMATELY" in (how.upper(), note.upper()) else ""
    if how == "BETWEEN":
        return _between(given, about, note)
    name = "DATE" if "DATE" in given else "YEAR"
    text = given.get(name, "")
    date = (day(text) if name == "DATE" else text) + about
    if how not in {"EXACT", "APPROXIMATELY", ""} or not _is_date(date):
        return When(said=_said(note, {"TYPE_OF_DATE": how, **given}))
    del given[name]
    said = _said(note, given)
    return When(date=date, said=said) if said else date


def _between(given: dict[str, str], about: str, note: str) -> str | When:
    first, last = (given.get(name, "") for name in ("FROM_YEAR", "TO_YEAR"))
    date = f"{first}{about}/{last}{about}"
    both = bool(first and last) and _is_date(date)
    if both:
        said = _said(note, {tag: text for tag, text in given.items() if tag not in {"FROM_YEAR", "TO_YEAR"}})
        return When(date=date, said=said) if said else date
    said = _said(note, {"TYPE_OF_DATE": "BETWEEN", **given})
    if (first and last) or about:
        return When(said=said)
    return When(said=said, earliest=first if _is_date(first) else None, latest=last if _is_date(last) else None)


def _said(note: str, parts: dict[str, str]) -> str | None:
    """The list's words: its note, and each part that no date says, with the name that it has there."""
    rest = [f"{tag} {text}" for tag, text in parts.items() if text]
    return note if note and set(parts) <= {"TYPE_OF_DATE"} else "; ".join(filter(None, (note, *rest))) or None


def _is_date(text: str) -> bool:
    try:
        bounds(text)
    except ValueError:
        return False
    return True
