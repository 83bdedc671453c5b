"""The JSON-LD context: plain names for the vocabulary's terms (https://www.w3.org/TR/json-ld11/#the-context).

Everything in it is derived from `terms.py`. It is embedded in what is written, so that nobody has to fetch it.
"""

import re
from functools import cache
from typing import TypeAlias

from onrecord.errors import VocabularyError
from onrecord.vocabulary import terms
from onrecord.vocabulary.term import LANG_STRING, XSD_STRING, Class, Property
from onrecord.vocabulary.terms import CONCEPTS, PREFIXES, onr

Definition: TypeAlias = dict[str, str | list[str]]
Context: TypeAlias = dict[str, str | float | Definition]

ALIASES = {"id": "@id", "type": "@type", "graph": "@graph"}
SCHEME = "scheme"
"""The prefix of concepts: `scheme:unit/year`. One for all schemes, for some of them are named like a property."""

# Relative addresses are resolved segment by segment: a base with anything else in its path would change them.
_PLAIN_BASE = re.compile(r"https?://[^/?#\s]+/(?:[A-Za-z0-9_~][A-Za-z0-9_~.\-]*/)*")


def is_plain(base: str) -> bool:
    """Whether addresses can be written relative to `base` without being changed by their resolution (RFC 3986, 5.2)."""
    return _PLAIN_BASE.fullmatch(base) is not None


@cache
def properties() -> dict[str, Property]:
    """Every property of the vocabulary by its term, `<iri>`, in the order of their JSON-LD names."""
    found = [term for space in _spaces() for term in vars(space).values() if isinstance(term, Property)]
    return {term: term for term in sorted(found, key=lambda term: term.name)}


@cache
def classes() -> dict[str, str]:
    """The plain name of every class of our own by its term, `<iri>`. Other vocabularies' classes keep their prefix."""
    return {term: name for name, term in sorted(vars(onr).items()) if isinstance(term, Class)}


@cache
def prefixes() -> dict[str, str]:
    """The prefixes of the context with their namespaces. A name that a property has as well is the property's."""
    names = {term.name for term in properties().values()}
    concept = next(iter(next(iter(CONCEPTS.values())).values()))[1:-1]
    known = {**PREFIXES, SCHEME: concept.rsplit("/", 2)[0] + "/"}
    return {prefix: namespace for prefix, namespace in known.items() if prefix not in names}


def context(base: str) -> Context:
    """The context of a dataset, whose IRIs begin with `base` ("" for data of no dataset).

    Raises VocabularyError where a class or a property has a name that means something else.
    """
    made: Context = {"@version": 1.1}
    if is_plain(base):
        made["@base"] = base
    parts: list[Context] = [dict(ALIASES), dict(sorted(prefixes().items()))]
    parts.append({name: short(term[1:-1]) for term, name in classes().items()})
    parts.append({term.name: _definition(term) for term in properties().values()})
    for part in parts:
        twice = sorted(made.keys() & part.keys())
        if twice:
            raise VocabularyError(f"two meanings of {twice[0]} in JSON-LD", hint="give the property an onr:jsonName")
        made |= part
    return made


def _spaces() -> list[type]:
    return [space for space in vars(terms).values() if isinstance(space, type) and space.__module__ == terms.__name__]


def short(iri: str) -> str:
    """An IRI with the prefix of its namespace, or whole where the rest of it is no plain name."""
    for prefix, namespace in prefixes().items():
        if iri.startswith(namespace) and re.fullmatch(r"\w+", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _definition(term: Property) -> Definition:
    made: Definition = {"@id": short(term.iri)}
    if not term.range:
        made["@type"] = "@id"
    elif term.range not in {LANG_STRING, XSD_STRING}:
        made["@type"] = short(term.range)
    kinds = ["@language"] if term.range == LANG_STRING else []
    if not term.single:
        kinds.append("@set")
    if kinds:
        made["@container"] = kinds if len(kinds) > 1 else kinds[0]
    return made
