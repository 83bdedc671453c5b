"""Digests of everything that a build's result depends on, so that unchanged work is not done again."""

import hashlib
from functools import cache
from pathlib import Path

import onrecord
from onrecord.vocabulary import resources


def of(*parts: bytes | str) -> str:
    """One SHA-256 (hexadecimal) of several parts; where one ends and the next begins counts."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big"))
        whole.update(data)
    return whole.hexdigest()


@cache
def of_program() -> str:
    """The digest of the program itself: its code, the ontology and the shapes."""
    package = Path(onrecord.__file__).parent
    files = [*package.rglob("*.py"), *resources.files("ontology", ".ttl"), *resources.files("shapes", ".ttl")]
    return of(
        *(
            part
            for file in sorted(files, key=lambda f: (f.name, f.as_posix()))
            for part in (file.name, file.read_bytes())
        )
    )
