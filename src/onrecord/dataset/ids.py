"""Whether every source of a dataset has an id of its own: it names the source's graphs."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from onrecord.findings import Finding, Place


class Claim(NamedTuple):
    """A document that goes by an id: its own (`named`), or its file's name. `place` is where that stands."""

    source: str
    file: str
    named: bool
    place: Callable[[], Place]


def conflicts(claims: Sequence[Claim]) -> Iterator[Finding]:
    """Two sources with one id would write into one graph; and a file's name can stand for one source only."""
    first: dict[str, Claim] = {}
    of_file = Counter(claim.file for claim in claims)
    for claim in claims:
        before = first.setdefault(claim.source, claim)
        if not claim.named and of_file[claim.file] > 1:
            message = "`id` is missing: the file has several sources, and its name can stand for one only"
            yield Finding(claim.place(), "violation", "missing", message, "give each source an id", broken=True)
        elif before is not claim:
            message = f"two sources have the id {claim.source}: this one and the one in {before.file}"
            part = claim.source.startswith("registry-") and claim.file == before.file
            hint = "make one of the two parts of the registry" if part else "give one of them an id of its own"
            yield Finding(claim.place(), "violation", "id-twice", message, hint)
