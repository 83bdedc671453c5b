"""A chain of attribution as SVG: who has it from whom, from the source down to the first speaker.

It has no colours of its own: the style sheet of the page gives them, by the classes of its parts.
"""

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.pictures.svg import safe

_WIDTH = 340
_COLUMNS = 40
_LINE = 18
_PAD = 11
_GAP = 34
_LAST = {"own voice": "in its own voice", "speaks": "the first speaker", "reports": "the first to report"}
"""How a chain ends."""


class Step(NamedTuple):
    """Who, and how they pass on what comes from the next one: quotes, relays, speaks."""

    who: str
    manner: str


def told(steps: Sequence[Step]) -> str:
    """The chain as a sentence: London News Net relays The Moscow Times, which quotes an official, the first speaker."""
    if not steps:
        return "No chain of attribution."
    sentence = steps[0].who
    for number, step in enumerate(steps[1:]):
        sentence += f"{', which' if number else ''} {steps[number].manner} {step.who}"
    return f"{sentence}, {_LAST.get(steps[-1].manner, f'which {steps[-1].manner}')}."


def drawn(steps: Sequence[Step]) -> str:
    """The chain as an SVG fragment for an HTML page; the same chain gives the same text."""
    sentence = told(steps)
    body: list[str] = []
    top = 1
    for number, step in enumerate(steps):
        lines = textwrap.wrap(step.who, _COLUMNS, max_lines=3, placeholder="…") or [""]
        height = _LINE * len(lines) + _PAD * 2 - 4
        last = number + 1 == len(steps)
        kind = "box whose" if last else "box"
        body.append(f'<rect class="{kind}" x="1" y="{top}" width="{_WIDTH - 2}" height="{height}" rx="2"/>')
        for row, line in enumerate(lines):
            weight = ' class="strong"' if last else ""
            body.append(f'<text{weight} x="14" y="{top + _PAD + 12 + _LINE * row}">{safe(line)}</text>')
        top += height
        if not last:
            body.append(f'<path class="line" d="M26 {top + _GAP - 1}V{top + 8}"/>')
            body.append(f'<path class="head" d="M21 {top + 10}l5 -8l5 8z"/>')
            body.append(f'<text class="small" x="40" y="{top + 22}">{safe(step.manner)}</text>')
            top += _GAP
    body.append(f'<text class="small" x="14" y="{top + 20}">{safe(steps[-1].manner if steps else "")}</text>')
    height = top + 26
    return (
        f'<svg class="picture chain" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img"'
        f' aria-label="{safe(f"Chain of attribution: {sentence}")}"><title>Chain of attribution</title>'
        f"<desc>{safe(sentence)}</desc>{''.join(body)}</svg>"
    )
