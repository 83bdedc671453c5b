"""A time line as SVG 1.1 (https://www.w3.org/TR/SVG11/): self-contained, with its texts in it, and no script.

Statuses differ in form as well as in colour, so that they can be told apart in print and by everybody. The colours
follow the reader's choice of light or dark.
"""

import hashlib
import re
import textwrap
import unicodedata
from collections.abc import Iterator
from html import escape

from onrecord.history import Period, Status
from onrecord.pictures.picture import Lane, Picture
from onrecord.pictures.scale import Scale, scale_of

_WIDTH = 860
_MARGIN = 20
_LINE = 20
_BAR = 18
_TICKS = 10
_LEAST = 3.0
"""What a day has at the least, so that it is seen."""
_TEXT_COLUMNS = 100
CLASSES: dict[Status, str] = {
    "listed": "listed",
    "sources disagree": "disagree",
    "uncertain": "uncertain",
    "not listed": "absent",
    "no evidence": "nothing",
}
"""What the style sheets call the statuses."""
_SHOWN: tuple[Status, ...] = ("listed", "sources disagree", "uncertain", "not listed")
_RULES = """svg { background: PAPER; }
text { font: 14px system-ui, "Noto Sans", "DejaVu Sans", sans-serif; fill: INK; unicode-bidi: plaintext; }
.title, .answer { font-weight: 600; }
.title { font-size: 17px; }
.year, .legend { font-size: 12px; fill: FAINT; }
.axis { stroke: FAINT; fill: none; }
.listed { fill: LISTED; }
.uncertain, .doubt { stroke: DOUBT; }
.disagree, .odds { stroke: ODDS; }
.doubt, .odds { stroke-width: 2; }
.absent { stroke: ABSENT; fill: ABSENT; fill-opacity: 0.25; }
.gap { fill: PAPER; }
.asked { fill: INK; fill-opacity: 0.12; stroke: INK; stroke-width: 1.5; }
"""
_LIGHT = {
    "INK": "#1b1b1f",
    "PAPER": "#ffffff",
    "FAINT": "#74747c",
    "LISTED": "#b3261e",
    "DOUBT": "#8a6100",
    "ODDS": "#6a3fb5",
    "ABSENT": "#2e6b3a",
}
_DARK = {
    "INK": "#eeeef2",
    "PAPER": "#17171b",
    "FAINT": "#9d9da8",
    "LISTED": "#ff8a80",
    "DOUBT": "#f0c04c",
    "ODDS": "#c3a6ff",
    "ABSENT": "#8fd19e",
}


def _rules(colours: dict[str, str]) -> str:
    return re.sub("|".join(colours), lambda match: colours[match[0]], _RULES)


_STYLE = (
    f"svg {{ color-scheme: light dark; }}\n{_rules(_LIGHT)}@media (prefers-color-scheme: dark) {{\n{_rules(_DARK)}}}\n"
)
"""Colours are written out in both themes: programs that draw SVG outside a browser know no variables."""


def document(picture: Picture) -> str:
    """The picture as an SVG document of its own; the same picture gives the same text.

    Labels may hold anything: they are escaped, and characters that XML has no place for are replaced.
    """
    scale = scale_of(picture)
    name = hashlib.sha256(repr(picture).encode("utf-8", "replace")).hexdigest()[:8]
    head, top = _texts(picture.title, "title", _MARGIN + _LINE)
    body: list[str] = []
    start = top - 8
    top += _LINE if picture.marker else 0
    for lane in picture.lanes:
        drawn, top = _lane(lane, scale, top, name)
        body += drawn
    axis, below = _axis(scale, top + 6)
    marker = _marker(picture, scale, start, top)
    legend, below = _legend(below + _LINE, name)
    answer, below = _texts(picture.answer, "answer", below + _LINE * 3 // 2)
    reason, below = _texts(picture.reason, "reason", below) if picture.reason else ([], below)
    height = below + _MARGIN - _LINE // 2
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}"'
            f' height="{height}" role="img" aria-labelledby="title-{name} desc-{name}">',
            f'<title id="title-{name}">{safe(picture.title)}</title>',
            f'<desc id="desc-{name}">{safe(_described(picture))}</desc>',
            f"<style>{_STYLE}</style>",
            _patterns(name),
            *head,
            *body,
            *axis,
            *marker,
            *legend,
            *answer,
            *reason,
            "</svg>\n",
        ]
    )


def safe(text: str) -> str:
    """A text as XML may hold it, and without what would turn the text around it (Unicode's controls of direction)."""
    return escape("".join(_replaced(char) for char in text))


def _replaced(char: str) -> str:
    if char in "\n\t":
        return " "
    bad = unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in "\u202a\u202b\u202c\u202d\u202e\ufffe\uffff"
    return "\N{REPLACEMENT CHARACTER}" if bad or "\u2066" <= char <= "\u2069" else char


def _described(picture: Picture) -> str:
    """The whole picture in words, for those who do not see it."""
    lanes = [f"{lane.label}: {'; '.join(map(period_told, lane.periods)) or 'no evidence'}." for lane in picture.lanes]
    return " ".join(filter(None, [picture.answer, picture.reason, *lanes]))


def period_told(period: Period) -> str:
    """A period in words: from 2005-04-18 to 2025-04-16 listed."""
    since = f"from {period.first}" if period.first else "from before"
    return f"{since} {f'to {period.last}' if period.last else 'on'} {period.status}"


def _texts(text: str, kind: str, top: int) -> tuple[list[str], int]:
    """A text in lines, and where the next one would stand."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    columns = _TEXT_COLUMNS * len(text) // (len(text) + wide) if text else _TEXT_COLUMNS
    lines = textwrap.wrap(text, columns) or [""]
    drawn = [
        f'<text class="{kind}" x="{_MARGIN}" y="{top + _LINE * number}">{safe(line)}</text>'
        for number, line in enumerate(lines)
    ]
    return drawn, top + _LINE * len(lines)


def _patterns(name: str) -> str:
    return (
        f'<defs><pattern id="doubt-{name}" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="doubt" d="M0 0V7"/></pattern>'
        f'<pattern id="odds-{name}" width="7" height="7" patternUnits="userSpaceOnUse">'
        '<path class="odds" d="M0 0L7 7M7 0L0 7"/></pattern></defs>'
    )


def _at(place: float) -> float:
    return round(_MARGIN + place * (_WIDTH - 2 * _MARGIN), 1)


def _lane(lane: Lane, scale: Scale, top: int, name: str) -> tuple[list[str], int]:
    label, below = _texts(lane.label, "label", top + 6)
    y = below - _LINE + 8
    drawn = [f'<path class="axis" d="M{_MARGIN} {y + _BAR}H{_WIDTH - _MARGIN}"/>']
    bars = []
    for period in lane.periods:
        start = 0.0 if period.first is None else scale.place(period.first)
        end = 1.0 if period.last is None else scale.end_of(period.last)
        told = f"<title>{safe(f'{period_told(period)}: {period.because}')}</title>"
        width = round(_at(end) - _at(start), 1)
        bars.append((width < _LEAST, _bar(period.status, _at(start), y, max(_LEAST, width), name, told)))
    bars.sort(key=lambda bar: bar[0])  # a day is drawn over its neighbors
    return [*label, *drawn, *(bar for _, bar in bars)], y + _BAR + _LINE


def _bar(status: Status, x: float, y: int, width: float, name: str, told: str = "") -> str:
    if status == "no evidence":
        return ""
    fill = {"uncertain": f' fill="url(#doubt-{name})"', "sources disagree": f' fill="url(#odds-{name})"'}
    height, top = (_BAR // 3, y + _BAR // 3) if status == "not listed" else (_BAR, y)
    gap = f'<path class="gap" d="M{x} {y}h{width}v{_BAR}h-{width}z"/>' if status == "not listed" else ""
    look = f'class="{CLASSES[status]}"{fill.get(status, "")}'
    return f'{gap}<rect {look} x="{x}" y="{top}" width="{width}" height="{height}">{told}</rect>'


def _axis(scale: Scale, y: int) -> tuple[list[str], int]:
    drawn = []
    for tick in scale.ticks(_TICKS):
        x = _at(tick.place)
        drawn.append(f'<path class="axis" d="M{x} {y - 12}v6"/>')
        drawn.append(f'<text class="year" x="{x}" y="{y + 8}" text-anchor="middle">{tick.year}</text>')
    return drawn, y + 8


def _marker(picture: Picture, scale: Scale, start: int, end: int) -> Iterator[str]:
    """The days that are asked about, over all lanes."""
    if picture.marker is None:
        return
    x, until = _at(scale.place(picture.marker.first)), _at(scale.end_of(picture.marker.last))
    wide = max(1.0, round(until - x, 1))
    yield (
        f'<rect class="asked" x="{x}" y="{start}" width="{wide}" height="{end - start - 6}">'
        f"<title>{safe(picture.marker.text)}</title></rect>"
    )
    anchor = "end" if x > _WIDTH * 0.75 else "start"
    place = round(x - 4 if anchor == "end" else x + wide + 4, 1)
    told = safe(picture.marker.text)
    yield f'<text class="legend" x="{place}" y="{start + 8}" text-anchor="{anchor}">{told}</text>'


def _legend(y: int, name: str) -> tuple[list[str], int]:
    drawn, x = [], float(_MARGIN)
    for status in _SHOWN:
        drawn.append(_bar(status, x, y, 26, name))
        drawn.append(f'<text class="legend" x="{x + 32}" y="{y + 13}">{status}</text>')
        x += 60 + len(status) * 7
    drawn.append(f'<text class="legend" x="{x}" y="{y + 13}">left blank: no evidence</text>')
    return drawn, y + _BAR
