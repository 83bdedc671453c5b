"""What is said of an address that the release has nothing of: that an earlier one had it, and what may stand for it."""

import json
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.documents.kinds import kind_of
from onrecord.errors import InputError, NotBuilt
from onrecord.ntriples import iri, text_of
from onrecord.server.desk import Desk
from onrecord.server.pages.places import Asked
from onrecord.server.pages.shown import Failure
from onrecord.site.views import Shown
from onrecord.store.loading import is_sound, open_store
from onrecord.store.release import Release
from onrecord.vocabulary.terms import owl, prov, rdfs, skos

if TYPE_CHECKING:
    import pyoxigraph as ox

_LINKS = (
    ("Linked by curators as one and the same", owl.sameAs),
    ("Linked by curators as a close match", skos.closeMatch),
)
_CALLED = "Called the same in this release; whether it is the same, no source says"
_SAME_ID = "With the same id, of another source; whether it is the same fact, no source says"
_SOURCE_STEPS = 2
_MOST = 8
_NONE = Failure(
    404,
    "There is nothing at this address",
    "Nothing in this release has this address. That is no evidence that there is no such thing.",
)


def told(desk: Desk, address: str, places: Asked) -> Failure:
    """Why there is no page for an address in full."""
    bare = address.partition("#")[0]
    for ending in (".html", ".jsonld", ".ttl"):
        bare = bare.removesuffix(ending)
    try:
        node = iri(bare)
    except (InputError, ValueError):
        return _NONE
    if kind_of(node, places.base) is None:
        return _NONE
    for release in _others(desk.release):
        store = _store(release)
        if _is_in(store, node) if store is not None else _mentions(release.quads, node):
            return _gone(desk, release, store, node, places)
    return _NONE


def _others(release: Release) -> Iterator[Release]:
    """The other releases that are kept beside this one, those that were published last first."""
    folders = [file.parent for file in release.folder.parent.glob("*/dataset.nq")]
    for folder in sorted(folders, key=lambda each: (each.stat().st_mtime_ns, each.name), reverse=True):
        if folder != release.folder and not folder.name.startswith("."):
            yield Release(folder)


def _store(release: Release) -> "ox.Store | None":
    try:
        folder = release.folder / "store"
        return open_store(folder) if is_sound(folder, release.digest()) else None
    except (NotBuilt, OSError, ValueError, json.JSONDecodeError):
        return None


def _is_in(store: "ox.Store", node: str) -> bool:
    import pyoxigraph as ox

    return next(store.quads_for_pattern(ox.NamedNode(node[1:-1]), None, None, None), None) is not None


def _mentions(quads: Path, node: str) -> bool:
    """Whether a line of N-Quads is about a node, where there is no store to ask."""
    try:
        with quads.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as held:
            wanted = f"{node} ".encode()
            return held[: len(wanted)] == wanted or held.find(b"\n" + wanted) >= 0
    except (OSError, ValueError):
        return False


def _gone(desk: Desk, release: Release, store: "ox.Store | None", node: str, places: Asked) -> Failure:
    instead = tuple(_instead(desk, store, node, places)) if store is not None else ()
    text = (
        f"The release {release.folder.name} of this dataset had it, and the release that is served here has not. "
        "Its sources may have been withdrawn, or corrected. That it is gone says nothing against what they said."
    )
    return Failure(410, "This is gone from the dataset", text, instead)


def _instead(desk: Desk, store: "ox.Store", node: str, places: Asked) -> Iterator[tuple[str, tuple[Shown, ...]]]:
    """What is in this release that somebody may look for instead: linked then, of the same name, or the same fact of
    another source."""
    import pyoxigraph as ox

    here = ox.NamedNode(node[1:-1])
    for line, prop in _LINKS:
        pairs = [*store.quads_for_pattern(here, ox.NamedNode(prop.iri), None, None)]
        ends = {str(quad.object) for quad in pairs}
        ends |= {str(q.subject) for q in store.quads_for_pattern(None, ox.NamedNode(prop.iri), here, None)}
        yield from _group(line, ends - {node}, desk, places)
    yield from _group(_SAME_ID, set(_elsewhere(desk, node, places)) - {node}, desk, places)
    label = ox.NamedNode(rdfs.label.iri)
    names = [quad.object for quad in store.quads_for_pattern(here, label, None, None)]
    kind = kind_of(node, places.base)
    called = {str(q.subject) for name in names for q in desk.store.quads_for_pattern(None, label, name, None)}
    alike = {each for each in called - {node} if kind_of(each, places.base) == kind}
    yield from _group(_CALLED, alike, desk, places)


def _elsewhere(desk: Desk, node: str, places: Asked) -> Iterator[str]:
    """The nodes with the same kind and id, of other sources: a fact may have moved with the file that has it."""
    steps = node[1:-1].removeprefix(places.base).split("/")
    if steps[0] == "source" and len(steps) > _SOURCE_STEPS:
        rest = "/".join(steps[_SOURCE_STEPS:])
        yield from (f"<{source[1:-1]}/{rest}>" for source in desk.statuses.said.values(prov.wasDerivedFrom))


def _group(line: str, nodes: set[str], desk: Desk, places: Asked) -> Iterator[tuple[str, tuple[Shown, ...]]]:
    shown = [
        Shown("link", desk.statuses.label(node) or text_of(node), f"/{page}")
        for node in sorted(nodes)
        if (page := places.page(node[1:-1]))
    ]
    if shown:
        yield line, tuple(shown[:_MOST])
