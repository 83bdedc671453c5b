"""`kg share`: a bundle for a partner."""

from pathlib import Path

import click

from onrecord.cli.progress import bars
from onrecord.cli.results import out_option
from onrecord.cli.session import Session, counted, session


@click.command(
    epilog="""\b
Examples:
  kg share                                     the profiles that there are
  kg share newsroom                            a folder, out/shared/newsroom
  kg share newsroom -o newsroom-2026.1.zip --release 2026.1
  kg share newsroom --since last-month.zip     tell what has changed since then
"""
)
@click.argument("name", required=False, metavar="[PROFILE]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write to a folder, or to a zip (FILE.zip), instead of shared/PROFILE beside the releases.",
    metavar="DIR|FILE.zip",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True),
    help="Tell what has changed since this bundle; by default since the one in the same place.",
    metavar="BUNDLE",
)
@click.option("--release", "release_name", help="Share this release instead of the latest.", metavar="NAME")
@click.option(
    "--sign",
    "key",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Sign the manifest with this private key (Ed25519, PEM).",
    metavar="KEY.pem",
)
@out_option
@session
def command(
    kg: Session,
    name: str | None,
    output: Path | None,
    since: Path | None,
    release_name: str | None,
    key: Path | None,
    out: Path | None,
) -> None:
    """Write what a partner gets: documents in plain JSON, with schemas, a README, a manifest, and what has changed.

    PROFILE is the name of a file in profiles/, or the path of one: it says who the bundle is for, and what goes into
    it. Without it, the profiles are listed. The same release and profile give the same bytes; a folder that holds
    anything else than a bundle is left alone.
    """
    from onrecord import bundles
    from onrecord.bundles.reports import summary
    from onrecord.dataset import settings
    from onrecord.store import Release

    folder = kg.dataset()
    if name is None:
        _list(folder)
        return
    stem, profile = bundles.named(folder, name)
    given = settings.load(folder)
    place = out or folder / given.out
    release = Release.named(place, release_name) if release_name else Release.latest(place)
    target = output or place / "shared" / stem
    with bars(kg) as progress:
        shared = bundles.share(release, bundles.Order(stem, profile, given, since, key), target, progress)
    number = sum(shared.manifest.documents.values())
    if shared.unchanged:
        kg.say(f"{target} is as it was: {counted(number, 'document')}")
    else:
        kg.say(f"wrote {target}: {counted(number, 'document')}; {summary(shared.changes)}")


def _list(folder: Path) -> None:
    """The profiles of a dataset, with what they are for."""
    from onrecord import bundles

    known = bundles.found(folder)
    for name, file in known.items():
        profile = bundles.load(file)
        click.echo(f"{name}: {profile.title}. {profile.audience}")
    if not known:
        click.echo(f"there are no profiles in {folder / 'profiles'}: see kg share --help", err=True)
