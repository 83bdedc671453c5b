"""A snapshot as JSON Lines: its source in the first line, then one entry a line, so that a change is a changed line."""

import msgspec

from onrecord.facts.document import Registry
from onrecord.importers.result import Imported

_ENCODER = msgspec.json.Encoder()


def written(imported: Imported) -> bytes:
    """The document as `onrecord.readers.jsonl` reads it: UTF-8, no field at its default, entries in their order."""
    lines = [_ENCODER.encode({"source": imported.source})]
    lines += (_ENCODER.encode({"entries": [entry]}) for entry in imported.entries)
    return b"\n".join(lines) + b"\n"


def missing(registry: Registry, known: set[str]) -> Registry:
    """The part of the registry records that an import needs and whose ids nobody gives yet."""
    return msgspec.structs.replace(
        registry,
        organizations=[one for one in registry.organizations if one.id not in known],
        lists=[one for one in registry.lists if one.id not in known],
    )


def registry_text(registry: Registry) -> str:
    """Registry records as YAML."""
    import yaml

    return yaml.safe_dump(msgspec.to_builtins(registry), sort_keys=False, allow_unicode=True, width=120)
