"""Tables of what facts rest on: sources, exact words, chains of attribution, and what curators add."""

from collections.abc import Iterator

from onrecord.ntriples import text_of
from onrecord.tables.columns import Cell, Column, Found, Part, Row, Table
from onrecord.tables.finding import roots
from onrecord.tables.ground import Ground
from onrecord.tables.parts import CLASS, ID, LABEL, LANGUAGE, SOURCE, fixed, owner, ref, time, value
from onrecord.vocabulary.term import Class, Property
from onrecord.vocabulary.terms import dcterms, oa, onr, prov, schema

_FACTS: tuple[Class, ...] = (
    *(onr.Designation, onr.Act, onr.Recognition, onr.Event, onr.Relation, onr.Statement, onr.Figure, onr.Prosecution),
    *(onr.Tenure, onr.Mention, onr.LegalEffect, onr.Person, onr.PersonGroup, onr.OrganizationGroup),
    *(onr.ClaimedDesignation, onr.DesignationProposition, onr.RecognitionProposition, onr.RelationProposition),
    *(onr.EventProposition, onr.StatementProposition, onr.TextProposition, onr.Participation, onr.Sentence),
    *(onr.VagueTime, onr.Amount),
)
"""What may have words of evidence."""


def _files(row: Row) -> Cell:
    return [
        text_of(text) for file in row.said.get(onr.file, ()) for text in row.ground.said(file).get(onr.fileName, ())
    ]


SOURCES = Table(
    "sources",
    "Sources",
    "Articles and snapshots of lists. Texts are not in the dataset; whoever holds one can check it by its SHA-256.",
    roots("source"),
    (
        ID,
        fixed(
            "source", "The source's id, which other tables name.", lambda row: row.node[1:-1].rsplit("/", 1)[-1], "word"
        ),
        LABEL,
        CLASS,
        value(dcterms.title),
        ref(dcterms.publisher, many=False),
        LANGUAGE,
        time(onr.published),
        value(onr.asOf, "as_of"),
        ref(onr.snapshotOf, "snapshot_of", many=False),
        value(onr.isComplete, "is_complete"),
        value(schema.url),
        value(dcterms.license),
        value(onr.textSha256, "text_sha256"),
        value(onr.textLength, "text_length"),
    ),
)
FILES = Table(
    "files",
    "Files of sources",
    "The files of snapshots that came in several.",
    roots("source").below(onr.file),
    (
        ID,
        owner("source_address", "The source."),
        value(onr.fileName, "name", many=False),
        value(onr.fileSha256, "sha256", many=False),
        value(onr.fileLength, "length", many=False),
    ),
)


def _evidence(ground: Ground) -> Iterator[Found]:
    """The words of every fact, each of them with each fact that rests on it."""
    seen: set[str] = set()
    for kind in _FACTS:
        for fact in ground.of_class(kind):
            if fact not in seen:
                seen.add(fact)
                said = ground.said(fact)
                for prop in (onr.quotation, onr.evidence):
                    yield from (Found(words, fact, prop) for words in said.get(prop, ()))


_SELECTED: tuple[tuple[Property, str, str, str], ...] = (
    (oa.exact, "words", "text", "The exact words."),
    (oa.prefix, "before", "text", "What stands before them, where that is needed to find them."),
    (oa.suffix, "behind", "text", "What stands behind them, where that is needed to find them."),
    (oa.start, "start_offset", "integer", "Where in the text they begin: characters (code points) from 0."),
    (oa.end, "end_offset", "integer", "Where they end."),
)
_WORDS = Part(
    tuple(Column(name, datatype, prop=prop, text=text) for prop, name, datatype, text in _SELECTED),
    lambda row: [_selected(row, prop) for prop, *_ in _SELECTED],
)


def _selected(row: Row, prop: Property) -> Cell:
    selectors = row.said.get(oa.hasSelector, ())
    found = [text_of(text) for selector in selectors for text in row.ground.said(selector).get(prop, ())]
    return found[0] if found else None


def _of_source(row: Row) -> list[Cell]:
    sources = row.said.get(oa.hasSource, ())
    hashes = [text_of(text) for source in sources for text in row.ground.said(source).get(onr.textSha256, ())]
    ids = [source[1:-1].rsplit("/", 1)[-1] for source in sources]
    return [ids[0] if ids else None, row.ground.label(sources[0]) if sources else None, hashes[0] if hashes else None]


def _role(row: Row) -> str:
    return "quotation" if row.by == onr.quotation else "evidence"


EVIDENCE = Table(
    "evidence",
    "Evidence",
    "The exact words that each fact rests on, with where they stand in the text of the source.",
    _evidence,
    (
        owner("fact", "What rests on the words."),
        fixed("fact_class", "What that is.", lambda row: row.ground.kind(row.owner), "word"),
        fixed(
            "role",
            "quotation: a speaker's own words; evidence: what the fact rests on.",
            _role,
            "word",
        ),
        fixed("evidence", "The address of the evidence.", lambda row: row.node[1:-1], "address"),
        _WORDS,
        Part(
            (
                Column("source", "word", text="The id of the source."),
                Column("source_title", text="What the source is called."),
                Column("text_sha256", text="The SHA-256 of the source's text, of which the offsets are."),
            ),
            _of_source,
        ),
    ),
    key=("fact", "role", "evidence"),
)


def _links(ground: Ground) -> Iterator[Found]:
    seen: set[str] = set()
    for kind in _FACTS:
        for fact in ground.of_class(kind):
            if fact in seen:
                continue
            seen.add(fact)
            for chain in ground.said(fact).get(onr.attribution, ()):
                links = ground.said(chain).get(onr.link, ())
                yield from (
                    Found(link, fact, onr.link) for link in sorted(links, key=lambda each: _position(ground, each))
                )


def _position(ground: Ground, link: str) -> int:
    found = ground.said(link).get(onr.position, ())
    return int(text_of(found[0])) if found else 0


def _chain(row: Row) -> Cell:
    return " | ".join(row.ground.label(each) for each in row.ground.said(row.owner).get(onr.attribution, ())) or None


ATTRIBUTION = Table(
    "attribution",
    "Attribution",
    "Who stands behind each fact: one row a link of its chain, from the site that published it to who said it first.",
    _links,
    (
        owner("fact", "The fact."),
        value(onr.position, text="The place in the chain; 1 is who published the source.", many=False),
        ref(prov.agent, "agent", many=False),
        value(onr.manner, many=False),
        fixed("chain", "The whole chain: site ← outlet ← speaker.", _chain),
        SOURCE,
    ),
    key=("fact", "position"),
)


def _by_source(row: Row) -> Cell:
    sources, _ = row.ground.origin(row.node)
    return sources or None


CURATIONS = Table(
    "curations",
    "What curators add",
    "What no source says and a curator adds, with the reason. Left out, with what follows from it, by --no-curated.",
    lambda ground: (Found(node) for node in ground.of_class(onr.Curation)),
    (
        ID,
        ref(onr.curates, many=True),
        fixed(
            "properties",
            "What is added: properties. Empty: the whole of it would not be there without curators.",
            lambda row: [row.ground.property_name(each) for each in row.said.get(onr.curatedProperty, ())] or None,
            "word",
            many=True,
        ),
        value(onr.reason, many=False),
        value(prov.hadPrimarySource, "primary_source", many=False),
        ref(prov.wasAttributedTo, "by"),
        fixed("source", "The ids of the files that it is in.", _by_source, "word", many=True),
    ),
)
