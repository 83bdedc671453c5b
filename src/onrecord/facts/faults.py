"""From values to records, and what is wrong where that fails: every fault with its place, in plain words.

The fast way is msgspec's. Where it refuses, a walk over the value and the types side by side finds all faults, not just
the first; at every single value msgspec decides, so that the walk and the fast way cannot disagree.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeVar, cast

import msgspec

from onrecord.facts import constraints
from onrecord.facts.constraints import Value, meant, shown
from onrecord.facts.dates import EXAMPLES
from onrecord.facts.fields import (
    ENTRY_PATTERN,
    IRI_PATTERN,
    LANGUAGE_PATTERN,
    NUMBER_PATTERN,
    SHA256_PATTERN,
    SLUG_PATTERN,
    Record,
)
from onrecord.facts.marks import Part, Shape, shapes_of
from onrecord.facts.references import Flaw
from onrecord.findings import Pointer

R = TypeVar("R", bound=Record)

_PATTERNS = {
    SLUG_PATTERN: ("an id", "small letters, digits and hyphens, at most 80, such as northern-front"),
    LANGUAGE_PATTERN: ("a language tag", "such as en or ru-Latn"),
    SHA256_PATTERN: ("a SHA-256", "64 hexadecimal digits in small letters, as sha256sum prints them"),
    NUMBER_PATTERN: ("a number", "digits, such as 37 or 12.5; other words belong into `vague`"),
    ENTRY_PATTERN: ("an entry of a list", "the list's id, a slash and the reference, such as un-sc/TAi.002"),
    IRI_PATTERN: ("a web address", "it begins with https:// or http:// and has no spaces"),
}
_EXPONENT = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")
_PLAIN = {str: "text", int: "a whole number", float: "a number", bool: "true or false", list: "a list"}
_OTHER_WORDS = {
    "from": "start", "since": "start", "until": "end", "till": "end", "date": "when", "list": "on_list",
    "title": "name", "label": "name", "evidence": "words", "who": "subject", "target": "subject", "type": "kind",
    "said_by": "speaker", "by": "speaker", "source": "according_to", "location": "place", "lang": "language",
    "persons": "people", "quotes": "statements", "organisations": "organizations",
    "orgs": "organizations", "publisher": "site",
}  # fmt: skip
"""What newcomers call a field, where no spelling would lead from it to ours."""


def decode(value: Value, record: type[R], *, strict: bool, pointer: Pointer = ()) -> tuple[R | None, list[Flaw]]:
    """A record of the given type from a value, or what is wrong with the value.

    `strict` is for formats that tell numbers from text (JSON); without it "37" will do where a number is wanted (YAML).
    The pointer is where the value stands in its file. The record is None as soon as there is one flaw.
    """
    try:
        made = msgspec.convert(value, record, strict=strict)
    except msgspec.ValidationError as error:
        found = list(explain(value, record, strict=strict, pointer=pointer))
        found = found or [Flaw(pointer, "type", f"cannot be read: {error}")]
        return None, found + _further(found, constraints.flaws(value, record, pointer))
    found = list(constraints.flaws(value, record, pointer))
    return (None, found) if found else (made, [])


def _further(found: list[Flaw], more: Iterator[Flaw]) -> list[Flaw]:
    """The flaws that no earlier one explains: one flaw a place, and nothing is missing where a field was misspelt."""
    places = {flaw.pointer for flaw in found}
    misspelt = {flaw.pointer[:-1] for flaw in found if flaw.code == "unknown-field"}
    return [f for f in more if f.pointer not in places and not (f.code == "nothing-given" and f.pointer in misspelt)]


def explain(value: Value, record: type[Record], *, strict: bool, pointer: Pointer = ()) -> Iterator[Flaw]:
    """Every fault that keeps a value from being a record of the given type. None where msgspec takes it."""
    if not isinstance(value, dict):
        yield Flaw(pointer, "type", f"expected fields with values, but found {kind(value)}", _fields_hint(record))
        return
    shapes = shapes_of(record)
    advised = set[str]()
    for key, inner in value.items():
        shape = shapes.get(key)
        if shape is None:
            flaw = unknown_field(key, list(shapes), (*pointer, key), set(value))
            advised.add(flaw.hint)
            yield flaw
        else:
            yield from _in_field(inner, shape, strict, (*pointer, key))
    for name, shape in shapes.items():
        if shape.required and name not in value and f"did you mean {name}?" not in advised:
            yield Flaw((*pointer, name), "missing", f"`{name}` is missing", f"add it: {_expected(shape)}")


def unknown_field(key: str, known: list[str], pointer: Pointer, given: set[str]) -> Flaw:
    """The flaw of a field that its record does not have, with the field that was probably meant."""
    free = [name for name in known if name not in given]
    other = _OTHER_WORDS.get(key.lower().replace("-", "_"), "")
    plain = re.sub(r"[- ]", "_", key.lower())
    hint = f"did you mean {other}?" if other in free else meant(plain, free)
    if not hint.startswith("did you mean") and (near := meant(plain, known)).startswith("did you mean"):
        hint = near.replace("?", ", which is given already?")
    return Flaw(pointer, "unknown-field", f"unknown field {shown(key)}", hint)


def _in_field(value: Value, shape: Shape, strict: bool, pointer: Pointer) -> Iterator[Flaw]:
    if isinstance(value, dict) and shape.records is not None:
        yield from explain(value, shape.records, strict=strict, pointer=pointer)
    elif isinstance(value, list) and shape.items is not None:
        for index, item in enumerate(value):
            yield from _in_field(item, shape.items, strict, (*pointer, index))
        yield from _length(value, shape, pointer)
    else:
        try:
            msgspec.convert({"value": value}, _holder(shape.hint), strict=strict)
        except msgspec.ValidationError as error:
            yield _wrong(value, shape, pointer, str(error))


@cache
def _holder(hint: object) -> type[msgspec.Struct]:
    """A record with one field of the given type, kept for good.

    msgspec 0.21 frees memory that it does not own, and so kills the process, when it drops a type such as `Ref |
    list[Ref]` that belongs to no record.
    """
    return msgspec.defstruct("Holder", [("value", cast(type, hint))])


def _length(value: list[Value], shape: Shape, pointer: Pointer) -> Iterator[Flaw]:
    least = max((meta.min_length or 0 for part in shape.parts if part.base is list for meta in part.metas), default=0)
    if len(value) < least:
        yield Flaw(
            pointer, "length", f"`{pointer[-1]}` needs {least} or more, but has {len(value)}", "add what is missing"
        )


def _wrong(value: Value, shape: Shape, pointer: Pointer, error: str) -> Flaw:
    """The flaw of a value that none of the parts of its field takes; `error` is what msgspec says of it."""
    part = _text_part(shape) if isinstance(value, str) else None
    if value is None:
        return Flaw(
            pointer,
            "no-value",
            f"`{pointer[-1]}` has no value" if isinstance(pointer[-1], str) else "this item has no value",
        )
    if part is None or not isinstance(value, str):
        return Flaw(pointer, "type", f"expected {_expected(shape)}, but found {_found(value)}", _advice(shape, value))
    name, rule = _PATTERNS.get(part.pattern, ("", ""))
    if part.pattern == NUMBER_PATTERN and _EXPONENT.fullmatch(value):
        name, rule, error = "a number without exponent", "write it out in digits: 1000 for 1e3", ""
    if name and "length" not in error:
        return Flaw(pointer, "pattern", f"{shown(value)} is not {name}", rule)
    most = next((meta.max_length for meta in part.metas if meta.max_length), 0)
    if most and len(value) > most:
        return Flaw(
            pointer, "length", f"the text has {len(value):,} characters; at most {most:,} are taken", "shorten it"
        )
    least = next((meta.min_length for meta in part.metas if meta.min_length), 0)
    if len(value) < least:
        return Flaw(
            pointer, "length", f"{shown(value)} is too short: {least} characters are the least", _advice(shape, value)
        )
    return Flaw(pointer, "type", f"expected {_expected(shape)}, but found {_found(value)}", _advice(shape, value))


def _text_part(shape: Shape) -> Part | None:
    return next((part for part in shape.parts if part.base is str), None)


def kind(value: Value) -> str:
    """What a value is, in plain words."""
    names: dict[type, str] = {
        dict: "fields with values",
        list: "a list",
        bool: "true or false",
        str: "text",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "nothing")


def _found(value: Value) -> str:
    return kind(value) if isinstance(value, dict | list) or value is None else f"{kind(value)} {shown(value)}"


def _expected(shape: Shape) -> str:
    names = []
    for part in shape.parts:
        if part.record is not None:
            names.append(f"fields ({', '.join(_main_fields(part.record))})")
        elif part.pattern in _PATTERNS:
            names.append(_PATTERNS[part.pattern][0])
        elif part.base is int and any(other.base is float for other in shape.parts):
            continue
        elif part.base in _PLAIN:
            date = "date" in shape.marks and part.base is str
            names.append("a date" if date else next(word for base, word in _PLAIN.items() if base is part.base))
    return " or ".join(dict.fromkeys(names))


def _main_fields(record: type[Record]) -> list[str]:
    shapes = shapes_of(record)
    return [name for name, shape in shapes.items() if shape.required] or [*list(shapes)[:4], "…"]


def _fields_hint(record: type[Record]) -> str:
    return f"write its fields, such as {', '.join(_main_fields(record))}, each with its value"


def _advice(shape: Shape, value: Value) -> str:
    if "date" in shape.marks:
        return f"right are: {EXAMPLES}"
    return "give one value" if isinstance(value, list) else ""
