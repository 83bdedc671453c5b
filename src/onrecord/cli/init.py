"""`kg init`: a new dataset folder."""

from pathlib import Path

import click

from onrecord.cli.session import Session, session


@click.command(
    epilog="""\b
Examples:
  kg init archive
  kg -C archive build
"""
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@session
def command(kg: Session, folder: Path) -> None:
    """Make a new dataset folder that builds as it is.

    It holds kg.toml, a small fictional article with its facts, a registry of what articles share, the JSON Schema with
    which editors complete fields, and a file for continuous integration.
    """
    from onrecord.dataset.initial import make

    for file in make(folder):
        click.echo(f"{folder}/{file}")
    kg.say(f"\nnow: kg -C {folder} build\nthen: open {folder}/data/articles/harbour-ruling.yaml beside its text")
