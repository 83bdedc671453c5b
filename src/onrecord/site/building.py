"""A release → its site.

documents ── put as JSON-LD and Turtle ──► files ── read again, with what was gathered ──► pages
"""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord.documents import KINDS, Document, Documents, Kind
from onrecord.documents.document import Tree
from onrecord.questions.status import Statuses
from onrecord.site.gathering import Gathered
from onrecord.site.indexes import Indexes
from onrecord.site.overviews import Overviews
from onrecord.site.pages import Around, render
from onrecord.site.places import Places
from onrecord.site.site import Site
from onrecord.site.writing import Folder
from onrecord.writers import turtle

if TYPE_CHECKING:
    import pyoxigraph as ox

Progress = Callable[[str, int, int], None]
_HERE = Path(__file__).parent
_STEP = 50
"""Pages between two reports of progress."""


@dataclass(frozen=True)
class Report:
    """How many files the site has, and how many of them were written."""

    files: int
    written: int
    pages: int


def build(store: "ox.Store", site: Site, target: Path, progress: Progress) -> Report:
    """Write the site of a store into a folder. Raises PublishError for a folder that is something else."""
    return _Building(store, site, Folder(target), progress).run()


class _Building:
    def __init__(self, store: "ox.Store", site: Site, folder: Folder, progress: Progress) -> None:
        self._store, self._site, self._folder, self._progress = store, site, folder, progress
        self._documents = Documents(store, site.base, language=site.language)
        self._roots = list(self._documents.roots(KINDS))
        self._places = Places((node for node, _ in self._roots), site.base)
        self._gathered = Gathered()
        self._indexes = Indexes()
        self._labels: dict[str, str] = {}
        self._statuses = Statuses(store, site.base, site.language)

    def run(self) -> Report:
        for number, (node, kind) in enumerate(self._roots):
            self._put_data(self._documents.document(node, kind))
            self._report("documents", number)
        overviews = Overviews(self._site, self._places, self._indexes, self._labels)
        design = _digest_of_design()
        for number, (node, kind) in enumerate(self._roots):
            self._put_page(node, kind, design, overviews.paths.get(node[1:-1], ""))
            self._report("pages", number)
        for path, page in overviews.pages(self._tree):
            self._folder.put(path, page.encode())
        for asset in sorted((_HERE / "assets").iterdir()):
            self._folder.put(f"assets/{asset.name}", asset.read_bytes())
        return Report(self._folder.finish(), self._folder.written, len(self._roots))

    def _report(self, stage: str, number: int) -> None:
        if number % _STEP == 0 or number + 1 == len(self._roots):
            self._progress(stage, number + 1, len(self._roots))

    def _put_data(self, document: Document) -> None:
        path = self._places.paths[document.node]
        self._gathered.add(document)
        self._indexes.add(document)
        self._labels[document.node[1:-1]] = document.label
        content = document.pretty
        self._folder.put(f"{path}.jsonld", content)
        inputs = _digest(content)
        if not self._folder.unchanged(f"{path}.ttl", inputs):
            self._folder.put(f"{path}.ttl", turtle_of(document, self._site.base), inputs)

    def _put_page(self, node: str, kind: Kind, design: str, index: str) -> None:
        path = self._places.paths[node]
        content = self._folder.read(f"{path}.jsonld")
        iri = node[1:-1]
        around = Around(
            self._statuses.standings(node) if kind.designee else (),
            tuple(self._gathered.backlinks.get(iri, ())),
            tuple(self._gathered.voices.get(iri, ())),
            f"{index}.html" if index else "",
        )
        inputs = _digest(content, repr(around).encode("utf-8", "replace"), design.encode(), repr(self._site).encode())
        if not self._folder.unchanged(f"{path}.html", inputs):
            page = render(self._tree(iri), kind, around, self._places, self._site)
            self._folder.put(f"{path}.html", page.encode(), inputs)

    def _tree(self, iri: str) -> Tree:
        tree: Tree = msgspec.json.decode(self._folder.read(self._places.file(iri, "jsonld")))
        del tree["@context"]
        return tree


def turtle_of(document: Document, base: str) -> bytes:
    """The triples of a document as Turtle."""
    stream = io.BytesIO()
    graph = f"<{base}graph/asserted/document>"
    turtle.write((f"{s} {p} {o} {graph} .\n" for s, p, o in sorted(document.triples)), stream)
    return stream.getvalue()


def _digest_of_design() -> str:
    """A digest of all that makes pages of documents: what it changes has to be made again."""
    parts = [_HERE, _HERE.parent / "pictures"]
    files = [file for part in parts for file in sorted(part.rglob("*")) if file.suffix in (".py", ".html")]
    return _digest(*(file.read_bytes() for file in files))


def _digest(*contents: bytes) -> str:
    found = hashlib.sha256()
    for content in contents:
        found.update(len(content).to_bytes(8, "big"))
        found.update(content)
    return found.hexdigest()[:24]
