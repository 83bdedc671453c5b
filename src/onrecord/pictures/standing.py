"""A standing in one sentence and as a picture."""

from onrecord.pictures import Lane, Marker, Picture
from onrecord.questions.status import Report, Standing


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
    last = ", the last day on record" if standing.latest else ""
    title = f"{standing.label} · {standing.jurisdiction.label} · as of {days.text}{last}"
    lanes = tuple(Lane(record.label, record.timeline.periods) for record in standing.records)
    marker = Marker(days.first, days.last, f"{days.text}: {standing.answer}")
    return Picture(title, sentence(standing), lanes, marker)


def overview(report: Report) -> Picture:
    """The time lines of a report in one picture: that of its one standing, or the lists of every jurisdiction."""
    shown = report.standings or report.silent
    if len(shown) == 1:
        return picture(shown[0])
    lanes = tuple(
        Lane(f"{standing.jurisdiction.label} · {record.label}", record.timeline.periods)
        for standing in report.standings
        for record in standing.records
    )
    if not shown:
        return Picture(report.label, "The dataset knows no jurisdiction.", ())
    days, latest = shown[0].days, ", the last day on record" if shown[0].latest else ""
    silent = ", ".join(standing.jurisdiction.label for standing in report.silent)
    told = [*map(sentence, report.standings), *([f"No evidence: {silent}."] if silent else [])]
    marker = Marker(days.first, days.last, f"as of {days.text}")
    return Picture(f"{report.label} · as of {days.text}{latest}", " ".join(told), lanes, marker)
