"""Makes a bundle: documents, index, context, schemas, README, changes, manifest; nothing of it depends on the clock."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord import __version__
from onrecord.bundles import place, reports
from onrecord.bundles.changes import Before, Changes, compared
from onrecord.bundles.choice import count
from onrecord.bundles.filling import INDEX, Files, Progress, Row, write_documents
from onrecord.bundles.manifest import BundleManifest, Made
from onrecord.bundles.profile import Profile
from onrecord.bundles.readme import readme
from onrecord.bundles.telling import left_out
from onrecord.dataset.settings import Settings
from onrecord.documents import KINDS, Documents, Selection
from onrecord.documents.context import ADDRESS, VERSION, context
from onrecord.documents.schema import schema
from onrecord.errors import NotBuilt
from onrecord.questions import Names
from onrecord.questions.jurisdictions import Jurisdiction, Jurisdictions
from onrecord.questions.said import Said
from onrecord.release import signature
from onrecord.release.manifest import NAME, QUADS, SIGNATURE, encoded
from onrecord.release.publication import manifest_in
from onrecord.store import Release
from onrecord.store.loading import digest_of
from onrecord.writers import sources_of

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True)
class Order:
    """What to make: the profile and its name, the settings of the dataset, the bundle to compare with (None for the one
    that is in the same place), and the private key to sign with."""

    name: str
    profile: Profile
    settings: Settings
    since: Path | None = None
    key: Path | None = None


@dataclass
class Shared:
    """What was made: the manifest, what has changed, and whether the bundle that was there is the same already."""

    manifest: BundleManifest
    changes: Changes
    unchanged: bool = False


def share(release: Release, order: Order, target: Path, progress: Progress) -> Shared:
    """Make the bundle of a profile from a release, and put it at `target`: a zip where it ends in `.zip`.

    Where the bundle that is there has the same content, it stays as it is. Raises PublishError where something else is
    there or it cannot be written, ConfigurationError and QueryError for what the profile names and the dataset lacks,
    InputError where `since` is no bundle, NotBuilt where the release is damaged.
    """
    place.refuse_others(target)
    of = _of(release)
    store, base = release.store(), order.settings.base
    under = _jurisdictions(store, order)
    with place.aside(target) as folder:
        before = Before.at(order.since or target, given=order.since is not None)
        files = Files(folder)
        documents = Documents(store, base, _selection(release, order, under), order.settings.language)
        rows = write_documents(files, documents, order.profile, progress)
        manifest = _manifest(of, order, rows, under)
        _write_descriptions(files, manifest, rows)
        same = before if order.since is None and before and before.has(manifest, files.entries) else None
        if same and (order.key is None or same.is_signed(order.key)):
            return Shared(same.manifest, Changes(since=same.reference), unchanged=True)
        changes = same.changes() if same else compared(before, manifest, rows, folder)
        files.write("changes.json", encoded(changes))
        files.write("CHANGES.md", reports.markdown(manifest, changes))
        manifest.previous = same.manifest.previous if same else before.reference if before else None
        manifest.files = dict(sorted(files.entries.items()))
        data = encoded(manifest)
        (folder / NAME).write_bytes(data)
        if order.key:
            (folder / SIGNATURE).write_bytes(signature.sign(data, order.key))
        place.put(folder, target)
    return Shared(manifest, changes)


def _jurisdictions(store: "ox.Store", order: Order) -> list[Jurisdiction]:
    """Those that the profile names, as `kg status --in` takes them."""
    if not order.profile.jurisdictions:
        return []
    base, language = order.settings.base, order.settings.language
    known = Jurisdictions(Said(store, base), Names(store, base), language)
    return known.ordered({known.named(name).node for name in order.profile.jurisdictions})


def _selection(release: Release, order: Order, under: list[Jurisdiction]) -> Selection:
    profile = order.profile
    if profile.sources:
        with release.open_quads() as quads:
            known = sources_of(quads)
        for source in profile.sources:
            if source not in known:
                raise NotBuilt(f"the release has no source {source[:80]!r}, which the profile {order.name} names")
    return Selection(
        sources=frozenset(profile.sources) if profile.sources else None,
        jurisdictions=frozenset(each.node for each in under) if under else None,
        languages=tuple(profile.languages),
        curated=profile.curated,
        inferred=profile.inferred,
        computed=profile.computed,
        quotations=profile.quotations,
    )


def _of(release: Release) -> Made:
    of = manifest_in(release.folder)
    if of is None:
        raise NotBuilt(f"the release in {release.folder} has no manifest, or a damaged one", hint="run kg build")
    digest = digest_of(release.folder / NAME)
    return Made(release=of.release, date=of.date, manifest=digest, quads=of.files[QUADS].sha256)


def _manifest(of: Made, order: Order, rows: list[Row], under: list[Jurisdiction]) -> BundleManifest:
    profile = order.profile
    nested = [kind.plural.lower() for kind in KINDS.values() if kind.nested]
    return BundleManifest(
        bundle=order.name,
        title=profile.title,
        publisher=order.settings.publisher,
        licence=profile.licence or order.settings.licence,
        base=order.settings.base,
        program=f"onrecord {__version__}",
        context=ADDRESS,
        release=of.release,
        of=of,
        profile=profile,
        left_out=left_out(profile, [each.label for each in under], nested),
        documents=count(row.kind for row in rows),
        files={},
    )


def _write_descriptions(files: Files, manifest: BundleManifest, rows: list[Row]) -> None:
    """What stands beside the documents, but for what tells of changes."""
    counts = {"documents": len(rows), **manifest.documents}
    index = {"title": manifest.title, "release": manifest.release, "counts": counts, "documents": rows}
    files.write(INDEX, msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n")
    made = msgspec.json.encode({"@context": context()})
    files.write(f"context/{VERSION}.jsonld", msgspec.json.format(made, indent=2) + b"\n")
    for kind in manifest.documents:
        made = msgspec.json.encode(schema(kind, inferred=manifest.profile.inferred))
        files.write(f"schemas/{kind}.schema.json", msgspec.json.format(made, indent=1) + b"\n")
    files.write("README.md", readme(manifest))
