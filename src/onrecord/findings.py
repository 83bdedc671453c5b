"""A finding: something about the data that a person should look at, with the place in the file.

The words are SHACL's (https://www.w3.org/TR/shacl/#validation-report): focus node, path, value, source shape, severity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["violation", "warning", "info"]
Pointer = tuple[str | int, ...]
"""Where a value stands in a file's structure: the keys and indices that lead to it."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file: line and column count from 1, the column in code points. 0 where a place has none."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Finding:
    """One finding. `code` names its kind in kebab case; `hint` says what to do.

    `broken` is true where the file could not be read as facts there (exit 3), false where facts were read and are wrong
    (exit 1 for a violation). The last four are set where a SHACL shape made it (IRIs or literals as N-Triples terms).
    """

    place: Place
    severity: Severity
    code: str
    message: str
    hint: str = ""
    broken: bool = False
    focus_node: str = ""
    path: str = ""
    value: str = ""
    source_shape: str = ""
    component: str = ""

    def line(self) -> str:
        """The finding as one line of text, whatever the words in it are: nothing that they hold can end the line,
        reorder it or steer a terminal."""
        name = {"violation": "error", "warning": "warning", "info": "note"}[self.severity]
        advice = f" — {self.hint}" if self.hint else ""
        return _visible(f"{self.place}: {name}: {self.message}{advice} [{self.code}]")


_JOINERS = "\u200c\u200d"  # invisible, but spelling in Persian, in Indic scripts and of emoji


def _visible(text: str) -> str:
    r"""Text with all that is not printable written as \uXXXX (\UXXXXXXXX beyond that): control and bidi characters,
    line ends, halves of surrogate pairs."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _JOINERS else _escape(ord(c)) for c in text)


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def ordered(findings: Sequence[Finding]) -> list[Finding]:
    """Findings in the order of files, lines and columns, each once."""
    return sorted(set(findings), key=lambda f: (f.place, f.code, f.message, f.focus_node, f.path, f.value))
