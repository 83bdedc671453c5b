"""Why two names are taken for alike: `likeness.score` in plain words."""

from collections import Counter

from onrecord.matching.likeness import Form, aligned, by_words_more, common_letters, form_of, score
from onrecord.matching.normal import is_latin, spelling, words

SAME_SPELLING = "same spelling"


def reason(query: str, name: str) -> str:
    """The reason of the score that a name has with what was asked for: what is the same, and what is not.

    "more" and "fewer" are said of the name.
    """
    if spelling(query) == spelling(name):
        return SAME_SPELLING
    one, other = form_of(words(query)), form_of(words(name))
    if one.words == other.words:
        return _unlike_in_writing(query, name)
    if sorted(one.words) == sorted(other.words):
        return "the words in another order"
    if one.compact == other.compact:
        return "the same letters, spaced otherwise"
    said = _words_more(one, other) if by_words_more(one, other) == score(one, other) else _nearly(one, other)
    return said if is_latin(query) == is_latin(name) else f"in Latin letters: {said}"


def _unlike_in_writing(query: str, name: str) -> str:
    if is_latin(query) and is_latin(name):
        return "same but for accents, punctuation or invisible marks"
    return "same name in Latin letters"


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
