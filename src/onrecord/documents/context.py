"""The context of documents (https://www.w3.org/TR/json-ld11/): the names that partners read.

It is that of the vocabulary (`onrecord.vocabulary.context`) with what a document adds: `type` and whatever may repeat
is an array; concepts are words; names in all their languages are `labels`, while `label` is one text for people, made
for each document, that stands for no triple; what stands inside another node has a key of its own.

A published context never changes. When this one has to, `VERSION` becomes the next number.
"""

from functools import cache
from typing import TypeAlias

from onrecord.documents.kinds import INVERSES
from onrecord.vocabulary.context import SCHEME, classes, prefixes, properties, short
from onrecord.vocabulary.term import LANG_STRING, XSD_STRING, Property
from onrecord.vocabulary.terms import CONCEPTS

Definition: TypeAlias = dict[str, "str | list[str] | dict[str, str]"]
Context: TypeAlias = dict[str, "str | float | Definition | None"]

VERSION = 1
ADDRESS = f"https://w3id.org/onrecord/context/{VERSION}.jsonld"
"""Where the context is published, and what documents name. It is inside each bundle, too, and never fetched by us."""

FOR_PEOPLE = ("label", "curated")
"""Keys that stand for no triple: one name to show, and whether a node would not be there without curators."""
LABELS = "labels"
ADDRESSES = ("url", "license", "hadPrimarySource")
"""Properties whose values are addresses on the web, and no things that are described here."""
SEVERAL = ("anonymityReason", "knownByRole", "listReference", "state")
"""Properties that each source gives once, of things that several sources may speak of."""
_SCHEMES_OF = {
    "attitude": ("attitude",),
    "changeCause": ("change-cause",),
    "changeKind": ("change-kind",),
    "earliestBasis": ("bound-basis",),
    "graphKind": ("graph-kind",),
    "kind": (
        *("act-kind", "conflict-kind", "designation-kind", "event-kind", "name-kind", "place-kind"),
        *("recognition-kind", "relation-kind", "sentence-kind"),
    ),
    "latestBasis": ("bound-basis",),
    "manner": ("attribution-manner",),
    "mode": ("statement-mode",),
    "outcome": ("prosecution-outcome",),
    "participantRole": ("participant-role",),
    "qualifier": ("qualifier",),
    "quality": ("name-quality",),
    "status": ("status",),
    "unit": ("unit",),
    "venue": ("venue",),
    "withStatus": ("designation-kind",),
}
"""The schemes that the concepts of a property are of."""


@cache
def names() -> dict[str, str]:
    """The key of every property of the vocabulary, by its term."""
    return {term: LABELS if prop.name == "label" else prop.name for term, prop in properties().items()}


@cache
def is_array(prop: Property) -> bool:
    """Whether the values of a property are an array."""
    return not prop.single or prop.name in SEVERAL


@cache
def concepts(prop: Property) -> dict[str, str]:
    """The words that stand for the concepts of a property, by the concepts' terms; none where it has no concepts.

    Where two schemes of a property have the same word, the word of the later one has its scheme before it.
    """
    words: dict[str, str] = {}
    for scheme in _SCHEMES_OF.get(prop.name, ()):
        for name, term in CONCEPTS[scheme].items():
            words[str(term)] = f"{scheme}.{name}" if name in words.values() else name
    return words


@cache
def context() -> Context:
    """The context of documents."""
    made: Context = {"@version": 1.1, "id": "@id", "type": {"@id": "@type", "@container": "@set"}}
    made.update(dict.fromkeys(FOR_PEOPLE))
    made.update(sorted(prefixes().items()))
    made.update({name: short(term[1:-1]) for term, name in classes().items()})
    made.update({names()[term]: _definition(prop) for term, prop in properties().items()})
    made.update({each.name: {"@reverse": short(each.property.iri), "@container": "@set"} for each in INVERSES})
    return made


def _definition(prop: Property) -> Definition:
    made: Definition = {"@id": short(prop.iri)}
    kinds = ["@language"] if prop.range == LANG_STRING else []
    if is_array(prop):
        kinds.append("@set")
    if prop.range and prop.range not in (LANG_STRING, XSD_STRING):
        made["@type"] = short(prop.range)
    elif prop.name == "curatedProperty" or concepts(prop):
        made["@type"] = "@vocab"
    elif prop.name in ADDRESSES:
        made["@type"] = "@id"
    if kinds:
        made["@container"] = kinds if len(kinds) > 1 else kinds[0]
    if concepts(prop):
        scheme = next(iter(concepts(prop))).rsplit("/", 2)[0]
        made["@context"] = {word: f"{SCHEME}:{term[len(scheme) + 1 : -1]}" for term, word in concepts(prop).items()}
    return made
