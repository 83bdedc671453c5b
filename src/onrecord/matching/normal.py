"""A name in the forms in which names are compared: as it is spelled, and in plain Latin letters.

Nothing is kept from call to call: the names of a list are normalized once, when its index is made, and a cache of
texts from outside would hold whatever anybody sends.
"""

import re
import unicodedata
from collections.abc import Iterable

_ARABIC = {
    **dict.fromkeys("اأإآٱ", "a"),  # anyascii leaves the alif out, and would make one name of عمر and عمار
    **dict.fromkeys("ىیيې", "y"),  # Arabic, Persian and Pashto keyboards write this letter differently
    "ؤ": "w",
    "ئ": "y",
    "ـ": "",  # tatweel only stretches a line
}
_MARKS = [
    chr(code) for code in (*range(0x0591, 0x05C8), *range(0x0610, 0x06EE)) if unicodedata.category(chr(code)) == "Mn"
]
"""Vowel signs and other marks of Hebrew and Arabic, which most texts leave out."""
_BEFORE = str.maketrans(
    {
        **_ARABIC,
        **dict.fromkeys(_MARKS, ""),
        "\u200b": " ",  # a space without width parts words; other invisible marks do not
    }
)
_ABJAD = re.compile(
    "[\u05d0-\u05f2\u0620-\u064a\u066e-\u06d3\u06ee-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb1d-\ufdfd\ufe70-\ufefc]"
)
_VOWELS = str.maketrans("", "", "aeiouwy")
_DOUBLED = re.compile(r"([a-z])\1+")
_APOSTROPHES = "'`"
_AFTER = str.maketrans(
    {
        **{chr(code): None if chr(code) in _APOSTROPHES else " " for code in range(128) if not chr(code).isalnum()},
        **{chr(code): chr(code).lower() for code in range(ord("A"), ord("Z") + 1)},
    }
)


def spelling(text: str) -> str:
    """A name as it is spelled, in its own script: NFC, without capitals, runs of spaces as one.

    Two names with the same spelling are the same words in the same script, with the same accents and punctuation.
    """
    if not text.isascii():
        # Folding can take apart what was composed (Unicode 3.13, D145), so it is composed again.
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    else:
        text = text.lower()
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """The words of a name in plain Latin letters and digits: what is left of it where only letters count.

    Compatibility characters are resolved (NFKC), marks that nobody sees and vowel signs of Arabic and Hebrew go,
    apostrophes go, other punctuation parts words, and any script is written in Latin letters (anyascii), letter by
    letter: not as somebody would pronounce it. Empty for a text without letters and digits.
    """
    if not text.isascii():
        text = _latin(text)
    return text.translate(_AFTER).split()


def _latin(text: str) -> str:
    from anyascii import anyascii

    text = unicodedata.normalize("NFKC", text).translate(_BEFORE)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else _unprintable(c) for c in text)
    latin: str = anyascii(text)
    return latin


def _unprintable(char: str) -> str:
    """Spaces and line ends part words; what is invisible (bidi controls, joiners) or no character at all goes."""
    return " " if char.isspace() else ""


def consonants(words: Iterable[str]) -> list[str]:
    """What is left of normal words in a script that writes consonants alone: no vowels, no w and y, which it writes for
    long ones, and letters that follow themselves once."""
    return _DOUBLED.sub(r"\1", " ".join(words).translate(_VOWELS)).split()


def is_abjad(text: str) -> bool:
    """Whether a text has Arabic or Hebrew letters: their scripts leave short vowels out."""
    return not text.isascii() and _ABJAD.search(text) is not None


def is_latin(text: str) -> bool:
    """Whether all letters of a text are Latin ones, or such signs as stand among them (ʿ)."""
    if text.isascii():
        return True
    letters = filter(str.isalpha, unicodedata.normalize("NFKC", text))
    return all(unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER")) for letter in letters)
