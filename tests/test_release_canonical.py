"""The canonical form that hashes are made of: ours is that of RDFC-1.0, by its suite and by pyoxigraph."""

import hashlib
import io
from multiprocessing import get_context
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF

from conftest import Kg
from onrecord.ntriples import literal
from onrecord.release import canonical, deep, graphs
from onrecord.release.canonical import Hashed
from onrecord.release.survey import survey
from onrecord.writers import WRITERS
from onrecord.writers.parts import sorting
from releases import BASE, LINES, at, lines_of

POISON = "test074"
RDFC = rdflib.Namespace("https://w3c.github.io/rdf-canon/tests/vocab#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _by_the_engine(lines: list[str]) -> str:
    """The canonical N-Quads that pyoxigraph makes of some lines."""
    dataset = ox.Dataset(ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    quads = (ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"" for quad in dataset)
    return "".join(sorted(quad.decode() for quad in quads))


def _merged(lines: list[str]) -> list[str]:
    return [f"{canonical.without_graph(line.rstrip())}\n" for line in lines]


def test_the_lines_in_order_are_the_canonical_form() -> None:
    for lines in (LINES, list(reversed(LINES)), [*LINES, *LINES], _merged(LINES)):
        expected = _by_the_engine(lines)
        assert canonical.hashed(lines) == Hashed(expected.count("\n"), _sha256(expected))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
OBJECTS = st.one_of(
    TEXTS.map(literal),
    TEXTS.map(lambda text: literal(text, language="en")),
    TEXTS.map(lambda text: literal(text, "http://x.example/type")),
    st.sampled_from([at("person/a"), at("person/a-b"), at("person/ab"), "<http://x.example/\U0001f600>"]),
)
NAMES = st.sampled_from([at("person/a"), at("person/a/b"), at("person/ab"), at("z")])
QUADS = st.lists(st.tuples(NAMES, NAMES, OBJECTS, NAMES), min_size=1, max_size=12)


@given(QUADS)
def test_any_quads_have_the_form_that_the_engine_gives_them(quads: list[tuple[str, str, str, str]]) -> None:
    lines = lines_of(quads)
    for form in (lines, _merged(lines)):
        expected = _by_the_engine(form)
        assert canonical.hashed(form).sha256 == _sha256(expected)
        read = deep.canonical(io.BytesIO("".join(form).encode()), "x.nq")
        assert read == canonical.hashed(form)


@given(QUADS)
def test_triples_come_in_the_order_of_their_quads(quads: list[tuple[str, str, str, str]]) -> None:
    ordered = [canonical.without_graph(line) for line in sorted(lines_of(quads))]
    assert ordered == sorted(ordered)


@pytest.mark.parametrize("in_memory", [32 << 20, 50])
def test_a_survey_counts_what_is_there(in_memory: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "_IN_MEMORY", in_memory)
    links = [(at("person/ann"), "<http://www.w3.org/2002/07/owl#sameAs>", o, at("graph/curated/x")) for o in _LINKED]
    lines = [*LINES, *lines_of(links)]
    (tmp_path / "dataset.nq").write_text("".join(lines), encoding="utf-8")
    found = survey(tmp_path / "dataset.nq", BASE)
    triples = set(ox.parse("".join(_merged(lines)), format=ox.RdfFormat.N_TRIPLES))
    classes = [triple for triple in triples if triple.predicate.value == str(RDF.type)]
    assert found.dataset == canonical.hashed(lines)
    assert found.merged == canonical.hashed(_merged(lines))
    assert found.merged.count == len(triples)
    assert found.subjects == len({triple.subject for triple in triples})
    assert found.objects == len({triple.object for triple in triples})
    assert found.entities == len({triple.subject for triple in classes})
    assert found.classes == {str(c): sum(t.object == c for t in classes) for c in {t.object for t in classes}}
    assert sum(found.properties.values()) == len(triples)
    assert dict(found.links) == {
        ("<http://www.w3.org/2002/07/owl#sameAs>", "https://www.wikidata.org/"): 2,
        ("<http://www.w3.org/2002/07/owl#sameAs>", "urn:"): 1,
    }


_LINKED = ["<https://www.wikidata.org/entity/Q1>", "<https://www.wikidata.org/entity/Q2>", "<urn:x:1>", at("person/b")]


def test_a_graph_is_hashed_as_it_stands_in_the_quads(tmp_path: Path) -> None:
    (tmp_path / "dataset.nq").write_text("".join(LINES), encoding="utf-8")
    found = list(graphs.entries(tmp_path / "dataset.nq"))
    assert sum(entry.triples for entry in found) == len(LINES)
    for entry in found:
        lines = [line for line in LINES if line.endswith(f"<{entry.graph}> .\n")]
        assert entry.rdfc10 == _sha256(_by_the_engine(lines))
        assert f"{BASE}graph/{entry.kind}/{entry.source}" == entry.graph


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_of_a_release_is_read_back_to_its_hash(form: str, founding: Path) -> None:
    lines = (founding / "latest/dataset.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    stream = io.BytesIO()
    WRITERS[form].write(lines, stream)
    stream.seek(0)
    expected = canonical.hashed(lines if WRITERS[form].holds_graphs else _merged(lines))
    assert deep.canonical(stream, f"dataset.{WRITERS[form].extension}") == expected


def test_a_changed_triple_is_found_by_reading_the_rdf(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build", "--release", "1").code == 0
    folder = dataset / "out/releases/1"
    manifest = (folder / "manifest.json").read_text(encoding="utf-8")
    for name in ("dataset.ttl", "dataset.nq", "graphs.ndjson"):
        before = (folder / name).read_bytes()
        now = before.replace(b"harbour-ruling", b"harbour-tuling")
        assert now != before
        (folder / name).write_bytes(now)
        told = manifest.replace(hashlib.sha256(before).hexdigest(), hashlib.sha256(now).hexdigest())
        (folder / "manifest.json").write_text(told, encoding="utf-8")
        assert kg("-C", dataset, "verify", "1").code == 0
        ran = kg("-C", dataset, "verify", "1", "--deep")
        assert ran.code == 1
        assert "other RDF" in ran.out if name != "graphs.ndjson" else "is not as dataset.nq has it" in ran.out
        (folder / name).write_bytes(before)


# ── The suite of the W3C ──────────────────────────────────────────────────────────────────────────────────


def _hash_of(file: str) -> None:
    with Path(file).open("rb") as stream:
        deep.canonical(stream, file)


def _suite(shared: Path) -> Path:
    folder = shared / "suites/w3c-rdf-canon/tests"
    if not folder.is_dir():
        pytest.skip("there is no folder ../shared/suites/w3c-rdf-canon")
    return folder


def test_the_suite_of_the_w3c(shared: Path) -> None:
    """All tests of canonical forms with SHA-256; those of SHA-384 and of issued names are of what we do not offer."""
    manifest = rdflib.Graph().parse(_suite(shared) / "manifest.ttl", format="turtle")
    tests = sorted(manifest.subjects(RDF.type, RDFC.RDFC10EvalTest), key=str)
    failed: list[str] = []
    left_out = 0
    for test in tests:
        action, result = (
            Path(str(manifest.value(test, part)).removeprefix("file://")) for part in (MF.action, MF.result)
        )
        if action.name.startswith(POISON) or manifest.value(test, RDFC.hashAlgorithm) is not None:
            left_out += 1
            continue
        with action.open("rb") as stream:
            found = deep.canonical(stream, action.name)
        if found.sha256 != hashlib.sha256(result.read_bytes()).hexdigest():
            failed.append(action.name)
    assert len(tests) - left_out > 55
    assert failed == []


def test_a_poisoned_graph_is_stopped(shared: Path) -> None:
    process = get_context("spawn").Process(target=_hash_of, args=(str(_suite(shared) / f"rdfc10/{POISON}-in.nq"),))
    process.start()
    process.join(3)
    still_at_it = process.is_alive()
    process.kill()
    process.join()
    assert still_at_it or process.exitcode == 0  # the day the engine can do it is a good one


def test_verifying_a_poisoned_bundle_ends(shared: Path, tmp_path: Path, kg: Kg) -> None:
    from onrecord.release.manifest import FileEntry, Listed, describe, encoded

    poison = (_suite(shared) / f"rdfc10/{POISON}-in.nq").read_bytes()
    (tmp_path / "x.nq").write_bytes(poison)
    entry = describe(tmp_path / "x.nq")
    entry.rdfc10 = "0" * 64
    files: dict[str, FileEntry] = {"x.nq": entry}
    (tmp_path / "manifest.json").write_bytes(encoded(Listed(files)))
    ran = kg("verify", tmp_path, "--deep", "--timeout", "3")
    assert ran.code in (1, 3)
    assert "was stopped after 3 seconds" in ran.err or "other RDF" in ran.out
