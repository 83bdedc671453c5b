"""What reading a file gives: typed records, findings, and where each value stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from onrecord.facts import constraints
from onrecord.facts.constraints import Value
from onrecord.facts.document import Document, Registry, Source
from onrecord.facts.faults import decode, kind, unknown_field
from onrecord.facts.fields import Curated, Record, Text
from onrecord.facts.marks import shapes_of
from onrecord.facts.references import Flaw
from onrecord.facts.survey import Survey
from onrecord.findings import Finding, Place, Pointer
from onrecord.readers.limits import Limits

Locate = Callable[[Pointer], Place]
Tree = dict[str, Value]
R = TypeVar("R", bound=Record)


class _Heading(Record):
    """The fields of a registry that are no lists of entities."""

    registry: Text = ""
    curated: Curated | None = None


@dataclass
class Read:
    """One document of a file.

    `document` is None where its `source` or `registry` cannot be read. `kept` tells, for each section, which of the
    file's records the document has. `locate` finds a value by its pointer into the file: of a field that is not there,
    the nearest thing around it. `lost` are the ids of the records that were left out, so that nobody reports references
    to them. `survey` is there where reading made one.
    """

    name: str
    document: Document | Registry | None = None
    kept: dict[str, list[int]] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    locate: Locate = field(default=lambda _: Place(""))
    lost: frozenset[str] = frozenset()
    survey: Survey | None = None


def broken(name: str, findings: Iterable[Finding]) -> Read:
    """The reading of a file that no document can be had from."""
    return Read(name, faults=list(findings), locate=lambda _: Place(name))


def interpret(
    name: str, tree: Tree, locate: Locate, limits: Limits, *, strict: bool, known: dict[Pointer, Finding] | None = None
) -> Read:
    """The document in a tree of values. `known` are the findings of the parser by their pointers; they stand for what
    decoding has to say of the same values. `strict` as in `onrecord.facts.faults.decode`."""
    known = known or {}
    count = sum(len(section) for section in tree.values() if isinstance(section, list))
    if count > limits.records:
        return broken(name, [*known.values(), limits.exceeded("records", Place(name), "the document", count)])
    whole = Read(name, locate=locate, faults=list(known.values()))
    if _take_whole(tree, whole, strict):
        return whole
    given = {*tree, *(pointer[0] for pointer in known if len(pointer) == 1)}
    kind_of_file = Registry if "registry" in given else Document
    if "source" in given or "registry" in given:
        flaws = _piece_by_piece(tree, kind_of_file, whole, strict)
    else:
        flaws = [
            Flaw(
                (),
                "no-source",
                "the file says neither `source` nor `registry`",
                "begin it with source: and what the source is",
            )
        ]
        flaws += _piece_by_piece({**tree, "source": None}, Document, whole, strict)
        flaws = [flaw for flaw in flaws if flaw.pointer != ("source",)]
    whole.faults += (_finding(flaw, locate) for flaw in flaws if not _explained(flaw, known))
    return whole


def _explained(flaw: Flaw, known: dict[Pointer, Finding]) -> bool:
    """Whether a finding of the parser stands for a flaw: about the same value, or the one that its record lacks."""
    if flaw.pointer in known:
        return True
    return flaw.code == "nothing-given" and any(pointer[:-1] == flaw.pointer for pointer in known)


def _finding(flaw: Flaw, locate: Locate) -> Finding:
    return Finding(locate(flaw.pointer), "violation", flaw.code, flaw.message, flaw.hint, broken=True)


def _take_whole(tree: Tree, read: Read, strict: bool) -> bool:
    """The usual case: nothing is wrong, and msgspec converts all at once."""
    try:
        if "registry" in tree:
            read.document = msgspec.convert(tree, Registry, strict=strict)
        else:
            read.document = msgspec.convert(tree, Document, strict=strict)
    except msgspec.ValidationError:
        return False
    if next(constraints.flaws(tree, type(read.document)), None) is not None:
        read.document = None
        return False
    read.kept = {name: list(range(len(section))) for name, section in tree.items() if isinstance(section, list)}
    return True


def _piece_by_piece(tree: Tree, record: type[Document | Registry], read: Read, strict: bool) -> list[Flaw]:
    """Take over every record that is right, and return what is wrong with the others."""
    shapes = shapes_of(record)
    flaws: list[Flaw] = []
    sections: dict[str, list[Record]] = {}
    lost: set[str] = set()
    for name, value in tree.items():
        shape = shapes.get(name)
        if shape is None:
            flaws.append(_unknown_section(name, record, tree))
        elif shape.items is not None and shape.items.records is not None:
            sections[name] = _section(name, value, shape.items.records, read, strict, flaws, lost)
    document, wrong = _head(tree, record, strict)
    read.lost = frozenset(lost)
    if document is not None:
        for name, made in sections.items():
            setattr(document, name, made)
        read.document = document
    return [*wrong, *flaws]


def _unknown_section(name: str, record: type[Document | Registry], tree: Tree) -> Flaw:
    other = Document if record is Registry else Registry
    if name in other.__struct_fields__ and record is Registry:
        return Flaw(
            (name,),
            "unknown-field",
            f"a registry has no `{name}`",
            "move it to a file of facts, which begins with source:",
        )
    return unknown_field(name, list(record.__struct_fields__), (name,), set(tree))


def _section(
    name: str, value: Value, record: type[Record], read: Read, strict: bool, flaws: list[Flaw], lost: set[str]
) -> list[Record]:
    if not isinstance(value, list):
        flaws.append(
            Flaw(
                (name,),
                "type",
                f"expected a list, but found {kind(value)}",
                "a section is a list of records, be it of one",
            )
        )
        return []
    made: list[Record] = []
    read.kept[name] = []
    for index, item in enumerate(value):
        one, wrong = decode(item, record, strict=strict, pointer=(name, index))
        flaws += wrong
        if one is not None:
            read.kept[name].append(index)
            made.append(one)
        elif isinstance(item, dict) and isinstance(item.get("id"), str):
            lost.add(str(item["id"]))
    return made


def _head(tree: Tree, record: type[Document | Registry], strict: bool) -> tuple[Document | Registry | None, list[Flaw]]:
    """A document without its sections: its source, or what the registry holds."""
    if record is Registry:
        heading, flaws = _as_far_as_right(
            {n: tree[n] for n in ("registry", "curated") if n in tree}, _Heading, strict, ()
        )
        return (Registry(registry=heading.registry, curated=heading.curated) if heading else None), flaws
    source, flaws = _as_far_as_right(tree.get("source"), Source, strict, ("source",))
    return (Document(source=source) if source else None), flaws


def _as_far_as_right(value: Value, record: type[R], strict: bool, pointer: Pointer) -> tuple[R | None, list[Flaw]]:
    """A record, if need be without its fields that are wrong: so the facts can be checked against the text even so."""
    made, flaws = decode(value, record, strict=strict, pointer=pointer)
    if made is None and isinstance(value, dict):
        wrong = {flaw.pointer[len(pointer)] for flaw in flaws if len(flaw.pointer) > len(pointer)}
        made, _ = decode({name: inner for name, inner in value.items() if name not in wrong}, record, strict=strict)
    return made, flaws
