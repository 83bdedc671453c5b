"""What a release holds, counted: the statistics of VoID (https://www.w3.org/TR/void/#statistics), and the canonical
hashes of its dataset and of its merged graph, in one walk over its lines in order. Memory does not grow with them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.release.canonical import Digest, Hashed, in_order
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import owl, skos
from onrecord.writers.parts.sorting import Rows

_LINKS = (owl.sameAs.plain, skos.closeMatch.plain)

_SEEN = 100_000
"""Objects that are remembered, so that they need not be sorted again."""


@dataclass
class Survey:
    """`dataset` and `merged` are the canonical hashes. Counts are of the merged graph: `entities` are subjects that
    have a class, `classes` subjects by class, `properties` triples by property, and `links` triples by the property
    that links to another dataset and where its addresses begin."""

    dataset: Hashed
    merged: Hashed
    subjects: int = 0
    objects: int = 0
    entities: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)


def survey(quads: Path, base: str) -> Survey:
    """Count what a release's N-Quads hold. `base` is where the dataset's own addresses begin. Raises OSError."""
    found = Survey(Hashed(0, ""), Hashed(0, ""))
    dataset, merged, own = Digest(), Digest(), f"<{base}"
    with quads.open(encoding="utf-8", newline="\n") as lines, Rows() as rows, Rows() as objects:
        objects.extend(_counted(in_order(lines, rows), dataset, merged, found, own))
        last = ""
        for o in objects:
            if o != last:
                found.objects, last = found.objects + 1, o
    found.dataset, found.merged = dataset.hashed(), merged.hashed()
    return found


def _counted(lines: Iterator[str], dataset: Digest, merged: Digest, found: Survey, own: str) -> Iterator[str]:
    """Count lines in order. Yields the objects of the triples, each at least once: the same ones come again and
    again."""
    last, typed = "", False
    seen = set[str]()
    for line in lines:
        dataset.add(line)
        triple = line[: line.rindex(" <")]
        if not merged.add(f"{triple} ."):
            continue
        s, p, o = triple.split(" ", 2)
        if s != last:
            last, typed = s, False
            found.subjects += 1
        found.properties[p] += 1
        if p == TYPE:
            found.classes[o] += 1
            found.entities += not typed
            typed = True
        elif p in _LINKS and not o.startswith(own):
            found.links[p, _space(o)] += 1
        if o not in seen:
            if len(seen) >= _SEEN:
                seen.clear()
            seen.add(o)
            yield o


def _space(term: str) -> str:
    """Where the addresses of another dataset begin, as far as one of them tells."""
    parts = urlsplit(term[1:-1])
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else f"{parts.scheme}:"
