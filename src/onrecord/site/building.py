"""A release → its site.

documents ── put as JSON-LD and Turtle ──► files ── read again, with what was gathered ──► pages
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord.documents import KINDS, Document, Documents, Kind
from onrecord.documents.document import Tree
from onrecord.questions.status import Statuses
from onrecord.site import companions
from onrecord.site.collecting import Collected
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
_MAKERS = ("site", "pictures", "writers", "vocabulary")
"""The rooms whose code decides how a page or its data are written."""
_STEP = 50
"""Pages between two reports of progress."""


@dataclass(frozen=True)
class Report:
    """How many files the site has, and how many of them were written."""

    files: int
    written: int
    pages: int


def build(store: "ox.Store", site: Site, target: Path, progress: Progress, address: str = companions.EXAMPLE) -> Report:
    """Write the site of a store into a folder. `address` is where it will be: servers and search engines
    are told so; "" for a site that does not know it.

    Raises PublishError for a folder that is something else, ConfigurationError for an address that is none.
    """
    return _Building(store, site, Folder(target), progress, address).run()


class _Building:
    def __init__(self, store: "ox.Store", site: Site, folder: Folder, progress: Progress, address: str) -> None:
        self._site, self._folder, self._progress, self._address = site, folder, progress, address
        self._documents = Documents(store, site.base, language=site.language)
        self._roots = list(self._documents.roots(KINDS))
        self._places = Places((node for node, _ in self._roots), site.base)
        self._collected = Collected(site.base, address)
        self._statuses = Statuses(store, site.base, site.language)

    def run(self) -> Report:
        design = self._digest_of_design()
        for number, (node, kind) in enumerate(self._roots):
            self._put_data(self._documents.document(node, kind), design)
            self._report("documents", number)
        held = self._collected
        schema = companions.described(self._site, self._address)
        overviews = Overviews(self._site, self._places, held.indexes, held.labels, held.front, schema)
        for number, (node, kind) in enumerate(self._roots):
            self._put_page(node, kind, design, overviews.paths.get(node[1:-1], ""))
            self._report("pages", number)
        for path, page in overviews.pages(self._tree):
            self._folder.put(path, page.encode())
        for path, content in self._companions():
            self._folder.put(path, content)
        return Report(self._folder.finish(), self._folder.written, len(self._roots))

    def _companions(self) -> Iterator[tuple[str, bytes]]:
        held = self._collected
        yield from companions.assets()
        yield from companions.searching(held.found, held.indexes, self._site)
        yield from companions.referring(held.examples, self._site)
        yield from companions.serving(self._places, self._address or companions.EXAMPLE)

    def _report(self, stage: str, number: int) -> None:
        if number % _STEP == 0 or number + 1 == len(self._roots):
            self._progress(stage, number + 1, len(self._roots))

    def _put_data(self, document: Document, design: str) -> None:
        path = self._places.paths[document.node]
        self._collected.add(document, f"{path}.html")
        content = document.pretty
        self._folder.put(f"{path}.jsonld", content)
        inputs = _digest(content, design.encode())
        if not self._folder.unchanged(f"{path}.ttl", inputs):
            self._folder.put(f"{path}.ttl", turtle_of(document, self._site.base), inputs)

    def _put_page(self, node: str, kind: Kind, design: str, index: str) -> None:
        path, iri, held = self._places.paths[node], node[1:-1], self._collected
        standings = self._statuses.standings(node) if kind.designee else ()
        held.front.count(standings)
        around = Around(
            standings,
            tuple(held.gathered.backlinks.get(iri, ())),
            tuple(held.gathered.voices.get(iri, ())),
            f"{index}.html" if index else "",
            held.schemas.get(iri, ""),
            tuple(held.passages.get(iri, {}).values()),
        )
        content = self._folder.read(f"{path}.jsonld")
        inputs = _digest(content, around.told.encode("utf-8", "replace"), design.encode())
        if not self._folder.unchanged(f"{path}.html", inputs):
            page = render(self._tree(iri), kind, around, self._places, self._site)
            self._folder.put(f"{path}.html", page.encode(), inputs)

    def _digest_of_design(self) -> str:
        """A digest of what pages are made by: when it changes, all of them are made again."""
        odd = [pair for pair in self._places.paths.items() if f"<{self._site.base}{pair[1]}>" != pair[0]]
        return _digest(
            design().encode(), repr(self._site).encode("utf-8", "replace"), repr(odd).encode("utf-8", "replace")
        )

    def _tree(self, iri: str) -> Tree:
        tree: Tree = msgspec.json.decode(self._folder.read(self._places.file(iri, "jsonld")))
        del tree["@context"]
        return tree


def design() -> str:
    """A digest of the code and the templates that pages and their data are made by."""
    files = [file for part in _MAKERS for file in sorted((_HERE.parent / part).rglob("*"))]
    return _digest(*(file.read_bytes() for file in files if file.suffix in (".py", ".html")))


def turtle_of(document: Document, base: str) -> bytes:
    """The triples of a document as Turtle."""
    stream = io.BytesIO()
    graph = f"<{base}graph/asserted/document>"
    turtle.write((f"{s} {p} {o} {graph} .\n" for s, p, o in sorted(document.triples)), stream)
    return stream.getvalue()


def _digest(*contents: bytes) -> str:
    found = hashlib.sha256()
    for content in contents:
        found.update(len(content).to_bytes(8, "big"))
        found.update(content)
    return found.hexdigest()[:24]
