"""What must hold of a record and types cannot say: one number and not two, dates that exist, the vocabulary's words."""

import difflib
import math
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import TypeAlias

from onrecord.errors import InputError
from onrecord.facts.dates import EXAMPLES, bounds
from onrecord.facts.document import TextFile
from onrecord.facts.entities import Link, Person
from onrecord.facts.fields import Amount, CuratedDate, Record, Span, When
from onrecord.facts.marks import Shape, shapes_of
from onrecord.facts.records import Proposition
from onrecord.facts.references import Flaw
from onrecord.findings import Pointer
from onrecord.ntriples import iri
from onrecord.vocabulary.terms import CONCEPTS, KINDS

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | float | bool | None"
"""A value as a reader finds it, before it is known to be a record."""

MOST_DIGITS = 40
_MOST_SHOWN = 60

EXACTLY_ONE: dict[type[Record], tuple[str, ...]] = {
    Amount: ("exactly", "at_least", "at_most", "about", "almost", "vague"),
    Proposition: ("designation", "recognition", "relation", "event", "statement", "text"),
    Link: ("iri", "entry"),
}
"""Of these fields exactly one is given; holds for the types derived from these, too."""

AT_LEAST_ONE: dict[type[Record], tuple[tuple[str, ...], ...]] = {
    TextFile: (("path",), ("sha256", "chars")),
    Person: (("name",), ("role",)),
    When: (("date",), ("said",), ("earliest",), ("latest",), ("after",), ("act",), ("curated",)),
    CuratedDate: (("date",), ("earliest",), ("latest",)),
}
"""Of these groups of fields at least one is given, whole."""

TOGETHER: dict[type[Record], tuple[tuple[str, str], ...]] = {
    TextFile: (("sha256", "chars"),),
    Person: (("anonymous", "role"),),
}
"""Where the first field is given, the second is needed."""

OF_FACTS = ("id", "according_to", "curated", "effects")
"""What the content of a proposition cannot have: its statement has a chain and a curator, and nothing refers to it."""

MAY_BE_EMPTY = {Span: {"before", "after"}}


def shown(value: Value) -> str:
    """A value for a message: in one line, short, nothing invisible."""
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
        return f"of more than {MOST_DIGITS} digits"  # Python refuses to print those of thousands
    text = value if isinstance(value, str) else str(value)
    cut = text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
    return "'" + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut) + "'"


def meant(word: str, known: list[str]) -> str:
    """The advice that a misspelt word deserves: the nearest known one, or all of them where they are few."""
    near = difflib.get_close_matches(word, known, 1, 0.6)
    return f"did you mean {near[0]}?" if near else f"one of: {', '.join(known)}" if known else "leave it out"


def flaws(value: Value, record: type[Record], pointer: Pointer = ()) -> Iterator[Flaw]:
    """What is wrong with a record beyond the types of its fields. Wrong types are not its business."""
    if not isinstance(value, dict):
        return
    checks = _checks(record)
    for key, inner in value.items():
        check = checks.get(key)
        if check is not None:
            yield from check(inner, (*pointer, key))
    if _has_rules(record):
        yield from _whole({key for key, inner in value.items() if inner is not None}, record, pointer)
    if issubclass(record, When | CuratedDate):
        yield from _order(value, pointer)
    if issubclass(record, Proposition):
        yield from _of_facts(value, pointer)


def _of_facts(value: "dict[str, Value]", pointer: Pointer) -> Iterator[Flaw]:
    """Fields that a fact has and what a statement says of one has not: they would be lost."""
    for kind in EXACTLY_ONE[Proposition]:
        held = value.get(kind)
        if isinstance(held, dict):
            for name in (name for name in OF_FACTS if name in held):
                message = f"`{name}` is for facts; this is what a statement says"
                yield Flaw((*pointer, kind, name), "not-a-fact", message, "give it to the statement, or leave it out")


_Check = Callable[[Value, Pointer], Iterator[Flaw]]


@cache
def _checks(record: type[Record]) -> dict[str, _Check]:
    """What to look at in each field of a record type."""
    empty = next((names for base, names in MAY_BE_EMPTY.items() if issubclass(record, base)), set[str]())
    return {name: partial(_field, shape, name in empty) for name, shape in shapes_of(record).items()}


def _field(shape: Shape, may_be_empty: bool, value: Value, pointer: Pointer) -> Iterator[Flaw]:
    if isinstance(value, list):
        items = shape.items
        for index, item in enumerate(value):
            if items is not None:
                yield from _field(items, False, item, (*pointer, index))
    elif isinstance(value, dict):
        if shape.records is not None:
            yield from flaws(value, shape.records, pointer)
    elif value is not None:
        yield from _scalar(shape, may_be_empty, value, pointer)


def _scalar(shape: Shape, may_be_empty: bool, value: str | float, pointer: Pointer) -> Iterator[Flaw]:
    if isinstance(value, str):
        if not value.strip() and not may_be_empty:
            yield Flaw(pointer, "empty", f"`{pointer[-1]}` is empty text", "fill it in, or leave it out")
            return
    elif abs(value) >= 10**MOST_DIGITS or not math.isfinite(value):
        yield Flaw(pointer, "number", f"the number has more than {MOST_DIGITS} digits", "give it in another unit")
        return
    for mark, words in shape.marks.items():
        if mark == "date" and not isinstance(value, bool):
            yield from _date(str(value), pointer)
        elif mark == "address" and isinstance(value, str):
            yield from _address(value, pointer)
        elif mark == "reason" and isinstance(value, str) and not says_something(value):
            message = f"a reason is needed, and {shown(value)} is none"
            yield Flaw(pointer, "no-reason", message, "write what tells you so: names, births, posts, places")
        elif mark in ("scheme", "classes") and isinstance(value, str):
            yield from _word(value, allowed(mark, str(words)), pointer)


def says_something(text: str) -> bool:
    """Whether a text has a letter or a digit: “…”, left for a person to fill in, has none."""
    return any(map(str.isalnum, text))


def allowed(mark: str, name: str) -> Mapping[str, str]:
    """The words of a scheme's concepts (mark `scheme`) or of a class's kinds (mark `classes`), with their terms."""
    return CONCEPTS[name] if mark == "scheme" else KINDS[name]


def _word(value: str, known: Mapping[str, str], pointer: Pointer) -> Iterator[Flaw]:
    if value not in known:
        name = next((part for part in reversed(pointer) if isinstance(part, str)), "")
        yield Flaw(
            pointer, "unknown-word", f"{shown(value)} is no {name} that the vocabulary has", meant(value, list(known))
        )


def _date(text: str, pointer: Pointer) -> Iterator[Flaw]:
    try:
        bounds(text)
    except ValueError:
        yield Flaw(
            pointer, "date", f"{shown(text)} is not a date, or one that no calendar has", f"right are: {EXAMPLES}"
        )


def _address(text: str, pointer: Pointer) -> Iterator[Flaw]:
    """What begins like a web address is one to its end (RFC 3987)."""
    try:
        iri(text)
    except InputError:
        hint = "copy it whole from the browser; [ ] and % stand in it as %5B, %5D and %25"
        yield Flaw(pointer, "address", f"{shown(text)} is not a web address", hint)


@cache
def _has_rules(record: type[Record]) -> bool:
    return issubclass(record, (*EXACTLY_ONE, *AT_LEAST_ONE, *TOGETHER))


def _whole(given: set[str], record: type[Record], pointer: Pointer) -> Iterator[Flaw]:
    for base, fields in EXACTLY_ONE.items():
        if issubclass(record, base):
            present = [name for name in fields if name in given]
            if not present:
                yield Flaw(pointer, "nothing-given", "nothing is given", f"give one of: {', '.join(fields)}")
            elif len(present) > 1:
                yield Flaw(
                    (*pointer, present[1]), "too-much-given", f"{_and(present)} are given together", "keep one of them"
                )
    for base, groups in AT_LEAST_ONE.items():
        if issubclass(record, base) and not any(given.issuperset(group) for group in groups):
            ways = [_and(group) for group in groups]
            if not any(first in given and second not in given for first, second in TOGETHER.get(base, ())):
                yield Flaw(pointer, "nothing-given", f"needs {' or '.join(ways)}", "add it")
    for base, pairs in TOGETHER.items():
        for first, second in pairs:
            if issubclass(record, base) and first in given and second not in given:
                yield Flaw((*pointer, second), "missing", f"`{second}` is missing: `{first}` needs it", "add it")


def _and(names: tuple[str, ...] | list[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def _order(value: dict[str, Value], pointer: Pointer) -> Iterator[Flaw]:
    """The earliest day is not after the latest."""
    try:
        first, last = (bounds(str(value[key])) if key in value else (None, None) for key in ("earliest", "latest"))
    except ValueError:
        return  # said already
    if first[0] and last[1] and first[0] > last[1]:
        yield Flaw(
            (*pointer, "latest"), "order", "the latest date lies before the earliest", "exchange them, or correct one"
        )
