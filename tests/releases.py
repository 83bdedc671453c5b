"""A small release, as canonical N-Quads lines, for the tests of what is written from one."""

from collections.abc import Iterable
from io import BytesIO

from onrecord import ntriples
from onrecord.ntriples import literal
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import CONCEPTS, onr, prov, rdfs
from onrecord.writers import WRITERS

BASE = "https://example.org/data/"
XSD = "http://www.w3.org/2001/XMLSchema#"
Quad = tuple[str, str, str, str]


def at(path: str) -> str:
    """A node of the dataset."""
    return f"<{BASE}{path}>"


def lines_of(quads: Iterable[Quad]) -> list[str]:
    """Quads as a release has them: sorted within each graph, the graphs one after the other."""
    return sorted({f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n" for s, p, o, g in quads}, key=_by_graph)


def _by_graph(line: str) -> tuple[str, str]:
    return ntriples.split(line)[3], line


def written(form: str, lines: Iterable[str]) -> str:
    """What a writer writes."""
    stream = BytesIO()
    WRITERS[form].write(lines, stream)
    return stream.getvalue().decode()


ASSERTED, CURATED = at("graph/asserted/ruling"), at("graph/curated/ruling")
INFERRED, BOTH = at("graph/inferred/ruling"), at("graph/inferred-from-curated/ruling")
PEOPLE, METADATA = at("graph/asserted/registry-people"), at("graph/metadata/dataset")
SOURCE, FRONT = at("source/ruling"), at("organization/northern-front")
BAN = at("source/ruling/designation/ban")
START, CURATION = BAN[:-1] + "/start>", BAN[:-1] + "/start/curation/1f>"
QUADS: list[Quad] = [
    (SOURCE, TYPE, onr.Article, ASSERTED),
    (SOURCE, rdfs.label, literal("Court ends ban", language="en"), ASSERTED),
    (SOURCE, onr.textLength, literal("4210", f"{XSD}integer"), ASSERTED),
    (BAN, TYPE, onr.Designation, ASSERTED),
    (BAN, onr.designee, FRONT, ASSERTED),
    (BAN, onr.kind, CONCEPTS["designation-kind"]["terrorist-organization"], ASSERTED),
    (BAN, onr.start, START, ASSERTED),
    (BAN, onr.evidence, at("source/ruling/words/0a"), ASSERTED),
    (BAN, prov.wasDerivedFrom, SOURCE, ASSERTED),
    (START, TYPE, onr.VagueTime, ASSERTED),
    (START, onr.asSaid, literal("after the war", language="en"), ASSERTED),
    (START, onr.earliest, literal("2003-01-01", f"{XSD}date"), CURATED),
    (CURATION, onr.curates, START, CURATED),
    (CURATION, onr.reason, literal('The "war"\nended then.'), CURATED),
    (BAN, TYPE, onr.Fact, INFERRED),
    (BAN, TYPE, onr.Designation, INFERRED),
    (START, TYPE, onr.VagueTime, BOTH),
    (at("person/ann"), rdfs.label, literal("Ann", language="en"), PEOPLE),
    (at("person/ann"), rdfs.label, literal("Анна", language="ru"), PEOPLE),
    (ASSERTED, TYPE, onr.FactGraph, METADATA),
    (INFERRED, TYPE, onr.FactGraph, METADATA),
]
LINES = lines_of(QUADS)
