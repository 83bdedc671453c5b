"""SPARQL-based constraints and components → plan (https://www.w3.org/TR/shacl/#sparql-constraints)."""

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, cast

from onrecord.checks.compilation import messages, queries
from onrecord.checks.compilation.algebra import Algebra
from onrecord.checks.compilation.coverage import Uncovered
from onrecord.checks.compilation.pyshacl import Component, Helper, Read, ReadShape, node_key, validator
from onrecord.checks.graphs import term_of
from onrecord.checks.plan import Constraint, Message, Query
from onrecord.errors import VocabularyError

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query as Prepared
    from rdflib.term import Node

_ANY = "urn:onrecord:any"


def of_constraints(read: Read, shape: ReadShape, helpers: set[Helper]) -> Iterator[Constraint]:
    """The SPARQL constraints of a shape. Raises Uncovered."""
    for helper in sorted(helpers, key=lambda one: node_key(one.node)):
        if not helper.deactivated:
            message = messages.of_constraint(read.graph, helper.node, shape.node)
            yield Constraint("SPARQL", query=_query(read, helper, {}, False), message=message)


def of_component(read: Read, shape: ReadShape, component: Component) -> Constraint:
    """A component of somebody's own, as a shape uses it. Raises Uncovered."""
    kind, helper = validator(component, shape)
    for parameter in component.parameters:
        if len(set(read.graph.objects(shape.node, parameter.path()))) > 1:
            raise Uncovered("several values of a parameter of a SPARQL-based component")
    parameters = {name: term_of(node) for name, node in helper.param_bind_map.items()}
    query = _query(read, helper, parameters, True)
    name = term_of(component.node)
    # pySHACL's messages of components are not ours: the shape speaks, or nobody.
    message = Message(messages.of_shape(read.graph, shape.node))
    return Constraint(f"SPARQL{kind}", query=query, component=name, message=message)


def _query(read: Read, helper: Helper, parameters: dict[str, str], value: bool) -> Query:
    import rdflib

    errors = import_module("pyshacl.errors")
    parsing = import_module("pyparsing")
    focus = rdflib.URIRef(_ANY)
    try:
        bound, text = helper.pre_bind_variables(focus, focus if value else None, parameters if value else None)
        prefixes = _imported(read, helper.node)
        algebra = cast(Algebra, _prepared(f"{prefixes}{helper.apply_prefixes(text)}").algebra)
    except (errors.ValidationFailure, errors.ReportableRuntimeError, NotImplementedError) as error:
        raise Uncovered(" ".join(str(error).split())[:200]) from error
    except (parsing.ParseBaseException, RecursionError) as error:
        raise Uncovered(f"not SPARQL: {' '.join(str(error).split())[:200]}") from error
    if "currentShape" in bound:
        raise Uncovered("SPARQL's $currentShape")
    known = (*(name for name in ("this", "value") if name in bound), *sorted(parameters))
    if not known:
        raise Uncovered("a query without $this, or in which pySHACL does not find it")
    return queries.compiled(algebra, known, parameters, "value" in bound)


def _imported(read: Read, node: "Node") -> str:
    """Prefixes of what the declared ones import (https://www.w3.org/TR/shacl/#sparql-prefixes), which pySHACL does not
    follow: its own come after these, and count."""
    import rdflib

    seen: set[Node] = set()
    edge = read.values(node, "prefixes")
    lines = set()
    while edge:
        ontology = edge.pop()
        seen.add(ontology)
        edge += [one for one in read.graph.objects(ontology, rdflib.OWL.imports) if one not in seen]
        for declared in read.values(ontology, "declare"):
            for prefix in read.values(declared, "prefix"):
                lines |= {f"PREFIX {prefix}: <{name}>\n" for name in read.values(declared, "namespace")}
    return "".join(sorted(lines))


def _prepared(text: str) -> "Prepared":
    """A query as rdflib's algebra. Raises VocabularyError for a prefix that is not declared."""
    from rdflib.plugins.sparql.algebra import translateQuery, traverse
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.sparql import Prologue

    parsed = parseQuery(text)
    known = {str(one.prefix or "") for one in parsed[0] if one.name == "PrefixDecl"}
    used: set[str] = set()

    def see(node: object) -> None:
        if getattr(node, "name", "") == "pname":
            used.add(str(cast(Algebra, node).prefix or ""))

    traverse(parsed[1], visitPost=see)
    builtin = Prologue().namespace_manager.store
    for prefix in sorted(used - known):
        if builtin.namespace(prefix) is None:
            raise VocabularyError(f"the shapes cannot be used: a query has the prefix {prefix}:, which is not declared")
    return translateQuery(parsed)
