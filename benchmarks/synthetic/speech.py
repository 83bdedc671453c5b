"""Scenes in which somebody speaks: every mode of statements, and every kind of content."""

from collections.abc import Callable

from synthetic import dates
from synthetic.draft import Draft
from synthetic.scenes import ORGANIZATION_KINDS
from synthetic.world import Entity, Record


def _speaker(draft: Draft) -> tuple[str, str]:
    """Who speaks, by id and name: a person of the registry, or an official who stays unnamed."""
    if draft.chance(0.75):
        who = draft.draw("people")
        return who.id, draft.name(who)
    state = draft.draw("states")
    role = draft.say("official", who=draft.name(state))
    why = draft.say("anonymous", who=draft.name(state)) if draft.chance(0.7) else None
    made = draft.add("people", id=draft.local("official"), role=role, anonymous=why, words=[role, why] if why else role)
    return made, role


def _way(draft: Draft) -> Record:
    """Through whom, where and to whom the words were said."""
    kind = draft.rng.random()
    if kind < 0.4:
        return {}
    if kind < 0.7:
        outlet = draft.other("outlets", draft.site).id
        return {"via": outlet, "to": outlet, "venue": "interview"}
    if kind < 0.9:
        platform = draft.draw("platforms").id
        return {"via": platform, "medium": platform, "venue": "post"}
    return {"to": draft.draw("states").id, "venue": "official-statement", "when": draft.last_day()}


def assertion(draft: Draft) -> None:
    """A quotation that asserts: a designation (of others or of the speaker), a relation, or plain words."""
    speaker, name = _speaker(draft)
    about, other = draft.draw("groups"), draft.draw("states")
    words = draft.say("says", who=name, other=draft.name(other))
    held: Record
    kind = draft.rng.random()
    if kind < 0.3:
        held = {
            "designation": {
                "subject": about.id,
                "kind": draft.rng.choice(ORGANIZATION_KINDS),
                "start": dates.early(draft.rng),
            }
        }
    elif kind < 0.4:
        held = {"designation": {"subject": speaker, "kind": "terrorist-party", "called": words}}
    elif kind < 0.7:
        held = {"relation": {"kind": "cooperation", "between": [about.id, other.id], "described_as": words}}
    else:
        held = {"text": words, "about": [about.id, other.id]}
    first = draft.add(
        "statements",
        id=draft.local("statement"),
        speaker=speaker,
        mode=draft.rng.choice(("direct", "partial")),
        attitude=draft.rng.choice((None, "welcomes", "opposes", ["urges", "approves"])),
        about=about.id,
        quote=draft.quote(about),
        asserts=[{**held, "words": words}],
        words=words,
        **_way(draft),
    )
    if draft.chance(0.3):
        words = draft.say("adds", who=name)
        text = {"text": words, "words": words}
        draft.add(
            "statements", speaker=speaker, mode="paraphrase", about=other.id, follows=first, asserts=[text], words=words
        )


def denial(draft: Draft) -> None:
    """A denied recognition: what an act is said not to mean."""
    speaker, name = _speaker(draft)
    about, by = draft.draw("groups"), draft.draw("states")
    words = draft.say("denies", who=draft.name(about))
    draft.add(
        "statements",
        speaker=speaker,
        mode="paraphrase",
        about=about.id,
        denies=[
            {
                "recognition": {"of": about.id, "by": by.id, "kind": "political-legitimacy"},
                "reading_of": draft.draw("wars").id,
                "words": words,
            }
        ],
        words=draft.say("adds", who=name),
        **_way(draft),
    )


def question(draft: Draft) -> None:
    """A question, a prediction or a speculation: it asserts nothing."""
    pick: Callable[[Draft, str, str], None] = draft.rng.choice((_asks, _predicts, _supposes))
    speaker, name = _speaker(draft)
    pick(draft, speaker, name)


def _asks(draft: Draft, speaker: str, name: str) -> None:
    words = draft.say("asks", who=name)
    about = draft.draw("groups")
    said = {"speaker": draft.draw("people").id, "mode": "paraphrase", "about": about.id}
    draft.add(
        "statements",
        speaker=speaker,
        mode=["direct", "question"],
        attitude="wonders",
        about=about.id,
        quote=draft.quote(about),
        asks=[{"statement": said, "words": words}, {"text": words, "about": about.id}],
        words=words,
        **_way(draft),
    )


def _predicts(draft: Draft, speaker: str, name: str) -> None:
    words = draft.say("expects", who=name)
    who: Entity = draft.draw("states")
    place = draft.draw("cities")
    event = {"kind": "meeting", "participants": [who.id], "place": place.id, "when": dates.late(draft.rng)}
    predicts = [{"event": event, "words": words}]
    draft.add("statements", speaker=speaker, mode=["paraphrase", "prediction"], predicts=predicts, words=words)


def _supposes(draft: Draft, speaker: str, name: str) -> None:
    who, by = draft.draw("groups"), draft.draw("states")
    words = draft.say("supposes", who=draft.name(who))
    relation = {"kind": "engagement", "of": by.id, "towards": who.id}
    own = draft.chance(0.5)
    draft.add(
        "statements",
        speaker=draft.site.id if own else speaker,
        mode=["own-voice" if own else "paraphrase", "speculation"],
        attitude="uncertain",
        supposes=[{"relation": relation, "words": words}],
        words=words,
    )
