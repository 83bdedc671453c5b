"""Where things stand on the site: the path of each page, and which page a part is on."""

from collections.abc import Iterable
from functools import cached_property

from onrecord.documents.paths import paths_of
from onrecord.writers.parts.layout import place


class Places:
    """The pages of the nodes that have a document; parts of these are anchors on their owner's page."""

    def __init__(self, nodes: Iterable[str], base: str) -> None:
        self.base = base
        self.paths = paths_of(nodes, base)
        """The path of each node's page, without an ending."""

    @cached_property
    def _by_address(self) -> dict[str, str]:
        return {node[1:-1]: path for node, path in self.paths.items()}

    def page(self, iri: str) -> str:
        """The page that an address is on, from the folder of the site, with its anchor; "" where there is none."""
        path = self._by_address.get(iri)
        if path is not None:
            return f"{path}.html"
        owner = iri[: place(iri, self.base).owner]
        path = self._by_address.get(owner)
        return f"{path}.html#{iri[len(owner) + 1 :]}" if path is not None else ""

    def file(self, iri: str, ending: str) -> str:
        """The file of a node that has a document."""
        return f"{self._by_address[iri]}.{ending}"


def root_of(path: str) -> str:
    """What leads from a page to the folder of the site: `../../` for `entry/un-sc/TAi.002.html`."""
    return "../" * path.count("/")


def anchor(iri: str, page_of: str, base: str) -> str:
    """The id of a part on a page: what its address has more than the page's, else its whole path in the dataset."""
    if iri.startswith(f"{page_of}/"):
        return iri[len(page_of) + 1 :]
    return iri.removeprefix(base)
