"""The reference of the vocabulary as pages of the site: classes, properties, concepts, shapes, and the files of them.

A term's address leads to its place: `ns#Designation` to `ns.html#Designation`, `scheme/act-kind/ruling` to
`scheme/act-kind.html#ruling`. All is read from ontology/ and shapes/ when it is asked for.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.documents import Document
from onrecord.documents.context import VERSION, context, names
from onrecord.vocabulary import resources
from onrecord.vocabulary.context import SCHEME, prefixes, short
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import CONCEPTS, onr

if TYPE_CHECKING:
    import rdflib

_NS = onr.Fact.iri.partition("#")[0] + "#"
_SECTION = re.compile(r"^# ── (\S+) ─+$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page: its path on the site, its template, and what it shows, besides `site`, `root` and `here`."""

    path: str
    template: str
    shown: Mapping[str, object]


@dataclass(frozen=True)
class Link:
    """A text, and where it leads from the folder of the site, or on the web; "" for nowhere."""

    text: str
    href: str = ""


@dataclass(frozen=True, order=True)
class Check:
    """What a shape demands: of which path, how often, and what is said where it does not hold."""

    shape: str
    path: str
    times: str
    message: str
    severity: str


@dataclass(frozen=True)
class Entry:
    """A term with all that is known of it."""

    anchor: str
    iri: str
    label: str
    definition: str
    json: str = ""
    above: tuple[Link, ...] = ()
    below: tuple[Link, ...] = ()
    domain: tuple[Link, ...] = ()
    range: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    checks: tuple[Check, ...] = ()
    example: "Link | None" = None


@dataclass(frozen=True)
class Scheme:
    """A scheme with its concepts, and the properties that have them as values."""

    name: str
    label: str
    definition: str
    iri: str
    concepts: tuple[Entry, ...] = field(repr=False)


def used(document: Document) -> frozenset[str]:
    """The terms `<iri>` that a document uses: properties, classes and concepts."""
    kinds = {value for _, prop, value in document.triples if prop == TYPE}
    ours = f"<{prefixes()[SCHEME]}"
    concepts = {value for _, _, value in document.triples if value.startswith(ours)}
    return frozenset({prop for _, prop, _ in document.triples} | kinds | concepts)


def pages(examples: Mapping[str, Link] | None = None) -> Iterator[Page]:
    """The pages. `examples` are pages that use a term `<iri>` (`used`), one for each term that has any."""
    graph, shapes, shown = _graph("ontology"), _checks(), examples or {}
    schemes = [_scheme(graph, name, shown) for name in CONCEPTS]
    yield Page(
        "ns.html",
        "reference_terms.html",
        {
            "classes": _entries(graph, "Class", shapes, shown),
            "properties": _entries(graph, "Property", shapes, shown),
            "reused": _reused(graph, shown),
        },
    )
    yield Page("scheme.html", "reference_schemes.html", {"schemes": schemes})
    for scheme in schemes:
        yield Page(f"scheme/{scheme.name}.html", "reference_scheme.html", {"scheme": scheme})
    yield Page("shapes.html", "reference_shapes.html", {"shapes": _by_shape(shapes)})


def files() -> dict[str, bytes]:
    """The files of the vocabulary by their paths on the site: Turtle as it is written by hand, and the context."""
    made = {"ns.ttl": resources.path("ontology").joinpath("onrecord.ttl").read_bytes()}
    made["shapes.ttl"] = b"\n".join(file.read_bytes() for file in resources.files("shapes", ".ttl"))
    text = resources.path("ontology").joinpath("schemes.ttl").read_text(encoding="utf-8")
    made["scheme.ttl"] = text.encode()
    found = list(_SECTION.finditer(text))
    ends = [*(match.start() for match in found), len(text)]
    for match, (start, end) in zip(found, pairwise(ends), strict=True):
        made[f"scheme/{match[1]}.ttl"] = (text[: ends[0]] + text[start:end].rstrip() + "\n").encode()
    made[f"context/{VERSION}.jsonld"] = (json.dumps({"@context": context()}, indent=1) + "\n").encode()
    return made


@cache
def _graph(folder: str) -> "rdflib.Graph":
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for file in resources.files(folder, ".ttl"):
        graph.parse(file, format="turtle")
    return graph


def _link(iri: str) -> Link:
    """A term, and where it stands: on these pages, else where its owner describes it."""
    scheme = prefixes()[SCHEME]
    if iri.startswith(_NS):
        return Link(iri[len(_NS) :], f"ns.html#{iri[len(_NS) :]}")
    if iri.startswith(scheme):
        of, _, name = iri[len(scheme) :].partition("/")
        return Link(name or of, f"scheme/{of}.html" + (f"#{name}" if name else ""))
    return Link(short(iri), iri)


def _links(nodes: Iterable[object]) -> tuple[Link, ...]:
    return tuple(_link(iri) for iri in sorted({str(node) for node in nodes if str(node).startswith("http")}))


def _named(graph: "rdflib.Graph", kind: str) -> list["rdflib.URIRef"]:
    import rdflib
    from rdflib import OWL, RDF

    kinds = [OWL.Class] if kind == "Class" else [OWL.ObjectProperty, OWL.DatatypeProperty]
    found = {term for each in kinds for term in graph.subjects(RDF.type, each) if isinstance(term, rdflib.URIRef)}
    return sorted(found, key=lambda term: (str(term).rpartition("#")[2].lower(), term))


def _entries(
    graph: "rdflib.Graph", kind: str, checks: Mapping[str, list[Check]], examples: Mapping[str, Link]
) -> list[Entry]:
    return [_entry(graph, term, checks, examples) for term in _named(graph, kind) if term.startswith(_NS)]


def _reused(graph: "rdflib.Graph", examples: Mapping[str, Link]) -> list[Entry]:
    terms = [*_named(graph, "Class"), *_named(graph, "Property")]
    return [_entry(graph, term, {}, examples) for term in terms if not term.startswith(_NS)]


def _entry(
    graph: "rdflib.Graph", term: "rdflib.URIRef", checks: Mapping[str, list[Check]], examples: Mapping[str, Link]
) -> Entry:
    from rdflib import RDFS, SKOS

    inherits = (RDFS.subClassOf, RDFS.subPropertyOf)
    iri, node = str(term), f"<{term}>"
    of = graph.subjects(RDFS.domain, term)
    to = graph.subjects(RDFS.range, term)
    return Entry(
        anchor=iri[len(_NS) :] if iri.startswith(_NS) else short(iri).replace(":", "-"),
        iri=iri,
        label=_text(graph.value(term, RDFS.label) or graph.value(term, SKOS.prefLabel) or short(iri)),
        definition=_text(graph.value(term, SKOS.definition)),
        json=names().get(node, "type" if node == TYPE else iri.rpartition("#")[2] if iri.startswith(_NS) else ""),
        above=_links(other for prop in inherits for other in graph.objects(term, prop)),
        below=_links(other for prop in inherits for other in graph.subjects(prop, term)),
        domain=_links(graph.objects(term, RDFS.domain)),
        range=_links(graph.objects(term, RDFS.range)),
        related=_links([*of, *to]),
        checks=tuple(checks.get(iri, ())),
        example=examples.get(node),
    )


def _scheme(graph: "rdflib.Graph", name: str, examples: Mapping[str, Link]) -> Scheme:
    import rdflib
    from rdflib import SKOS

    iri = rdflib.URIRef(f"{prefixes()[SCHEME]}{name}")
    concepts = [
        Entry(
            anchor=word,
            iri=concept[1:-1],
            label=_text(graph.value(rdflib.URIRef(concept[1:-1]), SKOS.prefLabel)),
            definition=_text(graph.value(rdflib.URIRef(concept[1:-1]), SKOS.definition)),
            json=word,
            above=_links(graph.objects(rdflib.URIRef(concept[1:-1]), SKOS.broader)),
            below=_links(graph.subjects(SKOS.broader, rdflib.URIRef(concept[1:-1]))),
            example=examples.get(concept),
        )
        for word, concept in CONCEPTS[name].items()
    ]
    texts = (_text(graph.value(iri, SKOS.prefLabel)), _text(graph.value(iri, SKOS.definition)))
    return Scheme(name, *texts, str(iri), tuple(concepts))


def _text(value: object) -> str:
    return "" if value is None else str(value)


# ── Shapes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _checks() -> dict[str, list[Check]]:
    """What shapes demand of the instances of a class, of what has a property, and of the values of it, by the terms."""
    import rdflib
    from rdflib import RDF, SH

    graph = _graph("shapes")
    found: dict[str, list[Check]] = {}
    for shape in sorted(s for s in graph.subjects(RDF.type, SH.NodeShape) if isinstance(s, rdflib.URIRef)):
        targets = [*graph.objects(shape, SH.targetClass), *graph.objects(shape, SH.targetSubjectsOf)]
        parts = [*graph.objects(shape, SH.property), *graph.objects(shape, SH.sparql)]
        own = sorted((_check(graph, shape, part), _path_of(graph, part)) for part in parts)
        for check, path in own:
            for term in dict.fromkeys([*sorted(map(str, targets)), *([path] if path else [])]):
                found.setdefault(term, []).append(check)
    return found


def _path_of(graph: "rdflib.Graph", part: "rdflib.term.Node") -> str:
    import rdflib
    from rdflib import SH

    path = graph.value(part, SH.path)
    return str(path) if isinstance(path, rdflib.URIRef) else ""


def _check(graph: "rdflib.Graph", shape: "rdflib.URIRef", part: "rdflib.term.Node") -> Check:
    from rdflib import SH

    least, most = (_text(graph.value(part, limit)) for limit in (SH.minCount, SH.maxCount))
    severity = graph.value(part, SH.severity) or graph.value(shape, SH.severity)
    path = _path_of(graph, part)
    return Check(
        shape=str(shape).rpartition("#")[2],
        path=short(path) if path else _text(graph.value(part, SH.name)),
        times=_times(least, most),
        message=_text(graph.value(part, SH.message)),
        severity="warning" if str(severity).endswith("Warning") else "error",
    )


def _times(least: str, most: str) -> str:
    """How often: "1", "0–1", "1 +", or "" where that does not matter."""
    if least and least == most:
        return least
    return f"{least or 0}–{most}" if most else f"{least} +" if least else ""


def _by_shape(checks: Mapping[str, list[Check]]) -> list[tuple[str, list[Check]]]:
    found: dict[str, list[Check]] = {}
    for each in sorted({check for held in checks.values() for check in held}):
        found.setdefault(each.shape, []).append(each)
    return sorted(found.items())
