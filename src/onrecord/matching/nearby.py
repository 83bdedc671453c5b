"""Forms of names, kept so that those which are close to another one are found without comparing them all by words.

Two bounds narrow, and both hold for every score of `likeness.score`:

- No two names are more alike than their letters, whatever the order. So one pass of rapidfuzz over the sorted letters
  of all forms leaves those that can reach a score, about one in a thousand; only these are compared word by word.
- A name that has all words of another one has the rarest of them. So these are found by that word.
"""

import bisect
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.matching.likeness import EACH_FURTHER_WORD, FEWEST_WORDS, ONE_WORD_MORE, Form, form_of, score

MOST_LETTERS = 300
"""Longer forms would be compared word by word in no bound of time: they are found by their spelling alone."""
_ROUNDING = 0.01
"""rapidfuzz counts in floats; a little less is asked of it, and what it finds is counted again in whole numbers."""


class Nearby(msgspec.Struct, array_like=True):
    """Distinct forms in the order of their letters' number, and where they come from."""

    letters: list[str]
    """The sorted letters of forms, each once; the shortest first."""
    groups: list[list[int]]
    """For each of these letters, the forms that are made of them."""
    forms: list[str]
    """The words of each form, parted by spaces."""
    sources: list[list[int]]
    """For each form, the positions of the names that have it."""

    @classmethod
    def of(cls, names: Iterable[tuple[int, Sequence[str]]]) -> "Nearby":
        """From names, each as its position and its normal words. What has no letters, or too many, is left out."""
        sources: dict[str, list[int]] = {}
        for position, words in names:
            if words and sum(map(len, words)) <= MOST_LETTERS:
                sources.setdefault(" ".join(words), []).append(position)
        forms = list(sources)
        groups: dict[str, list[int]] = {}
        for number, form in enumerate(forms):
            groups.setdefault("".join(sorted(form)).lstrip(), []).append(number)
        letters = sorted(groups, key=lambda text: (len(text), text))
        return cls(letters, [groups[text] for text in letters], forms, [*sources.values()])

    def find(self, query: Form, least: int, postings: "Postings") -> Iterator[tuple[int, int]]:
        """Every form whose score with the query is at least `least` (1 or more), as number and score, in no order."""
        if not query.compact or len(query.compact) > MOST_LETTERS:
            return
        numbers = {number for group in self._by_letters(query, least) for number in self.groups[group]}
        if least <= ONE_WORD_MORE:
            numbers.update(postings.sharing(query.words, (ONE_WORD_MORE - least) // EACH_FURTHER_WORD + 1))
        for number in numbers:
            found = score(query, form_of(self.forms[number].split(" ")))
            if found >= least:
                yield number, found

    def _by_letters(self, query: Form, least: int) -> Iterator[int]:
        """The letters that are alike enough with the query's, as their positions."""
        from rapidfuzz import fuzz, process

        bound = least - _ROUNDING
        size = len(query.compact)
        # All letters of the shorter one are in the longer one at best (Indel similarity).
        first = bisect.bisect_left(self.letters, size * bound / (200 - bound), key=len)
        last = bisect.bisect_right(self.letters, size * (200 - bound) / bound, key=len)
        made_of = "".join(sorted(query.compact))
        for _, _, at in process.extract(
            made_of, self.letters[first:last], scorer=fuzz.ratio, score_cutoff=bound, limit=None
        ):
            yield first + at


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
        if len(words) < FEWEST_WORDS:
            return
        own = set(words)
        held = sorted((self.having.get(word, []) for word in own), key=len)
        for number in set(held[0]).intersection(*held[1:]):
            if self.forms[number].count(" ") < len(words) + most:
                yield number
        for word in own:
            for number in self.by_rarest.get(word, ()):
                if own.issuperset(self.forms[number].split(" ")):
                    yield number
