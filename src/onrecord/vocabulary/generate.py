"""Writes what is derived from ontology/ and shapes/, `terms.py` and docs/vocabulary.md: run `make vocabulary` after a
change."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD

from onrecord.errors import VocabularyError
from onrecord.vocabulary import resources
from onrecord.vocabulary.reference import page

ONR = rdflib.Namespace("https://w3id.org/onrecord/ns#")
_TARGET = Path(__file__).with_name("terms.py")
_ROOTS_OF_KINDS = ("Designee", "Organization", "Source")

_HEADER = '''"""The terms of the vocabulary as closed namespaces: a term that is not declared does not exist.

Generated from ontology/ and shapes/ by `make vocabulary`; a test fails when it is stale. Do not edit.
"""

from onrecord.vocabulary.term import Class, Property
'''


def _slug(name: str) -> str:
    """ArmedGroup → armed-group: how a facts file names a class."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _named(nodes: Iterable[rdflib.term.Node | None]) -> list[rdflib.URIRef]:
    """The IRIs among nodes, sorted."""
    return sorted({node for node in nodes if isinstance(node, rdflib.URIRef)})


def _load() -> tuple[rdflib.Graph, dict[str, str]]:
    graph, prefixes = rdflib.Graph(bind_namespaces="none"), dict[str, str]()
    for file in resources.files("ontology", ".ttl"):
        one = rdflib.Graph(bind_namespaces="none").parse(file, format="turtle")
        for prefix, iri in one.namespaces():
            if prefixes.setdefault(prefix, str(iri)) != str(iri):
                raise VocabularyError(
                    f"{file.name} gives the prefix {prefix}: another meaning than the files before it"
                )
        graph += one
    return graph, prefixes


def _singles(shapes: rdflib.Graph) -> set[rdflib.term.Node]:
    """The properties that every property shape about them lets occur once at the most."""
    most: dict[rdflib.term.Node, list[bool]] = defaultdict(list)
    for shape, path in shapes.subject_objects(SH.path):
        limits = [int(str(count)) for count in shapes.objects(shape, SH.maxCount)]
        conditional = any(True for _ in shapes.subjects(SH["not"], shape)) or 0 in limits
        if isinstance(path, rdflib.URIRef) and not conditional:
            most[path].append(1 in limits)
    return {path for path, once in most.items() if all(once)}


def _json_names(graph: rdflib.Graph, properties: list[rdflib.URIRef]) -> dict[rdflib.URIRef, str]:
    names: dict[str, rdflib.URIRef] = {}
    for term in properties:
        given = graph.value(term, ONR.jsonName)
        name = str(given) if given else re.split(r"[#/]", term)[-1]
        if name in names:
            raise VocabularyError(
                f"two terms are both {name} in JSON-LD: {names[name]} and {term}", hint="give one an onr:jsonName"
            )
        names[name] = term
    return {term: name for name, term in names.items()}


def _members(graph: rdflib.Graph, shapes: rdflib.Graph, prefixes: dict[str, str]) -> dict[str, list[str]]:
    """The lines of each namespace's class body."""
    classes = _named(graph.subjects(RDF.type, OWL.Class))
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = _named(t for kind in kinds for t in graph.subjects(RDF.type, kind))
    names, singles = _json_names(graph, properties), _singles(shapes)
    found: dict[str, list[str]] = defaultdict(list)
    for term in [*classes, *properties]:
        prefix, local = _split(term, prefixes)
        if term in names:
            datatype = str(graph.value(term, RDFS.range)) if (term, RDF.type, OWL.DatatypeProperty) in graph else ""
            once = ", single=True" if term in singles else ""
            made = f'Property(\n        "{term}",\n        "{datatype}",\n        name="{names[term]}"{once},\n    )'
        else:
            made = f'Class("{term}")'
        found[prefix].append(f"    {local} = {made}")
    return found


def _split(term: rdflib.URIRef, prefixes: dict[str, str]) -> tuple[str, str]:
    for prefix, iri in prefixes.items():
        if term.startswith(iri) and re.fullmatch(r"\w+", term[len(iri) :]):
            return prefix, term[len(iri) :]
    raise VocabularyError(f"no prefix for {term}", hint="declare one in the file that declares the term")


def _concepts(graph: rdflib.Graph) -> list[str]:
    lines = ["", "", "CONCEPTS: dict[str, dict[str, str]] = {"]
    for scheme in _named(graph.subjects(RDF.type, SKOS.ConceptScheme)):
        lines.append(f'    "{str(scheme).rsplit("/", 1)[-1]}": {{')
        for concept in _named(graph.subjects(SKOS.inScheme, scheme)):
            lines.append(f'        "{str(concept).rsplit("/", 1)[-1]}": "<{concept}>",')
        lines.append("    },")
    return [
        *lines,
        "}",
        '"""The concepts of each scheme (N-Triples terms) by the words that facts files use for them."""',
    ]


def _kinds(graph: rdflib.Graph) -> list[str]:
    lines = ["", "KINDS: dict[str, dict[str, Class]] = {"]
    for root in _ROOTS_OF_KINDS:
        lines.append(f'    "{root}": {{')
        for term in _named(graph.transitive_subjects(RDFS.subClassOf, ONR[root])):
            local = str(term).removeprefix(str(ONR))
            lines.append(f'        "{_slug(local)}": onr.{local},')
        lines.append("    },")
    return [*lines, "}", '"""The kinds of organizations and of sources by the words that facts files use for them."""']


def _definitions(graph: rdflib.Graph) -> list[str]:
    lines = ["", "DEFINITIONS: dict[str, str] = {"]
    for concept in _named(graph.subjects(RDF.type, SKOS.Concept)):
        lines.append(f"    {str(concept)!r}: {str(graph.value(concept, SKOS.definition))!r},")
    for term in (t for t in _named(graph.subjects(RDF.type, OWL.Class)) if t.startswith(ONR)):
        lines.append(f"    {str(term)!r}: {str(graph.value(term, SKOS.definition))!r},")
    return [*lines, "}", '"""What concepts and classes mean, for editors and listings, by their IRIs."""']


def generated() -> str:
    """The text of terms.py as ontology/ and shapes/ have it now. Raises VocabularyError where they contradict
    themselves."""
    graph, prefixes = _load()
    shapes = rdflib.Graph()
    for file in resources.files("shapes", ".ttl"):
        shapes.parse(file, format="turtle")
    members = _members(graph, shapes, prefixes)
    lines = [_HEADER]
    for prefix in sorted(members):
        lines += ["", f"class {prefix}:", f'    """{prefixes[prefix]}"""', "", *members[prefix], ""]
    lines += _concepts(graph) + _kinds(graph) + _definitions(graph)
    base = str(ONR).removesuffix("ns#") + "scheme/"
    shown = {p: i for p, i in prefixes.items() if not i.startswith(base)} | {"xsd": str(XSD)}
    lines += ["", "PREFIXES: dict[str, str] = {", *(f'    "{p}": "{shown[p]}",' for p in sorted(shown)), "}"]
    lines.append('"""The prefixes of the vocabularies that the data uses."""')
    return "\n".join(lines) + "\n"


def reference() -> str:
    """The text of docs/vocabulary.md as ontology/ has it now."""
    return page(*_load())


def main() -> None:
    """Write terms.py, and the reference where this runs in the repository."""
    _TARGET.write_text(generated(), encoding="utf-8")
    docs = _TARGET.parents[3] / "docs"
    if docs.is_dir():
        (docs / "vocabulary.md").write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
