"""What the dataset says of itself: one named graph more."""

from collections.abc import Iterable, Iterator

from onrecord.dataset.settings import Settings
from onrecord.mappers.parts.minting import Minter
from onrecord.ntriples import Triple, iri, lines, literal
from onrecord.vocabulary.term import LANG_STRING, TYPE
from onrecord.vocabulary.terms import CONCEPTS, dcat, dcterms, onr, prov, rdfs

KIND = "metadata"
_NAME = "dataset"
_GRAPH, _SOURCE = "<graph>", "<source>"


def graph_lines(settings: Settings, minter: Minter, graphs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The metadata graph in pieces of sorted lines: the dataset, its curators, and what each named graph holds.

    `graphs` are the kinds and sources of the other graphs, in the order of the graphs' IRIs.
    """
    name = minter.graph(KIND, _NAME)
    yield "".join(lines(_of_dataset(settings, minter), name))
    dataset = iri(settings.base)
    templates = {kind: "".join(lines(_of_graph(dataset, kind), name)) for kind in CONCEPTS["graph-kind"]}
    own = "".join(lines(_of_graph(dataset, KIND)[:-1], name)).replace(_GRAPH, name)
    begun = False
    for kind, source in graphs:
        graph = f"<{settings.base}graph/{kind}/{source}>"
        if not begun and graph > name:
            begun = True
            yield own
        yield templates[kind].replace(_GRAPH, graph).replace(_SOURCE, f"<{settings.base}source/{source}>")
    if not begun:
        yield own


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


def _of_graph(dataset: str, kind: str) -> list[Triple]:
    """What is said of a graph, with _GRAPH and _SOURCE for its IRI and its source's."""
    return [
        (_GRAPH, TYPE, onr.FactGraph),
        (_GRAPH, dcterms.isPartOf, dataset),
        (_GRAPH, onr.graphKind, CONCEPTS["graph-kind"][kind]),
        (_GRAPH, prov.wasDerivedFrom, _SOURCE),
    ]
