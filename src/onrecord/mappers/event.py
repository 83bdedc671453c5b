"""Events and official acts."""

from onrecord.facts.fields import Record, several
from onrecord.facts.records import Act, Event, Happening, Participant
from onrecord.findings import Pointer
from onrecord.mappers.parts.evidence import write_words
from onrecord.mappers.parts.facts import write_fact
from onrecord.mappers.parts.identity import write_same
from onrecord.mappers.parts.minting import below, digest
from onrecord.mappers.parts.page import Page, Pen
from onrecord.mappers.parts.quantities import write_amount
from onrecord.mappers.parts.times import write_time
from onrecord.vocabulary.terms import CONCEPTS, onr, rdfs, sem


def write(page: Page, record: Event, pointer: Pointer) -> None:
    """Write an event that happened by the source's word, or a series of such events."""
    node = _begin(page, record, pointer)
    pen = write_fact(page, record, node, onr.Event)
    content(page, pen, record, node, pointer, True)


def write_act(page: Page, record: Act, pointer: Pointer) -> None:
    """Write an official act."""
    node = _begin(page, record, pointer)
    pen = write_fact(page, record, node, onr.Act)
    pen.link(node, onr.kind, CONCEPTS["act-kind"].get(record.kind))
    for subject in page.refs(several(record.subject)):
        pen.link(node, onr.concerns, subject)
    pen.link(node, onr.onList, page.ref(record.on_list))
    page.pen(record.curated or record.through_curated).link(node, onr.through, page.ref(record.through))
    page.curation(node, record.through_curated, onr.through)
    _write_happening(page, pen, record, node, pointer, True)


def _begin(page: Page, record: Happening, pointer: Pointer) -> str:
    """An event with an id has been named before, in this source or in the registry."""
    if record.id is None:
        return page.node("act" if isinstance(record, Act) else "event", record, pointer)
    node = page.names[record.id]
    page.origins[node] = pointer
    return node


def content(page: Page, pen: Pen, record: Record, node: str, pointer: Pointer, on_record: bool) -> None:
    """What an event consists of."""
    assert isinstance(record, Event)
    pen.link(node, onr.kind, CONCEPTS["event-kind"].get(record.kind))
    write_amount(page, pen, node, onr.number, record.number)
    for topic in page.refs(several(record.topic)):
        pen.link(node, onr.topic, topic)
    _write_happening(page, pen, record, node, pointer, on_record)


def _write_happening(page: Page, pen: Pen, record: Happening, node: str, pointer: Pointer, on_record: bool) -> None:
    pen.text(node, rdfs.label, record.label)
    for agent in page.refs(several(record.by)):
        pen.link(node, onr.carriedOutBy, agent)
    for index, part in enumerate(record.participants):
        participant = Participant(who=part) if isinstance(part, str) else part
        _write_participation(page, pen, participant, node, (*pointer, "participants", index))
    for place in page.refs(several(record.place)):
        pen.link(node, sem.hasPlace if on_record else onr.place, place)
    pen.link(node, sem.subEventOf if on_record else onr.partOfEvent, page.ref(record.part_of))
    for prop, names in ((onr.causedBy, record.caused_by), (onr.amid, record.amid), (onr.after, record.after)):
        for other in page.refs(several(names)):
            pen.link(node, prop, other)
    write_time(page, pen, node, onr.when, record.when, (*pointer, "when"))
    if on_record:
        write_same(page, record.same_as, node, pointer)


def _write_participation(page: Page, pen: Pen, record: Participant, node: str, pointer: Pointer) -> None:
    made = below(node, "participation", digest(record.who, record.role))
    page.origins[made] = pointer
    own = page.curated if record.curated else pen
    own.link(node, onr.participation, made)
    own.type(made, onr.Participation)
    own.link(made, onr.participant, page.ref(record.who))
    own.link(made, onr.participantRole, CONCEPTS["participant-role"].get(record.role))
    write_words(page, own, made, record.words)
    page.curation(made, record.curated)
