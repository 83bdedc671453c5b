"""One pass over a document's records: whether they are sound, what they refer to, which words they rest on.

`constraints`, `references` and `evidence` say what is wrong and where. This says, many times faster, that nothing is:
a document whose survey is clear has no flaw that they would find. One whose survey is not clear is given to them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial

from onrecord.errors import InputError
from onrecord.facts.constraints import (
    AT_LEAST_ONE,
    EXACTLY_ONE,
    MAY_BE_EMPTY,
    OF_FACTS,
    TOGETHER,
    allowed,
    says_something,
)
from onrecord.facts.dates import bounds
from onrecord.facts.document import Document, Registry
from onrecord.facts.fields import CuratedDate, Record, Span, When
from onrecord.facts.marks import Shape, shapes_of
from onrecord.facts.records import Proposition
from onrecord.facts.references import list_of
from onrecord.ntriples import iri

_DEEPEST = 16
"""Records within each other. What is deeper is left to those who count exactly."""
_LARGE = 10**18
"""Whole numbers below it are taken as they are; larger ones are left to those who count their digits."""


@dataclass(slots=True)
class Survey:
    """What a pass over a document found.

    `sound` tells that no record has a flaw that `onrecord.facts.constraints` would find. `references` are the ids that
    records refer to, `lists` those of the lists to whose entries they are linked, `given` those that they give; `words`
    are the words they rest on, `quotes` those that the source's statements quote.
    """

    sound: bool = True
    references: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    given: list[str] = field(default_factory=list)
    words: list[str | Span] = field(default_factory=list)
    quotes: list[str | Span] = field(default_factory=list)

    @property
    def spans(self) -> int:
        """How many spans of words there are."""
        return len(self.words) + len(self.quotes)

    def is_short(self, most: int, most_quoted: int) -> bool:
        """Whether no span of words has more words than may be given as evidence, or quoted."""
        return _are_short(self.words, most) and _are_short(self.quotes, most_quoted)

    def is_resolved(self, shared: Mapping[str, str]) -> bool:
        """Whether each id is given once, and each reference leads to one of these or of the registry's (`shared`)."""
        own = set(self.given)
        return len(own) == len(self.given) and all(name in own or name in shared for name in self.references)


def _are_short(words: list[str | Span], most: int) -> bool:
    for word in words:
        text = word.exact if isinstance(word, Span) else word
        if len(text) > 2 * most and len(text.split()) > most:
            return False
    return True


def survey(document: Document | Registry) -> Survey:
    """Look at every record of a document. Whole numbers in fields that take numbers and text become text, as in YAML,
    so that the same facts have the same addresses."""
    found = Survey()
    _look_into(document, found, 0)
    for section in document.__struct_fields__:
        records = getattr(document, section)
        if isinstance(records, list):
            found.given += [record.id for record in records if getattr(record, "id", None)]
    return found


def _look_into(record: Record, found: Survey, depth: int) -> None:
    looks, rules = _plan(type(record))
    for name, look in looks:
        value = getattr(record, name)
        if value is not None:
            look(value, record, found, depth)
    for rule in rules:
        if not rule(record):
            found.sound = False
    if depth > _DEEPEST:
        found.sound = False


_Look = Callable[[object, Record, Survey, int], None]
_Rule = Callable[[Record], bool]


@cache
def _plan(record: type[Record]) -> tuple[tuple[tuple[str, _Look], ...], tuple[_Rule, ...]]:
    """What to look at in each field of a record type, and what must hold of the whole."""
    empty = next((names for base, names in MAY_BE_EMPTY.items() if issubclass(record, base)), set[str]())
    looks = [(name, _look(name, shape, name in empty)) for name, shape in shapes_of(record).items()]
    return tuple((name, look) for name, look in looks if look is not None), tuple(_rules(record))


def _look(name: str, shape: Shape, may_be_empty: bool) -> _Look | None:
    if all(part.base in (bool, int, type(None)) for part in shape.parts):
        return None
    take = _taking(name, shape)

    def look(value: object, record: Record, found: Survey, depth: int) -> None:
        if isinstance(value, str):
            if not value or value.isspace():
                found.sound = found.sound and may_be_empty
            elif take is not None:
                take(value, found, depth)
        elif isinstance(value, list):
            for item in value:
                look(item, record, found, depth)
        elif isinstance(value, Record):
            if isinstance(value, Span) and take is not None:
                take(value, found, depth)
            _look_into(value, found, depth + 1)
        elif isinstance(value, int) and shape.takes_digits and getattr(record, name) is value:
            setattr(record, name, str(value))
            found.sound = found.sound and 0 < value < _LARGE  # a sign is refused, and 0 may have been -0
            if take is not None:
                take(str(value), found, depth)
        else:
            found.sound = False  # a float: how it was written is known to the reader only

    return look


_Take = Callable[[str | Span, Survey, int], None]


def _taking(name: str, shape: Shape) -> _Take | None:
    """What to do with a text, or a span of words, in a field; None where it is enough that it is not blank."""
    if "words" in shape.marks:
        return _take_quote if name == "quote" else _take_words
    if "reference" in shape.marks:
        return _take_reference
    if "entry" in shape.marks:
        return _take_entry
    checks = [
        _CHECKS[mark] if mark in _CHECKS else allowed(mark, str(words)).__contains__
        for mark, words in shape.marks.items()
        if mark in (*_CHECKS, "scheme", "classes")
    ]

    def take(value: str | Span, found: Survey, depth: int) -> None:
        for check in checks:
            if not check(value):
                found.sound = False

    return take if checks else None


def _take_reference(value: str | Span, found: Survey, depth: int) -> None:
    found.references.add(str(value))


def _take_entry(value: str | Span, found: Survey, depth: int) -> None:
    found.lists.add(list_of(str(value)))


def _take_words(value: str | Span, found: Survey, depth: int) -> None:
    found.words.append(value)


def _take_quote(value: str | Span, found: Survey, depth: int) -> None:
    """What a statement of the source quotes may be long; what a statement within a statement quotes may not."""
    (found.quotes if depth == 1 else found.words).append(value)


@lru_cache(maxsize=65_536)
def _is_date(text: object) -> bool:
    try:
        bounds(str(text))
    except ValueError:
        return False
    return True


def _is_address(text: object) -> bool:
    try:
        iri(str(text))
    except InputError:
        return False
    return True


_CHECKS: dict[str, Callable[[object], bool]] = {
    "date": _is_date,
    "address": _is_address,
    "reason": lambda text: says_something(str(text)),
}


def _rules(record: type[Record]) -> list[_Rule]:
    """What `onrecord.facts.constraints` says of whole records, as conditions."""
    found: list[_Rule] = []
    found += [partial(_has_one, names) for base, names in EXACTLY_ONE.items() if issubclass(record, base)]
    found += [partial(_has_any, groups) for base, groups in AT_LEAST_ONE.items() if issubclass(record, base)]
    found += [partial(_has_both, pairs) for base, pairs in TOGETHER.items() if issubclass(record, base)]
    if issubclass(record, When | CuratedDate):
        found.append(_is_ordered)
    if issubclass(record, Proposition):
        found.append(_says_no_fact)
    return found


def _has_one(names: tuple[str, ...], record: Record) -> bool:
    return sum(getattr(record, name) is not None for name in names) == 1


def _has_any(groups: tuple[tuple[str, ...], ...], record: Record) -> bool:
    return any(all(getattr(record, name) is not None for name in group) for group in groups)


def _has_both(pairs: tuple[tuple[str, str], ...], record: Record) -> bool:
    return all(getattr(record, one) is None or getattr(record, other) is not None for one, other in pairs)


def _is_ordered(record: Record) -> bool:
    earliest, latest = getattr(record, "earliest", None), getattr(record, "latest", None)
    if earliest is None or latest is None or not (_is_date(str(earliest)) and _is_date(str(latest))):
        return True
    first, last = bounds(str(earliest))[0], bounds(str(latest))[1]
    return first is None or last is None or first <= last


def _says_no_fact(record: Record) -> bool:
    """Whether what a statement says has none of the fields that only facts have."""
    for kind in EXACTLY_ONE[Proposition]:
        held = getattr(record, kind)
        if isinstance(held, Record) and any(getattr(held, name, None) for name in OF_FACTS):
            return False
    return True
