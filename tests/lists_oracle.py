"""What the published files of two official lists say, computed beside the project.

Nothing of onrecord is imported here, on purpose: what is expected of the project is computed from the original XML and
CSV by the standard library alone, after the rules of issue 4 in plain words, so that a mistake of the project's cannot
be made twice. tests/test_lists_oracle.py compares.
"""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

LISTED, NOT_LISTED, NO_EVIDENCE, UNCERTAIN = "listed", "not listed", "no evidence", "uncertain"
NOTHING = "-0-"  # what an empty field is in OFAC's files
PEOPLE, GROUPS = "INDIVIDUAL", "ENTITY"


def tree(path: Path) -> ET.Element:
    """The XML of `path`. One of the published files has bytes that are not UTF-8: they are of no account here."""
    return ET.fromstring(path.read_bytes().decode("utf-8", errors="replace").encode("utf-8"))


def generated(path: Path) -> date:
    """The day that a UN file says it is of, by its own clock."""
    return date.fromisoformat(tree(path).attrib["dateGenerated"][:10])


def elements(root: ET.Element) -> list[ET.Element]:
    return [entry for kind in (PEOPLE, GROUPS) for entry in root.iter(kind)]


def reference(entry: ET.Element) -> str:
    return (entry.findtext("REFERENCE_NUMBER") or "").strip()


def listing_dates(path: Path) -> dict[str, date | None]:
    """Reference → LISTED_ON; `2015-07-01-04:00` is 1 July 2015, wherever the clock that wrote it hung."""
    written = {reference(entry): (entry.findtext("LISTED_ON") or "").strip()[:10] for entry in elements(tree(path))}
    return {key: date.fromisoformat(day) if day else None for key, day in written.items()}


def full_names(path: Path) -> dict[str, str]:
    """Reference → the parts of its name with one space between them."""
    parts = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
    return {
        reference(entry): " ".join(" ".join(entry.findtext(part) or "" for part in parts).split())
        for entry in elements(tree(path))
    }


def all_names(path: Path) -> dict[str, set[str]]:
    """Reference → its name, its name in its own script, and its aliases."""
    found = {reference(entry): set(texts(entry, "NAME_ORIGINAL_SCRIPT")) for entry in elements(tree(path))}
    for entry in elements(tree(path)):
        for alias in (f"{kind}_ALIAS/ALIAS_NAME" for kind in (PEOPLE, GROUPS)):
            found[reference(entry)].update(texts(entry, alias))
    return {key: found[key] | {name} for key, name in full_names(path).items()}


def counts(path: Path, *, twice: bool = True) -> dict[str, int]:
    """How many of each kind a UN file has; what is empty, or says of what kind nothing is, is not counted. What one entry
    says twice in the same words is counted twice, or once: a graph cannot say anything twice."""
    every = elements(tree(path))
    found: dict[str, list[list[tuple[tuple[str, str], ...]]] | list[list[str]]] = {
        "aliases": [said(entry, "_ALIAS", {"ALIAS_NAME"}) for entry in every],
        "documents": [said(entry, "_DOCUMENT") for entry in every],
        "addresses": [said(entry, "_ADDRESS") for entry in every],
        "births": [said(entry, "_DATE_OF_BIRTH", {"DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"}) for entry in every],
        "birth places": [said(entry, "_PLACE_OF_BIRTH") for entry in every],
        "nationalities": [texts(entry, "NATIONALITY/VALUE") for entry in every],
        "positions": [texts(entry, "DESIGNATION/VALUE") for entry in every],
        "titles": [texts(entry, "TITLE/VALUE") for entry in every],
        "updates": [texts(entry, "LAST_DAY_UPDATED/VALUE") for entry in every],
        "remarks": [texts(entry, "COMMENTS1") for entry in every],
        "original scripts": [texts(entry, "NAME_ORIGINAL_SCRIPT") for entry in every],
    }
    return {
        "individuals": sum(entry.tag == PEOPLE for entry in every),
        "entities": sum(entry.tag == GROUPS for entry in every),
        **{kind: sum(len(items if twice else set(items)) for items in each) for kind, each in found.items()},
    }


def said(entry: ET.Element, ending: str, needed: set[str] | None = None) -> list[tuple[tuple[str, str], ...]]:
    """What the children say whose tag ends in `ending`, of those that have a word in one of the `needed` fields, or in any."""
    children = [
        tuple((field.tag, " ".join((field.text or "").split())) for field in child)
        for child in entry
        if child.tag.endswith(ending)
    ]
    kept = [tuple(field for field in child if field[1]) for child in children]
    return [child for child in kept if any(needed is None or tag in needed for tag, _ in child)]


def texts(entry: ET.Element, path: str) -> list[str]:
    found = [" ".join((element.text or "").split()) for element in entry.findall(path)]
    return [text for text in found if text]


def pairs(path: Path, inside: str) -> set[tuple[str, str]]:
    """What stands at `inside` in each entry, beside the entry's reference."""
    return {(reference(entry), text) for entry in elements(tree(path)) for text in texts(entry, inside)}


@dataclass(frozen=True)
class Story:
    """One entry as a list's snapshots tell it: for each day of a snapshot whether it was there (a partial snapshot that
    lacks it tells nothing), and the listing date that each snapshot gives, if it gives one.

    Everything known stands on days: a snapshot that has it, one that lacks it, a listing date. A day in between has its
    answer from its two neighbors, by the rules of item 2 of issue 4."""

    there: dict[date, bool]
    since: dict[date, date]

    def on(self, day: date) -> str:
        if day in self.there:  # A complete snapshot is evidence for its own date.
            return LISTED if self.there[day] else NOT_LISTED
        if day in self.since.values():  # A listing date says listed from that day.
            return LISTED
        known = {*self.there, *self.since.values()}
        before = max((other for other in known if other < day), default=None)
        after = min((other for other in known if other > day), default=None)
        if before is None:  # Silence, also where a list that has it does not say since when.
            return NO_EVIDENCE
        if after is None:  # After the last snapshot, uncertain since that date.
            return UNCERTAIN
        return self.between(before, after)

    def between(self, before: date, after: date) -> str:
        had = self.there.get(before, True)
        if after not in self.there:  # Before L, with an earlier snapshot that lacks it; or listed once before.
            return UNCERTAIN if had else NOT_LISTED
        if had == self.there[after]:  # Both have it, listed; both lack it, not listed.
            return LISTED if had else NOT_LISTED
        return UNCERTAIN  # Between one that has it and one that lacks it.

    def intervals(self) -> list[tuple[date | None, date, date, date | None]]:
        """The times on the list, each as the earliest and latest day of its beginning, and those of its end: the latest
        end is open while no snapshot lacks it."""
        known = sorted({*self.there, *self.since.values()})
        found: list[tuple[date | None, date, date, date | None]] = []
        for before, day, after in zip([None, *known], known, [*known[1:], None], strict=False):
            if not self.there.get(day, True):
                continue
            if before is None or not self.there.get(before, True):
                found.append((before if day in self.there else day, day, day, None))
            found[-1] = (*found[-1][:2], day, after)
        return found


def stories(paths: list[Path]) -> dict[str, Story]:
    """Reference → its story over the complete snapshots in `paths`."""
    lists = {generated(path): listing_dates(path) for path in paths}
    return {
        key: Story(
            {day: key in entries for day, entries in lists.items()},
            {day: since for day, entries in lists.items() if (since := entries.get(key))},
        )
        for key in sorted({key for entries in lists.values() for key in entries})
    }


def telling_days(story: Story) -> list[date]:
    """The days on which a wrong rule would show: all that is known, the days around, the middles between, far away."""
    known = sorted({*story.there, *story.since.values()})
    one, year = timedelta(days=1), timedelta(days=365)
    days = {known[0] - year, known[-1] + year, *known, *(day - one for day in known), *(day + one for day in known)}
    return sorted(days | {first + (second - first) / 2 for first, second in pairwise(known)})


@dataclass(frozen=True)
class Ofac:
    """OFAC's three files: uid → primary name, uid → its other names, and how many of each kind."""

    names: dict[str, str]
    aliases: dict[str, list[str]]
    counts: dict[str, int]


def ofac(sdn: Path, alternates: Path, places: Path) -> Ofac:
    rows, alts, adds = table(sdn), table(alternates), table(places)
    aliases: dict[str, list[str]] = defaultdict(list)
    for uid, _, _, name, _ in alts:
        aliases[uid].append(name)
    kinds = Counter(row[2] for row in rows)
    return Ofac(
        names={row[0]: row[1] for row in rows},
        aliases=dict(aliases),
        counts={
            "entries": len(rows),
            "individuals": kinds["individual"],
            "vessels": kinds["vessel"],
            "aircraft": kinds["aircraft"],
            "others": kinds[NOTHING],
            "aliases": sum(name != NOTHING for names in aliases.values() for name in names),
            "addresses": sum(any(field != NOTHING for field in row[2:]) for row in adds),
        },
    )


def table(path: Path) -> list[list[str]]:
    """The rows of one of OFAC's files; a line of the end-of-file character alone is no row."""
    with path.open(encoding="utf-8", newline="") as file:
        return [[field.strip() for field in row] for row in csv.reader(file) if len(row) > 1]


def bearers(names: dict[str, set[str]]) -> dict[str, set[str]]:
    """Name → the keys of those that are called so, letter case aside."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, called in names.items():
        for name in called:
            found[name.casefold()].add(key)
    return dict(found)
