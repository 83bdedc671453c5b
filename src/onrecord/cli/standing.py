"""A status as a person reads it: the picture, the answer in one sentence, and what it rests on."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from onrecord.cli import tables, timeline
from onrecord.cli.timeline import Manner
from onrecord.pictures.standing import NO_PROOF, because, picture, sentence
from onrecord.questions.verdicts import shown

if TYPE_CHECKING:
    from onrecord.history import Interval
    from onrecord.questions.evidence import Evidence
    from onrecord.questions.identity import Link
    from onrecord.questions.jurisdictions import Jurisdiction
    from onrecord.questions.status import Record, Report, Standing, Statuses

_OF = {
    "": "",
    "start": "of its beginning: ",
    "end": "of its end: ",
    "time": "of its time: ",
    "duration": "of how long: ",
}


def lines(report: "Report", statuses: "Statuses", manner: Manner, namesakes: Iterable[str] = ()) -> Iterator[str]:
    """Everything that is told of somebody, wrapped to the columns there are. `namesakes` are entries of lists that are
    called the same, as they are told."""
    for number, standing in enumerate(report.standings):
        if number:
            yield ""
        yield from _standing(standing, statuses, manner)
    told = ", ".join(_place(each.jurisdiction) for each in report.silent)
    if told:
        yield from [""] if report.standings else ()
        yield from _wrapped(f"No evidence of the status of {report.label}: {told}. {NO_PROOF}", "", manner)
    if not (report.standings or report.silent):
        yield from _wrapped(f"{report.label}: no evidence, and the dataset knows no jurisdiction.", "", manner)
    for link, standings in report.close:
        yield ""
        yield from _close(report.entity, link, standings, statuses, manner)
    if namesakes:
        told = f"Called the same, and nothing links them: {'; '.join(namesakes)}. Whether they are one is for a curator"
        yield ""
        yield from _wrapped(f"{told} to say (kg suggest); the answer does not count them.", "", manner)


def _place(each: "Jurisdiction") -> str:
    return f"{each.label} ({each.code})" if each.code else each.label


def _wrapped(text: str, margin: str, manner: Manner, hang: str = "") -> Iterator[str]:
    """A text in lines; `hang` is put before those after the first. No date is broken over two."""
    room = max(20, manner.columns - len(margin) - len(hang))
    first, *more = tables.wrap_dated(tables.plain(text), room)
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
    yield from _wrapped(because(standing), "", manner)
    for told in _called(standing, statuses):
        yield from _wrapped(told, "", manner)
    for link in standing.links:
        yield from _wrapped(_followed(link, statuses), "", manner)
    for record in standing.records:
        yield from _record(record, standing, manner)
    if standing.silent:
        yield ""
        told = "; ".join(label for _, label in standing.silent)
        yield from _wrapped(f"No evidence on other lists of {standing.jurisdiction.label}: {told}", "", manner)
    yield from _evidence("What the answer rests on", standing.evidence, manner)


def _called(standing: "Standing", statuses: "Statuses") -> Iterator[str]:
    """The names that lists give to an entry, where they are several: a reference may have come to be another's."""
    nodes = [standing.entity, *(node for link in standing.links for node in (link.node, link.other))]
    for node in dict.fromkeys(nodes):
        path = statuses.names.path(node[1:-1])
        names = statuses.said.called(node) if node.startswith(f"<{statuses.said.base}entry/") else {}
        if len(names) > 1:
            told = "; ".join(f"{name} ({', '.join(sources)})" for name, sources in names.items())
            yield f"By its reference alone, {path} is one entry. Its lists call it: {told}"


def _record(record: "Record", standing: "Standing", manner: Manner) -> Iterator[str]:
    """The times on a list, and what about it is contradictory."""
    yield ""
    yield from _wrapped(f"{record.label}: {record.verdict.answer}", "", manner)
    for interval in record.timeline.intervals:
        yield from _wrapped(_interval(interval, standing.acts), "  ", manner, "  ")
    for period in record.timeline.periods:
        begun = str(period.first) if period.first else "before"
        days = f"{begun} to {period.last}" if period.last else f"{begun} and onward"
        days = begun if period.first == period.last and period.first else days
        yield from _wrapped(f"{days}: {period.status}", "  ", manner, "  ")
    for text, sides in record.timeline.disagreements:
        yield from _wrapped(f"Contradiction: {text}", "  ", manner, "  ")
        pieces = standing.behind(record.timeline, sides)
        dated = [piece for piece in pieces if piece.of and piece.of != "end"]
        yield from _pieces(dated if len(sides) == 1 and dated else pieces, "    ", manner)


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
    yield from _pieces(pieces, "  ", manner)
    for reason in dict.fromkeys(reason for piece in pieces for reason in piece.curated):
        yield from _wrapped(f"[curated] {reason}", "  ", manner, "  ")


def _pieces(pieces: "Iterable[Evidence]", margin: str, manner: Manner) -> Iterator[str]:
    """Pieces of evidence; those that came by one way are told together, and the way after them."""
    for way, together in groupby(pieces, _way):
        for piece in together:
            if piece.exact is not None:
                yield from _wrapped(f"{_OF[piece.of]}“{piece.exact}”", margin, manner, "  ")
        yield from _wrapped(way, margin, manner, "  ")


def _way(piece: "Evidence") -> str:
    """By which way a piece came: the chain, the source and its date; or what a list has or lacks."""
    dated = f", {_dated(piece)}" if piece.date else ""
    source = f"{piece.source_label or 'no source'} ({piece.kind}){dated}"
    if piece.lacks:
        return f"— {source}: a complete list, which lacks the entry"
    chain = f"{piece.chain}: " if piece.chain else ""
    return f"— {chain}{source}{'' if piece.exact else ': no words of a source'}"


def _dated(piece: "Evidence") -> str:
    mark = " [curated]" if piece.date_curated else ""
    first, slash, last = (piece.date or "").partition("/")
    if slash and last == "..":
        return f"{first} or later{mark}"
    if slash and first == "..":
        return f"{last} or earlier{mark}"
    return f"{piece.date}{mark}"
