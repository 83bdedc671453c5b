"""Data extension (7): what is said of entities that a client has matched."""

from onrecord.errors import QueryError
from onrecord.server.desk import Desk
from onrecord.server.reconciliation import entities, kinds
from onrecord.server.reconciliation.asking import Extension, number
from onrecord.server.reconciliation.cells import Cell
from onrecord.server.reconciliation.properties import Property, property_of
from onrecord.server.reconciliation.values import Settings

_CHOICES = ("", "marked", "left-out")


def extended(desk: Desk, asked: Extension) -> dict[str, object]:
    """The rows of a data extension response, and what they hold. An id that is no entity's has no values.

    Raises QueryError for a property or a setting that there is not.
    """
    properties = [(property_of(name), _checked(settings)) for name, settings in asked.properties]
    meta = [_meta(each) for each, _ in properties]
    rows: dict[str, object] = {}
    for given in asked.ids:
        node = entities.node_of(desk, given)
        rows[given] = {
            each.name: [cell.document() for cell in _cells(desk, node, each, settings)] if node else []
            for each, settings in properties
        }
    return {"meta": meta, "rows": rows}


def _meta(asked: Property) -> dict[str, object]:
    told: dict[str, object] = {"id": asked.name, "name": asked.title}
    return told | ({"type": {"id": asked.kind, "name": kinds.KINDS[asked.kind].title}} if asked.kind else {})


def _cells(desk: Desk, node: str, asked: Property, settings: Settings) -> list[Cell]:
    """The values of a property, each once; only as many as the settings say."""
    found = list(dict.fromkeys(asked.values(desk, node, settings)))
    if settings.get("curated") == "left-out":
        found = [cell for cell in found if not cell.curated]
    most = number(settings.get("limit") or "0", "limit", 0)
    return found[:most] if most else found


def _checked(settings: Settings) -> Settings:
    number(settings.get("limit") or "0", "limit", 0)
    if settings.get("curated", "") not in _CHOICES:
        raise QueryError(f"the setting curated is {' or '.join(_CHOICES[1:])}")
    return settings
