"""Labelled releases: which labels there may be, which releases have one, and which comes before which."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from onrecord.errors import ConfigurationError, PublishError
from onrecord.release import signature
from onrecord.release.manifest import NAME, Manifest, Previous
from onrecord.release.publication import RELEASES, UNLABELLED
from onrecord.store.loading import digest_of

_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_TAKEN = ("latest", "con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)))
"""Names that mean something else: to us, or to a file system that the release may be copied to."""
_ADVICE = "letters, digits, `.`, `-` and `_`, at the most 64, no `..`: kg build --release 2026.1"


@dataclass(frozen=True)
class Labelled:
    """What makes a release a labelled one: its label, its date (YYYY-MM-DD, "" for none), the label of the release
    before it ("" for the last one that there is), and the private key to sign its manifest with."""

    label: str
    date: str = ""
    previous: str = ""
    key: Path | None = None

    def check(self) -> None:
        """Raises ConfigurationError for a label that cannot be a folder's name, a date that is none, and a key that
        cannot sign."""
        for label in filter(None, (self.label or "-", self.previous)):
            if not is_label(label):
                raise ConfigurationError(f"{label[:80]!r} cannot be the label of a release", hint=_ADVICE)
        if self.date and not is_date(self.date):
            raise ConfigurationError(f"{self.date[:80]!r} is no date", hint="write it as 2026-01-31")
        if self.key is not None:
            signature.sign(b"", self.key)


def is_label(name: str) -> bool:
    """Whether a name may be the label of a release. What an unlabelled release is called is none."""
    ordinary = _LABEL.fullmatch(name) and ".." not in name and name.split(".", maxsplit=1)[0].lower() not in _TAKEN
    return bool(ordinary) and not UNLABELLED.fullmatch(name)


def is_date(text: str) -> bool:
    """Whether a text is a day, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def manifests(out: Path) -> dict[str, Manifest]:
    """The manifests of the labelled releases in `out`, by their labels. Damaged ones are left out."""
    found: dict[str, Manifest] = {}
    for file in sorted((out / RELEASES).glob(f"*/{NAME}")):
        if is_label(file.parent.name):
            try:
                manifest = msgspec.json.decode(file.read_bytes(), type=Manifest)
            except (OSError, msgspec.MsgspecError):
                continue
            if manifest.release == file.parent.name:
                found[manifest.release] = manifest
    return found


def existing(out: Path, label: str) -> Manifest | None:
    """The manifest of the release with a label; None where there is no such folder.

    Raises PublishError where the folder is there and is not that release, or the same label is there in other capitals.
    """
    releases = out / RELEASES
    names = [path.name for path in releases.iterdir()] if releases.is_dir() else []
    if label not in names:
        other = next((name for name in names if name.lower() == label.lower()), None)
        if other is not None:
            raise PublishError(f"there is a release {other}: {label} differs in capitals only", hint="choose another")
        return None
    manifest = manifests(out).get(label)
    if manifest is None:
        raise PublishError(
            f"{releases / label} is there, and is no whole release", hint="move it away, or choose another label"
        )
    return manifest


def previous_of(out: Path, labelled: Labelled) -> Previous | None:
    """The release that comes before a new one: the one that was named, or the one that no other comes after.

    Raises PublishError where the named one is not there, or where several are the last.
    """
    there = manifests(out)
    name = labelled.previous
    if name and name not in there:
        raise PublishError(f"there is no release {name} in {out}", hint=_told(sorted(there)))
    if not name:
        followed = {manifest.previous.release for manifest in there.values() if manifest.previous}
        last = sorted(there.keys() - followed)
        if len(last) > 1:
            raise PublishError(
                f"several releases are the last of a line: {', '.join(last)}", hint="name one: --previous LABEL"
            )
        name = "".join(last)
    return Previous(name, digest_of(out / RELEASES / name / NAME)) if name else None


def refuse_other(found: Manifest, inputs: str, labelled: Labelled) -> None:
    """Raises PublishError where a release is there and is not what would be published under its label."""
    before = found.previous.release if found.previous else ""
    told = (
        "other facts, settings or program" * (found.inputs != inputs)
        or f"another date ({found.date or 'none'})" * (found.date != labelled.date)
        or f"another previous release ({before or 'none'})" * (labelled.previous not in ("", before))
    )
    if told:
        raise PublishError(
            f"the release {labelled.label} is there already, with {told}",
            hint="a release that has been published stays as it is: choose another label",
        )


def _told(labels: list[str]) -> str:
    return f"there are {', '.join(labels)}" if labels else "there are no labelled releases yet"
