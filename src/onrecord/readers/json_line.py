r"""One line of JSON (RFC 8259): its values, what is wrong with it, and the column of each value.

The C scanner of the standard library decodes it, with a hook for the fields of each object. Of the exact ways to notice
a field that is given twice this is the fastest that we measured: decoding with msgspec, which keeps the last one, and
proving by counting that none was lost takes twice as long. Numbers out of bounds and `\ud800` are looked for where a
search for suspects, which is quick, finds one. Numbers come as their own digits (`onrecord.readers.numbers`).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.facts.constraints import MOST_DIGITS, Value, shown
from onrecord.facts.faults import kind
from onrecord.findings import Finding, Place, Pointer
from onrecord.readers import characters
from onrecord.readers.limits import Limits
from onrecord.readers.numbers import Digits, Numbers, settle

HEADS = ("source", "registry")
"""The fields that begin a document."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+')
_LONG_NUMBER = re.compile(rf"-?[0-9.]*[0-9]{{{MOST_DIGITS + 1}}}")
SUSPECT = re.compile(
    r"\\[bf]|\\u(?:00[01789]|[dD][89a-fA-F]|20[26]|[fF]{3}|[fF][dD][dDeE])"
    f"|[0-9]{{{MOST_DIGITS + 1}}}"
    "|[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]"
)
"""A line without a match has no character and no number that is refused. One with a match is looked at closely."""
_MEANINGS = {
    "Expecting property name enclosed in double quotes": (
        "a field's name in double quotation marks is expected here", "look for a comma too many"
    ),
    "Illegal trailing comma before end of object": ("there is a comma too many", "remove it"),
    "Illegal trailing comma before end of array": ("there is a comma too many", "remove it"),
    "Expecting ',' delimiter": ("a comma or a closing bracket is expected here", "compare with the line before"),
    "Expecting ':' delimiter": ("a colon is expected here", "a field is \"name\": value"),
    "Expecting value": ("a value is expected here", "text needs double quotation marks"),
    "Unterminated string starting at": ("a quotation mark is opened here and never closed", "close it"),
    "Invalid control character at": ("there is a control character within the text", "escape it, as in \\n"),
    "Invalid \\escape": ("this escape is none", "double the backslash"),
    "Invalid \\uXXXX escape": ("this escape is none", "it needs four hexadecimal digits"),
    "Extra data": ("the line goes on after its object", "write one object a line"),
}  # fmt: skip


@dataclass
class Line:
    """A line that was decoded. `starts` tells which record of its document each of its sections begins with."""

    name: str
    number: int
    text: str
    tree: dict[str, Value]
    known: dict[Pointer, Finding] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    _positions: dict[Pointer, int] = field(default_factory=dict)

    @property
    def begins(self) -> bool:
        """Whether a document begins here."""
        return any(head in self.tree for head in HEADS)

    def place(self, pointer: Pointer) -> Place:
        """The place of a value of this line, or of the nearest thing around it."""
        if not self._positions:
            self._positions, _ = scanned(self.text)
        while pointer not in self._positions and pointer:
            pointer = pointer[:-1]
        return Place(self.name, self.number, self._positions.get(pointer, 0) + 1)

    def absolute(self, pointer: Pointer) -> Pointer:
        """A pointer into this line as a pointer into its document."""
        if len(pointer) > 1 and isinstance(pointer[0], str) and isinstance(pointer[1], int):
            return (pointer[0], self.starts.get(pointer[0], 0) + pointer[1], *pointer[2:])
        return pointer


class _Constant(ValueError):
    """NaN or Infinity."""


def _refuse(constant: str) -> None:
    raise _Constant(constant)


class _Fields:
    """The hook for the fields of an object: the first of two fields of one name stays."""

    def __init__(self) -> None:
        self.twice = False

    def __call__(self, pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        made = dict(pairs)
        if len(made) != len(pairs):
            self.twice = True
            made = dict(reversed(pairs))
        return made


def parse(name: str, number: int, text: str, limits: Limits, last: bool = False) -> Line | Finding:
    """A line's values, or the finding why it has none. `last`: the line ends with the file, not with a line end."""
    deep = _too_deep(text, limits.depth)
    if deep is not None:
        return limits.exceeded("depth", Place(name, number, deep + 1), "the nesting here")
    hook, numbers = _Fields(), Numbers()
    try:
        value: Value = json.loads(
            text, object_pairs_hook=hook, parse_constant=_refuse, parse_int=numbers, parse_float=numbers
        )
    except json.JSONDecodeError as error:
        return _malformed(name, number, text, error, last)
    except _Constant as error:
        at = next(match.start() for match in _TOKEN.finditer(text) if match[0] == str(error))
        return _broken(
            Place(name, number, at + 1), "number", f"{error} is no number that JSON has", "leave the field out"
        )
    if not isinstance(value, dict):
        found = "a number" if isinstance(value, Digits) else kind(value)
        message = f"expected an object {{…}}, but found {found}"
        return _broken(Place(name, number, 1), "type", message, "write one object a line")
    line = Line(name, number, text, value)
    if hook.twice:
        line.found += _twice(line)
    suspect = len(text) > limits.value_chars or SUSPECT.search(text)
    if suspect:
        for pointer, key, inner in _scalars(value, ()):
            _look(line, pointer, key, inner, limits)
    if numbers.any:
        settle(value)
    if suspect:
        line.tree = {characters.repaired(key): _repaired(inner) for key, inner in value.items()}
    return line


def _broken(place: Place, code: str, message: str, hint: str) -> Finding:
    return Finding(place, "violation", code, message, hint, broken=True)


def _too_deep(text: str, most: int) -> int | None:
    """Where the nesting is deeper than it may be. Counting brackets is enough for almost every line."""
    if text.count("{") + text.count("[") <= most:
        return None
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += (match[0] in ("{", "[")) - (match[0] in ("}", "]"))
        if depth > most:
            return match.start()
    return None


def _malformed(name: str, number: int, text: str, error: json.JSONDecodeError, last: bool) -> Finding:
    message, hint = _MEANINGS.get(error.msg, (f"this is no JSON: {error.msg}", "write it with a JSON library"))
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        cut = "the file breaks off in the middle of this line" if last else "the line breaks off"
        message, hint = f"{cut}: {message}", "write it again, whole"
    return _broken(Place(name, number, error.pos + 1), "syntax", message, hint)


def _twice(line: Line) -> Iterator[Finding]:
    positions, twice = scanned(line.text)
    for pointer, at in twice:
        message = f"{shown(str(pointer[-1]))} is given a second time: the first is at column {positions[pointer] + 1}"
        yield _broken(Place(line.name, line.number, at + 1), "duplicate-key", message, "keep one of them")


def _scalars(value: Value, pointer: Pointer) -> Iterator[tuple[Pointer, str, Value]]:
    """Every name and every plain value below a value: names as (pointer, name, None)."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*pointer, key), key, None
            yield from _scalars(inner, (*pointer, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _scalars(inner, (*pointer, index))
    else:
        yield pointer, "", value


def _repaired(value: Value) -> Value:
    if isinstance(value, dict):
        return {characters.repaired(key): _repaired(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_repaired(item) for item in value]
    return characters.repaired(value) if isinstance(value, str) else value


def _look(line: Line, pointer: Pointer, key: str, value: Value, limits: Limits) -> None:
    """Note what a look at one value finds: characters, too many of them, too many digits."""
    text = key or value
    if isinstance(text, Digits):
        if _LONG_NUMBER.match(text):
            line.known[pointer] = _broken(
                line.place(pointer), "number", f"the number has more than {MOST_DIGITS} digits", "shorten it"
            )
    elif isinstance(text, str):
        if len(text) > limits.value_chars:
            line.known[pointer] = limits.exceeded("value_chars", line.place(pointer), "the text here", len(text))
        flaw = characters.flawed(text, line.place(pointer))
        if flaw is not None:
            line.found.append(flaw)


def scanned(text: str) -> tuple[dict[Pointer, int], list[tuple[Pointer, int]]]:
    """Where each value of well-formed JSON begins, and the names that their objects had already."""
    positions: dict[Pointer, int] = {}
    twice: list[tuple[Pointer, int]] = []
    path: Pointer
    paths: list[Pointer] = []
    steps: list[str | int | None] = []  # of each open object the field, of each open list the index
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in ("}", "]"):
            paths.pop()
            steps.pop()
        elif token == ",":
            step = steps[-1]
            steps[-1] = step + 1 if isinstance(step, int) else None
        elif token == ":":
            continue
        elif steps and steps[-1] is None:
            key = str(json.loads(token))
            steps[-1] = key
            if (*paths[-1], key) in positions:
                twice.append(((*paths[-1], key), match.start()))
        else:
            step = steps[-1] if steps else None
            path = () if step is None else (*paths[-1], step)
            positions.setdefault(path, match.start())
            if token in ("{", "["):
                paths.append(path)
                steps.append(None if token == "{" else 0)
    return positions, twice
