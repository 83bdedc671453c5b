"""Results of checks, in SHACL's words (https://www.w3.org/TR/shacl/#validation-report)."""

from dataclasses import dataclass

from onrecord.findings import Severity
from onrecord.ntriples import text_of

SH = "http://www.w3.org/ns/shacl#"
SEVERITIES: dict[str, Severity] = {f"<{SH}Violation>": "violation", f"<{SH}Warning>": "warning", f"<{SH}Info>": "info"}
"""SHACL's severities. A severity of somebody's own counts as a violation: better one finding too many."""


@dataclass(frozen=True, order=True)
class Result:
    """One result. Nodes are N-Triples terms, "" where there is none.

    `path` is a property, or a SPARQL property path where the shape has one. `source_shape` is the shape with an address
    that the result comes from: the nearest one around a nameless shape. `component` is SHACL's name for what was
    checked.
    """

    focus_node: str
    path: str
    value: str
    component: str
    source_shape: str
    severity: Severity
    message: str


@dataclass(frozen=True)
class Found:
    """A result, with what only a report in Turtle needs: its path there, its severity's address, and the shape itself,
    be it nameless.
    """

    result: Result
    turtle_path: str
    severity: str
    shape: str = ""

    @property
    def key(self) -> tuple[Result, str, str, str]:
        """What results are sorted by."""
        return self.result, self.turtle_path, self.severity, self.shape


@dataclass(frozen=True)
class Outcome:
    """What checking a graph gave. It conforms where nothing was found, be it only a note."""

    conforms: bool
    found: tuple[Found, ...]


_SENTENCES = {
    "MinCount": "{path} is missing: add it.",
    "MaxCount": "there are too many values of {path}: take some away.",
    "Class": "{value} is not of the kind that {path} needs.",
    "Datatype": "{value} is not written as {path} needs it.",
    "NodeKind": "{value} is not the kind of thing (address, text, nameless node) that {path} needs.",
    "In": "{value} is not one of the values that {path} may have.",
    "HasValue": "{path} lacks a value that it needs.",
    "Pattern": "{value} is not written in the form that {path} needs.",
    "MinLength": "{value} is too short for {path}.",
    "MaxLength": "{value} is too long for {path}.",
    "LanguageIn": "{value} is in none of the languages that {path} may have.",
    "UniqueLang": "{path} has two values in one language: keep one.",
    "Closed": "{path} is not foreseen here: take {value} away.",
    "Not": "{value} is something that {path} must not be.",
    "LessThan": "{value} of {path} is not less than the value that it is compared with.",
    "LessThanOrEquals": "{value} of {path} is greater than the value that it is compared with.",
    "Equals": "{path} differs from the property that it must be equal to, by {value}.",
    "Disjoint": "{value} of {path} is also a value of a property that must share none with it.",
}


def sentence(component: str, path: str, value: str) -> str:
    """What a result says where its shape has no message: a plain sentence from the component, path and value."""
    name = component.removeprefix(f"<{SH}").removesuffix("ConstraintComponent>")
    template = _SENTENCES.get(name, "{value} does not meet the condition on {path} (" + name.strip("<>") + ").")
    text = template.format(path=_shown(path) or "the node", value=_shown(value) or "the node")
    return text[0].upper() + text[1:]


def _shown(term: str) -> str:
    """A term as a person reads it: the text of a literal in quotation marks, the last part of an address."""
    if term.startswith('"'):
        text = text_of(term)
        return f"“{text if len(text) <= 80 else text[:79] + '…'}”"
    if term.startswith("<") and term.count("<") == 1 and term.endswith(">"):
        return term[1:-1].rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1] or term[1:-1]
    return term
