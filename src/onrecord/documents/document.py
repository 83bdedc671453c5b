"""A document: its tree, and the triples that the tree holds."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import msgspec

from onrecord.documents.context import ADDRESS
from onrecord.documents.kinds import Kind
from onrecord.ntriples import Triple

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"
Tree: TypeAlias = dict[str, Value]


@dataclass(frozen=True)
class Document:
    """What is said of one entity.

    `node` is its address, `<iri>`; `label` one text for people, that stands for no triple. `tree` has the keys of
    `onrecord.documents.context` in the order of reading, without the context itself. `triples` are those that the tree
    expands to; `references` are the nodes that it names and does not describe.
    """

    node: str
    kind: Kind
    label: str
    tree: Tree
    triples: frozenset[Triple] = field(repr=False)
    references: frozenset[str] = field(repr=False)

    @cached_property
    def json(self) -> bytes:
        """The document as one line of JSON, with the address of its context."""
        return msgspec.json.encode({"@context": ADDRESS, **self.tree})

    @property
    def pretty(self) -> bytes:
        """The document as JSON to be read by people, and a line break at the end."""
        return msgspec.json.format(self.json, indent=2) + b"\n"
