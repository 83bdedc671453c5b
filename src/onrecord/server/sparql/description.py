"""What the service says of itself and of the dataset: the job behind the endpoint where no query is asked.

SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/) and VoID
(https://www.w3.org/TR/void/). The statistics of a labelled release are those of its catalogue, as they stand there.
"""

from collections.abc import Iterable
from typing import cast

import pyoxigraph as ox

from onrecord.ntriples import iri, literal
from onrecord.release import catalog
from onrecord.release.described import PREFIXES, Description
from onrecord.release.publication import manifest_in
from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.reply import Reply
from onrecord.store import writing
from onrecord.vocabulary.term import LANG_STRING

_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD"),
)
"""What answers are written in, by the names of https://www.w3.org/ns/formats/."""
MOST_GRAPHS = 1000
"""Named graphs that are listed one by one; of more, their number is said, and how to list them."""
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_TO_LIST = "SELECT DISTINCT ?g { GRAPH ?g {} }"
_INTEGER = f"{PREFIXES['xsd']}integer"


def describe(desk: Desk, args: Args) -> Reply:
    """The description of the service at `address`, in the format `graph`. Raises InputError for what is no address."""
    form, media = cast("tuple[str, str]", args["graph"])
    service, said = iri(str(args["address"])), Description()
    _service(said, service)
    _dataset(said, service, desk)
    triples = {*_read("".join(said.lines()).encode(), ox.RdfFormat.N_TRIPLES), *_catalogue(desk), *_of_graphs(desk)}
    return Reply(lambda out: writing.graph(triples, out, form, {**desk.prefixes, **PREFIXES}), media)


def _service(said: Description, service: str) -> None:
    """What it does. What is not said it does not do: ask other services, fetch, change."""
    said.say(
        service,
        a="sd:Service",
        sd_endpoint=service,
        sd_supportedLanguage="sd:SPARQL11Query",
        sd_feature="sd:UnionDefaultGraph",
        sd_resultFormat=[iri(f"{_FORMATS}{name}") for name in _WRITTEN],
        sd_defaultEntailmentRegime="<http://www.w3.org/ns/entailment/Simple>",
        sd_defaultDataset=_part(service, "dataset"),
    )


def _dataset(said: Description, service: str, desk: Desk) -> None:
    dataset, default, given = _part(service, "dataset"), _default(desk, service), desk.settings
    said.say(dataset, a="sd:Dataset", sd_defaultGraph=default)
    said.say(
        default,
        a=["sd:Graph", "void:Dataset"],
        dcterms_license=iri(given.licence),
        void_sparqlEndpoint=service,
        void_uriSpace=literal(given.base),
    )
    if not _label(desk):
        said.say(default, dcterms_title=literal(given.title, LANG_STRING, given.language))
    names = _names(desk)
    if len(names) > MOST_GRAPHS:
        told = f"There are {len(names):,} named graphs, which are not listed here: {_TO_LIST}"
        said.say(dataset, rdfs_comment=literal(told, LANG_STRING, "en"))
        return
    for number, name in enumerate(names, 1):
        pair = _part(service, f"graph-{number}")
        said.say(dataset, sd_namedGraph=pair)
        said.say(pair, a="sd:NamedGraph", sd_name=name, sd_graph=name)
        said.say(name, a="sd:Graph")
    for row in cast(ox.QuerySolutions, desk.store.query(_COUNTS)):
        said.say(str(row["g"]), void_triples=literal(cast(ox.Literal, row["n"]).value, _INTEGER))


def _names(desk: Desk) -> list[str]:
    return sorted(str(node) for node in desk.store.named_graphs())


def _of_graphs(desk: Desk) -> Iterable[ox.Triple]:
    """What the dataset itself says of its graphs: of which kind, and from which source they are."""
    graphs = [node for node in desk.store.named_graphs() if isinstance(node, ox.NamedNode)]
    if len(graphs) > MOST_GRAPHS:
        return []
    return [quad.triple for graph in graphs for quad in desk.store.quads_for_pattern(graph, None, None, None)]


def _default(desk: Desk, service: str) -> str:
    """The default graph, in which all graphs are merged: for a labelled release the dataset that its catalogue tells
    of, since it counts just these triples."""
    label = _label(desk)
    return catalog.Release(desk.settings, label).at() if label else _part(service, "default-graph")


def _label(desk: Desk) -> str:
    manifest = manifest_in(desk.release.folder)
    return manifest.release if manifest and (desk.release.folder / catalog.TURTLE).is_file() else ""


def _catalogue(desk: Desk) -> Iterable[ox.Triple]:
    return _read((desk.release.folder / catalog.TURTLE).read_bytes(), ox.RdfFormat.TURTLE) if _label(desk) else []


def _read(content: bytes, form: ox.RdfFormat) -> Iterable[ox.Triple]:
    return (quad.triple for quad in ox.parse(content, form))


def _part(service: str, name: str) -> str:
    """A node of the description."""
    return f"{service[:-1]}#{name}>"
