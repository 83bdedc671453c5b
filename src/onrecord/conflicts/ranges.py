"""Ranges that have nothing in common: what makes a contradiction."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import NamedTuple

from onrecord.history import Bounds

_HALF = Decimal("0.5")


class Range(NamedTuple):
    """What a number or day may be: from `low` to `high`, None for no bound. `reached` tells that it may be `high`."""

    low: Decimal | None = None
    high: Decimal | None = None
    reached: bool = True


def of_number(qualifier: str, number: Decimal) -> Range:
    """What a number with a qualifier may be. "About" is taken for anything within half of it: nobody says "about 20" of
    31."""
    if qualifier == "at-least":
        return Range(number, None)
    if qualifier in ("at-most", "almost"):
        return Range(None, number, qualifier == "at-most")
    margin = abs(number) * _HALF if qualifier == "about" else Decimal(0)
    return Range(number - margin, number + margin)


def of_bounds(bounds: Bounds) -> Range:
    """The days between two bounds."""
    return Range(_number(bounds.earliest), _number(bounds.latest))


def _number(day: datetime.date | None) -> Decimal | None:
    return None if day is None else Decimal(day.toordinal())


def is_below(one: Range, other: Range) -> bool:
    """Whether all of one lies before all of the other."""
    return one.high is not None and other.low is not None and _high(one, one.high) < (other.low, 0)


def _high(one: Range, high: Decimal) -> tuple[Decimal, int]:
    return high, 0 if one.reached else -1


def apart(ranges: Sequence[Range], related: Mapping[int, AbstractSet[int]]) -> list[int]:
    """The ranges, by their positions, that have nothing in common with at least one other; `related` are for some of
    them those with which they are not compared, either way."""
    highs = [one for one in ranges if one.high is not None]
    lows = [one for one in ranges if one.low is not None]
    if not highs or not lows:
        return []
    lowest = min(highs, key=lambda one: _high(one, one.high or Decimal(0)))
    greatest = max(lows, key=lambda one: one.low or Decimal(0))
    if not is_below(lowest, greatest):
        return []
    return [
        position
        for position, one in enumerate(ranges)
        if (
            _is_apart(one, (other for other, _ in enumerate(ranges) if other not in related[position]), ranges)
            if position in related
            else is_below(lowest, one) or is_below(one, greatest)
        )
    ]


def _is_apart(one: Range, others: Iterable[int], ranges: Sequence[Range]) -> bool:
    return any(is_below(ranges[other], one) or is_below(one, ranges[other]) for other in others)
