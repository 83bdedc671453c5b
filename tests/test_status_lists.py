"""Status by real lists, beside answers that are worked out from the files by code that shares nothing with ours."""

import csv
import datetime
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from official_lists import DATA, Official
from onrecord.matching import NameIndex
from onrecord.ntriples import text_of
from onrecord.questions.lookup import Lookup, named
from onrecord.questions.status import Statuses
from onrecord.questions.verdicts import Days
from onrecord.store import Release

BASE = DATA
EARLY, LATE = datetime.date(2020, 11, 30), datetime.date(2026, 2, 27)


@pytest.fixture(scope="module")
def lists(shared: Path) -> Path:
    if not (shared / "lists").is_dir():
        pytest.skip("there is no folder ../shared/lists: official lists are not part of this repository")
    return shared / "lists"


@pytest.fixture(scope="module")
def statuses(official: Official) -> Statuses:
    """Both UN lists and OFAC's, imported and built with this repository's own facts."""
    out = official.folder / "out"
    assert (out / "latest/names.msgpack").is_file()
    return Statuses(Release.latest(out).store(), BASE)


class Held(NamedTuple):
    """An entry as the two files have it: on which list, and since when by the word of each."""

    early: bool
    late: bool
    since: datetime.date | None
    since_by_late: datetime.date | None


def read(file: Path) -> dict[str, datetime.date | None]:
    """The references of a UN list with their dates of listing, by cutting its text into pieces."""
    found: dict[str, datetime.date | None] = {}
    for piece in file.read_bytes().decode("utf-8", "replace").split("<REFERENCE_NUMBER>")[1:]:
        day = re.search(r"<LISTED_ON>\s*(\d{4}-\d\d-\d\d)", piece)
        found.setdefault(piece.split("<", 1)[0].strip(), datetime.date.fromisoformat(day[1]) if day else None)
    return found


def expected(held: Held, day: datetime.date) -> str | None:
    """What the issue says of a day; None where it leaves open what a list's own date is worth."""
    if day > LATE:
        return "uncertain"
    if day in (EARLY, LATE):
        return "listed" if (held.early if day == EARLY else held.late) else "not listed"
    return _of_early(held, day) if held.early else _of_late(held, day)


def _of_early(held: Held, day: datetime.date) -> str | None:
    if day < EARLY:
        return "listed" if held.since and day >= held.since else "no evidence"
    if not held.late:
        return "uncertain"
    return "listed" if held.since == held.since_by_late else None


def _of_late(held: Held, day: datetime.date) -> str | None:
    if held.since_by_late is None or held.since_by_late <= EARLY:
        return None  # it is said to have been listed then, and the list of then lacks it
    if day < EARLY:
        return "no evidence"
    return "listed" if day >= held.since_by_late else "not listed"


DAYS = [datetime.date(*day) for day in ((1990, 1, 1), (2015, 6, 1), (2020, 11, 30), (2020, 12, 1), (2023, 5, 5))]
DAYS += [datetime.date(*day) for day in ((2026, 2, 26), (2026, 2, 27), (2026, 2, 28))]


def test_who_left_and_who_came_and_who_stayed(lists: Path, statuses: Statuses) -> None:
    early, late = (read(lists / f"un-sc-{day}.xml") for day in (EARLY, LATE))
    assert (len(early), len(late)) == (1018, 1003)
    moved = sorted(early.keys() ^ late.keys())
    assert len(moved) > 190
    stayed = sorted(early.keys() & late.keys())[::9]
    un = statuses.jurisdictions.named("UN")
    wrong, seen = [], set()
    for reference in (*moved, *stayed):
        held = Held(reference in early, reference in late, early.get(reference), late.get(reference))
        node = f"<{BASE}entry/un-sc/{reference}>"
        for day in DAYS:
            (standing,) = statuses.standings(node, un, Days(day, day, str(day)))
            wanted = expected(held, day)
            seen.add(wanted)
            if wanted not in (None, standing.answer):
                wrong.append((reference, held, day, wanted, standing.answer))
    assert wrong == []
    assert seen >= {"listed", "not listed", "uncertain", "no evidence"}


def test_who_is_on_one_list_is_not_thereby_on_another(statuses: Statuses) -> None:
    report = statuses.report(f"<{BASE}entry/un-sc/TAi.002>")
    assert [standing.jurisdiction.code for standing in report.standings] == ["UN"]
    assert "US" in {standing.jurisdiction.code for standing in report.silent}


def test_every_ofac_entry_is_found_by_its_uid_and_by_its_name(lists: Path, statuses: Statuses) -> None:
    lookup = Lookup(statuses.said, statuses.names, lambda: NameIndex(named(statuses.said)))
    text = (lists / "ofac-sdn-2019.csv").read_text(encoding="utf-8", errors="replace").replace("\x1a", "")
    rows = [(row[0], row[1]) for row in csv.reader(text.splitlines(keepends=True)) if len(row) > 1]
    assert len(rows) > 7_000
    unfound = []
    for uid, name in rows:
        node = f"<{BASE}entry/ofac-sdn/{uid}>"
        if lookup.find(uid).nodes != (node,) or node not in lookup.find(name).nodes:
            unfound.append((uid, name))
    assert unfound == []


def test_close_names_of_real_people_are_offered_and_not_picked(statuses: Statuses) -> None:
    lookup = Lookup(statuses.said, statuses.names, lambda: NameIndex(named(statuses.said)))
    assert lookup.find("Abdul Gani Baradar").nodes == ()
    offered = [text_of(match.node) for match in lookup.close("Abdul Gani Baradar")]
    assert f"{BASE}entry/un-sc/TAi.024" in offered
