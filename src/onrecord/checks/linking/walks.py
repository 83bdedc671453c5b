"""Property paths → functions from a node to the nodes that the path leads to (https://www.w3.org/TR/shacl/#property-paths)."""

from collections.abc import Callable, Iterator

from onrecord.checks.plan import Path
from onrecord.checks.view import NONE, Values, View

Walk = Callable[[View, str], Values]


def linked(path: Path) -> Walk:
    """A path as a function."""
    if path.kind == "property":
        return _forward(path.term)
    if path.kind == "inverse":
        return _backward(path.parts[0].term)
    parts = [linked(part) for part in path.parts]
    if path.kind == "sequence":
        return _sequence(parts)
    if path.kind == "alternative":
        return _alternative(parts)
    return _repeated(parts[0], path.kind)


def inverse(path: Path) -> Path:
    """The path walked backwards, with `inverse` only around single properties."""
    if path.kind == "property":
        return Path("inverse", parts=(path,))
    if path.kind == "inverse":
        return path.parts[0]
    parts = tuple(inverse(part) for part in path.parts)
    return Path(path.kind, parts=parts[::-1] if path.kind == "sequence" else parts)


def leads(path: Path) -> Callable[[View, str], bool]:
    """Whether a path leads anywhere, which for alternatives is seen without walking all of them."""
    ends = [linked(part) for part in (path.parts if path.kind == "alternative" else (path,))]

    def walk(view: View, node: str) -> bool:
        return any(end(view, node) for end in ends)

    return walk


def inverted(path: Path) -> Iterator[str]:
    """The properties that a path walks backwards."""
    if path.kind == "inverse":
        yield path.parts[0].term
    else:
        for part in path.parts:
            yield from inverted(part)


def first(path: Path) -> frozenset[str] | None:
    """The properties one of which a node needs for the path to lead anywhere; None where it may lead somewhere without
    any."""
    if path.kind == "property":
        return frozenset({path.term})
    if path.kind in ("sequence", "+"):
        return first(path.parts[0])
    if path.kind == "alternative":
        found = [first(part) for part in path.parts]
        named = [one for one in found if one is not None]
        return frozenset().union(*named) if len(named) == len(found) else None
    return None


def sure(path: Path, properties: frozenset[str]) -> bool:
    """Whether a path leads somewhere from every node that has these properties."""
    if path.kind == "property":
        return path.term in properties
    if path.kind == "+":
        return sure(path.parts[0], properties)
    if path.kind == "alternative":
        return any(sure(part, properties) for part in path.parts)
    return path.kind in ("*", "?")


def _forward(prop: str) -> Walk:
    return lambda view, node: view.of(node).get(prop, NONE)


def _backward(prop: str) -> Walk:
    def walk(view: View, node: str) -> Values:
        other = view.base_inverse[prop]
        return view.backward(prop, node) if other else view.inverse[prop].get(node, NONE)

    return walk


def _sequence(parts: list[Walk]) -> Walk:
    first, rest = parts[0], parts[1:]

    def walk(view: View, node: str) -> Values:
        found = first(view, node)
        for step in rest:
            found = {end: None for middle in found for end in step(view, middle)}
        return found

    return walk


def _alternative(parts: list[Walk]) -> Walk:
    def walk(view: View, node: str) -> Values:
        found: Values = {}
        for step in parts:
            more = step(view, node)
            if more:
                found.update(more)
        return found

    return walk


def _repeated(step: Walk, kind: str) -> Walk:
    def once(view: View, node: str) -> Values:
        return {node: None, **step(view, node)}

    def walk(view: View, node: str) -> Values:
        found: Values = {node: None} if kind == "*" else {}
        edge = list(step(view, node))
        while edge:
            current = edge.pop()
            if current not in found:
                found[current] = None
                edge += step(view, current)
        return found

    return once if kind == "?" else walk
