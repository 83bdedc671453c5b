"""The status of an entity as its page shows it: under each jurisdiction, list by list, as of the last day on record."""

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.history import Period
from onrecord.pictures import Lane, Marker, Picture, Scale, ribbon, scale_of
from onrecord.pictures.svg import CLASSES
from onrecord.questions.status import Record, Standing
from onrecord.site import telling
from onrecord.site.views import Shown


@dataclass(frozen=True, slots=True)
class Row:
    """A period: from when to when, what holds, why, and the acts that began and ended it."""

    first: str
    last: str
    status: str
    look: str
    because: str
    acts: tuple[tuple[str, Shown], ...]
    curated: bool


@dataclass(frozen=True, slots=True)
class Lined:
    """A list: its time line as a picture and as rows, and what holds on the last day on record."""

    name: Shown
    status: str
    look: str
    picture: str
    rows: tuple[Row, ...]
    disagreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stood:
    """A jurisdiction. `after` is what the record says of the days after the last one that a source speaks of."""

    where: Shown
    day: str
    status: str
    look: str
    because: str
    after: Row | None
    curated: bool
    lists: tuple[Lined, ...]
    silent: tuple[Shown, ...]
    links: tuple[Shown, ...]


class Standings:
    """Makes them for one page; `link` gives what a page shows for a node and its name."""

    def __init__(self, link: Callable[[str, str], Shown]) -> None:
        self._link = link

    def of(self, standings: tuple[Standing, ...]) -> tuple[Stood, ...]:
        """Every standing, over one scale."""
        lanes = tuple(
            Lane(record.label, record.timeline.periods) for standing in standings for record in standing.records
        )
        if not lanes:
            return ()
        days = standings[0].days
        told = ", the last day on record" if standings[0].latest else ""
        marker = Marker(days.first, days.last, f"{telling.day(days.text)}{told}")
        scale = scale_of(Picture("", "", lanes, marker))
        return tuple(self._stood(standing, scale, marker) for standing in standings if standing.records)

    def _stood(self, standing: Standing, scale: Scale, marker: Marker) -> Stood:
        lists = tuple(self._lined(record, standing, scale, marker) for record in standing.records)
        last = standing.records[0].timeline.periods[-1:]
        row = self._row(last[0], standing) if last else None
        where = standing.jurisdiction
        others = [link.other if link.node == standing.entity else link.node for link in standing.links]
        return Stood(
            self._link(where.node, where.label) if where.node else Shown("text", where.label),
            telling.day(standing.days.text),
            standing.answer,
            CLASSES[standing.answer],
            standing.reason,
            row if row and row.status != standing.answer else None,
            standing.is_curated,
            lists,
            tuple(self._link(node, label) for node, label in standing.silent),
            tuple(self._link(node, "") for node in dict.fromkeys(others)),
        )

    def _lined(self, record: Record, standing: Standing, scale: Scale, marker: Marker) -> Lined:
        line, answer = record.timeline, record.verdict.answer
        return Lined(
            self._link(record.on_list, record.label) if record.on_list else Shown("text", record.label),
            answer,
            CLASSES[answer],
            ribbon.drawn(Lane(record.label, line.periods), scale, marker),
            tuple(self._row(period, standing) for period in line.periods),
            tuple(telling.days_in(text) for text, _ in line.disagreements),
        )

    def _row(self, period: Period, standing: Standing) -> Row:
        named = (("began by", period.gained_by), ("ended by", period.lost_by))
        return Row(
            telling.day(str(period.first)) if period.first else "",
            telling.day(str(period.last)) if period.last else "",
            period.status,
            CLASSES[period.status],
            telling.days_in(period.because),
            tuple((how, self._link(act, standing.acts.get(act, ""))) for how, act in named if act),
            period.curated,
        )


def headline(standings: tuple[Standing, ...]) -> str:
    """The status in a few words, for an index: listed (United Nations); uncertain (Russia)."""
    told = [f"{each.answer} ({each.jurisdiction.label})" for each in standings if each.records]
    return "; ".join(told)
