"""Shapes → findings: what is wrong with data, and what to do about it.

    installed      the shapes of the installation
    load_shapes    shapes files → Shapes, plain data that can be kept (to_json, from_json) under its key (key_of)
    Checker        Shapes and the context of all data, prepared once; its `check` takes data → results
    validate       RDF files of any format → results and a W3C validation report

Shapes (https://www.w3.org/TR/shacl/) are compiled to functions that run on indexes. What the compiler does not cover
goes to pySHACL, shape by shape, and `Shapes.uncovered` says so. Checks run before inference: after it, what is meant to
be checked (that a speaker is a person, say) would have been inferred.
"""

from onrecord.checks.checker import Checker
from onrecord.checks.results import Result
from onrecord.checks.shapes import Shapes, from_json, installed, key_of, load_shapes, to_json
from onrecord.checks.validation import Validation, validate
from onrecord.index import Index

__all__ = [
    "Checker",
    "Result",
    "Shapes",
    "Validation",
    "check",
    "from_json",
    "installed",
    "key_of",
    "load_shapes",
    "to_json",
    "validate",
]


def check(shapes: Shapes, data: Index, context: Index) -> list[Result]:
    """What is wrong with `data`, in the order of focus nodes and paths. For much data on one context: Checker."""
    return Checker(shapes, context).check(data)
