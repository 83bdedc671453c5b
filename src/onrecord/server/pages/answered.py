"""A report of somebody's status → what its page shows: sentences, time lines, and what the answer rests on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from onrecord.pictures.standing import because, sentence
from onrecord.questions.evidence import Evidence
from onrecord.questions.identity import Link
from onrecord.questions.jurisdictions import Jurisdiction
from onrecord.questions.status import Record, Standing
from onrecord.questions.verdicts import Days
from onrecord.server.desk import Desk
from onrecord.site import telling
from onrecord.site.standings import Standings, Stood
from onrecord.site.views import Shown

_OF = {
    "": "",
    "start": "of its beginning",
    "end": "of its end",
    "time": "of its time",
    "duration": "of how long",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Exact words, and of what they are; None where there are none."""

    exact: str | None
    of: str
    raw: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Words that came by one way: the chain, the source, its kind and date; or (`lacks`) a list without them."""

    pieces: tuple[Piece, ...]
    chain: str
    source: Shown | None
    kind: str
    date: str
    date_curated: bool
    lacks: bool
    fact: Shown


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What contradicts each other about one list, with the words of each side."""

    text: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A jurisdiction: the sentence, why, the drawn time lines, and what it rests on."""

    sentence: str
    because: str
    stood: Stood | None
    called: tuple[str, ...]
    followed: tuple[tuple[Shown, Shown, str], ...]
    """Who was read as one with whom, and the curators' reasons."""
    disagreements: tuple[Disagreement, ...]
    ways: tuple[Way, ...]
    curated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Close:
    """A close match, which is not taken to be the same: what its status is."""

    who: Shown
    reasons: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All of a report."""

    who: Shown
    day: str
    latest: bool
    standings: tuple[Answered, ...]
    silent: tuple[Shown, ...]
    close: tuple[Close, ...]
    namesakes: tuple[Shown, ...]


class Answers:
    """Makes them; `link` gives what the page shows for a node and its name."""

    def __init__(self, desk: Desk, link: Callable[[str, str], Shown]) -> None:
        self._desk, self._link = desk, link

    def of(self, node: str, where: Jurisdiction | None, days: Days | None) -> Answer:
        """The answer for `<iri>`."""
        report = self._desk.statuses.report(node, where, days)
        stood = Standings(self._link).of(report.standings)
        drawn = iter(stood)
        answered = [self._answered(each, next(drawn) if each.records else None) for each in report.standings]
        first = next(iter((*report.standings, *report.silent)), None)
        silent = [self._link(each.jurisdiction.node, each.jurisdiction.label) for each in report.silent]
        named = [self._link(each, self._desk.lookup.told(each)) for each in self._desk.lookup.namesakes(node)]
        return Answer(
            self._link(node, report.label),
            telling.day(first.days.text) if first and first.is_dated else "",
            days is None,
            tuple(answered),
            tuple(silent),
            tuple(self._close(node, link, standings) for link, standings in report.close),
            tuple(named),
        )

    def _answered(self, standing: Standing, stood: Stood | None) -> Answered:
        evidence = standing.evidence
        reasons = dict.fromkeys(reason for piece in evidence for reason in piece.curated)
        return Answered(
            telling.days_in(sentence(standing)),
            telling.days_in(because(standing).removesuffix(" [curated in part]")),
            stood,
            tuple(self._called(standing)),
            tuple(self._followed(link) for link in standing.links),
            tuple(each for record in standing.records for each in self._disagreements(standing, record)),
            self._ways(evidence),
            tuple(reasons),
        )

    def _called(self, standing: Standing) -> Iterable[str]:
        """The names that lists give to an entry, where they are several: a reference may have come to be another's."""
        statuses = self._desk.statuses
        nodes = [standing.entity, *(node for link in standing.links for node in (link.node, link.other))]
        for node in dict.fromkeys(nodes):
            names = statuses.said.called(node) if node.startswith(f"<{statuses.said.base}entry/") else {}
            if len(names) > 1:
                told = "; ".join(f"{name} ({', '.join(sources)})" for name, sources in names.items())
                path = statuses.names.path(node[1:-1])
                yield f"By its reference alone, {path} is one entry. Its lists call it: {told}"

    def _followed(self, link: Link) -> tuple[Shown, Shown, str]:
        return self._link(link.node, ""), self._link(link.other, ""), "; ".join(link.reasons)

    def _disagreements(self, standing: Standing, record: Record) -> Iterable[Disagreement]:
        for text, sides in record.timeline.disagreements:
            pieces = standing.behind(record.timeline, sides)
            dated = [piece for piece in pieces if piece.of and piece.of != "end"]
            yield Disagreement(telling.days_in(text), self._ways(dated if len(sides) == 1 and dated else pieces))

    def _close(self, node: str, link: Link, standings: tuple[Standing, ...]) -> Close:
        other = link.other if link.node == node else link.node
        told = tuple(telling.days_in(sentence(each)) for each in standings)
        return Close(self._link(other, ""), "; ".join(link.reasons), told)

    def _ways(self, pieces: Iterable[Evidence]) -> tuple[Way, ...]:
        return tuple(self._way(list(held)) for _, held in groupby(pieces, _key))

    def _way(self, pieces: list[Evidence]) -> Way:
        first = pieces[0]
        words = [Piece(each.exact, _OF[each.of], _is_code(each.exact)) for each in pieces]
        source = self._link(first.source, first.source_label) if first.source else None
        fact = self._link(first.node, "")
        date, curated = _dated(first.date or ""), first.date_curated
        return Way(tuple(words), first.chain or "", source, telling.words(first.kind), date, curated, first.lacks, fact)


def _key(piece: Evidence) -> tuple[object, ...]:
    return piece.source, piece.kind, piece.date, piece.chain, piece.lacks, piece.node


def _is_code(exact: str | None) -> bool:
    """Whether words are a file's code."""
    return (exact or "").lstrip().startswith(("<", "{"))


def _dated(date: str) -> str:
    first, slash, last = date.partition("/")
    if slash and ".." in (first, last):
        return f"{telling.day(first)} or later" if last == ".." else f"{telling.day(last)} or earlier"
    return f"{telling.day(first)} to {telling.day(last)}" if slash else telling.day(date)
