"""What the dataset says of itself: one named graph more."""

from collections.abc import Iterable, Iterator

from onrecord.dataset.settings import Settings
from onrecord.mappers.parts.minting import JOINED, Minter
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
    described = Description(settings, name)
    begun = False
    for kind, source in graphs:
        if not begun and described.name(kind, source) > name:
            begun = True
            yield described.own
        yield described.lines(kind, source)
    if not begun:
        yield described.own


class Description:
    """What is said of named graphs. `own` is what is said of the metadata graph, `name`."""

    def __init__(self, settings: Settings, name: str) -> None:
        self._base, dataset = settings.base, iri(settings.base)
        schemes = CONCEPTS["graph-kind"]
        self._whole = {kind: "".join(lines(_of_graph(dataset, kind), name)) for kind in schemes}
        self._joined = {kind: "".join(lines(_of_graph(dataset, kind)[:-1], name)) for kind in schemes}
        self.own = self._joined[KIND].replace(_GRAPH, name)

    def name(self, kind: str, source: str) -> str:
        """A graph's IRI."""
        return f"<{self._base}graph/{kind}/{source}>"

    def lines(self, kind: str, source: str) -> str:
        """The sorted lines about a graph: what it holds and, unless it comes of several, its source."""
        template = self._joined[kind] if source == JOINED else self._whole[kind]
        return template.replace(_GRAPH, self.name(kind, source)).replace(_SOURCE, f"<{self._base}source/{source}>")


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
