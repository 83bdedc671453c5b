"""Many names or identifiers, one after the other: who is on a list on a date, and who is only called nearly so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.history import Status
from onrecord.matching import Match
from onrecord.ntriples import text_of
from onrecord.questions.documents import Document, of_standing
from onrecord.questions.jurisdictions import Jurisdiction
from onrecord.questions.lookup import Lookup
from onrecord.questions.status import Standing, Statuses
from onrecord.questions.verdicts import ORDER, Days


@dataclass(frozen=True)
class Screened:
    """The answer to one line. `match` tells how far what it says is known: only an exact match has standings.

    `nodes` are those who are called just so, `answers` what each of them is, where they are several; `candidates` those
    who are called nearly so. None of several is taken to be meant.
    """

    query: str
    match: Literal["exact", "close", "none", "several", "blank"]
    nodes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    how: str = ""
    standings: tuple[Standing, ...] = ()
    candidates: tuple[Match, ...] = ()
    answers: tuple[Status, ...] = ()

    @property
    def deciding(self) -> Standing | None:
        """Of several jurisdictions, the one whose answer comes first in the order in which lists decide."""
        return _deciding(self.standings)

    @property
    def answer(self) -> Status:
        """The answer: "no evidence" where nobody is called just so. Of several, what all of them are, else "uncertain":
        it depends on which of them is meant."""
        if self.answers:
            return self.answers[0] if len(set(self.answers)) == 1 else "uncertain"
        return self.deciding.answer if self.deciding else "no evidence"


def _deciding(standings: tuple[Standing, ...]) -> Standing | None:
    return min(standings, key=lambda each: ORDER.index(each.answer), default=None)


def screen(
    texts: Iterable[str], lookup: Lookup, statuses: Statuses, where: Jurisdiction | None, days: Days
) -> Iterator[Screened]:
    """An answer for each text, in their order, as they come."""
    for text in texts:
        yield _screened(text, lookup, statuses, where, days)


def _screened(text: str, lookup: Lookup, statuses: Statuses, where: Jurisdiction | None, days: Days) -> Screened:
    query = text.strip()
    if not query:
        return Screened(query, "blank")
    found = lookup.find(query)
    labels = tuple(map(statuses.label, found.nodes))
    if len(found.nodes) == 1:
        standings = statuses.standings(found.nodes[0], where, days)
        return Screened(query, "exact", found.nodes, labels, found.how, standings)
    if found.nodes:
        decided = [_deciding(statuses.standings(node, where, days)) for node in found.nodes]
        answers: tuple[Status, ...] = tuple(one.answer if one else "no evidence" for one in decided)
        return Screened(query, "several", found.nodes, labels, found.how, answers=answers)
    near = tuple(lookup.close(query))
    return Screened(query, "close" if near else "none", candidates=near)


def document(screened: Screened, days: Days) -> Document:
    """An answer as a value for JSON: the form is docs/schema/status.json#/$defs/screened."""
    statuses = {id(standing): of_standing(standing) for standing in screened.standings}
    deciding = statuses.get(id(screened.deciding), {"jurisdiction": None, "list": None})
    known = screened.nodes[0] if screened.match == "exact" else None
    return {
        "query": screened.query,
        "match": screened.match,
        "entity": text_of(known) if known else None,
        "label": screened.labels[0] if known else None,
        "as_of": days.text,
        "answer": screened.answer,
        "jurisdiction": deciding["jurisdiction"],
        "list": deciding["list"],
        "candidates": [*_candidates(screened)],
        "statuses": [*statuses.values()],
    }


def _candidates(screened: Screened) -> list[Document]:
    if screened.match == "several":
        bearers = zip(screened.nodes, screened.labels, screened.answers, strict=True)
        return [
            {"entity": text_of(node), "name": label, "score": 100, "reason": "called just so", "answer": answer}
            for node, label, answer in bearers
        ]
    return [
        {"entity": text_of(match.node), "name": match.name, "score": match.score, "reason": match.reason}
        for match in screened.candidates
    ]
