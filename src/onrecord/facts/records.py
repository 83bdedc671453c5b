"""What a source says: designations, acts, recognitions, events, relations, statements, figures, prosecutions."""

from typing import Annotated

from msgspec import Meta

from onrecord.facts.entities import SameAs
from onrecord.facts.fields import Amount, Curated, Id, Record, Ref, Text, Time, Words


class Fact(Record, kw_only=True):
    """What every fact may carry: an id to refer to it by, its exact words, its attribution, a curator's mark."""

    id: Annotated[Id | None, Meta(description="Needed just where another fact refers to this one.")] = None
    words: Words | None = None
    according_to: Annotated[
        Ref | list[Ref] | None,
        Meta(description="On whose word the source says it, nearest first. Left out: the source's own voice."),
    ] = None
    curated: Curated | None = None


class Effect(Record, kw_only=True):
    """A legal effect of a designation: what it restricts or entails."""

    what: Annotated[Text, Meta(description="What is restricted or entailed, in few words.")]
    words: Words | None = None


class Designation(Fact, kw_only=True):
    """Being on record as a terrorist, extremist, sanctioned … party: held by somebody, somewhere, from when to when."""

    subject: Annotated[Ref | list[Ref], Meta(description="Who is designated.")]
    kind: Annotated[str, Meta(extra={"scheme": "designation-kind"}, description="As what.")]
    called: Annotated[str | None, Meta(description="The label in the source's own words, where it sets it apart.")] = (
        None
    )
    jurisdiction: Annotated[Ref | None, Meta(description="The state or body under whose law it holds.")] = None
    authority: Annotated[Ref | None, Meta(description="Who designated.")] = None
    on_list: Annotated[Ref | None, Meta(description="The list on which it is entered.")] = None
    on_list_curated: Annotated[Curated | None, Meta(description="Given when the list is a curator's reading.")] = None
    start: Annotated[Time | None, Meta(description="When it began, and by which act.")] = None
    end: Annotated[Time | None, Meta(description="When it ended, and by which act.")] = None
    lasted: Annotated[Amount | None, Meta(description="How long it lasted by the source's word.")] = None
    during: Annotated[Time | None, Meta(description="A time during which it held.")] = None
    effects: list[Effect] = []


class Recognition(Fact, kw_only=True):
    """Recognizing a party as a government, or as legitimate."""

    of: Ref
    by: Ref | None = None
    kind: Annotated[str, Meta(extra={"scheme": "recognition-kind"})]
    start: Time | None = None
    end: Time | None = None


class Participant(Record, kw_only=True):
    """Somebody who takes part in an event, and as what."""

    who: Ref
    role: Annotated[str, Meta(extra={"scheme": "participant-role"})] = "participant"
    words: Words | None = None
    curated: Curated | None = None


class Happening(Fact, kw_only=True):
    """What acts and events have in common."""

    label: Annotated[Text | None, Meta(description="A short name to show, in plain words.")] = None
    by: Annotated[Ref | list[Ref] | None, Meta(description="Who did it.")] = None
    participants: Annotated[list[Ref | Participant], Meta(description="Who else took part.")] = []
    place: Annotated[Ref | list[Ref] | None, Meta(description="Where.")] = None
    when: Time | None = None
    part_of: Annotated[Ref | None, Meta(description="The series or larger event that it belongs to.")] = None
    caused_by: Annotated[Ref | list[Ref] | None, Meta(description="What brought it about, by the source's word.")] = (
        None
    )
    amid: Annotated[
        Ref | list[Ref] | None, Meta(description="What was going on at the same time, by the source's word.")
    ] = None
    after: Annotated[Ref | list[Ref] | None, Meta(description="What it came after, by the source's word.")] = None
    same_as: Annotated[
        list[SameAs],
        Meta(description="The same event elsewhere: in the registry, another source or another dataset."),
    ] = []


class Act(Happening, kw_only=True):
    """An official act that lists, delists, rules, recognizes."""

    kind: Annotated[str, Meta(extra={"scheme": "act-kind"})]
    subject: Annotated[Ref | list[Ref] | None, Meta(description="Whom the act is about.")] = None
    on_list: Ref | None = None
    through: Annotated[
        Ref | None, Meta(description="The act by which this one was done: the ruling that delisted.")
    ] = None
    through_curated: Curated | None = None


class Event(Happening, kw_only=True):
    """Something that happened: a meeting, an attack, a visit, an invasion. Or a series of such events."""

    kind: Annotated[str, Meta(extra={"scheme": "event-kind"})]
    number: Annotated[Amount | None, Meta(description="How many events it stands for: “numerous”.")] = None
    topic: Annotated[Ref | list[Ref] | None, Meta(description="What it was about.")] = None


class Relation(Fact, kw_only=True):
    """How two parties stood to each other over a time."""

    kind: Annotated[str, Meta(extra={"scheme": "relation-kind"})]
    between: Annotated[list[Ref], Meta(description="The parties, where it goes both ways.", min_length=2)] = []
    of: Annotated[Ref | None, Meta(description="From whom it goes out, where it goes one way.")] = None
    towards: Annotated[Ref | list[Ref] | None, Meta(description="To whom it goes.")] = None
    described_as: Annotated[str | None, Meta(description="How it is described, in the source's words.")] = None
    start: Time | None = None
    end: Time | None = None
    during: Annotated[Time | None, Meta(description="A time during which it held.")] = None
    during_status: Annotated[Ref | None, Meta(description="A designation that held at the same time.")] = None
    caused_by: Ref | list[Ref] | None = None


class Figure(Amount, kw_only=True):
    """A count or measure that a source gives, with its qualifier, period, and how it stands to other figures."""

    id: Id | None = None
    according_to: Ref | list[Ref] | None = None
    curated: Curated | None = None
    counts: Annotated[Text, Meta(description="What is counted, in the source's words.")]
    of: Annotated[Ref | list[Ref] | None, Meta(description="The event, act, list or party that it belongs to.")] = None
    of_curated: Annotated[Curated | None, Meta(description="Given when that is a curator's reading.")] = None
    place: Ref | None = None
    start: Annotated[Time | None, Meta(description="The beginning of the period that it covers.")] = None
    end: Annotated[Time | None, Meta(description="The end of the period that it covers.")] = None
    subset_of: Annotated[
        Ref | None, Meta(description="The figure that it is a part of, so that nobody adds the two.")
    ] = None
    disjoint_from: Annotated[Ref | list[Ref] | None, Meta(description="Figures with which it shares nothing.")] = None
    may_overlap: Annotated[
        Ref | list[Ref] | None, Meta(description="Figures that it may share something with: the source leaves it open.")
    ] = None


class Sentence(Record, kw_only=True):
    """A punishment: its kind, its length, where it is served."""

    kind: Annotated[str, Meta(extra={"scheme": "sentence-kind"})]
    length: Amount | None = None
    served_in: Annotated[str | None, Meta(description="The kind of institution, in the source's words.")] = None
    words: Words | None = None


class Prosecution(Fact, kw_only=True):
    """Being charged, tried or convicted."""

    of: Annotated[Ref, Meta(description="The person or group of persons.")]
    by: Annotated[Ref | None, Meta(description="The state or body that prosecutes.")] = None
    charge: Annotated[str | None, Meta(description="The charge, in the source's words.")] = None
    over: Annotated[str | None, Meta(description="The deed or link that it rests on, in the source's words.")] = None
    over_whom: Annotated[
        Ref | list[Ref] | None, Meta(description="The party whose support, symbols or links it is about.")
    ] = None
    outcome: Annotated[str | list[str] | None, Meta(extra={"scheme": "prosecution-outcome"})] = None
    sentences: list[Sentence] = []
    figure: Annotated[Ref | list[Ref] | None, Meta(description="The figures that count these cases.")] = None
    when: Time | None = None
    place: Ref | None = None


class Proposition(Record, kw_only=True):
    """What a statement asserts, denies, asks, predicts or supposes: exactly one kind of content. Never a fact by
    itself."""

    designation: Designation | None = None
    recognition: Recognition | None = None
    relation: Relation | None = None
    event: Event | None = None
    statement: "Statement | None" = None
    text: Annotated[Text | None, Meta(description="The content in few plain words, where it fits no other kind.")] = (
        None
    )
    about: Annotated[Ref | list[Ref] | None, Meta(description="Whom or what the text is about.")] = None
    reading_of: Annotated[Ref | None, Meta(description="The act that is said, or denied, to mean this.")] = None
    words: Words | None = None


class Statement(Fact, kw_only=True):
    """Somebody's words or thoughts as the source reports them: quoted or paraphrased, asserting or asking."""

    speaker: Annotated[Ref | list[Ref], Meta(description="Who speaks: one or several.")]
    to: Annotated[Ref | list[Ref] | None, Meta(description="To whom.")] = None
    via: Annotated[
        Ref | list[Ref] | None, Meta(description="Through whom the words reached this source, nearest first.")
    ] = None
    medium: Annotated[Ref | None, Meta(description="The platform or outlet on which it was said.")] = None
    venue: Annotated[str | None, Meta(extra={"scheme": "venue"})] = None
    mode: Annotated[str | list[str], Meta(extra={"scheme": "statement-mode"})]
    attitude: Annotated[str | list[str] | None, Meta(extra={"scheme": "attitude"})] = None
    about: Ref | list[Ref] | None = None
    quote: Annotated[Words | None, Meta(description="The quoted words themselves, without the quotation marks.")] = None
    when: Time | None = None
    follows: Annotated[Ref | None, Meta(description="The statement that it continues (“he added”).")] = None
    asserts: list[Proposition] = []
    denies: list[Proposition] = []
    asks: list[Proposition] = []
    predicts: list[Proposition] = []
    supposes: list[Proposition] = []
