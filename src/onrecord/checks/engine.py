"""The seam to pySHACL: a shapes graph and a data graph in, results out. Its errors end here.

pySHACL is used by its parts, not by `pyshacl.validate`: that would read the shapes anew each time, change rdflib's
handling of literals for the whole process, and send its log to standard error. Rules, JavaScript and imports, which
could fetch and run what foreign shapes name, are never switched on.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from onrecord.checks.graphs import term_of
from onrecord.checks.paths import sparql_path, turtle_path
from onrecord.checks.results import SEVERITIES, Result, sentence
from onrecord.checks.shapes import Shapes
from onrecord.errors import VocabularyError

if TYPE_CHECKING:
    from rdflib.query import Processor
    from rdflib.query import Result as Answer
    from rdflib.term import Identifier, Node

_DEPTH = 60
"""How deep shapes may refer to each other. SHACL's own shapes for property paths need some 40 steps."""
_QUIET = logging.getLogger("onrecord.checks.pyshacl")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False


@dataclass(frozen=True)
class Found:
    """A result, with what only a report in Turtle needs: its path there, and its severity's address."""

    result: Result
    turtle_path: str
    severity: str


@dataclass(frozen=True)
class Outcome:
    """What checking a graph gave. It conforms where nothing was found, be it only a note."""

    conforms: bool
    found: tuple[Found, ...]


class _Validator(Protocol):
    shacl_graph: object

    def run(self) -> tuple[bool, rdflib.Graph, str]: ...


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


def run(shapes: Shapes, graph: rdflib.Graph) -> Outcome:
    """Check everything in `graph`, which is left as it is. Raises VocabularyError for shapes that cannot be used."""
    errors = import_module("pyshacl.errors")
    parsing = import_module("pyparsing")
    validator = _validator(shapes, graph)
    try:
        conforms, report, _ = validator.run()
        found = tuple(sorted(_read(shapes.graph, report), key=lambda one: (one.result, one.turtle_path, one.severity)))
    except (
        errors.ShapeLoadError,
        errors.ConstraintLoadError,
        errors.ValidationFailure,
        errors.ReportableRuntimeError,
        errors.ShapeRecursionWarning,
        parsing.ParseBaseException,
        re.error,
        NotImplementedError,
        RecursionError,
        TypeError,  # values that cannot be compared, under sh:lessThan
    ) as error:
        reason = " ".join((str(error) or type(error).__name__).split())[:300]
        raise VocabularyError(f"the shapes cannot be used: {reason}") from error
    return Outcome(conforms, found)


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
    validator.shacl_graph = shapes.kept.setdefault("pyshacl", validator.shacl_graph)
    return validator


def _read(shapes: rdflib.Graph, report: rdflib.Graph) -> Iterator[Found]:
    """The results of pySHACL's report. Its nameless nodes have the names that they have in the shapes graph."""
    for node in report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult):
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
            source_shape=_named(shapes, shape),
            severity=SEVERITIES.get(severity, "violation"),
            message=message,
        )
        yield Found(result, turtle_path(where, found) if found is not None else "", severity)


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
        best = min(written, key=lambda m: ((m.language or "") not in ("", "en"), m.language or "", str(m)))
        if "{" not in best or owner is not constraint:
            return str(best)
        others = {str(m) for m in written} | {str(m) for m in shapes.objects(shape, rdflib.SH.message)}
        filled = sorted(str(m) for m in report.objects(node, rdflib.SH.resultMessage) if str(m) not in others)
        return filled[0] if filled else str(best)
    return ""


def _named(shapes: rdflib.Graph, shape: "Node") -> str:
    """The shape itself where it has an address, else the nearest shape with one that leads to it; "" for none."""
    seen, edge = {shape}, [shape]
    while edge:
        named = sorted(term_of(node) for node in edge if isinstance(node, rdflib.URIRef))
        if named:
            return named[0]
        wider = {owner for node in edge for owner in shapes.subjects(None, node)} - seen
        seen |= wider
        edge = sorted(wider, key=str)
    return ""
