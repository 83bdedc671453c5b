"""Contradictions about roles: two persons in a post for one, and a party in an event in roles that exclude each
other."""

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.conflicts.model import Conflict, Side
from onrecord.conflicts.naming import Names
from onrecord.conflicts.telling import told, voice
from onrecord.conflicts.voiced import Happening, Part, Tenure, Voiced
from onrecord.history import Bounds, shown
from onrecord.rules.identity import Identity

PERPETRATOR = "perpetrator"
_EXCLUDING = ((PERPETRATOR, "victim"), (PERPETRATOR, "target"), ("interviewer", "interviewee"))
"""Roles that nobody has together in one event."""
_DAY = datetime.timedelta(1)


def excluding(parts: Sequence[Part]) -> bool:
    """Whether a party has roles that exclude each other."""
    if len(parts) < 2:
        return False
    held = {(part.party, part.role) for part in parts}
    return any((party, one) in held and (party, other) in held for party, _ in held for one, other in _EXCLUDING)


class _Played(NamedTuple):
    """A fact that gives a party a role in an event."""

    party: str
    role: str
    event: Happening
    source: Voiced
    curated: bool


def of_parts(happenings: Iterable[tuple[Happening, Voiced]], identity: Identity, names: Names) -> Iterator[Conflict]:
    """Parties in one event in roles that exclude each other."""
    groups: dict[tuple[str, str], list[_Played]] = {}
    for event, source in happenings:
        for part in () if event.series else event.parts:
            played = _Played(part.party, part.role, event, source, part.curated or event.curated)
            groups.setdefault((identity.of(event.node), identity.of(part.party)), []).append(played)
    for group in groups.values():
        for pair in _EXCLUDING:
            found = [one for role in pair for one in group if one.role == role]
            if len({one.role for one in found}) == 2:
                yield _of_pair(sorted(found, key=lambda one: (pair.index(one.role), one.source.source)), names)


def _of_pair(found: Sequence[_Played], names: Names) -> Conflict:
    events = sorted({one.event.node for one in found})
    parties = sorted({one.party for one in found})
    said = told((one.role, voice(one.source, names)) for one in found)
    sides = tuple(dict.fromkeys(Side(one.event.node, one.source.source) for one in found))
    curated = len(events) > 1 or len(parties) > 1 or any(one.curated for one in found)
    sentence = f"{names.of_one(parties)} in {names.of_one(events)}: {said}"
    return Conflict("role", (*parties, *events), sentence, sides, curated)


class _Held(NamedTuple):
    """A tenure, and the days of which it is certain. `person` is who stands for all names of that person."""

    person: str
    tenure: Tenure
    source: Voiced
    first: datetime.date
    last: datetime.date


def of_posts(
    voices: Iterable[Voiced], identity: Identity, names: Names, is_person: Callable[[str], bool]
) -> Iterator[Conflict]:
    """Two persons in one post on the same days. `is_person` tells who is one person with a name, of those whom no
    source describes: a person of the registry.

    Nobody is held to be another by guess: two persons are two where the registry has both, or one source.
    """
    groups: dict[tuple[str, str], list[_Held]] = {}
    for source in voices:
        for tenure in source.tenures:
            known = is_person(tenure.person) if tenure.known is None else tenure.known
            days = _certain(tenure, source.published) if known else None
            if days is not None:
                held = _Held(identity.of(tenure.person), tenure, source, *days)
                groups.setdefault((identity.of(tenure.post), source.source if tenure.known else ""), []).append(held)
    for group in groups.values():
        group.sort(key=lambda held: (held.first, held.last, held.source.source, held.tenure.node))
        for together in _together(group):
            found = _disputed(together)
            if found:
                yield _of_post(found, names)


def _certain(tenure: Tenure, published: Bounds) -> tuple[datetime.date, datetime.date] | None:
    """The days on which somebody certainly held a post: until the day before the end, or the source's own."""
    said = published.earliest if published.earliest == published.latest or tenure.start else None
    last = tenure.end.earliest - _DAY if tenure.end and tenure.end.earliest else None if tenure.end else said
    first = tenure.start.latest if tenure.start else last if not tenure.end else None
    return (first, last) if first is not None and last is not None and first <= last else None


def _together(group: Sequence[_Held]) -> Iterator[list[_Held]]:
    """Tenures in order, in runs of those that go on while another one does: longer than the day of a handover, on which
    both may be said to hold the post."""
    run: list[_Held] = []
    until = datetime.date.min
    for held in group:
        if held.first >= until and run:
            yield run
            run = []
        run.append(held)
        until = max(until, held.last)
    yield run


def _disputed(run: Sequence[_Held]) -> list[_Held]:
    """The tenures of a run, in its order, that go on while one of another person does."""
    begun = [held.first for held in run]
    latest: list[dict[str, datetime.date]] = []  # of those so far, the two persons whose tenures end last
    ends: dict[str, datetime.date] = {}
    for held in run:
        ends = {**ends, held.person: max(held.last, ends.get(held.person, held.last))}
        ends = dict(sorted(ends.items(), key=lambda one: (one[1], one[0]))[-2:])
        latest.append(ends)
    found = []
    for held in run:
        before = bisect_left(begun, held.last)
        others = latest[before - 1].items() if before else ()
        if any(person != held.person and held.first < last for person, last in others):
            found.append(held)
    return found


def _of_post(found: Sequence[_Held], names: Names) -> Conflict:
    said = told(
        (f"{names.of(held.tenure.person)} {_time(held.tenure)}".strip(), voice(held.source, names)) for held in found
    )
    posts = tuple(sorted({held.tenure.post for held in found}))
    curated = len(posts) > 1 or any(held.tenure.curated for held in found)
    sides = tuple(Side(held.tenure.node, held.source.source) for held in found)
    return Conflict("role", posts, f"{names.of_one(posts)}: {said}", sides, curated)


def _time(tenure: Tenure) -> str:
    parts = (("from", tenure.start), ("until", tenure.end))
    return " ".join(f"{word} {shown(time)}" for word, time in parts if time is not None)
