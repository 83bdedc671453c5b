"""Small lists in every shape: four snapshots that have an entry or lack it, with and without a date, whole and partial.

All of it is fictional. What is expected is computed by tests/lists_oracle.py, as for the real lists.
"""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from conftest import Kg
from lists_oracle import Story, stories, telling_days
from official_lists import screened
from un_lists import listed

SNAPSHOTS = [date(2010, 3, 1), date(2012, 6, 15), date(2015, 1, 31), date(2020, 2, 29)]
BETWEEN = [date(2005, 5, 5), date(2011, 1, 10), date(2013, 7, 7), date(2018, 8, 8)]
"""Days before each of them."""
Dates = dict[date, date | None]


def shapes() -> list[Dates]:
    """Every way to be in the snapshots: none of them dated; all by one date, in any gap up to the first; or each time on
    the list by a date of its own."""
    found: list[Dates] = []
    for there in product((True, False), repeat=len(SNAPSHOTS)):
        inside = [place for place, has in enumerate(there) if has]
        if not inside:
            continue
        found.append({SNAPSHOTS[place]: None for place in inside})
        found += [{SNAPSHOTS[place]: BETWEEN[gap] for place in inside} for gap in range(inside[0] + 1)]
        begins = [place for place in inside if place == 0 or not there[place - 1]]
        if len(begins) > 1:
            found.append({SNAPSHOTS[place]: BETWEEN[max(b for b in begins if b <= place)] for place in inside})
    return found


def entry(number: int, since: date | None) -> str:
    dated = f"<LISTED_ON>{since}</LISTED_ON>" if since else ""
    return (
        f"<INDIVIDUAL><DATAID>{number}</DATAID><FIRST_NAME>BORDURIAN {number}</FIRST_NAME>"
        f"<REFERENCE_NUMBER>NFi.{number:03}</REFERENCE_NUMBER>{dated}</INDIVIDUAL>\n"
    )


def lists(folder: Path) -> list[Path]:
    """The four snapshots as files."""
    paths = []
    for day in SNAPSHOTS:
        inside = [entry(number, shape[day]) for number, shape in enumerate(shapes(), 1) if day in shape]
        paths.append(folder / f"{day}.xml")
        paths[-1].write_text(listed("".join(inside), "", f"{day}T01:02:03.000-05:00"), encoding="utf-8")
    return paths


def told(partial: date | None) -> dict[str, Story]:
    """What the shapes say, where the snapshot of one day is partial."""
    return {
        f"NFi.{number:03}": Story(
            {day: day in shape for day in SNAPSHOTS if day in shape or day != partial},
            {day: since for day, since in shape.items() if since},
        )
        for number, shape in enumerate(shapes(), 1)
    }


@pytest.mark.parametrize("partial", [None, *SNAPSHOTS])
def test_every_shape_of_history_is_answered_by_the_rules(
    kg: Kg, dataset: Path, tmp_path: Path, partial: date | None
) -> None:
    paths = lists(tmp_path)
    for path, day in zip(paths, SNAPSHOTS, strict=True):
        ran = kg("-C", dataset, "import", "un-sc", path, "--partial" if day == partial else "--complete")
        assert ran.code == 0, ran.err
    assert kg("-C", dataset, "build").code == 0
    expected = told(partial)
    days = sorted({day for story in expected.values() for day in telling_days(story)})
    wrong = []
    for day in days:
        for (key, story), got in zip(
            expected.items(), screened(kg, dataset, expected, day, ("--in", "UN")), strict=True
        ):
            if got["answer"] != story.on(day):
                wrong.append((key, story, str(day), story.on(day), got["answer"]))
    assert wrong == []


def test_the_judge_reads_the_shapes_from_the_files(tmp_path: Path) -> None:
    assert stories(lists(tmp_path)) == told(None)
    assert len(told(None)) == 15 + 26 + 5
