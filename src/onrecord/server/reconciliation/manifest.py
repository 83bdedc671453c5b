"""The service manifest (3.1): what this service is, and where its parts are."""

from onrecord.server.desk import Desk
from onrecord.server.reconciliation import kinds
from onrecord.server.reconciliation.asking import BATCH
from onrecord.server.reconciliation.properties import SETTINGS

PATH = "/reconcile"
WIDTH, HEIGHT = 430, 320
"""Pixels of a preview."""
_SCHEMA = "https://w3id.org/onrecord/ns#"


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
