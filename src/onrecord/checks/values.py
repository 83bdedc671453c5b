"""The values of literals: whether a text is one, which of two is greater, what SPARQL makes of them.

Plain numbers, days and texts are understood here, because nearly all values are. Whatever is not plain goes to rdflib,
which is what pySHACL goes by: both agree on every value, and only odd ones cost an import. `Unknown` is SPARQL's error.
"""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from onrecord.checks import odd
from onrecord.checks.odd import Unknown
from onrecord.ntriples import literal, text_of

XSD = "http://www.w3.org/2001/XMLSchema#"
TRUE, FALSE = f'"true"^^<{XSD}boolean>', f'"false"^^<{XSD}boolean>'
_INTEGER_END, _DECIMAL_END, _DATE_END = f'"^^<{XSD}integer>', f'"^^<{XSD}decimal>', f'"^^<{XSD}date>'
_INTEGER = re.compile(r"[+-]?[0-9]{1,300}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,300}(\.[0-9]{1,300})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KNOWN = (f"<{XSD}", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#")
_KEPT = 1 << 15

Plain = int | Decimal | date | str


@lru_cache(_KEPT)
def plain(term: str) -> Plain | None:
    """The value of a plain literal: a number, a day or a text; None for any other term."""
    if not term.startswith('"'):
        return None
    if term.endswith('"'):
        return text_of(term)
    text = term[1 : term.rindex('"')]
    if term.endswith(_INTEGER_END) and _INTEGER.fullmatch(text):
        return int(text)
    if term.endswith(_DECIMAL_END) and _DECIMAL.fullmatch(text):
        return Decimal(text)
    return _day(text) if term.endswith(_DATE_END) and _DATE.fullmatch(text) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(_KEPT)
def is_of(term: str, datatype: str) -> bool:
    """Whether a literal has a datatype (an IRI in angle brackets) and is well formed (sh:datatype)."""
    if not term.startswith('"'):
        return False
    end = term[term.rindex('"') + 1 :]
    if datatype == f"<{XSD}string>":
        return not end
    if end.startswith("@"):
        return datatype == "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"
    if end != f"^^{datatype}":
        return False
    # A datatype that rdflib does not know, such as EDTF's, has no ill-formed texts.
    return not datatype.startswith(_KNOWN) or plain(term) is not None or odd.is_well_formed(term)


_NUMBERS = (int, Decimal)


def less(one: Plain | None, other: Plain | None) -> bool | None:
    """Whether a plain value is less than another; None where they are not of one kind, or not plain."""
    if isinstance(one, str) and isinstance(other, str):
        return one < other
    if isinstance(one, _NUMBERS) and isinstance(other, _NUMBERS):
        return one < other
    if isinstance(one, date) and isinstance(other, date):
        return one < other
    return None


@lru_cache(_KEPT)
def compare(operator: str, one: str, other: str) -> bool:
    """SPARQL's = != < > <= >= of two terms. Raises Unknown where they cannot be compared."""
    if operator in ("=", "!="):
        if not (one.endswith(">") and other.endswith(">") and one[0] == other[0] == '"'):
            return (one == other) is (operator == "=")  # at least one is an IRI, a blank node or has no datatype
        left, right = plain(one), plain(other)
        if less(left, right) is None:
            return odd.compare(operator, one, other)
        return (left == right) is (operator == "=")
    if not (one.startswith('"') and other.startswith('"')):
        raise Unknown
    left, right = plain(one), plain(other)
    if operator in ("<", ">="):
        found = less(left, right)
        return odd.compare(operator, one, other) if found is None else found is (operator == "<")
    found = less(right, left)
    return odd.compare(operator, one, other) if found is None else found is (operator == ">")


def is_true(term: str | None) -> bool:
    """The effective boolean value (https://www.w3.org/TR/sparql11-query/#ebv). Raises Unknown where there is none."""
    if term is None or not term.startswith('"'):
        raise Unknown
    if term in (TRUE, FALSE):
        return term == TRUE
    value = plain(term)
    if isinstance(value, (str, *_NUMBERS)):
        return bool(value)
    return odd.is_true(term)


def boolean(value: bool) -> str:
    """A boolean as a term."""
    return TRUE if value else FALSE


def integer(value: int) -> str:
    """A whole number as a term."""
    return f'"{value}"^^<{XSD}integer>'


def language_of(term: str) -> str:
    """The language of a literal, "" for none."""
    end = term[term.rindex('"') + 1 :] if term.startswith('"') else ""
    return end[1:] if end.startswith("@") else ""


def string(term: str | None) -> str:
    """The text of a string, with or without a language. Raises Unknown for anything else."""
    if term is None or not term.startswith('"') or term.endswith(">"):
        raise Unknown
    return text_of(term)


def like(text: str, term: str) -> str:
    """A text as a string of the same language as another."""
    return literal(text, language=language_of(term))
