"""Same triples, same findings: what the plain pipeline found beside what ours found, in the same run.

Left out of owlrl's closure is what nobody wants, as `onrecord.rules.infer` says: reflexive owl:sameAs, owl:Thing and
rdfs:Resource, literals and terms of a vocabulary as subjects.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import rdflib

from onrecord.ntriples import Triple, literal, split

OWL, RDFS = str(rdflib.OWL), str(rdflib.RDFS)
TYPE, SAME = f"<{rdflib.RDF.type}>", f"<{rdflib.OWL.sameAs}>"
NOTHING = {f"<{OWL}Thing>", f"<{RDFS}Resource>"}
LANGUAGES = tuple(f"<{namespace}" for namespace in (OWL, RDFS, str(rdflib.RDF), str(rdflib.XSD)))
Finding = tuple[str, str, str, str]


def term(node: rdflib.term.Node) -> str:
    """A term in the one form that we write."""
    if isinstance(node, rdflib.Literal):
        return literal(str(node), str(node.datatype or rdflib.XSD.string), node.language or "")
    return f"<{node}>" if isinstance(node, rdflib.URIRef) else f"_:{node}"


def plain_closure(folder: Path, ontology: rdflib.Graph) -> set[Triple]:
    """What follows by owlrl, with what it follows from."""
    known = {term(one) for triple in ontology for one in triple if isinstance(one, rdflib.URIRef)}
    graph = rdflib.Graph().parse(folder / "closure.nt", format="nt")
    return {one for one in ((term(s), term(p), term(o)) for s, p, o in graph) if wanted(one, known)}


def wanted(triple: Triple, known: set[str]) -> bool:
    """Whether a triple of the closure says something about data."""
    s, p, o = triple
    if not s.startswith("<") or s in known or s.startswith(LANGUAGES):
        return False
    return not (p == SAME and s == o) and not (p == TYPE and o in NOTHING)


def our_closure(lines: Iterable[str]) -> set[Triple]:
    """The triples of N-Quads lines, in whichever graph they stand."""
    return {(s, p, o) for s, p, o, _ in map(split, lines)}


def plain_findings(folder: Path, described: set[str]) -> Counter[Finding]:
    """pySHACL's results about the nodes that articles describe."""
    severities = {"Violation": "violation", "Warning": "warning", "Info": "info"}
    rows = json.loads((folder / "results.json").read_text())
    return Counter(
        (focus, value, severities[severity.rpartition("#")[2]], message)
        for focus, value, severity, message in rows
        if f"<{focus}>" in described
    )


def our_findings(findings: Iterable[dict[str, object]]) -> Counter[Finding]:
    """The findings of `kg check --format json` that come from shapes."""
    return Counter(
        (_bare(one.get("focusNode")), _bare(one.get("value")), str(one["severity"]), str(one["message"]))
        for one in findings
        if one["code"] == "shape"
    )


def _bare(value: object) -> str:
    """The text of a term as a JSON finding has it."""
    from onrecord.ntriples import text_of

    text = str(value or "")
    return text_of(text) if text.startswith(("<", '"')) else text


def differences(plain: Iterable[object], ours: Iterable[object]) -> Iterator[str]:
    """What one side has and the other has not, at most a few of each."""
    first, second = Counter(plain), Counter(ours)
    for side, found in (("only plain", first - second), ("only ours", second - first)):
        for count, one in enumerate(sorted(map(str, found.elements()))):
            if count < 3:
                yield f"{side}: {one}"
        if found:
            yield f"{side}: {found.total():,} in all"
