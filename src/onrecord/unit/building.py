"""From a document that was read to its segment."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord import conflicts
from onrecord.facts import evidence, references
from onrecord.facts.document import Document, Registry
from onrecord.facts.fields import SLUG_PATTERN
from onrecord.facts.references import Flaw
from onrecord.facts.survey import Survey, survey
from onrecord.facts.texts import Text, Texts
from onrecord.findings import Finding
from onrecord.history import Reading, links_of, packed
from onrecord.index import union
from onrecord.mappers import Mapped, map_document
from onrecord.readers import Read
from onrecord.unit.dependencies import uses
from onrecord.unit.reporting import contradicts, finding_of_flaw, finding_of_result, misleads, unexplained
from onrecord.unit.segment import Segment, is_named, lines_of, place_of, source_id
from onrecord.unit.tools import Shared, Tools


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
    if checker is not None and not misleads(segment, read):
        results = checker.check(whole)
        if results:
            unread = isinstance(document, Document) and document.source.text.path is not None and beside is None
            segment.findings += unexplained(
                [finding_of_result(result, mapped, read) for result in results], segment, unread
            )
    segment.facts = _count_facts(document)
    if not any(finding.broken for finding in segment.findings):
        _write_graphs(segment, mapped, shared, tools, read)
    if not segment.registry and not segment.findings:
        segment.uses = uses(found, whole, shared.minter, document)
    return segment


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
    if found.lists and not found.lists.issubset(known := shared.lists):
        flaws += references.flaws_of_entries(document, known)
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
    segment.findings += (finding_of_flaw(flaw, read) for flaw in flaws)
    return text


def _write_graphs(segment: Segment, mapped: Mapped, shared: Shared, tools: Tools, read: Read) -> None:
    """The graphs of a segment. What follows from curated facts alone is kept apart from what the source's own facts
    give."""
    minter = shared.minter
    graphs = {"registry" if segment.registry else "asserted": mapped.asserted, "curated": mapped.curated}
    if tools.inferrer is not None:
        if segment.registry:
            inference = tools.infer_of_part(union(mapped.asserted, mapped.curated))
        else:
            mine = f"{minter.source(segment.source)[:-1]}/"
            inference = tools.inferrer.infer(mapped.asserted, mapped.curated, mine)
            segment.shared = (inference.shared, inference.shared_from_curated)
            source, nodes = minter.source(segment.source), sorted(mapped.origins)
            segment.testimony = _testimony(mapped, source, nodes)
            segment.voiced = _voiced(mapped, source, nodes)
        graphs["inferred"] = inference.inferred
        graphs["inferred-from-curated"] = inference.from_curated
        for contradiction in inference.contradictions:
            segment.findings.append(contradicts(contradiction, mapped, read, shared.links))
    segment.graphs = {
        kind: lines_of(index, minter.graph(kind, segment.source)) for kind, index in graphs.items() if index
    }


def _testimony(mapped: Mapped, source: str, nodes: Sequence[str]) -> bytes | None:
    """What a source says of statuses through time."""
    testimony = Reading(mapped.asserted, mapped.curated).of_source(source, nodes, links_of(mapped.curated))
    if mapped.links:
        testimony = msgspec.structs.replace(testimony, named=tuple(sorted({link[2] for link in mapped.links})))
    return None if testimony.is_empty else packed(testimony)


def _voiced(mapped: Mapped, source: str, nodes: Sequence[str]) -> bytes | None:
    """What a source says that others may contradict, or that contradicts itself."""
    voiced = conflicts.Extraction(mapped.asserted, mapped.curated).of_source(source, f"{source[:-1]}/", nodes)
    return None if voiced.is_empty else conflicts.packed(voiced)


def _count_facts(document: Document | Registry) -> int:
    sections: Iterator[object] = (getattr(document, name) for name in document.__struct_fields__)
    return sum(len(section) for section in sections if isinstance(section, list))
