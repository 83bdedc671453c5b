"""The script that a name is written in."""

import unicodedata

_SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "CJK": "Hani",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "HANGUL": "Hang",
    "HEBREW": "Hebr",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "MYANMAR": "Mymr",
    "SINHALA": "Sinh",
    "TAMIL": "Taml",
    "THAI": "Thai",
    "TIBETAN": "Tibt",
}


def language(name: str) -> str | None:
    """The language tag of a name, of which only the script is known (BCP 47: und-Cyrl); None for Latin letters, for
    mixed ones, and for scripts that are not in the table."""
    found = {unicodedata.name(letter, "").partition(" ")[0] for letter in name if letter.isalpha()}
    if len(found) != 1:
        return None
    script = _SCRIPTS.get(found.pop())
    return f"und-{script}" if script else None
