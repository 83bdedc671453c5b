"""Faults of values: too few, too many, or of another class (sh:class, sh:minCount, sh:maxCount)."""

from synthetic.draft import Draft
from synthetic.faults.kinds import Fault, registered, some_words

FAULTS: list[Fault] = []


@registered(FAULTS, ("Class", "DesignationContent"))
def designated_place(draft: Draft) -> None:
    """A city is designated: it is no agent."""
    state = draft.draw("states").id
    draft.add(
        "designations",
        subject=draft.draw("cities").id,
        kind="sanctioned-party",
        jurisdiction=state,
        words=some_words(draft),
    )


@registered(FAULTS, ("Class", "Act"))
def list_that_is_none(draft: Draft) -> None:
    """An act is on an organization instead of a list."""
    group = draft.draw("groups").id
    draft.add("acts", kind="law", label="A law", by=draft.draw("states").id, on_list=group, words=some_words(draft))


@registered(FAULTS, ("Class", "Prosecution"))
def counted_by_an_event(draft: Draft) -> None:
    """An event stands where a figure should."""
    who = draft.draw("people").id
    draft.add("prosecutions", of=who, outcome="charged", figure=draft.draw("wars").id, words=some_words(draft))


@registered(FAULTS, ("MinCount", "Fact"))
def fact_without_words(draft: Draft) -> None:
    """Nothing that a fact rests on."""
    draft.add("recognitions", of=draft.draw("groups").id, by=draft.draw("states").id, kind="formal-recognition")


@registered(FAULTS, ("MinCount", "Mention"))
def mention_of_nothing(draft: Draft) -> None:
    """Neither form nor description."""
    draft.add("mentions", of=draft.draw("groups").id, words=some_words(draft))


@registered(FAULTS, ("MinCount", "Tenure"))
def tenure_of_nothing(draft: Draft) -> None:
    """Neither post nor role."""
    draft.add("tenures", person=draft.draw("people").id, words=some_words(draft))


@registered(FAULTS, ("MinCount", "Agent"))
def nameless_organization(draft: Draft) -> None:
    """An organization without a name."""
    draft.add("organizations", id=draft.local("nameless"), kind="organization", words=some_words(draft))


@registered(FAULTS, ("MinCount", "Recognition", "warning"))
def recognition_by_nobody(draft: Draft) -> None:
    """It is not said who recognizes."""
    draft.add("recognitions", of=draft.draw("groups").id, kind="formal-recognition", words=some_words(draft))


@registered(FAULTS, ("MinCount", "Event", "info"))
def event_without_label(draft: Draft) -> None:
    """No name to show: a note."""
    draft.add("events", kind="meeting", by=draft.draw("states").id, words=some_words(draft))


@registered(FAULTS, ("MinCount", "Designation", "warning"))
def designation_nowhere(draft: Draft) -> None:
    """It is not said where it holds."""
    draft.add("designations", subject=draft.draw("groups").id, kind="sanctioned-party", words=some_words(draft))


@registered(FAULTS, ("MinCount", "Figure", "warning"))
def figure_without_unit(draft: Draft) -> None:
    """It is not said what is measured."""
    draft.add("figures", exactly=7, counts="Something", words=some_words(draft))


@registered(FAULTS, ("MinCount", "Statement", "warning"))
def statement_of_nothing(draft: Draft) -> None:
    """It is not said what is stated."""
    draft.add("statements", speaker=draft.draw("people").id, mode="paraphrase", words=some_words(draft))


@registered(FAULTS, ("MinCount", "StateOrgan", "warning"))
def court_without_state(draft: Draft) -> None:
    """It is not said whose court it is."""
    words = some_words(draft)
    draft.add("organizations", id=draft.local("court"), kind="court", name=words, words=words)


@registered(FAULTS, ("MaxCount", "OnePerson"))
def number_of_one_person(draft: Draft) -> None:
    """One person has a number."""
    words = some_words(draft)
    number = {"exactly": 3, "unit": "person"}
    draft.add("people", id=draft.local("counted"), role=words, number=number, words=words)


@registered(FAULTS, ("MaxCount", "VagueTime"))
def two_dates(draft: Draft) -> None:
    """A source's date and a curator's other one, both without bounds."""
    when = {"date": "2010~", "curated": {"date": "2011~", "reason": "Another report."}}
    draft.add("events", kind="meeting", label="A meeting", when=when, words=some_words(draft))
