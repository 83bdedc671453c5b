"""What a comparison tells, as one value: every way of writing it has the same content. JSON: docs/schema/diff.json."""

from itertools import groupby

import msgspec

FORMAT = 1
"""The version of the form of this value as JSON."""


class Told(msgspec.Struct, kw_only=True):
    """A release, file or revision that was compared."""

    given: str
    kind: str
    sha256: str | None = None
    commit: str | None = None


class Item(msgspec.Struct, kw_only=True):
    """One thing that differs, in words. `how` and `what` are what it is counted as: "ended", "designation".

    `claimed`: it is a claim by a party concerned, and not on record. `curated`: what differs is said by curators, and
    not by a source.
    """

    how: str
    what: str
    id: str
    text: str
    claimed: bool = False
    curated: bool = False
    why: str = ""
    source: str = ""
    chain: list[str] = []
    words: list[str] = []
    was: list[str] = []
    became: list[str] = []


class Count(msgspec.Struct, kw_only=True):
    """How many things differ in one way."""

    how: str
    what: str
    number: int


class Group(msgspec.Struct, kw_only=True):
    """What has one cause: world, source, curation; follows: what follows from all sources together; unknown: where the
    cause cannot be told. `left_out`: how many of those counted are not among the items."""

    cause: str
    counts: list[Count]
    items: list[Item]
    left_out: int = 0


class Triples(msgspec.Struct, kw_only=True):
    """Triples of one kind of graph ("" without named graphs) and property that only one of both has."""

    graph: str
    property: str
    removed: int
    added: int


class Line(msgspec.Struct, kw_only=True):
    """A triple that only A (op D: deleted) or only B has (A: added), as a line of N-Quads without its end."""

    op: str
    quad: str


class Report(msgspec.Struct, kw_only=True):
    """The whole comparison. `lines` is None where they were not asked for."""

    format: int = FORMAT
    before: Told
    now: Told
    same: bool
    notes: list[str]
    groups: list[Group]
    removed: int
    added: int
    triples: list[Triples]
    lines: list[Line] | None = None


ORDER = (
    *("added", "ended", "end taken back", "began earlier", "began later", "start changed", "end changed"),
    *("came onto the list", "left the list", "put on another list", "list named", "changed", "removed"),
)
"""How things differ, in the order in which it is told."""
KINDS = (
    *("designation", "claimed designation", "list entry", "list", "status", "conflict", "act", "recognition"),
    *("event", "statement", "relation", "prosecution", "figure", "tenure", "link", "name", "source"),
)
"""What differs, in the order in which it is told; what is not here comes after them, by its name."""
FOLLOWING = ("status", "conflict")
"""What is no fact of the dataset, but follows from its facts."""
CAUSES = {
    "world": "What the world brought: new sources, and new snapshots of lists",
    "source": "What a source changed: its text is another one",
    "curation": "What our curation changed",
    "unknown": "What changed (who changed it cannot be told without named graphs)",
    "follows": "What follows from all sources together",
}
"""The causes in their order, with the words for each."""


def place(how: str, what: str) -> tuple[int, str, int]:
    """Where something stands in the order of what is told."""
    kind = KINDS.index(what) if what in KINDS else len(KINDS)
    return kind, what, ORDER.index(how) if how in ORDER else len(ORDER)


def counted(counts: list[Count]) -> str:
    """Counts in words: 2 designations added, 1 ended; 1 act added."""
    told = []
    for what, found in groupby(counts, lambda count: count.what):
        first, *more = found
        name = what if first.number == 1 else _plural(what)
        parts = [f"{first.number:,} {name} {_way(first)}", *(f"{each.number:,} {_way(each)}" for each in more)]
        told.append(", ".join(parts))
    return "; ".join(told)


def _way(count: Count) -> str:
    return "no longer in the dataset" if count.how == "removed" and count.what not in FOLLOWING else count.how


def _plural(name: str) -> str:
    if name == "person":
        return "people"
    if name.endswith("y"):
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(("s", "ch")) else f"{name}s"


def way(item: Item) -> str:
    """How something differs, in full: what is in the dataset no more has not ended for that."""
    if item.how == "removed" and item.what not in FOLLOWING:
        return "not in the dataset any more, which says nothing of the world"
    return item.how


def differently(item: Item) -> list[tuple[str, list[str]]]:
    """What was said and what is said now, where the item's own words do not tell it."""
    return [("was", item.was), ("now", item.became)] if item.how == "changed" or item.what == "name" else []


def schema() -> bytes:
    """The JSON Schema of a report (2020-12), as docs/schema/diff.json holds it."""
    made = msgspec.json.schema(Report)
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What differs between two datasets (kg diff --format json)",
        **made,
    }
    return msgspec.json.format(msgspec.json.encode(whole)) + b"\n"
