"""A standing in one sentence and as a picture."""

from onrecord.pictures import Lane, Marker, Picture
from onrecord.questions.status import Record, Standing


def sentence(standing: Standing) -> str:
    """The answer in one sentence, which names the list that decides: lists are not interchangeable."""
    when, who, where = standing.days.told, standing.label, standing.jurisdiction.label
    if not standing.records:
        return f"There is no evidence on record of the status of {who} in {where} {when}."
    record = standing.records[0]
    on, status = _on(record, where), f"the status of {who} {when}"
    begin = f"{when[0].upper()}{when[1:]}"
    return {
        "listed": f"{begin}, {who} was listed: {on}.",
        "not listed": f"{begin}, {who} was not listed: {on}.",
        "uncertain": f"It is uncertain what {status} was: {on}.",
        "sources disagree": f"Sources disagree on {status}: {on}.",
        "no evidence": f"There is no evidence on record of {status}: {on}.",
    }[standing.answer]


def _on(record: Record, where: str) -> str:
    return f"{record.label}, in {where}" if record.on_list is None else f"{record.label} ({where})"


def picture(standing: Standing) -> Picture:
    """The time lines of the lists of a jurisdiction, the one that decides first, and the days that are asked about."""
    days = standing.days
    last = ", the last day on record" if standing.latest else ""
    title = f"{standing.label} · {standing.jurisdiction.label} · as of {days.text}{last}"
    lanes = tuple(Lane(record.label, record.timeline.periods) for record in standing.records)
    marker = Marker(days.first, days.last, f"{days.text}: {standing.answer}")
    return Picture(title, sentence(standing), lanes, marker)
