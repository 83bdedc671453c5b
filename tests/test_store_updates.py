"""The store of a new release, made from that of the one before it: the same answers as one that is loaded afresh."""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import ntriples
from onrecord.store import Since, load, open_store, publish, update
from onrecord.store import loading as loading_module
from onrecord.store import updating as updating_module
from onrecord.store.loading import digest_of, engine_files, is_sound, read_note

EX = "http://example.org/"
Graphs = dict[str, bytes]


def line(graph: str, subject: int, text: str, language: str = "") -> bytes:
    value = ntriples.literal(text, language=language)
    return f"<{EX}{subject}> <{EX}says> {value} {graph} .\n".encode()


def graph_of(name: str, count: int) -> bytes:
    return b"".join(sorted(line(name, number, f"{name} {number}") for number in range(count)))


NAMES = [f"<{EX}graph/{name}>" for name in ("a", "b", "ü", "d%20d")]
BASE: Graphs = {name: graph_of(name, 40) for name in NAMES}


def written(graphs: Graphs, file: Path) -> Path:
    file.write_bytes(b"".join(graphs[name] for name in sorted(graphs)))
    return file


def content(folder: Path) -> tuple[list[str], list[str]]:
    """All that can be asked of a store: its quads, and the names of its graphs (an empty one has a name, too)."""
    store = open_store(folder)
    return sorted(map(str, store)), sorted(map(str, store.named_graphs()))


def fingerprints(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in engine_files(folder)}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A store of four graphs of forty quads, loaded from `base.nq` beside it."""
    load(written(BASE, tmp_path / "base.nq"), tmp_path / "base")
    return tmp_path / "base"


def changed(base: Path, graphs: Graphs, *, before: Graphs | None = None) -> tuple[Path, Since]:
    """The quads of the base with these graphs changed, and what has changed since."""
    now = {name: held for name, held in {**BASE, **graphs}.items() if held}
    quads = written(now, base.parent / "now.nq")
    return quads, Since(base, digest_of(base.parent / "base.nq"), graphs, before or {})


# ── The same as a fresh one ───────────────────────────────────────────────────────────────────────────────────────

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
LINES = st.lists(st.tuples(st.integers(0, 3), TEXTS, st.sampled_from(["", "en", "zh-hant"])), max_size=5)
STEPS = st.lists(st.dictionaries(st.sampled_from(NAMES), LINES, max_size=3), min_size=1, max_size=4)


@given(STEPS, st.booleans())
@settings(max_examples=25, deadline=None)
def test_updates_one_after_another_answer_as_a_fresh_store(
    tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, list[tuple[int, str, str]]]], is_told: bool
) -> None:
    folder = tmp_path_factory.mktemp("chain")
    held, store = dict(BASE), folder / "store-0"
    load(written(held, folder / "0.nq"), store)
    for number, step in enumerate(steps, 1):
        given_now = {name: b"".join(sorted({line(name, *parts) for parts in lines})) for name, lines in step.items()}
        before = {name: held.get(name, b"") for name in step} if is_told else {}
        since = Since(store, digest_of(folder / f"{number - 1}.nq"), given_now, before)
        held = {name: lines for name, lines in {**held, **given_now}.items() if lines}
        quads, earlier, unlike = written(held, folder / f"{number}.nq"), content(store), fingerprints(store)
        update(since, folder / f"store-{number}", digest_of(quads))
        assert (content(store), fingerprints(store)) == (earlier, unlike)
        store = folder / f"store-{number}"
        load(quads, folder / f"fresh-{number}")
        assert content(store) == content(folder / f"fresh-{number}")
        assert is_sound(store, digest_of(quads))


def test_a_store_of_many_updates_answers_as_a_fresh_one(base: Path, tmp_path: Path) -> None:
    # The engine puts its files together every few updates: what was linked is then replaced, in the new folder only.
    held, store, digest = dict(BASE), base, digest_of(tmp_path / "base.nq")
    for number in range(40):
        name = NAMES[number % 4]
        new = {name: graph_of(name, 40) + line(name, 1_000 + number, "new")}
        held |= new
        quads = written(held, tmp_path / "now.nq")
        update(Since(store, digest, new), tmp_path / f"store-{number}", digest_of(quads))
        store, digest = tmp_path / f"store-{number}", digest_of(quads)
    load(tmp_path / "now.nq", tmp_path / "fresh")
    assert content(store) == content(tmp_path / "fresh")
    assert content(base)[0] == sorted(str(quad) for quad in ox.parse(path=str(tmp_path / "base.nq")))


def test_a_graph_that_is_gone_has_no_name_left(base: Path, tmp_path: Path) -> None:
    quads, since = changed(base, {NAMES[0]: b""})
    update(since, tmp_path / "new", digest_of(quads))
    assert content(tmp_path / "new")[1] == sorted(NAMES[1:])
    assert content(base)[1] == sorted(NAMES)


def test_a_graph_that_never_was_may_be_gone(base: Path, tmp_path: Path) -> None:
    quads, since = changed(base, {f"<{EX}graph/nowhere>": b""})
    update(since, tmp_path / "new", digest_of(quads))
    assert content(tmp_path / "new") == content(base)


def test_a_line_of_another_graph_is_refused(base: Path, tmp_path: Path) -> None:
    _, since = changed(base, {NAMES[0]: line(NAMES[1], 1, "x")})
    with pytest.raises(ValueError, match="not all lines given for the graph"):
        update(since, tmp_path / "new", "digest")


def test_pieces_make_the_same_store(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading_module, "_PIECE", 1_000)
    monkeypatch.setattr(updating_module, "_PENDING", 100)
    load(tmp_path / "base.nq", tmp_path / "pieces")
    assert content(tmp_path / "pieces") == content(base)
    new = {name: graph_of(name, 60) for name in NAMES}
    quads, since = changed(base, new)
    update(since, tmp_path / "new", digest_of(quads))
    load(quads, tmp_path / "fresh")
    assert content(tmp_path / "new") == content(tmp_path / "fresh")


def test_nothing_at_all_makes_an_empty_store(tmp_path: Path) -> None:
    load(written({}, tmp_path / "none.nq"), tmp_path / "store")
    assert content(tmp_path / "store") == ([], [])
    assert is_sound(tmp_path / "store", digest_of(tmp_path / "none.nq"))


# ── What is shared, and what stays as it is ───────────────────────────────────────────────────────────────────────


def test_files_that_never_change_are_shared(base: Path, tmp_path: Path) -> None:
    quads, since = changed(base, {NAMES[0]: graph_of(NAMES[0], 41)})
    before = fingerprints(base)
    update(since, tmp_path / "new", digest_of(quads))
    shared = [name for name in engine_files(base) if (tmp_path / "new" / name).exists()]
    assert any((base / name).samefile(tmp_path / "new" / name) for name in shared if name.endswith(".sst"))
    assert not any((base / name).samefile(tmp_path / "new" / name) for name in shared if not name.endswith(".sst"))
    assert fingerprints(base) == before
    shutil.rmtree(base)
    assert len(content(tmp_path / "new")[0]) == 161


def test_where_nothing_can_be_linked_it_is_copied(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "link", refuse)
    quads, since = changed(base, {NAMES[0]: graph_of(NAMES[0], 41)})
    update(since, tmp_path / "new", digest_of(quads))
    assert len(content(tmp_path / "new")[0]) == 161
    assert not any((base / name).stat().st_nlink > 1 for name in engine_files(base))


def test_a_reader_goes_on_while_updates_are_made(base: Path, tmp_path: Path) -> None:
    reader = iter(open_store(base))
    seen = [next(reader) for _ in range(5)]
    for number in range(3):
        quads, since = changed(base, {NAMES[0]: graph_of(NAMES[0], 41 + number), NAMES[1]: b""})
        update(since, tmp_path / f"new-{number}", digest_of(quads))
    assert sorted(map(str, [*seen, *reader])) == content(base)[0]
    assert len(content(base)[0]) == 160


@pytest.mark.parametrize("step", ["_swap", "add", "write_note"])
def test_an_update_that_dies_leaves_the_store_before(base: Path, tmp_path: Path, step: str) -> None:
    code = (
        "import os; from pathlib import Path\n"
        "from onrecord.store import Since, update; from onrecord.store import updating\n"
        "def die(*_, **__): os._exit(9)\n"
        f"updating.{step} = die\n"
        f"update(Since(Path({str(base)!r}), '', {{{NAMES[0]!r}: {graph_of(NAMES[0], 41)!r}}}), Path({str(tmp_path / 'new')!r}), 'digest')"
    )
    before = fingerprints(base)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 9
    assert not is_sound(tmp_path / "new", "digest")
    assert fingerprints(base) == before
    assert is_sound(base, digest_of(tmp_path / "base.nq"))


# ── The choice ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_small_change_is_an_update_and_a_large_one_a_load(base: Path, tmp_path: Path) -> None:
    small, since = changed(base, {f"<{EX}graph/new>": graph_of(f"<{EX}graph/new>", 10)})
    assert publish(small, tmp_path / "small", since=since)
    large, since = changed(base, {NAMES[0]: graph_of(NAMES[0], 60)})
    assert not publish(large, tmp_path / "large", since=since)
    assert len(content(tmp_path / "large")[0]) == 180
    assert not publish(large, tmp_path / "first", digest_of(large))
    assert content(tmp_path / "first") == content(tmp_path / "large")


def test_leaving_out_much_is_a_load(base: Path, tmp_path: Path) -> None:
    quads, since = changed(base, dict.fromkeys(NAMES[:2], b""))
    assert not publish(quads, tmp_path / "new", since=since)
    assert content(tmp_path / "new")[1] == sorted(NAMES[2:])


def test_the_note_knows_the_size_of_the_quads(base: Path, tmp_path: Path) -> None:
    quads, since = changed(base, {NAMES[0]: graph_of(NAMES[0], 7), NAMES[1]: b""})
    update(since, tmp_path / "new", digest_of(quads))
    for store, file in ((base, tmp_path / "base.nq"), (tmp_path / "new", quads)):
        note = read_note(store)
        assert note is not None
        assert note.size == file.stat().st_size


def test_after_many_small_changes_the_dataset_is_loaded_afresh(base: Path, tmp_path: Path) -> None:
    store, digest, made, swapped = base, digest_of(tmp_path / "base.nq"), [], []
    for number in range(20):
        name = f"<{EX}graph/new>"
        new = {name: b"".join(sorted(line(name, 9, f"{number} {i}") for i in range(15)))}
        held = {**BASE, **new}
        quads = written(held, tmp_path / "now.nq")
        made.append(publish(quads, tmp_path / f"{number}", since=Since(store, digest, new)))
        store, digest = tmp_path / f"{number}", digest_of(quads)
        note = read_note(store)
        assert note is not None
        swapped.append(note.swapped)
    assert made[0]
    assert not all(made)
    first = made.index(False)
    assert swapped[first] == 0
    assert swapped[:first] == sorted(swapped[:first])


def _unnote(store: Path) -> None:
    (store / "loaded.json").unlink()


def _cut(store: Path) -> None:
    largest = max(store.glob("*.sst"), key=lambda file: file.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-7])


def _turn(store: Path) -> None:
    for file in store.glob("*.sst"):
        data = file.read_bytes()
        file.write_bytes(bytes(byte ^ 0xFF for byte in data[: len(data) // 2]) + data[len(data) // 2 :])


def _zero(store: Path) -> None:
    (store / "CURRENT").write_bytes(b"\0" * (store / "CURRENT").stat().st_size)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "no store": shutil.rmtree,
    "no note": _unnote,
    "a file cut short": _cut,
    "bytes turned over": _turn,
    "CURRENT of nonsense": _zero,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_no_start(base: Path, tmp_path: Path, damage: str) -> None:
    quads, since = changed(base, {NAMES[0]: graph_of(NAMES[0], 20)})
    DAMAGES[damage](base)
    assert not publish(quads, tmp_path / "new", since=since)
    load(quads, tmp_path / "fresh")
    assert content(tmp_path / "new") == content(tmp_path / "fresh")
    assert is_sound(tmp_path / "new", digest_of(quads))


def test_another_datasets_store_is_no_start(base: Path, tmp_path: Path) -> None:
    quads, since = changed(base, {NAMES[0]: graph_of(NAMES[0], 20)})
    assert not publish(quads, tmp_path / "new", since=Since(base, "0" * 64, since.graphs))
    assert len(content(tmp_path / "new")[0]) == 140
