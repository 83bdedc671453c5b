"""Candidates for links: which entries of lists an entity may be, and which entries of two lists may be one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from onrecord.matching.entrants import settled
from onrecord.matching.index import LEAST
from onrecord.matching.suggestions import Described, suggest

Progress = Callable[[int, int], None]
"""Called with how many have been looked at, and how many there are."""


class Offer(NamedTuple):
    """Two that may be one, for a person to look at: with a score (an order in which to look) and its reasons."""

    ours: Described
    theirs: Described
    score: int
    reasons: tuple[str, ...]


class Known(NamedTuple):
    """The entries that entities are linked to by a person's word, and those that they are said not to be, by the
    entities' ids."""

    linked: Mapping[str, list[str]]
    refused: Mapping[str, list[str]]


class Wanted(NamedTuple):
    """The least score of a name, and how many candidates for each."""

    least: int = LEAST
    limit: int = 5


def for_entities(
    entities: Mapping[str, Described],
    lists: Mapping[str, Mapping[str, Described]],
    known: Known,
    wanted: Wanted,
    progress: Progress,
    *,
    again: bool = False,
) -> list[Offer]:
    """Entries that entities may be. An entity that is linked to a list is not looked for in it, unless `again`; what is
    linked or refused is not offered. In the order of the entities, the best first."""
    of_list = {
        name: [one for one in entities.values() if again or not _has_link(known.linked.get(one.node, ()), name)]
        for name in lists
    }
    count, done = sum(map(len, of_list.values())), 0
    pairs = {
        (node, entry) for held in (known.linked, known.refused) for node, entries in held.items() for entry in entries
    }
    found: dict[str, list[Offer]] = {node: [] for node in entities}
    for name, ours in of_list.items():
        for made in suggest(
            _counted(ours, done, count, progress), lists[name].values(), wanted.limit, wanted.least, pairs
        ):
            offer = Offer(entities[made.ours], lists[name][made.theirs], made.score, made.reasons)
            found[made.ours].append(offer)
        done += len(ours)
    progress(count, count)
    return [offer for offers in found.values() for offer in _best(offers, wanted.limit)]


def between(
    one: Mapping[str, Described], other: Mapping[str, Described], known: Known, wanted: Wanted, progress: Progress
) -> list[Offer]:
    """Entries of one list that may be entries of another. Those that are one by an entity, or that it keeps
    apart, are not offered."""
    done = settled(known.linked, known.refused)
    ours = _counted(list(one.values()), 0, len(one), progress)
    made = suggest(ours, other.values(), wanted.limit, wanted.least, done)
    progress(len(one), len(one))
    return [Offer(one[each.ours], other[each.theirs], each.score, each.reasons) for each in made]


def _has_link(entries: Iterable[str], name: str) -> bool:
    return any(entry.startswith(f"{name}/") for entry in entries)


def _best(offers: list[Offer], limit: int) -> list[Offer]:
    return sorted(offers, key=lambda offer: (-offer.score, offer.theirs.node))[:limit]


def _counted(ours: list[Described], before: int, count: int, progress: Progress) -> Iterator[Described]:
    for number, one in enumerate(ours, before):
        progress(number, count)
        yield one
