"""What follows from several sources together, as a build has it: in graphs that belong to none, and never twice."""

import json
from pathlib import Path

import pytest

from conftest import Kg

SITE = {"id": "gazette", "kind": "news-outlet", "name": "Gazette", "curated": "Known."}
SAME = "https://elsewhere.example/the-front"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two articles, each with a group of its own that curators hold to be one thing of another dataset."""
    folder = tmp_path / "archive"
    (folder / "data/registry").mkdir(parents=True)
    (folder / "data/articles").mkdir()
    (folder / "kg.toml").write_text(
        'title = "T"\nbase = "https://x.example/"\npublisher = "P"\nformats = ["nq", "trig", "jsonld", "ttl"]\n',
        encoding="utf-8",
    )
    registry = {"registry": "Groups", "curated": "Known.", "organizations": [SITE]}
    (folder / "data/registry/groups.yaml").write_text(json.dumps(registry), encoding="utf-8")
    write(folder, "one", "front", "armed-group")
    write(folder, "two", "vanguard", "armed-group")
    return folder


def write(folder: Path, name: str, group: str, kind: str, same: str = SAME) -> None:
    link = {"iri": same, "reason": "The same leader.", "exact": True}
    people = {"id": group, "name": group.title(), "words": f"the {group}", "same_as": [link]}
    section = {"people": [people]} if kind == "person" else {"organizations": [{**people, "kind": kind}]}
    event = {"id": "e", "kind": "attack", "label": "Attack", "by": group, "words": "attacked"}
    source = {"id": name, "kind": "article", "title": "T", "site": "gazette", "text": {"sha256": "0" * 64, "chars": 9}}
    text = json.dumps({"source": source, **section, "events": [event]})
    (folder / f"data/articles/{name}.yaml").write_text(text, encoding="utf-8")


def joined(folder: Path) -> set[str]:
    """The triples of the graphs that belong to no source, without their graph."""
    end = "<https://x.example/graph/inferred-from-curated/_joined> ."
    lines = (folder / "out/latest/dataset.nq").read_text(encoding="utf-8").splitlines()
    return {line.removesuffix(end).strip() for line in lines if line.endswith(end)}


def node(source: str, group: str) -> str:
    return f"<https://x.example/source/{source}/organization/{group}>"


def test_two_entities_of_two_sources_that_are_one_thing_are_each_other(archive: Path, kg: Kg) -> None:
    assert kg("-C", archive, "build").code == 0
    one, two = node("one", "front"), node("two", "vanguard")
    same = "<http://www.w3.org/2002/07/owl#sameAs>"
    found = joined(archive)
    assert {f"{one} {same} {two}", f"{two} {same} {one}"} <= found
    by = "<https://w3id.org/onrecord/ns#carriedOutBy>"
    assert f"<https://x.example/source/one/event/e> {by} {two}" in found
    assert f"<https://x.example/source/two/event/e> {by} {one}" in found
    own = (archive / "out/latest/dataset.nq").read_text(encoding="utf-8").splitlines()
    elsewhere = {line.rsplit(" <", 1)[0] for line in own if "/_joined>" not in line}
    assert not found & elsewhere


def test_what_is_joined_goes_when_its_reason_goes(archive: Path, kg: Kg) -> None:
    assert kg("-C", archive, "build").code == 0
    before = joined(archive)
    write(archive, "two", "vanguard", "armed-group", "https://elsewhere.example/another")
    assert kg("-C", archive, "build").code == 0
    assert joined(archive) == set()
    write(archive, "two", "vanguard", "armed-group")
    assert kg("-C", archive, "build").code == 0
    assert joined(archive) == before != set()


def test_sources_that_contradict_each_other_are_found(archive: Path, kg: Kg) -> None:
    write(archive, "two", "vanguard", "person")
    ran = kg("-C", archive, "build")
    assert ran.code == 1
    assert "nothing can be both" in ran.out
    first, second = ran.out.splitlines()
    text = (archive / "data/articles/one.yaml").read_text(encoding="utf-8")
    column = text.index('{"id": "front"') + 1
    assert first.startswith(f"data/articles/one.yaml:1:{column}: error: ")
    assert "the other is at data/articles/two.yaml:1:" in first
    assert second.startswith("data/articles/two.yaml:1:")
    again = kg("-C", archive, "build")
    assert (again.code, again.out) == (1, ran.out)


def test_queries_and_exports_know_the_graph_of_what_is_joined(archive: Path, kg: Kg) -> None:
    assert kg("-C", archive, "build").code == 0
    query = "SELECT ?kind WHERE { <https://x.example/graph/inferred-from-curated/_joined> onr:graphKind ?kind }"
    assert "inferred-from-curated" in kg("-C", archive, "query", query).out
    trig = (archive / "out/latest/dataset.trig").read_text(encoding="utf-8")
    assert "What follows from several sources with what curators add" in trig
    assert "source/_joined" not in trig
    whole = kg("-C", archive, "export", "nq").out
    assert "_joined" in whole
    assert "_joined" not in kg("-C", archive, "export", "nq", "--no-curated").out
