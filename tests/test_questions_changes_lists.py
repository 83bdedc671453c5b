"""What changed on official lists since a release: `kg ask changes`, snapshot beside snapshot."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Kg
from onrecord.dataset.initial import make
from onrecord.ntriples import literal, text_of
from onrecord.questions.changes import changes
from onrecord.questions.wording import told_apart
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import CONCEPTS, onr, rdfs
from releases import Quad, at, lines_of
from status_world import C1, C2, C3, C4, REGISTRY, Entry, snapshot

XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"
EARLY, LATE = "council-list-2020-01-15", "council-list-2024-06-30"
SHORT = "change cause fact kind label words source why"


class World:
    """A small dataset of fictional lists; snapshots come and go, and each build is a release."""

    def __init__(self, folder: Path, kg: Kg) -> None:
        self.folder, self._kg = folder, kg
        make(folder)
        self.put("registry/lists.yaml", REGISTRY)
        config = folder / "kg.toml"
        config.write_text(config.read_text(encoding="utf-8").replace('"nq", "ttl", "jsonld"', '"nq"'), encoding="utf-8")

    def put(self, name: str, text: str) -> None:
        file = self.folder / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def add(self, day: str, entries: list[Entry], *, complete: bool = True, source: str = "") -> None:
        lines = snapshot("council-list", day, complete, entries)
        if source:
            lines = lines.replace(f'"id": "council-list-{day}"', f'"id": "{source}"')
        self.put(f"lists/council-list/{source or day}.jsonl", lines)

    def build(self) -> str:
        ran = self._kg("-C", self.folder, "build", "--no-store")
        assert ran.code == 0, ran
        return (self.folder / "out" / "latest").resolve().name

    def since(self, release: str, columns: str = "change cause fact") -> list[str]:
        """Build, and ask what has changed."""
        self.build()
        ran = self._kg("-C", self.folder, "ask", "changes", f"since={release}", "--format", "json")
        assert ran.code == 0, ran
        rows = json.loads(ran.out)["results"]["bindings"]
        return ["|".join(_short(row.get(column)) for column in columns.split()) for row in rows]


def _short(term: dict[str, str] | None) -> str:
    if term is None:
        return ""
    return term["value"].rsplit("/", 1)[-1] if term["type"] == "uri" else term["value"]


@pytest.fixture
def world(tmp_path: Path, kg: Kg) -> World:
    return World(tmp_path / "world", kg)


def test_who_came_and_who_left_is_what_changed(world: World) -> None:
    """Words that a date rests on are other words in each text, and no change."""
    dated = {
        **C4,
        "listed": {"date": "2005", "words": "since 2005"},
        "births": [{"date": "1970", "words": "born 1970"}],
    }
    world.add("2020-01-15", [C1, C2, dated])
    before = world.build()
    world.add("2024-06-30", [C1, C3, dated])
    assert world.since(before, SHORT) == [
        f"removed|world|C.2|ns#Organization|RED HARBOUR SHIPPING CO|C.2 RED HARBOUR SHIPPING CO|{LATE}"
        "|on the list of 2020-01-15 and not on that of 2024-06-30",
        f"added|world|C.3|ns#Organization|RED HARBOR SHIPS|C.3 RED HARBOR SHIPS|{LATE}"
        "|on the list of 2024-06-30 and not on that of 2020-01-15",
        f"changed|world|council-list|ns#DesignationList|Council list||{LATE}"
        "|the list of 2024-06-30 compared with that of 2020-01-15: added: 1, removed: 1, changed: 0",
    ]


def test_an_entry_that_says_something_else_is_changed(world: World) -> None:
    was = {**C1, "positions": ["Harbor master"], "births": ["1963"], "programmes": ["Ports"], "updated": ["2019-02-01"]}
    now = {
        **was,
        "name": "VANCE Mira Ann",
        "listed": "2001-05-05",
        "names": [{"text": "The Heron", "kind": "also-known-as", "quality": "good"}],
        "births": ["1963~"],
        "positions": ["Former harbor master"],
        "addresses": [{"city": "Bresk", "street": "1 Quay"}],
        "updated": ["2019-02-01", "2023-03-01"],
        "programmes": ["Ports", "Ships"],
    }
    world.add("2020-01-15", [was, C4])
    before = world.build()
    world.add("2024-06-30", [now, C4])
    row, summary = world.since(before, "change cause fact label was became why")
    assert row.split("|") == [
        *("changed", "world", "C.1", "VANCE Mira Ann"),
        "birth: 1963 … label: VANCE Mira … listedPosition: Harbor master … start: 2001-05-04",
        "address: 1 Quay, Bresk … birth: 1963~ … label: VANCE Mira Ann … lastUpdated: 2023-03-01"
        " … listedPosition: Former harbor master … nameForm: The Heron, also-known-as, good … programme: Ships"
        " … start: 2001-05-05",
        "on the list of 2020-01-15 and on that of 2024-06-30, which says something else",
    ]
    assert summary.startswith(
        "changed|world|council-list|Council list|asOf: 2020-01-15 … entries: 2|asOf: 2024-06-30 … entries: 2|"
    )


def test_an_entry_in_another_form_says_that_it_is_that(world: World) -> None:
    world.add("2020-01-15", [{**C1, "remarks": ["At sea  since 1999."]}])
    before = world.build()
    world.add("2024-06-30", [{**C1, "remarks": ["At sea since 1999."]}])
    assert world.since(before, "change fact was became why")[0] == (
        "changed|C.1|||on the list of 2020-01-15 and on that of 2024-06-30, which says the same in another form"
    )


def test_who_is_missing_in_a_list_that_is_not_complete_has_not_left(world: World) -> None:
    world.add("2020-01-15", [C1, C2, C4])
    before = world.build()
    world.add("2024-06-30", [C3], complete=False)
    added, summary = world.since(before, "change fact why")
    assert added.startswith("added|C.3|")
    assert summary.endswith(
        "added: 1, removed: 0, changed: 0, missing in the new one, which is not complete, so that nothing is said: 3"
    )


def test_who_is_missing_in_an_earlier_list_that_is_not_complete_may_have_been_on_it(world: World) -> None:
    world.add("2020-01-15", [C1], complete=False)
    before = world.build()
    world.add("2024-06-30", [C3])
    assert world.since(before, "change fact why")[:2] == [
        "removed|C.1|on the list of 2020-01-15 and not on that of 2024-06-30",
        "added|C.3|on the list of 2024-06-30 and not in that of 2020-01-15, which is not complete",
    ]


def test_the_first_snapshot_of_a_list_is_one_row(world: World) -> None:
    world.put("lists/ports-list/2021-03-01.jsonl", snapshot("ports-list", "2021-03-01", True, [C1]))
    before = world.build()
    world.add("2020-01-15", [C1, C2, C4])
    assert world.since(before, "change cause fact kind label was became source why") == [
        f"added|world|{EARLY}|ns#ListSnapshot|council-list of 2020-01-15||asOf: 2020-01-15 … entries: 3|{EARLY}"
        "|the dataset had no earlier snapshot of the list"
    ]


def test_a_snapshot_that_is_gone_is_one_row_and_no_word_of_the_world(world: World) -> None:
    world.add("2020-01-15", [C1, C2, C4])
    world.add("2024-06-30", [C1, C3, C4])
    before = world.build()
    (world.folder / "data/lists/council-list/2024-06-30.jsonl").unlink()
    assert world.since(before, "change cause fact was became why") == [
        f"removed|curation|{LATE}|asOf: 2024-06-30 … entries: 3||the dataset does not have the source any more"
    ]


def test_a_snapshot_in_the_place_of_an_older_one_is_compared_with_it(world: World) -> None:
    world.add("2020-01-15", [C1, C2])
    before = world.build()
    (world.folder / "data/lists/council-list/2020-01-15.jsonl").unlink()
    new = snapshot("council-list", "2024-06-30", True, [C1, C3]).replace("0" * 64, "1" * 64)
    world.put("lists/council-list/2024-06-30.jsonl", new)
    assert world.since(before) == [
        f"removed|curation|{EARLY}",
        "removed|world|C.2",
        "added|world|C.3",
        "changed|world|council-list",
    ]


def test_a_snapshot_under_another_id_is_no_news(world: World) -> None:
    world.add("2020-01-15", [C1, C2])
    before = world.build()
    (world.folder / "data/lists/council-list/2020-01-15.jsonl").unlink()
    world.add("2020-01-15", [C1, C2], source="moved")
    assert world.since(before, "change cause fact was became") == [
        f"removed|curation|{EARLY}|asOf: 2020-01-15 … entries: 2|",
        "added|curation|moved||asOf: 2020-01-15 … entries: 2",
    ]


def test_another_file_of_the_same_day_is_another_source(world: World) -> None:
    world.add("2020-01-15", [C1, C2])
    before = world.build()
    world.add("2020-01-15", [C1], source="another")
    assert world.since(before, "change cause fact why")[0] == (
        f"removed|source|C.2|on the list of 2020-01-15 in {EARLY} and not on that of 2020-01-15 in another"
    )


def test_each_of_several_snapshots_is_compared_with_the_one_before_it(world: World) -> None:
    """One that is older than the last of the earlier release, too; before the first there is none."""
    world.add("2020-01-15", [C1])
    world.add("2023-01-01", [C1, C2])
    before = world.build()
    for day, entries in {
        "2019-01-01": [C4],
        "2021-01-01": [C1, C4],
        "2024-06-30": [C2],
        "2025-01-01": [C2, C3],
    }.items():
        world.add(day, entries)
    rows = world.since(before, "change fact why")
    assert [row for row in rows if "|council-list|" not in row] == [
        "added|council-list-2019-01-01|the dataset had no earlier snapshot of the list",
        "added|C.4|on the list of 2021-01-01 and not on that of 2020-01-15",
        "removed|C.1|on the list of 2023-01-01 and not on that of 2024-06-30",
        "added|C.3|on the list of 2025-01-01 and not on that of 2024-06-30",
    ]


def test_what_a_snapshot_says_besides_its_entries_is_news_as_in_any_source(world: World) -> None:
    world.add("2020-01-15", [C1])
    before = world.build()
    designation = {"id": "ann", "subject": "ana-maro", "kind": "sanctioned-party", "words": "Ana"}
    text = snapshot("council-list", "2024-06-30", True, [C1])
    world.put("lists/council-list/2024-06-30.jsonl", text + json.dumps({"designations": [designation]}) + "\n")
    assert world.since(before) == ["changed|world|council-list", "added|world|ann"]


def test_of_long_texts_what_differs_is_shown() -> None:
    long = "A sailor of Bresk. " * 20
    (one,), (other,) = (
        told_apart({f"remark: {long}Dead."}, {f"remark: {long}Alive. {long}"}),
        told_apart({f"remark: {long}Alive. {long}"}, {f"remark: {long}Dead."}),
    )
    assert one.startswith("remark: […] A sailor")
    assert other.startswith("remark: […] of Bresk. A sailor")
    assert one.endswith("A sailor of Bresk. Dead.")
    assert "sailor of Bresk. Alive. A sailor" in other
    assert other.endswith(" […]")
    assert max(len(one), len(other)) < 190
    assert told_apart({"label: Ann", "birth: 1963"}, set()) == ["birth: 1963", "label: Ann"]


# ── Any two snapshots ─────────────────────────────────────────────────────────────────────────────────────────────

ROLLS = st.dictionaries(
    st.sampled_from([f"C.{n}" for n in range(6)]), st.frozensets(st.sampled_from(["clerk", "master", "x> <y"]))
)


def quads_of(day: str, roll: dict[str, frozenset[str]], complete: bool) -> Iterable[Quad]:
    graph, source = at(f"graph/asserted/s{day}"), at(f"source/s{day}")
    yield source, TYPE, onr.ListSnapshot, graph
    yield source, onr.snapshotOf, at("list/l"), graph
    yield source, onr.asOf, literal(day, XSD_DATE), graph
    yield source, onr.isComplete, literal(str(complete).lower(), XSD_BOOLEAN), graph
    for reference, positions in roll.items():
        entry, designation = at(f"entry/l/{reference}"), at(f"source/s{day}/designation/{reference}")
        yield entry, rdfs.label, literal(reference), graph
        yield from ((entry, onr.listedPosition, literal(position), graph) for position in positions)
        yield designation, TYPE, onr.Designation, graph
        yield designation, onr.designee, entry, graph
        yield designation, onr.onList, at("list/l"), graph


@settings(max_examples=60)
@given(ROLLS, ROLLS, st.booleans())
def test_rows_are_those_that_comparing_the_rolls_finds(
    old: dict[str, frozenset[str]], new: dict[str, frozenset[str]], complete: bool
) -> None:
    with TemporaryDirectory() as folder:
        one, other = Path(folder) / "one.nq", Path(folder) / "other.nq"
        then = list(quads_of("2020-01-15", old, True))
        one.write_text("".join(lines_of(then)), encoding="utf-8")
        other.write_text("".join(lines_of([*then, *quads_of("2024-06-30", new, complete)])), encoding="utf-8")
        told: dict[str, dict[str, str]] = {}
        for node, prop, value in changes(one, other, "0" * 64):
            told.setdefault(node, {})[prop] = value
    kinds = {row[onr.changed]: row[onr.changeKind] for row in told.values() if onr.changed in row}
    kind = CONCEPTS["change-kind"]
    expected = dict.fromkeys(new.keys() - old.keys(), kind["added"])
    expected |= {reference: kind["removed"] for reference in old.keys() - new.keys() if complete}
    expected |= {same: kind["changed"] for same in old.keys() & new.keys() if old[same] != new[same]}
    assert kinds == {at("list/l"): kind["changed"]} | {at(f"entry/l/{key}"): value for key, value in expected.items()}


def test_a_text_that_looks_like_a_snapshot_is_none(tmp_path: Path) -> None:
    """Neither in a new source that is no list, nor in the earlier release."""
    one, other = tmp_path / "one.nq", tmp_path / "other.nq"
    looks = f"{at('source/x')} {onr.snapshotOf} {at('list/l')} {at('graph/asserted/x')} ."
    day = f"{at('source/x')} {onr.asOf} 2023-01-01"
    texts = [(at("source/x"), rdfs.label, literal(text), at("graph/asserted/x")) for text in (looks, day)]
    then = [*quads_of("2020-01-15", {"C.1": frozenset()}, True), *texts]
    new = quads_of("2024-06-30", {"C.2": frozenset([looks])}, True)
    one.write_text("".join(lines_of(then)), encoding="utf-8")
    other.write_text("".join(lines_of([*then, *new])), encoding="utf-8")
    told = list(changes(one, other, "0" * 64))
    assert {o.rsplit("/", 1)[-1] for _, p, o in told if p == onr.changed} == {"C.1>", "C.2>", "l>"}
    one.write_text("".join(lines_of(then[:-2])), encoding="utf-8")
    other.write_text("".join(lines_of(then)), encoding="utf-8")
    assert [o for _, p, o in changes(one, other, "0" * 64) if p == onr.changed] == [at("source/x")]


# ── The real lists ────────────────────────────────────────────────────────────────────────────────────────────────

_UN = ("un-sc-2020-11-30.xml", "un-sc-2026-02-27.xml")
_ORDER = ("SORT_KEY", "SORT_KEY_LAST_MOD")
"""What the list's own software adds."""


def _said(file: Path) -> dict[str, Counter[tuple[str, str]]]:
    """Each entry of the XML: every text in it, by the elements that it stands in, wherever its lines break."""
    tree = ElementTree.fromstring(file.read_bytes().decode("utf-8", "replace"))
    found: dict[str, Counter[tuple[str, str]]] = {}
    for entry in (*tree.iter("INDIVIDUAL"), *tree.iter("ENTITY")):
        texts = Counter(_texts(entry, ""))
        found[" ".join((entry.findtext("REFERENCE_NUMBER") or "").split())] = texts
    return found


def _texts(element: ElementTree.Element, path: str) -> Iterable[tuple[str, str]]:
    for child in element:
        if child.tag not in _ORDER:
            if text := " ".join((child.text or "").split()):
                yield f"{path}/{child.tag}", text
            yield from _texts(child, f"{path}/{child.tag}")


def test_the_un_list_of_2026_is_compared_with_that_of_2020(shared: Path, tmp_path: Path, kg: Kg) -> None:
    files = [shared / "lists" / name for name in _UN]
    if not all(file.is_file() for file in files):
        pytest.skip("the UN's lists are not in ../shared/lists")
    old, new = map(_said, files)
    folder = tmp_path / "un"
    make(folder)
    releases = []
    for file in files:
        assert kg("-C", folder, "import", "un-sc", "--encoding-errors", "replace", file).code == 0
        assert kg("-C", folder, "build", "--no-store").code == 0
        releases.append((folder / "out" / "latest").resolve() / "dataset.nq")
    told: dict[str, dict[str, str]] = {}
    for node, prop, value in changes(releases[0], releases[1], "0" * 64):
        told.setdefault(node, {})[prop] = value
    rows: dict[str, set[str]] = {"added": set(), "removed": set(), "changed": set()}
    for row in told.values():
        if onr.changed in row and "/entry/un-sc/" in row[onr.changed]:
            rows[row[onr.changeKind][1:-1].rsplit("/", 1)[-1]].add(row[onr.changed][1:-1].rsplit("/", 1)[-1])
            assert "-cause/world" in row[onr.changeCause]
            assert "2020-11-30" in text_of(row[onr.changeReason])
    assert (len(rows["added"]), len(rows["removed"])) == (91, 106)
    assert rows["added"] == new.keys() - old.keys()
    assert rows["removed"] == old.keys() - new.keys()
    assert rows["changed"] == {reference for reference in old.keys() & new.keys() if old[reference] != new[reference]}
