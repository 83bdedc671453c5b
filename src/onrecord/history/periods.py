"""Periods as triples, so that SPARQL can ask for a status on a date."""

from collections.abc import Iterable, Sequence

from onrecord.history.model import Period, Timeline
from onrecord.index import Index
from onrecord.mappers.parts.minting import below, digest
from onrecord.mappers.parts.page import Pen
from onrecord.vocabulary.terms import CONCEPTS, onr, prov

_LANGUAGE = "en"
_STATUS = {
    "listed": CONCEPTS["status"]["listed"],
    "not listed": CONCEPTS["status"]["not-listed"],
    "uncertain": CONCEPTS["status"]["uncertain"],
    "sources disagree": CONCEPTS["status"]["sources-disagree"],
}


def written(timelines: Iterable[tuple[Timeline, Sequence[str]]]) -> tuple[Index, Index]:
    """The periods of timelines: those that rest on what sources say alone, and those for which a curator is needed.

    Each timeline comes with the names of its subject. Where one period of it rests on a curator, all of it does:
    else a reader without the curated graphs would see a part of a history for the whole.
    """
    plain, curated = Pen(_LANGUAGE), Pen(_LANGUAGE)
    for timeline, names in timelines:
        pen = curated if needs_curator(timeline, names) else plain
        history = timeline.history
        root = below(history.subject, "status", digest(history.on_list, history.jurisdiction))
        for number, period in enumerate(timeline.periods, 1):
            _write(pen, below(root, number), timeline, period, names)
    return plain.index, curated.index


def needs_curator(timeline: Timeline, names: Sequence[str]) -> bool:
    """Whether a timeline needs a curator's word: for a day in it, or for who its subject is."""
    return len(names) > 1 or any(period.curated for period in timeline.periods)


def written_together(together: Iterable[tuple[Timeline, Sequence[str]]], alone: Iterable[Timeline]) -> Index:
    """The periods of those who are one by a curator's word, for each name whose own timeline says something else.

    `together` are timelines with all names of their subject, `alone` those of every name by itself. Where an entry's
    history stays what its list makes it, nothing of it rests on the link.
    """
    pen = Pen(_LANGUAGE)
    said = {_about(timeline, timeline.history.subject): timeline.periods for timeline in alone}
    for timeline, names in together:
        history = timeline.history
        others = [name for name in names if said.get(_about(timeline, name)) != timeline.periods]
        root = below(history.subject, "status", digest(history.on_list, history.jurisdiction, list(names)))
        for number, period in enumerate(timeline.periods if others else (), 1):
            _write(pen, below(root, number), timeline, period, others)
    return pen.index


def _about(timeline: Timeline, name: str) -> tuple[str, str | None, str | None]:
    return name, timeline.history.on_list, timeline.history.jurisdiction


def _write(pen: Pen, node: str, timeline: Timeline, period: Period, names: Sequence[str]) -> None:
    pen.type(node, onr.StatusPeriod)
    for name in names:
        pen.link(node, onr.statusOf, name)
    pen.link(node, onr.statusOn, timeline.history.on_list)
    pen.link(node, onr.statusIn, timeline.history.jurisdiction)
    pen.link(node, onr.status, _STATUS[period.status])
    pen.text(node, onr.firstDay, period.first)
    pen.text(node, onr.lastDay, period.last)
    pen.text(node, onr.because, period.because)
    pen.link(node, onr.gainedBy, period.gained_by)
    pen.link(node, onr.lostBy, period.lost_by)
    for evidence in period.evidence:
        pen.link(node, prov.wasDerivedFrom, evidence)
