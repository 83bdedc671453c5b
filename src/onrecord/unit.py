"""One source → one segment: read, resolve, map, check and infer. It needs the source, the registry and the vocabulary,
nothing else.

    bytes ── read ──► documents ── map ──► asserted, curated ── check ──► findings
                                                │
                                                └── infer ──► inferred, inferred from curated ──► segment
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from onrecord.checks import Checker, Result, Shapes
from onrecord.facts import evidence, references
from onrecord.facts.document import Document, Registry
from onrecord.facts.fields import SLUG_PATTERN
from onrecord.facts.references import Flaw
from onrecord.facts.survey import Survey, survey
from onrecord.facts.texts import Text, Texts
from onrecord.findings import Finding, Place, Pointer, Severity
from onrecord.index import Index, union
from onrecord.mappers import Mapped, map_document
from onrecord.mappers.parts.minting import Minter
from onrecord.mappers.places import field_of
from onrecord.ntriples import Triple
from onrecord.readers import Limits, Read
from onrecord.rules import Contradiction, Inference, Reasoner, Rules
from onrecord.vocabulary.terms import onr, sem

_SITE: Pointer = ("source", "site")
EVERYTHING = frozenset("*")
"""What a segment uses of the registry where nobody can say: any change of it may change the segment."""


@dataclass(frozen=True)
class Shared:
    """What every unit of a build has in common: plain values, so that it can be sent to another process.

    `names` are the registry's ids with their IRIs, `labels` what to call these, `files` the same ids with the file that
    gives them, `described` what the registry says, by node, and `curated` what curators add to it.
    """

    minter: Minter
    language: str
    limits: Limits
    most_words: int
    most_quoted: int
    names: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    described: Index = field(default_factory=dict)
    curated: Index = field(default_factory=dict)


class Tools:
    """What checks and what infers, made for the registry of a build.

    `shapes` or `rules` None: that is left out (`kg check` needs no rules).
    """

    def __init__(self, shapes: Shapes | None, rules: Rules | None, shared: Shared) -> None:
        self._shapes, self._rules, self._shared = shapes, rules, shared
        registry = union(shared.described, shared.curated)
        self._registry = registry
        self.checker = None if shapes is None else Checker(shapes, registry)
        self.reasoner = None if rules is None else Reasoner(rules, registry)

    def checker_of_part(self, part: Index) -> Checker | None:
        """What checks a part of the registry itself: the rest of it is the context."""
        if self._shapes is None:
            return None
        return Checker(self._shapes, {node: held for node, held in self._registry.items() if node not in part})

    def infer_of_part(self, part: Index) -> Inference:
        """What follows in a part of the registry: of all that follows from the whole, what is about the part's nodes,
        or about nodes that it names and no part describes. So nothing is lost where two parts imply the same."""
        whole = self._whole
        named = {value for description in part.values() for values in description.values() for value in values}

        def own(index: Index) -> Index:
            return {n: held for n, held in index.items() if n in part or (n in named and n not in self._registry)}

        found = [one for one in whole.contradictions if not part.keys().isdisjoint(one.nodes)]
        return Inference(own(whole.inferred), own(whole.from_curated), found, whole.shared)

    @cached_property
    def _whole(self) -> Inference:
        assert self._rules is not None
        return Reasoner(self._rules, {}).infer(self._shared.described, self._shared.curated)


class Block(NamedTuple):
    """One named graph of a source as sorted N-Quads lines, and how many."""

    lines: bytes
    triples: int


@dataclass
class Segment:
    """What one document gives: its graphs by their kind, its findings and counts.

    `source` is "" where nothing could be read. `named` tells whether the source has an id of its own, and not its
    file's name. `uses` are the ids of the registry that the segment depends on, be it on their absence; EVERYTHING
    where it may be any. `shared` are the triples that may lead to something together with those of other sources, and
    those that come with curated facts.
    """

    source: str
    registry: bool = False
    named: bool = True
    graphs: dict[str, Block] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    facts: int = 0
    spans: int = 0
    text_at_hand: bool = False
    uses: frozenset[str] = EVERYTHING
    shared: tuple[Sequence[Triple], Sequence[Triple]] = ((), ())


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


def build(read: Read, stem: str, shared: Shared, tools: Tools, texts: Texts, beside: bytes | None = None) -> Segment:
    """Everything from a document that was read to its segment.

    `beside` are the bytes of the text that the source names by path. Steps go on after findings, so that one run finds
    as much as it can; a segment that has a violation is not to be published.
    """
    document = read.document
    if document is None:
        return Segment("", findings=list(read.faults))
    segment = Segment(source_id(document, stem), isinstance(document, Registry), is_named(document))
    segment.findings += read.faults
    if not re.fullmatch(SLUG_PATTERN, segment.source):
        message = f"the source's id would be the file's name, {stem!a}, which is no id"
        hint = "name the file in small letters, digits and hyphens, or give the source an id"
        segment.findings.append(Finding(place_of(read), "violation", "name", message, hint, broken=True))
        return segment
    found = read.survey or survey(document)
    text = _resolve(document, found, read, segment, shared, texts, beside)
    mapped = map_document(
        document, segment.source, shared.minter, shared.names, shared.labels, shared.language, text, read.kept
    )
    whole = union(mapped.asserted, mapped.curated)
    checker = tools.checker_of_part(whole) if segment.registry else tools.checker
    if checker is not None and not _misleads(segment, read):
        results = checker.check(whole)
        if results:
            unread = isinstance(document, Document) and document.source.text.path is not None and beside is None
            segment.findings += _unexplained([_finding(result, mapped, read) for result in results], segment, unread)
    segment.facts = _count_facts(document)
    if not any(finding.broken for finding in segment.findings):
        _write_graphs(segment, mapped, shared.minter, tools, read)
    if not segment.registry and not segment.findings:
        segment.uses = frozenset(found.references.union(found.given))
    return segment


def _misleads(segment: Segment, read: Read) -> bool:
    """Whether shapes would find much that is not wrong: facts that share an id, or have no site to come from."""
    if not segment.findings:
        return False
    places = {finding.place for finding in segment.findings if finding.code == "unknown-reference"}
    return read.locate(_SITE) in places or any(finding.code == "id-twice" for finding in segment.findings)


def _unexplained(found: list[Finding], segment: Segment, unread: bool) -> list[Finding]:
    """What the shapes found and nothing before them has said already, so that one fault is one finding.

    `unread` tells that the text which the source names could not be read: of that, a finding has been made.
    """
    places = {finding.place for finding in segment.findings if finding.severity == "violation"}
    said = {onr.textSha256, onr.textLength} if unread else set[str]()
    if any(finding.code == "circle" for finding in segment.findings):
        said |= {onr.within, onr.partOf, onr.subsetOf, sem.subEventOf}
    return [finding for finding in found if finding.place not in places and finding.path not in said]


def _resolve(
    document: Document | Registry,
    found: Survey,
    read: Read,
    segment: Segment,
    shared: Shared,
    texts: Texts,
    beside: bytes | None,
) -> Text | None:
    """The text of the source, where it is at hand. What is wrong with references and words becomes findings: looked for
    only where the survey does not tell that there is nothing."""
    text = None
    flaws: list[Flaw] = []
    is_own = isinstance(document, Registry) or not any(name in shared.files for name in found.given)
    if not (is_own and found.is_resolved(shared.files)) or references.has_circles(document):
        flaws += references.flaws(document, shared.files, read.lost)
    if isinstance(document, Document):
        described = document.source.text
        text, wrong = evidence.text_of(described, texts, beside)
        if beside is not None and text is not None:
            described.sha256, described.chars = Texts().add(beside), len(text.content)
        flaws += wrong
        if text is not None or not found.is_short(shared.most_words, shared.most_quoted):
            flaws += evidence.flaws(document, text, shared.most_words, shared.most_quoted)
        segment.text_at_hand = text is not None
        segment.spans = found.spans
    segment.findings += (finding_of(flaw, read) for flaw in flaws)
    return text


def finding_of(flaw: Flaw, read: Read) -> Finding:
    """A flaw at its place in the file."""
    severity: Severity = "warning" if flaw.severity == "warning" else "violation"
    return Finding(read.locate(_in_file(flaw.pointer, read)), severity, flaw.code, flaw.message, flaw.hint)


def _in_file(pointer: Pointer, read: Read) -> Pointer:
    """A pointer into the decoded document as a pointer into the file, where broken records were left out."""
    if len(pointer) > 1 and isinstance(pointer[0], str) and isinstance(pointer[1], int):
        places = read.kept.get(pointer[0])
        if places:
            return (pointer[0], places[pointer[1]], *pointer[2:])
    return pointer


def _finding(result: Result, mapped: Mapped, read: Read) -> Finding:
    """A result of the checks at the place of the record, or the field, that its focus node came from."""
    node, pointer = result.focus_node, None
    while pointer is None and "/" in node.removeprefix("<"):
        pointer = mapped.origins.get(node)
        node = node[: node.rindex("/")] + ">" if "/" in node else ""
    where = read.locate((*pointer, *field_of(result.path)) if pointer else ())
    return Finding(
        where,
        result.severity,
        "shape",
        result.message,
        focus_node=result.focus_node,
        path=result.path,
        value=result.value,
        source_shape=result.source_shape,
        component=result.component,
    )


def _write_graphs(segment: Segment, mapped: Mapped, minter: Minter, tools: Tools, read: Read) -> None:
    """The graphs of a segment. What follows from curated facts alone is kept apart from what the source's own facts
    give."""
    graphs = {"registry" if segment.registry else "asserted": mapped.asserted, "curated": mapped.curated}
    if tools.reasoner is not None:
        if segment.registry:
            inference = tools.infer_of_part(union(mapped.asserted, mapped.curated))
        else:
            source = minter.source(segment.source)
            inference = tools.reasoner.infer(mapped.asserted, mapped.curated, f"{source[:-1]}/")
            # Nobody else speaks of the source itself, though its address is not below itself.
            plain, curated = (
                [triple for triple in shared if triple[0] != source]
                for shared in (inference.shared, inference.shared_from_curated)
            )
            segment.shared = (plain, curated)
        graphs["inferred"] = inference.inferred
        graphs["inferred-from-curated"] = inference.from_curated
        for contradiction in inference.contradictions:
            pointer = next((mapped.origins[node] for node in contradiction.nodes if node in mapped.origins), ())
            segment.findings.append(contradicts(read.locate(pointer), contradiction))
    segment.graphs = {kind: block(index, minter.graph(kind, segment.source)) for kind, index in graphs.items() if index}


def contradicts(place: Place, contradiction: Contradiction) -> Finding:
    """The finding of a contradiction."""
    return Finding(place, "violation", "contradiction", contradiction.message, "correct one of the facts")


def block(index: Index, graph: str) -> Block:
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
    return Block("".join(rows).encode(), len(rows))


def _count_facts(document: Document | Registry) -> int:
    sections: Iterator[object] = (getattr(document, name) for name in document.__struct_fields__)
    return sum(len(section) for section in sections if isinstance(section, list))
