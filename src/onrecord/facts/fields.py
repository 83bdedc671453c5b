"""Field types that several records share: references, words of the source, vague times, amounts, curation.

Every class is a `msgspec.Struct` that refuses unknown fields; what may be left out has a default. A field that takes
one value or several takes a plain value, or a list of them.
"""

import atexit
import gc
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

# msgspec (0.19 to 0.22) can crash the interpreter at its very end, when the last collection takes records apart:
# github.com/jcrist/msgspec/issues/717. What is frozen is not collected; by then nothing has to be.
atexit.register(gc.freeze)

SLUG_PATTERN = r"^[a-z0-9][a-z0-9-]{0,79}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
SHA256_PATTERN = r"^[0-9a-f]{64}$"
NUMBER_PATTERN = r"^[0-9]+(\.[0-9]+)?$"
IRI_PATTERN = r"^https?://[^\s<>\"{}|\\^`]+$"
ENTRY_PATTERN = r"^[a-z0-9][a-z0-9-]{0,79}/\S.{0,199}$"

Id = Annotated[
    str, Meta(pattern=SLUG_PATTERN, description="A short local name: small letters, digits and hyphens, at most 80.")
]
Ref = Annotated[
    str,
    Meta(
        pattern=SLUG_PATTERN,
        description="The id of something in this file or in the registry.",
        extra={"reference": True},
    ),
]
Text = Annotated[str, Meta(min_length=1, max_length=10_000)]
Language = Annotated[str, Meta(pattern=LANGUAGE_PATTERN, description="A BCP 47 language tag, such as en or ru-Latn.")]
Iri = Annotated[
    str,
    Meta(
        pattern=IRI_PATTERN,
        max_length=2_000,
        description="A web address: http:// or https://.",
        extra={"address": True},
    ),
]
EntryOf = Annotated[
    str,
    Meta(
        pattern=ENTRY_PATTERN,
        description="An entry of an official list: the list's id, a slash and the entry's reference: un-sc/TAi.002.",
        extra={"entry": True},
    ),
]
Reason = Annotated[
    Text, Meta(description="Why the curator holds this to be so, in a person's words.", extra={"reason": True})
]
Date = Annotated[
    str,
    Meta(
        min_length=4,
        max_length=40,
        description="A date as exact as the source has it, in EDTF: 2003, 2024-03, 2024-03-22, 2003~, 200X.",
        extra={"date": True},
    ),
]


class Record(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What all records have in common: an unknown field is refused."""


class Span(Record, kw_only=True):
    """Words of the source that stand in it more than once, pinned down by their neighbours."""

    exact: Annotated[Text, Meta(description="The words, exactly as in the text.")]
    before: Annotated[str, Meta(description="What stands directly before them, exactly as in the text.")] = ""
    after: Annotated[str, Meta(description="What stands directly after them, exactly as in the text.")] = ""


Words = Annotated[
    str | Span | list[str | Span],
    Meta(
        description="The exact words of the source that the fact rests on: as few as pin it down.",
        extra={"words": True},
    ),
]


class Curation(Record, kw_only=True):
    """Why a curator adds what the source does not say, and from where."""

    reason: Annotated[Text, Meta(description="Why the curator holds this to be so.")]
    source: Annotated[Iri | None, Meta(description="Where the curator saw it.")] = None


Curated = Annotated[
    str | Curation,
    Meta(
        description="Marks what a curator adds and the source does not say: the reason, or the reason and its source."
    ),
]


class CuratedDate(Curation, kw_only=True):
    """A date that the source does not give and a curator adds, with the reason."""

    date: Date | int | None = None
    earliest: Date | int | None = None
    latest: Date | int | None = None


class When(Record, kw_only=True):
    """A time, as vague as the source leaves it."""

    date: Annotated[Date | int | None, Meta(description="The date that the source gives, in EDTF.")] = None
    said: Annotated[Text | None, Meta(description="The source's own words for the time: on Thursday, last year.")] = (
        None
    )
    earliest: Annotated[Date | int | None, Meta(description="The earliest date that the source allows.")] = None
    latest: Annotated[Date | int | None, Meta(description="The latest date that the source allows.")] = None
    after: Annotated[Ref | None, Meta(description="An act or event that it came after, by the source's word.")] = None
    act: Annotated[Ref | None, Meta(description="The act that brought it about.")] = None
    act_curated: Annotated[Curated | None, Meta(description="Given when the act is a curator's reading.")] = None
    words: Words | None = None
    curated: Annotated[CuratedDate | None, Meta(description="A date that a curator adds.")] = None


Time = Annotated[
    str | int | When,
    Meta(description="A date in EDTF (2003, 2024-03), or an object that says more.", extra={"date": True}),
]


Number = (
    Annotated[str, Meta(pattern=NUMBER_PATTERN, max_length=40, description="A number in digits: 37, 12.5.")]
    | int
    | float
)


class Amount(Record, kw_only=True):
    """A number with its qualifier. Exactly one of the six first fields is given."""

    exactly: Annotated[Number | None, Meta(description="The number that the source gives without a qualifier.")] = None
    at_least: Annotated[Number | None, Meta(description="“At least 37”: 37.")] = None
    at_most: Annotated[Number | None, Meta(description="“Up to 12.5 years”: 12.5.")] = None
    about: Annotated[Number | None, Meta(description="“Approximately 20”: 20.")] = None
    almost: Annotated[Number | None, Meta(description="“Almost twenty years”: 20, and not quite reached.")] = None
    vague: Annotated[Text | None, Meta(description="A quantity that the source gives no number for: “numerous”.")] = (
        None
    )
    unit: Annotated[str | None, Meta(description="What the number measures.", extra={"scheme": "unit"})] = None
    words: Words | None = None


T = TypeVar("T")


def several(value: "T | list[T] | None") -> "list[T]":
    """The values of a field that takes one or several: always a list, empty for none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
