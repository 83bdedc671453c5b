"""The engine's answers in the formats of the W3C."""

from collections.abc import Iterable
from typing import BinaryIO, Literal

import pyoxigraph as ox

Kind = Literal["rows", "truth", "graph"]
Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

ROWS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_WITH_PREFIXES = ("ttl", "trig", "rdfxml")


def kind_of(result: Result) -> Kind:
    """What kind of answer it is: rows of SELECT, the truth of ASK, the triples of CONSTRUCT and DESCRIBE."""
    if isinstance(result, ox.QuerySolutions):
        return "rows"
    return "truth" if isinstance(result, ox.QueryBoolean) else "graph"


def results(result: ox.QuerySolutions | ox.QueryBoolean, out: BinaryIO, form: str) -> None:
    """Rows as they come, or a truth value."""
    result.serialize(output=out, format=ROWS[form])


def sorted_rows(result: ox.QuerySolutions, out: BinaryIO, form: str) -> None:
    """Rows sorted by their written form: for a query that leaves their order open."""
    head, *rows = (result.serialize(format=ox.QueryResultsFormat.TSV) or b"").removesuffix(b"\n").split(b"\n")
    written = b"\n".join([head, *sorted(rows), b""])
    if form == "tsv":
        out.write(written)
        return
    ordered = ox.parse_query_results(written, ox.QueryResultsFormat.TSV)
    assert isinstance(ordered, ox.QuerySolutions)
    ordered.serialize(output=out, format=ROWS[form])


def graph(triples: Iterable[ox.Triple], out: BinaryIO, form: str, known: dict[str, str]) -> None:
    """Triples sorted, each once. Blank nodes, which a query can make, get labels that do not change from run to run.

    `known` are the prefixes to write with, where the format has any; only those that are used are declared.
    """
    held = set(triples)
    if any(isinstance(term, ox.BlankNode) for triple in held for term in (triple.subject, triple.object)):
        made = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in held)
        made.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        held = {quad.triple for quad in made}
    ordered = sorted(held, key=str)
    used = _used(known if form in _WITH_PREFIXES else {}, ordered)
    ox.serialize(ordered, output=out, format=GRAPHS[form], prefixes=used)


def stream(triples: Iterable[ox.Triple], out: BinaryIO, form: str, known: dict[str, str]) -> None:
    """Triples as they come, for a graph that is too large to be held: the same one may come twice."""
    ox.serialize(triples, output=out, format=GRAPHS[form], prefixes=known if form in _WITH_PREFIXES else None)


def _used(prefixes: dict[str, str], triples: list[ox.Triple]) -> dict[str, str]:
    """The prefixes that a graph needs: a head of thirty that nothing uses would hide three triples."""
    addresses = set()
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            address = term.datatype if isinstance(term, ox.Literal) else term
            if isinstance(address, ox.NamedNode):
                addresses.add(address.value)
    return {name: iri for name, iri in prefixes.items() if any(address.startswith(iri) for address in addresses)}
