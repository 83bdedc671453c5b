"""A walk over records that finds what their fields were marked as: references, words of the source."""

import typing
from collections.abc import Iterator
from functools import cache

import msgspec

from onrecord.facts.fields import Record
from onrecord.findings import Pointer


def _marks(hint: object) -> set[str]:
    """The keys of `Meta.extra` anywhere in a type."""
    found: set[str] = set()
    for meta in getattr(hint, "__metadata__", ()):
        if isinstance(meta, msgspec.Meta) and meta.extra:
            found |= set(meta.extra)
    for part in typing.get_args(hint):
        if not isinstance(part, msgspec.Meta):
            found |= _marks(part)
    return found


@cache
def _fields(record: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a record type that are worth a look, each with its mark ("" where only records lie in it)."""
    found = []
    for name, hint in typing.get_type_hints(record, include_extras=True).items():
        marks = _marks(hint) & {"reference", "words", "entry"}
        if marks or _holds_records(hint):
            found.append((name, marks.pop() if marks else ""))
    return tuple(found)


def _holds_records(hint: object) -> bool:
    if isinstance(hint, type) and issubclass(hint, Record):
        return True
    return any(_holds_records(part) for part in typing.get_args(hint))


def marked(value: object, pointer: Pointer = (), mark: str = "") -> Iterator[tuple[Pointer, str, object]]:
    """Every (pointer, mark, value) below a record: references and entries as text, words as text or `Span`."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from marked(item, (*pointer, index), mark)
    elif isinstance(value, Record):
        if mark == "words":
            yield pointer, mark, value
        for name, inner in _fields(type(value)):
            found = getattr(value, name)
            if found:
                yield from marked(found, (*pointer, name), inner)
    elif mark:
        yield pointer, mark, value
