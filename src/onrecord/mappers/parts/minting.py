"""IRIs of the data, minted from what identifies a thing: the only place that knows their form."""

import hashlib
from dataclasses import dataclass
from urllib.parse import quote

import msgspec

from onrecord.ntriples import iri

KIND_OF_SECTION = {
    "mentions": "mention",
    "organizations": "organization",
    "people": "person",
    "places": "place",
    "posts": "post",
    "lists": "list",
    "tenures": "tenure",
    "designations": "designation",
    "acts": "act",
    "recognitions": "recognition",
    "events": "event",
    "relations": "relation",
    "statements": "statement",
    "figures": "figure",
    "prosecutions": "prosecution",
    "entries": "entry",
}
"""The sections of a facts file, and the word that stands for each in an IRI."""


JOINED = "_joined"
"""What stands for a source in the names of graphs that hold what follows from several sources. No id begins so."""


def digest(*parts: object) -> str:
    """A short name made from the content of records, texts or lists of them: 12 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()[:12]


@dataclass(frozen=True)
class Minter:
    """Mints IRIs below a base, which ends in a slash."""

    base: str

    def entity(self, section: str, name: str) -> str:
        """An entity of the registry."""
        return iri(f"{self.base}{KIND_OF_SECTION[section]}/{name}")

    def entry(self, of: str, reference: str) -> str:
        """Who or what a list of the registry knows under a reference: the same in all of its snapshots."""
        return iri(f"{self.base}entry/{of}/{quote(reference, safe='')}")

    def entries(self, of: str) -> str:
        """What stands for all entries of a list: how their addresses begin, as an address of its own."""
        return iri(f"{self.base}entry/{of}/")

    def source(self, name: str) -> str:
        """A source."""
        return iri(f"{self.base}source/{name}")

    def graph(self, kind: str, name: str) -> str:
        """A named graph: `kind` is a concept of the scheme graph-kind."""
        return iri(f"{self.base}graph/{kind}/{name}")

    def root(self) -> str:
        """How the names of all nodes of the dataset begin."""
        return f"<{self.base}"

    def conflict(self, name: str) -> str:
        """Facts that contradict each other."""
        return iri(f"{self.base}conflict/{name}")

    def curator(self) -> str:
        """The curators of the dataset."""
        return iri(f"{self.base}curator")


def below(node: str, *steps: str | int) -> str:
    """A node that belongs to another: `<…/designation/x>` and "start" give `<…/designation/x/start>`."""
    if len(steps) == 1:
        return f"{node[:-1]}/{steps[0]}>"
    return f"{node[:-1]}/{'/'.join(map(str, steps))}>"
