"""A whole file: one source with its facts, or a part of the registry of shared entities."""

from typing import Annotated

from msgspec import Meta

from onrecord.facts.entities import DesignationList, Mention, Organization, Person, Place, Post, Tenure
from onrecord.facts.fields import SHA256_PATTERN, Curated, Id, Iri, Language, Record, Ref, Text, Time
from onrecord.facts.listings import Entry, Snapshot
from onrecord.facts.records import Act, Designation, Event, Figure, Prosecution, Recognition, Relation, Statement


class Body(Record, kw_only=True):
    """Where the text proper begins and ends. What lies outside (headlines, cookie notices) is not evidence."""

    starts: Annotated[Text, Meta(description="The first words of the text proper.")]
    ends: Annotated[Text, Meta(description="The last words of the text proper.")]


class TextFile(Record, kw_only=True):
    """The text of a source: by its path, where it may be kept beside the facts, or by its SHA-256 and length alone."""

    path: Annotated[str, Meta(description="The text's file, relative to this one.", max_length=1_000)] | None = None
    sha256: Annotated[str, Meta(pattern=SHA256_PATTERN, description="SHA-256 of the text's bytes.")] | None = None
    chars: Annotated[int, Meta(ge=0, description="The text's length in Unicode code points.")] | None = None
    body: Body | None = None


class Source(Record, kw_only=True):
    """The article or other text that the facts come from."""

    id: Annotated[Id | None, Meta(description="Left out: the file's name.")] = None
    kind: Annotated[str, Meta(extra={"classes": "Source"}, description="What kind of source it is.")]
    title: Text
    site: Annotated[Ref, Meta(description="The news outlet that published it.")]
    url: Iri | None = None
    language: Language = "en"
    published: Annotated[Time | None, Meta(description="When it was published, as far as known.")] = None
    text: TextFile
    snapshot: Annotated[
        Snapshot | None, Meta(description="Given where the source is an official list as of a day.")
    ] = None


class Document(Record, kw_only=True):
    """A file of facts: one source and what it says."""

    source: Source
    mentions: list[Mention] = []
    organizations: list[Organization] = []
    people: list[Person] = []
    places: list[Place] = []
    posts: list[Post] = []
    lists: list[DesignationList] = []
    tenures: list[Tenure] = []
    designations: list[Designation] = []
    acts: list[Act] = []
    recognitions: list[Recognition] = []
    events: list[Event] = []
    relations: list[Relation] = []
    statements: list[Statement] = []
    figures: list[Figure] = []
    prosecutions: list[Prosecution] = []
    entries: Annotated[list[Entry], Meta(description="The entries of an official list.")] = []


class Registry(Record, kw_only=True):
    """A file of the registry: entities that several sources speak of. Its word is a curator's."""

    registry: Annotated[Text, Meta(description="What this part of the registry holds, in a few words.")]
    curated: Annotated[
        Curated | None, Meta(description="Why the curator holds all of it to be so, where it is no source's word.")
    ] = None
    organizations: list[Organization] = []
    people: list[Person] = []
    places: list[Place] = []
    posts: list[Post] = []
    lists: list[DesignationList] = []
    events: list[Event] = []
