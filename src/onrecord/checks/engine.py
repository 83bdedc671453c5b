"""The seam to pySHACL: a shapes graph and a data graph in, results out. Its errors end here.

pySHACL is used by its parts, not by `pyshacl.validate`: that would read the shapes anew each time, change rdflib's
handling of literals for the whole process, and send its log to standard error. Rules, JavaScript and imports, which
could fetch and run what foreign shapes name, are never switched on.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from onrecord.checks.compilation import messages
from onrecord.checks.graphs import graph_of, term_of
from onrecord.checks.paths import sparql_path, turtle_path
from onrecord.checks.results import SEVERITIES, Found, Outcome, Result, sentence
from onrecord.checks.shapes import Shapes
from onrecord.errors import VocabularyError
from onrecord.index import Index, triples_of

if TYPE_CHECKING:
    from rdflib.query import Processor
    from rdflib.query import Result as Answer
    from rdflib.term import Identifier, Node

_DEPTH = 60
"""How deep shapes may refer to each other. SHACL's own shapes for property paths need some 40 steps."""
_QUIET = logging.getLogger("onrecord.checks.pyshacl")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False


class _Shape(Protocol):
    node: "Node"

    def validate(self, executor: object, target_graph: object) -> tuple[bool, list[object]]: ...


class _ShapesGraph(Protocol):
    shapes: Iterable[_Shape]


class _Validator(Protocol):
    shacl_graph: _ShapesGraph
    data_graph: object

    def run(self) -> tuple[bool, rdflib.Graph, str]: ...
    def make_executor(self) -> object: ...
    def create_validation_report(
        self, sg: _ShapesGraph, conforms: bool, results: list[object]
    ) -> tuple[rdflib.Graph, str]: ...


class _ValidatorClass(Protocol):
    def __call__(self, data: object, shacl_graph: rdflib.Graph, options: Mapping[str, object]) -> _Validator: ...


class _DataGraphClass(Protocol):
    def from_rdflib(self, graph: rdflib.Graph) -> object: ...


@lru_cache(maxsize=1_000)
def _prepared(query: str) -> Query:
    return prepareQuery(query)


class _Data(rdflib.Graph):
    """A graph that parses each query once. pySHACL asks the same one anew for every focus node."""

    def query(
        self,
        query_object: str | Query,
        processor: "str | Processor" = "sparql",
        result: "str | type[Answer]" = "sparql",
        initNs: Mapping[str, object] | None = None,
        initBindings: "Mapping[str, Identifier] | None" = None,
        use_store_provided: bool = True,
        **kwargs: object,
    ) -> "Answer":
        """See rdflib.Graph.query."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, processor, result, initNs, initBindings, use_store_provided, **kwargs)


def run(shapes: Shapes, data: Index, nodes: frozenset[str] | None = None) -> Outcome:
    """Check everything in `data` against some of the shapes, or all where None are named. Raises VocabularyError for
    shapes that cannot be used."""
    errors = import_module("pyshacl.errors")
    parsing = import_module("pyparsing")
    try:
        conforms, report = _report(shapes, graph_of(triples_of(data)), nodes)
        found = tuple(sorted(_read(shapes.graph, report), key=lambda one: one.key))
    except (
        errors.ShapeLoadError,
        errors.ConstraintLoadError,
        errors.ValidationFailure,
        errors.ReportableRuntimeError,
        errors.ShapeRecursionWarning,
        parsing.ParseBaseException,
        re.error,
        ArithmeticError,
        LookupError,
        AssertionError,
        AttributeError,
        ValueError,
        NotImplementedError,
        RecursionError,
        TypeError,  # values that cannot be compared, under sh:lessThan
    ) as error:
        reason = " ".join((str(error) or type(error).__name__).split())[:300]
        raise VocabularyError(f"the shapes cannot be used: {reason}") from error
    return Outcome(conforms, found)


def _report(shapes: Shapes, graph: rdflib.Graph, nodes: frozenset[str] | None) -> tuple[bool, rdflib.Graph]:
    validator = _validator(shapes, graph)
    if nodes is None:
        conforms, report, _ = validator.run()
        return conforms, report
    executor = validator.make_executor()
    results: list[object] = []
    for shape in validator.shacl_graph.shapes:
        if term_of(shape.node) in nodes:
            results += shape.validate(executor, validator.data_graph)[1]
    report, _ = validator.create_validation_report(validator.shacl_graph, not results, results)
    return not results, report


def _validator(shapes: Shapes, graph: rdflib.Graph) -> _Validator:
    validator_class: _ValidatorClass = import_module("pyshacl.validator").Validator
    data_class: _DataGraphClass = import_module("pyshacl.graph_abstraction").DataGraph
    options: dict[str, object] = {
        "advanced": False,
        "inference": "none",
        "inplace": True,
        "use_js": False,
        "abort_on_first": False,
        "max_validation_depth": _DEPTH,
        "logger": _QUIET,
    }
    data = data_class.from_rdflib(_Data(store=graph.store, identifier=graph.identifier, bind_namespaces="none"))
    validator = validator_class(data, shacl_graph=shapes.graph, options=options)
    # What pySHACL makes of a shapes graph is the same for all data: made by the first validator, used by all.
    validator.shacl_graph = cast(_ShapesGraph, shapes.kept.setdefault("pyshacl", validator.shacl_graph))
    return validator


def _read(shapes: rdflib.Graph, report: rdflib.Graph) -> Iterator[Found]:
    """The results of pySHACL's report. Its nameless nodes have the names that they have in the shapes graph."""
    for node in report.objects(None, rdflib.SH.result):  # not the details of these, which are results too
        shape = _one(report, node, rdflib.SH.sourceShape)
        component = _term(report, node, rdflib.SH.sourceConstraintComponent)
        value = _term(report, node, rdflib.SH.value)
        severity = _term(report, node, rdflib.SH.resultSeverity)
        found = report.value(node, rdflib.SH.resultPath)
        where = shapes if found is None or isinstance(found, rdflib.URIRef) or (found, None, None) in shapes else report
        path = sparql_path(where, found) if found is not None else ""
        message = _message(shapes, report, node, shape) or sentence(component, path, value)
        result = Result(
            focus_node=_term(report, node, rdflib.SH.focusNode),
            path=path,
            value=value,
            component=component,
            source_shape=messages.source_of(shapes, shape),
            severity=SEVERITIES.get(severity, "violation"),
            message=message,
        )
        yield Found(result, turtle_path(where, found) if found is not None else "", severity, term_of(shape))


def _one(report: rdflib.Graph, node: "Node", prop: rdflib.URIRef) -> "Node":
    found = report.value(node, prop)
    if found is None:
        raise VocabularyError(f"pySHACL gave a result without {prop}")
    return found


def _term(report: rdflib.Graph, node: "Node", prop: rdflib.URIRef) -> str:
    found = report.value(node, prop)
    return "" if found is None else term_of(found)


def _message(shapes: rdflib.Graph, report: rdflib.Graph, node: "Node", shape: "Node") -> str:
    """The message of the shape that made a result: a SPARQL constraint's own before its shape's, English before others.

    pySHACL's report mixes these, and holds its own generic messages too, which are no sentences for people.
    """
    constraint = report.value(node, rdflib.SH.sourceConstraint)
    for owner in (constraint, shape):
        texts = shapes.objects(owner, rdflib.SH.message) if owner is not None else ()
        written = {text for text in texts if isinstance(text, rdflib.Literal)}
        if not written:
            continue
        best = messages.best(written)
        if "{" not in best or owner is not constraint:
            return str(best)
        others = {str(m) for m in written} | {str(m) for m in shapes.objects(shape, rdflib.SH.message)}
        filled = sorted(str(m) for m in report.objects(node, rdflib.SH.resultMessage) if str(m) not in others)
        return filled[0] if filled else str(best)
    return ""
