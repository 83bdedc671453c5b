"""The properties of this service: what can be fetched of an entity, and asked for besides a name.

A property gives cells. What a curator added is marked, or left out, as the setting `curated` says.
"""

from dataclasses import dataclass

from onrecord.errors import QueryError
from onrecord.server.reconciliation import kinds, standing, values
from onrecord.vocabulary.terms import onr, owl

_OF_ALL = ("Designee", "DesignationList", "Place", "Post", "Event", "Source")
_OF_DESIGNEES = ("Designee",)


@dataclass(frozen=True)
class Property:
    """A property. `of` are the types that it is proposed for, with all that are narrower; `kind` is the type
    of its values, where they are entities of this service."""

    name: str
    title: str
    note: str
    of: tuple[str, ...]
    values: values.Values
    kind: str = ""


def property_of(text: str) -> Property:
    """The property of an id. Raises QueryError for none."""
    found = PROPERTIES.get(text)
    if found is None:
        raise QueryError(f"{text[:60]!r} is no property", hint=f"there are: {', '.join(PROPERTIES)}")
    return found


def condition_of(text: str) -> Property:
    """The property of an id, as a condition. Raises QueryError for none, and for what depends on settings."""
    found = property_of(text)
    if found.name.startswith("status"):
        raise QueryError(f"{found.name} is no condition", hint="fetch it of those who are matched, with its settings")
    return found


def proposed(kind: str) -> list[Property]:
    """The properties for a type: those of what is broader belong to it, too; of an entry those of all designees."""
    mine = kinds.above(kind) | ({"Designee"} if kind == kinds.ENTRY else set())
    return [each for each in PROPERTIES.values() if not mine.isdisjoint(each.of)]


_PLACE = (onr.wholeAddress, onr.street, onr.city, onr.region, onr.country)
PROPERTIES: dict[str, Property] = {
    each.name: each
    for each in (
        Property("name", "name", "What the entity is called.", _OF_ALL, values.name),
        Property("otherNames", "other names", "Other names, in all scripts.", _OF_ALL, values.other_names),
        Property("type", "type", "What the entity is.", _OF_ALL, values.types),
        Property(
            "birthDate", "date of birth", "In EDTF, as vague as it is said.", _OF_DESIGNEES, values.dated(onr.birth)
        ),
        Property(
            "birthPlace", "place of birth", "As a list says it.", _OF_DESIGNEES, values.parts(onr.birthPlace, *_PLACE)
        ),
        Property("nationality", "nationality", "As a list says it.", _OF_DESIGNEES, values.texts(onr.nationality)),
        Property("citizenship", "citizenship", "As a list says it.", _OF_DESIGNEES, values.texts(onr.citizenship)),
        Property(
            "country", "country", "Of nationality, citizenship, address or state.", _OF_DESIGNEES, values.countries
        ),
        Property("gender", "gender", "As a list says it.", _OF_DESIGNEES, values.texts(onr.gender)),
        Property("address", "address", "As a list says it.", _OF_DESIGNEES, values.parts(onr.address, *_PLACE)),
        Property(
            "identifier",
            "identity papers",
            "Numbers of passports, tax numbers and the like.",
            _OF_DESIGNEES,
            values.parts(onr.identityPaper, onr.paperKind, onr.paperNumber),
        ),
        Property(
            "position", "position", "Position, as a list says it.", _OF_DESIGNEES, values.texts(onr.listedPosition)
        ),
        Property("state", "state", "The state that it belongs to.", _OF_DESIGNEES, values.nodes(onr.state), "State"),
        Property("reference", "reference", "What a list knows it by.", _OF_DESIGNEES, values.texts(onr.listReference)),
        Property(
            "list", "lists", "The lists that name it, or named it.", _OF_DESIGNEES, values.lists, "DesignationList"
        ),
        Property(
            "status",
            "status",
            "Listed or not, as of a day; see the settings.",
            _OF_DESIGNEES,
            standing.answers,
        ),
        Property(
            "statusReason",
            "status, explained",
            "In a sentence, with the reason.",
            _OF_DESIGNEES,
            standing.reasons,
        ),
        Property("statusSource", "status, sources", "What the status rests on.", _OF_DESIGNEES, standing.sources),
        Property(
            "sameAs",
            "same as [curated]",
            "Who is the same, by a curator's word.",
            _OF_DESIGNEES,
            values.same,
            "Designee",
        ),
        Property(
            "closeMatch",
            "close match [curated]",
            "Who may be the same: not settled.",
            _OF_DESIGNEES,
            values.near,
            "Designee",
        ),
        Property(
            "differentFrom",
            "different from",
            "Who is another.",
            _OF_DESIGNEES,
            values.nodes(owl.differentFrom),
            "Designee",
        ),
        Property("code", "code", "ISO 3166-1 code, UN or EU.", ("State", "Organization"), values.texts(onr.code)),
        Property(
            "jurisdiction",
            "jurisdiction",
            "Whose list it is.",
            ("DesignationList",),
            values.nodes(onr.jurisdiction),
            "Organization",
        ),
        Property("within", "within", "The place that it is in.", ("Place",), values.nodes(onr.within), "Place"),
        Property("when", "time", "When it happened, in EDTF.", ("Event",), values.dated(onr.when)),
        Property("published", "published", "When it appeared, in EDTF.", ("Source",), values.dated(onr.published)),
        Property("source", "sources", "The sources that speak of it.", _OF_ALL, values.sources, "Source"),
        Property("sourceTitle", "titles of sources", "What the sources are called.", _OF_ALL, values.titles),
        Property("iri", "address", "Its address in the dataset.", _OF_ALL, values.address),
    )
}
"""The properties by their ids, in the order in which they are proposed."""
