"""CHANGES.md: what changed since the last bundle, for people."""

from collections.abc import Iterator

from onrecord.bundles.changes import Change, Changes
from onrecord.bundles.manifest import BundleManifest
from onrecord.bundles.telling import plain
from onrecord.documents import KINDS

_SHOWN = 500
"""Documents of one kind that are told one by one; all of them are in changes.json."""
_TITLES = {"added": "Added", "changed": "Changed", "gone": "No longer in the bundle"}


def markdown(manifest: BundleManifest, changes: Changes) -> bytes:
    """The text. Names that others gave are shown as they are, and are never markup."""
    return ("\n".join([f"# Changes: {plain(manifest.title)}", "", *_lines(changes)]) + "\n").encode()


def summary(changes: Changes) -> str:
    """One line: how many documents were added, changed, and are gone."""
    if changes.first:
        return "there is no bundle before this one to compare with"
    found = [each.what for each in changes.changes]
    return ", ".join(f"{found.count(what):,} {what}" for what in _TITLES) if found else "no document has changed"


def _lines(changes: Changes) -> Iterator[str]:
    if changes.first or changes.since is None:
        yield "This is the first bundle: there is none before it to compare with."
        return
    since = plain(changes.since.release) or f"`{changes.since.manifest[:16]}` (the beginning of its manifest's SHA-256)"
    yield f"Since the bundle {since}: {summary(changes)}."
    if changes.profile:
        yield ""
        yield "What is chosen for this bundle has changed as well: what is added or gone may be due to that alone."
    for what, title in _TITLES.items():
        found = [each for each in changes.changes if each.what == what]
        if found:
            yield from ("", f"## {title}", "")
            if what == "gone":
                yield from ("That something is no longer here does not mean that it is no longer so.", "")
            yield from _list(found)


def _list(found: list[Change]) -> Iterator[str]:
    for each in found[:_SHOWN]:
        words = f": {'; '.join(map(plain, each.words))}" if each.words else ""
        kind = KINDS[each.kind].title.lower() if each.kind in KINDS else plain(each.kind)
        yield f"- {plain(each.label)} ({kind}){words}"
    if len(found) > _SHOWN:
        yield f"- and {len(found) - _SHOWN:,} more, in `changes.json`"
