"""What a client sends → queries. Clients are many and old: what is meant beyond doubt is taken, all else is told.

Raises QueryError with the place of what is wrong. Sections are those of the specification.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

import msgspec

from onrecord.errors import QueryError
from onrecord.server.reconciliation import kinds

BATCH = 50
"""Queries of a batch, at the most (`batchSize` of the manifest)."""
MOST = 100
"""Candidates of a query, and suggestions at a time, at the most; a client that asks for more gets these."""
_USUAL = 10
_LONGEST = 2_000
"""Characters of a text."""
_PARTS = 30
"""Types, conditions, and values of a condition, at the most."""
_IDS = 500
_FIELDS = 20
_BODY = 1 << 21
_SHOWN = 40

Strictness = Literal["any", "all"]


@dataclass(frozen=True)
class Condition:
    """What an entity should have besides its name: a property, and one or several values. A value that is an entity is
    given by its id."""

    pid: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """A reconciliation query (4.1). `strict` tells whether a candidate has any of the types, or all of them."""

    text: str = ""
    types: tuple[str, ...] = ()
    strict: Strictness = "any"
    limit: int = _USUAL
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Extension:
    """A data extension query (7.3): ids, and properties with their settings."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, dict[str, str]], ...]


class TooMany(QueryError):
    """A batch that is larger than the manifest allows: the specification has a status of its own for it (413)."""


def form(query: str, body: bytes) -> dict[str, str]:
    """The fields of a request: of a form, or else of the query of its address. Of several of a name the last counts."""
    if len(body) > _BODY or len(query) > _BODY:
        raise QueryError(f"a request of more than {_BODY} bytes", hint="send smaller batches")
    try:
        text = body.decode("utf-8") if body else query
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS))
    except UnicodeDecodeError as error:
        raise QueryError("the form is not in UTF-8, or not percent-encoded", hint=_HOW) from error
    except ValueError as error:
        raise QueryError(f"this is no form: {error}", hint=_HOW) from error


_HOW = "send application/x-www-form-urlencoded, with a field `queries` or `extend`"


def queries(text: str) -> dict[str, Query]:
    """A reconciliation query batch (4.1)."""
    batch = _object(_json(text, "queries"), "queries")
    if len(batch) > BATCH:
        raise TooMany(f"{len(batch)} queries in a batch", hint=f"send at most {BATCH} at a time")
    return {key: _query(value, f"query {_told(key)}") for key, value in batch.items()}


def extension(text: str) -> Extension:
    """A data extension query (7.3)."""
    asked = _object(_json(text, "extend"), "extend")
    ids = _list(asked.get("ids"), "ids", _IDS)
    properties = _list(asked.get("properties"), "properties", _PARTS)
    return Extension(
        tuple(dict.fromkeys(_text(one, "an id") for one in ids)),
        tuple(_property(one) for one in properties),
    )


def number(value: object, where: str, least: int = 1) -> int:
    """A whole number, which clients also write as text, or with a decimal point."""
    text = value.strip() if isinstance(value, str) else str(value)
    text = text.removesuffix(".0")
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and len(text) <= _SHOWN):
        raise QueryError(f"{where} is no whole number: {_told(value)}")
    if int(text) < least:
        raise QueryError(f"{where} is below {least}")
    return int(text)


def _query(value: object, where: str) -> Query:
    asked = _object(value, where)
    given = asked.get("query")
    text = "" if given is None else _plain(given, f"{where}: query")
    conditions = tuple(_conditions(asked.get("properties"), where))
    if given is None and not conditions:
        raise QueryError(f"{where} has neither a query nor properties")
    limit = asked.get("limit")
    return Query(
        text,
        tuple(dict.fromkeys(_types(asked.get("type"), where))),
        _strictness(asked.get("type_strict"), where),
        _USUAL if limit in (None, "") else min(number(limit, f"{where}: limit"), MOST),
        conditions,
    )


def _types(value: object, where: str) -> Iterator[str]:
    """Types are texts, or objects with an id, one or several; a blank one restricts nothing."""
    for one in value if isinstance(value, list) else [value]:
        named = one.get("id") if isinstance(one, dict) else one
        if named not in (None, ""):
            yield kinds.known(_text(named, f"{where}: type"))
    if isinstance(value, list) and len(value) > _PARTS:
        raise QueryError(f"{where} has more than {_PARTS} types")


def _strictness(value: object, where: str) -> Strictness:
    """OpenRefine sends "should" with every type: it is taken for "any"."""
    if value not in (None, "", "any", "should", "all"):
        raise QueryError(f"{where}: type_strict is any, all or should, and not {_told(value)}")
    return "all" if value == "all" else "any"


def _conditions(value: object, where: str) -> Iterator[Condition]:
    for one in [] if value is None else _list(value, f"{where}: properties", _PARTS):
        held = _object(one, f"{where}: properties")
        pid = _text(held.get("pid"), f"{where}: pid")
        given = held.get("v")
        values = _list(given, f"{where}: v", _PARTS) if isinstance(given, list) else [given]
        texts = (_value(each, f"{where}: {_told(pid)}") for each in values if each not in (None, ""))
        yield Condition(pid, tuple(texts))


def _value(value: object, where: str) -> str:
    if isinstance(value, dict):
        return _text(value.get("id", value.get("name")), where)
    return _plain(value, where)


def _property(value: object) -> tuple[str, dict[str, str]]:
    held = _object(value, "properties")
    settings = held.get("settings")
    told = {} if settings is None else _object(settings, "settings")
    if len(told) > _PARTS:
        raise QueryError(f"more than {_PARTS} settings")
    given = {name: _plain(each, f"the setting {_told(name)}") for name, each in told.items() if each is not None}
    return _text(held.get("id"), "the id of a property"), given


def _json(text: str, where: str) -> object:
    try:
        made: object = msgspec.json.decode(text.encode())
    except RecursionError as error:
        raise QueryError(f"{where} is nested too deep") from error
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise QueryError(f"{where} is no JSON: {error}") from error
    return made


def _object(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise QueryError(f"{where} is no JSON object, but {_told(value)}")
    return value


def _list(value: object, where: str, most: int) -> list[object]:
    if not isinstance(value, list):
        raise QueryError(f"{where} is no JSON array, but {_told(value)}")
    if len(value) > most:
        raise QueryError(f"{where} has {len(value)} parts", hint=f"send at most {most}")
    return value


def _plain(value: object, where: str) -> str:
    """A text, or what is written as one: a number or true and false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return _text(value, where)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise QueryError(f"{where} is no text, but {_told(value)}")
    if len(value) > _LONGEST:
        raise QueryError(f"{where} has {len(value)} characters", hint=f"send at most {_LONGEST}")
    return value


def _told(value: object) -> str:
    """What a client sent, short enough to be shown."""
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "an array"
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
