"""Rows as a table for a person: aligned by what a terminal shows, wrapped where it is narrow, and never cut."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

_GAP = "  "
_SAMPLE = 1_000
"""Rows that decide how wide columns are; those after them are wrapped to fit, so that they need not be held."""
_LEAST = 10
_LONG_WORD = 36

_DATE = re.compile(r"\b[0-9]{4}-[0-9]{2}(-[0-9]{2})?\b")
_HELD = "\ue000"
"""Stands for a hyphen at which no line is broken; for private use (Unicode), so that no text means anything by it."""

Cells = Sequence[str]


def width(text: str) -> int:
    """How many columns a terminal needs for a text."""
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if char < "\u0300":
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def plain(text: str) -> str:
    """A text without what a terminal would obey: controls are shown as ␛ and the like, line ends as ⏎."""
    if text.isprintable():
        return text
    return "".join(_shown(char) for char in text.replace("\r\n", "\n"))


def _shown(char: str) -> str:
    if char == "\n":
        return "⏎"
    if char < " ":
        return chr(0x2400 + ord(char))
    hidden = (
        unicodedata.category(char) in ("Cc", "Zl", "Zp")
        or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    return "\N{REPLACEMENT CHARACTER}" if hidden else char


def lines(names: Cells, rows: Iterable[Cells], room: int | None, emphasis: Callable[[str], str] = str) -> Iterator[str]:
    """The lines of a table in `room` columns, None for as many as it needs.

    Where even wrapped columns do not fit, each row is a block of lines, one a column. `emphasis` dresses the head.
    """
    rows = iter(rows)
    sample = list(islice(rows, _SAMPLE))
    widths = [max(width(cell) for cell in column) for column in zip(names, *sample, strict=True)]
    fitted = widths if room is None else _fitted(widths, room)
    if fitted is not None and any(map(int.__lt__, fitted, _longest_words(names, sample))):
        fitted = None
    if fitted is None:
        yield from _blocks(names, chain(sample, rows), room or 0, emphasis)
        return
    yield from (emphasis(line) for line in _row(names, fitted))
    yield _GAP.join("─" * each for each in fitted)
    for row in chain(sample, rows):
        yield from _row(row, fitted)


def _longest_words(names: Cells, sample: Sequence[Cells]) -> list[int]:
    """How wide each column has to be so that no word in it is broken; addresses and other long words may be."""
    longest = []
    for column in zip(names, *sample, strict=True):
        words = [width(word) for cell in column for word in cell.split()]
        longest.append(max((word for word in words if word <= _LONG_WORD), default=0))
    return longest


def _fitted(widths: Sequence[int], room: int) -> list[int] | None:
    """Widths that fit into `room`: the widest columns give way. None where columns would get too narrow to read."""
    left = room - len(_GAP) * (len(widths) - 1)
    fitted = list(widths)
    while sum(fitted) > left:
        widest = max(fitted)
        if widest <= _LEAST:
            return None
        second = max((each for each in fitted if each < widest), default=_LEAST)
        count = fitted.count(widest)
        lower = max(_LEAST, second, widest - -(-(sum(fitted) - left) // count))
        fitted = [lower if each == widest else each for each in fitted]
    return fitted


def _row(cells: Cells, widths: Sequence[int]) -> Iterator[str]:
    wrapped = [wrap(cell, each) for cell, each in zip(cells, widths, strict=True)]
    for number in range(max((len(parts) for parts in wrapped), default=0)):
        parts = [parts[number] if number < len(parts) else "" for parts in wrapped]
        yield _GAP.join(part + " " * (each - width(part)) for part, each in zip(parts, widths, strict=True)).rstrip()


def _blocks(names: Cells, rows: Iterable[Cells], room: int, emphasis: Callable[[str], str]) -> Iterator[str]:
    margin = max(width(name) for name in names) + len(_GAP)
    for number, row in enumerate(rows):
        if number:
            yield ""
        for name, cell in zip(names, row, strict=True):
            first, *more = wrap(cell, max(_LEAST, room - margin))
            yield f"{emphasis(name)}{' ' * (margin - width(name))}{first}".rstrip()
            yield from (" " * margin + part for part in more)


def wrap(text: str, room: int) -> list[str]:
    """A text in lines of at most `room` columns, broken after spaces, slashes and hyphens where there are any."""
    found = []
    while width(text) > room:
        end = taken = 0
        for end, char in enumerate(text):  # noqa: B007 – where the loop stops is what counts
            if taken + _width(char) > room:
                break
            taken += _width(char)
        end = max(end, 1)
        space = max(text.rfind(mark, 0, end + (mark == " ")) for mark in " /-")
        cut = space + 1 if space > end // 3 else end
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*found, text]


def wrap_dated(text: str, room: int) -> list[str]:
    """A text in lines as `wrap` breaks it, but no date is broken over two."""
    held = _DATE.sub(lambda date: date[0].replace("-", _HELD), text.replace(_HELD, "?"))
    return [part.replace(_HELD, "-") for part in wrap(held, room)]
