"""The prefixes that every query knows, and addresses written short with them."""

from collections.abc import Mapping

from onrecord.mappers.parts.minting import KIND_OF_SECTION
from onrecord.vocabulary.terms import CONCEPTS, PREFIXES

REGISTRY = ("organizations", "people", "places", "posts", "lists", "events")
"""The sections whose entities may stand in the registry."""


def known(base: str) -> dict[str, str]:
    """The prefixes of the vocabularies, and those of a dataset with this base: data:, source:, person: …"""
    ours = {KIND_OF_SECTION[section]: f"{base}{KIND_OF_SECTION[section]}/" for section in REGISTRY}
    return {**PREFIXES, "data": base, "source": f"{base}source/", **ours}


class Shortener:
    """Writes addresses short: concepts by their word, everything else with a prefix."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = sorted(((iri, name) for name, iri in prefixes.items()), reverse=True)
        self._concepts = {concept[1:-1]: slug for scheme in CONCEPTS.values() for slug, concept in scheme.items()}

    def short(self, iri: str) -> str:
        """An address without angle brackets, as short as it can be said."""
        if iri in self._concepts:
            return self._concepts[iri].replace("-", " ")
        for start, name in self._prefixes:
            if iri.startswith(start) and len(iri) > len(start):
                return f"{name}:{iri[len(start) :]}"
        return iri
