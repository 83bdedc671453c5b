"""Who said something about whom, as an SVG fragment: speakers on the left, what they speak of on the right.

It has no colours of its own: the style sheet of the page gives them, by the classes of its parts.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from onrecord.pictures.svg import safe

MOST = 20
"""Lines that are drawn: more cannot be told apart."""
_WIDTH = 760
_BOX = 270
_COLUMNS = 32
_LINE = 17
_GAP = 10
_SINGLE = 38


class Said(NamedTuple):
    """That somebody said something about somebody."""

    speaker: str
    about: str


class Drawn(NamedTuple):
    """The picture, and how many of the lines it shows."""

    picture: str
    shown: int
    of: int


def drawn(said: Iterable[Said]) -> Drawn:
    """The picture of who said how much about whom: the most said first, `MOST` lines at the most."""
    counted = sorted(Counter(said).items(), key=lambda item: (-item[1], item[0]))
    kept = counted[:MOST]
    left = list(dict.fromkeys(said.speaker for said, _ in kept))
    right = list(dict.fromkeys(said.about for said, _ in kept))
    boxes, places = [], {}
    height = 0
    for side, names in ((0, left), (1, right)):
        top = 1
        for name in names:
            lines = textwrap.wrap(name, _COLUMNS, max_lines=2, placeholder="…") or [""]
            tall = _SINGLE + _LINE * (len(lines) - 1)
            boxes.append(_box(side, top, tall, lines))
            places[side, name] = top + tall // 2
            top += tall + _GAP
        height = max(height, top)
    told = "; ".join(f"{said.speaker} about {said.about}: {counted_times(number)}" for said, number in kept)
    paths = [_line(places[0, said.speaker], places[1, said.about], said, number) for said, number in kept]
    picture = (
        f'<svg class="picture voices" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img"'
        f' aria-label="{safe(f"Who said something about whom: {told}")}"><title>Who said something about whom</title>'
        f"<desc>{safe(told)}</desc>{''.join(paths)}{''.join(boxes)}</svg>"
    )
    return Drawn(picture, len(kept), len(counted))


def counted_times(number: int) -> str:
    """How often: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _box(side: int, top: int, tall: int, lines: list[str]) -> str:
    x = 1 if side == 0 else _WIDTH - _BOX - 1
    texts = [f'<text x="{x + 12}" y="{top + 24 + _LINE * row}">{safe(line)}</text>' for row, line in enumerate(lines)]
    kind = "box whose" if side == 0 else "box"
    return f'<rect class="{kind}" x="{x}" y="{top}" width="{_BOX}" height="{tall}" rx="2"/>{"".join(texts)}'


def _line(start: int, end: int, said: Said, number: int) -> str:
    first, last = _BOX + 1, _WIDTH - _BOX - 8
    middle = (first + last) // 2
    wide = min(6.0, 1 + number * 0.8)
    told = safe(f"{said.speaker} about {said.about}: {counted_times(number)}")
    return (
        f'<path class="line" stroke-width="{wide:g}" d="M{first} {start}C{middle} {start} {middle} {end} {last} {end}">'
        f'<title>{told}</title></path><path class="head" d="M{last - 1} {end - 5}l8 5l-8 5z"/>'
    )
