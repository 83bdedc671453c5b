"""The service manifest (3.1): what this service is, and where its parts are."""

from onrecord.server.desk import Desk
from onrecord.server.reconciliation import kinds
from onrecord.server.reconciliation.asking import BATCH
from onrecord.server.reconciliation.cells import MARK

PATH = "/reconcile"
WIDTH, HEIGHT = 430, 320
"""Pixels of a preview."""
_SCHEMA = "https://w3id.org/onrecord/ns#"

SETTINGS: list[dict[str, object]] = [
    {
        "name": "jurisdiction",
        "label": "Jurisdiction",
        "type": "text",
        "default": "",
        "help_text": "For status: a code, an id or a name (RU, UN, united-states); each with evidence, if left out.",
    },
    {
        "name": "on",
        "label": "As of",
        "type": "text",
        "default": "",
        "help_text": "For status: a date in EDTF (2010-01-01, 2010); the last day on record, if left out.",
    },
    {
        "name": "curated",
        "label": "What curators added",
        "type": "select",
        "default": "marked",
        "help_text": f"Whether it is marked with “{MARK}” or left out; a status is always marked.",
        "choices": [{"value": "marked", "name": "marked"}, {"value": "left-out", "name": "left out"}],
    },
    {
        "name": "limit",
        "label": "Most values",
        "type": "number",
        "default": 0,
        "help_text": "Of each entity, at the most; 0 for all.",
    },
]
"""The settings of properties (7.1)."""


def manifest(desk: Desk, origin: str) -> dict[str, object]:
    """The manifest of the service at `origin`, an address without a slash at the end."""
    from onrecord import __version__

    endpoint = f"{origin}{PATH}"
    suggest = {
        each: {"service_url": endpoint, "service_path": f"/suggest/{each}"} for each in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": desk.settings.title,
        "identifierSpace": desk.settings.base,
        "schemaSpace": _SCHEMA,
        "defaultTypes": [kinds.document(name) for name in kinds.DEFAULT],
        "documentation": f"{endpoint}/about",
        "serviceVersion": __version__,
        "view": {"url": f"{endpoint}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{endpoint}/about#{{{{id}}}}"},
        "preview": {"url": f"{endpoint}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": endpoint, "service_path": "/properties"},
            "property_settings": SETTINGS,
        },
        "batchSize": BATCH,
    }
