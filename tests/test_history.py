"""Status through time: what testimonies together say of each day. Fictional lists and articles, with the answers written
by hand from the rules of the history room."""

import datetime
import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.history import Act, Bounds, Claim, History, Snapshot, Timeline, timeline

DAY = datetime.date.fromisoformat
FIRST, SECOND, THIRD = "2020-11-30", "2023-01-01", "2026-02-27"


def day_of(text: str) -> Bounds:
    return Bounds(DAY(text), DAY(text))


def year_of(text: str) -> Bounds:
    return Bounds(DAY(f"{text}-01-01"), DAY(f"{text}-12-31"))


def has(day: str, listed: str | None = None, *, complete: bool = True, until: str | None = None) -> Snapshot:
    start, end = (day_of(text) if text else None for text in (listed, until))
    return Snapshot(f"<s/{day}>", DAY(day), complete, Claim(f"<d/{day}>", f"<s/{day}>", start, end, DAY(day)))


def lacks(day: str, *, complete: bool = True) -> Snapshot:
    return Snapshot(f"<s/{day}>", DAY(day), complete)


def left(when: Bounds) -> Act:
    return Act("<act>", "<article>", "delisting", when)


def says(
    start: Bounds | None,
    end: Bounds | None = None,
    held: str | None = None,
    *,
    node: str = "<d>",
    most: float | None = None,
    least: float | None = None,
) -> Claim:
    return Claim(node, "<article>", start, end, DAY(held) if held else None, least, most, "some years")


def of(*said: Snapshot | Claim | Act) -> Timeline:
    return timeline(
        History(
            "<x>",
            "<list>",
            "<alda>",
            tuple(one for one in said if isinstance(one, Claim)),
            tuple(one for one in said if isinstance(one, Snapshot)),
            tuple(one for one in said if isinstance(one, Act)),
        )
    )


CASES: dict[str, tuple[tuple[Snapshot | Claim | Act, ...], str]] = {
    "on both lists": (
        (has(FIRST, "2001-01-25"), has(THIRD, "2001-01-25")),
        "2001-01-24 no evidence, 2001-01-25 listed, 2010-01-01 listed, 2020-11-30 listed, 2023-01-01 listed, "
        "2026-02-27 listed, 2026-02-28 uncertain",
    ),
    "left between the lists": (
        (has(FIRST, "2001-01-25"), lacks(THIRD)),
        "2001-01-24 no evidence, 2020-11-30 listed, 2020-12-01 uncertain, 2026-02-26 uncertain, 2026-02-27 not listed, "
        "2026-02-28 uncertain",
    ),
    "came between the lists": (
        (lacks(FIRST), has(THIRD, "2023-05-01")),
        "2020-11-29 no evidence, 2020-11-30 not listed, 2023-04-30 not listed, 2023-05-01 listed, 2026-02-27 listed",
    ),
    "came without a date": (
        (lacks(FIRST), has(THIRD)),
        "2020-11-30 not listed, 2020-12-01 uncertain, 2026-02-26 uncertain, 2026-02-27 listed",
    ),
    "an old date of entry, and a list between that lacks it": (
        (lacks(FIRST), has(THIRD, "2006-12-23")),
        "2006-12-22 no evidence, 2006-12-23 listed, 2006-12-24 uncertain, 2020-11-29 uncertain, 2020-11-30 not listed, "
        "2020-12-01 uncertain, 2026-02-26 uncertain, 2026-02-27 listed",
    ),
    "left and returned": (
        (has(FIRST, "2001-01-25"), lacks(SECOND), has(THIRD, "2024-06-01")),
        "2020-11-30 listed, 2020-12-01 uncertain, 2023-01-01 not listed, 2024-05-31 not listed, 2024-06-01 listed",
    ),
    "entered anew by the later list": (
        (has(FIRST, "2001-01-25"), has(THIRD, "2023-05-01")),
        "2020-11-30 listed, 2020-12-01 uncertain, 2023-04-30 uncertain, 2023-05-01 listed",
    ),
    "two dates for one beginning": (
        (has(FIRST, "2001-01-25"), has(THIRD, "2003-05-01")),
        "2001-01-24 no evidence, 2001-01-25 sources disagree, 2003-04-30 sources disagree, 2003-05-01 listed",
    ),
    "lacking in a list that is not complete": (
        (has(FIRST, "2001-01-25"), lacks(SECOND, complete=False), has(THIRD, "2001-01-25")),
        "2022-01-01 listed, 2023-01-01 listed, 2024-01-01 listed",
    ),
    "never on a complete list after that": (
        (has(FIRST, complete=False), lacks(SECOND), lacks(THIRD)),
        "2019-01-01 no evidence, 2020-11-30 listed, 2021-06-01 uncertain, 2023-01-01 not listed, 2024-01-01 not listed",
    ),
    "a list that gives the day on which it was taken off": (
        (has(FIRST, "2001-01-25"), has(THIRD, "2001-01-25", until="2024-03-01")),
        "2024-02-29 listed, 2024-03-01 uncertain, 2024-03-02 not listed, 2026-02-27 not listed, 2027-01-01 not listed",
    ),
    "an act sharpens": (
        (has(FIRST, "2001-01-25"), lacks(THIRD), left(Bounds(DAY("2022-03-01"), DAY("2022-03-31")))),
        "2022-02-28 listed, 2022-03-01 uncertain, 2022-03-31 uncertain, 2022-04-01 not listed, 2026-02-27 not listed",
    ),
    "an act after the last list": (
        (has(FIRST, "2001-01-25"), left(day_of("2022-03-01"))),
        "2021-06-01 listed, 2022-03-01 uncertain, 2022-03-02 not listed, 2030-01-01 not listed",
    ),
    "an act that the list contradicts": (
        (has(FIRST, "2001-01-25"), lacks(THIRD), left(day_of("2019-03-01"))),
        "2019-02-28 listed, 2019-03-01 uncertain, 2020-11-30 sources disagree, 2026-02-27 not listed",
    ),
    "an act that two lists contradict": (
        (has(FIRST, "2001-01-25"), has(SECOND, "2001-01-25"), lacks(THIRD), left(day_of("2019-03-01"))),
        "2019-02-28 listed, 2019-03-02 uncertain, 2020-11-30 sources disagree, 2022-01-01 sources disagree, "
        "2023-01-01 sources disagree, 2023-01-02 uncertain, 2026-02-27 not listed",
    ),
    "an act, a list that bears it out, and a return": (
        (lacks(FIRST), has(THIRD, "2006-12-23"), left(day_of("2016-01-16"))),
        "2016-01-15 listed, 2016-01-17 not listed, 2020-11-30 not listed, 2022-01-01 uncertain, 2026-02-27 listed",
    ),
    "an article's beginning and end": (
        (says(year_of("2003"), day_of("2025-04-17")),),
        "2002-12-31 no evidence, 2003-06-01 uncertain, 2003-12-31 listed, 2010-01-01 listed, 2025-04-16 listed, "
        "2025-04-17 uncertain, 2025-04-18 not listed, 2030-01-01 not listed",
    ),
    "a length that contradicts both": (
        (says(year_of("2003"), day_of("2025-04-17"), most=20),),
        "2003-06-01 uncertain, 2003-12-31 sources disagree, 2004-01-01 sources disagree, 2005-04-17 sources disagree, 2005-04-18 listed",
    ),
    "a length that reaches back before the beginning": (
        (says(day_of("2010-01-01"), day_of("2020-01-01"), least=12),),
        "2007-12-31 no evidence, 2009-06-01 no evidence, 2010-01-01 listed",
    ),
    "an article's word up to its own day": (
        (says(year_of("2022"), None, "2025-04-17"),),
        "2021-12-31 no evidence, 2022-06-01 uncertain, 2024-01-01 listed, 2025-04-17 listed, 2025-04-18 uncertain",
    ),
    "since when is not said": (
        (says(None, None, "2025-04-17"),),
        "2000-01-01 no evidence, 2025-04-17 listed, 2025-04-18 uncertain",
    ),
    "off, and nobody says since when it was on": (
        (says(None, day_of("2010-05-05")),),
        "2009-01-01 uncertain, 2010-05-05 uncertain, 2010-05-06 not listed",
    ),
    "over, and nobody says since when": (
        (says(year_of("2003"), Bounds(None, DAY("2025-04-17"))),),
        "2003-06-01 uncertain, 2010-01-01 uncertain, 2025-04-18 not listed",
    ),
    "two articles on one beginning": (
        (says(year_of("2003"), None, "2024-05-05"), says(year_of("2005"), None, "2024-05-05", node="<e>")),
        "2003-06-01 uncertain, 2004-06-01 sources disagree, 2006-01-01 listed",
    ),
    "two articles of which one is more exact": (
        (says(year_of("2003"), None, "2024-05-05"), says(day_of("2003-05-01"), None, "2024-05-05", node="<e>")),
        "2003-04-30 no evidence, 2003-05-01 listed, 2004-01-01 listed",
    ),
    "listed, delisted, and listed again by articles": (
        (says(year_of("2003"), year_of("2010")), says(year_of("2015"), None, "2024-05-05", node="<e>")),
        "2005-01-01 listed, 2010-06-01 uncertain, 2012-01-01 not listed, 2015-06-01 uncertain, 2016-01-01 listed",
    ),
    "an article against a list": (
        (says(year_of("2003"), None, "2024-05-05"), lacks(FIRST), lacks(THIRD)),
        "2010-01-01 listed, 2020-11-30 sources disagree, 2024-05-05 sources disagree, 2024-05-06 uncertain, "
        "2026-02-27 not listed",
    ),
}


def expected() -> Iterator[tuple[str, str, str]]:
    for name, (_, answers) in CASES.items():
        for answer in answers.split(", "):
            day, _, status = answer.partition(" ")
            yield name, day, status


@pytest.mark.parametrize(("name", "day", "status"), list(expected()))
def test_the_status_on_a_day(name: str, day: str, status: str) -> None:
    assert of(*CASES[name][0]).on(DAY(day)).status == status


@pytest.mark.parametrize("name", CASES)
def test_periods_follow_each_other_and_rest_on_something(name: str) -> None:
    periods = of(*CASES[name][0]).periods
    for one, other in itertools.pairwise(periods):
        assert one.last is not None
        assert other.first is not None
        assert one.last < other.first
    assert all(period.because and period.evidence for period in periods)


def test_an_entry_that_leaves_and_returns_has_two_intervals() -> None:
    first, second = of(*CASES["left and returned"][0]).intervals
    assert first.start == day_of("2001-01-25")
    assert first.until == Bounds(DAY("2020-11-30"), DAY("2023-01-01"))
    assert second.start == day_of("2024-06-01")
    assert second.until == Bounds(DAY("2026-02-27"), None)


def test_an_act_is_the_end_of_its_interval() -> None:
    (one,) = of(*CASES["an act sharpens"][0]).intervals
    assert one.until == Bounds(DAY("2022-03-01"), DAY("2022-03-31"))
    assert one.lost_by == "<act>"


def test_uncertain_between_two_lists_names_both_days() -> None:
    because = of(*CASES["left between the lists"][0]).on(DAY("2023-06-01")).because
    assert FIRST in because
    assert THIRD in because


def test_contradictions_name_the_facts_of_both_sides() -> None:
    sides = {sides for _, sides in of(*CASES["an act that the list contradicts"][0]).disagreements}
    assert sides == {("<d/2020-11-30>", "<act>")}
    assert of(*CASES["an act, a list that bears it out, and a return"][0]).disagreements == ()


SNAPSHOTS = st.lists(
    st.tuples(st.integers(2000, 2009), st.booleans(), st.none() | st.integers(1995, 2009)),
    max_size=5,
    unique_by=lambda s: s[0],
)


@given(SNAPSHOTS, st.permutations(range(5)))
def test_snapshots_say_what_was_on_their_own_days_in_any_order(
    drawn: list[tuple[int, bool, int | None]], order: list[int]
) -> None:
    snapshots = [
        has(f"{year}-06-01", f"{listed}-03-01" if listed and listed <= year else None) if on else lacks(f"{year}-06-01")
        for year, on, listed in drawn
    ]
    shuffled = [snapshots[index] for index in order if index < len(snapshots)]
    found = of(*shuffled)
    assert found.periods == of(*snapshots).periods
    for snapshot in snapshots:
        status = found.on(snapshot.day).status
        assert status in (("listed", "sources disagree") if snapshot.entry else ("not listed",))
