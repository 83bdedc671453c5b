"""The frame of the importers, and `kg import`: what is kept, what is said, and what is left as it was."""

import io
import json
import os
import re
import runpy
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Kg
from onrecord.dataset import importing
from onrecord.errors import InputError
from onrecord.facts.document import Document
from onrecord.facts.listings import Entry
from onrecord.findings import Finding, Place
from onrecord.importers import IMPORTERS, Given, Imported, Importer, Input, Row, decoded, finished, written
from onrecord.importers.result import snapshot_source
from onrecord.importers.un_sc import REGISTRY
from onrecord.readers import characters, read
from un_lists import ALDA, BORIS, listed

SNAPSHOT = "data/lists/un-sc/2016-01-31.jsonl"
RECORDS = "data/registry/list-un-sc.yaml"


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    file = tmp_path / "list.xml"
    file.write_text(listed(), encoding="utf-8")
    return file


# ── The frame ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", IMPORTERS)
def test_an_importer_says_what_it_is(name: str) -> None:
    importer = IMPORTERS[name]
    assert importer.title
    assert importer.summary.endswith(".")
    assert importer.example.startswith(f"kg import {name} ")
    assert all(help_.endswith(".") for help_ in importer.beside.values())


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize("data", [b"", b"\n", b"\0", b"\xff\xfe", b"<", b"{}", b'"', b",,,\n" * 9, b"a" * 100_000])
def test_no_importer_raises_for_what_a_file_holds(name: str, data: bytes) -> None:
    file = decoded("file", data, replace=True)
    made = file if isinstance(file, Finding) else IMPORTERS[name].read(Given(file, {}, "2016-01-31"))
    findings = [made] if isinstance(made, Finding) else [finished(one) for one in made]
    assert all(finding is not None and finding.broken for finding in findings)


def _told(data: bytes) -> tuple[str, list[int]]:
    """Text and offsets of what is replaced, found byte by byte."""
    text, offsets, at = "", [], 0
    while at < len(data):
        for length in range(1, 5):
            try:
                one = data[at : at + length].decode()
            except UnicodeDecodeError:
                continue
            break
        else:
            one, length = "\0", 1
        if characters.REFUSED.match(one) and (one, at + length) != ("\x1a", len(data)):  # Ctrl-Z, how DOS ended files
            offsets.append(at)
            one = "\ufffd"
        text, at = text + one, at + length
    return text, offsets


_PIECES = st.sampled_from(
    [b"a", b"\x1a", "ж".encode(), "\x85".encode(), "\ufffd".encode(), b"\xd6", b"\0", b"\xf0\x9f"]
)


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")) | st.lists(_PIECES).map(b"".join))
def test_what_is_replaced_is_told_by_its_offset(data: bytes) -> None:
    file = decoded("file", data, replace=True)
    if isinstance(file, Finding):
        assert file.code == "encoding"
        return
    assert (file.text, list(file.replaced)) == _told(data)
    strict = decoded("file", data)
    assert isinstance(strict, Input) == (not file.replaced)
    if isinstance(strict, Finding):
        offset = int(strict.message.split("at offset ")[1].split()[0])
        assert offset in file.replaced
        assert "--encoding-errors replace" in strict.hint


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@settings(deadline=None)
def test_a_comment_is_kept_letter_for_letter_or_refused(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    file = decoded(
        "list.xml", listed(BORIS.replace("</DATAID>", f"</DATAID><COMMENTS1>{escaped}</COMMENTS1>")).encode()
    )
    if isinstance(file, Finding):
        assert characters.REFUSED.search(text)
        return
    made = IMPORTERS["un-sc"].read(Given(file))
    assert isinstance(made, list)
    assert finished(made[0]) is None
    assert made[0].entries[0].remarks == ([text.strip()] if text.strip() else [])


def test_a_snapshot_of_a_list_without_a_proper_name_is_not_kept() -> None:
    file = Input("list.xml", b"", "")
    (whole,) = [IMPORTERS["un-sc"].read(Given(Input("list.xml", listed().encode(), listed())))]
    assert isinstance(whole, list)
    source = snapshot_source(Given(file), "../evil", "un-security-council", "Evil", "2016-01-31")
    made = Imported(source, REGISTRY, rows=whole[0].rows)
    nothing = finished(made)
    assert nothing is not None
    assert "evil" in nothing.message


def test_the_same_file_gives_the_same_bytes() -> None:
    given_ = Given(Input("list.xml", listed().encode(), listed()))
    first, second = (IMPORTERS["un-sc"].read(given_) for _ in range(2))
    assert isinstance(first, list)
    assert isinstance(second, list)
    assert written(first[0]) == written(second[0])


def test_the_importer_in_the_documentation_works(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[1] / "docs/importing.md"
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "alda.py").write_text(code, encoding="utf-8")
    known: list[type] = [Entry, Finding, Place, Given, Imported, Importer, Row]
    own = {"REGISTRY": REGISTRY, "snapshot_source": snapshot_source}
    module = runpy.run_path(str(tmp_path / "alda.py"), {one.__name__: one for one in known} | own)
    importer = module["IMPORTER"]
    text = "A1\tAlda\nA2\tBoris\nA1\tAlda again\n"
    (made,) = importer.read(Given(Input("alda.txt", text.encode(), text), {}, "2024-05-06"))
    assert finished(made) is None
    assert [entry.name for entry in made.entries] == ["Alda", "Boris"]
    assert [fault.place for fault in made.faults] == [Place("alda.txt", 3, 1)]


# ── kg import ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_import_is_kept_and_told(dataset: Path, kg: Kg, xml: Path) -> None:
    ran = kg("-C", dataset, "import", "un-sc", xml)
    assert ran.code == 0
    assert "un-sc 2016-01-31, complete" in ran.out
    assert "3 entries: 1 organization, 2 person" in ran.out
    assert "united-nations, un-security-council, un-sc" in ran.out
    assert "kg build" in ran.err
    (one,) = read("2016-01-31.jsonl", (dataset / SNAPSHOT).read_bytes())
    assert one.faults == []
    assert isinstance(one.document, Document)
    assert [entry.reference for entry in one.document.entries] == ["NFi.001", "NFi.002", "NFe.001"]
    records = (dataset / RECORDS).read_text(encoding="utf-8")
    assert records.startswith("# yaml-language-server: $schema=../../schema/facts.json\nregistry: ")
    assert kg("-C", dataset, "check", "--texts", xml.parent).code == 0
    assert sorted(file.name for file in (dataset / SNAPSHOT).parent.iterdir()) == ["2016-01-31.jsonl"]


def test_the_same_import_again_changes_nothing(dataset: Path, kg: Kg, xml: Path) -> None:
    kg("-C", dataset, "import", "un-sc", xml)
    before = [((dataset / name).stat().st_ino, (dataset / name).stat().st_mtime_ns) for name in (SNAPSHOT, RECORDS)]
    ran = kg("-C", dataset, "import", "un-sc", xml)
    assert (ran.code, "unchanged" in ran.out) == (0, True)
    after = [((dataset / name).stat().st_ino, (dataset / name).stat().st_mtime_ns) for name in (SNAPSHOT, RECORDS)]
    assert after == before


@pytest.mark.parametrize("more", [(), ("--force",), ("--dry-run",)])
def test_of_two_files_of_one_day_in_one_run_the_second_does_not_replace_the_first(
    dataset: Path, kg: Kg, xml: Path, more: tuple[str, ...]
) -> None:
    other = xml.with_name("other.xml")
    other.write_text(xml.read_text(encoding="utf-8").replace("BORIS", "BORYS"), encoding="utf-8")
    ran = kg("-C", dataset, "import", "un-sc", *more, xml, other, xml)
    assert ran.code == 3
    assert f"{other}: error: {xml} is of the same day, 2016-01-31, and has other content" in ran.out
    assert ran.out.count("un-sc 2016-01-31, complete") == 2
    assert "BORYS" not in "".join(path.read_text("utf-8") for path in dataset.rglob("2016-01-31.jsonl"))


def test_other_content_of_the_same_day_is_replaced_by_force_only(dataset: Path, kg: Kg, xml: Path) -> None:
    kg("-C", dataset, "import", "un-sc", xml)
    before = (dataset / SNAPSHOT).read_bytes()
    xml.write_text(listed(ALDA), encoding="utf-8")
    ran = kg("-C", dataset, "import", "un-sc", xml)
    assert (ran.code, "--force" in ran.out, ran.out.count("\n")) == (3, True, 1)
    assert (dataset / SNAPSHOT).read_bytes() == before
    assert kg("-C", dataset, "import", "un-sc", "--force", xml).code == 0
    assert (dataset / SNAPSHOT).read_bytes() != before


def test_a_dry_run_writes_nothing(dataset: Path, kg: Kg, xml: Path) -> None:
    ran = kg("-C", dataset, "import", "un-sc", "--dry-run", xml)
    assert (ran.code, "would be written" in ran.out) == (0, True)
    assert not (dataset / "data/lists").exists()
    assert not (dataset / RECORDS).exists()


def test_figures_for_programs(dataset: Path, kg: Kg, xml: Path) -> None:
    xml.write_bytes(listed(BORIS.replace("<DATAID>", "<HAT>x</HAT><DATAID>")).encode().replace(b"BORIS", b"B\xd6RIS"))
    ran = kg("-C", dataset, "import", "un-sc", "--json", "--encoding-errors", "replace", xml)
    figures = json.loads(ran.out)
    assert (ran.code, figures["findings"]) == (0, [])
    (one,) = figures["snapshots"]
    assert one["entries"] == {"organization": 1, "person": 1}
    assert one["fields"]["names"] == 2
    assert one["left_out"] == {"INDIVIDUAL/HAT": 1}
    assert one["replaced"] == {"offsets": {"list.xml": [xml.read_bytes().index(b"\xd6")]}, "entries": ["NFi.002"]}
    assert (one["state"], one["complete"], one["lost"]) == ("new", True, 0)
    assert one["registry"]["ids"] == ["united-nations", "un-security-council", "un-sc"]


def test_what_was_replaced_is_said(dataset: Path, kg: Kg, xml: Path) -> None:
    data = listed().encode().replace(b"BORIS", b"B\xd6RIS")
    xml.write_bytes(data)
    ran = kg("-C", dataset, "import", "un-sc", xml)
    assert (ran.code, ran.out.count("\n")) == (3, 1)
    assert ran.out.startswith(f"{xml}:27:48: error: byte 0xD6 at offset {data.index(0xD6)} is not UTF-8")
    assert "--encoding-errors replace" in ran.out
    ran = kg("-C", dataset, "import", "un-sc", "--encoding-errors", "replace", xml)
    assert ran.code == 0
    assert f"1 place, at offset {data.index(0xD6)}" in ran.out
    assert "it stands in NFi.002" in ran.out


def test_a_broken_file_does_not_hinder_the_others(dataset: Path, kg: Kg, xml: Path) -> None:
    bad = xml.with_name("bad.xml")
    bad.write_text("<a", encoding="utf-8")
    other = xml.with_name("other.xml")
    other.write_text(listed(BORIS, generated="2017-01-31"), encoding="utf-8")
    ran = kg("-C", dataset, "import", "un-sc", xml, bad, other, xml.with_name("none.xml"))
    assert ran.code == 3
    assert [line.split(": error: ")[0] for line in ran.out.splitlines() if ": error: " in line] == [
        f"{bad}:1:1",
        str(xml.with_name("none.xml")),
    ]
    names = sorted(file.name for file in (dataset / "data/lists/un-sc").iterdir())
    assert names == ["2016-01-31.jsonl", "2017-01-31.jsonl"]


def test_who_is_lost_makes_a_snapshot_partial(dataset: Path, kg: Kg, xml: Path) -> None:
    xml.write_text(listed(BORIS.replace("BORIS", "") + ALDA), encoding="utf-8")
    ran = kg("-C", dataset, "import", "un-sc", xml)
    assert (ran.code, "partial: who is missing in it may be on the list" in ran.out) == (3, True)
    assert "not imported: 1 " in ran.out
    assert b'"complete":false' in (dataset / SNAPSHOT).read_bytes()


def test_a_person_may_say_that_a_file_is_not_the_whole_list(dataset: Path, kg: Kg, xml: Path) -> None:
    assert kg("-C", dataset, "import", "un-sc", "--partial", xml).code == 0
    assert b'"complete":false' in (dataset / SNAPSHOT).read_bytes()


def test_another_day_is_said(dataset: Path, kg: Kg, xml: Path) -> None:
    ran = kg("-C", dataset, "import", "un-sc", "--as-of", "2016-02-01", xml)
    assert (ran.code, "warning: the file says that it is of 2016-01-31" in ran.out) == (0, True)
    assert (dataset / "data/lists/un-sc/2016-02-01.jsonl").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-of", "yesterday", "a.xml"), "write it as 2026-02-27"),
        (("--as-of", "20160131", "a.xml"), "write it as 2026-02-27"),
        (("--as-of", "2024-02-30", "a.xml"), "write it as 2026-02-27"),
        (("--as-of", "2024-02-28", "a.xml", "b.xml"), "goes with one FILE"),
        (("-", "-"), "can be read once"),
        ((), "Missing argument"),
        (("--encoding-errors", "ignore", "a.xml"), "is not one of"),
    ],
)
def test_what_is_asked_wrongly_is_told(dataset: Path, kg: Kg, words: tuple[str, ...], said: str) -> None:
    ran = kg("-C", dataset, "import", "un-sc", *words)
    assert (ran.code, said in ran.err) == (2, True)


def test_a_list_that_nobody_imports_is_told(dataset: Path, kg: Kg, xml: Path) -> None:
    ran = kg("-C", dataset, "import", "un-cs", xml)
    assert (ran.code, "un-cs" in ran.err) == (2, True)


def test_standard_input_is_read(dataset: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(listed().encode())))
    assert kg("-C", dataset, "import", "un-sc", "-").code == 0
    assert (dataset / SNAPSHOT).exists()


def test_a_file_beyond_the_limit_is_refused(dataset: Path, kg: Kg, xml: Path) -> None:
    toml = dataset / "kg.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("[limits]", "[limits]\nfile_bytes = 1000"), encoding="utf-8"
    )
    ran = kg("-C", dataset, "import", "un-sc", xml)
    assert (ran.code, "file_bytes" in ran.out, ran.out.count("\n")) == (3, True, 1)


def test_only_what_the_registry_lacks_is_written(dataset: Path, kg: Kg, xml: Path) -> None:
    own = dataset / "data/registry/own.yaml"
    own.write_text(
        "registry: Ours\norganizations:\n  - {id: united-nations, kind: alliance, name: The UN}\n", encoding="utf-8"
    )
    assert kg("-C", dataset, "import", "un-sc", xml).code == 0
    records = (dataset / RECORDS).read_text(encoding="utf-8")
    assert "id: united-nations" not in records
    assert "part_of: united-nations" in records
    assert "alliance" in own.read_text(encoding="utf-8")
    assert kg("-C", dataset, "check").code == 0


def test_a_body_of_the_registry_is_known_by_its_code_whatever_its_id(dataset: Path, kg: Kg, xml: Path) -> None:
    own = dataset / "data/registry/own.yaml"
    own.write_text(
        "registry: Ours\norganizations:\n  - {id: the-nations, kind: alliance, name: The UN, code: UN}\n",
        encoding="utf-8",
    )
    assert kg("-C", dataset, "import", "un-sc", xml).code == 0
    records = (dataset / RECORDS).read_text(encoding="utf-8")
    assert "united-nations" not in records
    assert ("part_of: the-nations" in records, "jurisdiction: the-nations" in records) == (True, True)
    assert kg("-C", dataset, "build").code == 0
    assert "was listed on" in kg("-C", dataset, "status", "NFi.001", "--in", "UN", "--as-of", "2010").out


def test_a_registry_file_that_is_there_is_a_persons(dataset: Path, kg: Kg, xml: Path) -> None:
    (dataset / RECORDS).write_text("registry: Mine\n", encoding="utf-8")
    ran = kg("-C", dataset, "import", "un-sc", xml)
    assert (ran.code, "lacks united-nations, un-security-council, un-sc" in ran.out) == (3, True)
    assert (dataset / RECORDS).read_text(encoding="utf-8") == "registry: Mine\n"
    assert not (dataset / SNAPSHOT).exists()


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "lists" / "a.jsonl"
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        importing.keep(file, b"content")
    assert list(file.parent.iterdir()) == []


def test_of_two_imports_at_once_the_second_overwrites_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.jsonl"
    writing, go_on = threading.Event(), threading.Event()

    def slowly(handle: int) -> None:
        writing.set()
        assert go_on.wait(60)

    monkeypatch.setattr(os, "fsync", slowly)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(importing.keep, file, b"ours")
        assert writing.wait(60)
        others = [pool.submit(importing.keep, file, content) for content in (b"theirs", b"ours")]
        assert not file.exists()
        go_on.set()
        assert first.result() == "new"
        with pytest.raises(InputError, match="other content"):
            others[0].result()
        assert others[1].result() == "unchanged"
    assert file.read_bytes() == b"ours"
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_killed_import_left_aside_is_removed_by_the_next(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    (tmp_path / ".a.jsonl.new").write_bytes(b"hal")
    assert importing.keep(file, b"half") == "new"
    assert (list(tmp_path.iterdir()), file.read_bytes()) == ([file], b"half")
