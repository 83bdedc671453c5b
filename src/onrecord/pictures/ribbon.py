"""One lane of a time line as an SVG fragment for an HTML page: as wide as there is room, its texts never smaller.

Places are percentages, so that it fits a phone as it fits a desk. The style sheet of the page gives the colours; forms
differ as well. What it shows is told in its description, and stands as a table beside it.
"""

import hashlib
from collections.abc import Iterator

from onrecord.history import Period
from onrecord.pictures.picture import Lane, Marker
from onrecord.pictures.scale import Scale
from onrecord.pictures.svg import CLASSES, period_told, safe

_BAR = 26
_HEIGHT = 52
_TICKS = 6
_LEAST = 0.6


def drawn(lane: Lane, scale: Scale, marker: Marker | None = None) -> str:
    """A lane over its axis; the same lane gives the same text. Labels may hold anything."""
    name = hashlib.sha256(repr((lane, scale, marker)).encode("utf-8", "replace")).hexdigest()[:10]
    told = "; ".join(map(period_told, lane.periods)) or "no evidence"
    bars = sorted(
        (_bar(period, scale, name) for period in lane.periods if period.status != "no evidence"), reverse=True
    )
    return "".join(
        [
            f'<svg class="picture ribbon" width="100%" height="{_HEIGHT}" role="img"',
            f' aria-label="{safe(f"Time line of {lane.label}: {told}")}">',
            f"<title>{safe(lane.label)}</title><desc>{safe(told)}</desc>",
            _patterns(name),
            f'<line class="axis" x1="0" x2="100%" y1="{_BAR + 4}" y2="{_BAR + 4}"/>',
            *(text for _, text in bars),
            *_axis(scale),
            *_marked(marker, scale),
            "</svg>",
        ]
    )


def _bar(period: Period, scale: Scale, name: str) -> tuple[float, str]:
    start = 0.0 if period.first is None else scale.place(period.first) * 100
    end = 100.0 if period.last is None else scale.end_of(period.last) * 100
    width = max(_LEAST, end - start)
    fills = {"uncertain": f' fill="url(#doubt-{name})"', "sources disagree": f' fill="url(#odds-{name})"'}
    top, height = (4 + _BAR // 3, _BAR // 3) if period.status == "not listed" else (4, _BAR)
    told = safe(f"{period_told(period)}: {period.because}")
    text = (
        f'<rect class="{CLASSES[period.status]}"{fills.get(period.status, "")} x="{start:.2f}%" y="{top}"'
        f' width="{width:.2f}%" height="{height}"><title>{told}</title></rect>'
    )
    return width, text


def _patterns(name: str) -> str:
    return (
        f'<defs><pattern id="doubt-{name}" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="doubt" d="M0 0V7"/></pattern>'
        f'<pattern id="odds-{name}" width="7" height="7" patternUnits="userSpaceOnUse">'
        '<path class="odds" d="M0 0L7 7M7 0L0 7"/></pattern></defs>'
    )


def _axis(scale: Scale) -> Iterator[str]:
    for tick in scale.ticks(_TICKS):
        x = tick.place * 100
        anchor = "start" if x < 4 else "end" if x > 96 else "middle"
        yield f'<line class="axis" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_BAR + 4}" y2="{_BAR + 9}"/>'
        yield f'<text class="year" x="{x:.2f}%" y="{_HEIGHT - 2}" text-anchor="{anchor}">{tick.year}</text>'


def _marked(marker: Marker | None, scale: Scale) -> Iterator[str]:
    if marker is not None:
        x = scale.place(marker.last) * 100
        yield (
            f'<rect class="asked" x="{x:.2f}%" y="0" width="2" height="{_BAR + 8}">'
            f"<title>{safe(marker.text)}</title></rect>"
        )
