"""The properties of this service: what can be fetched of an entity, and asked for besides a name.

A property gives cells. What a curator added is marked, or left out, as the setting `curated` says.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from onrecord.errors import QueryError
from onrecord.ntriples import text_of
from onrecord.questions import identity
from onrecord.server.desk import Desk
from onrecord.server.reconciliation import entities, kinds, standing, times
from onrecord.server.reconciliation.cells import MARK, Cell, entity, text
from onrecord.vocabulary.term import Property as Term
from onrecord.vocabulary.terms import dcterms, onr, owl, rdfs, skos

Settings = dict[str, str]
Values = Callable[[Desk, str, Settings], Iterable[Cell]]
_OF_ALL = ("Designee", "DesignationList", "Place", "Post", "Event", "Source")
_OF_DESIGNEES = ("Designee",)


@dataclass(frozen=True)
class Property:
    """A property. `of` are the types that it is proposed for, with all that are narrower; `is_entity` tells that its
    values are entities of this service."""

    name: str
    title: str
    note: str
    of: tuple[str, ...]
    values: Values
    is_entity: bool = False


def property_of(text: str) -> Property:
    """The property of an id. Raises QueryError for none."""
    found = PROPERTIES.get(text)
    if found is None:
        raise QueryError(f"{text[:60]!r} is no property", hint=f"there are: {', '.join(PROPERTIES)}")
    return found


def proposed(kind: str) -> list[Property]:
    """The properties for a type: those of what is broader belong to it, too; of an entry those of all designees."""
    mine = kinds.above(kind) | ({"Designee"} if kind == kinds.ENTRY else set())
    return [each for each in PROPERTIES.values() if not mine.isdisjoint(each.of)]


def held(desk: Desk, node: str, *terms: Term) -> Iterator[tuple[str, bool]]:
    """The values of some properties of a node, each once, and whether only a curator says so."""
    asserted, curated = desk.statuses.said.described(node)
    for term in terms:
        said, added = asserted.get(str(term), {}), curated.get(str(term), {})
        for value in sorted({*said, *added}):
            yield value, value not in said


def _texts(*terms: Term) -> Values:
    def values(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
        for value, curated in held(desk, node, *terms):
            if not value.startswith("<"):
                yield text(text_of(value), curated)

    return values


def _nodes(*terms: Term) -> Values:
    def values(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
        for value, curated in held(desk, node, *terms):
            yield entity(desk, value, curated)

    return values


def _times(term: Term) -> Values:
    def values(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
        said = desk.statuses.said
        for value, curated in held(desk, node, term):
            if told := times.written(said, value):
                dated = [each for each in (onr.edtf, onr.earliest, onr.latest) if said.objects(value, each)]
                added = [prop for prop in dated if all(only for _, only in held(desk, value, prop))]
                yield text(told, curated or bool(added))

    return values


def _parts(term: Term, *inner: Term) -> Values:
    """What belongs to a node, each as one line: an address, an identity paper."""

    def values(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
        for part, curated in held(desk, node, term):
            told = [text_of(value) for prop in inner for value, _ in held(desk, part, prop)]
            if told:
                yield text(", ".join(dict.fromkeys(told)), curated)

    return values


def _name(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    yield text(entities.name_of(desk, node), False)


def _other_names(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    title = entities.name_of(desk, node)
    forms = [form for form, _ in held(desk, node, onr.nameForm)]
    found = [*held(desk, node, rdfs.label, skos.altLabel), *(pair for form in forms for pair in _labels(desk, form))]
    curated = {text_of(value): only for value, only in reversed(found)}
    yield from (text(name, curated[name]) for name in sorted(curated) if name != title)


def _labels(desk: Desk, form: str) -> Iterator[tuple[str, bool]]:
    """The labels of a form of a name; parts of names are none."""
    if not any(value.endswith("name-part>") for value, _ in held(desk, form, onr.kind)):
        yield from held(desk, form, rdfs.label)


def _types(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    yield from (text(kinds.KINDS[name].title, False) for name in kinds.own(desk.statuses.said, node))


def _lists(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    nodes, links = identity.confirmed(desk.statuses.said, node)
    own = set(entities.lists_of(desk, [node]))
    for each in dict.fromkeys([*sorted(own), *entities.lists_of(desk, nodes)]):
        yield entity(desk, each, each not in own and bool(links))


def _same(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    for each in identity.confirmed(desk.statuses.said, node)[0][1:]:
        yield entity(desk, each, True)


def _near(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    nodes = identity.confirmed(desk.statuses.said, node)[0]
    for link in identity.close(desk.statuses.said, nodes):
        yield entity(desk, link.other if link.node in nodes else link.node, True)


def _sources(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    for source in sources_of(desk, node):
        yield entity(desk, source, False)


def _titles(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    for source in sources_of(desk, node):
        titles = [text_of(value) for value, _ in held(desk, source, dcterms.title)]
        yield text(titles[0] if titles else entities.name_of(desk, source), False)


def sources_of(desk: Desk, node: str) -> list[str]:
    """The sources that say something of a node, or speak of it: articles and snapshots of lists, sorted."""
    import pyoxigraph as ox

    base, found = desk.settings.base, set[str]()
    asserted, end = f"{base}graph/asserted/", ox.NamedNode(text_of(node))
    for pattern in ((end, None), (None, end)):
        for quad in desk.store.quads_for_pattern(pattern[0], None, pattern[1], None):
            graph = str(quad.graph_name)[1:-1]
            if graph.startswith(asserted):
                found.add(f"<{base}source/{graph.removeprefix(asserted)}>")
    return sorted(found)


def _address(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    yield text(text_of(node), False)


_PLACE = (onr.wholeAddress, onr.street, onr.city, onr.region, onr.country)
PROPERTIES: dict[str, Property] = {
    each.name: each
    for each in (
        Property("name", "name", "What the entity is called.", _OF_ALL, _name),
        Property("otherNames", "other names", "Other names, in all scripts.", _OF_ALL, _other_names),
        Property("type", "type", "What the entity is.", _OF_ALL, _types),
        Property("birthDate", "date of birth", "In EDTF, as vague as it is said.", _OF_DESIGNEES, _times(onr.birth)),
        Property("birthPlace", "place of birth", "As a list says it.", _OF_DESIGNEES, _parts(onr.birthPlace, *_PLACE)),
        Property("nationality", "nationality", "As a list says it.", _OF_DESIGNEES, _texts(onr.nationality)),
        Property("citizenship", "citizenship", "As a list says it.", _OF_DESIGNEES, _texts(onr.citizenship)),
        Property("gender", "gender", "As a list says it.", _OF_DESIGNEES, _texts(onr.gender)),
        Property("address", "address", "As a list says it.", _OF_DESIGNEES, _parts(onr.address, *_PLACE)),
        Property(
            *("identifier", "identity papers", "Numbers of passports, tax numbers and the like.", _OF_DESIGNEES),
            _parts(onr.identityPaper, onr.paperKind, onr.paperNumber),
        ),
        Property("position", "position", "Position, as a list says it.", _OF_DESIGNEES, _texts(onr.listedPosition)),
        Property("state", "state", "The state that it belongs to.", _OF_DESIGNEES, _nodes(onr.state), True),
        Property("reference", "reference", "What a list knows it by.", _OF_DESIGNEES, _texts(onr.listReference)),
        Property("list", "lists", "The lists that name it, or named it.", _OF_DESIGNEES, _lists, True),
        Property(
            *("status", "status", "Listed or not, as of a day; see the settings.", _OF_DESIGNEES, standing.answers),
        ),
        Property(
            *("statusReason", "status, explained", "In a sentence, with the reason.", _OF_DESIGNEES, standing.reasons),
        ),
        Property("statusSource", "status, sources", "What the status rests on.", _OF_DESIGNEES, standing.sources),
        Property("sameAs", "same as", "Who is the same, by a curator's word.", _OF_DESIGNEES, _same, True),
        Property("closeMatch", "close match", "Who may be the same: not settled.", _OF_DESIGNEES, _near, True),
        Property("differentFrom", "different from", "Who is another.", _OF_DESIGNEES, _nodes(owl.differentFrom), True),
        Property("code", "code", "ISO 3166-1 code, UN or EU.", ("State", "Organization"), _texts(onr.code)),
        Property(
            *("jurisdiction", "jurisdiction", "Whose list it is.", ("DesignationList",), _nodes(onr.jurisdiction)),
            is_entity=True,
        ),
        Property("within", "within", "The place that it is in.", ("Place",), _nodes(onr.within), True),
        Property("when", "time", "When it happened, in EDTF.", ("Event",), _times(onr.when)),
        Property("published", "published", "When it appeared, in EDTF.", ("Source",), _times(onr.published)),
        Property("source", "sources", "The sources that speak of it.", _OF_ALL, _sources, True),
        Property("sourceTitle", "titles of sources", "What the sources are called.", _OF_ALL, _titles),
        Property("iri", "address", "Its address in the dataset.", _OF_ALL, _address),
    )
}
"""The properties by their ids, in the order in which they are proposed."""

SETTINGS: list[dict[str, object]] = [
    {
        **{"name": "jurisdiction", "label": "Jurisdiction", "type": "text", "default": ""},
        "help_text": "For status: a code, an id or a name (RU, UN, united-states); each that has evidence, if left out.",
    },
    {
        **{"name": "on", "label": "As of", "type": "text", "default": ""},
        "help_text": "For status: a date in EDTF (2010-01-01, 2010); the last day on record, if left out.",
    },
    {
        **{"name": "curated", "label": "What curators added", "type": "select", "default": "marked"},
        "help_text": f"Whether it is marked with “{MARK}” or left out; a status is always marked.",
        "choices": [{"value": "marked", "name": "marked"}, {"value": "left-out", "name": "left out"}],
    },
    {
        **{"name": "limit", "label": "Most values", "type": "number", "default": 0},
        "help_text": "Of each entity, at the most; 0 for all.",
    },
]
"""The settings of properties (7.1)."""
