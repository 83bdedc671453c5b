"""The description of the tables: CSV on the Web (https://www.w3.org/TR/tabular-metadata/)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import msgspec

from onrecord.ntriples import text_of
from onrecord.tables.columns import SEPARATOR, Column, Table
from onrecord.tables.kinds import TABLES
from onrecord.vocabulary.context import properties

Json: TypeAlias = "str | bool | list[Json] | dict[str, Json]"

NAME = "csv-metadata.json"
"""The file's name, by which readers of CSV on the Web find it (section 5.3 of the model)."""
_DEFINITION = "<http://www.w3.org/2004/02/skos/core#definition>"
_EDTF = r"[0-9XYESTZ:.,/\[\]{}%?~+\-]*"
_DATATYPES: dict[str, Json] = {
    "text": "string",
    "word": "string",
    "address": "anyURI",
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "edtf": {"base": "string", "@id": "http://id.loc.gov/datatypes/edtf/EDTF", "format": _EDTF},
    "integer": "integer",
    "decimal": "decimal",
    "boolean": {"base": "boolean", "format": "true|false"},
}
_ESCAPED = " Several values are separated by |; a | or \\ in a value is escaped by a \\."
_SEPARATED = " Several values are separated by |."


@dataclass(frozen=True)
class About:
    """What the description says of the dataset."""

    title: str
    publisher: str
    licence: str
    language: str


def describe(tables: Iterable[Table], about: About) -> bytes:
    """The description of the tables of an export, as JSON."""
    chosen = list(tables)
    made: dict[str, Json] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": about.title,
        "dc:publisher": about.publisher,
        "dc:license": {"@id": about.licence},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n", "\n"], "header": True, "doubleQuote": True},
        "tables": [_table(table, {each.name for each in chosen}) for table in chosen],
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def _table(table: Table, others: set[str]) -> Json:
    schema: dict[str, Json] = {"columns": [_column(table, column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list[Json](table.key)
    keys: list[Json] = [
        {"columnReference": column, "reference": {"resource": f"{other}.csv", "columnReference": "id"}}
        for column, other in table.links
        if other in others
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {"url": f"{table.name}.csv", "dc:title": table.title, "dc:description": table.text, "tableSchema": schema}


def _column(table: Table, column: Column) -> Json:
    made: dict[str, Json] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": told(column),
        "datatype": _DATATYPES[column.datatype],
    }
    if column.many and not column.escaped:
        made["separator"] = SEPARATOR
    if column.prop:
        made["propertyUrl"] = text_of(column.prop)
    if column.name in table.key:
        made["required"] = True
    return made


def told(column: Column) -> str:
    """How to read a column: what its text says, or else the definition of its property."""
    text = column.text or definitions().get(column.prop, "") or f"{column.name}."
    return text + (_ESCAPED if column.escaped else _SEPARATED if column.many else "")


@cache
def definitions() -> dict[str, str]:
    """The definitions of the vocabulary's properties, from ontology/."""
    return {str(term): text for term, text in _defined() if term in properties()}


def _defined() -> Iterator[tuple[str, str]]:
    import pyoxigraph as ox

    from onrecord.vocabulary import resources

    for file in resources.files("ontology", ".ttl"):
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
            if str(quad.predicate) == _DEFINITION:
                yield str(quad.subject), text_of(str(quad.object))


def names() -> set[str]:
    """The names of all files that an export of tables may have."""
    return {NAME, *(f"{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet"))}
