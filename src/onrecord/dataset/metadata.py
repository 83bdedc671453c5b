"""What the dataset says of itself: one named graph more."""

from collections.abc import Iterable, Iterator

from onrecord.dataset.settings import Settings
from onrecord.mappers.parts.minting import Minter
from onrecord.ntriples import Triple, iri, lines, literal
from onrecord.vocabulary.term import LANG_STRING, TYPE
from onrecord.vocabulary.terms import CONCEPTS, dcat, dcterms, onr, prov, rdfs

KIND = "metadata"
_NAME = "dataset"


def graph_lines(settings: Settings, minter: Minter, graphs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The sorted lines of the metadata graph: the dataset, its curators, and what each named graph holds.

    `graphs` are the kinds and sources of the other graphs, in the order of the graphs' IRIs.
    """
    name = minter.graph(KIND, _NAME)
    yield from lines(_of_dataset(settings, minter), name)
    dataset, own = iri(settings.base), (minter.graph(KIND, _NAME), KIND, "")
    begun = False
    for kind, source in graphs:
        graph = minter.graph(kind, source)
        if not begun and graph > own[0]:
            begun = True
            yield from lines(_of_graph(dataset, *own), name)
        yield from lines(_of_graph(dataset, graph, kind, minter.source(source)), name)
    if not begun:
        yield from lines(_of_graph(dataset, *own), name)


def _of_dataset(settings: Settings, minter: Minter) -> list[Triple]:
    dataset, curator = iri(settings.base), minter.curator()
    title = literal(settings.title, LANG_STRING, settings.language)
    return [
        (dataset, TYPE, dcat.Dataset),
        (dataset, dcterms.title, title),
        (dataset, rdfs.label, title),
        (dataset, dcterms.publisher, curator),
        (dataset, dcterms.license, iri(settings.licence)),
        (curator, TYPE, onr.Organization),
        (curator, rdfs.label, literal(settings.publisher, LANG_STRING, settings.language)),
    ]


def _of_graph(dataset: str, graph: str, kind: str, source: str) -> list[Triple]:
    found: list[Triple] = [
        (graph, TYPE, onr.FactGraph),
        (graph, dcterms.isPartOf, dataset),
        (graph, onr.graphKind, CONCEPTS["graph-kind"][kind]),
    ]
    return [*found, (graph, prov.wasDerivedFrom, source)] if source else found
