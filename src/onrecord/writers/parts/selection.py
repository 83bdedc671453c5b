"""Which named graphs of a release are written: inferred, curated and single sources can be left out or picked."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from onrecord.ntriples import split
from onrecord.writers.parts.layout import graph_name

_METADATA = "metadata"


def select(
    lines: Iterable[str], *, inferred: bool = True, curated: bool = True, sources: Collection[str] | None = None
) -> Iterator[str]:
    """The lines of the named graphs that are wanted.

    Without `curated`, what is inferred from curated facts is left out as well. `sources` are ids; None stands for all.
    What the dataset says of itself stays, except about graphs that are left out. Raises InputError for a line whose
    graph cannot be told.
    """
    without = _left_out(inferred, curated)
    if not without and sources is None:
        yield from lines
        return
    for graph, run in _runs(lines):
        kept, about = _is_wanted(graph, without, sources), _is_metadata(graph)
        for line in run:
            if kept and (not about or _is_wanted(line.partition(" ")[0], without, sources, otherwise=True)):
                yield line


def sources_of(lines: Iterable[str]) -> set[str]:
    """The ids of the sources that lines of a release come from."""
    found = set()
    for graph, run in _runs(lines):
        parts = graph_name(graph)
        if parts and parts.kind != _METADATA:
            found.add(parts.source)
        deque(run, maxlen=0)  # read, and forgotten
    return found


def _runs(lines: Iterable[str]) -> Iterator[tuple[str, Iterator[str]]]:
    """The lines as they come, those of one named graph in a row together: only the first of them is looked at closely.

    Each run is to be read before the next one is asked for.
    """
    rest = iter(lines)
    ahead = list(islice(rest, 1))
    while ahead:
        graph = split(ahead[0])[3]
        yield graph, _run(ahead, rest, f" {graph} .\n")


def _run(ahead: list[str], rest: Iterator[str], end: str) -> Iterator[str]:
    """What is ahead and all lines after it with this end; then `ahead` is what comes next."""
    yield ahead.pop()
    for line in rest:
        if not line.endswith(end):
            ahead.append(line)
            return
        yield line


def _left_out(inferred: bool, curated: bool) -> frozenset[str]:
    kinds = {"inferred", "inferred-from-curated"} if not inferred else set()
    return frozenset(kinds | ({"curated", "inferred-from-curated"} if not curated else set()))


def _is_metadata(graph: str) -> bool:
    parts = graph_name(graph)
    return parts is not None and parts.kind == _METADATA


def _is_wanted(name: str, without: frozenset[str], sources: Collection[str] | None, *, otherwise: bool = False) -> bool:
    """Whether a graph is wanted. `otherwise` is the answer for what is no graph of a dataset."""
    parts = graph_name(name)
    if parts is None:
        return otherwise or sources is None
    return parts.kind == _METADATA or (parts.kind not in without and (sources is None or parts.source in sources))
