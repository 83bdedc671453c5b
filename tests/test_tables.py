"""Tables: flat, honest, and nothing that a release says is lost on the way."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fictional import BASE, Archive
from official_lists import DATA, Official
from onrecord.documents import EVERYTHING, Selection
from onrecord.documents.context import concepts, names
from onrecord.ntriples import text_of
from onrecord.store import Release
from onrecord.tables import TABLES, Ground, Table
from onrecord.tables.columns import DATATYPES, Column, joined, parted
from onrecord.tables.csvfiles import write
from onrecord.tables.description import told
from onrecord.tables.reference import page
from onrecord.vocabulary.context import classes, properties
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr

Record = dict[str, str]


pytestmark = pytest.mark.usefixtures("large_cells")


def ground(out: Path, selection: Selection = EVERYTHING, base: str = DATA) -> Ground:
    return Ground(Release.latest(out).store(), base, selection, "en")


def written(made: Ground, table: Table, *, guarded: bool = False) -> bytes:
    stream = io.BytesIO()
    write(table, made, stream, guarded=guarded)
    return stream.getvalue()


def records(made: Ground, name: str) -> list[Record]:
    text = io.StringIO(written(made, TABLES[name]).decode(), newline="")
    return list(csv.DictReader(text, strict=True))


def table(folder: Path, name: str) -> list[Record]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


@pytest.fixture(scope="module")
def article(founding: Path) -> dict[str, list[Record]]:
    """All tables of this repository's own dataset."""
    made = ground(founding)
    return {name: records(made, name) for name in TABLES}


def _one(rows: list[Record], end: str, column: str = "id") -> Record:
    (row,) = [row for row in rows if row[column].endswith(end)]
    return row


# ── Nothing is lost ───────────────────────────────────────────────────────────────────────────────────────────────


def _values(rows: dict[str, list[Record]]) -> set[str]:
    """All values of all cells."""
    found = set()
    for name, table in rows.items():
        for column in TABLES[name].columns:
            for row in table:
                cell = row[column.name]
                found.update(parted(cell, column) if column.many else [cell])
    return found


STRUCTURE = {
    *("VagueTime", "Amount", "AttributionChain", "AttributionLink", "Evidence", "NameForm", "FactGraph", "File"),
    *("Address", "IdentityPaper", "Particular", "Curation"),
}
"""What has no row by its own address, or is led to from the row that it belongs to."""


def _lost(out: Path, selection: Selection, rows: dict[str, list[Record]]) -> Iterator[tuple[str, str, str]]:
    made, held = ground(out, selection), _values(rows)
    graphs = {quad.graph_name for quad in Release.latest(out).store()}
    taken = {g for g in graphs if selection.graph(str(g)).said and "/metadata/" not in str(g)}
    for quad in Release.latest(out).store():
        prop, value = str(quad.predicate), str(quad.object)
        if quad.graph_name not in taken or prop == TYPE:
            continue
        known = properties()[prop]
        if prop == onr.curatedProperty:
            text = names()[value]
        elif value.startswith("<") and (made.kind(value) in STRUCTURE or "/words/" in value):
            continue
        else:
            text = concepts(known).get(value, text_of(value))
        if text not in held:
            yield str(quad.subject), known.name, value


def test_whatever_the_article_says_is_in_some_cell(founding: Path, article: dict[str, list[Record]]) -> None:
    assert list(_lost(founding, EVERYTHING, article)) == []


def test_whatever_lists_say_is_in_some_cell(official: Official, official_tables: Path) -> None:
    rows = {name: table(official_tables, name) for name in TABLES}
    assert list(_lost(official.folder / "out", EVERYTHING, rows)) == []


def test_every_kind_of_thing_has_a_row(founding: Path, article: dict[str, list[Record]]) -> None:
    made, held = ground(founding), _values(article)
    missing = set()
    for quad in Release.latest(founding).store().quads_for_pattern(None, ox.NamedNode(TYPE[1:-1]), None, None):
        graph = EVERYTHING.graph(str(quad.graph_name))
        kind = classes().get(str(quad.object), "")
        if graph.said and kind and kind not in STRUCTURE and str(quad.subject)[1:-1] not in held:
            missing.add((kind, str(quad.subject)))
    assert missing == set()
    assert made.roots("organization")


# ── How it is written ─────────────────────────────────────────────────────────────────────────────────────────────


def test_columns_are_told_apart_and_told() -> None:
    for table in TABLES.values():
        called = [column.name for column in table.columns]
        assert len(set(called)) == len(called), table.name
        assert set(table.key) <= set(called), table.name
        assert all(name.isascii() and name == name.lower() and " " not in name for name in called), called
        assert {column.datatype for column in table.columns} <= set(DATATYPES)
        assert {link for link, _ in table.links} <= set(called)
        for column in table.columns:
            assert told(column).split(" Several")[0] != f"{column.name}.", (table.name, column.name)


def test_the_keys_are_keys(article: dict[str, list[Record]]) -> None:
    for name, rows in article.items():
        if TABLES[name].key:
            keys = [tuple(row[column] for column in TABLES[name].key) for row in rows]
            assert len(set(keys)) == len(keys), name
            assert all(all(key) for key in keys), name


def test_no_table_is_empty_for_want_of_a_reader(article: dict[str, list[Record]], official: Official) -> None:
    lists = ground(official.folder / "out")
    empty = {name for name, rows in article.items() if not rows and not records(lists, name)}
    assert empty == {"recognitions", "links"}


@given(st.lists(st.text(alphabet="a|\\,\n\"' ;", min_size=1), max_size=4))
def test_several_texts_of_a_cell_are_told_apart(texts: list[str]) -> None:
    column = Column("x", many=True)
    assert parted(joined(texts, column), column) == texts


def test_a_row_can_stand_alone(article: dict[str, list[Record]]) -> None:
    for name in ("designations", "acts", "events", "statements", "figures", "prosecutions", "relations", "mentions"):
        for row in article[name]:
            assert row["id"]
            assert row["words"], row
            assert "london-news-net" in row["chain"], row
            assert row["source"] == "russia-taliban-delisting"
            assert row["source_title"]
            by_curators = row["chain"].startswith("The On Record curators")
            assert row["basis"] == ("curated" if by_curators else "asserted")


# ── What a sceptical reader looks for ─────────────────────────────────────────────────────────────────────────────


def test_a_claimed_designation_is_in_no_table_of_those_on_record(article: dict[str, list[Record]]) -> None:
    (claimed,) = article["claimed_designations"]
    assert claimed["speaker_label"] == "Ivan Zhdanov"
    assert claimed["how"] == "asserts"
    assert claimed["chain"] == "london-news-net ← Ivan Zhdanov"
    assert "kind" not in claimed
    assert "designee" not in claimed
    assert claimed["id"] not in json.dumps(article["designations"])
    designees = {one for row in article["designations"] for one in row["designee"].split("|")}
    assert not any(one.endswith("volkovs-father") for one in designees)


def test_a_vague_time_is_no_date(article: dict[str, list[Record]]) -> None:
    taliban = _one(article["designations"], "designation/taliban-in-russia")
    assert (taliban["start_edtf"], taliban["start_said"]) == ("2003", "")
    assert (taliban["start_earliest"], taliban["start_earliest_basis"]) == ("2003-01-01", "derived")
    for rows in article.values():
        for row in rows:
            for name, value in row.items():
                if value and name.endswith(("_earliest", "_latest")):
                    assert row[f"{name}_basis"], row


def test_a_number_is_never_without_its_qualifier(article: dict[str, list[Record]]) -> None:
    charged = _one(article["figures"], "charged-over-the-taliban")
    assert (charged["count_qualifier"], charged["count_value"], charged["count_min"]) == ("at-least", "", "37")
    penalized = _one(article["figures"], "penalized-over-symbols")
    assert (penalized["count_qualifier"], penalized["count_value"]) == ("about", "20")
    assert (penalized["is_part"], penalized["part_of"]) == ("true", charged["id"])
    for rows in article.values():
        for row in rows:
            numbers = {
                name.rsplit("_", 1)[0] for name, value in row.items() if value and name.endswith(("_value", "_min"))
            }
            assert all(row[f"{name}_qualifier"] for name in numbers), row


def test_what_is_denied_says_so_in_its_own_row(article: dict[str, list[Record]]) -> None:
    denied = [row for row in article["propositions"] if row["how"] == "denies"]
    assert {row["speaker_label"] for row in denied} >= {"Arkady Dubnov"}
    legitimacy = _one(article["statements"], "statement/dubnov-on-legitimacy")
    assert (legitimacy["does"], legitimacy["asserts"]) == ("denies", "")
    assert "political-legitimacy" in legitimacy["denies"]
    assert article["recognitions"] == []


def test_what_curators_add_is_marked_in_its_row(article: dict[str, list[Record]]) -> None:
    marked = {row["id"].rsplit("/", 1)[-1]: row["curated"] for row in article["figures"] if row["curated"]}
    assert marked == {"convicted-besides": "figureOf"}
    assert {row["basis"] for row in article["status_periods"]} == {"computed-from-curated"}
    assert all(row["reason"] and row["by"] for row in article["curations"])


def test_conflicts_have_a_row_a_side(article: dict[str, list[Record]]) -> None:
    assert article["conflicts"]
    assert all(row["side"] and row["over_label"] and row["words"] for row in article["conflicts"])


def test_a_row_that_is_contradicted_says_so(founding: Path, article: dict[str, list[Record]]) -> None:
    sides = {row["side"]: row["conflict"] for row in article["conflicts"]}
    disputed = {row["id"]: row["conflicts"] for row in article["designations"] if row["conflicts"]}
    assert disputed == sides
    alone = records(ground(founding, Selection(computed=False)), "designations")
    assert not any(row["conflicts"] for row in alone)


def test_evidence_is_the_exact_words_and_where_they_stand(article: dict[str, list[Record]]) -> None:
    rows = [row for row in article["evidence"] if row["fact"].endswith("designation/taliban-in-russia")]
    assert "classified as a terrorist entity in Russia" in {row["words"] for row in rows}
    assert {len(row["text_sha256"]) for row in rows} == {64}
    for row in article["evidence"]:
        if row["start_offset"]:
            assert int(row["end_offset"]) - int(row["start_offset"]) == len(row["words"])


def test_a_chain_is_a_row_a_link(article: dict[str, list[Record]]) -> None:
    links = [row for row in article["attribution"] if row["fact"].endswith("figure/charged-over-the-taliban")]
    assert [(row["position"], row["agent_label"]) for row in links] == [("1", "london-news-net"), ("2", "Vyorstka")]


def test_of_lists_each_snapshot_says_when_it_is_of_and_whether_it_is_whole(official_tables: Path) -> None:
    rows = table(official_tables, "designations")
    listed = [row for row in rows if row["list"]]
    assert listed
    assert all(
        row["source_date"] and row["snapshot_complete"] in ("true", "false")
        for row in listed
        if "un-sc" in row["source"]
    )
    assert all(row["list_reference"] for row in listed if "un-sc" in row["source"])


def test_a_time_of_birth_is_as_vague_as_the_list_has_it(official_tables: Path) -> None:
    rows = table(official_tables, "births")
    years = [row for row in rows if len(row["birth_edtf"]) == 4]
    assert years
    assert all(row["birth_earliest_basis"] != "stated" for row in years)


def test_names_have_their_worth(official_tables: Path) -> None:
    rows = table(official_tables, "names")
    assert {"low", "good"} <= {row["quality"] for row in rows}
    assert all(row["entity"] and row["name"] for row in rows)
    assert {row["entity"] for row in rows if not row["source"]} == {f"{DATA}curator"}


# ── What is selected ──────────────────────────────────────────────────────────────────────────────────────────────


def test_without_curators_their_rows_are_gone(founding: Path) -> None:
    made = ground(founding, Selection(curated=False))
    assert records(made, "curations") == []
    assert records(made, "status_periods") == []
    figures = records(made, "figures")
    assert figures
    assert not any(row["curated"] for row in figures)


def test_of_one_source_alone(official: Official) -> None:
    source = "un-sc-2020-11-30"
    selection = Selection(sources=frozenset({source}), computed=False)
    made = ground(official.folder / "out", selection)
    rows = records(made, "designations")
    assert {row["source"] for row in rows} == {source}
    assert {row["source"] for row in records(made, "names") if row["entity"].startswith(f"{DATA}entry")} == {source}
    assert records(made, "status_periods") == []


# ── Hostile texts ─────────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = [
    '=HYPERLINK("http://x.example";"a")',
    "+1+1|cmd' /c calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\ttab",
    'line\nend, "quoted" and\r\nmore',
    "a|b\\|c\\",
    "</script><script>alert(1)</script>",
    "\u202egnp.exe",
    "é e\u0301 日本",
]


def hostile(folder: Path) -> Archive:
    """A dataset whose names and quotations are what a table must not stumble over."""
    made = Archive(folder)
    people = [{"id": f"p{at}", "name": text.strip() or "x", "curated": "Known."} for at, text in enumerate(HOSTILE)]
    made.registry(people=people)
    said = [
        {
            "id": f"s{at}",
            "speaker": "p0",
            "mode": "paraphrase",
            "words": "w",
            "asserts": [{"text": text}, {"text": "b|"}],
        }
        for at, text in enumerate(HOSTILE)
    ]
    made.article("odd", statements=said)
    return made


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    made = hostile(tmp_path_factory.mktemp("odd"))
    made.build()
    return made


def test_texts_come_back_as_they_are(odd: Archive) -> None:
    made = ground(odd.folder / "out", base=BASE)
    assert {row["label"] for row in records(made, "entities")} >= {text.strip() for text in HOSTILE}
    asserts = next(column for column in TABLES["statements"].columns if column.name == "asserts")
    held = {row["id"].rsplit("/", 1)[-1]: set(parted(row["asserts"], asserts)) for row in records(made, "statements")}
    for at, text in enumerate(HOSTILE):
        assert {each.strip() for each in held[f"s{at}"]} == {text.strip(), "b|"}


def test_only_the_tables_for_spreadsheets_are_guarded(odd: Archive) -> None:
    made = ground(odd.folder / "out", base=BASE)
    plain, guarded = (written(made, TABLES["names"], guarded=each) for each in (False, True))
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert guarded.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(guarded.decode("utf-8-sig"), newline="")) for cell in row]
    assert "'@SUM(1)" in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert b"\r\n@SUM" not in plain
    assert "@SUM(1)" in {cell for row in csv.reader(io.StringIO(plain.decode(), newline="")) for cell in row}


# ── Documentation ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_columns_is_fresh() -> None:
    written = Path(__file__).resolve().parents[1] / "docs" / "tables-columns.md"
    assert written.read_text(encoding="utf-8") == page(), "make vocabulary writes it again"
