"""What the front page tells of a dataset: how many are under which list, the latest acts, the newest of each source."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypedDict

from onrecord.documents import Document
from onrecord.documents.document import Tree
from onrecord.history import Status
from onrecord.pictures.svg import CLASSES
from onrecord.questions.status import Record, Standing
from onrecord.site import telling
from onrecord.site.views import Shown

MOST = 6
"""Acts and sources on the front page."""
STATUSES: tuple[Status, ...] = ("listed", "uncertain", "sources disagree", "not listed")
"""The columns of the table, in its order."""

Link = Callable[[str, str], Shown]


class Dated(NamedTuple):
    """An act or a source in the order of its date: the newest day that it may be of, "" where nobody dates it."""

    newest: str
    iri: str
    label: str
    when: str
    curated: bool
    told: str
    snapshot_of: str = ""


@dataclass(slots=True)
class Tally:
    """How many have which status on a list, on their last days on record."""

    label: str
    jurisdiction: tuple[str, str]
    counts: Counter[str] = field(default_factory=Counter)
    first: date = date.max
    last: date = date.min
    seen: set[str] = field(default_factory=set)
    """What has been counted: who has two pages, by an identity link, is one."""

    def add(self, record: Record, standing: Standing) -> None:
        """Count somebody."""
        history = record.timeline.history
        key = min((claim.node for claim in history.claims), default=history.subject)
        if key not in self.seen:
            self.seen.add(key)
            self.counts[record.verdict.answer] += 1
            self.first, self.last = min(self.first, standing.days.first), max(self.last, standing.days.last)


@dataclass(frozen=True, slots=True)
class Line:
    """A list in the table: `cells` are status, its look and the number of those who have it, "" for none."""

    name: Shown
    where: Shown
    day: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class News:
    """An act or a source on the front page."""

    link: Shown
    when: str
    curated: bool
    told: str


class Told(TypedDict):
    """What the template shows of all this."""

    statuses: list[tuple[str, str]]
    lines: list[Line]
    acts: list[News]
    sources: list[News]


@dataclass(slots=True)
class Front:
    """Gathers it while pages are made."""

    acts: list[Dated] = field(default_factory=list)
    sources: list[Dated] = field(default_factory=list)
    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Take a document in."""
        tree, name = document.tree, document.kind.name
        if name == "act":
            whom = ", ".join(telling.text(each.get("label")) for each in telling.trees(tree.get("carriedOutBy")))
            kind = telling.words(telling.text(tree.get("kind")))
            told = ", by ".join(filter(None, (kind, whom)))
            self.acts.append(_dated(document, tree.get("when"), told))
        elif name == "source":
            self.sources.append(_source(document))

    def count(self, standings: Iterable[Standing]) -> None:
        """Count somebody by their standings."""
        for standing in standings:
            where = standing.jurisdiction
            for record in standing.records:
                made = Tally(record.label, (where.node, where.label))
                self.tallies.setdefault((record.on_list or "", where.node), made).add(record, standing)

    def shown(self, link: Link, entries: Callable[[str], int]) -> Told:
        """What the template shows. `link` makes a link of an address and a name; `entries` tells how many entries of
        lists are from a source."""
        lines = [self._line(on_list, tally, link) for (on_list, _), tally in self.tallies.items()]
        newest: dict[str, Dated] = {}
        for each in _ordered(self.sources):
            newest.setdefault(each.snapshot_of or each.iri, each)
        sources = []
        for each in newest.values():
            number = entries(each.iri) if each.snapshot_of else 0
            told = f"{each.told}, {number:,} {'entry' if number == 1 else 'entries'}" if number else each.told
            sources.append(News(link(each.iri, each.label), each.when, each.curated, told))
        acts = [News(link(each.iri, each.label), each.when, each.curated, each.told) for each in _ordered(self.acts)]
        return {
            "statuses": [(status, CLASSES[status]) for status in STATUSES],
            "lines": [line for _, line in sorted(lines, key=lambda pair: pair[0])],
            "acts": acts[:MOST],
            "sources": sources[:MOST],
        }

    def _line(self, on_list: str, tally: Tally, link: Link) -> tuple[tuple[int, str, str], Line]:
        node, label = tally.jurisdiction
        first, last = (telling.day(str(day)) for day in (tally.first, tally.last))
        cells = tuple((s, CLASSES[s], f"{tally.counts[s]:,}" if tally.counts[s] else "") for s in STATUSES)
        name = link(on_list[1:-1], tally.label) if on_list else Shown("text", tally.label[:1].upper() + tally.label[1:])
        where = link(node[1:-1], label) if node else Shown("text", label)
        day = last if first == last else f"{first} to {last}"
        return (-tally.counts.total(), tally.label, on_list + node), Line(name, where, day, cells)


def _ordered(held: Iterable[Dated]) -> list[Dated]:
    """The newest first, what nobody dates last; on one day by name."""
    by_name = sorted(held, key=lambda each: (each.label.casefold(), each.iri))
    return sorted(by_name, key=lambda each: each.newest, reverse=True)


def _dated(document: Document, when: object, told: str) -> Dated:
    tree: Tree = when if isinstance(when, dict) else {}
    newest = telling.text(tree.get("latest")) or telling.text(tree.get("earliest"))
    return Dated(
        newest,
        document.node[1:-1],
        document.label,
        telling.time(tree) if tree else "no source dates it",
        telling.is_curated_time(tree),
        told,
    )


def _source(document: Document) -> Dated:
    tree = document.tree
    snapshot_of = telling.trees(tree.get("snapshotOf"))
    if not snapshot_of:
        by = ", ".join(telling.text(each.get("label")) for each in telling.trees(tree.get("publisher")))
        told = ", by ".join(filter(None, ("article" if "Article" in telling.items(tree.get("type")) else "source", by)))
        return _dated(document, tree.get("published"), told)
    day = telling.text(tree.get("asOf"))
    told = "complete list" if tree.get("isComplete") is True else "list, not known to be complete"
    of = telling.text(snapshot_of[0]["id"])
    return Dated(day, document.node[1:-1], document.label, telling.day(day), False, told, of)
