"""Which named graphs of a release are written: inferred, curated and single sources can be left out or picked."""

from collections.abc import Collection, Iterable, Iterator

from onrecord.ntriples import split
from onrecord.writers.parts.layout import graph_name

_METADATA = "metadata"


def select(
    lines: Iterable[str], *, inferred: bool = True, curated: bool = True, sources: Collection[str] | None = None
) -> Iterator[str]:
    """The lines of the named graphs that are wanted.

    Without `curated`, what is inferred from curated facts is left out as well. `sources` are ids; None stands for all.
    What the dataset says of itself stays, except about graphs that are left out. Raises InputError for a line that is
    no canonical N-Quads.
    """
    without = _left_out(inferred, curated)
    if not without and sources is None:
        yield from lines
        return
    for line in lines:
        subject, _, _, graph = split(line)
        if not _is_wanted(graph, without, sources):
            continue
        if not _is_metadata(graph) or _is_wanted(subject, without, sources, otherwise=True):
            yield line


def sources_of(lines: Iterable[str]) -> set[str]:
    """The ids of the sources that lines of a release come from."""
    graphs = {split(line)[3] for line in lines}
    return {parts.source for parts in map(graph_name, graphs) if parts and parts.kind != _METADATA}


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
