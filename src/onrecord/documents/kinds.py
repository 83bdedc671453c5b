"""The kinds of documents, and which kind a node of a dataset is the root of."""

from dataclasses import dataclass

from onrecord.vocabulary.term import Class, Property
from onrecord.vocabulary.terms import onr, org
from onrecord.writers.parts.layout import place


@dataclass(frozen=True)
class Kind:
    """A kind of document. `nested` tells that these stand inside the documents of those they are about, so that a
    document of their own is one more copy; `designee` that designations can be about them."""

    name: str
    title: str
    plural: str
    nested: bool = False
    designee: bool = False


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("organization", "Organization", "Organizations", designee=True),
        Kind("person", "Person", "People", designee=True),
        Kind("entry", "Entry of an official list", "Entries of official lists", designee=True),
        Kind("designation", "Designation", "Designations", nested=True),
        Kind("act", "Act", "Acts"),
        Kind("recognition", "Recognition", "Recognitions"),
        Kind("event", "Event", "Events"),
        Kind("relation", "Relation", "Relations"),
        Kind("statement", "Statement", "Statements"),
        Kind("figure", "Figure", "Figures"),
        Kind("prosecution", "Prosecution", "Prosecutions"),
        Kind("conflict", "Conflict", "Conflicts"),
        Kind("tenure", "Tenure", "Tenures", nested=True),
        Kind("mention", "Mention", "Mentions", nested=True),
        Kind("list", "List", "Lists"),
        Kind("post", "Post", "Posts"),
        Kind("place", "Place", "Places"),
        Kind("source", "Source", "Sources"),
    )
}
"""The kinds by their names, which are those in addresses. Sources and places come last: the others point to them."""


@dataclass(frozen=True)
class Inverse:
    """What stands inside the node that it points to. `kind` is the class of what stands there: not everything that
    points there belongs there. `name` is the key; `of_any` tells that any node may have it, and not roots alone."""

    name: str
    property: Property
    kind: Class
    of_any: bool = False


INVERSES = (
    Inverse("statusPeriods", onr.statusOf, onr.StatusPeriod),
    Inverse("designations", onr.designee, onr.Designation),
    Inverse("tenures", org.member, onr.Tenure),
    Inverse("mentionedAs", onr.mentions, onr.Mention),
    Inverse("curations", onr.curates, onr.Curation, of_any=True),
)
"""What stands inside another node by a property that leads there. Claimed designations are none of it: they stand in
the statements that claim them, and nowhere else."""


def kind_of(node: str, base: str) -> Kind | None:
    """The kind of document that `<iri>` is the root of; None for what is part of another one, or of no dataset.

    The curators, whose address has no section, are an organization.
    """
    iri = node[1:-1]
    if iri == f"{base}curator":
        return KINDS["organization"]
    found = place(iri, base)
    return KINDS.get(found.section) if found.owner == len(iri) else None
