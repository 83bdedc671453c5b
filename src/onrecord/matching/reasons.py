"""Why two names are taken for alike: `likeness.likeness` in plain words."""

from collections import Counter

from onrecord.matching.likeness import Form, aligned, by_consonants, by_words_more, common_letters, score, written
from onrecord.matching.normal import is_latin

SAME_SPELLING = "same spelling"


def reason(query: str, name: str) -> str:
    """The reason of the score that a name has with what was asked for: what is the same, and what is not.

    "more" and "fewer" are said of the name.
    """
    one, other = written(query), written(name)
    if one.spelling == other.spelling:
        return SAME_SPELLING
    if by_consonants(one, other) > score(one.form, other.form):
        return f"in Latin letters without vowels: {_difference(one.bare, other.bare) or 'the same name'}"
    said = _difference(one.form, other.form)
    if is_latin(query) and is_latin(name):
        return said or "same but for accents, punctuation or invisible marks"
    if not said:
        return "same name in Latin letters"
    return said if is_latin(query) == is_latin(name) else f"in Latin letters: {said}"


def _difference(query: Form, name: Form) -> str:
    if query.words == name.words:
        return ""
    if sorted(query.words) == sorted(name.words):
        return "the words in another order"
    if query.compact == name.compact:
        return "the same letters, spaced otherwise"
    by_words = 0 < by_words_more(query, name) == score(query, name)
    return _words_more(query, name) if by_words else _nearly(query, name)


def _words_more(query: Form, name: Form) -> str:
    more, fewer = Counter(name.words) - Counter(query.words), Counter(query.words) - Counter(name.words)
    return _counted(list(more.elements()), "more") or _counted(list(fewer.elements()), "fewer")


def _counted(found: list[str], how: str) -> str:
    if not found:
        return ""
    count = "one word" if len(found) == 1 else f"{len(found)} words"
    return f"{count} {how}: {' '.join(found)}"


def _nearly(query: Form, name: Form) -> str:
    """Of the letters in their order, or of the words paired in any order, what has more in common."""
    in_order = common_letters(query.compact, name.compact)
    pairing = aligned(query.words, name.words)
    if in_order >= pairing.shared:
        return f"spelled nearly so ({_letters(max(len(query.compact), len(name.compact)) - in_order)})"
    partners = dict(pairing.pairs)
    unlike = sum(
        max(len(query.words[i]), len(name.words[j])) - common_letters(query.words[i], name.words[j])
        for i, j in pairing.pairs
    )
    said = [f"spelled nearly so ({_letters(unlike)})"] if unlike else []
    if [*partners.values()] != sorted(partners.values()):
        said.append("the words in another order")
    said.append(_counted([word for j, word in enumerate(name.words) if j not in partners.values()], "more"))
    said.append(_counted([word for i, word in enumerate(query.words) if i not in partners], "fewer"))
    return "; ".join(filter(None, said))


def _letters(count: int) -> str:
    return "one letter differs" if count == 1 else f"{count} letters differ"
