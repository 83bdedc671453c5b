"""One change between two releases, and the triples that tell of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.mappers.parts.minting import below, digest
from onrecord.ntriples import Triple, iri, literal
from onrecord.questions.versions import Nodes, Version
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import CONCEPTS, oa, onr, prov, rdfs

_KINDS, _CAUSES = CONCEPTS["change-kind"], CONCEPTS["change-cause"]


@dataclass(frozen=True)
class Change:
    """A fact, entity or source that is not in both releases the same.

    `nodes` is what is shown of it: its class and name, those of the `chain` of attribution, and the words of the
    `evidence`. `was` and `became` are what only one release says of it, in words. `said_in` is the source of the
    evidence where that is not `source`: who has left a list is in the words of the list before.
    """

    base: str
    source: str
    fact: str
    kind: str
    cause: str
    why: str
    nodes: Nodes
    chains: list[str]
    evidence: list[str]
    was: list[str]
    became: list[str]
    versions: tuple[Version, Version] | None = None
    said_in: str = ""


def triples_of_change(change: Change, since: str) -> Iterator[Triple]:
    """The triples of a change. `since` names the earlier release."""
    source, fact, nodes = change.source, change.fact, change.nodes
    node = below(f"<{change.base}change>", digest(since, source, fact))
    yield node, TYPE, onr.Change
    yield node, onr.since, literal(since)
    yield node, onr.changed, fact
    yield node, onr.changeKind, _KINDS[change.kind]
    yield node, onr.changeCause, _CAUSES[change.cause]
    yield node, onr.changeReason, literal(change.why)
    yield node, prov.wasDerivedFrom, iri(f"{change.base}source/{source}")
    yield from ((fact, TYPE, cls) for cls in nodes.values(fact, TYPE))
    yield from ((fact, rdfs.label, label) for label in nodes.values(fact, rdfs.label))
    for chain in change.chains:
        yield node, onr.attribution, chain
        yield from ((chain, rdfs.label, label) for label in nodes.values(chain, rdfs.label))
    for evidence in change.evidence:
        yield node, onr.evidence, evidence
        for selector, exact in nodes.words(evidence):
            yield evidence, oa.hasSelector, selector
            yield selector, oa.exact, exact
    for prop, texts in ((onr.was, change.was), (onr.became, change.became)):
        yield from ((node, prop, literal(text)) for text in texts if text)
