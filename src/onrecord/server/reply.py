"""What a job gives back: the answer to a request, without HTTP."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec

JSON = "application/json"
PROBLEM = "application/problem+json"
"""https://www.rfc-editor.org/rfc/rfc9457"""


@dataclass(frozen=True, slots=True)
class Reply:
    """A body in a media type. A body that is a function writes into the stream that it is given, piece by piece: what
    is large is on its way before it is whole."""

    body: bytes | Callable[[BinaryIO], None]
    media: str = JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def of_json(value: object, *, media: str = JSON, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A value as JSON."""
    return Reply(msgspec.json.encode(value), media, status, headers or {})


def problem(status: int, message: str, hint: str = "", *, kind: str = "about:blank") -> Reply:
    """What is wrong with a request, and what to do about it (RFC 9457)."""
    told = {"type": kind, "title": message, "status": status} | ({"detail": hint} if hint else {})
    return of_json(told, media=PROBLEM, status=status)
