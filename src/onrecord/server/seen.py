"""What is noticed of a request on its way, for the log and the figures. It stays with the request."""

from dataclasses import dataclass

from starlette.types import Scope

_KEY = "onrecord.seen"


@dataclass(slots=True)
class Seen:
    """`job` is who answered, `query` the SPARQL that was asked; nothing else of what somebody sent is kept here."""

    job: str = ""
    query: str = ""
    is_cached: bool = False
    is_cut: bool = False
    status: int = 0
    size: int = 0


def begin(scope: Scope) -> Seen:
    """What is noticed of a request that has just come."""
    seen = Seen()
    scope[_KEY] = seen
    return seen


def of(scope: Scope) -> Seen:
    """What is noticed of a request; where nobody looks, something that is thrown away."""
    found = scope.get(_KEY)
    return found if isinstance(found, Seen) else Seen()
