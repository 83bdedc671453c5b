"""What a site gathers from each document while it is made, so that none has to be read twice for the sake of others."""

from collections.abc import Iterator

from onrecord.documents import Document
from onrecord.documents.document import Tree, Value
from onrecord.site import reference, schema_org, search, telling
from onrecord.site.front import Front
from onrecord.site.gathering import Gathered, Named
from onrecord.site.indexes import Indexes
from onrecord.site.pages import Passage
from onrecord.writers.parts.layout import place

MOST = 500
"""Words and chains of a source that are on its page; further ones are on the pages of what they are evidence of."""


class Collected:
    """All that pages show beyond their own document. `address` is where the site is, "" where nobody says it."""

    def __init__(self, base: str, address: str) -> None:
        self._base, self._address = base, address
        self.gathered = Gathered()
        self.indexes = Indexes()
        self.front = Front()
        self.labels: dict[str, str] = {}
        self.found: list[search.Entry] = []
        self.examples: dict[str, reference.Link] = {}
        self.schemas: dict[str, str] = {}
        self.passages: dict[str, dict[str, Passage]] = {}
        """By source: its words and chains, each once, with the first fact that rests on them."""

    def add(self, document: Document, page: str) -> None:
        """Take a document in, whose page is `page`."""
        iri = document.node[1:-1]
        self.labels[iri] = document.label
        note = self.indexes.add(document)
        self.gathered.add(document)
        self.front.add(document)
        if document.kind.nested:
            return
        told = f"{document.kind.title}{', ' if note else ''}{note}"
        self.found.append(search.entry_of(document, page, told, search.rank_of(document.kind.name)))
        for term in reference.used(document) - self.examples.keys():
            self.examples[term] = reference.Link(document.label, page)
        schema = schema_org.embedded([schema_org.thing(document, self._address and f"{self._address}{page}")])
        if schema:
            self.schemas[iri] = str(schema)
        self._add_passages(document.tree, Named(iri, document.label))

    def _add_passages(self, tree: Tree, fact: Named) -> None:
        for iri, text, is_chain, inner in _passages(tree):
            of = place(iri, self._base)
            source = iri[: len(of.namespace) - len(of.section) - 2]
            if of.section not in ("words", "attribution"):
                continue
            held = self.passages.setdefault(source, {})
            if iri not in held and len(held) < MOST:
                parts = tuple(each[len(source) + 1 :] for each in inner)
                held[iri] = Passage(iri[len(source) + 1 :], text, fact, is_chain, parts)


def _passages(tree: Tree) -> Iterator[tuple[str, str, bool, list[str]]]:
    """The words and chains in a tree: address, text, whether it is a chain, and the addresses of its parts."""
    for key, value in tree.items():
        for each in telling.trees(value):
            kinds = telling.items(each.get("type"))
            if "Evidence" in kinds and "hasSelector" in each:
                quoted = [telling.text(part.get("exact")) for part in telling.trees(each["hasSelector"])]
                yield telling.text(each["id"]), next(filter(None, quoted), ""), False, _ids(each["hasSelector"])
            elif "AttributionChain" in kinds and key == "attribution":
                yield telling.text(each["id"]), telling.text(each.get("label")), True, _ids(each.get("link", []))
            yield from _passages(each)


def _ids(value: Value) -> list[str]:
    return [telling.text(each["id"]) for each in telling.trees(value) if "id" in each]
