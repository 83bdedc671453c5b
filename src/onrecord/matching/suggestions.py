"""Who of one set may be somebody of another: candidates for a person to look at. Nothing here makes a link."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from onrecord.matching.index import LEAST, Named, NameIndex
from onrecord.matching.likeness import likeness, written
from onrecord.matching.normal import spelling, words
from onrecord.matching.reasons import reason

SHARED_NUMBER = 15
SAME_BIRTH = 6
"""For periods of birth that overlap."""
SAME_BIRTH_YEAR = 3
"""For periods that do not, in the same year."""
OTHER_BIRTH = -20
SHARED_COUNTRY = 3
_FEWEST_IN_NUMBER = 5
"""Shorter numbers ("12") are shared by chance."""


class Birth(NamedTuple):
    """When somebody was born, as said, and the first and last day that it can be (ISO 8601, YYYY-MM-DD)."""

    said: str
    first: str
    last: str


class Identifier(NamedTuple):
    """A number by which somebody is known to an authority."""

    kind: str
    """What it is, in plain words: "passport"."""
    number: str


class Described(NamedTuple):
    """What is compared of somebody or something. What is not known is left empty."""

    node: str
    kind: str
    """Such as "person" or "organization": nodes of two kinds are never candidates for each other."""
    names: tuple[str, ...]
    births: tuple[Birth, ...] = ()
    countries: tuple[str, ...] = ()
    """Codes, or names of one language: "AF" and "Afghanistan" are two values here."""
    identifiers: tuple[Identifier, ...] = ()


class Suggestion(NamedTuple):
    """That two nodes may be the same."""

    ours: str
    theirs: str
    score: int
    """From 0 to 100: an order in which to look, not a probability."""
    reasons: tuple[str, ...]
    """One sentence for each thing that raised or lowered the score, with both values, ours first."""


Evidence = tuple[int, str]
"""What something adds to the score, and why."""


def suggest(
    ours: Iterable[Described],
    theirs: Iterable[Described],
    limit: int = 5,
    least: int = LEAST,
    settled: Collection[tuple[str, str]] = (),
) -> list[Suggestion]:
    """For each of ours, the `limit` of theirs that may be the same, the best first; the order of ours is kept.

    Candidates have a name that comes close (`NameIndex.close`, score `least`) or a number in common; the name's score
    is where the suggestion's starts. Pairs of (ours, theirs) that are `settled`, because somebody has confirmed
    or refused them, are left out, and so is a node as its own candidate.
    """
    described = {one.node: one for one in theirs}
    names = NameIndex(Named(one.node, name, "name") for one in described.values() for name in one.names)
    holders: dict[str, list[str]] = {}
    for one in described.values():
        for number in _numbers(one):
            holders.setdefault(number, []).append(one.node)
    done = frozenset(settled)
    found = []
    for one in ours:
        nodes = {match.node for name in one.names for match in names.close(name, len(described), least)}
        nodes.update(node for number in _numbers(one) for node in holders.get(number, ()))
        candidates = [_weighed(one, described[node]) for node in nodes if _may_be(one, described[node], done)]
        found += sorted(candidates, key=lambda candidate: (-candidate.score, candidate.theirs))[:limit]
    return found


def _may_be(one: Described, other: Described, settled: Collection[tuple[str, str]]) -> bool:
    unlike = one.kind and other.kind and one.kind != other.kind
    return not unlike and one.node != other.node and (one.node, other.node) not in settled


def _weighed(one: Described, other: Described) -> Suggestion:
    evidence = [weighed for weigh in _WEIGHTS for weighed in weigh(one, other)]
    total = sum(points for points, _ in evidence)
    return Suggestion(one.node, other.node, max(0, min(total, 100)), tuple(why for _, why in evidence))


def _by_name(one: Described, other: Described) -> Iterator[Evidence]:
    """The two names that are most alike."""
    mine, theirs = [(written(name), name) for name in one.names], [(written(name), name) for name in other.names]
    if pairs := [(-likeness(own, their), name, called) for own, name in mine for their, called in theirs]:
        less, name, called = min(pairs)
        yield -less, f"the names “{name}” and “{called}”: {reason(name, called) if -less >= LEAST else 'not alike'}"


def _by_number(one: Described, other: Described) -> Iterator[Evidence]:
    mine, theirs = _numbers(one), _numbers(other)
    shared = [(mine[number], theirs[number]) for number in sorted(mine.keys() & theirs.keys())]
    for place, (own, their) in enumerate(shared):
        said = f"the same number: {own.kind} “{own.number}” and {their.kind} “{their.number}”"
        yield 0 if place else SHARED_NUMBER, said


def _by_birth(one: Described, other: Described) -> Iterator[Evidence]:
    """The best that any of the dates given says: lists often give several for one person."""
    if pairs := [(_agreement(mine, theirs), mine, theirs) for mine in one.births for theirs in other.births]:
        points, mine, theirs = min(pairs, key=lambda pair: (-pair[0], pair[1:]))
        yield points, f"{_HOW_BIRTHS_AGREE[points]}: {mine.said} and {theirs.said}"


_HOW_BIRTHS_AGREE = {
    SAME_BIRTH: "the births agree",
    SAME_BIRTH_YEAR: "the births agree in the year alone",
    OTHER_BIRTH: "the births contradict each other",
}


def _agreement(one: Birth, other: Birth) -> int:
    if one.first <= other.last and other.first <= one.last:
        return SAME_BIRTH
    if one.first[:4] <= other.last[:4] and other.first[:4] <= one.last[:4]:
        return SAME_BIRTH_YEAR
    return OTHER_BIRTH


def _by_country(one: Described, other: Described) -> Iterator[Evidence]:
    known = {spelling(country): country for country in other.countries}
    shared = [(mine, known[spelling(mine)]) for mine in one.countries if spelling(mine) in known]
    if shared:
        mine, theirs = min(shared)
        yield SHARED_COUNTRY, f"the countries “{mine}” and “{theirs}” are the same"


def _numbers(one: Described) -> dict[str, Identifier]:
    """The numbers of somebody by their letters and digits: "not available" is none."""
    found = {}
    for identifier in sorted(one.identifiers, reverse=True):
        number = "".join(words(identifier.number))
        if len(number) >= _FEWEST_IN_NUMBER and any(map(str.isdigit, number)):
            found[number] = identifier
    return found


_WEIGHTS: tuple[Callable[[Described, Described], Iterator[Evidence]], ...] = (
    _by_name,
    _by_number,
    _by_birth,
    _by_country,
)
