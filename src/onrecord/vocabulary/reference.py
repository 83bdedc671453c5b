"""The vocabulary's reference page, docs/vocabulary.md, as ontology/ has it."""

from collections.abc import Iterator

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

_HEAD = """# The vocabulary

Generated from `ontology/` by `make vocabulary`. Terms of ours are `onr:` (`https://w3id.org/onrecord/ns#`); the
others are used as their owners define them. A facts file names a concept by its last part.
"""


def page(graph: rdflib.Graph, prefixes: dict[str, str]) -> str:
    """The page as Markdown. `graph` is the whole ontology, `prefixes` are those of its files."""
    lines = [_HEAD, "## Classes", "", "| class | is a | meaning |", "|---|---|---|"]
    lines += _classes(graph, prefixes)
    lines += ["", "## Properties", "", "| property | of | value | meaning |", "|---|---|---|---|"]
    lines += _properties(graph, prefixes)
    lines += ["", "## Concepts", ""]
    lines += _concepts(graph)
    return "\n".join(lines)


def _short(term: object, prefixes: dict[str, str]) -> str:
    found = [(iri, prefix) for prefix, iri in prefixes.items() if str(term).startswith(iri)]
    if not found:
        return f"<{term}>"
    iri, prefix = max(found, key=lambda pair: len(pair[0]))
    return f"`{prefix}:{str(term).removeprefix(iri)}`"


def _named(graph: rdflib.Graph, kind: rdflib.URIRef) -> list[rdflib.URIRef]:
    return sorted({term for term in graph.subjects(RDF.type, kind) if isinstance(term, rdflib.URIRef)})


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _classes(graph: rdflib.Graph, prefixes: dict[str, str]) -> Iterator[str]:
    for term in _named(graph, OWL.Class):
        above = sorted(_short(other, prefixes) for other in graph.objects(term, RDFS.subClassOf))
        yield _row(_short(term, prefixes), ", ".join(above), graph.value(term, SKOS.definition))


def _properties(graph: rdflib.Graph, prefixes: dict[str, str]) -> Iterator[str]:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in _named(graph, kind):
            ends = (graph.value(term, RDFS.domain), graph.value(term, RDFS.range))
            domain, reach = ("" if end is None else _short(end, prefixes) for end in ends)
            yield _row(_short(term, prefixes), domain, reach, graph.value(term, SKOS.definition))


def _concepts(graph: rdflib.Graph) -> Iterator[str]:
    for scheme in _named(graph, SKOS.ConceptScheme):
        yield f"### {str(scheme).rsplit('/', 1)[-1]}\n\n{graph.value(scheme, SKOS.definition)}\n"
        for concept in sorted(graph.subjects(SKOS.inScheme, scheme), key=str):
            yield f"- `{str(concept).rsplit('/', 1)[-1]}`: {graph.value(concept, SKOS.definition)}"
        yield ""
