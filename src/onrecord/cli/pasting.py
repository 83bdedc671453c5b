"""The line of a link, for a person to paste into a file of the registry, with the reason left to write."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.findings import Place
from onrecord.matching.normal import words
from onrecord.matching.offers import Known, Offer

UNWRITTEN = "…"
"""Stands for a reason until a person writes it. `kg check` refuses a link that has it still."""
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_SECTIONS = {"person": "people", "organization": "organizations"}


class Paste(NamedTuple):
    """A text to paste: where, and what is to be written in its place where the two are not one."""

    file: str
    line: int
    where: str
    text: str
    otherwise: str = ""


class Registered(NamedTuple):
    """Where the entities of the registry stand, and the file in which new ones of a section belong."""

    places: Mapping[str, Place]
    sections: Mapping[str, str]


def for_entity(offer: Offer, known: Known, registered: Registered) -> Paste:
    """What links an entity to an entry."""
    return _of(offer.ours.node, offer.theirs.node, known, registered)


def for_entries(offer: Offer, known: Known, registered: Registered) -> Paste | None:
    """What makes two entries one by an entity that both are linked to: one that there is, or a new one. None where the
    registry has no section for what they are."""
    for mine, other in ((offer.ours, offer.theirs), (offer.theirs, offer.ours)):
        for entity, entries in known.linked.items():
            if mine.node in entries:
                return _of(entity, other.node, known, registered)
    section = _SECTIONS.get(offer.ours.kind or offer.theirs.kind)
    if section is None:
        return None
    name = offer.ours.names[0]
    kind = ", kind: organization" if section == "organizations" else ""
    links = ", ".join(_link(one.node, exact=True) for one in (offer.ours, offer.theirs))
    text = f"- {{id: {_new_id(name, registered.places)}{kind}, name: {_quoted(name)}, same_as: [{links}]}}"
    return Paste(registered.sections[section], 0, f"as a new entry under {section}", text)


def _of(entity: str, entry: str, known: Known, registered: Registered) -> Paste:
    place = registered.places[entity]
    other = _field("not_same_as", _link(entry), known.refused.get(entity, ()))
    field = _field("same_as", _link(entry, exact=True), known.linked.get(entity, ()))
    return Paste(place.file, place.line, f"in {entity}", field, other)


def _field(name: str, link: str, there: Sequence[str]) -> str:
    """A link in its field; where the field is there already, the link that goes into its list."""
    return link if there else f"{name}: [{link}]"


def _link(entry: str, *, exact: bool = False) -> str:
    exactly = ", exact: true" if exact else ""
    return f'{{entry: {_quoted(entry)}{exactly}, reason: "{UNWRITTEN}"}}'


def _quoted(text: str) -> str:
    """A text as YAML takes it, between whatever signs: JSON's form is YAML, too."""
    return text if _PLAIN.fullmatch(text) and "/" in text else json.dumps(text, ensure_ascii=False)


def _new_id(name: str, taken: Mapping[str, Place]) -> str:
    """An id for a new entity: its name in small letters, with a number where the registry has that already."""
    plain = "-".join(words(name))[:70].strip("-") or "entity"
    ids = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in ids if one not in taken)
