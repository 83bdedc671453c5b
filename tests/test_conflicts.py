"""What cannot be so together is found, and what might be so is not. All articles here are fictional."""

from pathlib import Path

import pytest

from fictional import BASE, ONR, Archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


# ── Figures ───────────────────────────────────────────────────────────────────────────────────────────────────────


def dead(words: object = "people killed", of: object = "market-fire", **amount: object) -> dict[str, object]:
    return {"of": of, "counts": words, "unit": "death", "words": f"{amount}", **amount}


def test_two_numbers_of_one_thing_are_a_conflict_with_both_days(archive: Archive) -> None:
    archive.two("figures", dead(exactly=40), dead(exactly=60))
    said = "figure: people killed, Market fire in Alda: 40 (Gazette, 2024-03-04); but 60 (Herald, 2024-03-05)"
    assert archive.conflicts() == [said]
    assert archive.graphs() == {"inferred"}
    sides = [quad.split(" ")[2] for quad in archive.quads() if f"{ONR}side>" in quad]
    assert [side.split("/")[4] for side in sides] == ["monday", "tuesday"]


@pytest.mark.parametrize(
    ("one", "other", "is_conflict"),
    [
        ({"at_least": 40}, {"at_least": 60}, False),
        ({"at_least": 40}, {"exactly": 60}, False),
        ({"at_least": 40}, {"exactly": 40}, False),
        ({"at_least": 40}, {"exactly": 39}, True),
        ({"at_most": 40}, {"exactly": 40}, False),
        ({"almost": 40}, {"exactly": 40}, True),
        ({"almost": 40}, {"exactly": 39}, False),
        ({"at_most": 40}, {"at_least": 41}, True),
        ({"about": 40}, {"exactly": 60}, False),
        ({"about": 40}, {"exactly": 61}, True),
        ({"about": 40}, {"about": 90}, False),
        ({"about": 40}, {"about": 130}, True),
        ({"vague": "dozens"}, {"exactly": 3}, False),
        ({"exactly": "40.0"}, {"exactly": 40}, False),
    ],
)
def test_qualifiers_decide_what_numbers_may_be(
    one: dict[str, object], other: dict[str, object], is_conflict: bool, archive: Archive
) -> None:
    archive.two("figures", dead(**one), dead(**other))
    assert bool(archive.conflicts()) is is_conflict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (dead(exactly=40), dead("children killed", exactly=60)),
        (dead(exactly=40), {**dead(exactly=60), "unit": "person"}),
        (dead(exactly=40), {**dead(exactly=60), "place": "town"}),
        (dead(exactly=40), {**dead(exactly=60), "end": "2024-03-05"}),
        ({**dead(exactly=40), "start": "2023", "end": "2023"}, {**dead(exactly=60), "start": "2024", "end": "2024"}),
        (dead(of="front", exactly=40), dead(of="front", exactly=60)),  # a party has no time of its own
        (dead(exactly=40), dead(of=["market-fire", "front"], exactly=60)),
    ],
)
def test_what_might_count_something_else_is_no_conflict(
    one: dict[str, object], other: dict[str, object], archive: Archive
) -> None:
    archive.two("figures", one, other)
    assert archive.conflicts() == []


def test_two_numbers_over_one_period_or_in_one_source_are_a_conflict(archive: Archive) -> None:
    year = {"start": "2023", "end": "2023"}
    archive.two(
        "figures", {**dead(of="front", exactly=4), **year}, {**dead("People  Killed", of="front", exactly=6), **year}
    )
    one, other = dead(of="hall", exactly=1), dead(of="hall", exactly=2)
    archive.article("twice", figures=[one, other])
    assert archive.conflicts() == [
        "figure: people killed, Front from 2023 until 2023: 4 (Gazette, 2024-03-04); but 6 (Herald, 2024-03-05)",
        "figure: people killed, Town Hall: 1 (Gazette, 2024-03-04); but 2 (Gazette, 2024-03-04)",
    ]


def test_a_part_and_its_whole_do_not_contradict_each_other_and_others_do(archive: Archive) -> None:
    whole, part = {**dead(exactly=40), "id": "whole"}, {**dead(exactly=12), "id": "part", "subset_of": "whole"}
    archive.article("monday", figures=[whole, part])
    assert archive.conflicts() == []
    archive.article("tuesday", "2024-03-05", "herald", figures=[dead(exactly=40)])
    said = "figure: people killed, Market fire in Alda: 12 (Gazette, 2024-03-04); but 40 (Herald, 2024-03-05)"
    assert archive.conflicts() == [said]


def test_local_events_of_two_articles_are_two_until_a_curator_says_that_they_are_one(archive: Archive) -> None:
    def write(link: list[dict[str, object]]) -> None:
        for name, number, day in (("monday", 40, "2024-03-03"), ("tuesday", 60, "2024-03-02")):
            event = {"id": "fire", "kind": "other", "label": "Fire", "when": day, "words": "the fire", "same_as": link}
            archive.article(name, events=[event], figures=[dead(of="fire", exactly=number)])

    write([])
    assert archive.conflicts() == []
    write([{"iri": f"{BASE}event/market-fire", "reason": "The same street.", "exact": False}])
    assert archive.conflicts() == []  # close to it is not it
    write([{"iri": f"{BASE}event/market-fire", "reason": "The same street.", "exact": True}])
    assert archive.conflicts() == [
        "date: Market fire in Alda: 2024-03-02 (Gazette, 2024-03-04); "
        "but 2024-03-03 (Gazette, 2024-03-04; «registry-town»)",
        "figure: people killed, Market fire in Alda: 40 (Gazette, 2024-03-04); but 60 (Gazette, 2024-03-04)",
    ]
    assert archive.graphs() == {"inferred-from-curated"}


# ── Dates ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def died(who: str, day: str, **more: object) -> dict[str, object]:
    participants = [{"who": who, "role": "deceased"}]
    return {
        "id": "death",
        "kind": "death",
        "label": "Death",
        "participants": participants,
        "when": day,
        "words": "died",
        **more,
    }


def test_nobody_dies_twice(archive: Archive) -> None:
    archive.two("events", died("ann-hart", "2023-01-05"), died("ann-hart", "2023-02"))
    said = "date: death of Ann-Hart: 2023-01-05 (Gazette, 2024-03-04); but 2023-02 (Herald, 2024-03-05)"
    assert archive.conflicts() == [said]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (died("ann-hart", "2023-01-05"), died("ann-hart", "2023-01")),
        (died("ann-hart", "2023-01-05"), died("bo-lind", "2023-02")),
        (died("ann-hart", "2023-01-05"), died("ann-hart", "2023-02", kind="attack")),
        (died("front", "2023-01-05"), died("front", "2023-02")),
    ],
)
def test_deaths_that_may_be_one_or_of_two(one: dict[str, object], other: dict[str, object], archive: Archive) -> None:
    archive.two("events", one, other)
    assert archive.conflicts() == []


def test_what_came_after_something_cannot_have_come_before_it(archive: Archive) -> None:
    ban = {"subject": "front", "kind": "terrorist-organization", "on_list": "bans", "words": "banned"}
    archive.article("monday", designations=[{**ban, "id": "ban", "start": {"date": "2024-02", "after": "market-fire"}}])
    archive.article(
        "tuesday", designations=[{**ban, "subject": "hall", "start": {"date": "2024-03", "after": "market-fire"}}]
    )
    assert archive.conflicts() == [
        "date: «ban»: after Market fire in Alda (Gazette, 2024-03-04); but 2024-02, and Market fire in Alda 2024-03-03"
    ]


# ── Roles ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_post_and_two_persons_at_once(archive: Archive) -> None:
    archive.two(
        "tenures",
        {"person": "ann-hart", "post": "mayor", "start": "2020", "end": "2023-06", "words": "mayor"},
        {"person": "bo-lind", "post": "mayor", "start": "2022", "words": "mayor"},
    )
    assert archive.conflicts() == [
        "role: Mayor of Alda: Ann-Hart from 2020 until 2023-06 (Gazette, 2024-03-04); "
        "but Bo-Lind from 2022 (Herald, 2024-03-05)"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"start": "2020", "end": "2023"}, {"start": "2023"}),
        ({"start": "2020-01-01", "end": "2023-05-01"}, {"start": "2023-05-01"}),
        ({"start": "2020"}, {"end": "2023"}),
        ({}, {}),
        ({"end": "2020"}, {"start": "2019"}),
    ],
)
def test_tenures_that_may_follow_each_other(one: dict[str, object], other: dict[str, object], archive: Archive) -> None:
    archive.two(
        "tenures",
        {"person": "ann-hart", "post": "mayor", "words": "mayor", **one},
        {"person": "bo-lind", "post": "mayor", "words": "mayor", **other},
        ("2024-03-04", "2024-03-04"),
    )
    assert archive.conflicts() == []


def test_a_day_within_anothers_time_in_a_post_is_a_conflict_and_an_unnamed_person_may_be_the_other(
    archive: Archive,
) -> None:
    held = {"person": "ann-hart", "post": "mayor", "start": "2020", "end": "2025", "words": "mayor"}
    archive.two("tenures", held, {"person": "bo-lind", "post": "mayor", "words": "mayor"})
    assert len(archive.conflicts()) == 1
    archive.article(
        "tuesday",
        people=[{"id": "chief", "role": "the head of the town", "words": "head"}],
        tenures=[{"person": "chief", "post": "mayor", "words": "mayor"}],
    )
    assert archive.conflicts() == []


def test_a_party_is_not_both_perpetrator_and_victim(archive: Archive) -> None:
    link = [{"iri": "https://elsewhere.example/fire", "reason": "The same street.", "exact": True}]
    event = {"id": "fire", "kind": "attack", "label": "Fire", "words": "fire", "same_as": link}

    def victim(role: str) -> dict[str, object]:
        return {**event, "participants": [{"who": "front", "role": role}]}

    archive.two("events", {**event, "by": "front"}, victim("victim"))
    said = "role: Front in Market fire in Alda: perpetrator (Gazette, 2024-03-04); but victim (Herald, 2024-03-05)"
    assert archive.conflicts() == [said.replace("in Market fire in Alda", "in Fire")]
    archive.two("events", {**event, "by": "front"}, victim("participant"))
    assert archive.conflicts() == []
    archive.two("events", {**event, "by": "hall"}, victim("victim"))
    assert archive.conflicts() == []
