"""All that is known of one node: every fact that names it, with its words, its chain and its curators' reasons.

Facts on record, and what speakers only say, ask or claim, stand in groups of their own. Facts that contradict each
other all stay.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.questions.graph import Edge, Graph
from onrecord.questions.prefixes import Shortener, known
from onrecord.questions.reading import Reader
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr, prov, rdfs, skos

if TYPE_CHECKING:
    import pyoxigraph as ox

_APART = (
    onr.evidence,
    onr.quotation,
    onr.attribution,
    prov.wasDerivedFrom,
    prov.wasQuotedFrom,
    TYPE,
    rdfs.label,
    skos.altLabel,
)
"""What is not shown as a detail, because it has a place of its own or tells nothing more."""

_CLAIMED = "Claimed designations: a claim by a party concerned, not on record"
_GROUPS = (
    ("Names and roles in the sources", (onr.Mention, onr.Tenure)),
    ("Designations on record", (onr.Designation,)),
    (_CLAIMED, (onr.ClaimedDesignation,)),
    ("Recognition on record", (onr.Recognition,)),
    ("Acts and events", (onr.Act, onr.Event)),
    ("Relations", (onr.Relation,)),
    ("Figures", (onr.Figure,)),
    ("Prosecutions", (onr.Prosecution,)),
)
_BY, _ABOUT, _MORE = "Statements by", "Statements that speak of it", "Also named by"


@dataclass(frozen=True)
class Detail:
    """One thing that a fact says. `curated`: a curator added it; `node`: the address behind the value."""

    name: str
    value: str
    curated: bool = False
    node: str = ""


@dataclass
class Fact:
    """A fact as a person reads it. `curated` are the reasons that curators give."""

    node: str
    kind: str
    label: str
    details: list[Detail] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    chains: list[str] = field(default_factory=list)
    curated: list[str] = field(default_factory=list)


@dataclass
class Group:
    """Facts of one kind."""

    title: str
    facts: list[Fact] = field(default_factory=list)


@dataclass
class Knowledge:
    """A node, what it says itself, the facts that name it, and what follows by inference."""

    itself: Fact
    names: list[Detail]
    groups: list[Group]
    inferred: list[Detail]


def of_node(store: "ox.Store", base: str, node: str, language: str = "en") -> Knowledge:
    """What the dataset knows of the node `<iri>`. Labels are in `language` where there are any."""
    graph = Graph(store, base)
    reader = Reader(graph, language, Shortener(known(base)))
    groups: dict[str, Group] = {}
    for title, owner in sorted(_mentions(graph, node)):
        groups.setdefault(title, Group(title)).facts.append(_fact(graph, reader, owner))
    order = [*(title for title, _ in _GROUPS), _BY, _ABOUT, _MORE]
    names = [Detail("name", e.text, e.curated) for prop in (rdfs.label, skos.altLabel) for e in graph.out(node, prop)]
    inferred = [_detail(reader, edge) for edge in graph.inferred(node)]
    return Knowledge(
        _fact(graph, reader, node),
        list(dict.fromkeys(names)),
        sorted(groups.values(), key=lambda group: order.index(group.title)),
        inferred,
    )


def _mentions(graph: Graph, node: str) -> set[tuple[str, str]]:
    """The facts that name a node, each with the title of its group."""
    found = set()
    for edge in graph.into(node):
        claim = next((part for part in graph.owners(edge.subject) if graph.is_a(part, onr.ClaimedDesignation)), None)
        owner = graph.owner(edge.subject)
        if owner is None or owner == node:
            continue
        if claim and edge.prop == onr.designee and edge.subject == claim:
            found.add((_CLAIMED, owner))
        else:
            found.add((_title(graph, edge, owner), owner))
    return found


def _title(graph: Graph, edge: Edge, owner: str) -> str:
    if graph.is_a(owner, onr.Statement):
        return _BY if edge.prop == onr.speaker and edge.subject == owner else _ABOUT
    return next((title for title, kinds in _GROUPS if any(graph.is_a(owner, kind) for kind in kinds)), _MORE)


def _fact(graph: Graph, reader: Reader, node: str) -> Fact:
    fact = Fact(node, reader.kind(node), reader.label(node))
    for edge in graph.out(node):
        if edge.prop in (onr.evidence, onr.quotation):
            fact.words += reader.words(edge.object)
        elif edge.prop == onr.attribution:
            fact.chains.append(reader.label(edge.object))
        elif edge.prop not in _APART:
            fact.details.append(_detail(reader, edge))
    fact.curated = list(dict.fromkeys(reader.reason(curation) for curation in graph.curations(node)))
    if not fact.chains and (source := next(iter(graph.out(node, prov.wasDerivedFrom)), None)):
        fact.chains.append(reader.label(source.object))
    fact.words = list(dict.fromkeys(fact.words))
    return fact


def _detail(reader: Reader, edge: Edge) -> Detail:
    return Detail(edge.name, reader.value(edge), edge.curated, edge.object if edge.object.startswith("<") else "")
