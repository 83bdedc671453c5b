"""What a person means by a name: a path, a release, or a git revision. A name that may be several is an error."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from onrecord.comparison import foreign, revisions
from onrecord.comparison.inputs import Meant
from onrecord.errors import InputError, NotBuilt
from onrecord.store.release import Release

_QUADS = "dataset.nq"
_LEAST = 4
"""Characters of a digest that are enough to name a release by."""
_DIGEST = re.compile(rf"[0-9a-f]{{{_LEAST},64}}")


def meant(name: str, folder: Path, out: Path) -> Meant:
    """What a name stands for. `folder` is the dataset's, `out` its releases' (None of which needs to be there).

    `git:NAME` and `release:NAME` say what kind of thing is meant, and so does a path with a slash in front, or `./`.
    `.` is the dataset's folder as it is. Raises InputError for a name that may be several things, NotBuilt for one that
    is nothing.
    """
    if not name:
        raise NotBuilt("there is no file, release or git revision without a name", hint="name one")
    kind, colon, rest = name.partition(":")
    if colon and kind == "git":
        return _only(name, [_revision(rest, folder)])
    if colon and kind == "release":
        return _only(name, list(_releases(rest, out)), out)
    if name == ".":
        return Meant("dataset", ".", folder)
    if name.startswith(("/", "./", "../", "~/")):
        return _at(Path(name).expanduser(), name)
    there = Path(name)
    found: list[Meant | None] = [*_releases(name, out), _revision(name, folder)]
    if "\0" not in name and len(name) < 4_000 and there.exists():
        found.append(_at(there, name))
    return _only(name, found, out)


def _only(name: str, found: "list[Meant | None]", out: Path | None = None) -> Meant:
    there = [each for each in found if each]
    if len(there) == 1:
        return there[0]
    if there:
        ways = ", ".join(dict.fromkeys(_said(each) for each in there))
        raise InputError(f"{name[:80]!r} may be {len(there)} things", hint=f"say which: {ways}")
    known = [folder.name for folder in _folders(out)] if out else []
    told = f"releases: {', '.join(known[:10])}" if known else "there are no releases"
    raise NotBuilt(
        f"there is no file, release or git revision {name[:80]!r}", hint=f"{told}; write a path with ./ in front"
    )


def _said(each: Meant) -> str:
    if each.kind == "git":
        return f"git:{each.name}"
    return f"release:{each.path.name}" if each.kind == "release" and each.name != str(each.path) else f"./{each.name}"


def _revision(name: str, folder: Path) -> Meant | None:
    commit = revisions.commit(folder, name)
    return Meant("git", name, folder, commit) if commit else None


def _folders(out: Path) -> list[Path]:
    return sorted(found.parent for found in (out / "releases").glob(f"*/{_QUADS}"))


def _releases(name: str, out: Path) -> Iterator[Meant]:
    """The releases that a name may stand for: `latest`, a folder's name or label, the beginning of a digest."""
    if name == "latest":
        if (out / "latest" / _QUADS).is_file():
            yield Meant("release", "latest", Release.latest(out).folder)
        return
    folders = _folders(out)
    exact = [folder for folder in folders if name in (folder.name, _label(folder))]
    for folder in exact or [folder for folder in folders if _DIGEST.fullmatch(name) and _begins(folder, name)]:
        yield Meant("release", name, folder.resolve())


def _manifest(folder: Path) -> dict[str, object]:
    try:
        read = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _label(folder: Path) -> str:
    """What a release is called (`kg build --release`), "" where it has no such name."""
    label = _manifest(folder).get("release")
    return label if isinstance(label, str) else ""


def _begins(folder: Path, name: str) -> bool:
    files = _manifest(folder).get("files")
    entry = files.get(_QUADS) if isinstance(files, dict) else None
    digest = entry.get("sha256") if isinstance(entry, dict) else None
    return folder.name.startswith(name) or (isinstance(digest, str) and digest.startswith(name))


def _at(path: Path, name: str) -> Meant:
    """What lies at a path: a release's folder or its dataset.nq, a folder of releases, a dataset, an RDF file; anything
    else may be a bundle."""
    if path.name == _QUADS and path.is_file():
        return Meant("release", name, path.parent.resolve())
    for folder in (path, path / "latest"):
        if (folder / _QUADS).is_file():
            return Meant("release", name, folder.resolve())
    if path.is_dir() and revisions.is_dataset(path):
        return Meant("dataset", name, path.resolve())
    if not path.exists():
        raise NotBuilt(f"there is nothing at {name[:200]}", hint="name a release, an RDF file, or a git revision")
    if path.is_dir() or path.suffix.lower() in (".zip", ".ndjson"):
        return Meant("bundle", name, path.resolve())
    if path.suffix.lower().removeprefix(".") not in foreign.FORMATS:
        endings = ", ".join(f".{ending}" for ending in foreign.FORMATS)
        raise InputError(f"{name[:200]} is no release and has no ending of an RDF file", hint=f"endings: {endings}")
    return Meant("file", name, path.resolve())
