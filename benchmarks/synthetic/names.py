"""Names that nobody bears, in four scripts."""

import random

ONSETS = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "ch", "br", "kr", "st"]
VOWELS = ["a", "e", "i", "o", "u"]
ENDINGS = ["", "", "n", "r", "l", "s", "m"]

_CYRILLIC = {"sh": "ш", "ch": "ч", **dict(zip("abdefgiklmnoprstuvz", "абдефгиклмнопрстувз", strict=True))}
_ARABIC = {"sh": "ش", "ch": "چ", **dict(zip("abdefgiklmnoprstuvz", "ابدهفگيكلمنوپرستوڤز", strict=True))}
_HAN = {
    "sh": "沙", "ch": "查", "b": "巴", "d": "达", "f": "法", "g": "加", "k": "卡", "l": "拉", "m": "马", "n": "纳",
    "p": "帕", "r": "尔", "s": "萨", "t": "塔", "v": "瓦", "z": "扎", "a": "", "e": "", "i": "伊", "o": "奥", "u": "",
}  # fmt: skip
_SCRIPTS = {"ru": _CYRILLIC, "ar": _ARABIC, "zh": _HAN}


def word(rng: random.Random, syllables: int) -> str:
    """A word in small Latin letters."""
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(syllables)) + rng.choice(ENDINGS)


def in_script(language: str, name: str) -> str:
    """A Latin name in the script of a language: letter by letter, which is enough for a benchmark."""
    table = _SCRIPTS.get(language)
    if table is None:
        return name
    text, at, lower = [], 0, name.lower()
    while at < len(lower):
        pair = lower[at : at + 2]
        text.append(table[pair] if pair in table else table.get(lower[at], lower[at]))
        at += 2 if pair in table else 1
    spelt = "".join(text)
    return spelt.title() if language == "ru" else spelt
