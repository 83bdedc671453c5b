"""The order in which a person reads a dataset: sections, nodes with what belongs to them, properties of a node."""

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.mappers.parts.minting import KIND_OF_SECTION
from onrecord.vocabulary.context import classes, properties
from onrecord.vocabulary.term import TYPE

SECTIONS = {
    "dataset": "The dataset",
    "source": "Sources",
    "designation": "Designations",
    "act": "Acts",
    "recognition": "Recognitions",
    "event": "Events",
    "relation": "Relations",
    "statement": "Statements",
    "figure": "Figures",
    "prosecution": "Prosecutions",
    "tenure": "Tenures",
    "entry": "Entries of lists",
    "mention": "Mentions",
    "conflict": "Conflicts",
    "organization": "Organizations",
    "person": "People",
    "post": "Posts",
    "place": "Places",
    "list": "Lists",
    "graph": "Named graphs",
    "other": "Other things",
    "attribution": "Chains of attribution",
    "words": "Evidence: the exact words",
}
"""What each kind of node is called in a heading, in the order of reading."""
NUMBERS = {name: f"{number:02d}" for number, name in enumerate(SECTIONS)}
"""The sections' numbers, of two digits."""

_FIRST = """
    label altLabel title publisher language url published license isPartOf textSha256 textLength
    graphKind kind withStatus outcome
    speaker addressee mode attitude medium venue
    designee called recognizer recognized party relationOf towards over
    prosecuted prosecutor charge sentence member organization post roleName
    mentions form describedAs knownByRole anonymityReason
    status statusOf statusOn statusIn firstDay lastDay because gainedBy lostBy
    conflictOver side
    jurisdiction authority onList concerns carriedOutBy participation participant participantRole through
    hasPlace place
    qualifier value minValue maxValue unit counts asSaid edtf earliest earliestBasis latest latestBasis
    when start isAcquiredAsConsequenceOf end isLostAsConsequenceOf during duringStatus lasted length effect servedIn
    subEventOf partOfEvent causedBy amid after topic number
    about quotation follows asserts denies asks predicts supposes content expresses readingOf
    figureOf subsetOf disjointFrom mayOverlap countedBy
    state partOf within memberOf postIn
    curates reason
    exact prefix suffix startOffset endOffset hasSelector hasSource
    position agent manner link
"""
_LAST = """
    sameAs closeMatch
    evidence attribution wasQuotedFrom hadPrimarySource wasAttributedTo wasDerivedFrom curation
"""
RANKS = {
    **{name: rank for rank, name in enumerate(_FIRST.split(), 10)},
    **{name: rank for rank, name in enumerate(_LAST.split(), 900)},
}
"""The rank of a property by its JSON-LD name. Those that are not here come in between, in alphabetical order."""
_BETWEEN = 500
_GENERAL = frozenset({"Agent", "Event", "Fact", "Organization", "Place", "Proposition", "Source"})

_KINDS = frozenset(KIND_OF_SECTION.values())
_OWNED = re.compile(
    r"source/[^/]*/({0}|words|attribution)/[^/]*|(entry)/[^/]*/[^/]*|({0}|source|conflict)/[^/]*".format(
        "|".join(sorted(_KINDS))
    )
)
"""An entry is named by its list and its reference; all else by one name."""
_GRAPH = re.compile(r"<(.+/)graph/(asserted|registry|curated|inferred|inferred-from-curated|metadata)/([^/>]+)>")


class Place(NamedTuple):
    """Where a node stands.

    Its section, the length of the IRI of its owner (of itself, where it belongs to nobody), and the namespace that its
    name is in ("" outside the dataset).
    """

    section: str
    owner: int
    namespace: str


class GraphName(NamedTuple):
    """What the name of a named graph says: the dataset's base, the kind of graph, the id of the source."""

    base: str
    kind: str
    source: str


def graph_name(graph: str) -> GraphName | None:
    """The parts of a named graph's IRI, `<base>graph/<kind>/<source>`; None for any other IRI."""
    match = _GRAPH.fullmatch(graph)
    return GraphName(match[1], match[2], match[3]) if match else None


def place(iri: str, base: str) -> Place:
    """The place of a node of the dataset whose IRIs begin with `base`, which is "" where that is not known."""
    if not base or not iri.startswith(base):
        return Place("other", len(iri), "")
    owned = _OWNED.match(iri, len(base))
    if owned:
        # A kind of node in a source, or a kind of entity: the one of them that matched is the last one that did.
        return Place(owned[owned.lastindex or 0], owned.end(), iri[: owned.end(owned.lastindex or 0) + 1])
    rest = iri[len(base) :]
    if rest in ("", "curator"):
        return Place("dataset", len(iri), base)
    if rest == "graph" or rest.startswith("graph/"):
        return Place("graph", len(iri), f"{base}graph/")
    return Place("other", len(iri), base)


@lru_cache(maxsize=10_000)
def order(predicate: str) -> tuple[int, str]:
    """The key that sorts the predicates of a node."""
    return rank(predicate, ""), predicate


@lru_cache(maxsize=10_000)
def order_of_class(value: str) -> tuple[int, str]:
    """The key that sorts the classes of a node."""
    return rank(TYPE, value), value


def rank(predicate: str, value: str) -> int:
    """The place of what is said with a property among all that is said of a node.

    Classes come first: those of ours that tell most, those that say little, those of other vocabularies.
    """
    if predicate == TYPE:
        name = classes().get(value, "")
        return 2 if not name else int(name in _GENERAL or name.endswith("Content"))
    known = properties().get(predicate)
    return _BETWEEN if known is None else RANKS.get(known.name, _BETWEEN)


@lru_cache(maxsize=10_000)
def step_key(steps: str) -> str:
    """A key that sorts the nodes below an owner like the properties that lead to them; numbers as numbers."""
    return " ".join(map(_key_of_step, filter(None, steps.split("/"))))


def _key_of_step(step: str) -> str:
    return f"{step:0>12}" if step.isdecimal() else f"{RANKS.get(step, _BETWEEN):03d}{step}"
