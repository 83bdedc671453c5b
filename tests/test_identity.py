"""Who is one with whom: links from entities to entries of lists, by a person's word alone. All lists are fictional."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import Kg
from onrecord.ntriples import Triple, split
from onrecord.rules import Rules, infer

BASE = "https://x.example/"
SITE = {"id": "alda-list-office", "kind": "government-body", "name": "List Office of Alda", "state": "alda"}
STATE = {"id": "alda", "kind": "state", "code": "AX", "name": "Alda"}
FRONT = {"id": "northern-front", "kind": "armed-group", "name": "Northern Front"}
LIST = {"id": "alda-list", "kind": "terrorist-organization", "name": "List of Alda", "jurisdiction": "alda"}
OTHER = {"id": "brisk-list", "kind": "sanctioned-party", "name": "List of Brisk", "jurisdiction": "alda"}
WHY = "The name, the year and the leader are the same."
Record = dict[str, object]


def link(entry: str, *, exact: bool = True, **more: object) -> Record:
    return {"entry": entry, "reason": WHY, "exact": exact, **more}


def refusal(entry: str) -> Record:
    return {"entry": entry, "reason": "Another leader, and forty years apart."}


def entry(reference: str, name: str, kind: str = "organization", **more: object) -> Record:
    return {"reference": reference, "kind": kind, "name": name, "words": name, **more}


def write_registry(folder: Path, *, same: Sequence[Record] = (), refused: Sequence[Record] = ()) -> None:
    front = {**FRONT, **({"same_as": same} if same else {}), **({"not_same_as": refused} if refused else {})}
    whole = {"registry": "All", "curated": "Known.", "organizations": [SITE, STATE, front], "lists": [LIST, OTHER]}
    (folder / "data/registry/all.yaml").write_text(json.dumps(whole, indent=1), encoding="utf-8")


def write_list(folder: Path, day: str, entries: Sequence[Record], of: str = "alda-list") -> None:
    snapshot = {"of": of, "as_of": day, "complete": True, "designates": "terrorist-organization"}
    text = {"sha256": "0" * 64, "chars": 9}
    head = {"kind": "list-snapshot", "title": "List", "site": SITE["id"], "published": day, "text": text}
    source = {"id": f"{of}-{day}", **head, "snapshot": snapshot}
    lines = [{"source": source}, *({"entries": [one]} for one in entries)]
    path = folder / f"data/lists/{of}/{day}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A registry with one group, and a list that has the group on the first of two days."""
    folder = tmp_path / "archive"
    (folder / "data/registry").mkdir(parents=True)
    config = f'title = "T"\nbase = "{BASE}"\npublisher = "P"\nformats = ["nq"]\n'
    (folder / "kg.toml").write_text(config, encoding="utf-8")
    write_registry(folder)
    write_list(folder, "2020-01-01", [entry("A.1", "NORTHERN FRONT"), entry("A.2", "Harbour Guard")])
    write_list(folder, "2022-01-01", [entry("A.2", "Harbour Guard")])
    return folder


def lines(folder: Path) -> list[str]:
    return (folder / "out/latest/dataset.nq").read_text(encoding="utf-8").splitlines()


ENTRY, ENTITY = f"<{BASE}entry/alda-list/A.1>", f"<{BASE}organization/northern-front>"
SAME = "<http://www.w3.org/2002/07/owl#sameAs>"
CLOSE = "<http://www.w3.org/2004/02/skos/core#closeMatch>"
OF = "<https://w3id.org/onrecord/ns#statusOf>"
ONR, TYPE = "https://w3id.org/onrecord/ns#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def statuses(kg: Kg, folder: Path, node: str, day: str) -> list[tuple[str, str]]:
    """The statuses of a node on a day, by the periods, each with the kind of graph in which they are."""
    query = f"""SELECT ?status ?kind {{
      GRAPH ?g {{ ?period onr:statusOf {node} ; onr:status ?s ; onr:firstDay ?first ; onr:lastDay ?last . }}
      ?g onr:graphKind ?k .
      FILTER(?first <= "{day}"^^xsd:date && ?last >= "{day}"^^xsd:date)
      BIND(REPLACE(STR(?s), ".*/", "") AS ?status) BIND(REPLACE(STR(?k), ".*/", "") AS ?kind)
    }}"""
    ran = kg("-C", folder, "query", "--format", "csv", query)
    assert ran.code == 0, ran.err
    return [(status, kind) for status, kind in (row.split(",") for row in ran.out.splitlines()[1:])]


def test_a_link_gives_an_entity_the_status_of_its_entry(archive: Path, kg: Kg) -> None:
    write_registry(archive, same=[link("alda-list/A.1")])
    ran = kg("-C", archive, "build")
    assert ran.code == 0
    assert "  0 findings" in ran.out
    curated = f"<{BASE}graph/curated/registry-all>"
    assert f"{ENTITY} {SAME} {ENTRY} {curated} ." in lines(archive)
    for node, kind in ((ENTITY, "inferred-from-curated"), (ENTRY, "inferred")):
        assert statuses(kg, archive, node, "2020-01-01") == [("listed", kind)]
        assert statuses(kg, archive, node, "2022-01-01") == [("not-listed", kind)]


def test_the_lists_own_history_does_without_the_curators(archive: Path, kg: Kg) -> None:
    """Whoever leaves curators out still has all that the list says."""
    own = {}
    for same in ([], [link("alda-list/A.1")]):
        write_registry(archive, same=same)
        assert kg("-C", archive, "build").code == 0
        whole = kg("-C", archive, "export", "nq", "--no-curated").out.splitlines()
        own[len(same)] = sorted(line for line in whole if "/status/" in line and "_joined" in line)
    assert own[0] == own[1] != []


def test_without_curators_a_link_adds_nothing_and_takes_nothing(archive: Path, kg: Kg) -> None:
    """What an article says of the entity is not said of the entry, nor the other way round; and what follows for the
    entry from its list alone still does."""
    ban = {"id": "ban", "subject": "northern-front", "kind": "terrorist-organization", "on_list": "alda-list"}
    write_article(archive, [], designations=[{**ban, "start": "2010", "words": "banned since 2010"}])
    without = {}
    for same in ([], [link("alda-list/A.1")]):
        write_registry(archive, same=same)
        assert kg("-C", archive, "build").code == 0
        told = kg("-C", archive, "export", "nq", "--no-curated").out.splitlines()
        without[len(same)] = [line for line in told if "/graph/metadata/" not in line]
    assert without[1] == without[0]
    assert any(line.startswith(f"{ENTRY} <{TYPE}> <{ONR}Designee> ") for line in without[1])


def test_an_entry_that_a_list_calls_otherwise_later_is_no_fault_of_the_dataset(archive: Path, kg: Kg) -> None:
    write_list(archive, "2022-01-01", [entry("A.2", "Harbor Watch"), entry("A.3", "Alda One", "vessel")])
    write_list(archive, "2023-01-01", [entry("A.2", "Harbor Watch"), entry("A.3", "Alda Two", "vessel")])
    assert kg("-C", archive, "build").code == 0
    ran = kg("validate", archive / "out/latest/dataset.nq")
    assert ran.code == 0, ran.out


def test_what_an_article_says_of_the_entity_and_the_list_of_the_entry_is_put_together(archive: Path, kg: Kg) -> None:
    write_registry(archive, same=[link("alda-list/A.1")])
    ban = {"id": "ban", "subject": "northern-front", "kind": "terrorist-organization", "on_list": "alda-list"}
    write_article(archive, [], designations=[{**ban, "start": "2010", "words": "banned since 2010"}])
    assert kg("-C", archive, "build").code == 0
    assert statuses(kg, archive, ENTRY, "2015-01-01") == [("listed", "inferred-from-curated")]
    assert statuses(kg, archive, ENTITY, "2020-01-01") == [("listed", "inferred-from-curated")]
    assert ("listed", "inferred") in statuses(kg, archive, ENTRY, "2020-01-01")


def test_status_follows_the_link_and_says_so(archive: Path, kg: Kg) -> None:
    asked = ("-C", archive, "status", "northern-front", "--in", "AX", "--as-of", "2020-01-01")
    assert kg("-C", archive, "build").code == 0
    assert json.loads(kg(*asked, "--json").out)["answer"] == "no evidence"
    write_registry(archive, same=[link("alda-list/A.1")])
    assert kg("-C", archive, "build").code == 0
    assert json.loads(kg(*asked, "--json").out)["answer"] == "listed"
    told = " ".join(kg(*asked).out.split())
    assert f"Through a curator's link: Northern Front is NORTHERN FRONT (alda-list/A.1), because: {WHY}" in told


def test_without_a_link_nothing_is_known_of_the_entity(archive: Path, kg: Kg) -> None:
    assert kg("-C", archive, "build").code == 0
    assert statuses(kg, archive, ENTITY, "2020-01-01") == []
    assert statuses(kg, archive, ENTRY, "2020-01-01") == [("listed", "inferred")]


@pytest.mark.parametrize(
    ("same", "refused", "told"),
    [
        ([], [], True),
        ([link("alda-list/A.1")], [], False),
        ([link("alda-list/A.1", exact=False)], [], False),
        ([], [refusal("alda-list/A.1")], False),
    ],
)
def test_who_is_called_the_same_and_not_linked_is_told_beside_the_answer(
    archive: Path, kg: Kg, same: Sequence[Record], refused: Sequence[Record], told: bool
) -> None:
    write_registry(archive, same=same, refused=refused)
    assert kg("-C", archive, "build").code == 0
    ran = kg("-C", archive, "status", "northern-front", "--as-of", "2020-01-01")
    assert ("Called the same, and nothing links them: alda-list/A.1 (NORTHERN FRONT)." in ran.out) is told
    assert "Called the same" not in kg("-C", archive, "status", "A.1", "--as-of", "2020-01-01").out


def test_a_close_match_changes_no_status(archive: Path, kg: Kg) -> None:
    write_registry(archive, same=[link("alda-list/A.1", exact=False)])
    assert kg("-C", archive, "build").code == 0
    assert any(line.startswith(f"{ENTITY} {CLOSE} {ENTRY} ") for line in lines(archive))
    assert statuses(kg, archive, ENTITY, "2020-01-01") == []


def test_a_person_and_an_organization_cannot_be_one(archive: Path, kg: Kg) -> None:
    write_list(archive, "2020-01-01", [entry("A.1", "NORTHERN FRONT", "person")])
    write_registry(archive, same=[link("alda-list/A.1")])
    ran = kg("-C", archive, "build")
    assert ran.code == 1
    errors = [line for line in ran.out.splitlines() if "[contradiction]" in line]
    assert errors == [
        "data/lists/alda-list/2020-01-01.jsonl:2:14: error: «alda-list/A.1» = «northern-front» is an organization and a "
        "person at the same time (an armed group is an organization); nothing can be both — correct one of the facts, or "
        f"the link at data/registry/all.yaml:{line_of_link(archive)}:5 [contradiction]"
    ]
    registry = archive / "data/registry/all.yaml"
    registry.write_text("# moved\n" + registry.read_text(encoding="utf-8"), encoding="utf-8")
    assert f"all.yaml:{line_of_link(archive)}:5" in kg("-C", archive, "build").out


def line_of_link(folder: Path) -> int:
    """The line on which the entity's first link begins."""
    written = (folder / "data/registry/all.yaml").read_text(encoding="utf-8").splitlines()
    return written.index('   "same_as": [') + 2


def test_what_is_one_thing_and_not_the_same_thing_is_a_contradiction(archive: Path, kg: Kg) -> None:
    write_registry(archive, same=[link("alda-list/A.1")], refused=[refusal("alda-list/A.1")])
    ran = kg("-C", archive, "build")
    assert ran.code == 1
    assert "said to be the same and to be different" in ran.out
    first = line_of_link(archive)
    assert f"data/registry/all.yaml:{first + 7}:5: error" in ran.out
    assert f"or the link at data/registry/all.yaml:{first}:5" in ran.out


def test_who_is_not_the_same_is_published_as_a_curators_word(archive: Path, kg: Kg) -> None:
    write_registry(archive, refused=[refusal("alda-list/A.1")])
    ran = kg("-C", archive, "build")
    assert ran.code == 0
    assert "  0 findings" in ran.out
    (only,) = [line for line in lines(archive) if "differentFrom" in line and "curatedProperty" not in line]
    assert (
        only == f"{ENTITY} <http://www.w3.org/2002/07/owl#differentFrom> {ENTRY} <{BASE}graph/curated/registry-all> ."
    )
    assert statuses(kg, archive, ENTITY, "2020-01-01") == []


@pytest.mark.parametrize(
    ("same", "code", "said"),
    [
        ({"entry": "alda-lits/A.1", "reason": WHY}, "unknown-list", "did you mean alda-list?"),
        ({"entry": "northern-front/A.1", "reason": WHY}, "unknown-list", "the registry has no list northern-front"),
        ({"entry": "alda-list", "reason": WHY}, "pattern", "such as un-sc/TAi.002"),
        ({"entry": "alda-list/A.1", "iri": "https://y.example/", "reason": WHY}, "too-much-given", "`iri` and `entry`"),
        ({"reason": WHY}, "nothing-given", "give one of: iri, entry"),
        ({"entry": "alda-list/A.1", "reason": "…"}, "no-reason", "write what tells you so"),
        ({"entry": "alda-list/A.1"}, "missing", "`reason` is missing"),
    ],
)
def test_a_link_that_cannot_be_right_is_told_where_it_stands(
    archive: Path, kg: Kg, same: Record, code: str, said: str
) -> None:
    write_registry(archive, same=[same])
    ran = kg("-C", archive, "check", archive / "data/registry")
    (finding,) = ran.out.splitlines()
    assert ran.code in (1, 3)
    assert finding.startswith("data/registry/all.yaml:")
    assert f"[{code}]" in finding
    assert said in finding


def test_an_articles_own_entity_is_linked_in_the_same_way(archive: Path, kg: Kg) -> None:
    write_article(archive, [link("alda-list/A.1")])
    assert kg("-C", archive, "build").code == 0
    own = f"<{BASE}source/ruling/organization/front>"
    assert statuses(kg, archive, own, "2020-01-01") == [("listed", "inferred-from-curated")]
    write_article(archive, [link("alda-lits/A.1")])
    ran = kg("-C", archive, "build")
    assert ran.code == 1
    assert "data/articles/ruling.yaml:1:" in ran.out
    assert "did you mean alda-list? [unknown-list]" in ran.out


def write_article(folder: Path, same: Sequence[Record], **sections: Sequence[Record]) -> None:
    source = {
        "id": "ruling",
        "kind": "article",
        "title": "T",
        "site": SITE["id"],
        "text": {"sha256": "0" * 64, "chars": 9},
    }
    front = {"id": "front", "kind": "armed-group", "name": "The Front", "words": "the Front", "same_as": same}
    text = json.dumps({"source": source, "organizations": [front], **sections}, ensure_ascii=False)
    (folder / "data/articles").mkdir(exist_ok=True)
    (folder / "data/articles/ruling.yaml").write_text(text, encoding="utf-8")


def test_a_link_that_comes_or_goes_builds_its_lists_again(archive: Path, kg: Kg) -> None:
    whole = {}
    for same in ([], [link("alda-list/A.1")]):
        write_registry(archive, same=same)
        assert kg("-C", archive, "build", "--out", archive.parent / f"fresh-{len(same)}").code == 0
        whole[len(same)] = (archive.parent / f"fresh-{len(same)}/latest/dataset.nq").read_bytes()
    assert whole[0] != whole[1]
    for same in ([], [link("alda-list/A.1")], []):
        write_registry(archive, same=same)
        assert kg("-C", archive, "build").code == 0
        assert (archive / "out/latest/dataset.nq").read_bytes() == whole[len(same)]


def test_an_entry_that_no_snapshot_has_is_a_warning_at_its_link(archive: Path, kg: Kg) -> None:
    write_registry(archive, same=[link("alda-list/a1", exact=False), link("alda-list/A.1")])
    write_article(archive, [link("brisk-list/B.1", exact=False), link("alda-list/A.9")])
    first = line_of_link(archive)
    expected = {
        f"data/registry/all.yaml:{first}:5: warning: no snapshot of alda-list has an entry a1 — did you mean alda-list/A.1?",
        "warning: no snapshot of alda-list has an entry A.9 — look the reference up in the list",
        "warning: no snapshot of brisk-list is in the dataset: whether it has B.1 cannot be told — import the list",
    }
    for _ in range(2):
        ran = kg("-C", archive, "build")
        assert ran.code == 0
        warnings = [line for line in ran.out.splitlines() if "[unknown-entry]" in line]
        assert all(any(part in line for line in warnings) for part in expected)
        assert len(warnings) == len(expected)
        article = archive / "data/articles/ruling.yaml"
        article.write_text("# moved\n" + article.read_text(encoding="utf-8"), encoding="utf-8")
    assert [line.split(":")[1] for line in warnings if "articles" in line] == ["2", "2"]
    write_list(archive, "2022-01-01", [entry(name, f"Group {name}") for name in ("A.9", "a1")])
    write_list(archive, "2022-01-01", [entry("B.1", "Group B")], of="brisk-list")
    assert "unknown-entry" not in kg("-C", archive, "build").out


def test_what_is_published_is_what_the_reference_infers(archive: Path, kg: Kg, rules: Rules) -> None:
    """All sources and the registry in one closure, which knows nothing of parts, joins and caches."""
    write_registry(archive, same=[link("alda-list/A.1"), link("brisk-list/B.1")], refused=[refusal("alda-list/A.2")])
    write_list(archive, "2021-01-01", [entry("B.1", "Front of the North"), entry("B.2", "Guard")], of="brisk-list")
    write_article(archive, [link("brisk-list/B.2"), link("alda-list/A.2", exact=False)])
    assert kg("-C", archive, "build").code == 0
    said: dict[bool, set[Triple]] = {True: set(), False: set()}
    for line in lines(archive):
        subject, prop, value, graph = split(line + "\n")
        if "/graph/metadata/" not in graph:
            said["/graph/inferred" in graph].add((subject, prop, value))
    told = {triple for triple in said[True] if "/status/" not in triple[0]}
    expected = {*infer(rules, sorted(said[False]), []).inferred}
    assert told - said[False] == expected
    assert (f"<{BASE}entry/brisk-list/B.1>", SAME, ENTRY) in told


def test_an_entry_is_called_as_the_latest_list_has_it(archive: Path, kg: Kg) -> None:
    write_list(archive, "2022-01-01", [entry("A.1", "ALDA NORTHERN FRONT"), entry("A.2", "Aged Guard of the Harbour")])
    assert kg("-C", archive, "build").code == 0
    assert kg("-C", archive, "status", "A.1", "--as-of", "2020-01-01").out.startswith("ALDA NORTHERN FRONT")
    write_list(archive, "2024-01-01", [entry("A.1", "NORTHERN FRONT"), entry("A.2", "Harbour Guard")])
    assert kg("-C", archive, "build").code == 0
    assert kg("-C", archive, "status", "A.1", "--as-of", "2020-01-01").out.startswith("NORTHERN FRONT")
