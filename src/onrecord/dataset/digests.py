"""Digests of everything that a build's result depends on, so that unchanged work is not done again."""

import hashlib
from collections.abc import Iterable
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
    """The digest of the program itself: its code and the ontology."""
    return _of_files([*Path(onrecord.__file__).parent.rglob("*.py"), *resources.files("ontology", ".ttl")])


@cache
def of_shapes() -> str:
    """The digest of the shapes."""
    return _of_files(resources.files("shapes", ".ttl"))


def _of_files(files: Iterable[Path]) -> str:
    return of(
        *(
            part
            for file in sorted(files, key=lambda f: (f.name, f.as_posix()))
            for part in (file.name, file.read_bytes())
        )
    )
