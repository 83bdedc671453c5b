"""SPARQL-based constraints and components → functions (https://www.w3.org/TR/shacl/#sparql-constraints)."""

from collections.abc import Iterable

from onrecord.checks.linking import neighbors, queries, reading
from onrecord.checks.linking.constraints import component
from onrecord.checks.linking.expressions import Row
from onrecord.checks.linking.parts import Fault, Part, Signature
from onrecord.checks.linking.queries import Search
from onrecord.checks.plan import Constraint, Message, Query, Shape
from onrecord.checks.view import Values, View
from onrecord.ntriples import text_of


def constraint(one: Constraint, shape: Shape) -> Part:
    """A constraint or component as a function. In a node shape, the focus node is the value where a row names none."""
    assert one.query is not None
    assert one.message is not None
    on_node = shape.path is None
    if one.kind == "SPARQLAsk":
        return _asking(one.query, one.component, on_node)
    if one.kind == "SPARQLSelect":
        return _selecting(one.query, one.component, on_node)
    return _constraint(one.query, one.message, on_node)


def _needing(query: Query) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in query.needs)


def _constraint(query: Query, message: Message, on_node: bool) -> Part:
    search, needs = queries.linked(query), _needing(query)
    names = [query.names[place] for place in query.projected]

    def holds(view: View, focus: str, _: Values) -> bool:
        return not search(view, focus, "", queries.any_row)

    def faults(view: View, focus: str, _: Values) -> list[Fault]:
        found = []
        for row in _rows(query, search, view, focus, ""):
            bound = {name: term for name, term in zip(names, row, strict=True) if term is not None}
            value = bound.get("value") or (focus if on_node else "")
            text = filled(message, bound, value)
            found.append(Fault(value, component("SPARQL"), bound.get("path", ""), text))
        return found

    def about(signature: Signature) -> bool | None:
        return None if all(group & signature.properties for group in needs) else True

    wants = tuple(dict.fromkeys(reading.wanted(query.pattern)))
    return Part(faults, holds, idle=None, about=about, of_focus=True, wants=wants, look=neighbors.look_of(query))


def _rows(query: Query, search: Search, view: View, focus: str, value: str) -> Iterable[tuple[str | None, ...]]:
    """What the query tells of its solutions, each once."""
    found: dict[tuple[str | None, ...], None] = {}

    def tell(row: Row) -> bool:
        found[tuple(row[place] for place in query.projected)] = None
        return False

    search(view, focus, value, tell)
    return found


def filled(message: Message, bound: dict[str, str], value: str) -> str:
    """A message with the values of a row (https://www.w3.org/TR/shacl/#sparql-constraints-prebound). Of several texts
    that say more than they did, the first."""
    if not message.templates:
        return message.best
    given = {name: term for name, term in bound.items() if name not in ("this", "path", "value")}
    given |= {name: bound[name] for name in ("this", "path") if name in bound}
    given |= {"value": value} if value else {}
    texts = sorted({_replaced(text, given) for text in message.templates} - set(message.templates))
    return texts[0] if texts else message.best


def _replaced(text: str, given: dict[str, str]) -> str:
    for name, term in given.items():
        plain = term[2:] if term.startswith("_:") else text_of(term)
        text = text.replace(f"{{?{name}}}", plain).replace(f"{{${name}}}", plain)
    return text


def _asking(query: Query, name: str, on_node: bool) -> Part:
    search = queries.linked(query)

    def holds(view: View, focus: str, given: Values) -> bool:
        return all(search(view, focus, value, queries.any_row) for value in given)

    def faults(view: View, focus: str, given: Values) -> list[Fault]:
        wrong = (value for value in given if not search(view, focus, value, queries.any_row))
        return [Fault(value if on_node else "", name) for value in wrong]  # like pySHACL, no value in property shapes

    return Part(faults, holds)


def _selecting(query: Query, name: str, on_node: bool) -> Part:
    search = queries.linked(query)
    names = [query.names[place] for place in query.projected]

    def holds(view: View, focus: str, given: Values) -> bool:
        return not any(search(view, focus, value, queries.any_row) for value in given)

    def faults(view: View, focus: str, given: Values) -> list[Fault]:
        found = []
        for value in given:  # like pySHACL, once for each value node
            for row in _rows(query, search, view, focus, value):
                bound = {one: term for one, term in zip(names, row, strict=True) if term is not None}
                found.append(Fault(bound.get("value") or (value if on_node else ""), name, bound.get("path", "")))
        return found

    return Part(faults, holds)
