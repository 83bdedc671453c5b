"""What an import brought, in numbers."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from onrecord.facts.listings import Entry
from onrecord.importers.result import Given, Imported

_NOT_COUNTED = {"reference", "kind", "name", "words"}


def kinds(entries: Sequence[Entry]) -> dict[str, int]:
    """How many entries there are of each kind, by its name."""
    return dict(sorted(Counter(entry.kind for entry in entries).items()))


def fields(entries: Sequence[Entry]) -> dict[str, int]:
    """How many values the entries have in each field that any of them has: names, births, addresses …"""
    found: dict[str, int] = {}
    for name in Entry.__struct_fields__:
        if name in _NOT_COUNTED:
            continue
        values = [getattr(entry, name) for entry in entries]
        count = sum(len(value) if isinstance(value, list) else value is not None for value in values)
        if count:
            found[name] = count
    return found


def replaced(given: Given, imported: Imported) -> list[str]:
    """The references of entries that have U+FFFD where something was replaced in their files."""
    files = (given.main, *given.beside.values())
    if not any(file.replaced for file in files):
        return []
    return [entry.reference for entry in imported.entries if "\ufffd" in msgspec.json.encode(entry).decode()]
