"""Which literals a datatype allows (dt-not-type of OWL 2 Profiles, section 4.3; XML Schema part 2).

Datatypes that are not known here, such as EDTF, allow everything: the shapes check those.
"""

import calendar
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from onrecord.ntriples import text_of
from onrecord.rules.axioms import RDF, RDFS, XSD
from onrecord.vocabulary.term import LANG_STRING

_ZONE = r"(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_DAY = r"-?([1-9]\d{3,}|0\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"(([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?|24:00:00(\.0+)?)"
_DECIMAL = r"[+-]?(\d+(\.\d*)?|\.\d+)"
_FORMS: dict[str, re.Pattern[str]] = {
    f"{XSD}{name}": re.compile(form, re.ASCII)
    for name, form in {
        "boolean": "true|false|0|1",
        "decimal": _DECIMAL,
        "integer": r"[+-]?\d+",
        "double": rf"{_DECIMAL}([eE][+-]?\d+)?|[+-]?INF|NaN",
        "float": rf"{_DECIMAL}([eE][+-]?\d+)?|[+-]?INF|NaN",
        "date": _DAY + _ZONE,
        "dateTime": f"{_DAY}T{_TIME}{_ZONE}",
        "dateTimeStamp": f"{_DAY}T{_TIME}{_ZONE[:-1]}",
        "time": _TIME + _ZONE,
        "hexBinary": r"([0-9a-fA-F]{2})*",
    }.items()
}
_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    f"{XSD}{name}": bounds
    for name, bounds in {
        "integer": (None, None),
        "nonNegativeInteger": (0, None),
        "positiveInteger": (1, None),
        "nonPositiveInteger": (None, 0),
        "negativeInteger": (None, -1),
        "long": (-(2**63), 2**63 - 1),
        "int": (-(2**31), 2**31 - 1),
        "short": (-(2**15), 2**15 - 1),
        "byte": (-128, 127),
        "unsignedLong": (0, 2**64 - 1),
        "unsignedInt": (0, 2**32 - 1),
        "unsignedShort": (0, 2**16 - 1),
        "unsignedByte": (0, 255),
    }.items()
}
_FORMS |= dict.fromkeys(_BOUNDS, _FORMS[f"{XSD}integer"])
_TEXTS = frozenset(
    f"{XSD}{name}" for name in ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")
)
_WORDS = {
    f"{XSD}string": "a text without a language",
    LANG_STRING: "a text with its language",
    f"{XSD}integer": "a whole number",
    f"{XSD}decimal": "a number",
    f"{XSD}date": "a date",
}


def words_of(datatype: str) -> str:
    """A datatype (a term) as a person calls it."""
    name = datatype[1:-1]
    return _WORDS.get(name, f"a value of the type {re.split('[#/]', name)[-1]}")


def datatype_of(term: str) -> str:
    """The datatype of a literal, as an IRI without angle brackets."""
    if term.endswith('"'):
        return f"{XSD}string"
    return term[term.rindex('"^^<') + 4 : -1] if term.endswith(">") else LANG_STRING


def ill_formed(term: str) -> bool:
    """Whether a literal's text is not one that its own datatype allows: 30 February, a number in letters."""
    if not term.endswith(">"):
        return False
    name, text = datatype_of(term), text_of(term)
    form = _FORMS.get(name)
    if form is None:
        return False
    if not form.fullmatch(text):
        return True
    if name in _BOUNDS:
        return not _within(Decimal(text), name)
    return name in _DATED and not _on_the_calendar(text)


def outside(term: str, datatype: str) -> bool:
    """Whether a term, well formed in itself, cannot be a value of a datatype (a term). A node never can."""
    wanted = datatype[1:-1]
    if not term.startswith('"'):
        return True
    given = datatype_of(term)
    if wanted in (given, f"{RDFS}Literal") or _family(wanted) is None or _family(given) is None:
        return False
    if wanted == f"{RDF}PlainLiteral":
        return _family(given) not in ("text", "language")
    if _family(given) != _family(wanted):
        return True
    return wanted in _BOUNDS and not _within(_number(term), wanted)


_DATED = frozenset(f"{XSD}{name}" for name in ("date", "dateTime", "dateTimeStamp"))
_FAMILIES: dict[str, str] = {
    **dict.fromkeys((*_BOUNDS, f"{XSD}decimal"), "number"),
    **dict.fromkeys(_TEXTS, "text"),
    **{
        f"{XSD}{name}": name
        for name in ("boolean", "double", "float", "date", "time", "hexBinary", "base64Binary", "anyURI")
    },
    f"{XSD}dateTime": "dateTime",
    f"{XSD}dateTimeStamp": "dateTime",
    LANG_STRING: "language",
    f"{RDF}PlainLiteral": "plain",
    f"{RDF}XMLLiteral": "markup",
}
_family: Callable[[str], str | None] = _FAMILIES.get


def _number(term: str) -> Decimal:
    try:
        return Decimal(text_of(term))
    except InvalidOperation:
        return Decimal("NaN")


def _within(number: Decimal, datatype: str) -> bool:
    low, high = _BOUNDS[datatype]
    # to_integral_value keeps numbers of any length as they are, which int() refuses beyond 4,300 digits.
    if number.is_nan():
        return True  # found as ill formed already
    whole = number == number.to_integral_value()
    return whole and (low is None or number >= low) and (high is None or number <= high)


def _on_the_calendar(text: str) -> bool:
    year, month, day = text.removeprefix("-").split("-", 2)
    # The calendar repeats after 400 years; XML Schema 1.1 has a year 0, and counts years before it with a minus.
    number = int(year[-4:]) % 400
    number = -number % 400 if text.startswith("-") else number
    return int(day[:2]) <= calendar.monthrange(number or 400, int(month))[1]
