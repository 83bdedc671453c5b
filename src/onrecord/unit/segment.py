"""What one document gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.facts.document import Document, Registry
from onrecord.findings import Finding, Place
from onrecord.index import Index
from onrecord.ntriples import Triple
from onrecord.readers import Read

EVERYTHING = frozenset("*")
"""What a segment uses of the registry where nobody can say: any change of it may change the segment."""


class Lines(NamedTuple):
    """One named graph of a source as sorted N-Quads lines, and how many."""

    data: bytes
    triples: int


@dataclass
class Segment:
    """What one document gives: its graphs by their kind, its findings and counts.

    `source` is "" where nothing could be read. `named` tells whether the source has an id of its own, and not its
    file's name. `uses` are the ids of the registry that the segment depends on, be it on their absence, and addresses
    (`<…>`) that the registry may know by other names; EVERYTHING where it may be any. `shared` are the triples that may
    lead to something together with those of other sources, and those that come with curated facts. `testimony` is what
    the source says of statuses through time, packed, and `voiced` what it says that may be contradicted; None where it
    says nothing of the kind.
    """

    source: str
    registry: bool = False
    named: bool = True
    graphs: dict[str, Lines] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    facts: int = 0
    spans: int = 0
    text_at_hand: bool = False
    uses: frozenset[str] = EVERYTHING
    shared: tuple[Sequence[Triple], Sequence[Triple]] = ((), ())
    testimony: bytes | None = None
    voiced: bytes | None = None


def source_id(document: Document | Registry, stem: str) -> str:
    """The id of a document: its own, or its file's name."""
    if isinstance(document, Registry):
        return f"registry-{stem}"
    return document.source.id or stem


def is_named(document: Document | Registry) -> bool:
    """Whether a document goes by an id of its own; a part of the registry needs none."""
    return isinstance(document, Registry) or document.source.id is not None


def place_of(read: Read) -> Place:
    """Where the id of a document stands, or the nearest thing around it."""
    return read.locate(("registry",) if isinstance(read.document, Registry) else ("source", "id"))


def lines_of(index: Index, graph: str) -> Lines:
    """An index as the sorted lines of a named graph."""
    end = f" {graph} .\n"
    rows: list[str] = []
    for node in sorted(index):
        description = index[node]
        for predicate in sorted(description):
            values = description[predicate]
            if len(values) == 1:
                (value,) = values
                rows.append(f"{node} {predicate} {value}{end}")
            else:  # what goes on where a shorter value ends comes after a space: sorted values are sorted lines
                rows += [f"{node} {predicate} {value}{end}" for value in sorted(values)]
    return Lines("".join(rows).encode(), len(rows))
