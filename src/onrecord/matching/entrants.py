"""What facts files say of entities and of entries of lists, as what is compared of them."""

from collections.abc import Iterable, Iterator, Mapping

from onrecord.facts.dates import bounds
from onrecord.facts.document import Document, Registry
from onrecord.facts.entities import Entity, Name, Organization, Person
from onrecord.facts.fields import Time, When
from onrecord.facts.listings import Entry
from onrecord.matching.suggestions import Birth, Described, Identifier
from onrecord.vocabulary.terms import KINDS

_NAME_PART = "name-part"
_FIRST, _LAST = "0001-01-01", "9999-12-31"


def of_registry(registries: Iterable[Registry]) -> dict[str, Described]:
    """The organizations and persons of a registry by their ids. Who is known by role only is left out: they are never
    identified by guess."""
    documents = list(registries)
    states = {one.id: one for document in documents for one in document.organizations if one.kind == "state"}
    found: dict[str, Described] = {}
    for document in documents:
        of_section: tuple[Organization | Person, ...] = (*document.organizations, *document.people)
        for one in of_section:
            names = tuple(_names_of(one))
            if names and not (isinstance(one, Person) and one.role):
                state = states.get(one.state or "") if isinstance(one, Organization) else None
                countries = (*_names_of(state), *filter(None, [state.code])) if state else ()
                found[one.id] = Described(one.id, _kind_of_entity(one), names, countries=countries)
    return found


def of_lists(snapshots: Iterable[Document]) -> dict[str, dict[str, Described]]:
    """The entries of lists by list and by the name that links have for them: `un-sc/TAi.002`. What several snapshots
    of a list say of an entry is put together, the latest first."""
    ordered = sorted(
        ((one.source.snapshot, one.entries) for one in snapshots if one.source.snapshot is not None),
        key=lambda pair: pair[0].as_of,
        reverse=True,
    )
    found: dict[str, dict[str, Described]] = {}
    for snapshot, entries in ordered:
        held = found.setdefault(snapshot.of, {})
        for entry in entries:
            node = f"{snapshot.of}/{entry.reference}"
            one = _of_entry(node, entry)
            held[node] = _both(held[node], one) if node in held else one
    return found


def links_of(registries: Iterable[Registry]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The entries that each entity of a registry is linked to, and those that it is said not to be."""
    linked: dict[str, list[str]] = {}
    refused: dict[str, list[str]] = {}
    for document in registries:
        for one in (*document.organizations, *document.people):
            linked[one.id] = [link.entry for link in one.same_as if link.entry]
            refused[one.id] = [link.entry for link in one.not_same_as if link.entry]
    return linked, refused


def _names_of(entity: Entity) -> Iterator[str]:
    for name in (entity.name, *entity.other_names):
        if name is not None:
            yield name.text if isinstance(name, Name) else name


def _kind_of_entity(entity: Organization | Person) -> str:
    if isinstance(entity, Organization):
        return "organization"
    return "" if entity.group else "person"


def kind_of(kind: str) -> str:
    """What can be one with what: persons, organizations of all kinds, and what the list calls by another word. Empty
    for what says too little to keep two apart."""
    if kind in KINDS["Organization"] or kind == "organization-group":
        return "organization"
    return "" if kind in ("designee", "agent", "person-group") else kind


def _of_entry(node: str, entry: Entry) -> Described:
    names = dict.fromkeys((entry.name, *(name.text for name in entry.names if name.kind != _NAME_PART)))
    places = (address.country for address in entry.addresses if address.country)
    return Described(
        node,
        kind_of(entry.kind),
        tuple(names),
        tuple(_births(entry.births)),
        tuple(dict.fromkeys((*entry.nationalities, *entry.citizenships, *places))),
        tuple(Identifier(paper.kind, paper.number) for paper in entry.papers if paper.number),
    )


def _births(times: Iterable[Time]) -> Iterator[Birth]:
    """Those dates of birth that have bounds: of about 1963 nobody can say what contradicts it."""
    for time in times:
        told = time if isinstance(time, When) else When(date=time)
        first, last = (_day(told.earliest or told.date, 0), _day(told.latest or told.date, 1))
        if first or last:
            said = str(told.date or told.said or f"{told.earliest or ''}/{told.latest or ''}")
            yield Birth(said, first or _FIRST, last or _LAST)


def _day(date: str | int | None, which: int) -> str:
    found = bounds(str(date))[which] if date is not None else None
    return found.isoformat() if found else ""


def _both(one: Described, other: Described) -> Described:
    return one._replace(
        names=tuple(dict.fromkeys((*one.names, *other.names))),
        births=tuple(dict.fromkeys((*one.births, *other.births))),
        countries=tuple(dict.fromkeys((*one.countries, *other.countries))),
        identifiers=tuple(dict.fromkeys((*one.identifiers, *other.identifiers))),
    )


def settled(linked: Mapping[str, list[str]], refused: Mapping[str, list[str]]) -> set[tuple[str, str]]:
    """The pairs of entries, in both orders, of which it is told whether they are one: by an entity that is linked to
    both, or to one of them and not the other."""
    pairs = (
        (one, other)
        for entity, entries in linked.items()
        for one in entries
        for other in (*entries, *refused.get(entity, ()))
        if one != other
    )
    return {ends for one, other in pairs for ends in ((one, other), (other, one))}
