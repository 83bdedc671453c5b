"""Forms of names, kept so that those which are close to another one are found without comparing them all by words.

Two bounds narrow, and both hold for every score of `likeness.score`:

- No two names are more alike than their letters, whatever the order. So one pass of rapidfuzz over the sorted letters
  of all forms leaves those that can reach a score, about one in a thousand; only these are compared word by word.
- A name that has all words of another one has the rarest of them. So these are found by that word.
"""

import bisect
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from onrecord.errors import InputError
from onrecord.matching.likeness import EACH_FURTHER_WORD, FEWEST_WORDS, ONE_WORD_MORE, SAME, Form, form_of, score

_Part = TypeVar("_Part", bound=msgspec.Struct)


class Nearby(msgspec.Struct, array_like=True):
    """Distinct forms, sorted by the number of their letters, then by these, and where they come from.

    Lists of lists are kept flat, with the places where each of them begins: they are read in a third of the time.
    """

    letters: list[str]
    """The sorted letters of forms, each once."""
    forms: list[str]
    """The words of each form, parted by spaces."""
    forms_begin: list[int]
    """For each of these letters, its first form; and the number of forms."""
    sources: list[int]
    """The positions of the names that have a form."""
    sources_begin: list[int]
    """For each form, the first of its sources; and their number."""

    @classmethod
    def of(cls, names: Iterable[tuple[int, Form]]) -> "Nearby":
        """From names, each as its position and its form. What has no words is left out."""
        sources: dict[str, list[int]] = {}
        for position, form in names:
            if form.words:
                sources.setdefault(" ".join(form.words), []).append(position)
        made_of = sorted(("".join(sorted(form)).lstrip(), form) for form in sources)
        made_of.sort(key=lambda pair: len(pair[0]))
        near = cls([], [form for _, form in made_of], [], [], [])
        for number, (text, words) in enumerate(made_of):
            if not near.letters or near.letters[-1] != text:
                near.letters.append(text)
                near.forms_begin.append(number)
            near.sources_begin.append(len(near.sources))
            near.sources += sources[words]
        near.forms_begin.append(len(near.forms))
        near.sources_begin.append(len(near.sources))
        return near

    def alike(self, query: Form, least: int) -> Iterator[int]:
        """The forms whose letters are alike enough with the query's, in whatever order.

        Those of one length at a time: they need the same number of letters in common, and rapidfuzz counts letters
        faster than shares of them.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import LCSseq

        made_of = "".join(sorted(query.compact))
        size = len(made_of)
        # At best, all letters of the shorter one are in the longer one.
        first = bisect.bisect_left(self.letters, least * size / (200 - least), key=len)
        while first < len(self.letters):
            length = len(self.letters[first])
            needed = -(-least * (size + length) // 200)
            if needed > size:
                return
            end = bisect.bisect_right(self.letters, length, lo=first, key=len)
            same_length = self.letters[first:end]
            for _, _, at in process.extract(
                made_of, same_length, scorer=LCSseq.similarity, score_cutoff=needed, limit=None
            ):
                yield from range(self.forms_begin[first + at], self.forms_begin[first + at + 1])
            first = end


class Finder:
    """Finds forms that are close to another one. What it needs is decoded and made when it is first asked."""

    def __init__(self, forms: Nearby | bytes) -> None:
        """From forms, or from what `dump` made."""
        self._forms = forms
        self._postings: Postings | None = None

    def dump(self) -> bytes:
        """The forms as bytes."""
        return self._forms if isinstance(self._forms, bytes) else msgspec.msgpack.encode(self._forms)

    def find(self, query: Form, least: int) -> Iterator[tuple[int, int]]:
        """Every name whose form's score with the query is at least `least` (1 or more), as position and score, in no
        order. Raises InputError for bytes that are no forms."""
        if not query.words or least > SAME:
            return
        if isinstance(self._forms, bytes):
            self._forms = decoded(self._forms, Nearby)
        near = self._forms
        numbers = set(near.alike(query, least))
        if least <= ONE_WORD_MORE:
            self._postings = self._postings or Postings(near.forms)
            numbers.update(self._postings.sharing(query.words, (ONE_WORD_MORE - least) // EACH_FURTHER_WORD + 1))
        for number in numbers:
            found = score(query, form_of(near.forms[number].split(" ")))
            if found >= least:
                for at in range(near.sources_begin[number], near.sources_begin[number + 1]):
                    yield near.sources[at], found


def decoded(data: bytes, kind: type[_Part]) -> _Part:
    """A part of an index. Raises InputError for bytes that are none."""
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise InputError(f"not an index of names: {error}") from error


class Postings:
    """Which forms have which words."""

    def __init__(self, forms: list[str]) -> None:
        self.forms = forms
        self.having: dict[str, list[int]] = {}
        """Each word's forms."""
        split = [form.split(" ") for form in forms]
        for number, words in enumerate(split):
            for word in dict.fromkeys(words):
                self.having.setdefault(word, []).append(number)
        self.by_rarest: dict[str, list[int]] = {}
        """Forms of several words, each under its rarest word."""
        for number, words in enumerate(split):
            if len(words) >= FEWEST_WORDS:
                rarest = min(words, key=lambda word: (len(self.having[word]), word))
                self.by_rarest.setdefault(rarest, []).append(number)

    def sharing(self, words: Sequence[str], most: int) -> Iterator[int]:
        """The forms that have all of the words, and those all of whose words are among them; with words more on one
        side, at most so many."""
        own = set(words)
        held = sorted((self.having.get(word, []) for word in own), key=len)
        for number in set(held[0]).intersection(*held[1:]):
            if self.forms[number].count(" ") < len(words) + most:
                yield number
        for word in own:
            for number in self.by_rarest.get(word, ()):
                if own.issuperset(self.forms[number].split(" ")):
                    yield number
