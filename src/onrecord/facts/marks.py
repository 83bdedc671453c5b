"""What the type of a field says: what it takes, as parts without nesting, and what its `Meta.extra` marks it as."""

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

import msgspec

from onrecord.facts.fields import Record


@dataclass(frozen=True)
class Part:
    """One of the types that a field takes: text, a number, true or false, a list or a record."""

    base: object
    metas: tuple[msgspec.Meta, ...] = ()
    items: object = None

    @property
    def record(self) -> type[Record] | None:
        """The record type, where it is one."""
        return self.base if isinstance(self.base, type) and issubclass(self.base, Record) else None

    @property
    def pattern(self) -> str:
        """The pattern that its text follows, "" for none."""
        return next((meta.pattern for meta in self.metas if meta.pattern), "")


@dataclass(frozen=True)
class Shape:
    """A field: its type hint, the parts of it, what it is marked as, and whether it must be given.

    A mark on a field that takes one value or several is a mark on each of them.
    """

    hint: object
    parts: tuple[Part, ...]
    marks: Mapping[str, object]
    required: bool = False

    @cached_property
    def records(self) -> type[Record] | None:
        """The record type that the field takes."""
        return next((part.record for part in self.parts if part.record), None)

    @cached_property
    def items(self) -> "Shape | None":
        """What the field's lists hold."""
        inner = next((shape_of(part.items) for part in self.parts if part.base is list), None)
        return inner and replace(inner, marks=self.marks)

    @cached_property
    def takes_digits(self) -> bool:
        """Whether the field takes a number as its digits: as text or as a number, and the text is what counts."""
        bases = [part.base for part in self.parts]
        return str in bases and (int in bases or float in bases)


def _parts(hint: object, metas: tuple[msgspec.Meta, ...] = ()) -> typing.Iterator[Part]:
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        base, *notes = typing.get_args(hint)
        yield from _parts(base, (*(note for note in notes if isinstance(note, msgspec.Meta)), *metas))
    elif origin in (typing.Union, types.UnionType):
        for arg in typing.get_args(hint):
            yield from _parts(arg, metas)
    elif origin is list:
        yield Part(list, metas, typing.get_args(hint)[0])
    else:
        yield Part(hint, metas)


@cache
def shape_of(hint: object, required: bool = False) -> Shape:
    """What a type hint says."""
    parts = tuple(_parts(hint))
    marks = {key: value for part in parts for meta in part.metas for key, value in (meta.extra or {}).items()}
    inner = next((shape_of(part.items) for part in parts if part.base is list), None)
    if inner is not None:
        marks = {**inner.marks, **marks}
    return Shape(hint, parts, marks, required)


@cache
def shapes_of(record: type[Record]) -> dict[str, Shape]:
    """The fields of a record type by their names, in their order."""
    hints = typing.get_type_hints(record, include_extras=True)
    needed = {field.name for field in msgspec.structs.fields(record) if field.required}
    return {name: shape_of(hints[name], name in needed) for name in record.__struct_fields__}
