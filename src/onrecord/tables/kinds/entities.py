"""Tables of people, organizations and entries of lists, and of what is said of who they are."""

from collections.abc import Iterator

from onrecord.ntriples import text_of
from onrecord.tables.columns import Cell, Column, Found, Part, Row, Table
from onrecord.tables.finding import roots
from onrecord.tables.ground import Ground
from onrecord.tables.parts import (
    CLASS,
    ID,
    LABEL,
    SOURCE,
    TAIL,
    amount,
    fixed,
    own_time,
    owner,
    ref,
    time,
    value,
)
from onrecord.vocabulary.terms import onr, org, owl, rdfs, skos

_PARTIES = ("organization", "person", "entry")
_ENTITY = owner("entity", "Whom it is about.")
_LINKED = (*_PARTIES, "place", "post", "list", "event")


def _record(row: Row) -> Cell:
    """Where an entity is described."""
    if onr.entryOf in row.said:
        return "entry"
    return "source" if "/source/" in row.node else "registry"


ENTITIES = Table(
    "entities",
    "People, organizations and entries",
    "Everybody that facts are about, each a row: people and organizations of the registry, entries of official lists, "
    "and those that one source alone speaks of. Two rows may be one party: see the table links.",
    roots(*_PARTIES),
    (
        ID,
        LABEL,
        CLASS,
        fixed(
            "record",
            "Where it is described: registry, entry (of a list, in its words), or source (known by one source alone).",
            _record,
            "word",
        ),
        ref(onr.entryOf, "list", many=True),
        value(onr.listReference, "list_reference", many=True),
        value(onr.knownByRole, "known_by_role", many=True),
        value(onr.anonymityReason, "anonymity_reason", many=True),
        value(onr.describedAs, "described_as"),
        amount(onr.number, "number"),
        value(onr.code),
        ref(onr.state, many=True),
        ref(onr.partOf, "part_of"),
        ref(onr.memberOf, "member_of"),
        ref(onr.within),
        value(onr.gender),
        value(onr.nationality),
        value(onr.citizenship),
        value(onr.nameTitle, "name_title"),
        value(onr.listedPosition, "listed_position"),
        value(onr.note),
        value(onr.remark),
        *TAIL,
    ),
)


def _names(ground: Ground) -> Iterator[Found]:
    """The names of everybody: forms with a kind, and all other labels."""
    for node in ground.roots(*_PARTIES):
        said = ground.said(node)
        forms = said.get(onr.nameForm, ())
        told = {text for form in forms for text in ground.said(form).get(rdfs.label, ())}
        yield from (Found(text, node, rdfs.label) for text in said.get(rdfs.label, ()))
        yield from (Found(text, node, skos.altLabel) for text in said.get(skos.altLabel, ()) if text not in told)
        yield from (Found(form, node, onr.nameForm) for form in forms)


_NAME_COLUMNS = (
    Column("name", prop=rdfs.label, text="The name, as its source writes it."),
    Column("language", "word", text="The name's language and script (BCP 47); empty where that is not known."),
    Column("kind", "word", prop=onr.kind, text="name: what it is called by; else which kind of other name."),
    Column("quality", "word", prop=onr.quality, text="What the list says of the name's worth: weak ones mislead."),
    Column("note", "text", many=True, prop=onr.note),
)


def _name(row: Row) -> list[Cell]:
    if row.by != onr.nameForm:
        return [*_text(row.node), "name" if row.by == rdfs.label else "alias", None, None]
    texts = row.said.get(rdfs.label, ())
    name, language = _text(texts[0]) if texts else ("", None)
    kinds = [row.ground.words(onr.kind, each) for each in row.said.get(onr.kind, ())]
    qualities = [row.ground.words(onr.quality, each) for each in row.said.get(onr.quality, ())]
    notes = [text_of(each) for each in row.said.get(onr.note, ())]
    return [name, language, " ".join(kinds) or "alias", " ".join(qualities) or None, notes or None]


def _text(literal: str) -> tuple[str, str | None]:
    end = literal[literal.rindex('"') + 1 :]
    return text_of(literal), end[1:] if end.startswith("@") and end != "@und" else None


def _name_source(row: Row) -> list[Cell]:
    if row.by == onr.nameForm:
        sources, basis = row.ground.origin(row.node)
    else:
        sources, basis = row.ground.rests_on(row.owner, row.by, row.node)
    return [sources or None, basis]


NAMES = Table(
    "names",
    "Names",
    "All names of everybody in the table entities: one row for each name in each language.",
    _names,
    (
        _ENTITY,
        Part(_NAME_COLUMNS, _name),
        Part(
            (
                Column("source", "word", many=True, text="The ids of the sources that have it."),
                Column("basis", "word", text="What it rests on: asserted, registry or curated."),
            ),
            _name_source,
        ),
    ),
    key=(),
    links=(("entity", "entities"),),
)
MENTIONS = Table(
    "mentions",
    "Mentions",
    "How sources call and describe somebody, in their words.",
    roots("mention"),
    (ID, ref(onr.mentions, "entity", many=False), value(onr.form), value(onr.describedAs, "described_as"), *TAIL),
)


def _links(ground: Ground) -> Iterator[Found]:
    for node in ground.roots(*_LINKED):
        said = ground.said(node)
        for prop in (owl.sameAs, skos.closeMatch, owl.differentFrom):
            for other in said.get(prop, ()):
                yield Found(other, node, prop)


def _link(row: Row) -> list[Cell]:
    kinds = {owl.sameAs: "same", skos.closeMatch: "close", owl.differentFrom: "different"}
    kind = next(word for prop, word in kinds.items() if prop == row.by)
    notes = row.ground.documents.reading.curations.get(row.owner, ())
    reasons = [
        text_of(text)
        for note in notes
        if row.by in row.ground.said(note).get(onr.curatedProperty, ())
        for text in row.ground.said(note).get(onr.reason, ())
    ]
    sources, basis = row.ground.rests_on(row.owner, row.by, row.node)
    named = row.ground.label(row.node) if row.said else None
    return [kind, row.node[1:-1], named, reasons or None, sources or None, basis]


LINKS = Table(
    "links",
    "Links",
    "Who is held to be the same, close or different, here and in other datasets. A link is a curator's word.",
    _links,
    (
        _ENTITY,
        Part(
            (
                Column("kind", "word", text="same, close or different (looked at, and refused)."),
                Column("other", "address", text="The address of the other."),
                Column("other_label", text="What the other is called, where it is of this dataset."),
                Column("reason", many=True, text="Why, by the curators' notes on these links of the entity."),
                Column("source", "word", many=True, text="The ids of the sources that have it."),
                Column("basis", "word", text="What it rests on."),
            ),
            _link,
        ),
    ),
    key=("entity", "kind", "other"),
)
_LISTED = "As the list says it."
PAPERS = Table(
    "papers",
    "Identity papers and numbers",
    "What lists say of papers and numbers of those who are on them.",
    roots(*_PARTIES).below(onr.identityPaper),
    (
        ID,
        _ENTITY,
        value(onr.paperKind, "kind"),
        value(onr.paperNumber, "number"),
        value(onr.issued, text=_LISTED),
        value(onr.issuedAt, "issued_at"),
        value(onr.issuedIn, "issued_in"),
        value(onr.expires, text=_LISTED),
        value(onr.note),
        SOURCE,
    ),
    key=("id", "entity"),
    links=(("entity", "entities"),),
)
ADDRESSES = Table(
    "addresses",
    "Addresses and places of birth",
    "What lists say of where those who are on them live, are registered or were born.",
    roots(*_PARTIES).below(onr.address, onr.birthPlace),
    (
        ID,
        _ENTITY,
        fixed(
            "what", "address or birth-place.", lambda row: "address" if row.by == onr.address else "birth-place", "word"
        ),
        value(onr.wholeAddress, "whole"),
        value(onr.street),
        value(onr.city),
        value(onr.region),
        value(onr.postcode),
        value(onr.country),
        value(onr.note),
        SOURCE,
    ),
    key=("id", "entity", "what"),
    links=(("entity", "entities"),),
)
BIRTHS = Table(
    "births",
    "Times of birth",
    "What lists say of when somebody was born; several rows are several tries, and none of them is the right one.",
    roots(*_PARTIES).below(onr.birth),
    (ID, _ENTITY, own_time("birth"), SOURCE),
    key=("id", "entity"),
    links=(("entity", "entities"),),
)
PARTICULARS = Table(
    "particulars",
    "Particulars",
    "What lists say of those who are on them and no other table has a column for, by the lists' own names for it.",
    roots(*_PARTIES).below(onr.particular),
    (
        ID,
        _ENTITY,
        value(onr.particularName, "name", many=False),
        value(onr.particularValue, "value", many=False),
        SOURCE,
    ),
    key=("id", "entity"),
    links=(("entity", "entities"),),
)
TENURES = Table(
    "tenures",
    "Tenures",
    "Who holds or held which post, as sources say it.",
    roots("tenure"),
    (
        ID,
        ref(org.member, many=False),
        ref(onr.post, many=False),
        value(onr.roleName, "role_name"),
        ref(org.organization, many=False),
        time(onr.start),
        time(onr.end),
        *TAIL,
    ),
)
