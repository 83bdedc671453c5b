"""What one source contributes to conflicts: found in its triples, small enough to be kept and put together with those
of all others. What propositions hold is not among it: nobody has asserted that."""

from decimal import Decimal
from typing import NamedTuple

import msgspec

from onrecord.history import Bounds


class Figure(NamedTuple):
    """How many: what is counted (`counts`, in the source's words), of what, where, in which unit and time.

    `period` are its beginning and end, None where it has none. `related` are figures of the same source of which it is
    said how they stand to it: those count something else.
    """

    node: str
    of: tuple[str, ...]
    place: str | None
    unit: str | None
    counts: str
    qualifier: str
    number: Decimal
    period: tuple[Bounds | None, Bounds | None]
    related: tuple[str, ...]
    curated: bool


class Tenure(NamedTuple):
    """That a person holds a post. `known` tells that it is one person with a name; None where others have to say so."""

    node: str
    post: str
    person: str
    start: Bounds | None
    end: Bounds | None
    known: bool | None
    curated: bool


class Death(NamedTuple):
    """When somebody died. `known` as of a tenure."""

    node: str
    person: str
    when: Bounds
    known: bool | None
    curated: bool


class Part(NamedTuple):
    """Who takes part in an event, and as what (the last part of the concept's address)."""

    party: str
    role: str
    curated: bool


class Happening(NamedTuple):
    """One event or act: when it happened, and who took part. `series` tells that it stands for several."""

    node: str
    label: str
    when: Bounds
    parts: tuple[Part, ...]
    series: bool
    curated: bool


class Order(NamedTuple):
    """That something came after something else. `before_when` is None where another source has to say when that was."""

    node: str
    when: Bounds
    before: str
    before_when: Bounds | None
    curated: bool


class Voiced(msgspec.Struct, array_like=True, frozen=True):
    """What one source says that others, or itself, may contradict. `published` is when, by its own word.

    `happenings` are just those that contradict themselves; others matter only to who holds them to be one with others.
    """

    source: str
    site: str | None = None
    published: Bounds = Bounds()
    figures: tuple[Figure, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    deaths: tuple[Death, ...] = ()
    orders: tuple[Order, ...] = ()
    happenings: tuple[Happening, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing that could be contradicted."""
        return not (self.figures or self.tenures or self.deaths or self.orders or self.happenings)


_PACK = msgspec.msgpack.Encoder()
_UNPACK = msgspec.msgpack.Decoder(Voiced)


def packed(voiced: Voiced) -> bytes:
    """What a source says, as bytes."""
    return _PACK.encode(voiced)


def unpacked(data: bytes) -> Voiced:
    """What a source says, from its bytes."""
    return _UNPACK.decode(data)
