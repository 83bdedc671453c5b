"""Entries of official lists: whom a list holds under which reference, and all that it says of them."""

from typing import Annotated

from msgspec import Meta

from onrecord.facts.fields import SHA256_PATTERN, Date, Language, Record, Ref, Text, Time, Words

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Part(Record, kw_only=True):
    """A further file of a source: OFAC's aliases and addresses lie beside its list."""

    name: Annotated[Text, Meta(description="The file's name, without folders.")]
    sha256: Annotated[str, Meta(pattern=SHA256_PATTERN, description="SHA-256 of its bytes.")]
    chars: Annotated[int, Meta(ge=0, description="Its length in Unicode code points.")]


class Snapshot(Record, kw_only=True):
    """What a source says of itself where it is an official list as it was on one day."""

    of: Annotated[Ref, Meta(description="The list.")]
    as_of: Annotated[str, Meta(pattern=_DAY, description="The day whose list it is: 2026-02-27.", extra={"date": True})]
    complete: Annotated[
        bool,
        Meta(description="Whether it has every entry of that day. Who is missing in a list that is not, may be on it."),
    ]
    designates: Annotated[
        str,
        Meta(extra={"scheme": "designation-kind"}, description="As what the list designates those who are on it."),
    ]
    parts: Annotated[list[Part], Meta(description="Further files that it came in.")] = []


class ListedName(Record, kw_only=True):
    """A further name of an entry: its kind and quality as the list gives them."""

    text: Text
    lang: Language | None = None
    kind: Annotated[str | None, Meta(extra={"scheme": "name-kind"}, description="What kind of name it is.")] = None
    quality: Annotated[
        str | None, Meta(extra={"scheme": "name-quality"}, description="How well it identifies, by the list's word.")
    ] = None
    note: Text | None = None


class Address(Record, kw_only=True):
    """An address, or a place of birth, as far as the list has its parts."""

    street: Text | None = None
    city: Text | None = None
    region: Text | None = None
    postcode: Text | None = None
    country: Annotated[Text | None, Meta(description="The country as the list writes it: a name, or a code.")] = None
    whole: Annotated[Text | None, Meta(description="The address in one piece, where the list has it so.")] = None
    note: Text | None = None


class IdentityPaper(Record, kw_only=True):
    """A document or number that identifies somebody: a passport, a tax number, a ship's number."""

    kind: Annotated[Text, Meta(description="What it is, in the list's words.")]
    number: Text | None = None
    country: Annotated[Text | None, Meta(description="Who issued it, as the list writes it.")] = None
    city: Text | None = None
    issued: Annotated[Text | None, Meta(description="When it was issued, as the list writes it.")] = None
    expires: Annotated[Text | None, Meta(description="When it expires, as the list writes it.")] = None
    note: Text | None = None


class Particular(Record, kw_only=True):
    """Something that a list says and that has no field of its own: what it is called there, and its value."""

    what: Text
    value: Text


class Entry(Record, kw_only=True):
    """One entry of an official list. All of it is the list's word."""

    reference: Annotated[
        str, Meta(min_length=1, max_length=200, description="What the list knows it by: TAi.002, an OFAC uid.")
    ]
    kind: Annotated[str, Meta(extra={"classes": "Designee"}, description="What is entered: person, organization …")]
    name: Annotated[Text, Meta(description="The name that the list puts first.")]
    names: list[ListedName] = []
    listed: Annotated[Time | None, Meta(description="When it was entered, by the list's word.")] = None
    delisted: Annotated[Time | None, Meta(description="When it was taken off, by the list's word.")] = None
    programmes: Annotated[list[Text], Meta(description="Its programmes, regimes or parts of the list.")] = []
    legal_basis: Annotated[list[Text], Meta(description="The acts that it rests on, as the list names them.")] = []
    updated: Annotated[list[Date], Meta(description="When the list changed the entry.")] = []
    births: Annotated[list[Time], Meta(description="Dates of birth: 1963, 1963~ (about), 1968/1973 (between).")] = []
    birth_places: list[Address] = []
    nationalities: list[Text] = []
    citizenships: list[Text] = []
    gender: Text | None = None
    titles: Annotated[list[Text], Meta(description="Titles before the name: Mullah, Dr.")] = []
    positions: Annotated[list[Text], Meta(description="Posts and roles, in the list's words.")] = []
    addresses: list[Address] = []
    papers: list[IdentityPaper] = []
    remarks: Annotated[list[Text], Meta(description="The list's own comments.")] = []
    particulars: list[Particular] = []
    words: Words | None = None
