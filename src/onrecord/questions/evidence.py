"""What an answer rests on, as a person reads it: the source, its date, the exact words, and the chain they came by."""

from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.history import History
from onrecord.ntriples import text_of
from onrecord.questions.graph import property_name
from onrecord.questions.said import Said
from onrecord.vocabulary.term import TYPE, Property
from onrecord.vocabulary.terms import DEFINITIONS, oa, onr, prov

_PARTS: tuple[tuple[Property, str], ...] = (
    (onr.start, "start"),
    (onr.end, "end"),
    (onr.during, "time"),
    (onr.lasted, "duration"),
)
_CURATED_PARTS = (onr.when, *(prop for prop, _ in _PARTS))


class _Date(NamedTuple):
    """A date as it is shown, and whether a curator gave it."""

    text: str | None
    curated: bool = False


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence.

    `node` is the designation, act or snapshot; `of` tells which of its parts the words give ("" for the whole). `date`
    is the source's: the day of a snapshot, when an article was published, or for an act when it happened, as far as it
    is known, in EDTF, else in the source's words. `exact` is None where the source has no words for it: a complete list
    that `lacks` an entry. `curated` are the reasons of curators who added something to it, `date_curated` tells that
    the date is theirs.
    """

    node: str
    source: str
    source_label: str
    kind: str
    date: str | None
    exact: str | None = None
    chain: str | None = None
    of: str = ""
    lacks: bool = False
    date_curated: bool = False
    curated: tuple[str, ...] = field(default=())


class Witnesses:
    """Reads the evidence behind nodes that a time line names."""

    def __init__(self, said: Said, language: str) -> None:
        self._said = said
        self._language = language
        self._sources: dict[str, tuple[str, str, _Date]] = {}

    def of(self, history: History, nodes: tuple[str, ...]) -> list[Evidence]:
        """The evidence of nodes, each piece once, in their order."""
        lacking = {snapshot.source for snapshot in history.snapshots if snapshot.entry is None}
        found: list[Evidence] = []
        for node in dict.fromkeys(nodes):
            found += [self._snapshot(node, lacks=node in lacking)] if self._is_snapshot(node) else self._fact(node)
        return list(dict.fromkeys(found))

    def act(self, node: str) -> str:
        """What to call an act: its label, or its kind and the end of its address."""
        return self._said.label(node, self._language)

    def _is_snapshot(self, node: str) -> bool:
        return str(onr.ListSnapshot) in self._said.objects(node, TYPE)

    def _snapshot(self, node: str, *, lacks: bool) -> Evidence:
        label, kind, date = self._source(node)
        return Evidence(node, node, label, kind, date.text, lacks=lacks, date_curated=date.curated)

    def _fact(self, node: str) -> list[Evidence]:
        sources = self._said.objects(node, prov.wasDerivedFrom) or [""]
        label, kind, date = self._source(sources[0]) if sources[0] else ("", "source", _Date(None))
        if str(onr.Act) in self._said.objects(node, TYPE):
            kind, date = "act", self._when(node, onr.when)
        chains = [self._said.label(chain, self._language) for chain in self._said.objects(node, onr.attribution)]
        chain = "; ".join(chains) or None
        curated = tuple(self._reasons(node))
        words = [("", word) for word in self._words(node)]
        for prop, name in _PARTS:
            words += [(name, word) for part in self._said.objects(node, prop) for word in self._words(part)]
        pieces: list[tuple[str, str | None]] = [*words] or [("", None)]
        return [
            Evidence(node, sources[0], label, kind, date.text, exact, chain, of, False, date.curated, curated)
            for of, exact in pieces
        ]

    def _words(self, node: str) -> list[str]:
        said = self._said
        selectors = [each for words in said.objects(node, onr.evidence) for each in said.objects(words, oa.hasSelector)]
        return [text_of(exact) for selector in selectors for exact in said.objects(selector, oa.exact)]

    def _source(self, node: str) -> tuple[str, str, _Date]:
        """What a source is called, its kind, and its date."""
        if node not in self._sources:
            kinds = sorted(text_of(kind) for kind in self._said.objects(node, TYPE))
            named = [kind for kind in kinds if kind in DEFINITIONS]
            kind = property_name(f"<{named[0]}>").replace(" ", "-") if named else "source"
            label = self._said.label(node, self._language)
            days = self._said.objects(node, onr.asOf)
            date = _Date(text_of(days[0])) if days else self._when(node, onr.published)
            self._sources[node] = (label, kind, date)
        return self._sources[node]

    def _when(self, node: str, prop: Property) -> _Date:
        """A time as it is dated, or bounded (".." where a bound is open), or said."""
        for time in self._said.objects(node, prop):
            curated = self._said.curated.get(time) is not None
            if dated := self._said.objects(time, onr.edtf):
                return _Date(text_of(dated[0]), curated)
            bounds = [self._said.objects(time, each) for each in (onr.earliest, onr.latest)]
            if any(bounds):
                return _Date("/".join(text_of(bound[0]) if bound else ".." for bound in bounds), curated)
            if said := self._said.objects(time, onr.asSaid):
                return _Date(text_of(said[0]), curated)
        return _Date(None)

    def _reasons(self, node: str) -> list[str]:
        """Why curators added what they added to a node, its times, or the acts that began and ended it."""
        parts = [part for prop in _CURATED_PARTS for part in self._said.objects(node, prop)]
        found = []
        for each in (node, *parts):
            for curation in self._said.subjects(onr.curates, each):
                reason = " ".join(map(text_of, self._said.objects(curation, onr.reason)))
                seen = " ".join(map(text_of, self._said.objects(curation, prov.hadPrimarySource)))
                found.append(f"{reason} ({seen})" if seen else reason)
        return list(dict.fromkeys(found))
