"""Triple patterns of a query in the order in which they are taken: what is bound leads to what is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.checks.compilation import paths
from onrecord.checks.compilation.coverage import Uncovered
from onrecord.checks.plan import Path, Step


def is_variable(node: object) -> bool:
    """Whether a property of a triple pattern is a variable."""
    import rdflib

    return isinstance(node, rdflib.Variable)


def split(triple: tuple[object, object, object]) -> Iterator[tuple[object, object, object]]:
    """A triple pattern whose path is a sequence, as a chain of several: the same solutions, and no sets of nodes."""
    import rdflib
    from rdflib import paths as query_paths

    subject, path, value = triple
    if not isinstance(path, query_paths.SequencePath):
        yield triple
        return
    for part in path.args[:-1]:
        middle = rdflib.BNode()
        yield from split((subject, part, middle))
        subject = middle
    yield from split((subject, path.args[-1], value))


@dataclass(frozen=True)
class Triple:
    """A triple pattern: places of variables, or terms. `variable` is the place of its property, -1 for none."""

    subject: int | str
    predicate: object
    variable: int
    value: int | str


def ordered(triples: list[Triple], certain: frozenset[int], choices: dict[int, tuple[str, ...]]) -> tuple[Step, ...]:
    """Triple patterns as steps, the most bound first. Raises Uncovered where a step would have to search all data."""
    waiting, bound, found = list(triples), set(certain), []
    while waiting:
        best = max(waiting, key=lambda one: _rank(one, bound, choices))  # the first of the best
        if not _rank(best, bound, choices):
            raise Uncovered("a query that would have to search all data")
        waiting.remove(best)
        found.append(_step(best, bound, choices))
        bound |= {one for one in (best.subject, best.variable, best.value) if isinstance(one, int)}
    return tuple(found)


def _rank(triple: Triple, bound: set[int], choices: dict[int, tuple[str, ...]]) -> int:
    subject = isinstance(triple.subject, str) or triple.subject in bound
    value = isinstance(triple.value, str) or triple.value in bound
    named = triple.variable < 0 or triple.variable in choices
    if subject:
        return 3 if value else 2
    return 1 if value and named else 0


def _step(triple: Triple, bound: set[int], choices: dict[int, tuple[str, ...]]) -> Step:
    path: Path | None = None if triple.variable >= 0 else paths.of_query(triple.predicate)
    backward = isinstance(triple.subject, int) and triple.subject not in bound
    return Step(triple.subject, triple.value, path, triple.variable, choices.get(triple.variable, ()), backward)
