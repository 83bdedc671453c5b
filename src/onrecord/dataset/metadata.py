"""What the dataset says of itself: one named graph more."""

from collections.abc import Iterable

from onrecord.dataset.settings import Settings
from onrecord.mappers.parts.minting import Minter
from onrecord.ntriples import Triple, iri, lines, literal
from onrecord.vocabulary.term import LANG_STRING, TYPE
from onrecord.vocabulary.terms import CONCEPTS, dcat, dcterms, onr, prov, rdfs


def graph(settings: Settings, minter: Minter, graphs: Iterable[str]) -> tuple[str, list[str]]:
    """The IRI of the metadata graph and its lines: the dataset, its curators, and what each named graph holds."""
    name = minter.graph("metadata", "dataset")
    dataset, curator = iri(settings.base), minter.curator()
    title = literal(settings.title, LANG_STRING, settings.language)
    triples: list[Triple] = [
        (dataset, TYPE, dcat.Dataset),
        (dataset, dcterms.title, title),
        (dataset, rdfs.label, title),
        (dataset, dcterms.publisher, curator),
        (dataset, dcterms.license, iri(settings.licence)),
        (curator, TYPE, onr.Organization),
        (curator, rdfs.label, literal(settings.publisher, LANG_STRING, settings.language)),
    ]
    for held in sorted({*graphs, name}):
        kind, source = held[1:-1].removeprefix(f"{settings.base}graph/").split("/", 1)
        triples += [
            (held, TYPE, onr.FactGraph),
            (held, dcterms.isPartOf, dataset),
            (held, onr.graphKind, CONCEPTS["graph-kind"][kind]),
        ]
        if held != name:
            triples.append((held, prov.wasDerivedFrom, minter.source(source)))
    return name, lines(triples, name)
