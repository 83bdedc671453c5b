"""Who and what the facts are about: organizations, persons, posts, places, lists, and how a source names them."""

from typing import Annotated

from msgspec import Meta

from onrecord.facts.fields import (
    Amount,
    Curated,
    EntryOf,
    Id,
    Iri,
    Language,
    Reason,
    Record,
    Ref,
    Text,
    Time,
    Words,
)


class Name(Record, kw_only=True):
    """A form of a name, with its language."""

    text: Text
    lang: Language | None = None
    curated: Curated | None = None


class Link(Record, kw_only=True):
    """What a curator says of two things: this one, and one of another dataset (`iri`) or of an official list
    (`entry`)."""

    iri: Iri | None = None
    entry: EntryOf | None = None
    reason: Reason
    source: Annotated[Iri | None, Meta(description="Where the curator saw it.")] = None


class SameAs(Link, kw_only=True):
    """An identity link, always a curator's word."""

    exact: Annotated[bool, Meta(description="Whether it is the same thing (true) or just a close match (false).")] = (
        False
    )


class NotSameAs(Link, kw_only=True):
    """That this is not the thing there, although somebody might take it for that: always a curator's word."""


class Entity(Record, kw_only=True):
    """What organizations, persons, places, posts and lists have in common."""

    id: Id
    name: Annotated[
        str | Name | None, Meta(description="The name to show, in the dataset's language unless it says another.")
    ] = None
    other_names: Annotated[list[str | Name], Meta(description="Further forms of the name.")] = []
    same_as: Annotated[list[SameAs], Meta(description="Links to other datasets and to entries of lists.")] = []
    not_same_as: Annotated[list[NotSameAs], Meta(description="With what this must not be confused.")] = []
    words: Words | None = None
    according_to: Annotated[
        Ref | list[Ref] | None,
        Meta(description="On whose word the source says it: nearest first, down to the first speaker."),
    ] = None
    curated: Curated | None = None


class Organization(Entity, kw_only=True):
    """A state, court, ministry, armed group, party, foundation, news outlet, platform, forum …"""

    kind: Annotated[str, Meta(description="What kind of organization it is.", extra={"classes": "Organization"})]
    code: (
        Annotated[
            str,
            Meta(
                pattern=r"^[A-Z]{2}$", description="A state's ISO 3166-1 alpha-2 code; UN or EU of a body that lists."
            ),
        ]
        | None
    ) = None
    part_of: Annotated[Ref | None, Meta(description="The larger organization that it belongs to.")] = None
    state: Annotated[Ref | None, Meta(description="The state that it belongs to or works in.")] = None
    state_curated: Annotated[Curated | None, Meta(description="Given when the state is a curator's addition.")] = None
    described_as: Annotated[str | None, Meta(description="How the source describes it, in its own words.")] = None


class Person(Entity, kw_only=True):
    """A person: named, or unnamed and known by role only, or anonymous with the reason. Or a group of persons."""

    role: Annotated[
        str | None, Meta(description="The role that an unnamed person is known by, in the source's words.")
    ] = None
    anonymous: Annotated[str | None, Meta(description="Why the person is not named, in the source's words.")] = None
    group: Annotated[bool, Meta(description="Whether this is a group of persons.")] = False
    number: Annotated[Amount | None, Meta(description="How many persons the group has.")] = None
    member_of: Annotated[
        Ref | list[Ref] | None, Meta(description="A larger group that the person or group is a part of.")
    ] = None


class Place(Entity, kw_only=True):
    """A city, region or country that is not itself an actor. A state is an organization of kind state."""

    kind: Annotated[str, Meta(description="What kind of place it is.", extra={"scheme": "place-kind"})]
    within: Annotated[Ref | None, Meta(description="The place or state that it lies in.")] = None
    within_curated: Curated | None = None


class Post(Entity, kw_only=True):
    """An office that persons hold one after the other: Foreign Minister of Russia."""

    organization: Ref


class DesignationList(Entity, kw_only=True):
    """An official list on which organizations or persons are put: of terrorists, of extremists, of sanctioned
    parties."""

    kind: Annotated[str, Meta(description="What being on it designates.", extra={"scheme": "designation-kind"})]
    jurisdiction: Ref | None = None
    authority: Annotated[Ref | None, Meta(description="Who keeps the list.")] = None


class Mention(Record, kw_only=True):
    """How the source names or describes somebody or something."""

    of: Ref
    form: Annotated[str | None, Meta(description="The form of the name, exactly as the source writes it.")] = None
    described_as: Annotated[str | None, Meta(description="The source's own description.")] = None
    words: Words | None = None
    according_to: Ref | list[Ref] | None = None
    curated: Annotated[
        Curated | None, Meta(description="Given when a curator reads a name (“Moscow”) as this party.")
    ] = None


class Tenure(Record, kw_only=True):
    """A person in a post or in a role of an organization."""

    id: Id | None = None
    person: Ref
    post: Ref | None = None
    role: Annotated[
        str | None, Meta(description="The role in the source's words, where it is no post of the registry.")
    ] = None
    organization: Ref | None = None
    start: Time | None = None
    end: Time | None = None
    words: Words | None = None
    according_to: Ref | list[Ref] | None = None
    curated: Curated | None = None
