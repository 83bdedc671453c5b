"""What an entry of a list says, in words: a line for each of its names, dates, addresses and so on."""

from collections.abc import Iterable

from onrecord.index import Description, Index
from onrecord.ntriples import text_of
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr, rdfs, skos

_LONGEST, _LED_IN = 160, 30
"""Characters of a text that are shown, and of these what is the same in both where only the rest differs."""
_FIRST = (
    *(rdfs.label, onr.particularName, onr.paperKind, onr.particularValue, onr.paperNumber, onr.street),
    *(onr.city, onr.region, onr.postcode, onr.country, onr.wholeAddress, onr.asSaid, onr.edtf),
)
"""What a part begins with, in this order."""
_BOUNDS = (onr.earliest, onr.earliestBasis, onr.latest, onr.latestBasis)
"""What follows from a date and says nothing else."""


def worded(said: Index) -> set[str]:
    """An entry or designation in words: property and value; a part, such as an address, in one piece.

    `said` is what is said of it ("") and of its parts, each by the rest of its address.
    """
    return {
        f"{_name(prop)}: {_part(said[value]) if value in said else _plain(value)}"
        for prop, values in said[""].items()
        if prop != skos.altLabel  # the name forms say it
        for value in values
    }


def _part(said: Description) -> str:
    hidden = (TYPE, *(_BOUNDS if onr.edtf in said else ()))
    order: list[str] = [prop for prop in _FIRST if prop in said]
    order += sorted(prop for prop in said if prop not in _FIRST and prop not in hidden)
    return ", ".join(_plain(value) for prop in order for value in sorted(said[prop]))


def _plain(value: str) -> str:
    if not value.startswith("<"):
        return " ".join(text_of(value).split())
    return value[1:-1].replace("#", "/").rsplit("/", 1)[-1]


def _name(prop: str) -> str:
    return prop[1:-1].replace("#", "/").rsplit("/", 1)[-1]


def told_apart(some: Iterable[str], others: Iterable[str]) -> list[str]:
    """Texts, sorted and short: of a long one what is not as in the most similar of the others."""
    known = sorted(others)
    return [_short(text, max((_same(text, other) for other in known), default=0)) for text in sorted(some)]


def _same(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _short(text: str, same: int) -> str:
    if len(text) <= _LONGEST:
        return text
    name, _, value = text.partition(": ")
    begin = max(min(same - len(name) - 2 - _LED_IN, len(value) - _LONGEST), 0)
    if begin:
        begin = value.find(" ", begin, begin + _LED_IN) + 1 or begin  # at a word, where there is one
    end = begin + _LONGEST
    return f"{name}: {'[…] ' if begin else ''}{value[begin:end].strip()}{' […]' if end < len(value) else ''}"
