"""Sentences that tell of a conflict without taking a side."""

from collections.abc import Iterable

from onrecord.conflicts.naming import Names
from onrecord.conflicts.voiced import Voiced
from onrecord.history import Bounds, shown

_MOST = 6


def voice(source: Voiced, names: Names) -> str:
    """Who says something, and when: the outlet, or else the source, with the day of it that it gives itself."""
    when = f", {shown(source.published)}" if source.published != Bounds() else ""
    return f"{names.of(source.site or source.source)}{when}"


def told(said: Iterable[tuple[str, str]]) -> str:
    """What is said, in its order, each once, with those who say so: `40 (Gazette); but 60 (Herald)`."""
    voices: dict[str, dict[str, None]] = {}
    for what, who in said:
        voices.setdefault(what, {})[who] = None
    parts = [f"{what} ({_some(list(who), '; ')})" for what, who in voices.items()]
    return _some(parts, "; but ")


def _some(parts: list[str], between: str) -> str:
    shown_parts = between.join(parts[:_MOST])
    return shown_parts if len(parts) <= _MOST else f"{shown_parts}; and {len(parts) - _MOST} more"
