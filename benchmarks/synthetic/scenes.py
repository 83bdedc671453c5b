"""Scenes: each adds facts of one kind to an article, with the words that they rest on. All of them hold."""

from synthetic import dates
from synthetic.draft import Draft
from synthetic.world import Entity, Record

ORGANIZATION_KINDS = (
    "terrorist-organization",
    "extremist-organization",
    "undesirable-organization",
    "sanctioned-party",
)
PERSON_KINDS = ("terrorist", "foreign-agent", "sanctioned-party", "extremist-or-terrorist")


def mentions(draft: Draft) -> None:
    """How somebody is named and described, and a name that a curator reads as a party."""
    who = draft.draw(draft.rng.choice(("groups", "people", "parties", "bodies")))
    draft.add("mentions", of=who.id, form=draft.name(who), words=draft.say("named", who=draft.name(who)))
    if draft.chance(0.4):
        phrase = draft.say("described", who=draft.name(who))
        draft.add("mentions", of=who.id, described_as=phrase, words=phrase)
    if draft.chance(0.15):
        state = draft.draw("states")
        words = draft.say("capital", who=draft.name(state))
        why = "The capital stands for those who govern the state."
        draft.add("mentions", of=f"government-body-of-{state.id}", form=words, words=words, curated=why)


def designation(draft: Draft) -> None:
    """A listing and its end, with acts, vague times, a label, a duration and legal effects, as the dice fall."""
    rng, person = draft.rng, draft.chance(0.25)
    who, listed_on = draft.draw("people" if person else "groups"), draft.draw("lists")
    words = draft.say("listed", by=draft.name(listed_on), who=draft.name(who))
    begun: Record = {"date": dates.early(rng)}
    if draft.chance(0.3):
        begun["words"] = words
    if draft.chance(0.3):
        begun["act"] = _act(draft, "listing", who, listed_on, words)
    draft.add(
        "designations",
        id=draft.local("designation"),
        subject=who.id,
        kind=rng.choice(PERSON_KINDS if person else ORGANIZATION_KINDS),
        called=draft.phrase("described", who=draft.name(who)) if draft.chance(0.2) else None,
        jurisdiction=listed_on.state,
        authority=f"court-of-{listed_on.state}" if draft.chance(0.4) else None,
        start=begun,
        **_list_of(draft, listed_on),
        **_end_of(draft, who, listed_on),
        words=words,
        according_to=draft.other("outlets", draft.site).id if draft.chance(0.2) else None,
    )


def _list_of(draft: Draft, listed_on: Entity) -> Record:
    if draft.chance(0.3):
        return {}
    curated = {"on_list_curated": "The state has one such list."} if draft.chance(0.3) else {}
    return {"on_list": listed_on.id, **curated}


def _end_of(draft: Draft, who: Entity, listed_on: Entity) -> Record:
    """How a designation ended, lasted, and what it entailed."""
    found: Record = {}
    name = draft.name(who)
    if draft.chance(0.35):
        words = draft.say("delisted", who=name)
        ruling = _act(draft, "ruling", who, listed_on, draft.say("ruling", who=name))
        act = _act(draft, "delisting", who, listed_on, words, through=ruling)
        curated = {"act_curated": "No other act is reported."} if draft.chance(0.3) else {}
        found["end"] = {"date": dates.late(draft.rng), "act": act, "words": words, **curated}
    elif draft.chance(0.15):
        found["during"] = draft.last_day()
    if draft.chance(0.15):
        number = draft.rng.randint(2, 30)
        found["lasted"] = {"almost": number, "unit": "year", "words": draft.say("lasted", number=number)}
    if draft.chance(0.2):
        words = draft.say("ban", who=name)
        found["effects"] = [{"what": words, "words": words}]
    return found


def _act(draft: Draft, kind: str, who: Entity, listed_on: Entity, words: str, through: str | None = None) -> str:
    return draft.add(
        "acts",
        id=draft.local(kind),
        kind=kind,
        label=words,
        by=f"court-of-{listed_on.state}" if kind == "ruling" else f"government-body-of-{listed_on.state}",
        subject=who.id,
        on_list=None if kind == "ruling" else listed_on.id,
        through=through,
        through_curated="It came the same day." if through and draft.chance(0.3) else None,
        words=words,
    )


def attack(draft: Draft) -> None:
    """An attack with perpetrators and victims, what it came after, and figures that are parts of each other."""
    rng = draft.rng
    who, place, war = draft.draw("groups"), draft.draw("cities"), draft.draw("wars")
    words = draft.say("attack", who=draft.name(who), place=draft.name(place))
    group = draft.add(
        "people",
        id=draft.local("victims"),
        group=True,
        role=(role := draft.say("victims", place=draft.name(place))),
        words=role,
    )
    event = draft.add(
        "events",
        id=draft.local("attack"),
        kind="attack",
        label=words,
        by=who.id if draft.chance(0.5) else None,
        participants=[{"who": group, "role": "victim"}, {"who": who.id, "role": "perpetrator"}],
        place=place.id,
        when=draft.last_day() if draft.chance(0.5) else dates.late(rng),
        amid=war.id if draft.chance(0.3) else None,
        caused_by=war.id if draft.chance(0.3) else None,
        number=_number(draft) if draft.chance(0.1) else None,
        words=words,
    )
    if draft.chance(0.5):
        figures(draft, event, place)


def _number(draft: Draft) -> Record:
    number = draft.rng.randint(2, 9)
    words = draft.say("number", number=number)
    return {"vague": words, "words": words} if draft.chance(0.5) else {"about": number, "unit": "event", "words": words}


def figures(draft: Draft, event: str, place: Entity) -> None:
    """A count, a part of it, and a count that shares nothing with the part."""
    rng = draft.rng
    whole = rng.randint(20, 400)
    first, second = draft.local("dead"), draft.local("hurt")
    draft.add(
        "figures",
        id=first,
        **{rng.choice(("exactly", "at_least", "about")): whole},
        unit="death",
        counts=(words := draft.say("dead", number=whole, place=draft.name(place))),
        of=event,
        place=place.id,
        words=words,
        according_to=draft.other("outlets", draft.site).id if draft.chance(0.3) else None,
    )
    if draft.chance(0.5):
        part = rng.randint(1, 15)
        words = draft.say("hurt", number=part)
        how = rng.choice(("exactly", "at_least", "almost", "at_most"))
        draft.add(
            "figures", id=second, **{how: part}, unit="person", counts=words, subset_of=first, of=event, words=words
        )
        number = f"{rng.randint(1, 15)}.5"
        words = draft.say("others", number=number)
        draft.add(
            "figures",
            about=number,
            unit="person",
            counts=words,
            of=event,
            of_curated="The sentence goes on from the one before.",
            disjoint_from=second,
            may_overlap=first,
            words=words,
        )


def meeting(draft: Draft) -> None:
    """A meeting of two states, and how they stand to each other."""
    rng = draft.rng
    who = draft.draw("states")
    other, place = draft.other("states", who), draft.draw("cities")
    named = {"who": draft.name(who), "other": draft.name(other)}
    words = draft.say("meeting", place=draft.name(place), **named)
    draft.add(
        "events",
        kind=rng.choice(("meeting", "negotiation", "conference")),
        label=words,
        participants=[{"who": who.id, "role": "host"}, {"who": other.id, "role": "counterpart"}],
        place=place.id,
        when=dates.late(rng),
        topic=draft.draw("groups").id,
        words=words,
    )
    if draft.chance(0.5):
        words = draft.say("relation", **named)
        kind = rng.choice(("cooperation", "diplomatic-relations", "alliance", "strain", "normalization"))
        draft.add("relations", kind=kind, between=[who.id, other.id], start=dates.early(rng), words=words)
    if draft.chance(0.3):
        words = draft.say("way", **named)
        end = dates.late(rng) if draft.chance(0.5) else None
        draft.add("relations", kind="support", of=who.id, towards=other.id, described_as=words, end=end, words=words)


def recognition(draft: Draft) -> None:
    """A party that is recognized."""
    who, by = draft.draw("groups"), draft.draw("states")
    words = draft.say("recognized", by=draft.name(by), who=draft.name(who))
    kind = draft.rng.choice(("formal-recognition", "political-legitimacy", "diplomatic-relations"))
    draft.add("recognitions", of=who.id, by=by.id, kind=kind, start=dates.late(draft.rng), words=words)


def tenure(draft: Draft) -> None:
    """A person in a post, or in a role of an organization."""
    who = draft.draw("people")
    if draft.chance(0.6):
        words = draft.say("tenure", who=draft.name(who))
        start, end = dates.early(draft.rng), dates.late(draft.rng) if draft.chance(0.3) else None
        draft.add("tenures", person=who.id, post=draft.draw("posts").id, start=start, end=end, words=words)
        if draft.chance(0.15):
            member = draft.draw("parties").id
            draft.add("relations", kind="membership", of=who.id, towards=member, curated="Other reports say so.")
    else:
        words = draft.say("role", who=draft.name(who))
        draft.add("tenures", person=who.id, role=words, organization=draft.draw("parties").id, words=words)


def prosecution(draft: Draft) -> None:
    """People who are charged, counted and sentenced."""
    rng = draft.rng
    over, place, count = draft.draw("groups"), draft.draw("cities"), rng.randint(3, 60)
    words = draft.say("charged", number=count, who=draft.name(over))
    group = draft.add(
        "people",
        id=draft.local("charged"),
        group=True,
        role=words,
        number={"at_least": count, "unit": "person", "words": words},
        words=words,
    )
    figure = draft.add(
        "figures",
        id=draft.local("cases"),
        at_least=count,
        unit=rng.choice(("person", "person", "case")),
        counts=words,
        of=over.id,
        start="2016",
        end="2025",
        words=words,
    )
    years = f"{rng.randint(1, 24)}.5"
    jailed = draft.say("sentenced", number=years)
    length = {"at_most": years, "unit": "year", "words": jailed}
    draft.add(
        "prosecutions",
        of=group,
        by=place.state,
        charge=words,
        over=words,
        over_whom=over.id,
        outcome=["charged", "convicted"] if draft.chance(0.5) else "penalized",
        figure=figure,
        sentences=[{"kind": "imprisonment", "length": length, "served_in": draft.say("penal"), "words": jailed}],
        when=draft.last_day() if draft.chance(0.3) else None,
        place=place.id,
        words=words,
    )


def region(draft: Draft) -> None:
    """A place and a loose group that only this article speaks of."""
    place = draft.draw("cities")
    words = draft.say("region", place=draft.name(place))
    why = "The map shows it."
    draft.add(
        "places", id=draft.local("region"), kind="region", name=words, within=place.id, within_curated=why, words=words
    )
    words = draft.say("group", number=draft.rng.randint(2, 90), place=draft.name(place))
    draft.add(
        "organizations", id=draft.local("group"), kind="organization-group", name=words, state=place.state, words=words
    )
