"""The ontology's axioms: read, refused where they go beyond what is covered, and closed under OWL 2 RL by owlrl.

Closing the ontology (not the data) is owlrl's job here: it is exact and well read, and far too slow for data.
"""

import hashlib
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from onrecord.errors import VocabularyError

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
LANGUAGES = (OWL, RDF, RDFS, XSD)
"""The namespaces of RDF, RDFS, OWL and the datatypes: the languages themselves."""

LINKS = frozenset(
    {RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")}
    | {OWL + name for name in ("equivalentClass", "equivalentProperty", "inverseOf", "disjointWith")}
    | {OWL + name for name in ("propertyDisjointWith", "propertyChainAxiom", "members", "hasKey")}
)
"""The predicates of the axioms that are covered."""

_NOTES = frozenset(
    {RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")}
    | {OWL + name for name in ("versionInfo", "versionIRI", "priorVersion", "deprecated")}
)
_DECLARED = frozenset(
    {OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology")}
    | {RDFS + "Class", RDFS + "Datatype", RDF + "Property", OWL + "NamedIndividual"}
)
CHARACTERISTICS = frozenset(
    f"{OWL}{name}Property"
    for name in ("Symmetric", "Transitive", "Irreflexive", "Asymmetric", "Functional", "InverseFunctional")
)
_AXIOMS = frozenset(f"<{name}>" for name in LINKS)
_KINDS_OF_TERMS = frozenset(f"<{name}>" for name in CHARACTERISTICS) | {
    *(f"<{OWL}{name}>" for name in ("Class", "ObjectProperty", "DatatypeProperty", "AllDisjointClasses")),
    *(f"<{OWL}{name}>" for name in ("AllDifferent", "Restriction")),
    *(f"<{RDFS}{name}>" for name in ("Class", "Datatype")),
    f"<{RDF}Property>",
}
_LISTS = frozenset({RDF + "first", RDF + "rest"})
_HINT = "write it with the axioms that onrecord.rules covers, or add the rule there"


class _Semantics(Protocol):
    error_messages: list[str]

    def closure(self) -> None: ...


class _SemanticsClass(Protocol):
    def __call__(self, graph: "rdflib.Graph", axioms: bool, daxioms: bool) -> _Semantics: ...


def key_of(paths: Iterable[Path]) -> str:
    """The SHA-256 of the ontology's files: rules made from the same bytes have the same key. Raises VocabularyError.

    The number in it counts the forms that compiled rules have had: rules of another form are other rules.
    """
    digest = hashlib.sha256(b"onrecord.rules 2\n")
    for file in sorted(paths, key=lambda path: path.name):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise VocabularyError(f"{file.name} cannot be read: {error.strerror}") from error
        digest.update(f"{file.name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def defines_terms(predicate: str, value: str) -> bool:
    """Whether a triple of the data with this predicate and value (terms) says what only an ontology may."""
    return predicate in _AXIOMS or (predicate == f"<{RDF}type>" and value in _KINDS_OF_TERMS)


def read(paths: Sequence[Path]) -> "rdflib.Graph":
    """All files (Turtle) as one graph. Raises VocabularyError for an unreadable file and for an axiom not covered."""
    import rdflib
    from rdflib.plugins.parsers.notation3 import BadSyntax

    graph = rdflib.Graph(bind_namespaces="none")
    for file in sorted(paths, key=lambda path: path.name):
        try:
            graph.parse(file, format="turtle")
        except OSError as error:
            raise VocabularyError(f"{file.name} cannot be read: {error.strerror}") from error
        except (BadSyntax, UnicodeDecodeError) as error:
            line = f":{error.lines + 1}" if isinstance(error, BadSyntax) else ""
            raise VocabularyError(f"{file.name}{line} is not Turtle: {' '.join(str(error).split())[:200]}") from error
    for triple in sorted(graph, key=_shown):
        fault = _uncovered(graph, *triple)
        if fault:
            raise VocabularyError(f"{fault}: {_shown(triple)}", hint=_HINT)
    return graph


def close(graph: "rdflib.Graph") -> "rdflib.Graph":
    """The OWL 2 RL closure of an ontology. Raises VocabularyError where it contradicts itself."""
    import rdflib

    closure = rdflib.Graph(bind_namespaces="none")
    for triple in graph:
        if triple[1] != rdflib.OWL.hasKey:  # owlrl 7 compares all properties of a key but the last (its prp-key)
            closure.add(triple)
    # owlrl brings no types. Its DeductiveClosure would change rdflib's literals for the whole process; this does not.
    semantics_class: _SemanticsClass = import_module("owlrl").OWLRL_Semantics
    semantics = semantics_class(closure, axioms=False, daxioms=False)
    semantics.closure()
    if semantics.error_messages:
        raise VocabularyError(f"the ontology contradicts itself: {min(semantics.error_messages)}")
    for one, other in sorted(closure.subject_objects(rdflib.OWL.sameAs)):
        if one != other:
            raise VocabularyError(f"the ontology makes two of its terms one: {one} and {other}", hint=_HINT)
    return closure


def _shown(triple: "tuple[Node, Node, Node]") -> str:
    return " ".join(_short(str(node)) for node in triple)


def _short(iri: str) -> str:
    for prefix, namespace in (("owl", OWL), ("rdfs", RDFS), ("rdf", RDF), ("xsd", XSD)):
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _uncovered(graph: "rdflib.Graph", s: "Node", p: "Node", o: "Node") -> str:
    """Why a triple of the ontology is not covered, "" if it is. No ontology changes what the languages' terms mean."""
    import rdflib

    predicate, target = str(p), str(o)
    if predicate == RDF + "type":
        return _uncovered_type(graph, s, target)
    if predicate in _LISTS:
        return ""
    if predicate in LINKS:
        return _uncovered_link(graph, s, predicate, o)
    if predicate.startswith(LANGUAGES) and predicate not in _NOTES:
        return f"{_short(predicate)} is not covered"
    if isinstance(s, rdflib.BNode) or isinstance(o, rdflib.BNode):
        return "a node without an address is not covered"
    return ""


def _uncovered_type(graph: "rdflib.Graph", s: "Node", target: str) -> str:
    import rdflib

    if target == OWL + "AllDisjointClasses":
        return ""
    if isinstance(s, rdflib.BNode) or (target.startswith(LANGUAGES) and target not in _DECLARED | CHARACTERISTICS):
        return f"{_short(target)} is not covered"
    if target in CHARACTERISTICS and str(s).startswith(LANGUAGES):
        return f"the meaning of {_short(str(s))} is not ours to change"
    if target == OWL + "FunctionalProperty" and (s, rdflib.RDF.type, rdflib.OWL.DatatypeProperty) in graph:
        return "owl:FunctionalProperty is covered between things only, not for values (sh:maxCount says it in shapes)"
    return ""


def _uncovered_link(graph: "rdflib.Graph", s: "Node", predicate: str, o: "Node") -> str:
    import rdflib

    lists = (OWL + "propertyChainAxiom", OWL + "members", OWL + "hasKey")
    members = list(graph.items(o)) if predicate in lists else [o]
    ends = [s, *members] if predicate != OWL + "members" else members
    if not members or not all(isinstance(end, rdflib.URIRef) for end in ends):
        return f"{_short(predicate)} is covered between named terms only"
    ours_to_limit = predicate in (RDFS + "domain", RDFS + "range")
    for end in ends[:1] if ours_to_limit else ends:
        note = ours_to_limit and str(end) in _NOTES
        if str(end).startswith(LANGUAGES) and not note and predicate != OWL + "members":
            return f"the meaning of {_short(str(end))} is not ours to change"
    return ""
