"""One source → one segment: read, resolve, map, check and infer. It needs the source, the registry and the vocabulary,
nothing else.

    bytes ── read ──► documents ── map ──► asserted, curated ── check ──► findings
                                                │
                                                └── infer ──► inferred, inferred from curated ──► segment
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.checks import Result, Shapes, check
from onrecord.facts import evidence, references
from onrecord.facts.document import Document, Registry
from onrecord.facts.fields import SLUG_PATTERN
from onrecord.facts.references import Flaw
from onrecord.facts.texts import Text, Texts
from onrecord.findings import Finding, Place, Pointer, Severity
from onrecord.index import index_of
from onrecord.mappers import Mapped, map_document
from onrecord.mappers.parts.minting import Minter
from onrecord.mappers.places import field_of
from onrecord.ntriples import Triple, lines
from onrecord.readers import Limits, Read
from onrecord.rules import Rules, infer
from onrecord.vocabulary.terms import onr, sem

_SITE: Pointer = ("source", "site")


@dataclass(frozen=True)
class Shared:
    """What every unit of a build has in common: plain values, so that it can be sent to another process.

    `names` are the registry's ids with their IRIs, `labels` what to call these, `files` the same ids with the file that
    gives them, `described` the registry's triples by subject.
    """

    minter: Minter
    language: str
    limits: Limits
    most_words: int
    most_quoted: int
    names: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, Sequence[Triple]] = field(default_factory=dict)


@dataclass(frozen=True)
class Tools:
    """The compiled shapes and rules. None: what needs them is left out (`kg check` needs no rules)."""

    shapes: Shapes | None
    rules: Rules | None


@dataclass
class Segment:
    """What one document gives: its graphs as sorted N-Quads lines by their IRI, its findings and counts."""

    source: str
    place: Place = field(default_factory=lambda: Place(""))
    registry: bool = False
    graphs: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    facts: int = 0
    spans: int = 0
    text_at_hand: bool = False

    @property
    def clean(self) -> bool:
        """Whether it may be published: no violation was found."""
        return not any(finding.severity == "violation" for finding in self.findings)


def source_id(document: Document | Registry, stem: str) -> str:
    """The id of a document: its own, or its file's name."""
    if isinstance(document, Registry):
        return f"registry-{stem}"
    return document.source.id or stem


def build(read: Read, stem: str, shared: Shared, tools: Tools, texts: Texts, beside: bytes | None = None) -> Segment:
    """Everything from a document that was read to its segment.

    `beside` are the bytes of the text that the source names by path. Steps go on after findings, so that one run finds
    as much as it can; a segment that is not clean is not to be published.
    """
    segment = Segment(stem, Place(read.name), isinstance(read.document, Registry), findings=list(read.faults))
    document = read.document
    if document is None:
        return segment
    segment.source = source_id(document, stem)
    segment.place = read.locate(("registry",) if segment.registry else ("source", "id"))
    if not re.fullmatch(SLUG_PATTERN, segment.source):
        message = f"the source's id would be the file's name, {stem!a}, which is no id"
        hint = "name the file in small letters, digits and hyphens, or give the source an id"
        segment.findings.append(Finding(segment.place, "violation", "name", message, hint, broken=True))
        return segment
    text = _resolve(document, read, segment, shared, texts, beside)
    mapped = map_document(
        document, segment.source, shared.minter, shared.names, shared.labels, shared.language, text, read.kept
    )
    context = _context(mapped, shared)
    if tools.shapes is not None and not _misleads(segment, read):
        results = check(tools.shapes, index_of([*mapped.asserted, *mapped.curated]), index_of(context))
        unread = isinstance(document, Document) and document.source.text.path is not None and beside is None
        segment.findings += _unexplained([_finding(result, mapped, read) for result in results], segment, unread)
    segment.facts = _count_facts(document)
    if not any(finding.broken for finding in segment.findings):
        _write_graphs(segment, mapped, context, shared.minter, tools.rules, read)
    return segment


def _misleads(segment: Segment, read: Read) -> bool:
    """Whether shapes would find much that is not wrong: facts that share an id, or have no site to come from."""
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
    document: Document | Registry, read: Read, segment: Segment, shared: Shared, texts: Texts, beside: bytes | None
) -> Text | None:
    text = None
    flaws = list(references.flaws(document, shared.files, read.lost))
    if isinstance(document, Document):
        described = document.source.text
        text, wrong = evidence.text_of(described, texts, beside)
        if beside is not None and text is not None:
            described.sha256, described.chars = Texts().add(beside), len(text.content)
        flaws += wrong
        flaws += evidence.flaws(document, text, shared.most_words, shared.most_quoted)
        segment.text_at_hand = text is not None
        segment.spans = evidence.count(document)
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


def _context(mapped: Mapped, shared: Shared) -> list[Triple]:
    """What the registry says of the nodes that a source speaks of, and of those that these lead to."""
    own = {s for s, _, _ in mapped.asserted} | {s for s, _, _ in mapped.curated}
    waiting = {o for triples in (mapped.asserted, mapped.curated) for _, _, o in triples if o in shared.described} - own
    known: set[str] = set()
    found: list[Triple] = []
    while waiting:
        node = waiting.pop()
        known.add(node)
        found += shared.described[node]
        waiting |= {
            o for _, _, o in shared.described[node] if o in shared.described and o not in known and o not in own
        }
    return found


def _write_graphs(
    segment: Segment, mapped: Mapped, context: list[Triple], minter: Minter, rules: Rules | None, read: Read
) -> None:
    """The four graphs of a segment. What follows from curated facts alone is kept apart from what the source's own
    facts give."""
    graphs = {"registry" if segment.registry else "asserted": mapped.asserted, "curated": mapped.curated}
    if rules is not None:
        plain = infer(rules, mapped.asserted, context)
        whole = infer(rules, [*mapped.asserted, *mapped.curated], context) if mapped.curated else plain
        graphs["inferred"] = plain.inferred
        held = {*plain.inferred, *mapped.asserted}
        graphs["inferred-from-curated"] = [triple for triple in whole.inferred if triple not in held]
        for contradiction in whole.contradictions:
            pointer = next((mapped.origins[node] for node in contradiction.nodes if node in mapped.origins), ())
            segment.findings.append(
                Finding(
                    read.locate(pointer),
                    "violation",
                    "contradiction",
                    contradiction.message,
                    "correct one of the facts",
                )
            )
    for kind, triples in graphs.items():
        if triples:
            graph = minter.graph(kind, segment.source)
            segment.graphs[graph] = lines(triples, graph)


def _count_facts(document: Document | Registry) -> int:
    sections: Iterator[object] = (getattr(document, name) for name in document.__struct_fields__)
    return sum(len(section) for section in sections if isinstance(section, list))
