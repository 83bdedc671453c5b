"""How what names an entity is related to it, in words: Acts that concern it; Events that they took part in."""

import re

from onrecord.documents import KINDS
from onrecord.site import telling

_ROLES = {
    "about": "about it",
    "after": "after it",
    "agent": "on record on its word, or through it",
    "amid": "amid it",
    "authority": "under its authority",
    "carriedOutBy": "that it carried out",
    "causedBy": "caused by it",
    "concerns": "that concern it",
    "conflictOver": "about it",
    "entryOf": "that it has or once had",
    "figureOf": "about it",
    "hasPlace": "there",
    "isAcquiredAsConsequenceOf": "that began by it",
    "isLostAsConsequenceOf": "that ended by it",
    "jurisdiction": "with a designation in it on record, in force or ended",
    "mentions": "that mention it",
    "onList": "with a designation on it on record, in force or ended",
    "organization": "with posts in it",
    "over": "over it",
    "participant": "that it took part in",
    "partOf": "that are part of it",
    "party": "that it is a party to",
    "publisher": "published by it",
    "relationOf": "that it has",
    "side": "that it is a side of",
    "snapshotOf": "of it",
    "subEventOf": "that are part of it",
    "through": "that came by way of it",
    "towards": "towards it",
    "wasDerivedFrom": "from it",
}
"""How what names an entity is related to it, by the key that leads there."""

_OF_OTHERS = {"onList": "about it", "jurisdiction": "under it"}
"""The same for what cannot be designated: a list is of a jurisdiction, an act about a list."""
_OF_PEOPLE = (
    ("it is", "they are"),
    ("it has", "they have"),
    ("its", "their"),
    ("that it", "that they"),
    ("it", "them"),
)


def heading(kind: str, role: str, named: str) -> str:
    """What stands above the documents of a kind that name an entity of the kind `named` by a key."""
    told = _ROLES.get(role) or f"that name it: {telling.name_of(role).lower()}"
    if not KINDS[kind].designee:
        told = _OF_OTHERS.get(role, told)
    if named == "person":
        told = next((re.sub(rf"\b{it}\b", they, told, count=1) for it, they in _OF_PEOPLE if _has(it, told)), told)
        told = re.sub(r"\bit\b", "them", told)
    return f"{KINDS[kind].plural} {told}"


def _has(words: str, told: str) -> bool:
    return re.search(rf"\b{words}\b", told) is not None
