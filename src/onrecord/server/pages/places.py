"""Where things stand, told of each when it is asked for: listing all that there is takes longer than a page may."""

from functools import cached_property

from onrecord.documents import KINDS, Documents
from onrecord.documents.kinds import Kind, kind_of
from onrecord.documents.paths import path_of
from onrecord.errors import InputError
from onrecord.ntriples import iri
from onrecord.site.places import Places
from onrecord.writers.parts.layout import place


class Asked(Places):
    """The pages of a release, by its documents.

    Of addresses that differ in capitals alone, all have the path that their letters make: a server tells them apart.
    """

    def __init__(self, documents: Documents) -> None:
        super().__init__((), documents.base)
        self._documents = documents

    def page(self, address: str) -> str:
        """The page that an address is on, with its anchor; "" where there is none."""
        if self.kind(address) is not None:
            return f"{path_of(f'<{address}>', self.base)}.html"
        owner = address[: place(address, self.base).owner]
        if owner == address or self.kind(owner) is None:
            return ""
        return f"{path_of(f'<{owner}>', self.base)}.html#{address[len(owner) + 1 :]}"

    def kind(self, address: str) -> Kind | None:
        """The kind of document that an address has in this release; None where it has none."""
        found = kind_of(f"<{address}>", self.base) if address else None
        return found if found and self.is_there(address) else None

    def is_there(self, address: str) -> bool:
        """Whether anything is said of an address."""
        try:
            return bool(self._documents.reading.said(iri(address)))
        except (InputError, ValueError):
            return False

    def address(self, path: str) -> str:
        """The address whose page is at a path without its ending; "" where there is none."""
        found = f"{self.base}{path}"
        if self.kind(found) is not None and path_of(f"<{found}>", self.base) == path:
            return found
        return self._odd.get(path, "") if "~" in path else ""

    @cached_property
    def _odd(self) -> dict[str, str]:
        """The addresses of pages that lie elsewhere than where their address says."""
        nodes = [node for node, _ in self._documents.roots(KINDS)]
        listed = Places(nodes, self.base).paths
        found = {path_of(node, self.base): node[1:-1] for node in nodes} | {listed[node]: node[1:-1] for node in nodes}
        return {path: address for path, address in found.items() if f"{self.base}{path}" != address}
