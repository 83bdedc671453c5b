"""Answers as values for JSON: the form is docs/schema/status.json."""

import datetime

from onrecord.history import Bounds
from onrecord.ntriples import text_of
from onrecord.questions.evidence import Evidence
from onrecord.questions.identity import Link
from onrecord.questions.status import NOTHING, Record, Report, Standing

Value = None | bool | str | int | list["Value"] | dict[str, "Value"]
Document = dict[str, Value]


def of_report(report: Report) -> list[Document]:
    """A report: an object for each jurisdiction, those that have evidence first."""
    found = [of_standing(standing) for standing in (*report.standings, *report.silent)]
    near: list[Value] = [_close(link, standings) for link, standings in report.close]
    for document in found:
        document["close_matches"] = [*near]
    return found


def of_standing(standing: Standing) -> Document:
    """The status under one jurisdiction."""
    record = standing.records[0] if standing.records else None
    days, place = standing.days, standing.jurisdiction
    return {
        "entity": text_of(standing.entity),
        "label": standing.label,
        "jurisdiction": text_of(place.node) if place.node else None,
        "jurisdiction_label": place.label,
        "list": _iri(record.on_list) if record else None,
        "list_label": record.label if record else None,
        "as_of": days.text if standing.is_dated else None,
        "days": {
            "first": str(days.first) if standing.is_dated else None,
            "last": str(days.last) if standing.is_dated else None,
            "last_on_record": standing.latest,
        },
        "answer": standing.answer,
        "reason": standing.reason,
        "intervals": [each for one in standing.records for each in _intervals(one, standing.acts)],
        "evidence": [of_evidence(piece) for piece in standing.evidence],
        "periods": [each for one in standing.records for each in _periods(one)],
        "lists": [*map(_list, standing.records), *(_silent(*each) for each in standing.silent)],
        "contradictions": [each for one in standing.records for each in _contradictions(one, standing)],
        "curations": _curations(standing.evidence),
        "links": [_link(link) for link in standing.links],
    }


def of_evidence(piece: Evidence) -> Document:
    """A piece of evidence. `lacks`: it is a complete list without the entry."""
    return {
        "source": text_of(piece.source) if piece.source else None,
        "source_label": piece.source_label,
        "kind": piece.kind,
        "date": piece.date,
        "date_curated": piece.date_curated,
        "exact": piece.exact,
        "chain": piece.chain,
        "node": text_of(piece.node),
        "of": piece.of or None,
        "lacks": piece.lacks,
        "curated": bool(piece.curated),
    }


def _iri(node: str | None) -> str | None:
    return None if node is None else text_of(node)


def _day(day: datetime.date | None) -> str | None:
    return None if day is None else str(day)


def _between(bounds: Bounds) -> Document:
    return {"earliest": _day(bounds.earliest), "latest": _day(bounds.latest)}


def _intervals(record: Record, acts: dict[str, str]) -> list[Document]:
    return [
        {
            "from": _between(interval.start),
            "until": _between(interval.until),
            "list": _iri(record.on_list),
            "gained_by": _iri(interval.gained_by),
            "gained_by_label": acts.get(interval.gained_by or ""),
            "lost_by": _iri(interval.lost_by),
            "lost_by_label": acts.get(interval.lost_by or ""),
        }
        for interval in record.timeline.intervals
    ]


def _periods(record: Record) -> list[Document]:
    return [
        {
            "first": _day(period.first),
            "last": _day(period.last),
            "list": _iri(record.on_list),
            "status": period.status,
            "because": period.because,
            "evidence": [text_of(node) for node in period.evidence],
            "curated": period.curated,
        }
        for period in record.timeline.periods
    ]


def _list(record: Record) -> Document:
    verdict = record.verdict
    return {
        "list": _iri(record.on_list),
        "list_label": record.label,
        "answer": verdict.answer,
        "reason": verdict.reason,
    }


def _silent(on_list: str, label: str) -> Document:
    return {"list": text_of(on_list), "list_label": label, "answer": "no evidence", "reason": NOTHING}


def _contradictions(record: Record, standing: Standing) -> list[Document]:
    return [
        {
            "text": text,
            "list": _iri(record.on_list),
            "sides": [of_evidence(piece) for piece in standing.behind(record.timeline, sides)],
        }
        for text, sides in record.timeline.disagreements
    ]


def _curations(pieces: list[Evidence]) -> list[Value]:
    """Why curators added what they added, once for each fact."""
    reasons = {piece.node: piece.curated for piece in pieces if piece.curated}
    return [{"node": text_of(node), "reasons": [*given]} for node, given in reasons.items()]


def _link(link: Link) -> Document:
    return {"from": text_of(link.node), "to": text_of(link.other), "reasons": [*link.reasons]}


def _close(link: Link, standings: tuple[Standing, ...]) -> Document:
    return {
        **_link(link),
        "answers": [
            {
                "jurisdiction": text_of(each.jurisdiction.node) if each.jurisdiction.node else None,
                "list": _iri(each.records[0].on_list) if each.records else None,
                "answer": each.answer,
                "reason": each.reason,
            }
            for each in standings
        ],
    }
