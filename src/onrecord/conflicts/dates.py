"""Contradictions about when: one event on days that have none in common, a person who died twice, and what is said to
have come after something that had not begun."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.conflicts.model import Conflict, Side
from onrecord.conflicts.naming import Names
from onrecord.conflicts.ranges import apart, is_below, of_bounds
from onrecord.conflicts.telling import told, voice
from onrecord.conflicts.voiced import Death, Happening, Voiced
from onrecord.history import Bounds, shown
from onrecord.rules.identity import Identity


class _Dated(NamedTuple):
    """A fact that says when something was."""

    about: str
    node: str
    when: Bounds
    curated: bool
    source: Voiced


def is_against(after: Bounds, before: Bounds) -> bool:
    """Whether something cannot have come after something else."""
    return is_below(of_bounds(after), of_bounds(before))


def of_events(happenings: Iterable[tuple[Happening, Voiced]], identity: Identity, names: Names) -> Iterator[Conflict]:
    """Events that curators hold to be one, on days that have none in common."""
    groups: dict[str, list[_Dated]] = {}
    for one, source in happenings:
        if not one.series:
            dated = _Dated(one.node, one.node, one.when, one.curated, source)
            groups.setdefault(identity.of(one.node), []).append(dated)
    yield from _of_groups(groups.values(), names, names.of_one)


def of_deaths(
    voices: Iterable[Voiced], identity: Identity, names: Names, is_person: Callable[[str], bool]
) -> Iterator[Conflict]:
    """Persons who died on days that have none in common. `is_person` tells it of those whom no source describes."""
    groups: dict[str, list[_Dated]] = {}
    for source in voices:
        for death in source.deaths:
            if _is_one(death, is_person):
                dated = _Dated(death.person, death.node, death.when, death.curated, source)
                groups.setdefault(identity.of(death.person), []).append(dated)
    yield from _of_groups(groups.values(), names, lambda persons: f"death of {names.of_one(persons)}")


def _is_one(death: Death, is_person: Callable[[str], bool]) -> bool:
    return is_person(death.person) if death.known is None else death.known


def _of_groups(
    groups: Iterable[Sequence[_Dated]], names: Names, call: Callable[[Sequence[str]], str]
) -> Iterator[Conflict]:
    for group in groups:
        found = [group[position] for position in apart([of_bounds(one.when) for one in group], {})]
        if found:
            found.sort(key=lambda one: (of_bounds(one.when).low or 0, one.source.source, one.node))
            about = tuple(sorted({one.about for one in found}))
            said = told((shown(one.when), voice(one.source, names)) for one in found)
            sides = tuple(Side(one.node, one.source.source) for one in found)
            curated = len(about) > 1 or any(one.curated for one in found)
            yield Conflict("date", about, f"{call(about)}: {said}", sides, curated)


def of_orders(
    voices: Iterable[Voiced], names: Names, when_of: Callable[[str], tuple[Bounds, str, bool]]
) -> Iterator[Conflict]:
    """What is said to have come after something, and cannot have. `when_of` gives when that was, for what a source does
    not date itself, with the source that does and whether a curator's word is needed."""
    for source in voices:
        for order in source.orders:
            when, where, curated = order.before_when, source.source, order.curated
            if when is None:
                when, where, added = when_of(order.before)
                curated = curated or added
            if not is_against(order.when, when):
                continue
            before = names.of(order.before)
            sentence = (
                f"{names.of(order.node)}: after {before} ({voice(source, names)}); "
                f"but {shown(order.when)}, and {before} {shown(when)}"
            )
            sides = (Side(order.node, source.source), Side(order.before, where))
            yield Conflict("date", (order.node, order.before), sentence, sides, curated)
