"""The pages that lead to others: front page, browse, indexes, conflicts side by side, and how to read it all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.documents import KINDS
from onrecord.documents.document import Tree
from onrecord.site import telling
from onrecord.site.front import Front
from onrecord.site.indexes import Indexes, Part, Row, split
from onrecord.site.places import Places, root_of
from onrecord.site.rendering import environment
from onrecord.site.site import Site
from onrecord.site.views import Node, Shown, Views

_BY = (("jurisdiction", "Jurisdictions"), ("list", "Lists"), ("source", "Sources"))

_TOLD = {"source": "By source", "list": "By list", "jurisdiction": "By jurisdiction"}

_SPOKEN, _THERE, _YEARS = "index/by-speaker/", "index/by-place/", "index/by-year/"

_CONFLICTS = {
    "interval": "when a designation began, ended or held",
    "figure": "how many",
    "date": "when it happened",
    "role": "who did what",
}
"""What sources contradict each other about, by the kind of a conflict."""


class Counted(NamedTuple):
    """A line of an overview: what, where its index is, and how many there are."""

    label: str
    path: str
    number: int


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a conflict: its page, and what it says."""

    link: Shown
    node: Node | None


@dataclass(frozen=True, slots=True)
class Opposed:
    """A conflict, with its sides."""

    link: Shown
    over: tuple[Shown, ...]
    kind: str
    sides: tuple[Side, ...]


class Overviews:
    """Makes these pages: pairs of a path from the folder of the site and HTML."""

    def __init__(
        self,
        site: Site,
        places: Places,
        indexes: Indexes,
        labels: Mapping[str, str],
        front: Front,
        schema: str = "",
    ) -> None:
        self._site, self._places, self._indexes, self._labels = site, places, indexes, labels
        self._front, self._schema = front, schema
        self.paths = {iri: f"index/{page.removesuffix('.html')}" for iri, page in self._indexed()}
        """Where the index of a jurisdiction, list or source is, without an ending."""

    def pages(self, documents: Callable[[str], Tree]) -> Iterator[tuple[str, str]]:
        """All of them. `documents` gives the document of an address."""
        front = self._front.shown(self._link, self._entries)
        values = {"schema": self._schema, **self._counted(), **front}
        yield "index.html", self._render("front.html", "index.html", "index.html", **values)
        browsed = {**self._counted(), "beside": self._beside()}
        yield "index/index.html", self._render("browse.html", "index/index.html", "index/index.html", **browsed)
        yield "about.html", self._render("about.html", "about.html", "about.html", **self._counted())
        yield "conflicts.html", self._conflicts(documents)
        for part in self._parts():
            yield part.path, self._render("index.html", part.path, "index/index.html", part=part)

    def _render(self, template: str, path: str, here: str, **values: object) -> str:
        made = environment().get_template(template)
        return made.render(site=self._site, root=root_of(path), here=here, places=self._places.page, **values)

    def _link(self, iri: str, label: str) -> Shown:
        return Views("", self._places.base, "", self._places.page).reference({"id": iri, "label": label})

    def _entries(self, iri: str) -> int:
        entry = f"{self._places.base}entry/"
        return sum(each.startswith(entry) for each in self._indexes.places.get(iri, ()))

    def _indexed(self) -> Iterator[tuple[str, str]]:
        for iri in sorted(self._indexes.places):
            page = self._places.page(iri)
            if page and "#" not in page:
                yield iri, page

    def _counted(self) -> dict[str, object]:
        kinds = [
            Counted(kind.plural, f"index/{name}.html", len(self._indexes.kinds[name]))
            for name, kind in KINDS.items()
            if self._indexes.kinds.get(name)
        ]
        by = [(title, self._counted_by(role)) for role, title in _BY]
        return {"kinds": kinds, "groups": [(title, held) for title, held in by if held]}

    def _beside(self) -> list[tuple[str, str, list[Counted]]]:
        """Further ways to browse: a title, what is counted, and how many there are; the years in their order."""
        years = [Counted(each, f"{_YEARS}{each}.html", len(rows)) for each, rows in self._indexes.years.items()]
        found = (
            ("Who speaks", "Statements, by who makes them.", self._counted_of(self._indexes.spoken, _SPOKEN)),
            ("Where it happened", "What sources place there.", self._counted_of(self._indexes.there, _THERE)),
            (
                "When it happened",
                "What is dated to a year: acts, events, sources. What may be of several years is under none.",
                sorted(years, reverse=True),
            ),
        )
        return [(title, about, held) for title, about, held in found if held]

    def _counted_of(self, held: Mapping[str, Mapping[str, Row]], folder: str) -> list[Counted]:
        counted = [
            Counted(self._labels.get(iri, iri), f"{folder}{page}", len(rows))
            for iri, rows in held.items()
            if (page := self._places.page(iri)) and "#" not in page
        ]
        return sorted(counted, key=lambda each: (-each.number, each.label.casefold(), each.path))

    def _counted_by(self, role: str) -> list[Counted]:
        held = [
            Counted(self._labels.get(iri, iri), f"{self.paths[iri]}.html", len(self._indexes.places[iri]))
            for iri in self._indexes.roles.get(role, ())
            if iri in self.paths
        ]
        return sorted(held, key=lambda each: (-each.number, each.label.casefold(), each.path))

    def _parts(self) -> Iterator[Part]:
        for name, kind in KINDS.items():
            rows = self._indexes.kinds.get(name)
            if rows:
                yield from split(rows, f"index/{name}", kind.plural, "Everything of a kind", "")
        for iri, path in self.paths.items():
            role = next(role for role in _TOLD if iri in self._indexes.roles.get(role, ()))
            rows = list(self._indexes.places[iri].values())
            yield from split(rows, path, self._labels.get(iri, iri), _TOLD[role], self._places.page(iri))
        yield from self._parts_beside()

    def _parts_beside(self) -> Iterator[Part]:
        for held, folder, told in (
            (self._indexes.spoken, _SPOKEN, "Statements by speaker"),
            (self._indexes.there, _THERE, "By place"),
        ):
            for iri in sorted(held):
                page = self._places.page(iri)
                if page and "#" not in page:
                    path = f"{folder}{page.removesuffix('.html')}"
                    yield from split(held[iri].values(), path, self._labels.get(iri, iri), told, page)
        for year in sorted(self._indexes.years):
            yield from split(self._indexes.years[year].values(), f"{_YEARS}{year}", year, "By year", "")

    def _conflicts(self, documents: Callable[[str], Tree]) -> str:
        rows: Iterable[Row] = self._indexes.kinds.get("conflict", [])
        opposed = []
        for row in sorted(rows, key=lambda row: (row.key, row.iri)):
            tree = documents(row.iri)
            views = Views("", self._places.base, "", self._places.page)
            sides = [self._side(views, each, documents) for each in telling.trees(tree.get("side"))]
            link = views.reference({"id": row.iri, "label": row.label})
            over = tuple(views.reference(each) for each in telling.trees(tree.get("conflictOver")))
            kind = telling.text(tree.get("kind"))
            opposed.append(Opposed(link, over, _CONFLICTS.get(kind, telling.words(kind)), tuple(sides)))
        return self._render("conflicts.html", "conflicts.html", "conflicts.html", conflicts=opposed)

    def _side(self, views: Views, named: Tree, documents: Callable[[str], Tree]) -> Side:
        iri = telling.text(named["id"])
        has_document = iri in self._labels
        return Side(
            views.reference(named), views.node(documents(iri), frozenset({"designee"})) if has_document else None
        )
