"""The script that a name is written in, as a language tag without a language."""

import unicodedata
from functools import cache

_TAGS = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "BENGALI": "Beng", "CJK": "Hani", "CYRILLIC": "Cyrl", "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi", "GEORGIAN": "Geor", "GREEK": "Grek", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "HANGUL": "Hang",
    "HEBREW": "Hebr", "HIRAGANA": "Hira", "KANNADA": "Knda", "KATAKANA": "Kana", "KHMER": "Khmr", "LAO": "Laoo",
    "LATIN": "Latn", "MALAYALAM": "Mlym", "MONGOLIAN": "Mong", "MYANMAR": "Mymr", "SINHALA": "Sinh", "SYRIAC": "Syrc",
    "TAMIL": "Taml", "TELUGU": "Telu", "THAANA": "Thaa", "THAI": "Thai", "TIBETAN": "Tibt",
}  # fmt: skip
"""Scripts by the first word of their letters' names in Unicode, each with its ISO 15924 code."""


def language_of(text: str) -> str | None:
    """A tag such as und-Arab for the script of the letters of a text (BCP 47, with ISO 15924's codes).

    None where it has no letters; `und` where it has letters of several scripts, or of one that is not known here.
    """
    found = {_script(letter) for letter in text if letter.isalpha()}
    if not found:
        return None
    (script, *others) = found
    return f"und-{script}" if script and not others else "und"


@cache
def _script(letter: str) -> str:
    return _TAGS.get(unicodedata.name(letter, "").partition(" ")[0], "")
