"""A time line as a terminal shows it: a strip a list, one axis of years, the days that are asked about."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from onrecord.cli import tables
from onrecord.history import Status
from onrecord.pictures import Lane, Picture, Scale, scale_of, strips

_BOXES: dict[Status, str] = {
    "listed": "█",
    "sources disagree": "▒",
    "uncertain": "░",
    "not listed": "·",
    "no evidence": " ",
}
_ASCII: dict[Status, str] = {
    "listed": "#",
    "sources disagree": "!",
    "uncertain": "?",
    "not listed": ".",
    "no evidence": " ",
}
_COLORS: dict[Status, str] = {
    "listed": "red",
    "sources disagree": "magenta",
    "uncertain": "yellow",
    "not listed": "green",
    "no evidence": "white",
}
_TICK_COLUMNS = 9
_LEAST, _MOST = 20, 300


@dataclass(frozen=True)
class Manner:
    """How to draw: the columns there are, ASCII alone, in color."""

    columns: int
    ascii: bool = False
    color: bool = False

    @property
    def cells(self) -> dict[Status, str]:
        """What stands for each status."""
        return _ASCII if self.ascii else _BOXES

    def dress(self, text: str, status: Status) -> str:
        """A text in the color of a status."""
        return click.style(text, fg=_COLORS[status]) if self.color else text

    def strong(self, text: str) -> str:
        """A text that stands out."""
        return click.style(text, bold=True) if self.color else text

    def faint(self, text: str) -> str:
        """A text that stands back."""
        return click.style(text, dim=True) if self.color else text


def lines(picture: Picture, manner: Manner) -> Iterator[str]:
    """The lines of a picture: each lane's label and strip, the axis, the marker, and what the signs mean."""
    scale = scale_of(picture)
    width = max(_LEAST, min(manner.columns - 2, _MOST, scale.days))
    for lane in picture.lanes:
        for part in tables.wrap(tables.plain(lane.label), width):
            yield f"  {part}"
        yield f"  {_strip(lane, scale, width, manner)}"
    axis, years = _axis(scale, width, ascii_only=manner.ascii)
    yield f"  {manner.faint(axis)}"
    yield f"  {manner.faint(years)}".rstrip()
    yield from _marker(picture, scale, width, manner)
    yield ""
    yield from _legend(scale, width, manner)


def _strip(lane: Lane, scale: Scale, width: int, manner: Manner) -> str:
    """The cells, those of one status dressed together."""
    found: list[tuple[Status, int]] = []
    for status in strips(lane, scale, width):
        if found and found[-1][0] == status:
            found[-1] = (status, found[-1][1] + 1)
        else:
            found.append((status, 1))
    return "".join(manner.dress(manner.cells[status] * count, status) for status, count in found).rstrip()


def _axis(scale: Scale, width: int, *, ascii_only: bool) -> tuple[str, str]:
    line, tick = ("-", "+") if ascii_only else ("─", "┴")
    axis, years = [line] * width, [" "] * (width + 4)
    free = 0
    for year, place in scale.ticks(max(2, width // _TICK_COLUMNS)):
        at = min(width - 1, int(place * width))
        axis[at] = tick
        start = min(max(0, at - 1), width - len(str(year)))
        if start >= free:
            years[start : start + len(str(year))] = str(year)
            free = start + len(str(year)) + 1
    return "".join(axis), "".join(years).rstrip()


def _marker(picture: Picture, scale: Scale, width: int, manner: Manner) -> Iterator[str]:
    """A sign below the days that are asked about, and what they are."""
    if picture.marker is None:
        return
    first = min(width - 1, int(scale.place(picture.marker.first) * width))
    last = min(width - 1, max(first, int(scale.end_of(picture.marker.last) * width - 1e-9)))
    sign = ("^" if manner.ascii else "▲") * (last - first + 1)
    text = tables.plain(picture.marker.text)
    if last + 2 + tables.width(text) <= width or first < tables.width(text) + 1:
        yield f"  {' ' * first}{sign} {text}"
    else:
        yield f"  {' ' * (first - tables.width(text) - 1)}{text} {sign}"


def _legend(scale: Scale, width: int, manner: Manner) -> Iterator[str]:
    days = scale.days / width
    cell = (
        f"{days:.0f} days"
        if days < 60
        else f"{days / 30.44:.0f} months"
        if days < 700
        else f"{days / 365.25:.1f} years"
    )
    parts = [f"{sign * 3} {status}" for status, sign in manner.cells.items() if status != "no evidence"]
    for told in ("   ".join([*parts, "blank: no evidence"]), f"one sign: about {cell}"):
        yield from (f"  {manner.faint(part)}" for part in tables.wrap(told, width))
