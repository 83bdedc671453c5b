"""A progress bar on standard error, on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click

from onrecord.cli.session import Session
from onrecord.dataset.segments import Progress

_WORDS = {
    "lists": "Importing lists",
    "sources": "Building sources",
    "lists-read": "Reading lists",
    "candidates": "Comparing names",
    "formats": "Writing formats",
    "documents": "Writing documents",
    "store": "Loading the store",
    "pages": "Writing pages",
}


@contextmanager
def bars(session: Session) -> Iterator[Progress]:
    """A progress callback that draws one bar for each stage; one that draws nothing where nobody would see it."""
    if session.quiet or not sys.stderr.isatty():
        yield lambda stage, done, of: None
        return
    with ExitStack() as stack:
        open_bars: dict[str, tuple[ExitStack, click._termui_impl.ProgressBar[int]]] = {}

        def show(stage: str, done: int, of: int) -> None:
            if stage not in open_bars:
                own = stack.enter_context(ExitStack())
                bar = own.enter_context(
                    click.progressbar(length=of, label=f"{_WORDS.get(stage, stage):<18}", file=sys.stderr)
                )
                open_bars[stage] = (own, bar)
            own, bar = open_bars[stage]
            bar.update(done - bar.pos)
            if done == of:
                own.close()

        yield show
