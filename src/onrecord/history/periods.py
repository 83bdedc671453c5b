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
