"""Conflicts in a build: the lines that it prints, what is kept from build to build, and the question that shows them."""

import datetime
import json
import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Kg
from fictional import Archive
from onrecord.conflicts import Conflict, Names, Registry, Voiced, found, packed, unpacked
from onrecord.conflicts.ranges import Range, apart, is_below, of_number
from onrecord.conflicts.voiced import Figure, Tenure
from onrecord.dataset.conflict_places import _MOST
from onrecord.history import Bounds
from onrecord.index import Index
from onrecord.rules.identity import Identity
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr

SAID = "people killed, Market fire in Alda: 40 (Gazette, 2024-03-04); but 60 (Herald, 2024-03-05)"


def dead(number: int, **more: object) -> dict[str, object]:
    return {
        "of": "market-fire",
        "counts": "people killed",
        "unit": "death",
        "words": f"{number} dead",
        "exactly": number,
        **more,
    }


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive")
    archive.two("figures", dead(40), dead(60))
    return archive


def notes(text: str) -> list[str]:
    return [line for line in text.splitlines() if "[sources-disagree]" in line]


def figure_line(archive: Archive, name: str) -> int:
    text = (archive.folder / f"data/articles/{name}.yaml").read_text(encoding="utf-8")
    return text[: text.index('"of"')].count("\n")


def test_each_side_is_a_note_at_its_place_that_names_the_place_of_the_other(archive: Archive, kg: Kg) -> None:
    ran = kg("-C", archive.folder, "build")
    assert ran.code == 0
    places = [f"data/articles/{name}.yaml:{figure_line(archive, name)}:3" for name in ("monday", "tuesday")]
    assert notes(ran.out) == [
        f"{here}: note: sources disagree: {SAID} — the other side is at {there}; both stay on record [sources-disagree]"
        for here, there in (places, places[::-1])
    ]


def test_a_build_that_changes_nothing_says_the_same(archive: Archive, kg: Kg) -> None:
    first = kg("-C", archive.folder, "build")
    before = {file.name: file.read_bytes() for file in (archive.folder / "out/latest").glob("*.*") if file.is_file()}
    second = kg("-C", archive.folder, "build")
    assert second.code == 0
    assert "nothing has changed" in second.out
    assert notes(first.out) == notes(second.out) != []
    assert before == {f.name: f.read_bytes() for f in (archive.folder / "out/latest").glob("*.*") if f.is_file()}
    checked = kg("-C", archive.folder, "build", "--check")
    assert (checked.code, notes(checked.out)) == (0, notes(first.out))


def test_places_move_with_their_lines(archive: Archive, kg: Kg) -> None:
    path = archive.folder / "data/articles/monday.yaml"
    before = notes(kg("-C", archive.folder, "build").out)
    path.write_text(f"\n\n\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    after = notes(kg("-C", archive.folder, "build").out)
    line = figure_line(archive, "monday")
    assert [one.replace(f"monday.yaml:{line - 3}:", f"monday.yaml:{line}:") for one in before] == after != before


def test_places_move_in_a_file_of_lines_whose_sources_are_not_built_again(archive: Archive, kg: Kg) -> None:
    for name in ("monday", "tuesday"):
        path = archive.folder / f"data/articles/{name}.yaml"
        line = json.dumps(json.loads(path.read_text(encoding="utf-8")))
        path.with_suffix(".jsonl").write_text(f"{line}\n", encoding="utf-8")
        path.unlink()
    assert "monday.jsonl:1:" in notes(kg("-C", archive.folder, "build").out)[0]
    path = archive.folder / "data/articles/monday.jsonl"
    path.write_text(f"\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert "monday.jsonl:2:" in notes(kg("-C", archive.folder, "build").out)[0]


def test_a_conflict_goes_when_its_reason_goes_and_comes_back(archive: Archive, kg: Kg) -> None:
    assert len(notes(kg("-C", archive.folder, "build").out)) == 2
    whole = archive.quads()
    archive.article("tuesday", "2024-03-05", "herald", figures=[dead(40)])
    assert archive.conflicts() == []
    assert notes(kg("-C", archive.folder, "build").out) == []
    archive.article("tuesday", "2024-03-05", "herald", figures=[dead(60)])
    assert archive.conflicts() == [f"figure: {SAID}"]
    assert archive.quads() == whole
    (archive.folder / "data/articles/monday.yaml").unlink()
    assert archive.conflicts() == []


def test_what_is_built_in_steps_is_what_is_built_at_once(archive: Archive, tmp_path: Path) -> None:
    archive.build()
    archive.article("again", "2024-03-06", figures=[dead(50)])
    archive.build()
    other = Archive(tmp_path / "other")
    other.article("again", "2024-03-06", figures=[dead(50)])
    other.two("figures", dead(40), dead(60))
    assert [finding.line() for finding in other.build().findings] == [f.line() for f in archive.build().findings]
    assert other.quads() == archive.quads()


def test_what_rests_on_a_curators_number_is_kept_apart(archive: Archive) -> None:
    assert archive.conflicts()
    assert archive.graphs() == {"inferred"}
    archive.article("tuesday", "2024-03-05", "herald", figures=[dead(60, curated="Read off a photograph.")])
    assert archive.conflicts()
    assert archive.graphs() == {"inferred-from-curated"}


def test_claims_and_what_is_only_said_to_be_so_do_not_take_part(archive: Archive) -> None:
    archive.article("tuesday", figures=[])
    event = {
        "kind": "death",
        "participants": [{"who": "ann-hart", "role": "deceased"}],
        "label": "Death",
        "words": "died",
    }
    said = {"speaker": "hall", "mode": "paraphrase", "words": "She died."}
    archive.article("death", events=[{**event, "when": "2024-03-01"}])
    archive.article("denial", statements=[{**said, "asserts": [{"event": {**event, "when": "2024-03-02"}}]}])
    assert archive.conflicts() == []
    archive.article("denial", events=[{**event, "when": "2024-03-02"}])
    assert len(archive.conflicts()) == 1


def test_many_are_counted_and_not_printed(archive: Archive, kg: Kg) -> None:
    for name, number in (("monday", 40), ("tuesday", 60)):
        archive.article(name, figures=[dead(number, counts=f"people killed in house {n}") for n in range(60)])
    ran = kg("-C", archive.folder, "build")
    assert ran.code == 0
    assert len(notes(ran.out)) == _MOST + 1
    assert "data: note: sources disagree in 35 more ways than are shown — see all with kg ask conflicts" in ran.out


def test_the_question_shows_both_sides_with_their_words_together(archive: Archive, kg: Kg) -> None:
    archive.article("front", figures=[dead(n, id=f"n{n}", of="hall", counts="arrests") for n in (1, 2)])
    assert kg("-C", archive.folder, "build").code == 0
    ran = kg("-C", archive.folder, "ask", "conflicts", "--format", "json")
    rows = [{k: v["value"] for k, v in row.items()} for row in json.loads(ran.out)["results"]["bindings"]]
    assert [(row["sentence"].split(",")[0], row["words"], row["day"], row["chain"]) for row in rows] == [
        ("arrests", "1 dead", "2024-03-04", "Gazette"),
        ("arrests", "2 dead", "2024-03-04", "Gazette"),
        ("people killed", "40 dead", "2024-03-04", "Gazette"),
        ("people killed", "60 dead", "2024-03-05", "Herald"),
    ]
    assert {row["kind"].rsplit("/", 1)[-1] for row in rows} == {"figure"}
    ran = kg("-C", archive.folder, "ask", "conflicts", "about=hall", "--format", "json")
    assert len(json.loads(ran.out)["results"]["bindings"]) == 2


def test_a_list_that_lacks_whom_an_article_has_on_it_is_a_side_of_its_own(archive: Archive, kg: Kg) -> None:
    same = [{"iri": "https://x.example/entry/bans/F.1", "reason": "The same leader.", "exact": True}]
    ban = {"subject": "us", "kind": "terrorist-organization", "on_list": "bans", "start": "2020", "words": "banned"}
    us = {"id": "us", "kind": "armed-group", "name": "Front", "words": "the Front", "same_as": same}
    archive.article("tuesday", organizations=[us], designations=[ban])
    archive.snapshot("bans-2021", "2021-01-01", "F.1")
    archive.snapshot("bans-2022", "2022-01-01")
    (said,) = archive.conflicts()
    assert said == "interval: «bans/F.1», Bans: since 2020; but not on the list of 2022-01-01"
    assert archive.graphs() == {"inferred-from-curated"}
    lines = notes(kg("-C", archive.folder, "build").out)
    assert [line.split(":")[0] for line in lines] == ["data/articles/bans-2022.yaml", "data/articles/tuesday.yaml"]
    ran = kg("-C", archive.folder, "ask", "conflicts", "--format", "json")
    rows = [{k: v["value"] for k, v in row.items()} for row in json.loads(ran.out)["results"]["bindings"]]
    assert [(row["side"].rsplit("/", 1)[-1], row.get("words"), row["day"], row["chain"]) for row in rows] == [
        ("bans-2022", None, "2022-01-01", "Gazette"),
        (rows[1]["side"].rsplit("/", 1)[-1], "banned", "2024-03-04", "Gazette"),
    ]


def test_who_left_and_came_back_in_one_year_is_no_conflict(archive: Archive) -> None:
    archive.article("tuesday", figures=[])
    ban = {"subject": "front", "kind": "terrorist-organization", "on_list": "bans", "words": "banned"}
    left, back = {**ban, "id": "left", "end": "2016"}, {**ban, "id": "back", "start": "2016"}
    archive.article("wednesday", designations=[left, back])
    assert archive.conflicts() == []
    archive.article("wednesday", designations=[left, {**back, "start": "2015"}])
    assert archive.conflicts() == ["interval: Front, Bans: since 2015; but until 2016"]


# ── Properties ──────────────────────────────────────────────────────────────────────────────────────────────────────

EVENT = "<https://x.example/event/fire>"
QUALIFIERS = st.sampled_from(["exactly", "at-least", "at-most", "almost", "about"])
NUMBERS = st.tuples(QUALIFIERS, st.integers(0, 12).map(Decimal))


def voices(numbers: Sequence[tuple[str, Decimal]]) -> list[Voiced]:
    made = []
    for index, (qualifier, number) in enumerate(numbers):
        source = f"<https://x.example/source/s{index:02}>"
        node = f"{source[:-1]}/figure/f>"
        figure = Figure(node, (EVENT,), None, None, "dead", qualifier, number, (None, None), (), False)
        made.append(Voiced(source, figures=(figure,)))
    return made


def conflicts(said: Sequence[Voiced]) -> list[Conflict]:
    return found(said, (), Identity(()), Names({}, {}), Registry({}, {}))


@given(st.lists(NUMBERS, max_size=8), st.randoms(use_true_random=False))
def test_conflicts_do_not_depend_on_the_order_of_sources(
    numbers: list[tuple[str, Decimal]], chance: random.Random
) -> None:
    said = voices(numbers)
    expected = conflicts(said)
    chance.shuffle(said)
    assert conflicts([unpacked(packed(one)) for one in said]) == expected


def _may_be(qualifier: str, number: Decimal) -> set[int]:
    """Twice the numbers up to 40 that may be meant, counted in halves: by reading the words, one after the other."""
    halves = {half: Decimal(half) / 2 for half in range(80)}

    def is_meant(n: Decimal) -> bool:
        if qualifier == "exactly":
            return n == number
        if qualifier == "at-least":
            return n >= number
        if qualifier == "about":
            return abs(n - number) * 2 <= number
        return n <= number if qualifier == "at-most" else n < number

    return {half for half, n in halves.items() if is_meant(n)} | ({-1} if qualifier in ("at-most", "almost") else set())


@given(st.lists(NUMBERS, max_size=8))
def test_the_sides_are_those_that_share_no_number_with_another(numbers: list[tuple[str, Decimal]]) -> None:
    meant = [_may_be(*one) for one in numbers]
    expected = {i for i, one in enumerate(meant) if any(not one & other for other in meant)}
    sides = {side.node for conflict in conflicts(voices(numbers)) for side in conflict.sides}
    assert sides == {one.figures[0].node for i, one in enumerate(voices(numbers)) if i in expected}


@given(st.lists(NUMBERS, max_size=8), st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7))))
def test_what_is_related_is_not_compared(numbers: list[tuple[str, Decimal]], pairs: set[tuple[int, int]]) -> None:
    ranges: list[Range] = [of_number(*one) for one in numbers]
    related: dict[int, set[int]] = {}
    for one, other in pairs:
        if one < len(ranges) and other < len(ranges):
            related.setdefault(one, {one}).add(other)
            related.setdefault(other, {other}).add(one)
    expected = [
        i
        for i, one in enumerate(ranges)
        if any(
            j not in related.get(i, ()) and (is_below(one, other) or is_below(other, one))
            for j, other in enumerate(ranges)
        )
    ]
    assert apart(ranges, related) == expected


MAYOR = "<https://x.example/post/mayor>"
DAY = datetime.date(2024, 1, 1)
TENURES = st.tuples(st.sampled_from("abc"), st.integers(0, 12), st.integers(0, 6))


@given(st.lists(TENURES, max_size=9), st.randoms(use_true_random=False))
def test_sides_over_a_post_are_those_that_last_while_another_person_holds_it(
    tenures: list[tuple[str, int, int]], chance: random.Random
) -> None:
    """A person's days are from `first` to `first` + `more`; a handover's day is nobody's alone."""
    said, days = [], []
    for index, (person, first, more) in enumerate(tenures):
        begun, over = (DAY + datetime.timedelta(n) for n in (first, first + more + 1))
        source = f"<https://x.example/source/s{index}>"
        node, start, end = f"{source[:-1]}/tenure/t>", Bounds(begun, begun), Bounds(over, over)
        tenure = Tenure(node, MAYOR, f"<https://x.example/person/{person}>", start, end, None, False)
        said.append(Voiced(source, tenures=(tenure,)))
        days.append((person, first, first + more, node))
    expected = {
        node
        for person, first, last, node in days
        if any(
            other != person and max(first, one) <= min(last, two) and first < two and one < last
            for other, one, two, _ in days
        )
    }
    chance.shuffle(said)
    people: Index = {f"<https://x.example/person/{person}>": {TYPE.plain: {onr.Person.plain: None}} for person in "abc"}
    held = found(said, (), Identity(()), Names({}, {}), Registry(people, {}))
    assert {side.node for conflict in held for side in conflict.sides} == expected
    assert all(len(conflict.sides) > 1 for conflict in held)
