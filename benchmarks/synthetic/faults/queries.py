"""Faults between nodes (sh:disjoint, sh:sparql)."""

from synthetic.draft import Draft
from synthetic.faults.kinds import Fault, registered, some_words

FAULTS: list[Fault] = []


@registered(FAULTS, ("Disjoint", "Figure"), ("Disjoint", "Figure"))
def disjoint_part(draft: Draft) -> None:
    """A figure shares nothing with the figure that it is a part of."""
    first = draft.add(
        "figures", id=draft.local("whole"), exactly=9, unit="person", counts="All", words=some_words(draft)
    )
    draft.add(
        "figures",
        exactly=3,
        unit="person",
        counts="Some",
        subset_of=first,
        disjoint_from=first,
        words=some_words(draft),
    )


@registered(FAULTS, ("SPARQL", "Figure"))
def disjoint_from_itself(draft: Draft) -> None:
    """A figure shares nothing with itself."""
    own = draft.local("own")
    draft.add("figures", id=own, exactly=9, unit="person", counts="All", disjoint_from=own, words=some_words(draft))


@registered(FAULTS, ("SPARQL", "PartOfFigure", "warning"))
def greater_part(draft: Draft) -> None:
    """The part is greater than the whole."""
    first = draft.add(
        "figures", id=draft.local("whole"), exactly=9, unit="person", counts="All", words=some_words(draft)
    )
    draft.add("figures", exactly=10, unit="person", counts="Some", subset_of=first, words=some_words(draft))


@registered(FAULTS, ("SPARQL", "Mention"))
def form_elsewhere(draft: Draft) -> None:
    """The words do not contain the form."""
    draft.add("mentions", of=draft.draw("groups").id, form="Nobody’s Name", words=some_words(draft))


@registered(FAULTS, ("SPARQL", "Designation"))
def own_word(draft: Draft) -> None:
    """Somebody's own word puts them on record."""
    who = draft.draw("groups").id
    state = draft.draw("states").id
    kind = "sanctioned-party"
    draft.add("designations", subject=who, kind=kind, jurisdiction=state, according_to=who, words=some_words(draft))


@registered(FAULTS, ("SPARQL", "Recognition"))
def own_recognition(draft: Draft) -> None:
    """Somebody's own word that they are recognized."""
    who, by = draft.draw("groups").id, draft.draw("states").id
    draft.add("recognitions", of=who, by=by, kind="formal-recognition", according_to=who, words=some_words(draft))


@registered(FAULTS, ("SPARQL", "KindOfDesignee", "warning"))
def person_as_organization(draft: Draft) -> None:
    """A person is designated as an organization."""
    who, state = draft.draw("people").id, draft.draw("states").id
    draft.add("designations", subject=who, kind="terrorist-organization", jurisdiction=state, words=some_words(draft))


@registered(FAULTS, ("SPARQL", "ListOfDesignation", "warning"))
def foreign_list(draft: Draft) -> None:
    """The list is another state's."""
    listed_on = draft.draw("lists")
    other = next(state.id for state in draft.world.pools["states"].entities if state.id != listed_on.state)
    who, kind = draft.draw("groups").id, "sanctioned-party"
    draft.add("designations", subject=who, kind=kind, jurisdiction=other, on_list=listed_on.id, words=some_words(draft))


@registered(FAULTS, ("SPARQL", "Period"))
def ended_before_it_began(draft: Draft) -> None:
    """The end lies before the start."""
    draft.add("relations", kind="support", of=draft.draw("states").id, towards=draft.draw("groups").id,
              start="2012", end="2010", words=some_words(draft))  # fmt: skip


@registered(FAULTS, ("SPARQL", "VagueTime"))
def earliest_after_latest(draft: Draft) -> None:
    """A curator's earliest day lies after the source's latest."""
    when = {"latest": "2010", "curated": {"earliest": "2011", "reason": "Another report."}}
    draft.add("events", kind="meeting", label="A meeting", when=when, words=some_words(draft))


@registered(FAULTS, ("SPARQL", "RelationContent"))
def towards_from_nobody(draft: Draft) -> None:
    """It is not said from whom a relation goes out."""
    words = some_words(draft)
    draft.add("relations", kind="support", towards=draft.draw("groups").id, described_as=words, words=words)


@registered(FAULTS, ("SPARQL", "StatementContent"))
def asserting_question(draft: Draft) -> None:
    """A mere question asserts."""
    words = some_words(draft)
    asserts = [{"text": words, "words": words}]
    draft.add("statements", speaker=draft.draw("people").id, mode="question", asserts=asserts, words=words)


@registered(FAULTS, ("SPARQL", "StatementContent"))
def endless_statement(draft: Draft) -> None:
    """A statement continues itself."""
    own, about = draft.local("statement"), draft.draw("groups").id
    draft.add(
        "statements",
        id=own,
        speaker=draft.draw("people").id,
        mode="paraphrase",
        about=about,
        follows=own,
        words=some_words(draft),
    )


@registered(FAULTS, ("SPARQL", "Act"))
def act_through_itself(draft: Draft) -> None:
    """An act was done through itself."""
    own = draft.local("act")
    draft.add(
        "acts", id=own, kind="law", label="A law", by=draft.draw("states").id, through=own, words=some_words(draft)
    )


@registered(FAULTS, ("SPARQL", "Agent"))
def member_of_itself(draft: Draft) -> None:
    """A group is a member of itself."""
    words, own = some_words(draft), draft.local("group")
    draft.add("people", id=own, group=True, role=words, member_of=own, words=words)


@registered(FAULTS, ("SPARQL", "FactsFollowFacts"))
def own_cause(draft: Draft) -> None:
    """An event is its own cause."""
    own = draft.local("event")
    draft.add("events", id=own, kind="meeting", label="A meeting", caused_by=own, words=some_words(draft))


@registered(FAULTS, ("SPARQL", "OrderOfEvents", "warning"))
def cause_after_effect(draft: Draft) -> None:
    """An event was over before its cause began."""
    cause = draft.add(
        "events", id=draft.local("event"), kind="meeting", label="It", when="2012", words=some_words(draft)
    )
    draft.add("events", kind="meeting", label="It", when="2010", caused_by=cause, words=some_words(draft))
