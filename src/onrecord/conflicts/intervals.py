"""Contradictions about when a designation began, ended or held: those that time lines have found."""

from collections.abc import Iterator, Sequence

from onrecord.conflicts.model import Conflict, Side
from onrecord.conflicts.naming import Names
from onrecord.history import History, Timeline, needs_curator

Disagreement = tuple[str, tuple[str, ...]]
"""What contradicts each other as a time line has it: a sentence, and the facts."""


def of_timeline(timeline: Timeline, members: Sequence[str], names: Names) -> Iterator[tuple[Disagreement, Conflict]]:
    """What contradicts each other in a time line, each with its conflict. `members` are all names of the subject."""
    if not timeline.disagreements:
        return
    history = timeline.history
    sources, curated = _sources(history), needs_curator(timeline, members)
    where = history.on_list or history.jurisdiction
    about = f"{names.of_one(members)}{f', {names.of(where)}' if where else ''}"
    for sentence, nodes in timeline.disagreements:
        sides = tuple(Side(node, sources[node]) for node in nodes)
        yield (sentence, nodes), Conflict("interval", tuple(members), f"{about}: {sentence}", sides, curated)


def _sources(history: History) -> dict[str, str]:
    """The source of each fact of a history; a list is its own."""
    claims = [*history.claims, *(one.entry for one in history.snapshots if one.entry is not None)]
    found = {one.node: one.source for one in claims} | {one.node: one.source for one in history.acts}
    return found | {one.source: one.source for one in history.snapshots}
