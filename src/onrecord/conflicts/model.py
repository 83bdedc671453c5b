"""A conflict: facts that cannot all be so. Nodes are N-Triples terms (`<…>`)."""

from typing import Literal, NamedTuple

Kind = Literal["interval", "figure", "date", "role"]
"""What facts contradict each other about (the scheme conflict-kind)."""


class Side(NamedTuple):
    """One of the facts that contradict each other, and the source that has it."""

    node: str
    source: str


class Conflict(NamedTuple):
    """Facts that cannot all be so: of what kind, about whom or what, told in one sentence that takes no side.

    A fact that contradicts itself is the only side. `curated` tells that the contradiction needs a curator's word.
    """

    kind: Kind
    about: tuple[str, ...]
    sentence: str
    sides: tuple[Side, ...]
    curated: bool = False
