"""Suggestions as somebody types (6): entities, types and properties."""

from collections.abc import Iterator

from onrecord.server.desk import Desk
from onrecord.server.reconciliation import entities, kinds
from onrecord.server.reconciliation.naming import naming
from onrecord.server.reconciliation.properties import PROPERTIES, proposed

PAGE = 20
"""Suggestions at a time."""


def entity(desk: Desk, prefix: str, skipped: int) -> list[dict[str, object]]:
    """The entities whose id it is, or that have a name with a word that begins so."""
    whole = entities.node_of(desk, prefix)
    begun = naming(desk).beginning(prefix, skipped + PAGE + 1)
    called = {each.node: each.name for each in begun if each.node != whole}
    if whole is not None:
        called = {whole: entities.name_of(desk, whole), **called}
    return [_entity(desk, node, name) for node, name in list(called.items())[skipped : skipped + PAGE]]


def type(desk: Desk, prefix: str, skipped: int) -> list[dict[str, object]]:
    """The types that are called so."""
    return [kinds.document(name) for name in kinds.found(prefix)][skipped : skipped + PAGE]


def property(desk: Desk, prefix: str, skipped: int) -> list[dict[str, object]]:
    """The properties that are called so."""
    return list(_properties(prefix.strip().casefold()))[skipped : skipped + PAGE]


def properties(kind: str, most: int | None) -> list[dict[str, object]]:
    """The properties that are proposed for entities of a type (7.2)."""
    return [{"id": each.name, "name": each.title} for each in proposed(kind)[:most]]


def _entity(desk: Desk, node: str, called: str) -> dict[str, object]:
    name = entities.name_of(desk, node)
    also = "" if called in (name, entities.id_of(desk, node)) else f"“{called}”"
    return {
        "id": entities.id_of(desk, node),
        "name": name,
        "description": " · ".join(filter(None, (also, entities.described(desk, node)))),
        "notable": kinds.short(kinds.own(desk.statuses.said, node)),
    }


def _properties(sought: str) -> Iterator[dict[str, object]]:
    for each in PROPERTIES.values():
        if any(word.casefold().startswith(sought) for word in (each.name, each.title, *each.title.split())):
            yield {"id": each.name, "name": each.title, "description": each.note}
