"""The texts that facts quote: where they are at hand, every quoted word is looked up in them."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.facts.fields import Span, Words, several

_MOST_EXCERPT = 90


@dataclass(frozen=True)
class Text:
    """A source's text, and where its text proper begins and ends (code points, end exclusive)."""

    content: str
    start: int = 0
    end: int = 0

    @classmethod
    def of(cls, data: bytes, starts: str = "", ends: str = "") -> "Text":
        """The text of a file's bytes, bounded by the first and the last words of the text proper.

        Raises UnicodeDecodeError where the bytes are not UTF-8, and ValueError with the words that do not stand in it
        once.
        """
        content = data.decode("utf-8")
        for words in filter(None, (starts, ends)):
            if content.count(words) != 1:
                raise ValueError(words)
        start = content.index(starts) if starts else 0
        end = content.index(ends) + len(ends) if ends else len(content)
        return cls(content, start, end)

    def places(self, span: Span) -> list[int]:
        """Where the words stand in the text proper, each as the position of their first code point."""
        found = []
        whole = span.before + span.exact + span.after
        at = self.content.find(whole, max(0, self.start - len(span.before)))
        while at >= 0:
            first = at + len(span.before)
            if self.start <= first and first + len(span.exact) <= self.end:
                found.append(first)
            at = self.content.find(whole, at + 1)
        return found

    def stands_outside(self, span: Span) -> bool:
        """Whether the words stand in the file, but outside the text proper: in a headline, a notice, a link."""
        return span.before + span.exact + span.after in self.content

    def nearest(self, span: Span) -> str:
        """The words of the text proper that come closest, cut at word ends; "" where nothing comes close."""
        from rapidfuzz import fuzz

        body = self.content[self.start : self.end]
        sought = _plain(span.exact)[:_MOST_EXCERPT]
        best = fuzz.partial_ratio_alignment(sought, _plain(body), score_cutoff=60)
        if best is None:
            return ""
        first, last = best.dest_start, best.dest_end
        while first > 0 and not body[first - 1].isspace():
            first -= 1
        while last < len(body) and not body[last].isspace():
            last += 1
        return body[first:last].strip()


def _plain(text: str) -> str:
    """Quotation marks, dashes and cases made alike, one code point for one, so that positions stay."""
    table = str.maketrans("“”„«»‘’‚–—\u00a0\n\t", '"""""\'\'\'-- ' + "  ")
    return "".join(c if len(c) == 1 else "?" for c in map(str.lower, text.translate(table)))


def difference(sought: str, found: str) -> str:
    """What kind of difference keeps two texts apart that look alike; "" where they do not."""
    if unicodedata.normalize("NFC", sought) in unicodedata.normalize("NFC", found):
        return "the letters are composed differently (NFC and NFD)"
    if _plain(sought) in _plain(found):
        return "only quotation marks, dashes, spaces or capitals differ"
    return ""


def spans(words: Words | None) -> list[Span]:
    """The words of a field as spans."""
    listed: list[str | Span] = several(words)
    return [Span(exact=word) if isinstance(word, str) else word for word in listed]


@dataclass
class Texts:
    """Texts by the SHA-256 of their bytes."""

    by_hash: dict[str, bytes] = field(default_factory=dict)

    def add(self, data: bytes) -> str:
        """Take in a text; its SHA-256 in hexadecimal."""
        digest = hashlib.sha256(data).hexdigest()
        self.by_hash[digest] = data
        return digest

    @classmethod
    def of(cls, files: Iterable[bytes]) -> "Texts":
        """The texts of several files."""
        texts = cls()
        for data in files:
            texts.add(data)
        return texts
