"""Tables of what is said: statements, what they hold, and where sources contradict each other."""

from collections.abc import Callable, Iterator

from onrecord.ntriples import text_of
from onrecord.tables.columns import Cell, Found, Part, Row, Table
from onrecord.tables.finding import roots
from onrecord.tables.ground import Ground
from onrecord.tables.kinds.listings import CHAIN_OF_OWNER, FORCE, FORCES, SPEAKER, held
from onrecord.tables.parts import CLASS, ID, SOURCE, TAIL, WORDS, exact_words, fixed, owner, ref, time, value
from onrecord.vocabulary.term import Property
from onrecord.vocabulary.terms import onr, prov, sem


def _told(ground: Ground, node: str) -> str:
    """What a statement holds, as a text: its content, or what it is, and the words that it rests on."""
    said = ground.said(node)
    contents = [text_of(text) for text in said.get(onr.content, ())]
    if contents:
        return " | ".join(contents)
    quoted = " … ".join(exact_words(ground, node, onr.evidence))
    kind = ground.kind(node).removesuffix("Proposition")
    what = "claimed designation" if kind == "ClaimedDesignation" else kind.lower()
    about = [f"{name}: {ground.label(each)}" for prop, name in _PARTIES for each in said.get(prop, ())]
    kinds = [ground.words(onr.kind, each) for each in said.get(onr.kind, ())]
    told = "; ".join([*kinds, *about])
    return f"{what} ({told})" + (f" “{quoted}”" if quoted else "")


_PARTIES = (
    (onr.designee, "of"),
    (onr.recognizer, "by"),
    (onr.recognized, "of"),
    (onr.relationOf, "of"),
    (onr.towards, "towards"),
    (onr.party, "party"),
    (onr.carriedOutBy, "by"),
    (onr.speaker, "by"),
    (onr.jurisdiction, "in"),
)


def _holds(prop: Property) -> Callable[[Row], Cell]:
    return lambda row: [_told(row.ground, node) for node in row.said.get(prop, ())] or None


_DOES = {
    "asserts": "What the speaker asserts: a speaker's word, and no fact.",
    "denies": "What the speaker denies: that it is so is what they say is not.",
    "asks": "What the speaker asks: it is asserted by nobody.",
    "predicts": "What the speaker predicts: it has not happened.",
    "supposes": "What the speaker supposes: it is asserted by nobody.",
}
QUOTATION = fixed(
    "quotation",
    "The speaker's exact words, where they are quoted.",
    lambda row: exact_words(row.ground, row.node, onr.quotation) or None,
    many=True,
)


def _effective(row: Row) -> Cell:
    return [force.name for force in FORCES if force in row.said] or None


STATEMENTS = Table(
    "statements",
    "Statements",
    "Who said what, as sources report it. Nothing that a statement holds is a fact of this dataset.",
    roots("statement"),
    (
        ID,
        ref(onr.speaker),
        ref(onr.addressee),
        value(onr.mode),
        fixed("does", "Which of the five columns that follow have something.", _effective, "word", many=True),
        *(fixed(prop.name, _DOES[prop.name], _holds(prop), many=True) for prop in FORCES),
        value(onr.attitude),
        QUOTATION,
        value(onr.venue),
        ref(onr.medium),
        ref(onr.about),
        ref(onr.follows),
        ref(prov.wasQuotedFrom, "quoted_from"),
        time(onr.when),
        *TAIL,
    ),
)
_CONTENT = (
    value(onr.kind, many=True),
    value(onr.content, many=True),
    value(onr.called, many=True),
    value(onr.describedAs, "described_as"),
    ref(onr.about),
    ref(onr.designee, many=True),
    ref(onr.jurisdiction, many=True),
    ref(onr.authority, many=True),
    ref(onr.onList, "list"),
    ref(onr.recognizer, many=True),
    ref(onr.recognized, many=True),
    ref(onr.relationOf, "relation_of", many=True),
    ref(onr.towards),
    ref(onr.party),
    ref(onr.duringStatus, "during_status"),
    ref(onr.carriedOutBy, "carried_out_by"),
    ref(onr.concerns),
    ref(onr.place),
    ref(sem.hasPlace, "has_place"),
    ref(onr.partOfEvent, "part_of_event", many=True),
    ref(onr.speaker, "reported_speaker"),
    value(onr.mode),
    ref(onr.readingOf, "reading_of", many=True),
    ref(onr.causedBy, "caused_by"),
    ref(onr.amid),
    ref(onr.after),
    ref(onr.topic),
    time(onr.when),
    time(onr.start),
    time(onr.end),
    time(onr.during),
)
PROPOSITIONS = Table(
    "propositions",
    "What statements hold",
    "What speakers assert, deny, ask, predict or suppose, part by part. None of it is a fact of this dataset: always "
    "read `how` and `speaker_label` with it. Claimed designations are here, too, as what was said.",
    held,
    (
        ID,
        FORCE,
        SPEAKER,
        owner("held_by", "The statement, or what it holds in turn."),
        CLASS,
        *_CONTENT,
        WORDS,
        CHAIN_OF_OWNER,
        SOURCE,
    ),
    key=("id", "held_by", "how"),
)


def _sides(ground: Ground) -> Iterator[Found]:
    for node in ground.roots("conflict"):
        sides = ground.said(node).get(onr.side, ())
        yield from (Found(side, node, onr.side) for side in sides)


def _of_conflict(prop: Property) -> Callable[[Row], Cell]:
    return lambda row: [row.ground.words(prop, each) for each in row.ground.said(row.owner).get(prop, ())] or None


def _over(row: Row) -> Cell:
    return [row.ground.label(each) for each in row.ground.said(row.owner).get(onr.conflictOver, ())] or None


_SIDE: tuple[Part, ...] = (
    owner("conflict", "The conflict that the row is a side of."),
    fixed("kind", "What the sides differ in.", _of_conflict(onr.kind), "word", many=True),
    fixed("over", "The addresses of what they differ over.", _of_conflict(onr.conflictOver), "address", many=True),
    fixed("over_label", "What that is called.", _over, many=True),
    fixed("side", "The address of this side's fact.", lambda row: row.node[1:-1], "address"),
    fixed("side_label", "This side's fact in words.", lambda row: row.ground.label(row.node)),
)
CONFLICTS = Table(
    "conflicts",
    "Conflicts",
    "Where sources, or two sentences of one source, contradict each other: one row a side. Neither is taken for right.",
    _sides,
    (
        *_SIDE,
        time(onr.start, "side_start"),
        time(onr.end, "side_end"),
        *(part for part in TAIL),
    ),
    key=("conflict", "side"),
    computed=True,
)
