"""A snapshot as JSON Lines: its source in the first line, then one entry a line, so that a change is a changed line."""

from collections.abc import Mapping

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


def by_code(registry: Registry, known: Mapping[str, str]) -> Registry:
    """The registry records of an import, with states and bodies that somebody gives already under the ids that `known`
    has for their codes: two that have the code UN would leave open which one is meant."""
    same = {one.id: known[one.code] for one in registry.organizations if one.code and one.code in known}
    return msgspec.structs.replace(
        registry,
        organizations=[
            msgspec.structs.replace(
                one, part_of=same.get(one.part_of or "", one.part_of), state=same.get(one.state or "", one.state)
            )
            for one in registry.organizations
            if one.id not in same
        ],
        lists=[
            msgspec.structs.replace(
                one,
                jurisdiction=same.get(one.jurisdiction or "", one.jurisdiction),
                authority=same.get(one.authority or "", one.authority),
            )
            for one in registry.lists
        ],
    )


def registry_text(registry: Registry) -> str:
    """Registry records as YAML."""
    import yaml

    return yaml.safe_dump(msgspec.to_builtins(registry), sort_keys=False, allow_unicode=True, width=120)
