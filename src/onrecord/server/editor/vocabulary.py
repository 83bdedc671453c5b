"""What the editor completes from: prefixes, terms with their definitions, and the names of sources."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pyoxigraph as ox

from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.reply import Reply, of_json
from onrecord.site.dereferencing import VOCABULARY
from onrecord.vocabulary import resources
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import CONCEPTS, PREFIXES, onr, rdfs

MOST_SOURCES = 500
"""Sources that are offered: more than anybody reads, and few enough to be sent with the page."""
_OWL, _SKOS = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2004/02/skos/core#"
_KINDS = {
    f"<{_OWL}Class>": "class",
    f"<{_OWL}ObjectProperty>": "property",
    f"<{_OWL}DatatypeProperty>": "property",
    f"<{_SKOS}Concept>": "concept",
}


class Entry(NamedTuple):
    """A term: as it is written in a query, what it is, and what it means. `scheme` is a concept's."""

    text: str
    kind: str
    label: str
    about: str
    scheme: str = ""


def answer(desk: Desk, args: Args) -> Reply:
    """{"base", "vocabulary", "prefixes": {name: iri}, "terms": [{text, kind, label, about, scheme}],
    "sources": [{iri, label}], "sourcesLeftOut"}: base and vocabulary are how the addresses of either begin."""
    named = list(_sources(desk))
    return of_json(
        {
            "base": desk.settings.base,
            "vocabulary": VOCABULARY,
            "prefixes": desk.prefixes,
            "terms": [entry._asdict() for entry in terms()],
            "sources": [{"iri": iri, "label": label} for iri, label in named[:MOST_SOURCES]],
            "sourcesLeftOut": max(0, len(named) - MOST_SOURCES),
        }
    )


@cache
def terms() -> tuple[Entry, ...]:
    """The classes, properties and concepts of the vocabulary, sorted by what is written."""
    held: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = {}
    for file in resources.files("ontology", ".ttl"):
        for triple in ox.parse(path=str(file)):
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal | ox.NamedNode):
                held.setdefault(str(triple.subject), {}).setdefault(str(triple.predicate), []).append(triple.object)
    schemes = {iri: scheme for scheme, concepts in CONCEPTS.items() for iri in concepts.values()}
    found = [Entry("a", "property", "type", "Says of what class something is (rdf:type).")]
    for node, values in held.items():
        kind = next((_KINDS[str(each)] for each in values.get(TYPE, []) if str(each) in _KINDS), "")
        if kind:
            label = _text(values, rdfs.label) or _text(values, f"<{_SKOS}prefLabel>")
            about = _text(values, f"<{_SKOS}definition>")
            found.append(Entry(_short(node[1:-1]), kind, label, about, schemes.get(node, "")))
    return tuple(sorted(set(found)))


def _text(values: dict[str, list["ox.Literal | ox.NamedNode"]], key: str) -> str:
    """The text of a property, in English if there is one in it."""
    texts = [each for each in values.get(key, []) if isinstance(each, ox.Literal)]
    return next((each.value for each in texts if each.language == "en"), texts[0].value if texts else "")


def _short(iri: str) -> str:
    """An address as it is written in a query: with a prefix where what follows may stand behind one, else in full."""
    for start, name in sorted(((start, name) for name, start in PREFIXES.items()), reverse=True):
        rest = iri.removeprefix(start)
        if iri.startswith(start) and rest and all(char.isalnum() or char in "_-" for char in rest):
            return f"{name}:{rest}"
    return f"<{iri}>"


def _sources(desk: Desk) -> Iterator[tuple[str, str]]:
    """The sources that are no part of the registry, with what they are called, by their addresses."""
    query = f"""SELECT ?source (MIN(STR(?name)) AS ?label) WHERE {{
      ?source a {onr.Source} OPTIONAL {{ ?source {rdfs.label} ?name }}
    }} GROUP BY ?source ORDER BY STR(?source)"""
    rows = desk.store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    for source, label in rows:
        if isinstance(source, ox.NamedNode):
            yield source.value, label.value if isinstance(label, ox.Literal) else ""
