"""SPARQL's functions on terms (https://www.w3.org/TR/sparql11-query/#SparqlOps). `Unknown` is its error."""

import re
from collections.abc import Callable, Iterator

from onrecord.checks import values
from onrecord.checks.odd import Unknown
from onrecord.ntriples import literal, text_of

_XSD_STRING = f"<{values.XSD}string>"
_LANG_STRING = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"
_DERIVED = "nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger unsignedLong unsignedInt"
_NUMERIC = frozenset(
    f"<{values.XSD}{name}>"
    for name in f"float double decimal integer {_DERIVED} unsignedShort unsignedByte long int short byte".split()
)


def _compatible(one: str, other: str) -> Iterator[str]:
    yield values.string(one)
    yield values.string(other)
    if values.language_of(other) not in ("", values.language_of(one)):
        raise Unknown


def _contains(*given: str) -> str:
    text, part = _compatible(*given)
    return values.boolean(part in text)


def _starts(*given: str) -> str:
    text, part = _compatible(*given)
    return values.boolean(text.startswith(part))


def _ends(*given: str) -> str:
    text, part = _compatible(*given)
    return values.boolean(text.endswith(part))


def _str(*given: str) -> str:
    (term,) = given
    if term.startswith('"'):
        return term[: term.rindex('"') + 1]
    return f'"{term[2:] if term.startswith("_:") else term[1:-1]}"'


def _datatype(*given: str) -> str:
    (term,) = given
    if not term.startswith('"'):
        raise Unknown
    end = term[term.rindex('"') + 1 :]
    if not end:
        return _XSD_STRING
    return _LANG_STRING if end.startswith("@") else end[2:]


def _lang(*given: str) -> str:
    (term,) = given
    if not term.startswith('"'):
        raise Unknown
    return literal(values.language_of(term))


def _matches(*given: str) -> str:
    tag, wanted = (values.string(term) for term in given)
    if not tag:
        return values.FALSE
    return values.boolean(_in_range(wanted.strip().lower().split("-"), tag.strip().lower().split("-")))


def _in_range(wanted: list[str], given: list[str]) -> bool:
    """Basic filtering (RFC 4647, section 3.3.1), with wildcards between, as rdflib has it."""
    return len(wanted) <= len(given) and all(one in ("*", other) for one, other in zip(wanted, given, strict=False))


def _regex(*given: str) -> str:
    text, pattern, *rest = given
    flags = 0
    for flag in text_of(rest[0]) if rest else "":
        flags |= {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE}.get(flag, 0)
    try:
        return values.boolean(re.search(values.string(pattern), values.string(text), flags) is not None)
    except re.error as error:
        raise Unknown from error


def _is_numeric(*given: str) -> str:
    (term,) = given
    return values.boolean(term.startswith('"') and term[term.rindex('"') + 3 :] in _NUMERIC)


def _concat(*given: str) -> str:
    languages = {values.language_of(term) for term in given}
    return literal("".join(map(values.string, given)), language=languages.pop() if len(languages) == 1 else "")


FUNCTIONS: dict[str, Callable[..., str]] = {
    "STR": _str,
    "LANG": _lang,
    "DATATYPE": _datatype,
    "LANGMATCHES": _matches,
    "REGEX": _regex,
    "CONCAT": _concat,
    "CONTAINS": _contains,
    "STRSTARTS": _starts,
    "STRENDS": _ends,
    "STRLEN": lambda *given: values.integer(len(values.string(given[0]))),
    "LCASE": lambda *given: values.like(values.string(given[0]).lower(), given[0]),
    "UCASE": lambda *given: values.like(values.string(given[0]).upper(), given[0]),
    "isIRI": lambda *given: values.boolean(given[0].startswith("<")),
    "isBLANK": lambda *given: values.boolean(given[0].startswith("_:")),
    "isLITERAL": lambda *given: values.boolean(given[0].startswith('"')),
    "isNUMERIC": _is_numeric,
    "sameTerm": lambda *given: values.boolean(given[0] == given[1]),
}
"""By their names in plans: from the values of all arguments. Raise Unknown."""
