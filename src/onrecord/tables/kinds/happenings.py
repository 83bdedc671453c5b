"""Tables of what happened: events, acts, prosecutions, and the figures that sources give."""

from onrecord.tables.columns import Row, Table
from onrecord.tables.finding import roots
from onrecord.tables.parts import (
    CLASS,
    ID,
    LABEL,
    SOURCE,
    TAIL,
    WORDS,
    amount,
    fixed,
    own_amount,
    owner,
    ref,
    time,
    value,
)
from onrecord.vocabulary.terms import onr, sem

_ABOUT = (ref(onr.amid), ref(onr.after), ref(onr.causedBy, "caused_by"), ref(onr.topic))

EVENTS = Table(
    "events",
    "Events",
    "What happened, as sources say it.",
    roots("event"),
    (
        ID,
        LABEL,
        CLASS,
        value(onr.kind, many=True),
        time(onr.when),
        ref(sem.hasPlace, "place"),
        ref(onr.carriedOutBy, "carried_out_by"),
        amount(onr.number, "number"),
        ref(sem.subEventOf, "part_of", "The event that it is a part of: a part is never added to its whole."),
        *_ABOUT,
        *TAIL,
    ),
)
ACTS = Table(
    "acts",
    "Acts",
    "Acts of authorities, by which designations begin and end.",
    roots("act"),
    (
        ID,
        LABEL,
        value(onr.kind, many=True),
        time(onr.when),
        ref(onr.carriedOutBy, "carried_out_by"),
        ref(onr.onList, "list"),
        ref(onr.concerns),
        ref(onr.through),
        ref(sem.hasPlace, "place"),
        amount(onr.number, "number"),
        ref(sem.subEventOf, "part_of"),
        *_ABOUT,
        *TAIL,
    ),
)
PARTICIPATIONS = Table(
    "participations",
    "Participations",
    "Who took part in which event or act, in which role.",
    roots("event", "act").below(onr.participation),
    (
        ID,
        owner("event", "The event or act."),
        ref(onr.participant, many=False),
        value(onr.participantRole, "role", many=False),
        WORDS,
        SOURCE,
    ),
)


def _is_part(row: Row) -> str:
    return "true" if onr.subsetOf in row.said else "false"


FIGURES = Table(
    "figures",
    "Figures",
    "Numbers that sources give, with what they count. Never a sum: rows may be parts of others (part_of) or overlap.",
    roots("figure"),
    (
        ID,
        value(onr.counts),
        own_amount("count"),
        fixed(
            "is_part",
            "Whether the source gives it as a part of another figure. True: do not add it.",
            _is_part,
            "boolean",
        ),
        ref(onr.subsetOf, "part_of", "The figures that it is a part of."),
        ref(onr.disjointFrom, "disjoint_from"),
        ref(onr.mayOverlap, "may_overlap"),
        ref(onr.figureOf, "figure_of"),
        ref(onr.place),
        time(onr.start),
        time(onr.end),
        *TAIL,
    ),
)
PROSECUTIONS = Table(
    "prosecutions",
    "Prosecutions",
    "Who was prosecuted, for what, and how it ended. A charge is no finding of guilt: see outcome.",
    roots("prosecution"),
    (
        ID,
        ref(onr.prosecuted, many=False),
        ref(onr.prosecutor, many=False),
        value(onr.charge),
        value(onr.over),
        value(onr.outcome),
        ref(onr.concerns),
        ref(onr.countedBy, "counted_by", "The figures that count it: it is in them already."),
        time(onr.when),
        ref(onr.place),
        *TAIL,
    ),
)
SENTENCES = Table(
    "sentences",
    "Sentences",
    "What courts imposed in prosecutions.",
    roots("prosecution").below(onr.sentence),
    (
        ID,
        owner("prosecution", "The prosecution."),
        value(onr.kind),
        amount(onr.length, "length"),
        value(onr.servedIn, "served_in"),
        WORDS,
        SOURCE,
    ),
    links=(("prosecution", "prosecutions"),),
)
RELATIONS = Table(
    "relations",
    "Relations",
    "How parties stand to each other, as sources say it.",
    roots("relation"),
    (
        ID,
        value(onr.kind, many=True),
        value(onr.describedAs, "described_as"),
        ref(onr.relationOf, "of", many=True),
        ref(onr.towards),
        ref(onr.party, text="The parties, where the relation has no direction."),
        ref(onr.duringStatus, "during_status"),
        time(onr.start),
        time(onr.end),
        time(onr.during),
        *_ABOUT,
        *TAIL,
    ),
)
RECOGNITIONS = Table(
    "recognitions",
    "Recognitions",
    "Who recognizes whom as what, on record. What somebody asserts, denies or asks of it is in propositions.",
    roots("recognition"),
    (
        ID,
        ref(onr.recognizer, many=False),
        ref(onr.recognized, many=False),
        value(onr.kind, many=True),
        time(onr.start),
        time(onr.end),
        *TAIL,
    ),
)
