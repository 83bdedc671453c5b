"""What was somebody's status under a jurisdiction on a date: the headline of the dataset.

node ── identity ──► nodes that are one ── said ──► index ── history ──► time lines ── verdicts ──► Standing
"""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.history import Status, Timeline, timeline
from onrecord.ntriples import text_of
from onrecord.questions import identity
from onrecord.questions.evidence import Evidence, Witnesses
from onrecord.questions.identity import Link
from onrecord.questions.jurisdictions import Jurisdiction, Jurisdictions
from onrecord.questions.names import Names
from onrecord.questions.said import Said
from onrecord.questions.testifying import Testifying
from onrecord.questions.verdicts import Days, Verdict, deciding, last_day, on_days
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr

if TYPE_CHECKING:
    import pyoxigraph as ox

NOWHERE = Jurisdiction("", "no jurisdiction that a source names")
"""Where designations are that name neither a jurisdiction nor a list of one."""
NOTHING = "no source of this dataset says anything of it, which is no evidence of absence"
_EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True)
class Record:
    """What is on record of one list, or of designations that name none (`on_list` None), and what that says."""

    on_list: str | None
    label: str
    timeline: Timeline
    verdict: Verdict


@dataclass(frozen=True)
class Standing:
    """The status of somebody under one jurisdiction on the days that are asked about.

    `records` has every list of the jurisdiction that has something on record; the one that decides comes first.
    `latest` tells that nobody asked for these days: they are the last on record. `links` are the identity links that
    were followed. `silent` names the lists of the jurisdiction of which nothing is on record, `acts` the acts of the
    records.
    """

    entity: str
    label: str
    jurisdiction: Jurisdiction
    days: Days
    latest: bool
    records: tuple[Record, ...]
    links: tuple[Link, ...]
    silent: tuple[tuple[str, str], ...]
    acts: dict[str, str]
    _witnesses: Witnesses

    @property
    def answer(self) -> Status:
        """The answer."""
        return self.records[0].verdict.answer if self.records else "no evidence"

    @property
    def reason(self) -> str:
        """Why, in a sentence."""
        if self.records:
            return self.records[0].verdict.reason
        return NOTHING

    @property
    def is_dated(self) -> bool:
        """Whether there is a day that this is of: none was asked for, and no source gives one, where this is False."""
        return not (self.latest and self.days.last == _EPOCH)

    @property
    def is_curated(self) -> bool:
        """Whether the answer rests on what a curator added, an identity link included."""
        return bool(self.records) and any(
            stretch.period.curated or self.links for stretch in self.records[0].verdict.stretches
        )

    @cached_property
    def evidence(self) -> list[Evidence]:
        """What the answer rests on."""
        return self.behind(self.records[0].timeline, self.records[0].verdict.evidence) if self.records else []

    def behind(self, line: Timeline, nodes: tuple[str, ...]) -> list[Evidence]:
        """The evidence behind nodes that a time line names."""
        return self._witnesses.of(line.history, nodes)


@dataclass(frozen=True)
class Report:
    """The standings of somebody, those of jurisdictions without any evidence (`silent`), and those of close matches."""

    entity: str
    label: str
    standings: tuple[Standing, ...]
    silent: tuple[Standing, ...]
    close: tuple[tuple[Link, tuple[Standing, ...]], ...]


class Statuses:
    """Answers of one dataset. Lists and sources are read once."""

    def __init__(self, store: "ox.Store", base: str, language: str = "en") -> None:
        self.said = Said(store, base)
        self.names = Names(store, base)
        self.jurisdictions = Jurisdictions(self.said, self.names, language)
        self._testifying = Testifying(self.said)
        self._witnesses = Witnesses(self.said, language)
        self._language = language
        self._of_place: dict[str, list[tuple[str, str]]] = {}

    def report(self, node: str, where: Jurisdiction | None = None, days: Days | None = None) -> Report:
        """The status of `<iri>` under a jurisdiction, or under each that has evidence; on the last day on record where
        no days are given."""
        standings = self.standings(node, where, days)
        nodes, _ = identity.confirmed(self.said, node)
        near = []
        for link in identity.close(self.said, nodes):
            other = link.other if link.node in nodes else link.node
            near.append((link, self.standings(other, where, days)))
        held = {standing.jurisdiction.node for standing in standings}
        asked = standings[0].days if standings else days or self._latest([])
        silent = [
            self._standing(node, place, asked, days is None, [], [])
            for place in ([] if where else self.jurisdictions.all())
            if place.node not in held
        ]
        return Report(node, self.label(node), standings, tuple(silent), tuple(near))

    def label(self, node: str) -> str:
        """What to call a node."""
        return self.said.label(node, self._language)

    def standings(self, node: str, where: Jurisdiction | None = None, days: Days | None = None) -> tuple[Standing, ...]:
        """The standings alone: of the jurisdiction, or of each that has evidence at all."""
        nodes, links = identity.confirmed(self.said, node)
        lines = [timeline(history) for history in self._testifying.histories(nodes)]
        asked = days or self._latest(lines)
        spoken = {line.history.jurisdiction for line in lines}
        places = [where] if where else self.jurisdictions.ordered(node for node in spoken if node)
        if where is None and None in spoken:
            places.append(NOWHERE)
        found = []
        for place in places:
            records = [self._record(line, asked) for line in lines if (line.history.jurisdiction or "") == place.node]
            if records:
                records.insert(0, records.pop(deciding([record.verdict for record in records])))
            found.append(self._standing(node, place, asked, days is None, records, links))
        return tuple(found)

    def _record(self, line: Timeline, days: Days) -> Record:
        on_list = line.history.on_list
        label = self.label(on_list) if on_list else "designations that name no list"
        return Record(on_list, label, line, on_days(line, days))

    def _standing(
        self, node: str, place: Jurisdiction, days: Days, latest: bool, records: list[Record], links: list[Link]
    ) -> Standing:
        acts = {
            act: self._witnesses.act(act)
            for record in records
            for interval in record.timeline.intervals
            for act in (interval.gained_by, interval.lost_by)
            if act
        }
        label = self.label(node)
        held = {record.on_list for record in records}
        silent = tuple(each for each in self._lists(place.node) if each[0] not in held)
        return Standing(node, label, place, days, latest, tuple(records), tuple(links), silent, acts, self._witnesses)

    def _lists(self, place: str) -> list[tuple[str, str]]:
        """The lists of a jurisdiction, each with what it is called."""
        if place and place not in self._of_place:
            owned = self.said.subjects(onr.jurisdiction, place)
            lists = [node for node in owned if str(onr.DesignationList) in self.said.objects(node, TYPE)]
            self._of_place[place] = [(node, self.label(node)) for node in lists]
        return self._of_place.get(place, [])

    def _latest(self, lines: list[Timeline]) -> Days:
        """The last day that any source of these speaks of, or appeared on as far as that is known."""
        sources = {claim.source for line in lines for claim in line.history.claims}
        times = [time for source in sorted(sources) for time in self.said.objects(source, onr.published)]
        bounds = [self.said.objects(time, onr.latest) or self.said.objects(time, onr.earliest) for time in times]
        appeared = [datetime.date.fromisoformat(text_of(found[0])) for found in bounds if found]
        day = max(filter(None, (last_day(lines), *appeared)), default=_EPOCH)
        return Days(day, day, str(day))
