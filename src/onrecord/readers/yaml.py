"""Facts as YAML: mappings, lists and text, and nothing else of YAML.

Every scalar is text, as in the failsafe schema (https://yaml.org/spec/1.2.2/#101-failsafe-schema): `no` is not false
and 2003 no number, until the type of a record wants one. Built on the parser's events, never on its nodes or objects:
those follow aliases and nest without limit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import yaml

from onrecord.facts.constraints import Value, shown
from onrecord.findings import Finding, Place, Pointer
from onrecord.readers import characters
from onrecord.readers.limits import Limits
from onrecord.readers.passage import Passage
from onrecord.readers.result import Read, broken, interpret
from onrecord.readers.syntax import explained

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY = frozenset(("", "~", "null", "Null", "NULL"))


def split(stream: BinaryIO) -> Iterator[Passage]:
    """A YAML file is one document."""
    yield Passage(stream.read())


def read(name: str, passage: Passage, limits: Limits) -> Read:
    """The document in a YAML file; `name` is the file's, for findings."""
    data = passage.data
    if len(data) > limits.file_bytes:
        return broken(name, [limits.exceeded("file_bytes", Place(name), "the file", len(data))])
    text = characters.foreign(name, data) or characters.decoded(name, data)
    if isinstance(text, Finding):
        return broken(name, [text])
    text, found = characters.cleaned(name, text)
    tree = _Builder(name, text, limits)
    tree.build()
    places = Places(name, text)
    found += tree.found + [_twice(pointer, place, places) for pointer, place in tree.twice]
    if not isinstance(tree.root, dict):
        if tree.complete:
            found.append(_no_mapping(name, tree.root))
        return broken(name, found)
    if not tree.complete:
        return broken(name, [*found, *tree.known.values()])
    result = interpret(name, tree.root, places, limits, strict=False, known=tree.known)
    result.faults = found + result.faults
    return result


def _twice(pointer: Pointer, place: Place, places: "Places") -> Finding:
    message = f"{shown(str(pointer[-1]))} is given a second time: the first is in line {places(pointer).line}"
    return Finding(place, "violation", "duplicate-key", message, "keep one of them", broken=True)


def _no_mapping(name: str, root: Value) -> Finding:
    place = Place(name, 1, 1)
    if root is None:
        return Finding(
            place, "violation", "empty-file", "the file is empty", "begin it with source: or registry:", broken=True
        )
    what = "a list" if isinstance(root, list) else f"text {shown(root)}"
    return Finding(
        place,
        "violation",
        "type",
        f"the file is {what} and not fields with values",
        "begin it with source: or registry:",
        broken=True,
    )


class Places:
    """Where each value of a file stands. The file is parsed a second time, when somebody first asks."""

    def __init__(self, name: str, text: str) -> None:
        self._name, self._text = name, text
        self._places: dict[Pointer, Place] = {}

    def __call__(self, pointer: Pointer) -> Place:
        """The place of a value, or of the nearest thing around it."""
        if not self._places:
            builder = _Builder(self._name, self._text, Limits(), positions=self._places)
            builder.build()
            self._places.setdefault((), Place(self._name, 1, 1))
        while pointer not in self._places:
            pointer = pointer[:-1]
        return self._places[pointer]


@dataclass
class _Frame:
    """A mapping or list that is not closed yet. `key` waits for its value; with `skip` that value is not kept."""

    container: "dict[str, Value] | list[Value]"
    path: Pointer = ()
    key: str | None = None
    skip: bool = False


@dataclass
class _Builder:
    """Builds values from events. `known` are findings by the pointers of their values, `found` those about the file,
    and `twice` the places of fields that their mapping had already.

    With `positions` it notes where each value begins.
    """

    name: str
    text: str
    limits: Limits
    positions: dict[Pointer, Place] | None = None
    root: Value = None
    complete: bool = False
    found: list[Finding] = field(default_factory=list)
    known: dict[Pointer, Finding] = field(default_factory=dict)
    twice: list[tuple[Pointer, Place]] = field(default_factory=list)
    _stack: list[_Frame] = field(default_factory=list)
    _dropped: set[Pointer] = field(default_factory=set)
    _documents: int = 0

    def build(self) -> None:
        """Go through the events, up to the end or to what cannot be passed over."""
        try:
            self.complete = all(self._take(event) for event in _events(self.text)) or self._documents > 1
        except yaml.MarkedYAMLError as error:
            self.found.append(explained(self.name, self.text, error))

    def _take(self, event: yaml.Event) -> bool:
        """Take in one event; false to stop."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            return self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            pointer = self._attach(None, event, keep=False)
            self._fault(pointer, event, "alias", f"the alias *{event.anchor} is not taken", "write the value out")
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._fault(
                    None,
                    event,
                    "second-document",
                    "a second document begins here",
                    "one file holds one: make two files",
                )
                return False
        return True

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> bool:
        container: dict[str, Value] | list[Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        pointer = self._attach(container, event)
        self._tagged(event, pointer)
        self._stack.append(_Frame(container, pointer))
        if len(self._stack) > self.limits.depth:
            self.found.append(self.limits.exceeded("depth", self._place(event), "the nesting here"))
            return False
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            self._key(event, frame, frame.container)
            return
        value: str = event.value
        empty = value in _EMPTY and event.implicit[0] and event.tag is None
        if empty and frame is not None and isinstance(frame.container, dict):
            pointer = self._attach(None, event, keep=False)
            self._fault(
                pointer, event, "no-value", f"`{pointer[-1]}` has no value", "fill it in, or leave the field out"
            )
            return
        if not value.isprintable():
            value = characters.repaired(value)
        pointer = self._attach(None if empty else value, event)
        self._tagged(event, pointer)
        self._checked(event.value, event, pointer)

    def _checked(self, value: str, event: yaml.ScalarEvent, pointer: Pointer) -> None:
        """Note what is wrong with a scalar's characters. Those that stand in the file as they are were noted before."""
        if len(value) > self.limits.value_chars:
            self.known[pointer] = self.limits.exceeded("value_chars", self._place(event), "the text here", len(value))
        flaw = None if value.isprintable() else characters.flawed(value, self._place(event))
        if flaw is None:
            return
        if flaw.severity == "violation" or not characters.REORDERING.search(_raw(self.text, event)):
            self.found.append(flaw)

    def _key(self, event: yaml.ScalarEvent, frame: _Frame, container: dict[str, Value]) -> None:
        key = characters.repaired(event.value)
        pointer = (*frame.path, key)
        frame.key, frame.skip = key, True
        self._tagged(event, pointer)
        if key == "<<" and event.implicit[0]:
            self._fault(pointer, event, "merge-key", "merge keys (<<) are not taken", "write the fields out")
        elif key in _EMPTY and event.implicit[0]:
            self._fault(None, event, "no-key", "a field without a name", "write its name before the colon")
        elif key in container or pointer in self._dropped:
            self.twice.append((pointer, self._place(event)))
        else:
            self._checked(event.value, event, pointer)
            frame.skip = False

    def _attach(self, value: Value, event: yaml.Event, keep: bool = True) -> Pointer:
        """Put a value where it belongs; its pointer."""
        path = self._stack[-1].path if self._stack else ()
        if not self._stack:
            self.root = value
        else:
            frame = self._stack[-1]
            if isinstance(frame.container, list):
                path = (*path, len(frame.container))
                frame.container.append(value)
            elif frame.key is None:
                frame.key, frame.skip = "", True
                self._fault(
                    None,
                    event,
                    "complex-key",
                    "a field's name must be plain text",
                    "see whether a brace or bracket should be quoted",
                )
                return path
            else:
                path = (*path, frame.key)
                if keep and not frame.skip:
                    frame.container[frame.key] = value
                else:
                    self._dropped.add(path)
                frame.key, frame.skip = None, False
        if self.positions is not None:
            self.positions.setdefault(path, self._place(event))
        return path

    def _tagged(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, pointer: Pointer) -> None:
        if event.anchor is not None:
            self._fault(
                pointer, event, "anchor", f"the anchor &{event.anchor} is not taken", "remove it, and write values out"
            )
        if event.tag is not None:
            self._fault(
                pointer,
                event,
                "tag",
                f"the tag {shown(event.tag)} is not taken",
                "remove it: the field says what it holds",
            )

    def _place(self, event: yaml.Event) -> Place:
        return _place(self.name, event)

    def _fault(self, pointer: Pointer | None, event: yaml.Event, code: str, message: str, hint: str) -> None:
        finding = Finding(self._place(event), "violation", code, message, hint, broken=True)
        if pointer is None:
            self.found.append(finding)
        else:
            self.known[pointer] = finding


def _place(name: str, event: yaml.Event) -> Place:
    assert event.start_mark is not None  # both parsers give it with every event
    return Place(name, event.start_mark.line + 1, event.start_mark.column + 1)


def _raw(text: str, event: yaml.Event) -> str:
    """What stands in the file for a value."""
    assert event.start_mark is not None
    assert event.end_mark is not None
    return text[event.start_mark.index : event.end_mark.index]


def _events(text: str) -> Iterator[yaml.Event]:
    return iter(yaml.parse(text, Loader=_LOADER))
