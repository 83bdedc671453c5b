"""Whether every id stands for one thing, and every reference for something."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.facts.document import Document, Registry
from onrecord.facts.walk import marked
from onrecord.findings import Pointer

_UPWARDS = (("places", "within"), ("organizations", "part_of"), ("figures", "subset_of"), ("events", "part_of"))


@dataclass(frozen=True)
class Flaw:
    """Something wrong at a pointer of a document; the caller, who knows the file, makes a finding of it."""

    pointer: Pointer
    code: str
    message: str
    hint: str = ""
    severity: str = "violation"


def given_ids(document: Document | Registry) -> Iterator[tuple[str, Pointer]]:
    """Every id that a document gives, with the place of the record that has it."""
    for section in document.__struct_fields__:
        records = getattr(document, section)
        if isinstance(records, list):
            for index, record in enumerate(records):
                name = getattr(record, "id", None)
                if name:
                    yield name, (section, index, "id")


def flaws(
    document: Document | Registry, shared: Mapping[str, str], lost: frozenset[str] = frozenset()
) -> Iterator[Flaw]:
    """Ids that are given twice, and references to nothing.

    `shared` are the ids of the registry, each with the file that gives it; `lost` those of records that could not be
    read, to which a reference is no second flaw.
    """
    own: dict[str, Pointer] = {}
    for name, pointer in given_ids(document):
        if name in own:
            yield Flaw(pointer, "id-twice", f"two facts have the id {name}", "give one of them another id")
        elif isinstance(document, Document) and name in shared:
            yield Flaw(
                pointer,
                "id-in-registry",
                f"the id {name} is the registry's ({shared[name]})",
                "choose another id, or refer to the registry's",
            )
        own.setdefault(name, pointer)
    for pointer, mark, value in marked(document):
        if (
            mark == "reference"
            and isinstance(value, str)
            and value not in own
            and value not in shared
            and value not in lost
        ):
            near = difflib.get_close_matches(value, [*own, *shared], 1, 0.6)
            hint = f"did you mean {near[0]}?" if near else "add it to this file or to the registry"
            yield Flaw(pointer, "unknown-reference", f"nothing has the id {value}", hint)
    yield from _circles(document)


def list_of(entry: str) -> str:
    """The id of the list in the name of an entry: `un-sc` of `un-sc/TAi.002`."""
    return entry.partition("/")[0]


def flaws_of_entries(document: Document | Registry, known: list[str]) -> Iterator[Flaw]:
    """Links to entries of what is no list of the registry, whose lists are `known`."""
    for pointer, mark, value in marked(document):
        if mark == "entry" and isinstance(value, str) and (name := list_of(value)) not in known:
            near = difflib.get_close_matches(name, known, 1, 0.6)
            some = f"its lists are {', '.join(known)}" if known else "it has none: add the list to it"
            hint = f"did you mean {near[0]}?" if near else some
            yield Flaw(pointer, "unknown-list", f"the registry has no list {name}", hint)


def has_circles(document: Document | Registry) -> bool:
    """Whether anything lies within itself."""
    return next(_circles(document), None) is not None


def _circles(document: Document | Registry) -> Iterator[Flaw]:
    """Places within themselves, organizations that are parts of themselves, figures that are subsets of themselves.

    A circle is one flaw, however many records it leads through.
    """
    known: set[str] = set()
    for section, field in _UPWARDS:
        records = getattr(document, section, ())
        upwards = {record.id: getattr(record, field) for record in records if record.id}
        for index, record in enumerate(records):
            path, at = [record.id], getattr(record, field)
            while at in upwards and at not in path:
                path.append(at)
                at = upwards[at]
            if record.id and at == record.id and record.id not in known:
                known.update(path)
                circle = " → ".join([*map(str, path), at])
                message = f"{record.id} lies within itself: {circle}"
                yield Flaw((section, index, field), "circle", message, "break the circle")
