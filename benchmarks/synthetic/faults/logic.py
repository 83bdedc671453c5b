"""Faults against what holds in one way or another (sh:not, sh:or, sh:xone)."""

from synthetic.draft import Draft
from synthetic.faults.kinds import Fault, registered, some_words

FAULTS: list[Fault] = []


@registered(FAULTS, ("Not", "Designation", "warning"))
def begun_by_delisting(draft: Draft) -> None:
    """A delisting begins a designation."""
    who, state = draft.draw("groups").id, draft.draw("states").id
    act = draft.add("acts", id=draft.local("act"), kind="delisting", label="It", subject=who, words=some_words(draft))
    kind = "sanctioned-party"
    draft.add("designations", subject=who, kind=kind, jurisdiction=state, start={"act": act}, words=some_words(draft))


@registered(FAULTS, ("Or", "Tenure"))
def organization_in_a_post(draft: Draft) -> None:
    """A post is held by no person."""
    draft.add("tenures", person=draft.draw("parties").id, post=draft.draw("posts").id, words=some_words(draft))


@registered(FAULTS, ("Or", "QuotedStatement"))
def quotation_without_quote(draft: Draft) -> None:
    """Quoted directly, and no quoted words."""
    draft.add(
        "statements",
        speaker=draft.draw("people").id,
        mode="direct",
        about=draft.draw("groups").id,
        words=some_words(draft),
    )


@registered(FAULTS, ("Or", "ModeOfQuotation", "warning"))
def quoted_paraphrase(draft: Draft) -> None:
    """Quoted words, and a mode that knows of none."""
    about = draft.draw("groups")
    who, quote = draft.draw("people").id, draft.quote(about)
    draft.add("statements", speaker=who, mode="paraphrase", about=about.id, quote=quote, words=some_words(draft))


@registered(FAULTS, ("Or", "RoleOfNamedPerson", "warning"))
def role_of_a_named_person(draft: Draft) -> None:
    """Somebody named is known by a role."""
    words = some_words(draft)
    draft.add("people", id=draft.local("named"), name="Somebody", role=words, words=words)


@registered(FAULTS, ("Or", "Anonymity"), ("Or", "UnnamedIdentity"))
def identified_anonymous(draft: Draft) -> None:
    """Somebody anonymous has another name, and is identified."""
    words = some_words(draft)
    link = {"iri": "https://example.org/entity/Q0", "reason": "A guess."}
    draft.add(
        "people",
        id=draft.local("known"),
        role=words,
        anonymous=words,
        other_names=["Somebody"],
        same_as=[link],
        words=words,
    )


@registered(FAULTS, ("Or", "OtherParty"))
def relation_with_oneself(draft: Draft) -> None:
    """Both parties are the same."""
    state = draft.draw("states").id
    draft.add("relations", kind="cooperation", between=[state, state], words=some_words(draft))


@registered(FAULTS, ("Or", "ModeOfContent", "warning"))
def question_by_another_mode(draft: Draft) -> None:
    """It asks, and its mode does not say so."""
    words = some_words(draft)
    asks = [{"text": words, "words": words}]
    draft.add("statements", speaker=draft.draw("people").id, mode="paraphrase", asks=asks, words=words)


@registered(FAULTS, ("Or", "SentenceOfAcquitted", "warning"))
def sentence_of_acquitted(draft: Draft) -> None:
    """Acquitted, and sentenced."""
    sentences = [{"kind": "fine"}]
    draft.add(
        "prosecutions", of=draft.draw("people").id, outcome="acquitted", sentences=sentences, words=some_words(draft)
    )


@registered(FAULTS, ("Or", "SubjectOfListing", "warning"))
def delisting_of_nobody(draft: Draft) -> None:
    """It is not said who is delisted."""
    draft.add("acts", kind="delisting", label="A delisting", by=draft.draw("states").id, words=some_words(draft))


@registered(FAULTS, ("Xone", "BasisOfEarliest"), ("MaxCount", "VagueTime"), ("MaxCount", "VagueTime"))
def two_earliest_days(draft: Draft) -> None:
    """A source's earliest day and a curator's other one, each on a basis of its own."""
    when = {"date": "2010", "curated": {"earliest": "2010-03", "reason": "Another report."}}
    draft.add("events", kind="meeting", label="A meeting", when=when, words=some_words(draft))
