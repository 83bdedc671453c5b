"""Who may be the same: candidates with reasons, for a person to look at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.matching import Birth, Described, Identifier, suggest

BORN_1960 = Birth("1960", "1960-01-01", "1960-12-31")
BORN_IN_MAY = Birth("1960-05-02", "1960-05-02", "1960-05-02")
BORN_IN_JUNE = Birth("1960-06-02", "1960-06-02", "1960-06-02")
BORN_1971 = Birth("about 1971", "1970-01-01", "1972-12-31")
PASSPORT = Identifier("passport", "P 12345-6")


def person(
    node: str = "<a>",
    name: str = "Ana Brisk",
    kind: str = "person",
    births: tuple[Birth, ...] = (),
    countries: tuple[str, ...] = (),
    identifiers: tuple[Identifier, ...] = (),
) -> Described:
    return Described(node, kind, (name,), births, countries, identifiers)


def only(ours: Described, theirs: Described) -> tuple[int, list[str]]:
    """The score of the only candidate and its reasons, but for the first one, which is the name's."""
    (suggestion,) = suggest([ours], [theirs])
    return suggestion.score, list(suggestion.reasons[1:])


def test_the_score_starts_at_the_names_and_the_reason_names_both() -> None:
    (found,) = suggest([person()], [Described("<b>", "", ("Zoë Lu", "BRISK, Anna"))])
    assert (found.ours, found.theirs, found.score) == ("<a>", "<b>", 94)
    assert found.reasons == (
        "the names “Ana Brisk” and “BRISK, Anna”: spelled nearly so (one letter differs); the words in another order",
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "expected", "why"),
    [
        (BORN_1960, BORN_IN_MAY, 100, "the births agree: 1960 and 1960-05-02"),
        (BORN_IN_JUNE, BORN_IN_MAY, 97, "the births agree in the year alone: 1960-06-02 and 1960-05-02"),
        (BORN_1960, BORN_1971, 74, "the births contradict each other: 1960 and about 1971"),
    ],
)
def test_births_raise_and_lower(mine: Birth, theirs: Birth, expected: int, why: str) -> None:
    other = person("<b>", "Anna Brisk", births=(theirs,))
    assert only(person(births=(mine,)), other) == (expected, [why])


def test_of_several_births_the_best_counts() -> None:
    both = person("<b>", "Anna Brisk", births=(BORN_1971, BORN_IN_MAY))
    assert only(person(births=(BORN_1960,)), both) == (100, ["the births agree: 1960 and 1960-05-02"])


def test_a_country_in_common_raises_and_others_say_nothing() -> None:
    ours = person(countries=("AA", "BB"))
    same = "the countries “BB” and “bb” are the same"
    assert only(ours, person("<b>", "Anna Brisk", countries=("bb", "CC"))) == (97, [same])
    assert only(ours, person("<b>", "Anna Brisk", countries=("CC",))) == (94, [])


def test_a_number_in_common_raises_and_finds_who_has_another_name() -> None:
    ours = person(identifiers=(PASSPORT,))
    theirs = Identifier("national number", "p123456")
    why = "the same number: passport “P 12345-6” and national number “p123456”"
    assert only(ours, person("<b>", "Anna Brisk", identifiers=(theirs,))) == (100, [why])
    (other,) = suggest([ours], [person("<b>", "Zoë Lu", identifiers=(theirs,))])
    assert other.score < 40
    assert other.reasons == ("the names “Ana Brisk” and “Zoë Lu”: not alike", why)


@pytest.mark.parametrize("number", ["1234", "not available", "", "–"])
def test_what_is_no_number_is_not_shared(number: str) -> None:
    mine = person(identifiers=(Identifier("passport", number),))
    assert suggest([mine], [person("<b>", "Zoë Lu", identifiers=mine.identifiers)]) == []


def test_kinds_that_differ_exclude_even_with_a_number_in_common() -> None:
    ours = person(identifiers=(PASSPORT,))
    assert suggest([ours], [person("<b>", kind="organization", identifiers=(PASSPORT,))]) == []
    assert len(suggest([ours], [person("<b>", kind="")])) == 1


def test_what_is_settled_and_oneself_are_left_out() -> None:
    others = [person(), person("<b>"), person("<c>")]
    assert [found.theirs for found in suggest([person()], others, settled=[("<a>", "<b>")])] == ["<c>"]


def test_each_has_its_best_candidates_in_order() -> None:
    ours = [person("<z>", "Zoë Lu"), person()]
    theirs = [person("<d>", "Ana Brisks"), person("<c>"), person("<b>"), person("<e>", "Zoe Lu"), person("<f>", "Qu")]
    found = [(one.ours, one.theirs, one.score) for one in suggest(ours, theirs, limit=2)]
    assert found == [("<z>", "<e>", 99), ("<a>", "<b>", 100), ("<a>", "<c>", 100)]


def test_what_has_no_name_is_found_by_its_number_or_not_at_all() -> None:
    nameless = Described("<b>", "person", (), identifiers=(PASSPORT,))
    assert suggest([person()], [nameless]) == []
    assert only(person(identifiers=(PASSPORT,)), nameless)[0] == 15


DESCRIBED = st.builds(
    Described,
    st.sampled_from(["<a>", "<b>", "<c>"]),
    st.sampled_from(["person", "organization", ""]),
    st.lists(st.sampled_from(["Ana Brisk", "Anna Brisk", "Зоя", "", "Lu"]), max_size=3).map(tuple),
    st.lists(st.sampled_from([BORN_1960, BORN_IN_MAY, BORN_1971]), max_size=2).map(tuple),
    st.lists(st.sampled_from(["AA", "BB"]), max_size=2).map(tuple),
    st.lists(st.sampled_from([PASSPORT, Identifier("tax number", "99-12345")]), max_size=2).map(tuple),
)


@given(st.lists(DESCRIBED, max_size=3), st.lists(DESCRIBED, max_size=4, unique_by=lambda one: one.node))
def test_the_order_in_which_they_come_changes_nothing(ours: list[Described], theirs: list[Described]) -> None:
    found = suggest(ours, theirs)
    assert found == suggest(ours, theirs[::-1])
    assert all(0 <= one.score <= 100 and one.reasons for one in found)
