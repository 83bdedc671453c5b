"""The status of an entity as cells, as `kg status` says it."""

from collections.abc import Iterator

from onrecord.pictures.standing import because, sentence
from onrecord.questions.status import Standing
from onrecord.questions.verdicts import days_of
from onrecord.server.desk import Desk
from onrecord.server.reconciliation.cells import IN_PART, MARK, Cell, text


def standings(desk: Desk, node: str, settings: dict[str, str]) -> tuple[Standing, ...]:
    """The standings that the settings ask for: one of the jurisdiction, or each that has evidence.

    Raises QueryError for a jurisdiction that there is not, or what is no date.
    """
    where, on = settings.get("jurisdiction", "").strip(), settings.get("on", "").strip()
    place = desk.statuses.jurisdictions.named(where) if where else None
    return desk.statuses.standings(node, place, days_of(on) if on else None)


def answers(desk: Desk, node: str, settings: dict[str, str]) -> Iterator[Cell]:
    """The answers: of one jurisdiction the words alone, of several with the jurisdiction before. Where there is none,
    there is no evidence, which is no evidence of absence."""
    found = standings(desk, node, settings)
    one = bool(settings.get("jurisdiction", "").strip())
    for each in found:
        marked = f"{each.answer} {IN_PART}" if each.is_curated else each.answer
        yield text(marked if one else f"{each.jurisdiction.label}: {marked}", False)
    if not found:
        yield text("no evidence", False)


def reasons(desk: Desk, node: str, settings: dict[str, str]) -> Iterator[Cell]:
    """The answers in sentences, each with its reason; with the links by which they were found."""
    for each in standings(desk, node, settings):
        links = [f"through a curator's link to {desk.statuses.label(link.other)}" for link in each.links]
        yield text(" ".join([told(each), *(f"({link})" for link in links)]), False)


def told(standing: Standing) -> str:
    """A standing in words; where nobody asked for a day, with what the record says of the days after the last one on
    record."""
    after = standing.records[0].timeline.periods[-1:] if standing.latest and standing.records else ()
    further = [
        f"After that: {period.status} ({period.because}){f' {MARK}' if period.curated else ''}."
        for period in after
        if period.status != standing.answer
    ]
    return " ".join([sentence(standing), f"{because(standing).rstrip('.')}.", *further])


def sources(desk: Desk, node: str, settings: dict[str, str]) -> Iterator[Cell]:
    """What the answers rest on: the exact words, the chain by which they came, and the source."""
    for each in standings(desk, node, settings):
        for piece in each.evidence:
            words = [f"“{piece.exact}”"] if piece.exact else []
            lacks = ["a complete list, which lacks the entry"] if piece.lacks else []
            way = filter(None, (piece.chain, piece.source_label))
            yield text(" — ".join([*words, *lacks, *way]), bool(piece.curated))
