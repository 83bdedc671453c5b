"""Contradictions about how many: figures of one thing, counted alike over one time, that cannot all be right."""

from collections.abc import Iterable, Iterator, Sequence

from onrecord.conflicts.model import Conflict, Side
from onrecord.conflicts.naming import Names
from onrecord.conflicts.ranges import apart, of_number
from onrecord.conflicts.telling import told, voice
from onrecord.conflicts.voiced import Figure, Voiced
from onrecord.history import shown
from onrecord.rules.identity import Identity

_Key = tuple[object, ...]
_QUALIFIED = {"at-least": "at least ", "at-most": "at most ", "about": "about ", "almost": "almost "}
_TIMELY = ("event", "act")
"""What has a time of its own, so that a figure of it needs none."""


def of_figures(voices: Iterable[Voiced], identity: Identity, names: Names) -> Iterator[Conflict]:
    """What contradicts each other in figures."""
    groups: dict[_Key, list[tuple[Figure, Voiced]]] = {}
    for source in voices:
        for figure in source.figures:
            key = _key(figure, source, identity)
            if key is not None:
                groups.setdefault(key, []).append((figure, source))
    for group in groups.values():
        if len(group) > 1:
            yield from _of_group(group, identity, names)


def _key(figure: Figure, source: Voiced, identity: Identity) -> _Key | None:
    """What figures that can be compared have in common; None for those that cannot be.

    Where nothing tells that two sources count over the same time, only figures of one source are compared.
    """
    start, end = figure.period
    if any(time is not None and None in time for time in (start, end)):
        return None
    bounded = (start is None) == (end is None)
    timely = start is not None or all(one.rsplit("/", 2)[-2] in _TIMELY for one in figure.of)
    return (
        tuple(sorted({identity.of(one) for one in figure.of})),
        identity.of(figure.place or ""),
        figure.unit,
        " ".join(figure.counts.casefold().split()),
        figure.period,
        None if bounded and timely else source.source,
    )


def _of_group(group: Sequence[tuple[Figure, Voiced]], identity: Identity, names: Names) -> Iterator[Conflict]:
    ranges = [of_number(figure.qualifier, figure.number) for figure, _ in group]
    found = [group[position] for position in apart(ranges, _related(group))]
    if not found:
        return
    found.sort(key=lambda one: (one[0].number, one[0].qualifier, one[1].source, one[0].node))
    figures = [figure for figure, _ in found]
    about = tuple(sorted({one for figure in figures for one in figure.of}))
    said = told((f"{_QUALIFIED.get(f.qualifier, '')}{f.number:f}", voice(source, names)) for f, source in found)
    of = ", ".join(dict.fromkeys(names.of_one(identity.members(identity.of(one))) for one in figures[0].of))
    sentence = f"{figures[0].counts}, {of}{_period(figures[0])}: {said}"
    sides = tuple(Side(figure.node, source.source) for figure, source in found)
    curated = any(figure.curated for figure in figures) or len({figure.of for figure in figures}) > 1
    yield Conflict("figure", about, sentence, sides, curated)


def _related(group: Sequence[tuple[Figure, Voiced]]) -> dict[int, set[int]]:
    """For each figure those of which it is said how they stand to it, itself among them."""
    positions = {figure.node: position for position, (figure, _) in enumerate(group)}
    found: dict[int, set[int]] = {}
    for position, (figure, _) in enumerate(group):
        for other in figure.related:
            if other in positions:
                found.setdefault(position, {position}).add(positions[other])
                found.setdefault(positions[other], {positions[other]}).add(position)
    return found


def _period(figure: Figure) -> str:
    start, end = figure.period
    parts = [f" from {shown(start)}" if start else "", f" until {shown(end)}" if end else ""]
    return "".join(parts)
