"""The forms of an answer to a named question, all made from its rows as TSV.

- `json` is plain: a cell is null, a text, a number or a truth value; `columns` tells of which types a column's cells
  are, because an address, a date and a text look alike there.
- `jsonld` is the same rows as a result set (https://www.w3.org/2001/sw/DataAccess/tests/result-set#). A column is a
  property of the question's own, `…/ask/NAME#COLUMN`: a row says what stands in the answer, and claims nothing else.
- `csv`, `tsv`, `srj` and `srx` are the W3C's formats for rows, byte for byte what `kg ask` writes.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from onrecord.server.asking.media import ANSWERS
from onrecord.server.reply import Reply

if TYPE_CHECKING:
    import pyoxigraph as ox

    from onrecord.questions import Question

    Term = ox.NamedNode | ox.Literal | ox.BlankNode

Value = None | bool | str | msgspec.Raw | list["Value"] | dict[str, "Value"]
Cell = None | bool | str | msgspec.Raw

_W3C = {"csv": "csv", "tsv": "tsv", "srj": "json", "srx": "xml"}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DCTERMS = "http://purl.org/dc/terms/"
_RESULT_SET = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_TEXTS = (f"{_XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_DIGITS = 15
"""A decimal number of so many digits is the same in every reader of JSON (RFC 8259, section 6)."""


@dataclass(frozen=True)
class Told:
    """What an answer says of itself: the question, what was given, the SHA-256 of the release that was asked, and the
    base of the dataset's addresses."""

    question: "Question"
    given: dict[str, str]
    release: str
    base: str


def written(form: str, told: Told, rows: bytes) -> Reply:
    """An answer, of which `rows` is the TSV, in a form of ANSWERS."""
    if form == "tsv":
        return Reply(rows, ANSWERS[form])
    if form in _W3C:
        return Reply(_by_engine(rows, _W3C[form]), ANSWERS[form])
    names, read = rows_in(rows)
    value = _linked(told, names, read) if form == "jsonld" else _plain(told, names, read)
    return Reply(msgspec.json.encode(value) + b"\n", ANSWERS[form])


def _by_engine(rows: bytes, form: str) -> bytes:
    import pyoxigraph as ox

    from onrecord.store.writing import ROWS

    read = ox.parse_query_results(rows, ox.QueryResultsFormat.TSV)
    assert isinstance(read, ox.QuerySolutions)
    out = io.BytesIO()
    read.serialize(output=out, format=ROWS[form])
    return out.getvalue()


def rows_in(rows: bytes) -> "tuple[list[str], list[list[Term | None]]]":
    """The columns and the rows of TSV."""
    import pyoxigraph as ox

    read = ox.parse_query_results(rows, ox.QueryResultsFormat.TSV)
    assert isinstance(read, ox.QuerySolutions)
    names = [variable.value for variable in read.variables]
    return names, [[_term(term) for term in solution] for solution in read]


def _term(term: object) -> "Term | None":
    import pyoxigraph as ox

    assert term is None or isinstance(term, (ox.NamedNode, ox.Literal, ox.BlankNode)), "no question answers triples"
    return term


# ── Plain ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _plain(told: Told, names: list[str], rows: "Iterable[list[Term | None]]") -> Value:
    types: dict[str, dict[str, None]] = {name: {} for name in names}
    shown: list[Value] = []
    for row in rows:
        made: dict[str, Value] = {}
        for name, term in zip(names, row, strict=True):
            kind, made[name] = _cell(term)
            if kind:
                types[name][kind] = None
        shown.append(made)
    columns: list[Value] = [{"name": name, "types": [*sorted(kinds)]} for name, kinds in types.items()]
    return {**_head(told), "columns": columns, "rows": shown}


def _head(told: Told) -> dict[str, Value]:
    return {
        "question": told.question.name,
        "summary": told.question.summary,
        "parameters": dict(told.given),
        "release": told.release,
    }


def _cell(term: "Term | None") -> tuple[str, Cell]:
    """The type of a cell, "" for an empty one, and its value. What JSON cannot say as exactly stays a text."""
    import pyoxigraph as ox

    if term is None:
        return "", None
    if not isinstance(term, ox.Literal):
        return "iri", term.value if isinstance(term, ox.NamedNode) else str(term)
    datatype, text = term.datatype.value, term.value
    if datatype in _TEXTS:
        return "text", text
    kind = datatype.removeprefix(_XSD)
    if kind == "boolean" and text in ("true", "false"):
        return kind, text == "true"
    if kind in ("integer", "decimal") and len(text) <= _DIGITS and _NUMBER.fullmatch(text):
        return kind, msgspec.Raw(text.encode())
    return kind, text


# ── Linked ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _linked(told: Told, names: list[str], rows: "Iterable[list[Term | None]]") -> Value:
    """A result set. The context holds all that its words mean: nothing has to be fetched to read it."""
    own = f"{told.base}ask/{told.question.name}"
    context: dict[str, Value] = {
        "@version": msgspec.Raw(b"1.1"),
        "rs": _RESULT_SET,
        "xsd": _XSD,
        "Answer": "rs:ResultSet",
        "question": {"@id": f"{_DCTERMS}source", "@type": "@id"},
        "summary": f"{_DCTERMS}title",
        "release": f"{own}#release",
        "parameters": {
            "@id": f"{own}#parameters",
            "@context": {each.name: f"{own}#given-{each.name}" for each in told.question.parameters},
        },
        "columns": {"@id": "rs:resultVariable", "@container": "@set"},
        "rows": {
            "@id": "rs:solution",
            "@container": "@list",
            "@context": {name: f"{own}#{name}" for name in names},  # a column may be called as a word of the answer is
        },
    }
    shown: list[Value] = [
        {name: _value(term) for name, term in zip(names, row, strict=True) if term is not None} for row in rows
    ]
    head: dict[str, Value] = {**_head(told), "question": own}
    return {"@context": context, "@type": "Answer", **head, "columns": [*names], "rows": shown}


def _value(term: "Term") -> Value:
    import pyoxigraph as ox

    if not isinstance(term, ox.Literal):
        return {"@id": term.value if isinstance(term, ox.NamedNode) else str(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    return term.value if datatype in _TEXTS else {"@value": term.value, "@type": datatype.replace(_XSD, "xsd:")}
