"""manifest.json of a bundle: what it says of itself, and of each of its files (`onrecord.release.manifest`)."""

import msgspec

from onrecord.bundles.profile import Profile
from onrecord.release.manifest import FileEntry


class Earlier(msgspec.Struct, forbid_unknown_fields=True):
    """The bundle that this one is compared with: the release that it was made of, and the SHA-256 of its manifest."""

    release: str
    manifest: str


class Made(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """The release that a bundle is made of: its label or "", its date, and the SHA-256 of its manifest and quads."""

    release: str = ""
    date: str = ""
    manifest: str
    quads: str


class BundleManifest(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What a bundle says of itself. `bundle` is the name of its profile; `left_out` tells in words what is not in it;
    `documents` counts the documents a kind."""

    bundle: str
    title: str
    publisher: str
    licence: str
    base: str
    program: str
    context: str
    release: str = ""
    of: Made
    profile: Profile
    left_out: list[str] = msgspec.field(name="leftOut", default_factory=list)
    documents: dict[str, int]
    previous: Earlier | None = None
    files: dict[str, FileEntry]
