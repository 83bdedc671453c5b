"""The W3C validation report (https://www.w3.org/TR/shacl/#validation-report) as Turtle, sorted: same results, same
bytes."""

import re
from collections.abc import Iterator

from onrecord.checks.results import SH, Found, Outcome
from onrecord.ntriples import literal

_HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n"


def turtle(outcome: Outcome) -> str:
    """The report of a validation."""
    conforms = "true" if outcome.conforms else "false"
    results = " ,\n".join("        [ " + " ;\n          ".join(_lines(found)) + " ]" for found in outcome.found)
    listed = f" ;\n    sh:result\n{results}" if results else ""
    return f"{_HEAD}[] a sh:ValidationReport ;\n    sh:conforms {conforms}{listed} .\n"


def _lines(found: Found) -> Iterator[str]:
    result = found.result
    yield "a sh:ValidationResult"
    yield f"sh:focusNode {result.focus_node}"
    if found.turtle_path:
        yield f"sh:resultPath {_short(found.turtle_path)}"
    if result.value:
        yield f"sh:value {result.value}"
    yield f"sh:resultSeverity {_short(found.severity)}"
    yield f"sh:sourceConstraintComponent {_short(result.component)}"
    yield f"sh:sourceShape {result.source_shape or '[]'}"
    yield f"sh:resultMessage {literal(result.message)}"


def _short(turtle: str) -> str:
    """SHACL's own terms with their prefix."""
    return re.sub(rf"<{SH}([A-Za-z]+)>", r"sh:\1", turtle)
