"""Index pages: everything by kind, by whose list it is on, by source; in alphabetical order, some hundred to a page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.documents import KINDS, Document
from onrecord.documents.document import Tree, Value
from onrecord.matching.normal import words
from onrecord.site import telling

PAGE = 250
"""Rows to a page."""
_OTHER_NAMES = 2
_TIMES = ("when", "published", "asOf")
"""The keys of when something happened, or was published."""
_INNER = (
    ("statusIn", "jurisdiction"),
    ("jurisdiction", "jurisdiction"),
    ("statusOn", "list"),
    ("onList", "list"),
    ("wasDerivedFrom", "source"),
)


class Row(NamedTuple):
    """A line of an index: sorted by `key`, in the group of `letter`."""

    letter: str
    key: str
    iri: str
    label: str
    note: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of an index. `letters` are the groups on it with their rows; `jumps` lead to a letter on its page."""

    path: str
    title: str
    kicker: str
    about: str
    of: int
    number: int
    parts: tuple[str, ...]
    letters: tuple[tuple[str, tuple[Row, ...]], ...]
    jumps: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Indexes:
    """What belongs on index pages, gathered from the documents."""

    kinds: dict[str, list[Row]] = field(default_factory=dict)
    places: dict[str, dict[str, Row]] = field(default_factory=dict)
    """By the address of a jurisdiction, a list or a source: the rows of what belongs to it."""
    roles: dict[str, set[str]] = field(default_factory=dict)
    """Which addresses are jurisdictions, lists and sources."""
    spoken: dict[str, dict[str, Row]] = field(default_factory=dict)
    """By the address of somebody: the rows of their statements."""
    there: dict[str, dict[str, Row]] = field(default_factory=dict)
    """By the address of a place: the rows of what happened there."""
    years: dict[str, dict[str, Row]] = field(default_factory=dict)
    """By a year: the rows of what is dated to it."""

    def add(self, document: Document) -> str:
        """Take a document in. Returns what tells it from others of its name."""
        row = _row(document)
        self.kinds.setdefault(document.kind.name, []).append(row)
        if document.kind.nested:
            return row.note
        for role, iri in dict.fromkeys(_belonging(document.tree)):
            if iri != row.iri:
                self.roles.setdefault(role, set()).add(iri)
                self.places.setdefault(iri, {})[row.iri] = row
        self._add_beside(document.tree, row)
        return row.note

    def _add_beside(self, tree: Tree, row: Row) -> None:
        for key, held in (("speaker", self.spoken), ("hasPlace", self.there)):
            for each in telling.trees(tree.get(key)):
                held.setdefault(telling.text(each["id"]), {})[row.iri] = row
        year, is_curated = _year(tree)
        if year:
            told = row._replace(note=", ".join(filter(None, (row.note, "date by curators")))) if is_curated else row
            self.years.setdefault(year, {})[row.iri] = told


def split(rows: Iterable[Row], path: str, title: str, kicker: str, about: str) -> Iterator[Part]:
    """The pages of an index at `path`, a path from the folder of the site without its ending."""
    ordered = sorted(rows, key=lambda row: (row.letter == "#", row.letter, row.key, row.label, row.iri))
    pieces = [ordered[start : start + PAGE] for start in range(0, len(ordered), PAGE)] or [[]]
    paths = tuple(f"{path}.html" if number == 0 else f"{path}/page-{number + 1}.html" for number in range(len(pieces)))
    jumps: dict[str, str] = {}
    for piece, page in zip(pieces, paths, strict=True):
        for row in piece:
            jumps.setdefault(row.letter, f"{page}#{_id(row.letter)}")
    for number, piece in enumerate(pieces):
        letters = tuple((letter, tuple(held)) for letter, held in _grouped(piece))
        yield Part(
            paths[number], title, kicker, about, len(ordered), number + 1, paths, letters, tuple(sorted(jumps.items()))
        )


def _grouped(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.letter, []).append(row)
    yield from found.items()


def _id(letter: str) -> str:
    return "other" if letter == "#" else f"letter-{letter.lower()}"


def _row(document: Document) -> Row:
    tree, label = document.tree, document.label
    folded = " ".join(words(label[:200]))
    first = folded[:1].upper()
    names = [
        (text, language)
        for language, texts in _named(tree)
        for text in map(telling.text, telling.items(texts))
        if not text.isascii() and text != label
    ]
    return Row(
        first if "A" <= first <= "Z" else "#",
        folded,
        document.node[1:-1],
        label,
        _note(document),
        tuple(names[:_OTHER_NAMES]),
    )


def _named(tree: Tree) -> Iterator[tuple[str, Value]]:
    for key in ("labels", "altLabel"):
        held = tree.get(key)
        if isinstance(held, dict):
            yield from held.items()


def _note(document: Document) -> str:
    """What tells a row from those of the same name."""
    tree, name = document.tree, document.kind.name
    types = [telling.words(telling.text(kind)) for kind in telling.items(tree.get("type"))]
    kind = KINDS[name].title.lower()
    told = [each for each in types if each != name]
    if name == "entry":
        told += [telling.text(tree.get("listReference"))]
    elif name == "designation":
        told = [telling.words(telling.text(tree.get("withStatus"))), telling.text(tree.get("onList"))]
    elif name in ("act", "event", "relation", "recognition", "place", "conflict", "list"):
        told = [telling.words(telling.text(tree.get("kind"))) or kind]
    elif name == "source":
        told = [*types, telling.text(tree.get("asOf"))]
    return ", ".join(filter(None, told))


def _year(tree: Tree) -> tuple[str, bool]:
    """The one year that a document is dated to, and whether curators date it; "" where it may be of several."""
    for key in _TIMES:
        held = tree.get(key)
        time: Tree = held if isinstance(held, dict) else {"earliest": held, "latest": held} if held else {}
        first, last = (telling.text(time.get(bound))[:4] for bound in ("earliest", "latest"))
        is_sure = not telling.text(time.get("edtf")).endswith(("~", "?", "%"))
        if first == last and first.isdecimal() and is_sure:
            return first, telling.is_curated_time(time)
    return "", False


def _belonging(tree: Tree) -> Iterator[tuple[str, str]]:
    """What a document belongs to: jurisdictions and lists by its designations and entries, the sources it is from."""
    for key, role in (("entryOf", "list"), ("onList", "list"), ("jurisdiction", "jurisdiction")):
        yield from ((role, telling.text(each["id"])) for each in telling.trees(tree.get(key)))
    for key in ("statusPeriods", "designations"):
        for held in telling.trees(tree.get(key)):
            for inner, role in _INNER:
                if key == "statusPeriods" and role == "source":
                    continue  # a period is derived from designations
                yield from ((role, telling.text(each["id"])) for each in telling.trees(held.get(inner)))
    for held in (tree, *telling.trees(tree.get("mentionedAs"))):
        yield from (("source", telling.text(each["id"])) for each in telling.trees(held.get("wasDerivedFrom")))
