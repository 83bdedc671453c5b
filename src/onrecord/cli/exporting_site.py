"""`kg export site`: the built dataset as pages."""

from pathlib import Path

import click

from onrecord.cli.progress import bars
from onrecord.cli.session import Session, counted


def run(kg: Session, output: Path, url: str | None, *, narrowed: bool) -> None:
    """Write the pages of the latest release into the folder `output`.

    A site shows what is curated as such, and nothing that is inferred but periods and conflicts: there is nothing to
    leave out (`narrowed`).
    """
    from onrecord.dataset import settings
    from onrecord.site.building import build
    from onrecord.site.site import site_of
    from onrecord.store import Release

    if output == Path("-"):
        raise click.UsageError("a site needs a folder: kg export site -o FOLDER")
    if narrowed:
        raise click.UsageError("a site has all of the dataset: leave out --no-inferred, --no-curated and --source")
    folder = kg.dataset()
    given = settings.load(folder)
    site = site_of(given.title, given.publisher, given.licence, given.language, given.base)
    release = Release.latest(folder / given.out)
    with bars(kg) as progress:
        made = release.reading(lambda store: build(store, site, output, progress, url or ""))
    written = f"{counted(made.written, 'file')} new or changed of {made.files:,}"
    kg.say(f"wrote {counted(made.pages, 'page')} to {output}: {written}")
