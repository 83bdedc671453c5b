"""What changed since a release, and whether the world, the source or our own curation changed: `kg ask changes`."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Kg
from onrecord.dataset import settings
from onrecord.dataset.segments import Options
from onrecord.errors import NotBuilt, VocabularyError
from onrecord.questions.catalogue import read
from onrecord.questions.changes import changes
from onrecord.release.blocks import Quads
from onrecord.release.building import build
from onrecord.release.differences import Differences
from onrecord.store.release import Release
from releases import LINES, at

CASE = Path(__file__).resolve().parent / "cases" / "fictional"
ARTICLES = "data/articles"
Rows = set[str]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional articles, built once."""
    folder = tmp_path_factory.mktemp("first") / "dataset"
    shutil.copytree(CASE, folder)
    options = Options(folder, settings.load(folder), folder / "out", store=False)
    assert build(options, lambda stage, done, of: None).findings == []
    return folder


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    """The built dataset, to be changed and built again."""
    shutil.copytree(first, tmp_path / "dataset", symlinks=True)
    return tmp_path / "dataset"


def built(kg: Kg, folder: Path) -> str:
    """Build; the name of the release."""
    ran = kg("-C", folder, "build", "--no-store")
    assert ran.code == 0, ran
    return (folder / "out" / "latest").resolve().name


def asked(kg: Kg, folder: Path, since: str, columns: str = "change cause fact was became") -> Rows:
    ran = kg("-C", folder, "ask", "changes", f"since={since}", "--format", "json")
    assert ran.code == 0, ran
    bindings = json.loads(ran.out)["results"]["bindings"]
    return {"|".join(_short(row.get(column)) for column in columns.split()) for row in bindings}


def _short(term: dict[str, str] | None) -> str:
    if term is None:
        return ""
    return term["value"].rsplit("/", 1)[-1] if term["type"] == "uri" else term["value"]


def put(folder: Path, name: str, old: str, new: str) -> None:
    """Change a file of the dataset."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_two_releases_of_the_same_bytes_differ_in_nothing(folder: Path, kg: Kg) -> None:
    assert asked(kg, folder, (folder / "out/latest").resolve().name) == set()


def test_a_text_that_changes_is_the_source_that_changes(folder: Path, kg: Kg) -> None:
    before = (folder / "out/latest").resolve().name
    put(folder, f"{ARTICLES}/quayside-bresk.txt", "counted 15 dead", "counted 17 dead")
    put(folder, f"{ARTICLES}/quayside-bresk.yaml", "counted 15 dead", "counted 17 dead")
    put(folder, f"{ARTICLES}/quayside-bresk.yaml", "exactly: 15", "exactly: 17")
    built(kg, folder)
    columns = "change cause fact was became words chain source why"
    text, figure = sorted(asked(kg, folder, before, columns), key=lambda row: "fire-deaths" in row)
    assert text.startswith("changed|source|quayside-bresk|textSha256: ")
    assert figure == (
        "changed|source|fire-deaths|evidence: “counted 15 dead in the quay fire” … value: 15"
        "|evidence: “counted 17 dead in the quay fire” … value: 17|counted 17 dead in the quay fire"
        "|Quayside ← Harbour Gazette|quayside-bresk|the source's text is another one"
    )


def test_the_same_text_read_otherwise_is_curation(folder: Path, kg: Kg) -> None:
    before = (folder / "out/latest").resolve().name
    put(folder, f"{ARTICLES}/quayside-bresk.yaml", "start: {date: 2001, ", "start: {date: 2001~, ")
    built(kg, folder)
    (row,) = asked(kg, folder, before, "change cause fact kind was became words why")
    assert row.startswith("changed|curation|union-in-bresk|ns#Designation|start/")
    assert "start/edtf: 2001~" in row
    assert row.endswith("|Bresk banned the Tide Union|the source's text is the same, and is read otherwise")


def test_what_curators_add_is_curation_whatever_the_text_does(folder: Path, kg: Kg) -> None:
    before = (folder / "out/latest").resolve().name
    put(folder, f"{ARTICLES}/gazette-relisting.txt", "said.\n", "told.\n")
    put(
        folder,
        f"{ARTICLES}/gazette-relisting.yaml",
        "    words: banned in Bresk",
        "    on_list: bresk-list\n    on_list_curated: Bresk has one list.\n    words: banned in Bresk",
    )
    put(
        folder,
        "data/registry/entities.yaml",
        "\nevents:",
        "  - {id: bresk-list, kind: undesirable-organization, name: Bresk's list, jurisdiction: bresk}\n\nevents:",
    )
    built(kg, folder)
    rows = asked(kg, folder, before, "change cause fact became why")
    assert {row for row in rows if "textSha256" not in row} == {
        "added|curation|bresk-list||the registry says something else",
        "changed|curation|league-in-bresk|curation/reason: Bresk has one list. … onList: list/bresk-list"
        "|curators add something else to the source",
    }


def test_a_new_source_is_the_world_that_changed(folder: Path, kg: Kg) -> None:
    """An article, or a list: any source that was not there."""
    before = (folder / "out/latest").resolve().name
    (folder / ARTICLES / "bresk-list-2021.txt").write_text(
        "Bresk's list of 1 May 2021: Reed Company.", encoding="utf-8"
    )
    (folder / ARTICLES / "bresk-list-2021.yaml").write_text(
        "source: {kind: source, title: Bresk's list, site: quayside, text: {path: bresk-list-2021.txt}}\n"
        "designations:\n"
        "  - {id: reed, subject: reed-company, kind: undesirable-organization, jurisdiction: bresk, words: Reed Company}\n",
        encoding="utf-8",
    )
    built(kg, folder)
    assert asked(kg, folder, before, "change cause fact label words chain source why") == {
        "added|world|bresk-list-2021|Bresk's list|||bresk-list-2021|the source is new to the dataset",
        "added|world|reed||Reed Company|Quayside|bresk-list-2021|the source is new to the dataset",
    }


def test_a_source_that_is_gone_tells_nothing_of_the_world(folder: Path, kg: Kg) -> None:
    before = (folder / "out/latest").resolve().name
    (folder / ARTICLES / "quayside-bresk.yaml").unlink()
    built(kg, folder)
    assert asked(kg, folder, before, "change cause fact words chain why") == {
        "removed|curation|quayside-bresk|||the dataset does not have the source any more",
        "removed|curation|union-in-bresk|Bresk banned the Tide Union|Quayside"
        "|the dataset does not have the source any more",
        "removed|curation|fire-deaths|counted 15 dead in the quay fire|Quayside ← Harbour Gazette"
        "|the dataset does not have the source any more",
    }


def test_a_source_under_another_id_is_no_news(folder: Path, kg: Kg) -> None:
    before = (folder / "out/latest").resolve().name
    put(folder, f"{ARTICLES}/quayside-bresk.yaml", "id: quayside-bresk", "id: quayside-on-bresk")
    built(kg, folder)
    rows = asked(kg, folder, before, "change cause source")
    assert rows == {"removed|curation|quayside-bresk", "added|curation|quayside-on-bresk"}


def test_a_registry_entity_under_another_name_is_one_change(folder: Path, kg: Kg) -> None:
    """Though every chain of attribution through it reads otherwise."""
    before = (folder / "out/latest").resolve().name
    put(folder, "data/registry/entities.yaml", "name: Quayside}", "name: The Quayside}")
    built(kg, folder)
    assert asked(kg, folder, before) == {"changed|curation|quayside|label: Quayside|label: The Quayside"}


def test_a_text_may_hold_what_ends_a_line_elsewhere(folder: Path, kg: Kg) -> None:
    before = (folder / "out/latest").resolve().name
    put(folder, "data/registry/entities.yaml", "name: Reed Company}", 'name: "Reed\\u2028Company"}')
    built(kg, folder)
    assert asked(kg, folder, before) == {"changed|curation|reed-company|label: Reed Company|label: Reed\u2028Company"}


def test_a_release_is_named_or_is_a_path(folder: Path, kg: Kg, tmp_path: Path) -> None:
    before = (folder / "out/latest").resolve()
    kept = tmp_path / "kept"
    shutil.copytree(before, kept)
    put(folder, "data/registry/entities.yaml", "name: Quayside}", "name: The Quayside}")
    built(kg, folder)
    names = (before.name, before.name[:6], str(kept), str(kept / "dataset.nq"), str(before / "dataset.nq"))
    assert [len(asked(kg, folder, name)) for name in names] == [1] * len(names)
    ran = kg("-C", folder, "ask", "changes", "since=nothing")
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert before.name in ran.err
    assert kg("-C", folder, "ask", "changes").code == 2


def test_a_beginning_that_several_releases_share_is_not_guessed(tmp_path: Path) -> None:
    for name in ("0a1", "0a2"):
        (tmp_path / "releases" / name).mkdir(parents=True)
        (tmp_path / "releases" / name / "dataset.nq").touch()
    with pytest.raises(NotBuilt, match="2 releases"):
        Release.named(tmp_path, "0a")
    assert Release.named(tmp_path, "0a2").folder.name == "0a2"


def test_changes_conform_to_their_shape(folder: Path, kg: Kg, tmp_path: Path) -> None:
    before, aside = (folder / "out/latest").resolve(), tmp_path / "changes.nt"
    put(folder, "data/registry/entities.yaml", "name: Quayside}", "name: The Quayside}")
    built(kg, folder)
    now = folder / "out/latest/dataset.nq"
    told = [f"{s} {p} {o} .\n" for s, p, o in changes(before / "dataset.nq", now, "0" * 64)]
    aside.write_text("".join(told), encoding="utf-8")
    assert kg("validate", aside).code == 0
    aside.write_text("".join(line for line in told if "changeCause" not in line), encoding="utf-8")
    ran = kg("validate", aside)
    assert (ran.code, "exactly one cause" in ran.out) == (1, True)


def test_a_question_over_changes_takes_a_release(tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    body = "SELECT ?since WHERE { VALUES (?since) { (UNDEF) } ?x ?y ?since }\n"
    for head in ("# Q?\n# @over changes\n", "# Q?\n# @param since release required R\n", "# Q?\n# @over rumours\n"):
        file.write_text(head + body, encoding="utf-8")
        with pytest.raises(VocabularyError):
            read(file)
    file.write_text("# Q?\n# @over changes\n# @param since release required R\n" + body, encoding="utf-8")
    assert read(file).over == "changes"


# ── Named graphs, found without reading every line ────────────────────────────────────────────────────────────────

LENGTHS = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 900)), min_size=0, max_size=12)


@given(LENGTHS)
def test_blocks_are_those_that_reading_every_line_finds(graphs: list[tuple[int, int]]) -> None:
    written = [
        (f"<{at(f'graph/asserted/s{number:02}')[1:-1]}>", f'<a:{line}> <b:> "{"x" * width} <c> ." ')
        for number, (count, width) in enumerate(graphs)
        for line in range(count)
    ]
    data = "".join(f"{start}{graph} .\n" for graph, start in written).encode()
    quads, found, place = Quads(data, "it"), [], 0
    while place < len(quads):
        found.append(quads.block(place))
        place = found[-1].end
    assert [block.graph for block in found] == list(dict.fromkeys(graph for graph, _ in written))
    for block in found:
        assert {line.rsplit(" ", 2)[1] for line in quads.lines(block).decode().splitlines()} == {block.graph}
        assert quads.find(block.graph) == block
    assert quads.find(f"<{at('graph/asserted/none')[1:-1]}>") is None


@given(LENGTHS, LENGTHS)
def test_differences_are_those_that_reading_every_line_finds(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    """Two releases that begin alike, as releases do, and then differ."""
    with TemporaryDirectory() as folder:
        files = [Path(folder) / "one.nq", Path(folder) / "other.nq"]
        graphs = []
        for file, counts in zip(files, (one, [*one[: len(one) // 2], *other]), strict=True):
            told = {
                f"s{number:02}": "".join(
                    f'<a:{line}> <b:> "{"x" * width}" {at(f"graph/asserted/s{number:02}")} .\n' for line in range(count)
                )
                for number, (count, width) in enumerate(counts)
            }
            file.write_text("".join(told.values()), encoding="utf-8")
            graphs.append(told)
        with Differences.between(*files) as found:
            shown = {
                d.source: tuple(side.graphs.get("asserted", b"").decode() for side in (d.before, d.now)) for d in found
            }
    pairs = {source: (graphs[0].get(source, ""), graphs[1].get(source, "")) for source in graphs[0] | graphs[1]}
    assert shown == {source: pair for source, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: lines[::-1],
        lambda lines: [line.rsplit(" <", 1)[0] + " .\n" for line in lines],
        lambda lines: [*lines, "no N-Quads"],
        lambda lines: ["{}\n"],
    ],
    ids=["out of order", "without graphs", "cut", "something else"],
)
def test_what_is_no_release_is_refused(spoil: Callable[[list[str]], list[str]], tmp_path: Path) -> None:
    whole, other = tmp_path / "whole.nq", tmp_path / "other.nq"
    whole.write_text("".join(LINES), encoding="utf-8")
    other.write_text("".join(spoil(LINES)), encoding="utf-8")
    for one, two in ((whole, other), (other, whole)):
        with pytest.raises(NotBuilt, match="not the N-Quads of a release"):
            list(changes(one, two, "0" * 64))


def test_everything_is_added_to_an_empty_release(tmp_path: Path) -> None:
    empty, whole = tmp_path / "empty.nq", tmp_path / "whole.nq"
    empty.touch()
    whole.write_text("".join(LINES), encoding="utf-8")
    kinds = [o for _, p, o in changes(empty, whole, "0" * 64) if p.endswith("#changeKind>")]
    assert len(kinds) == 3
    assert {kind.rsplit("/", 1)[-1] for kind in kinds} == {"added>"}
