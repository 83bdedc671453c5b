"""Tables of designations: those on record, those claimed, what status follows from them, and the lists."""

from collections.abc import Iterator

from onrecord.ntriples import text_of
from onrecord.tables.columns import Cell, Found, Row, Table
from onrecord.tables.finding import roots
from onrecord.tables.ground import Ground
from onrecord.tables.parts import (
    DERIVED,
    ID,
    LABEL,
    SOURCE,
    TAIL,
    WORDS,
    amount,
    exact_words,
    fixed,
    owner,
    ref,
    time,
    value,
)
from onrecord.vocabulary.terms import onr, org, prov, pso

FORCES = (onr.asserts, onr.denies, onr.asks, onr.predicts, onr.supposes)
"""How a statement may hold something."""


def held(ground: Ground) -> Iterator[Found]:
    """What statements hold, and what those hold that are held."""
    for statement in ground.roots("statement"):
        yield from _held(ground, statement, frozenset({statement}))


def _held(ground: Ground, node: str, above: frozenset[str]) -> Iterator[Found]:
    for prop in FORCES:
        for other in ground.said(node).get(prop, ()):
            if other not in above:
                yield Found(other, node, prop)
                yield from _held(ground, other, above | {other})


def is_claim(ground: Ground, node: str) -> bool:
    """Whether a node is a claimed designation."""
    return ground.kind(node) == "ClaimedDesignation"


def _claims(ground: Ground) -> Iterator[Found]:
    return (found for found in held(ground) if is_claim(ground, found.node))


def _of_list(row: Row, prop: str) -> list[str]:
    lists = row.said.get(onr.onList, ())
    return sorted({value for each in lists for value in row.ground.said(each).get(prop, ())})


def _reference(row: Row) -> Cell:
    found = [
        text_of(text)
        for each in row.said.get(onr.designee, ())
        for text in row.ground.said(each).get(onr.listReference, ())
    ]
    return found or None


def _complete(row: Row) -> Cell:
    snapshots = row.said.get(prov.wasDerivedFrom, ())
    found = [text_of(text) for each in snapshots for text in row.ground.said(each).get(onr.isComplete, ())]
    return found[0] if found else None


def _statement_words(row: Row) -> Cell:
    return exact_words(row.ground, row.owner, onr.quotation) or exact_words(row.ground, row.owner, onr.evidence) or None


def _speaker(row: Row) -> Cell:
    return [row.ground.label(each) for each in row.ground.said(row.owner).get(onr.speaker, ())] or None


def _chain(row: Row) -> Cell:
    chains = row.ground.said(row.owner).get(onr.attribution, ())
    return " | ".join(row.ground.label(chain) for chain in chains) or None


SPEAKER = fixed("speaker_label", "Who says it.", _speaker, many=True)
CHAIN_OF_OWNER = fixed("chain", "Who says it by whom: site ← outlet ← speaker.", _chain)
STATEMENT_WORDS = fixed("statement_words", "The exact words of the statement.", _statement_words, many=True)

DESIGNATIONS = Table(
    "designations",
    "Designations on record",
    "Who is designated as what: one row for each source that says so, so that counting rows does not count parties. "
    "A row is no status of today: see start, end, source_date, and the table status_periods. Claims are elsewhere, in "
    "the table claimed_designations.",
    roots("designation"),
    (
        ID,
        ref(onr.designee, many=True),
        fixed("list_reference", "The list's own reference of the entry.", _reference, many=True),
        value(pso.withStatus, "kind", many=False),
        value(onr.called),
        ref(onr.jurisdiction, text="Where, as the source says it; list_jurisdiction is the list's."),
        ref(onr.authority),
        ref(onr.onList, "list"),
        fixed(
            "list_jurisdiction_label",
            "Whose list it is.",
            lambda row: [row.ground.label(each) for each in _of_list(row, onr.jurisdiction)] or None,
            many=True,
        ),
        fixed(
            "snapshot_complete",
            "Of a list's snapshot: whether it is the whole list. Empty for other sources.",
            _complete,
            "boolean",
        ),
        value(onr.programme),
        value(onr.legalBasis),
        value(onr.lastUpdated),
        time(onr.start),
        ref(pso.isAcquiredAsConsequenceOf, "start_by", "The act by which it began."),
        time(onr.end),
        ref(pso.isLostAsConsequenceOf, "end_by", "The act by which it ended."),
        time(onr.during),
        amount(onr.lasted, "lasted"),
        ref(onr.effect, "effects"),
        *TAIL,
    ),
)
CLAIMED = Table(
    "claimed_designations",
    "Claimed designations",
    "Designations that somebody concerned claims, and no authority on record: what a speaker says of themselves is no "
    "designation. Never add these rows to designations.",
    _claims,
    (
        ID,
        owner("statement", "The statement that claims it."),
        fixed("how", "What the statement does with it: asserts, denies, …", lambda row: _force(row.by), "word"),
        SPEAKER,
        ref(onr.designee, "claimed_designee", many=True),
        value(onr.kind, "claimed_kind"),
        value(onr.called),
        ref(onr.jurisdiction),
        ref(onr.authority),
        ref(onr.onList, "list"),
        time(onr.start),
        time(onr.end),
        time(onr.during),
        amount(onr.lasted, "lasted"),
        WORDS,
        STATEMENT_WORDS,
        CHAIN_OF_OWNER,
        SOURCE,
    ),
    links=(("statement", "statements"),),
)


def _force(prop: str) -> str:
    return next(force.name for force in FORCES if force == prop)


FORCE = fixed(
    "how",
    "What the speaker does with it: asserts, denies, asks, predicts or supposes. Only the speaker does.",
    lambda row: _force(row.by),
    "word",
)
PERIODS = Table(
    "status_periods",
    "Periods of status",
    "What all sources together say of a status, on one list or in one jurisdiction, from day to day. The days are "
    "worked out, and given by no source; a day in no period is a day without evidence. Lists are not interchangeable.",
    lambda ground: (Found(node) for node in ground.of_class(onr.StatusPeriod)),
    (
        ID,
        ref(onr.statusOf, "entity", many=True),
        ref(onr.statusOn, "list", many=True),
        ref(onr.statusIn, "jurisdiction", many=True),
        value(onr.status),
        value(onr.firstDay, "first_day", "The first day of the period, worked out. Empty: no beginning is known."),
        value(onr.lastDay, "last_day", "The last day of the period, worked out. Empty: it goes on as far as known."),
        value(onr.because),
        ref(onr.gainedBy, "gained_by", many=True),
        ref(onr.lostBy, "lost_by", many=True),
        DERIVED,
        SOURCE,
    ),
    computed=True,
)
EFFECTS = Table(
    "effects",
    "Effects of designations",
    "What follows from a designation by law, as a source says it.",
    roots("designation").below(onr.effect),
    (ID, LABEL, owner("designation", "The designation that it follows from."), *TAIL),
    links=(("designation", "designations"),),
)
LISTS = Table(
    "lists",
    "Official lists",
    "The lists that designations are on. Two lists of one state are two lists.",
    roots("list"),
    (ID, LABEL, value(onr.kind), ref(onr.authority), ref(onr.jurisdiction), SOURCE),
)
POSTS = Table(
    "posts", "Posts", "Offices that people hold.", roots("post"), (ID, LABEL, ref(org.postIn, "post_in"), SOURCE)
)
PLACES = Table(
    "places",
    "Places",
    "Places that are no states; states are among the entities.",
    roots("place"),
    (ID, LABEL, value(onr.kind), ref(onr.within), SOURCE),
)
