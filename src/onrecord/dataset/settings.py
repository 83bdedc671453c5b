"""kg.toml: what a dataset is called, who publishes it, where it lies, and how large its files may be."""

import tomllib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.errors import ConfigurationError, InputError
from onrecord.facts.fields import IRI_PATTERN, LANGUAGE_PATTERN
from onrecord.ntriples import iri

FILE_NAME = "kg.toml"
_RELATIVE = "^[^/\\x00][^\\x00]*$"


class Limits(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The table [limits]: what is refused because it is too large. Bytes, code points and counts."""

    file_bytes: Annotated[int, Meta(ge=1)] = 50_000_000
    line_bytes: Annotated[int, Meta(ge=1)] = 10_000_000
    depth: Annotated[int, Meta(ge=1, le=64)] = 64
    value_chars: Annotated[int, Meta(ge=1)] = 100_000
    records: Annotated[int, Meta(ge=1)] = 1_000_000
    words: Annotated[int, Meta(ge=1)] = 12
    quotation_words: Annotated[int, Meta(ge=1)] = 90


_Count = Annotated[int, Meta(ge=0)]


class Least(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The table [assertions.at_least]: how many of each a build must have. Only facts that sources state count, not
    what follows from them."""

    sources: _Count = 0
    facts: _Count = 0
    evidence: _Count = 0
    triples: _Count = 0
    entities: _Count = 0
    designations: _Count = 0
    events: _Count = 0
    statements: _Count = 0


class Most(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The table [assertions.at_most]: how many findings a build may have, and how many of them may be warnings."""

    findings: _Count | None = None
    warnings: _Count | None = None


class Assertions(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The table [assertions]: what must hold of a dataset before it is published. `most_fall`: by how many percent any
    of the numbers may be smaller than in the latest release. `lists`: how many entries the newest snapshot of a list
    has at the least, by the list's id in the registry."""

    most_fall: Annotated[int, Meta(ge=0, le=100)] | None = None
    at_least: Least = Least()
    at_most: Most = Most()
    lists: dict[str, _Count] = {}


class Labels(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The table [release]: what a labelled release says of itself. `description` of the dataset; `contact`: a mailto:
    or web address; `download`: the address that the folders of releases can be had at, ending in a slash; `key`: the
    private key to sign with."""

    description: str = ""
    contact: str = ""
    download: str = ""
    key: str = ""


class Settings(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What kg.toml says. `base` ends in a slash; folders are relative to the dataset's own. `store`: whether a
    build makes the store for queries, or leaves it to the first query."""

    title: Annotated[str, Meta(min_length=1)]
    base: Annotated[str, Meta(pattern=IRI_PATTERN)]
    publisher: Annotated[str, Meta(min_length=1)]
    licence: Annotated[str, Meta(pattern=IRI_PATTERN)] = "https://creativecommons.org/licenses/by/4.0/"
    language: Annotated[str, Meta(pattern=LANGUAGE_PATTERN)] = "en"
    data: Annotated[str, Meta(pattern=_RELATIVE)] = "data"
    out: Annotated[str, Meta(pattern=_RELATIVE)] = "out"
    texts: list[str] = []
    formats: list[str] = msgspec.field(default_factory=lambda: ["nq"])
    store: bool = True
    limits: Limits = Limits()
    release: Labels = Labels()
    assertions: Assertions = Assertions()

    def of_content(self) -> str:
        """What tells these settings from others that a build would make something else of: where the key lies does
        not count."""
        return repr(msgspec.structs.replace(self, release=msgspec.structs.replace(self.release, key="")))


def find(start: Path) -> Path:
    """The nearest folder upwards from `start` that holds a kg.toml. Raises ConfigurationError where there is none."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise ConfigurationError(
        f"no {FILE_NAME} in {start} or above",
        hint="name the dataset's folder with kg -C DIR, or make one with kg init DIR",
    )


def load(folder: Path) -> Settings:
    """The settings of the dataset in `folder`. Raises ConfigurationError with the line of what is wrong."""
    file = folder / FILE_NAME
    try:
        settings = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Settings)
    except RecursionError as error:
        raise ConfigurationError(f"{file}: nested too deep") from error
    except ValueError as error:  # of the TOML parser, of UTF-8, of msgspec, of numbers that are too long
        raise ConfigurationError(f"{file}: {error}") from error
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}") from error
    addresses = {"base": settings.base, "licence": settings.licence}
    addresses |= {f"release.{name}": getattr(settings.release, name) for name in ("contact", "download")}
    for name, address in addresses.items():
        try:
            iri(address or "urn:none")
        except InputError as error:
            raise ConfigurationError(f"{file}: {name}: {error.message}") from error
    for name in ("base", "release.download"):
        if addresses[name] and not addresses[name].endswith("/"):
            raise ConfigurationError(f"{file}: {name} must end in a slash: {addresses[name]}/")
    return settings
