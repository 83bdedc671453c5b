"""XML as a tree that knows where each element stands. DTDs and entities are refused by defusedxml."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers.expat import ErrorString

from onrecord.findings import Finding, Place
from onrecord.importers.result import Input

_DEEPEST = 64
_LONGEST = 100_000
_MOST = 1_000_000
_DECLARED = re.compile(r"""\ufeff?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_TAKEN = {"utf-8", "utf8", "us-ascii", "ascii"}


@dataclass(slots=True)
class Element:
    """An element: its name, attributes and children, the text directly in it, and its place in a file.

    `start` and `end` are where it and its end tag begin in the bytes of the file's text (UTF-8).
    """

    tag: str
    attributes: dict[str, str]
    file: str
    line: int
    column: int
    start: int
    end: int = 0
    children: "list[Element]" = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file, self.line, self.column)

    @property
    def text(self) -> str:
        """The text directly in it, without white space around."""
        return "".join(self.texts).strip()

    def leaves(self, path: str) -> Iterator[tuple[str, str]]:
        """Every text in it and below, each with the path that leads to it: A/B."""
        here = f"{path}/{self.tag}" if path else self.tag
        if self.text:
            yield here, self.text
        for child in self.children:
            yield from child.leaves(here)

    def marked(self, path: str = "") -> Iterator[str]:
        """The path of every attribute on it and below that has a value: A/@b."""
        here = f"{path}/{self.tag}" if path else self.tag
        yield from (f"{here}/@{name}" for name, value in self.attributes.items() if value.strip())
        for child in self.children:
            yield from child.marked(here)


class _TooMuch(Exception):
    """What goes beyond anything that a list has: the message says what it is, the element where."""

    def __init__(self, message: str, element: Element) -> None:
        super().__init__(message)
        self.place = element.place


class _Builder:
    """What defusedxml's parser reports to: it builds the tree."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[Element] = []
        self.root: Element | None = None
        self._count = self._length = 0
        self.position: Callable[[], tuple[int, int, int]] = lambda: (1, 0, 0)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        line, column, byte = self.position()
        element = Element(tag, attributes, self._name, line, column + 1, byte)
        if self._open:
            self._open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)
        self._count += 1
        self._length = 0
        if len(self._open) > _DEEPEST:
            raise _TooMuch(f"elements are nested more than {_DEEPEST} deep", element)
        if self._count > _MOST:
            raise _TooMuch(f"the file has more than {_MOST:,} elements", element)

    def end(self, tag: str) -> None:
        self._open.pop().end = self.position()[2]

    def data(self, data: str) -> None:
        if not self._open:
            return
        self._open[-1].texts.append(data)
        self._length += len(data)
        if self._length > _LONGEST:
            raise _TooMuch(f"a text has more than {_LONGEST:,} characters", self._open[-1])

    def close(self) -> Element | None:
        return self.root


def parsed(file: Input) -> Element | Finding:
    """The root of a file's XML, or the finding why there is none.

    A DTD is an error, and so are entities other than XML's own five, an encoding other than UTF-8, and what no list
    has: elements nested more than 64 deep, more than a million of them, texts of more than 100,000 characters.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    declared = _DECLARED.match(file.text)
    if declared and declared[1].lower() not in _TAKEN:
        message = f"the file says that its encoding is {declared[1]}"
        return _refusal(Place(file.name, 1, 1), "encoding", message, "save it as UTF-8")
    builder = _Builder(file.name)
    parser = DefusedXMLParser(target=builder, encoding="utf-8", forbid_dtd=True)
    expat = parser.parser
    builder.position = lambda: (expat.CurrentLineNumber, expat.CurrentColumnNumber, expat.CurrentByteIndex)
    try:
        parser.feed(file.text.encode("utf-8") if file.replaced else file.data)
        parser.close()
    except ET.ParseError as error:
        line, column = error.position
        if not file.text.strip("\ufeff \t\r\n"):
            return _refusal(Place(file.name, 1, 1), "empty-file", "the file is empty", "download it again")
        why = ErrorString(error.code) or str(error)
        return _refusal(Place(file.name, line, column + 1), "syntax", f"this is no XML: {why}", "download it again")
    except (DefusedXmlException, _TooMuch) as error:
        if isinstance(error, _TooMuch):
            return _refusal(error.place, "too-large", str(error), "see whether the file is what it should be")
        place = Place(file.name, expat.ErrorLineNumber, expat.ErrorColumnNumber + 1)
        return _refusal(place, "dtd", "DTDs and entities are refused", "remove the document type declaration")
    assert builder.root is not None
    return builder.root


def _refusal(place: Place, code: str, message: str, hint: str) -> Finding:
    return Finding(place, "violation", code, message, hint, broken=True)
