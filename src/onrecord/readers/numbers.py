"""Numbers as JSON wrote them: their digits are the source's, and no float takes part in what becomes of them.

YAML gives every number as text. So that both formats give the same facts, addresses by content included, a field that
takes numbers and text gets the text here, too.
"""

from onrecord.facts.constraints import MOST_DIGITS, Value
from onrecord.facts.document import Document, Registry
from onrecord.facts.marks import Shape, shapes_of

_MOST_WHOLE = MOST_DIGITS + 1  # with a sign


class Digits(str):
    """A number's own characters, until its field says what becomes of them."""

    __slots__ = ()


class Numbers:
    """The hook for the numbers of a line. `any` tells whether there was one."""

    def __init__(self) -> None:
        self.any = False

    def __call__(self, text: str) -> Digits:
        self.any = True
        return Digits(text)


def settle(tree: dict[str, Value]) -> None:
    """Make of all `Digits` in a line's fields, in place, what the fields take: the text, or else a number.

    A number in a field that takes none stays a number, for decoding to refuse.
    """
    _settle_fields(tree, {**shapes_of(Registry), **shapes_of(Document)})


def _settle_fields(fields: dict[str, Value], shapes: dict[str, Shape]) -> None:
    for key, value in fields.items():
        if isinstance(value, Digits | dict | list):
            fields[key] = _settled(value, shapes.get(key))


def _settled(value: Value, shape: Shape | None) -> Value:
    if isinstance(value, Digits):
        return str(value) if shape is not None and shape.takes_digits else _number(value)
    if isinstance(value, dict):
        records = shape.records if shape is not None else None
        _settle_fields(value, shapes_of(records) if records is not None else {})
    elif isinstance(value, list):
        items = shape.items if shape is not None else None
        value[:] = [_settled(item, items) for item in value]
    return value


def _number(text: str) -> int | float:
    """What does not count its digits: the length of a text, and what will be refused."""
    whole = len(text) <= _MOST_WHOLE and text.lstrip("-").isdecimal()
    return int(text) if whole else float(text)
