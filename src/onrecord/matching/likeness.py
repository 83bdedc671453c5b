"""How alike two names are, from 0 to 100, and why, in plain words.

Names are compared as the letters of their normal forms (`matching.normal`). What two names have in common is counted in
letters, by Indel similarity (rapidfuzz): twice the letters in common, in the order in which they stand, by the letters
of both. docs/matching.md says what the figures mean.
"""

from collections import Counter
from typing import NamedTuple

from onrecord.matching.normal import consonants, is_abjad, spelling, words

SAME = 99
"""The same normal form, spelled differently. 100 is left to the same spelling."""
REORDERED = 98
RESPACED = 97
MOST = 96
"""The most for names that are not made of the same letters."""
WITHOUT_VOWELS = 5
"""How much less it counts when only consonants could be compared."""
FEWEST_CONSONANTS = 4
ONE_WORD_MORE = 90
EACH_FURTHER_WORD = 5
FEWEST_WORDS, FEWEST_LETTERS = 2, 6
"""How much of a name has to be shared before the words that it lacks are told apart from chance."""
ONE_WORD_ASKED = 10
"""How much less it counts when all that was asked for is one word of the name, of FEWEST_LETTERS_ALONE at least."""
FEWEST_LETTERS_ALONE = 5
MOST_LETTERS = 300
"""Longer names are compared by their spelling alone: other comparisons would take as long as anybody likes."""
MOST_WORDS = 40
"""Names of more words are compared in their order alone: pairing takes words of one times words of the other."""
_PARTNERS = 60
"""How alike two words must be, from 0 to 100, to be taken for the same word spelled differently."""


class Form(NamedTuple):
    """A normal form, and what is compared of it."""

    words: tuple[str, ...]
    compact: str
    """The words without the spaces."""


class Alignment(NamedTuple):
    """Which word of a query stands for which word of a name."""

    pairs: list[tuple[int, int]]
    """Positions of words in query and name, in the order of the query's words."""
    shared: int
    """How many letters the pairs have in common."""


class Written(NamedTuple):
    """A name as it was given, in all the forms in which it is compared."""

    spelling: str
    form: Form
    bare: Form
    """The consonants alone."""
    abjad: bool
    """Whether it is written in a script that leaves vowels out."""


def written(text: str) -> Written:
    """A name in all its forms."""
    form = form_of(words(text))
    return Written(spelling(text), form, bare_of(form), is_abjad(text))


def likeness(query: Written, name: Written) -> int:
    """How alike two names are, from 0 to 100: 100 is the same spelling, for others see `score`.

    Where just one of them is written in a script that leaves vowels out, their consonants are compared as well, and
    count WITHOUT_VOWELS less.
    """
    if query.spelling == name.spelling:
        return 100
    return max(score(query.form, name.form), by_consonants(query, name))


def by_consonants(query: Written, name: Written) -> int:
    """The score of what is left without vowels; 0 for names in scripts of one sort."""
    return max(score(query.bare, name.bare) - WITHOUT_VOWELS, 0) if query.abjad != name.abjad else 0


def form_of(listed: list[str]) -> Form:
    """The form of a name's normal words; that of no words where they have more than MOST_LETTERS letters."""
    compact = "".join(listed)
    return Form(tuple(listed), compact) if len(compact) <= MOST_LETTERS else Form((), "")


def bare_of(form: Form) -> Form:
    """The consonants of a form; no words where they are fewer than FEWEST_CONSONANTS."""
    bare = form_of(consonants(form.words))
    return bare if len(bare.compact) >= FEWEST_CONSONANTS else Form((), "")


def common_letters(one: str, other: str) -> int:
    """How many letters two texts have in common, in the order in which they stand (longest common subsequence)."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(one, other)


def score(query: Form, name: Form) -> int:
    """How alike two names are: 0 where they have nothing in common or one has no letters, SAME at most.

    The highest of what these say, rounded down: the letters in their order, spaces left out; the letters of words
    paired in any order; and for names that differ only by words that one has more, ONE_WORD_MORE, and EACH_FURTHER_WORD
    less for each further one.
    """
    from rapidfuzz.distance import LCSseq

    if not query.compact or not name.compact:
        return 0
    if query.words == name.words:
        return SAME
    if len(query.compact) == len(name.compact):
        if sorted(query.words) == sorted(name.words):
            return REORDERED
        if query.compact == name.compact:
            return RESPACED
    shared: int = LCSseq.similarity(query.compact, name.compact)
    if 1 < len(query.words) <= MOST_WORDS and 1 < len(name.words) <= MOST_WORDS:
        shared = max(shared, aligned(query.words, name.words).shared)
    return max(min(200 * shared // (len(query.compact) + len(name.compact)), MOST), by_words_more(query, name))


def aligned(query: tuple[str, ...], name: tuple[str, ...]) -> Alignment:
    """Words paired off, the most alike first; words less alike than _PARTNERS stay without a partner."""
    from rapidfuzz.distance import LCSseq

    likely = []
    for i, one in enumerate(query):
        for j, other in enumerate(name):
            common: int = len(one) if one == other else LCSseq.similarity(one, other)
            alike = 200 * common // (len(one) + len(other))
            if alike >= _PARTNERS:
                likely.append((-alike, -common, abs(i - j), i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    shared = 0
    for _, common, _, i, j in sorted(likely):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
            shared -= common
    return Alignment(sorted(pairs.items()), shared)


def by_words_more(query: Form, name: Form) -> int:
    """The score of names of which one has all words of the other and some more; 0 for others.

    What they share must be at least FEWEST_WORDS words of FEWEST_LETTERS letters together. Only a query may be one word
    alone: whoever asks for a word wants the names that have it, and not all of one word that are part of a longer one.
    """
    if len(query.words) == 1:
        more = len(name.words) - 1
        found = more and len(query.compact) >= FEWEST_LETTERS_ALONE and query.compact in name.words
        return max(ONE_WORD_MORE - EACH_FURTHER_WORD * (more - 1) - ONE_WORD_ASKED, 0) if found else 0
    shorter, longer = sorted((query, name), key=lambda form: len(form.words))
    more = len(longer.words) - len(shorter.words)
    if not more or len(shorter.words) < FEWEST_WORDS or len(shorter.compact) < FEWEST_LETTERS:
        return 0
    if not set(longer.words).issuperset(shorter.words) or Counter(shorter.words) - Counter(longer.words):
        return 0
    return max(ONE_WORD_MORE - EACH_FURTHER_WORD * (more - 1), 0)
