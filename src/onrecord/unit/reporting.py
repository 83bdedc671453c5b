"""What is wrong with a document, as findings at their places in its file."""

from collections.abc import Container, Mapping, Sequence
from itertools import permutations

from onrecord.checks import Result
from onrecord.facts.references import Flaw
from onrecord.findings import Finding, Place, Pointer, Severity
from onrecord.mappers import Mapped
from onrecord.mappers.places import field_of
from onrecord.ntriples import Triple
from onrecord.readers import Read
from onrecord.rules import Contradiction
from onrecord.unit.segment import Segment
from onrecord.vocabulary.terms import onr, owl, sem

_SITE: Pointer = ("source", "site")


def finding_of_flaw(flaw: Flaw, read: Read) -> Finding:
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


def finding_of_result(result: Result, mapped: Mapped, read: Read) -> Finding:
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


def misleads(segment: Segment, read: Read) -> bool:
    """Whether shapes would find much that is not wrong: facts that share an id, or have no site to come from."""
    if not segment.findings:
        return False
    places = {finding.place for finding in segment.findings if finding.code == "unknown-reference"}
    return read.locate(_SITE) in places or any(finding.code == "id-twice" for finding in segment.findings)


def unexplained(found: list[Finding], segment: Segment, unread: bool) -> list[Finding]:
    """What the shapes found and nothing before them has said already, so that one fault is one finding.

    `unread` tells that the text which the source names could not be read: of that, a finding has been made.
    """
    places = {finding.place for finding in segment.findings if finding.severity == "violation"}
    said = {onr.textSha256, onr.textLength} if unread else set[str]()
    if any(finding.code == "circle" for finding in segment.findings):
        said |= {onr.within, onr.partOf, onr.subsetOf, sem.subEventOf}
    return [finding for finding in found if finding.place not in places and finding.path not in said]


def contradicts(contradiction: Contradiction, mapped: Mapped, read: Read, links: Mapping[Triple, Place]) -> Finding:
    """The finding of a contradiction: at the link of this document that it rests on, or else at the record that it is
    about; links of the registry (`links`) that it rests on are named."""
    own = [mapped.links[link] for link in rests_on(contradiction, mapped.links)]
    about = [mapped.origins[node] for node in contradiction.nodes if node in mapped.origins]
    place = read.locate(next(iter((*own, *about)), ()))
    return Finding(place, "violation", "contradiction", contradiction.message, way_out(contradiction, links, [place]))


def rests_on(contradiction: Contradiction, links: Container[Triple]) -> list[Triple]:
    """Those of some links by which what cannot be one has become one, or is said not to be."""
    same = ((one, owl.sameAs.plain, other) for one, other in permutations(contradiction.nodes, 2))
    triples = dict.fromkeys((*contradiction.triples, *same))
    return [triple for triple in triples if triple in links]


def way_out(contradiction: Contradiction, links: Mapping[Triple, Place], told: Sequence[Place]) -> str:
    """What to do about a contradiction; `told` are the places where it is reported."""
    linked = {links[link]: None for link in rests_on(contradiction, links) if links[link] not in told}
    return f"correct one of the facts, or the link at {', '.join(map(str, linked))}" if linked else _CORRECT


_CORRECT = "correct one of the facts"
