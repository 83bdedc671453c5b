"""The words of a list that an entry rests on: the beginning of its row, exactly as the file has it."""

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.facts.fields import Span
from onrecord.importers.ofac.tables import Line

_MOST = re.compile(r"\S+(?:\s+\S+){0,11}")  # as many words as a quotation has by default
_MOST_DIGITS = 20  # of an entry's number
_NUMBERS = re.compile(r"[0-9]+(?=,)")


def words(text: str, rows: Sequence[Line]) -> dict[int, str | Span]:
    """The words of each row by its offset: its number and name, and what comes before where others end in the same.

    `36,"NAME"` also stands in a row that begins with `136,"NAME"`.
    """
    heads = {row.offset: _short(row.head) for row in rows}
    times = _times(text, set(heads.values()))
    return {offset: head if times[head] <= 1 else _told_apart(text, offset, head) for offset, head in heads.items()}


def _told_apart(text: str, offset: int, head: str) -> Span:
    if offset:
        return Span(exact=head, before=text[offset - 1])
    return Span(exact=head, after=text[len(head) :].partition("\n")[0])


def _short(head: str) -> str:
    match = _MOST.match(head)
    return match[0] if match else head


def _times(text: str, heads: set[str]) -> Counter[str]:
    """How often each stands in the text. One pass: a search for each of them would read the text 7,000 times."""
    by_number: dict[str, list[str]] = {}
    for head in heads:
        by_number.setdefault(head.partition(",")[0], []).append(head)
    found: Counter[str] = Counter()
    for match in _NUMBERS.finditer(text):
        for start in range(max(match.start(), match.end() - _MOST_DIGITS), match.end()):
            for head in by_number.get(text[start : match.end()], ()):
                found[head] += text.startswith(head, start)
    return found
