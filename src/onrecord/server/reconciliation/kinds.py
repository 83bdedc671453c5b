"""The types that entities have in this service: classes of the vocabulary, and what stands on an official list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.errors import QueryError
from onrecord.ntriples import text_of
from onrecord.questions.said import Said
from onrecord.vocabulary.context import classes
from onrecord.vocabulary.term import TYPE

ENTRY = "Entry"
"""What stands on an official list, whatever it is: a type of this service, and no class."""
_NAMESPACE = "https://w3id.org/onrecord/ns#"
_PREFIX = "onr:"


@dataclass(frozen=True)
class Kind:
    """A type. `broader` names the types that it is a kind of, the next ones only."""

    name: str
    title: str
    broader: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("Designee", "designee"),
        Kind("Agent", "agent", ("Designee",)),
        Kind("Person", "person", ("Agent",)),
        Kind("PersonGroup", "group of persons", ("Agent",)),
        Kind("Organization", "organization", ("Agent",)),
        Kind("OrganizationGroup", "group of organizations", ("Organization",)),
        Kind("Place", "place"),
        Kind("State", "state", ("Organization", "Place")),
        Kind("GovernmentBody", "government body", ("Organization",)),
        Kind("Ministry", "ministry", ("GovernmentBody",)),
        Kind("Court", "court", ("Organization",)),
        Kind("ArmedGroup", "armed group", ("Organization",)),
        Kind("PoliticalParty", "political party", ("Organization",)),
        Kind("Foundation", "foundation", ("Organization",)),
        Kind("NewsOutlet", "news outlet", ("Organization",)),
        Kind("Platform", "platform", ("Organization",)),
        Kind("Forum", "forum", ("Organization",)),
        Kind("Alliance", "alliance", ("Organization",)),
        Kind("Company", "company", ("Organization",)),
        Kind("Vessel", "vessel", ("Designee",)),
        Kind("Aircraft", "aircraft", ("Designee",)),
        Kind(ENTRY, "entry of an official list"),
        Kind("DesignationList", "designation list"),
        Kind("Post", "post"),
        Kind("Event", "event"),
        Kind("Act", "act", ("Event",)),
        Kind("Source", "source"),
        Kind("Article", "article", ("Source",)),
        Kind("ListSnapshot", "list snapshot", ("Source",)),
    )
}
"""The types by their ids, broader ones first. All but ENTRY are classes of the ontology, as a test holds."""
DEFAULT = ("Person", "Organization", ENTRY, "DesignationList", "State", "Vessel", "Aircraft", "Event")
"""What people are asked to choose from."""


def known(text: str) -> str:
    """The id of the type that a client means by an id, a prefixed name or an address. Raises QueryError for none."""
    name = text.removeprefix(_NAMESPACE).removeprefix(_PREFIX)
    if name not in KINDS:
        raise QueryError(f"{text[:60]!r} is no type of this service", hint=f"there are: {', '.join(KINDS)}")
    return name


def above(name: str) -> frozenset[str]:
    """A type and all that are broader."""
    return frozenset((name, *(each for broader in KINDS[name].broader for each in above(broader))))


def own(said: Said, node: str) -> tuple[str, ...]:
    """The types that are said of a node itself, the most telling first."""
    named = (classes().get(kind, "") for kind in said.objects(node, TYPE))
    found = [name for name in named if name in KINDS]
    narrow = [name for name in found if not any(name in above(other) for other in found if other != name)]
    return (*sorted(narrow), *((ENTRY,) if _is_entry(said, node) else ()))


def all_of(names: Iterable[str]) -> frozenset[str]:
    """Types with all that are broader."""
    return frozenset(each for name in names for each in above(name))


def may_be(names: Iterable[str], wanted: str) -> bool:
    """Whether something of these types is of the type that is wanted, or may be without anybody saying so: a list that
    says "organization" does not say that it is no armed group. Entries are known for entries."""
    mine = set(names)
    return wanted in all_of(mine) or (wanted != ENTRY and not mine.isdisjoint(above(wanted)))


def document(name: str) -> dict[str, object]:
    """A type as the specification writes it (2.2)."""
    kind = KINDS[name]
    made: dict[str, object] = {"id": name, "name": kind.title}
    if kind.broader:
        made["broader"] = [{"id": broader, "name": KINDS[broader].title} for broader in kind.broader]
    return made


def short(names: Iterable[str]) -> list[dict[str, str]]:
    """Types as those of a candidate."""
    return [{"id": name, "name": KINDS[name].title} for name in names]


def found(prefix: str) -> Iterator[str]:
    """The types whose id, address or name has a word that begins so, in their order."""
    sought = prefix.strip().removeprefix(_NAMESPACE).removeprefix(_PREFIX).casefold()
    for name, kind in KINDS.items():
        words = (name, kind.title, *kind.title.split())
        if any(word.casefold().startswith(sought) for word in words):
            yield name


def _is_entry(said: Said, node: str) -> bool:
    return text_of(node).startswith(f"{said.base}entry/")
