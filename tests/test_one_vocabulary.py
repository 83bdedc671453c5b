"""The vocabulary has one source: what is used is declared, what is declared is defined, used and has a shape."""

import ast
import functools
import re
from collections.abc import Iterator

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS

from modules import DERIVED, MODULES, ROOT, room, tree
from onrecord.vocabulary import generate, terms
from onrecord.vocabulary.term import Term

OURS = "https://w3id.org/onrecord/"
LANGUAGES = tuple(map(str, (RDF, RDFS, OWL, SH, SKOS, rdflib.XSD)))
"""What vocabularies are written in: used without being declared."""


@functools.cache
def _graph(*patterns: str) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for pattern in patterns:
        for file in sorted(ROOT.glob(pattern)):
            graph.parse(file, format="turtle")
    return graph


def _ontology() -> rdflib.Graph:
    return _graph("ontology/*.ttl")


def _addresses(graph: rdflib.Graph) -> set[str]:
    return {str(node) for triple in graph for node in triple if isinstance(node, rdflib.URIRef)}


@functools.cache
def _declared() -> frozenset[str]:
    subjects = {str(s) for s, o in _ontology().subject_objects(RDF.type) if o != OWL.Ontology}
    return frozenset(s for s in subjects if s.startswith("http"))


_TOKENS = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\s]*>)|(?P<name>\b[A-Za-z][\w-]*:\w[\w.-]*)"""
    r'''|"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*'''
)
_PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)


def _of_sparql(text: str) -> set[str]:
    """The IRIs in a query. Prefixes: those of ontology/, of shapes/ (sh:declare too) and its own."""
    prefixes = {p: str(i) for graph in (_ontology(), _graph("shapes/*.ttl")) for p, i in graph.namespaces()}
    shapes = _graph("shapes/*.ttl")
    for declaration, declared in shapes.subject_objects(SH.prefix):
        prefixes[str(declared)] = str(shapes.value(declaration, SH.namespace))
    prefixes |= dict(_PREFIX.findall(text))
    found: set[str] = set()
    for token in _TOKENS.finditer(_PREFIX.sub("", text)):
        if token["iri"]:
            found.add(token["iri"][1:-1])
        elif token["name"]:
            prefix, _, local = token["name"].rstrip(".").partition(":")
            found.add(prefixes.get(prefix, f"undeclared prefix {prefix}:") + local)
    return found


@functools.cache
def _of_shapes() -> frozenset[str]:
    """What the shapes speak of, in Turtle and in SPARQL; not the shapes themselves."""
    shapes = _graph("shapes/*.ttl")
    own = {str(s) for s, p in shapes.subject_predicates() if str(p).startswith(str(SH))}
    queries = [str(o) for p in (SH.select, SH.ask) for o in shapes.objects(None, p)]
    return frozenset((_addresses(shapes) - own).union(*map(_of_sparql, queries)))


@functools.cache
def _of_queries() -> frozenset[str]:
    return frozenset().union(*(_of_sparql(f.read_text(encoding="utf-8")) for f in sorted(ROOT.glob("queries/*.rq"))))


def _of_code(module: str) -> Iterator[str]:
    """The vocabulary's terms and concepts that a module names, as `onr.kind` or CONCEPTS["unit"]["year"]."""
    nodes = list(ast.walk(tree(module)))
    sources = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == terms.__name__]
    imported = {alias.name for node in sources for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imported:
            namespace = vars(terms).get(node.value.id)
            if isinstance(namespace, type):
                term = getattr(namespace, node.attr, None)
                yield term.iri if isinstance(term, Term) else f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "CONCEPTS":
            yield f"{OURS}scheme/{ast.literal_eval(node.slice)}" if isinstance(node.slice, ast.Constant) else ""


def _undeclared(found: frozenset[str] | set[str]) -> list[str]:
    known = {re.split(r"[^#/]*$", term)[0] for term in _declared()}
    return sorted(
        iri
        for iri in found - _declared()
        if iri
        and iri not in known
        and not iri.startswith(LANGUAGES)
        and (re.split(r"[^#/]*$", iri)[0] in known or "://" not in iri)
    )


def test_shapes_and_queries_use_declared_terms_only() -> None:
    assert _of_shapes()
    assert _of_queries()
    assert _undeclared(_of_shapes()) == []
    assert _undeclared(_of_queries()) == []


@pytest.mark.parametrize("module", [m for m in MODULES if room(m) not in {"", "vocabulary"}])
def test_code_uses_declared_terms_only(module: str) -> None:
    assert _undeclared(set(_of_code(module))) == []


@pytest.mark.parametrize("module", [m for m in MODULES if room(m) == "mappers"])
def test_mappers_write_no_iri_as_a_string(module: str) -> None:
    prose = {id(n.value) for n in ast.walk(tree(module)) if isinstance(n, ast.Expr)}
    texts = [n for n in ast.walk(tree(module)) if isinstance(n, ast.Constant) and id(n) not in prose]
    assert [n.value for n in texts if isinstance(n.value, str) and re.search(r"https?:", n.value)] == []


def test_every_term_of_ours_is_labelled_and_defined() -> None:
    names = (RDFS.label, SKOS.prefLabel)
    ours = [rdflib.URIRef(term) for term in sorted(_declared()) if term.startswith(OURS)]
    assert ours
    assert [t for t in ours if not any(_ontology().value(t, name) for name in names)] == []
    assert [t for t in ours if not _ontology().value(t, SKOS.definition)] == []


def test_every_term_of_ours_is_used() -> None:
    used = set(_of_shapes() | _of_queries()) | _addresses(_graph("ontology/alignments.ttl"))
    used |= {iri for module in MODULES for iri in _of_code(module) if room(module) != "vocabulary"}
    used |= {kind.iri for kinds in terms.KINDS.values() for kind in kinds.values()}
    used |= {str(p) for p in _ontology().predicates()}
    slugs = {
        n.value for m in MODULES if MODULES[m] != DERIVED for n in ast.walk(tree(m)) if isinstance(n, ast.Constant)
    }
    used |= {f"{OURS}scheme/{slug}" for slug in terms.CONCEPTS if slug in slugs}
    # A concept is chosen by facts files: it is in use where its scheme is.
    used |= {str(c) for c, scheme in _ontology().subject_objects(SKOS.inScheme) if str(scheme) in used}
    assert sorted(term for term in _declared() - used if term.startswith(OURS)) == []


def test_every_class_of_ours_has_a_shape() -> None:
    """Or adds no property of its own, and has a superclass with a shape, which SHACL applies to it as well."""
    shapes, ontology = _graph("shapes/*.ttl"), _ontology()
    shaped = set(shapes.objects(None, SH.targetClass))
    shaped |= {cls for shape, cls in shapes.subject_objects(SH["class"]) if (shape, SH.node, None) in shapes}
    domains = set(ontology.objects(None, RDFS.domain))
    classes = [c for c in sorted(ontology.subjects(RDF.type, OWL.Class), key=str) if str(c).startswith(OURS)]
    assert classes
    above = {c: set(ontology.transitive_objects(c, RDFS.subClassOf)) - {c} for c in classes}
    assert [c for c in classes if c not in shaped and (c in domains or not above[c] & shaped)] == []


def test_the_derived_terms_are_up_to_date() -> None:
    assert DERIVED.read_text(encoding="utf-8") == generate.generated(), "run `make vocabulary`"
