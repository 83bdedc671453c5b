"""Names: their forms, how alike they are, and that an index finds all that it promises."""

import csv
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.matching import LEAST, Match, Named, NameIndex
from onrecord.matching.likeness import MOST_LETTERS, likeness, written
from onrecord.matching.normal import is_latin, spelling, words
from onrecord.matching.reasons import reason


def alike(one: str, other: str) -> int:
    return likeness(written(one), written(other))


def index(*names: str) -> NameIndex:
    """Each name under a node that is called like it."""
    return NameIndex(Named(f"<{name}>", name, "name") for name in names)


# ── Forms ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jöran  Ødegård-Weiß", "joran odegard weiss"),
        ("'UTHMAN", "uthman"),
        ("ʿUthmān", "uthman"),
        ("O‘Brien’s", "obriens"),
        ("عثمان", "thman"),
        ("محمد عمر", "mhmd mr"),
        ("عمار", "mar"),
        ("مُحَمَّد", "mhmd"),
        ("مـحـمـد", "mhmd"),
        ("علی‌رضا", "lyrda"),
        ("أحمد", "ahmd"),
        ("Усама бен Ладен", "usama ben laden"),
        ("Οδυσσέας Ελύτης", "odysseas elytis"),
        ("北京", "beijing"),
        ("김정은", "gimjeongeun"),
        ("יִצְחָק", "ytshk"),
        ("ＡＢＣ №５", "abc no5"),
        ("١٢٣", "123"),
        ("a\u200bb", "a b"),
        ("\u202eabc\u202c\u2066d", "abcd"),
        ("\ud800x", "x"),
        ("", ""),
        (" ,.-– ", ""),
    ],
)
def test_words_are_plain_latin_letters(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", unicodedata.normalize("NFD", "Zoë")),
        ("ANA  BRISK ", "ana\u00a0brisk"),
        ("Straße", "STRASSE"),
        ("ΟΔΥΣΣΕΑΣ", "οδυσσεας"),
        ("김정은", unicodedata.normalize("NFD", "김정은")),
        ("ΐ", "\u03b9\u0308\u0301"),
    ],
)
def test_the_same_spelling_is_found_in_another_writing(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)
    assert [match.reason for match in index(one).exact(other)] == ["same spelling"]


@pytest.mark.parametrize("other", ["Zoe", "Z oë", "Zoë.", "Зоё", "Zoë\u200e"])
def test_another_spelling_is_not_exact(other: str) -> None:
    assert index("Zoë").exact(other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("يحيى", "یحیی"), ("كريم", "کریم"), ("علی‌رضا", "علیرضا"), ("مُحَمَّد", "محمد"), ("שָׁלוֹם", "שלום")],
)
def test_keyboards_and_vowel_signs_make_no_difference(one: str, other: str) -> None:
    assert words(one) == words(other)


@given(st.text())
def test_a_form_is_letters_and_digits_and_its_own_form(text: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words(text))
    assert words(" ".join(words(text))) == words(text)
    assert spelling(spelling(text)) == spelling(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_composition_makes_no_difference(text: str) -> None:
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert spelling(composed) == spelling(apart)
    assert words(composed) == words(apart)


@pytest.mark.parametrize(("text", "latin"), [("Zoë ʿUthmān", True), ("Зоя", False), ("Zoя", False), ("12 –", True)])
def test_latin_is_told_from_other_scripts(text: str, latin: bool) -> None:
    assert is_latin(text) == latin


# ── Scores and reasons ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "name", "expected", "why"),
    [
        ("Ana Brisk", "ANA BRISK", 100, "same spelling"),
        ("Ana Brísk", "Ana, Brisk", 99, "same but for accents, punctuation or invisible marks"),
        ("Усама", "Usama", 99, "same name in Latin letters"),
        ("BRISK, Ana", "Ana Brisk", 98, "the words in another order"),
        ("Бриск, Ана", "Ana Brisk", 98, "in Latin letters: the words in another order"),
        ("Abd al-Rahman", "Abdalrahman", 97, "the same letters, spaced otherwise"),
        ("Ana Brisk", "Ana Maria Brisk", 90, "one word more: maria"),
        ("Ana Maria Lu Brisk", "Ana Brisk", 85, "2 words fewer: maria lu"),
        ("Osama Harun", "Usama Harun", 90, "spelled nearly so (one letter differs)"),
        ("Rahman Osama", "Usama Rahman", 90, "spelled nearly so (one letter differs); the words in another order"),
        ("Rahmanov, Osama", "Usama al Rahmanov", 85, "spelled nearly so (one letter differs); the words in another order; one word more: al"),
        ("Northern Front of the Ald", "Northern Front", 80, "3 words fewer: of the ald"),
        ("Harunov Brisk", "Harunov Brisks", 96, "spelled nearly so (one letter differs)"),
        ("brisk", "Ana Brisk", 80, "one word more: ana"),
        ("Abdulrahman", "Abdurrahman", 90, "spelled nearly so (one letter differs)"),
        ("محمد عمر", "Mohammed Omar", 94, "in Latin letters without vowels: the same name"),
        ("Mohammed Omar", "عمر محمد قدير", 85, "in Latin letters without vowels: one word more: qdr"),
        ("محمد عمر", "محمد عمر غلام", 90, "one word more: ghlam"),
        ("יצחק הרון", "Jitshak Haron", 82, "in Latin letters without vowels: spelled nearly so (one letter differs)"),
        ("Ana", "Zoë", 0, "spelled nearly so (3 letters differ)"),
    ],
)  # fmt: skip
def test_scores_have_reasons(query: str, name: str, expected: int, why: str) -> None:
    (match,) = index(name).close(query, least=1) or [Match(f"<{name}>", name, "name", 0, reason(query, name))]
    assert match == Match(f"<{name}>", name, "name", expected, why)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Brisk", "Ana Maria Brisk"),
        ("Harun Brisk", "Harun"),
        ("Ana", "Ana Brisk"),
        ("al la", "al la qumran"),
        ("Ana Ana Brisk", "Ana Brisk Lu Maria"),
    ],
)
def test_few_words_in_common_are_not_taken_for_the_name(query: str, name: str) -> None:
    assert alike(query, name) < LEAST


def test_many_letters_in_common_never_count_as_the_same() -> None:
    assert alike("a" * 150 + "b", "a" * 150 + "c") == 96


NAMES = st.lists(st.text("aabdоدبж", min_size=1, max_size=7), min_size=1, max_size=5).map(" ".join)
NEAR = st.lists(st.sampled_from(["ana", "anna", "brisk", "brusk", "harun", "al", "harunal"]), max_size=6).map(" ".join)


@given(NAMES | NEAR, NAMES | NEAR)
def test_scores_are_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 100
    if len(words(one)) != 1 != len(words(other)):
        assert alike(one, other) == alike(other, one)


# ── The index ─────────────────────────────────────────────────────────────────────────────────────────────────────


def by_brute_force(names: Iterable[str], text: str, least: int) -> dict[str, int]:
    """The score of every name that reaches `least`, by looking at all of them."""
    scores = {name: alike(text, name) for name in names}
    return {name: found for name, found in scores.items() if found >= least}


@example(["ana"], "ana", 100)
@example(["ana" * MOST_LETTERS, "ана" * MOST_LETTERS, "م ب" * MOST_LETTERS], "ana " * MOST_LETTERS, 50)
@example(["Muhammad Omar Harun", "محمد عمر هارون", "محمد عمر"], "محمد عمر هارون", 80)
@example(["Muhammad Omar Harun", "محمد عمر هارون", "محمد عمر"], "Mohammed Omar", 80)
@example(["ana"], "ana.", 101)
@given(st.lists(NAMES | NEAR, max_size=12), NAMES | NEAR, st.integers(1, 101))
def test_every_name_of_the_promise_is_found(names: list[str], text: str, least: int) -> None:
    found = index(*names).close(text, limit=100, least=least)
    assert {match.name: match.score for match in found} == by_brute_force(names, text, least)
    assert found == sorted(found, key=lambda match: (-match.score, match.name))


@pytest.mark.parametrize("least", [75, 80, 85])
def test_the_promise_holds_on_an_official_list(shared: Path, least: int) -> None:
    with (shared / "lists/ofac-alt-2019.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        names = sorted({row[3].strip() for row in csv.reader(file) if len(row) > 3})[::6]
    assert len(names) > 1_000
    listed = index(*names)
    for name in names[::200]:
        text = name[: len(name) // 2] + "x" + name[len(name) // 2 + 1 :]
        found = {match.name: match.score for match in listed.close(text, limit=len(names), least=least)}
        assert found == by_brute_force(names, text, least)


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("Ana Harunova", {"Ana Harunova Elisabetha": 90, "Harunova, Elisabetha Maria Ana": 85}),
        ("Lu Ana of the Northern Harunovas Brisk", {"Brisk of Lu": 75}),
        ("Brisk of Lu Ana", {"Brisk of Lu": 90}),
        ("Harunova", {"Ana Harunova Elisabetha": 75, "Harunova, Elisabetha Maria Ana": 70}),
    ],
)
def test_words_that_one_name_has_more_are_found_however_long_they_are(text: str, scores: dict[str, int]) -> None:
    listed = index("Ana Harunova Elisabetha", "Harunova, Elisabetha Maria Ana", "Brisk of Lu", "Ana")
    assert {match.name: match.score for match in listed.close(text, least=70)} == scores


NAMED = [
    Named("<a>", "Ana Brisk", "name"),
    Named("<a>", "Anna Brisk", "other name"),
    Named("<a>", "АНА БРИСК", "other name"),
    Named("<b>", "Ana Brisks", "other name"),
    Named("<c>", "Ana Brisks", "name"),
    Named("<c>", "ALi.002", "reference"),
    Named("<d>", "ALi.003", "reference"),
    Named("<d>", "P 1234-56", "id"),
    Named("<d>", "???", "name"),
]


def test_each_node_is_found_once_by_its_closest_name_and_ties_are_in_order() -> None:
    found = NameIndex(NAMED).close("ana brisk")
    assert [(match.node, match.name, match.score) for match in found] == [
        ("<a>", "Ana Brisk", 100),
        ("<c>", "Ana Brisks", 94),
        ("<b>", "Ana Brisks", 94),
    ]
    assert NameIndex(NAMED).close("ana brisk", limit=2) == found[:2]


def test_numbers_are_found_by_their_letters_and_digits_and_never_nearly() -> None:
    listed = NameIndex(NAMED)
    assert [(m.node, m.kind, m.score) for m in listed.exact("ali.002")] == [("<c>", "reference", 100)]
    assert [(m.node, m.score) for m in listed.close("ALi 002")] == [("<c>", 99)]
    assert [(m.node, m.score) for m in listed.close("p123456")] == [("<d>", 99)]
    assert listed.close("ALi.004") == []


def test_what_has_no_letters_is_found_by_its_spelling_only() -> None:
    listed = NameIndex(NAMED)
    assert [m.node for m in listed.exact("???")] == [m.node for m in listed.close("???")] == ["<d>"]
    assert listed.exact("??") == listed.close("??") == listed.close("") == listed.exact("") == []


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "a b " * 2_500, "ا" * 10_000, "\ud800" * 10_000, "\u0301" * 10_000, "\ufdfa" * 10_000, "\0", "-" * 10_000],
)  # fmt: skip
def test_hostile_texts_are_answered(text: str) -> None:
    listed = index("Ana Brisk", "a " * 150, "b" * MOST_LETTERS)
    assert listed.exact(text) == listed.close(text) == []


def test_names_that_are_too_long_to_compare_are_found_by_their_spelling() -> None:
    name = "ab " * MOST_LETTERS
    assert [match.score for match in index(name).close(name.upper())] == [100]
    assert index(name).close(name + "c") == []


@pytest.mark.parametrize("names", [NAMED, []])
def test_an_index_is_kept_as_bytes_that_say_the_same(names: list[Named]) -> None:
    made = NameIndex(names)
    data = made.dump()
    assert data == NameIndex([*reversed(names), *names]).dump() == NameIndex.load(data).dump()
    for text in ("ana brisk", "АНА БРИСК", "ali.002", "???", "none"):
        loaded = NameIndex.load(data)
        assert loaded.close(text) == made.close(text)
        assert loaded.exact(text) == made.exact(text)
        assert loaded.dump() == data


def test_exact_look_ups_leave_the_other_half_undecoded() -> None:
    data = NameIndex(NAMED).dump()
    broken = NameIndex.load(data[:-1] + b"\xc1")
    assert [match.node for match in broken.exact("Ana Brisk")] == ["<a>"]
    with pytest.raises(InputError, match="not an index of names"):
        broken.close("Ana Brisk")


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x80", b"nonsense", b"\x93\x01\x90"])
def test_bytes_that_are_no_index_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not an index of names"):
        NameIndex.load(data)


def test_an_index_of_another_version_is_refused() -> None:
    data = NameIndex(NAMED).dump()
    with pytest.raises(InputError, match="version 9"):
        NameIndex.load(data[:1] + b"\x09" + data[2:])


def test_half_a_character_is_refused_in_a_name() -> None:
    with pytest.raises(InputError, match="half a character"):
        index("a\ud800")
