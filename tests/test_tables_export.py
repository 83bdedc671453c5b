"""`kg export csv` and `parquet`: folders of tables, their description, and what they may not overwrite."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import Kg
from fictional import Archive
from official_lists import COMMAND
from onrecord.tables import TABLES
from onrecord.tables.columns import Column, parted
from onrecord.tables.description import NAME
from test_tables import hostile

pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def dataset(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose dataset is this repository's own."""
    folder = tmp_path_factory.mktemp("dataset")
    settings = (ROOT / "kg.toml").read_text(encoding="utf-8")
    (folder / "kg.toml").write_text(settings.replace('out = "out"', f'out = "{founding.name}"'), encoding="utf-8")
    (folder / founding.name).symlink_to(founding)
    return folder


@pytest.fixture(scope="module")
def tables(dataset: Path) -> Path:
    return _exported(dataset, "csv", dataset / "tables")


_FIRST = 500
pytestmark = pytest.mark.usefixtures("large_cells")


def _exported(dataset: Path, form: str, output: Path, *more: str, **env: str) -> Path:
    command = [*COMMAND, "-C", str(dataset), "export", form, "-o", str(output), *more]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **env}, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return output


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


# ── Description ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_description_is_valid_and_holds(tables: Path) -> None:
    from csvw import CSVW

    checked = CSVW(str(tables / NAME), validate=True)
    assert checked.is_valid, checked.warnings
    assert len(checked.tables) == len(TABLES)


def test_the_validator_sees_what_is_wrong(tables: Path, tmp_path: Path) -> None:
    from csvw import CSVW

    for path in tables.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    file = tmp_path / "status_periods.csv"
    file.write_bytes(file.read_bytes().replace(b"2005-04-18", b"spring 2005", 1))
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # it collects them, and tells by them
        assert not CSVW(str(tmp_path / NAME), validate=True).is_valid


def test_the_description_of_lists_holds(official_tables: Path, tmp_path: Path) -> None:
    """The first rows of each table, for the validator is slow; so no row is looked for that others point to."""
    from csvw import CSVW

    described = json.loads((official_tables / NAME).read_bytes())
    for one in described["tables"]:
        one["tableSchema"].pop("foreignKeys", None)
        rows = _rows(official_tables / one["url"])[:_FIRST]
        with (tmp_path / one["url"]).open("w", encoding="utf-8", newline="") as stream:
            held = csv.DictWriter(stream, [column["name"] for column in one["tableSchema"]["columns"]])
            held.writeheader()
            held.writerows(rows)
    (tmp_path / NAME).write_text(json.dumps(described), encoding="utf-8")
    checked = CSVW(str(tmp_path / NAME), validate=True)
    assert checked.is_valid, checked.warnings


def test_each_table_is_read_by_its_description(tables: Path) -> None:
    described = {one["url"]: one for one in json.loads((tables / NAME).read_bytes())["tables"]}
    assert set(described) == {f"{name}.csv" for name in TABLES}
    ids = {row["id"] for row in _rows(tables / "entities.csv")}
    for url, table in described.items():
        schema = table["tableSchema"]
        with (tables / url).open(encoding="utf-8", newline="") as stream:
            head, *rows = csv.reader(stream, strict=True)
        assert head == [column["name"] for column in schema["columns"]]
        assert all(len(row) == len(head) for row in rows)
        assert all(column["dc:description"] for column in schema["columns"])
        for key in schema.get("foreignKeys", []):
            if key["reference"]["resource"] == "entities.csv":
                at = head.index(key["columnReference"])
                assert {row[at] for row in rows} <= ids, url


def test_what_the_ontology_defines_describes_a_column(tables: Path) -> None:
    described = json.loads((tables / NAME).read_bytes())
    assert described["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    (designations,) = [one for one in described["tables"] if one["url"] == "designations.csv"]
    columns = {column["name"]: column for column in designations["tableSchema"]["columns"]}
    assert columns["called"]["propertyUrl"] == "https://w3id.org/onrecord/ns#called"
    assert columns["start_earliest"]["datatype"] == {"base": "date", "format": "yyyy-MM-dd"}
    assert columns["designee"]["separator"] == "|"
    assert "separator" not in columns["words"]  # texts: a separator may be in them, and is escaped


# ── The same bytes ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_two_runs_give_the_same_bytes(form: str, dataset: Path, tmp_path: Path) -> None:
    one, other = (
        _exported(dataset, form, tmp_path / seed, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale)
        for seed, zone, locale in (("1", "UTC", "C"), ("2", "Asia/Kabul", "C.UTF-8"))
    )
    assert _digests(one) == _digests(other)


def test_an_archive_has_the_files_of_the_folder_and_no_time(dataset: Path, tables: Path, tmp_path: Path) -> None:
    one, other = (
        _exported(dataset, "csv", tmp_path / name, TZ=zone)
        for name, zone in (("a.zip", "UTC"), ("b.ZIP", "Asia/Kabul"))
    )
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as archive:
        held = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert held == _digests(tables)


# ── Parquet ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _typed(text: str, column: Column) -> object:
    if column.many:
        return parted(text, column) or None
    if not text:
        return None
    if column.datatype == "date":
        return date.fromisoformat(text)
    if column.datatype == "boolean":
        return text == "true"
    return int(text) if column.datatype == "integer" else Decimal(text) if column.datatype == "decimal" else text


def _both(
    dataset: Path, tables: Path, output: Path
) -> Iterator[tuple[str, list[dict[str, object]], list[dict[str, object]]]]:
    typed = _exported(dataset, "parquet", output)
    for name, table in TABLES.items():
        read = pq.read_table(typed / f"{name}.parquet")
        assert read.column_names == [column.name for column in table.columns]
        rows = [{c.name: _typed(row[c.name], c) for c in table.columns} for row in _rows(tables / f"{name}.csv")]
        yield name, rows, read.to_pylist()


def test_parquet_has_the_rows_of_the_csv(dataset: Path, tables: Path, tmp_path: Path) -> None:
    for name, rows, read in _both(dataset, tables, tmp_path / "typed"):
        assert read == rows, name


def test_parquet_of_hostile_texts_has_them_too(tmp_path: Path) -> None:
    made = hostile(tmp_path / "odd")
    made.build()
    tables = _exported(made.folder, "csv", tmp_path / "tables")
    for name, rows, read in _both(made.folder, tables, tmp_path / "typed"):
        assert read == rows, name


def test_parquet_is_typed_and_told(dataset: Path, tmp_path: Path) -> None:
    typed = _exported(dataset, "parquet", tmp_path / "typed")
    schema = pq.read_schema(typed / "figures.parquet")
    assert str(schema.field("count_min").type) == "decimal128(38, 9)"
    assert str(schema.field("start_earliest").type) == "date32[day]"
    assert str(schema.field("count_qualifier").type).startswith("dictionary<")
    assert b"without which" in schema.field("count_qualifier").metadata[b"description"]
    assert b"Never a sum" in schema.metadata[b"description"]


def test_without_pyarrow_it_says_what_to_install(
    kg: Kg, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = kg("-C", dataset, "export", "parquet", "-o", tmp_path / "typed")
    assert ran.code == 3
    assert "onrecord[parquet]" in ran.err
    assert not (tmp_path / "typed").exists()


# ── Where it goes ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_table_goes_to_standard_output_or_a_file(kg: Kg, dataset: Path, tables: Path, tmp_path: Path) -> None:
    ran = kg("-C", dataset, "export", "csv", "--table", "figures")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == (tables / "figures.csv").read_text(encoding="utf-8").splitlines()
    ran = kg("-C", dataset, "export", "csv", "--table", "figures", "-o", tmp_path / "f.csv")
    assert ran.err == f"wrote {tmp_path / 'f.csv'}: 1 table, 5 rows\n"
    assert (tmp_path / "f.csv").read_bytes() == (tables / "figures.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["csv"], "say -o DIR"),
        (["csv", "--table", "nothing"], "there is no table nothing"),
        (["csv", "--table", "conflicts", "--no-inferred"], "rests on all sources"),
        (["ttl", "--table", "figures"], "--table is of csv and parquet"),
        (["site", "--table", "figures"], "--table is of csv and parquet"),
        (["site", "--for-spreadsheets"], "--for-spreadsheets is of csv"),
        (["parquet", "--table", "figures", "--for-spreadsheets"], "--for-spreadsheets is of csv"),
        (["ttl", "-o", "."], "is a folder"),
        (["csv", "--source", "nobody", "-o", "x"], "no source of the dataset"),
    ],
)
def test_what_makes_no_sense_is_refused(words: list[str], says: str, kg: Kg, dataset: Path) -> None:
    ran = kg("-C", dataset, "export", *words)
    assert ran.code == 2
    assert says in " ".join(ran.err.split())


def test_a_folder_is_replaced_as_a_whole_and_no_other_one(kg: Kg, dataset: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    assert kg("-C", dataset, "export", "parquet", "-o", folder).code == 0
    assert kg("-C", dataset, "export", "csv", "-o", folder).code == 0
    assert {path.suffix for path in folder.iterdir()} == {".csv", ".json"}
    (folder / "thesis.txt").write_text("mine", encoding="utf-8")
    before = _digests(folder)
    ran = kg("-C", dataset, "export", "csv", "-o", folder)
    assert ran.code == 3
    assert "thesis.txt" in ran.err
    assert _digests(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tables"]


def test_what_rests_on_all_sources_is_left_out_of_some_and_said(kg: Kg, dataset: Path, tmp_path: Path) -> None:
    ran = kg("-C", dataset, "export", "csv", "--source", "russia-taliban-delisting", "-o", tmp_path / "t")
    assert ran.code == 0
    assert "left out, because they rest on all sources and on inference: status_periods, conflicts" in ran.err
    described = {one["url"] for one in json.loads((tmp_path / "t" / NAME).read_bytes())["tables"]}
    assert {path.name for path in (tmp_path / "t").iterdir()} == described | {NAME}
    assert not described & {"status_periods.csv", "conflicts.csv"}


def test_for_spreadsheets_there_is_a_bom_and_no_description(kg: Kg, dataset: Path, tmp_path: Path) -> None:
    assert kg("-C", dataset, "export", "csv", "--for-spreadsheets", "-o", tmp_path / "t").code == 0
    assert not (tmp_path / "t" / NAME).exists()
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in (tmp_path / "t").iterdir())


def test_odd_addresses_write_nothing_elsewhere(kg: Kg, tmp_path: Path) -> None:
    made = Archive(tmp_path / "odd")
    made.snapshot("list", "2024-03-04", "../../../escape", "..", "a/b", "=1+1", "CON")
    made.build()
    before = {path for path in tmp_path.rglob("*") if made.folder not in path.parents}
    for form in ("csv", "ftm"):
        assert kg("-C", made.folder, "export", form, "-o", tmp_path / form).code == 0
    after = {path for path in tmp_path.rglob("*") if made.folder not in path.parents}
    assert {path.relative_to(tmp_path).parts[0] for path in after - before} == {"csv", "ftm"}
    references = {row["list_reference"] for row in _rows(tmp_path / "csv" / "entities.csv")}
    assert references >= {"../../../escape", "=1+1", "CON"}
    lines = [json.loads(line) for line in (tmp_path / "ftm").read_bytes().splitlines()]
    assert len({line["id"] for line in lines}) == len(lines)


def test_a_text_of_ten_megabytes_comes_back(tmp_path: Path) -> None:
    from onrecord.tables.columns import joined
    from onrecord.tables.csvfiles import safe

    text = 'a "b",\r\n\x00|\\' * 1_000_000
    column = Column("x", many=True)
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerow([joined([text, "b"], column), safe(text)])
    (row,) = list(csv.reader(io.StringIO(stream.getvalue(), newline=""), strict=True))
    assert parted(row[0], column) == [text, "b"]
    assert row[1] == text
