"""The line of a link, for a person to paste into a file of the registry, with the reason left to write."""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple, TypeGuard

from onrecord.findings import Place
from onrecord.matching.normal import words
from onrecord.matching.offers import Known, Offer

UNWRITTEN = "…"
"""Stands for a reason until a person writes it. `kg check` refuses a link that has it still."""
_PLAIN = re.compile(r"[a-z][a-z0-9-]*|[a-z0-9-]+/[A-Za-z0-9._/-]+")
_SECTIONS = {"person": "people", "organization": "organizations"}


class Paste(NamedTuple):
    """A text to paste: where, and what is to be written in its place where the two are not one."""

    file: str
    line: int
    where: str
    text: str
    otherwise: str = ""


class Registered(NamedTuple):
    """Where the entities of the registry stand, which fields for links each has, and the file in which new ones of a
    section belong."""

    places: Mapping[str, Place]
    fields: Mapping[str, frozenset[str]]
    sections: Mapping[str, str]


def for_entity(offer: Offer, registered: Registered) -> Paste:
    """What links an entity to an entry."""
    return _of(offer.ours.node, offer.theirs.node, registered)


def for_entries(offer: Offer, known: Known, registered: Registered) -> Paste | None:
    """What makes two entries one by an entity that both are linked to: one that there is, or a new one. None where the
    registry has no section for what they are."""
    for mine, other in ((offer.ours, offer.theirs), (offer.theirs, offer.ours)):
        for entity, entries in known.linked.items():
            if mine.node in entries:
                return _of(entity, other.node, registered)
    section = _SECTIONS.get(offer.ours.kind or offer.theirs.kind)
    if section is None:
        return None
    file = registered.sections.get(section, "")
    fields: dict[str, object] = {"id": _new_id(offer.ours.names[0], registered.places)}
    if section == "organizations":
        fields["kind"] = "organization"
    links = [_link(one.node, exact=True) for one in (offer.ours, offer.theirs)]
    text = _written({**fields, "name": offer.ours.names[0], "same_as": links}, file)
    where = f"under {section}" if file else f"in a file of the registry, under {section}"
    return Paste(file, 0, f"as a new entry {where}", text if file.endswith(".jsonl") else f"- {text}")


def _of(entity: str, entry: str, registered: Registered) -> Paste:
    place = registered.places[entity]
    there = registered.fields.get(entity, frozenset())
    field, other = (
        _written(link, place.file) if name in there else _written({name: [link]}, place.file)[1:-1]
        for name, link in (("same_as", _link(entry, exact=True)), ("not_same_as", _link(entry)))
    )
    where = f"in the same_as of {entity}" if "same_as" in there else f"in {entity}"
    return Paste(place.file, place.line, where, field, other)


def _link(entry: str, *, exact: bool = False) -> dict[str, object]:
    return {"entry": entry, **({"exact": True} if exact else {}), "reason": UNWRITTEN}


def _written(value: object, file: str) -> str:
    """A value in one line, as its file has values: JSON in JSON Lines, or else YAML with as few signs as it takes."""
    if file.endswith(".jsonl") or not isinstance(value, dict | list):
        return value if _is_plain(value, file) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(_written(one, file) for one in value)}]"
    return f"{{{', '.join(f'{name}: {_written(one, file)}' for name, one in value.items())}}}"


def _is_plain(value: object, file: str) -> TypeGuard[str]:
    """Whether a text needs no quotes in YAML: an id, or the name of an entry."""
    return isinstance(value, str) and not file.endswith(".jsonl") and _PLAIN.fullmatch(value) is not None


def _new_id(name: str, taken: Mapping[str, Place]) -> str:
    """An id for a new entity: its name in small letters, with a number where the registry has that already."""
    plain = "-".join(words(name))[:70].strip("-") or "entity"
    ids = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in ids if one not in taken)
