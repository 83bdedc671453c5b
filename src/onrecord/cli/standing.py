"""A status as a person reads it: the picture, the answer in one sentence, and what it rests on."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.cli import tables, timeline
from onrecord.cli.timeline import Manner
from onrecord.pictures.standing import picture, sentence
from onrecord.questions.verdicts import shown

if TYPE_CHECKING:
    from onrecord.history import Interval
    from onrecord.questions.evidence import Evidence
    from onrecord.questions.identity import Link
    from onrecord.questions.status import Record, Report, Standing, Statuses

_OF = {
    "": "",
    "start": "of its beginning: ",
    "end": "of its end: ",
    "time": "of its time: ",
    "duration": "of how long: ",
}
_NO_PROOF = "No evidence is not evidence of absence."


def lines(report: "Report", statuses: "Statuses", manner: Manner) -> Iterator[str]:
    """Everything that is told of somebody, wrapped to the columns there are."""
    for number, standing in enumerate(report.standings):
        if number:
            yield ""
        yield from _standing(standing, statuses, manner)
    told = ", ".join(f"{each.label} ({each.code})" if each.code else each.label for each in report.silent)
    if told:
        yield from [""] * bool(report.standings)
        yield from _wrapped(f"No evidence: {told}. {_NO_PROOF}", "", manner)
    if not (report.standings or report.silent):
        yield from _wrapped(f"{report.label}: no evidence, and the dataset knows no jurisdiction.", "", manner)
    for link, standings in report.close:
        yield ""
        yield from _close(report.entity, link, standings, statuses, manner)


def _wrapped(text: str, margin: str, manner: Manner, hang: str = "") -> Iterator[str]:
    """A text in lines; `hang` is put before those after the first."""
    first, *more = tables.wrap(tables.plain(text), max(20, manner.columns - len(margin) - len(hang)))
    yield f"{margin}{first}"
    yield from (f"{margin}{hang}{part}" for part in more)


def _standing(standing: "Standing", statuses: "Statuses", manner: Manner) -> Iterator[str]:
    drawn = picture(standing)
    yield from (manner.strong(line) for line in _wrapped(drawn.title, "", manner))
    yield ""
    if standing.records:
        yield from timeline.lines(drawn, manner)
        yield ""
    yield from (manner.strong(line) for line in _wrapped(sentence(standing), "", manner))
    if standing.answer != "no evidence" or standing.records:
        yield from _wrapped(f"Why: {standing.reason}.", "", manner)
    else:
        yield from _wrapped(_NO_PROOF, "", manner)
    for link in standing.links:
        yield from _wrapped(_followed(link, statuses), "", manner)
    for record in standing.records:
        yield from _record(record, standing, manner)
    yield from _evidence("What the answer rests on", standing.evidence, manner)


def _record(record: "Record", standing: "Standing", manner: Manner) -> Iterator[str]:
    """The times on a list, and what about it is contradictory."""
    yield ""
    yield from _wrapped(f"{record.label}: {record.verdict.answer}", "", manner)
    for interval in record.timeline.intervals:
        yield from _wrapped(_interval(interval, standing.acts), "  ", manner, "  ")
    for text, sides in record.timeline.disagreements:
        yield from _wrapped(f"Contradiction: {text}", "  ", manner, "  ")
        for side in standing.behind(record.timeline, sides):
            yield from _piece(side, "    ", manner)


def _interval(interval: "Interval", acts: dict[str, str]) -> str:
    begun = f"began {shown(interval.start)}" + (f", by “{acts[interval.gained_by]}”" if interval.gained_by else "")
    if interval.until.latest is None and interval.lost_by is None:
        since = interval.until.earliest
        return f"{begun}; {f'last known on the list on {since}' if since else 'no end on record'}"
    return f"{begun}; ended {shown(interval.until)}" + (f", by “{acts[interval.lost_by]}”" if interval.lost_by else "")


def _followed(link: "Link", statuses: "Statuses") -> str:
    ends = f"{statuses.label(link.node)} is {statuses.label(link.other)} ({statuses.names.path(link.other[1:-1])})"
    return f"Through a curator's link: {ends}, because: {'; '.join(link.reasons) or 'no reason is given'}"


def _close(
    entity: str, link: "Link", standings: "Iterable[Standing]", statuses: "Statuses", manner: Manner
) -> Iterator[str]:
    other = link.other if link.node == entity else link.node
    name = f"{statuses.label(other)} ({statuses.names.path(other[1:-1])})"
    reasons = f", because: {'; '.join(link.reasons)}" if link.reasons else ""
    yield from _wrapped(f"A close match, not taken to be the same: {name}{reasons}", "", manner)
    found = list(standings)
    for standing in found:
        yield from _wrapped(sentence(standing), "  ", manner, "  ")
    if not found:
        yield "  no evidence"


def _evidence(title: str, pieces: "list[Evidence]", manner: Manner) -> Iterator[str]:
    if not pieces:
        return
    yield ""
    yield manner.strong(title)
    told: set[str] = set()
    for piece in pieces:
        yield from _piece(piece, "  ", manner)
        told |= set(piece.curated)
    for reason in dict.fromkeys(reason for piece in pieces for reason in piece.curated):
        yield from _wrapped(f"[curated] {reason}", "  ", manner, "  ")


def _piece(piece: "Evidence", margin: str, manner: Manner) -> Iterator[str]:
    source = piece.source_label or "no source"
    dated = f", {_dated(piece)}" if piece.date else ""
    if piece.kind == "list-snapshot" and piece.exact is None:
        what = "does not have the entry" if piece.lacks else "has the entry"
        yield from _wrapped(f"{source}{dated}: complete, and {what}", margin, manner, "  ")
        return
    words = f"{_OF[piece.of]}“{piece.exact}”" if piece.exact else "no words of the source: a curator's addition"
    yield from _wrapped(words, margin, manner, "  ")
    yield from _wrapped(f"— {piece.chain or source}: {source}{dated}", f"{margin}  ", manner, "  ")


def _dated(piece: "Evidence") -> str:
    mark = " [curated]" if piece.date_curated else ""
    first, slash, last = (piece.date or "").partition("/")
    if slash and last == "..":
        return f"{first} or later{mark}"
    if slash and first == "..":
        return f"{last} or earlier{mark}"
    return f"{piece.date}{mark}"
