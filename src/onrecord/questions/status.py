"""What was somebody's status under a jurisdiction on a date: the headline of the dataset.

    node ── identity ──► nodes that are one ── said ──► index ── history ──► time lines ── verdicts ──► Standing
"""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.history import Status, Timeline, histories, timeline
from onrecord.questions import identity
from onrecord.questions.identity import Link
from onrecord.questions.jurisdictions import Jurisdiction, Jurisdictions
from onrecord.questions.names import Names
from onrecord.questions.said import Around, Said
from onrecord.questions.testimony import Testimonies, Testimony
from onrecord.questions.verdicts import Days, Verdict, deciding, last_day, on_days

if TYPE_CHECKING:
    import pyoxigraph as ox

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
    were followed. `acts` names the acts of the records.
    """

    entity: str
    label: str
    jurisdiction: Jurisdiction
    days: Days
    latest: bool
    records: tuple[Record, ...]
    links: tuple[Link, ...]
    acts: dict[str, str]
    _testimonies: Testimonies

    @property
    def answer(self) -> Status:
        """The answer."""
        return self.records[0].verdict.answer if self.records else "no evidence"

    @property
    def reason(self) -> str:
        """Why, in a sentence."""
        if self.records:
            return self.records[0].verdict.reason
        return "no source of this dataset says anything of it; that is no evidence that it was not so"

    @cached_property
    def evidence(self) -> list[Testimony]:
        """What the answer rests on."""
        return self.testimony(self.records[0].timeline, self.records[0].verdict.evidence) if self.records else []

    def testimony(self, line: Timeline, nodes: tuple[str, ...]) -> list[Testimony]:
        """The evidence behind nodes that a time line names."""
        return self._testimonies.of(line.history, nodes)


@dataclass(frozen=True)
class Report:
    """The standings of somebody, the jurisdictions without evidence, and the standings of close matches."""

    entity: str
    label: str
    standings: tuple[Standing, ...]
    silent: tuple[Jurisdiction, ...]
    close: tuple[tuple[Link, tuple[Standing, ...]], ...]


class Statuses:
    """Answers of one dataset. Lists and sources are read once."""

    def __init__(self, store: "ox.Store", base: str, language: str = "en") -> None:
        self.said = Said(store, base)
        self.names = Names(store, base)
        self.jurisdictions = Jurisdictions(self.said, self.names, language)
        self._around = Around(self.said)
        self._testimonies = Testimonies(self.said, language)
        self._language = language

    def report(self, node: str, where: Jurisdiction | None = None, days: Days | None = None) -> Report:
        """The status of `<iri>` under a jurisdiction, or under each that has evidence; on the last day on record where
        no days are given."""
        standings, silent = self.standings(node, where, days)
        nodes, _ = identity.confirmed(self.said, node)
        near = []
        for link in identity.close(self.said, nodes):
            other = link.other if link.node in nodes else link.node
            near.append((link, self.standings(other, where, days)[0]))
        return Report(node, self.label(node), standings, silent, tuple(near))

    def label(self, node: str) -> str:
        """What to call a node."""
        return self.said.label(node, self._language)

    def standings(
        self, node: str, where: Jurisdiction | None = None, days: Days | None = None
    ) -> tuple[tuple[Standing, ...], tuple[Jurisdiction, ...]]:
        """The standings alone, and the jurisdictions that have no evidence at all."""
        nodes, links = identity.confirmed(self.said, node)
        lines = self._lines(nodes)
        asked = days or _latest(list(lines))
        places = [where] if where else [each for each in self.jurisdictions.all() if each.node in {*lines.values()}]
        found = []
        for place in places:
            records = [self._record(line, asked) for line, held in lines.items() if held == place.node]
            if records:
                records.insert(0, records.pop(deciding([record.verdict for record in records])))
            found.append(self._standing(node, place, asked, days is None, records, links))
        silent = () if where else tuple(each for each in self.jurisdictions.all() if each not in places)
        return tuple(found), silent

    def _lines(self, nodes: list[str]) -> dict[Timeline, str | None]:
        """Every time line, and under which jurisdiction it is."""
        said, curated = self._around.index(nodes)
        return {timeline(history): history.jurisdiction for history in histories(said, nodes[0], curated)}

    def _record(self, line: Timeline, days: Days) -> Record:
        on_list = line.history.on_list
        label = self.label(on_list) if on_list else "designations that name no list"
        return Record(on_list, label, line, on_days(line, days))

    def _standing(
        self, node: str, place: Jurisdiction, days: Days, latest: bool, records: list[Record], links: list[Link]
    ) -> Standing:
        acts = {
            act: self._testimonies.act(act)
            for record in records
            for interval in record.timeline.intervals
            for act in (interval.gained_by, interval.lost_by)
            if act
        }
        label = self.label(node)
        return Standing(node, label, place, days, latest, tuple(records), tuple(links), acts, self._testimonies)


def _latest(lines: list[Timeline]) -> Days:
    day = last_day(lines) or _EPOCH
    return Days(day, day, str(day))
