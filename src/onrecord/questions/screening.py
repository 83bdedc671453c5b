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

    `nodes` are those who are called just so; `candidates` those who are called nearly so: none is taken to be meant.
    """

    query: str
    match: Literal["exact", "close", "none", "several", "blank"]
    nodes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    how: str = ""
    standings: tuple[Standing, ...] = ()
    candidates: tuple[Match, ...] = ()

    @property
    def deciding(self) -> Standing | None:
        """Of several jurisdictions, the one whose answer comes first in the order in which lists decide."""
        return min(self.standings, key=lambda each: ORDER.index(each.answer), default=None)

    @property
    def answer(self) -> Status:
        """The answer: "no evidence" where nobody, or more than one, is called just so."""
        return self.deciding.answer if self.deciding else "no evidence"


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
        return Screened(query, "several", found.nodes, labels, found.how)
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
        pairs = zip(screened.nodes, screened.labels, strict=True)
        return [{"entity": text_of(n), "name": label, "score": 100, "reason": "called just so"} for n, label in pairs]
    return [
        {"entity": text_of(match.node), "name": match.name, "score": match.score, "reason": match.reason}
        for match in screened.candidates
    ]
