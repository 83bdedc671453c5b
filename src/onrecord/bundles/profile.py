"""Profiles: who a bundle is for, and what goes into it. A file `profiles/NAME.toml` of the dataset each."""

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.documents import KINDS
from onrecord.errors import ConfigurationError
from onrecord.facts.fields import IRI_PATTERN, LANGUAGE_PATTERN
from onrecord.release.labels import is_label

FOLDER = "profiles"
_MOST = 1_000_000
_Words = Annotated[str, Meta(min_length=1, max_length=2_000)]
_Language = Annotated[str, Meta(pattern=LANGUAGE_PATTERN)]
Format = Literal["json", "ndjson"]


class Profile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What a profile says. All but `title` and `for` may be left out.

    - `audience` (`for` in the file): who gets the bundle, and what for.
    - `contact`: whom they can ask, any text.
    - `kinds`: of the documents, [] for all.
    - `jurisdictions`: whose designations, by code, id, address or name, [] for all.
    - `sources`: ids of the sources, [] for all.
    - `languages`: of names and titles, best first, [] for all.
    - `inferred`, `curated`, `computed`, `quotations`: as in `onrecord.documents.Selection`.
    - `licence`: a web address; that of the dataset where there is none.
    - `formats`: a file a document (`json`), all in one file, a line each (`ndjson`), or both.
    """

    title: _Words
    audience: _Words = msgspec.field(name="for")
    contact: str = ""
    kinds: list[str] = []
    jurisdictions: list[_Words] = []
    sources: list[_Words] = []
    languages: list[_Language] = []
    inferred: bool = False
    curated: bool = True
    computed: bool = True
    quotations: bool = True
    licence: Annotated[str, Meta(pattern=f"^$|{IRI_PATTERN}")] = ""
    formats: Annotated[list[Format], Meta(min_length=1)] = msgspec.field(default_factory=lambda: ["json", "ndjson"])


def load(file: Path) -> Profile:
    """The profile in a file. Raises ConfigurationError, with the file and the field, for anything else."""
    try:
        with file.open("rb") as stream:
            text = stream.read(_MOST)
        made = msgspec.convert(tomllib.loads(text.decode()), Profile)
    except RecursionError as error:
        raise ConfigurationError(f"{file}: nested too deep") from error
    except ValueError as error:  # of the TOML parser, of UTF-8, of msgspec
        raise ConfigurationError(f"{file}: {error}", hint="docs/sharing.md has all the fields") from error
    except OSError as error:
        raise ConfigurationError(f"the profile {file} cannot be read: {error.strerror}") from error
    for kind in made.kinds:
        if kind not in KINDS:
            raise ConfigurationError(f"{file}: kinds: there is no {kind[:40]!r}", hint=f"there are {', '.join(KINDS)}")
    if made.sources and (made.computed or made.inferred):
        raise ConfigurationError(
            f"{file}: sources: status periods, conflicts and inferred facts rest on all sources, and cannot be given "
            "of some alone",
            hint="say computed = false and inferred = false, or leave out sources",
        )
    return made


def found(folder: Path) -> dict[str, Path]:
    """The profiles of the dataset in `folder`, by their names."""
    files = sorted((folder / FOLDER).glob("*.toml")) if (folder / FOLDER).is_dir() else []
    return {file.stem: file for file in files if file.is_file()}


def named(folder: Path, name: str) -> tuple[str, Profile]:
    """A profile of the dataset by its name, or any by the path of its file; with the name.

    Raises ConfigurationError where there is none, and where its name cannot be that of a folder.
    """
    known = found(folder)
    file = known.get(name) or Path(name)
    if name not in known and not (file.suffix == ".toml" and file.is_file()):
        near = get_close_matches(name, known, n=1)
        advice = f"do you mean {near[0]}?" if near else f"there are: {', '.join(known) or 'none'}"
        raise ConfigurationError(f"there is no profile {name[:80]!r} in {folder / FOLDER}", hint=advice)
    if not is_label(file.stem):
        raise ConfigurationError(
            f"{file}: a profile's name has letters, digits, dots and dashes alone", hint="rename the file"
        )
    return file.stem, load(file)
