"""`kg doctor`: versions and settings, what is missing, and how to mend it."""

import importlib.metadata
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from onrecord import __version__
from onrecord.cli.session import Session, session
from onrecord.errors import OnRecordError

_NEEDED = ("click", "edtf", "msgspec", "owlrl", "pyoxigraph", "pyshacl", "PyYAML", "rapidfuzz", "rdflib")
_SERVING = ("starlette", "uvicorn", "httptools")
_CRASHING_MSGSPEC = ("0.19.", "0.22.0")

Line = tuple[str, str, str]
"""What was looked at, what was found, and what to do ("" where all is well)."""


@click.command(
    epilog="""\b
Examples:
  kg doctor
  kg -C archive doctor
"""
)
@session
def command(kg: Session) -> None:
    """Show versions and settings, what is missing, and how to mend it.

    The exit code is 0 where all is well, 3 where something is to be mended.
    """
    ill = False
    for name, found, advice in (*_program(), *_dataset(kg)):
        mark = "!" if advice else " "
        click.echo(f"{mark} {name:<12} {found}")
        if advice:
            click.echo(f"{'':15}→ {advice}")
            ill = True
    sys.exit(3 if ill else 0)


def _program() -> Iterator[Line]:
    yield "onrecord", __version__, ""
    yield "python", platform.python_version(), "" if sys.version_info >= (3, 11) else "use Python 3.11 or newer"
    for package in _NEEDED:
        try:
            version = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            yield package, "missing", f"pip install {package}"
            continue
        crashes = package == "msgspec" and version.startswith(_CRASHING_MSGSPEC)
        yield package, version, "this version can crash: pip install 'msgspec>=0.20,<0.22'" if crashes else ""
    yield "kg serve", _serving(), ""
    yield "libyaml", *_libyaml()
    for folder in ("ontology", "shapes", "queries"):
        yield folder, *_resource(folder)
    yield "cache", *_cache()


def _serving() -> str:
    """Whether what a server needs is there, which not everybody wants."""
    try:
        found = [f"{package} {importlib.metadata.version(package)}" for package in _SERVING]
    except importlib.metadata.PackageNotFoundError as error:
        return f"not installed ({error.name}): pip install 'onrecord[serve]'"
    return f"installed ({', '.join(found)})"


def _libyaml() -> tuple[str, str]:
    import yaml

    if yaml.__with_libyaml__:
        return "used", ""
    return "not there: YAML is read slowly", "install PyYAML from a wheel: pip install --force-reinstall PyYAML"


def _cache() -> tuple[str, str]:
    """Where compiled shapes and rules are kept. Without it, all is slower and nothing else."""
    from onrecord.cache import Cache

    cache = Cache.of_user()
    return (
        (str(cache.folder), "")
        if cache.is_usable()
        else (
            f"{cache.folder} cannot be used",
            "set XDG_CACHE_HOME to a folder that you may write to: until then each command compiles anew",
        )
    )


def _resource(folder: str) -> tuple[str, str]:
    from onrecord.vocabulary import resources

    try:
        return f"{sum(1 for _ in resources.path(folder).iterdir())} files", ""
    except OnRecordError as error:
        return error.message, error.hint


def _dataset(kg: Session) -> Iterator[Line]:
    from onrecord.dataset import settings
    from onrecord.dataset.sources import of_dataset

    try:
        folder = kg.dataset()
        given = settings.load(folder)
        files = of_dataset(folder, given).files
    except OnRecordError as error:
        yield "dataset", error.message, error.hint or "correct kg.toml"
        return
    yield "dataset", f"{given.title} ({folder})", ""
    yield "base", given.base, ""
    registry = sum(file.registry for file in files)
    yield (
        "facts",
        f"{len(files) - registry} files of sources, {registry} of the registry",
        "" if files else "write some: see docs/tutorial.md",
    )
    for name in given.texts:
        yield "texts", name, "" if (folder / name).is_dir() else "there is no such folder: correct `texts` in kg.toml"
    yield _release(folder / given.out)


def _release(out: Path) -> Line:
    from onrecord.release import publication

    manifest = publication.read_manifest(out)
    if manifest is None:
        return "release", "none yet", "kg build"
    if not publication.is_whole(out, manifest, store=False):
        return "release", "damaged", "kg build"
    total = manifest.asserted + manifest.curated + manifest.inferred
    store = "" if (out / publication.LATEST / "store").exists() else "; no store yet: the first query makes it"
    return "release", f"{manifest.facts:,} facts, {total:,} triples{store}", ""
