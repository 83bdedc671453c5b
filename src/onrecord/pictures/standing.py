"""A standing in one sentence and as a picture."""

from dataclasses import replace

from onrecord.pictures import Lane, Marker, Picture
from onrecord.questions.status import Report, Standing

NO_PROOF = "No evidence is not evidence of absence."


def sentence(standing: Standing) -> str:
    """The answer in one sentence, which names the list that decides: lists are not interchangeable."""
    when, who, where = standing.days.told, standing.label, standing.jurisdiction.label
    begin = f"{when[0].upper()}{when[1:]}"
    if not standing.records:
        return f"{begin}: there is no evidence on record of the status of {who} in {where}."
    record = standing.records[0]
    named = record.on_list is not None
    on = f"on {record.label} ({where})" if named else f"in {where}, by {record.label}"
    return {
        "listed": f"{begin}, {who} was {'listed' if named else 'designated'} {on}.",
        "not listed": f"{begin}, {who} was not {'listed' if named else 'designated'} {on}.",
        "uncertain": f"{begin}, the status of {who} {on} is uncertain.",
        "sources disagree": f"{begin}, sources disagree on the status of {who} {on}.",
        "no evidence": f"{begin}: there is no evidence on record of the status of {who} {on}.",
    }[standing.answer]


def picture(standing: Standing) -> Picture:
    """The time lines of the lists of a jurisdiction, the one that decides first, and the days that are asked about."""
    days = standing.days
    title = f"{standing.label} · {standing.jurisdiction.label} · as of {days.text}{_last(standing)}"
    lanes = tuple(Lane(record.label, record.timeline.periods) for record in standing.records)
    marker = Marker(days.first, days.last, f"{days.text}: {standing.answer}")
    return Picture(title, sentence(standing), lanes, marker, because(standing))


def because(standing: Standing) -> str:
    """Why the answer is so, and whether a curator had a part in it."""
    if not standing.records:
        return NO_PROOF
    return f"Because the record says: {standing.reason}{' [curated in part]' if standing.is_curated else ''}"


def overview(report: Report) -> Picture:
    """The time lines of a report in one picture: that of its one standing, or the lists of every jurisdiction."""
    silent = ", ".join(standing.jurisdiction.label for standing in report.silent)
    told = f"No evidence: {silent}. {NO_PROOF}" if silent else ""
    if not report.standings:
        return Picture(report.label, told or "The dataset knows no jurisdiction.", ())
    first = report.standings[0]
    if len(report.standings) == 1:
        drawn = picture(first)
        return replace(drawn, reason=". ".join(filter(None, (drawn.reason, told))))
    lanes = tuple(
        Lane(f"{standing.jurisdiction.label} · {record.label}", record.timeline.periods)
        for standing in report.standings
        for record in standing.records
    )
    marker = Marker(first.days.first, first.days.last, f"as of {first.days.text}")
    title = f"{report.label} · as of {first.days.text}{_last(first)}"
    return Picture(title, " ".join(map(sentence, report.standings)), lanes, marker, told)


def _last(standing: Standing) -> str:
    return ", the last day on record" if standing.latest else ""
