"""`kg verify`: whether a release or a bundle is whole, and by whom."""

import sys
from pathlib import Path

import click

from onrecord.cli.session import Session, counted, session, show_findings
from onrecord.errors import NotBuilt


@click.command(
    epilog="""\b
Examples:
  kg verify                             the latest release of this dataset
  kg verify 2026.1 --deep               one of its releases, with the RDF in it
  kg verify downloads/bundle.zip --key publisher.pem

\b
Keys, once:
  openssl genpkey -algorithm ed25519 -out key.pem       keep it to yourself
  openssl pkey -in key.pem -pubout -out publisher.pem   give it to your partners
"""
)
@click.argument("name", required=False, metavar="[RELEASE|FOLDER|ZIP]")
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The publisher's public key (PEM, or signify's): the release must be signed with its other half.",
    metavar="PUBLIC.pem",
)
@click.option("--deep", is_flag=True, help="Read the RDF as well, and compare graphs and triples with their hashes.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=600.0,
    show_default=True,
    help="Seconds after which reading RDF is stopped.",
)
@session
def command(kg: Session, name: str | None, key: Path | None, deep: bool, timeout: float) -> None:
    """Check a release or a bundle: its files, their hashes, and the signature.

    Every file must be there as the manifest says, and no other. With --key the manifest must be signed with that key;
    have it from the publisher, and never from where the data are. The exit code is 1 where something is wrong, with a
    line for each, 3 for what is no release.
    """
    from onrecord.release.deep import verify_rdf
    from onrecord.release.signature import public_key
    from onrecord.release.verification import verify, verify_previous

    given = Path(name) if name and Path(name).exists() else None
    path, label = (given, "") if given else _of_dataset(kg, name)
    found = verify(path, public_key(key) if key else None, label=label)
    if given is None:
        found.findings += verify_previous(path)
    if deep and not found.findings:
        found.findings += verify_rdf(path, timeout)
    show_findings(found.findings)
    if found.findings:
        kg.say(f"{path}: {counted(len(found.findings), 'fault')}")
        sys.exit(1)
    click.echo(f"{path} is whole: {counted(found.files, 'file')}, {found.bytes:,} bytes{' (deep)' if deep else ''}")
    if given and found.unchecked:
        kg.say("the store or names beside it are not of the manifest, and were not checked: remove what you got")
    if found.trusted:
        click.echo(f"signed with the key {found.signer}, which is the one that was given")
    elif found.signer:
        kg.say(f"signed with the key {found.signer}, which was not checked: give the publisher's with --key")


def _of_dataset(kg: Session, name: str | None) -> tuple[Path, str]:
    """A release of the dataset at hand, and the label that it was asked for by."""
    from onrecord.dataset import settings
    from onrecord.release import publication
    from onrecord.release.labels import is_label

    folder = kg.dataset()
    out = folder / settings.load(folder).out
    if name is None:
        if not (out / publication.LATEST).is_dir():
            raise NotBuilt(f"there is no release in {out}", hint="run kg build first")
        return out / publication.LATEST, ""
    path = out / publication.RELEASES / name
    if not (is_label(name) or publication.UNLABELLED.fullmatch(name)) or not path.is_dir():
        raise NotBuilt(f"there is no release {name[:80]!r} in {out}", hint="name a release, a folder or a zip")
    return path, name if is_label(name) else ""
