"""The rules of the installation."""

from onrecord.cache import Cache
from onrecord.rules.axioms import key_of
from onrecord.rules.compilation import Rules, from_json, load_rules, to_json
from onrecord.vocabulary import resources


def installed() -> Rules:
    """The rules of the installation's ontology. Closing it takes a second, so what comes of it is kept for the user by
    its key."""
    paths = resources.files("ontology", ".ttl")
    return from_json(Cache.of_user().made(f"rules-{key_of(paths)}", lambda: to_json(load_rules(paths))))
