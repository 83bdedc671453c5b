"""`kg suggest`: candidates with reasons, lines to paste, and nothing linked. All lists are fictional."""

import json
from pathlib import Path

import pytest
import yaml

from conftest import Kg

BASE = "https://x.example/"
REGISTRY = """\
registry: All
curated: Known.
organizations:
  - {id: alda, kind: state, code: AX, name: Alda}
  - {id: list-office, kind: government-body, name: List Office, state: alda}
  - {id: northern-front, kind: armed-group, name: Northern Front}
people:
  - id: ana-brisk
    name: Ana Brisk
    other_names: [{text: Ана Бриск, lang: ru}]
  - {id: minister, role: the minister}
lists:
  - {id: alda-list, kind: terrorist-organization, name: List of Alda, jurisdiction: alda}
  - {id: mereda-list, kind: terrorist-organization, name: List of Mereda, jurisdiction: alda}
"""
ALDA: list[dict[str, object]] = [
    {"reference": "A.1", "kind": "organization", "name": "NORTHERN FRONT"},
    {"reference": "A.2", "kind": "person", "name": "BRISK, Ana", "births": ["1960-05-02"], "nationalities": ["Alda"]},
    {"reference": "A.3", "kind": "person", "name": "Northern Front"},
    {"reference": "A.4", "kind": "vessel", "name": "Grey Gull"},
]
MEREDA: list[dict[str, object]] = [
    {"reference": "7/1 b", "kind": "person", "name": "Ana Brisk", "births": ["1960"], "nationalities": ["Alda"]},
    {"reference": "8", "kind": "vessel", "name": "GREY GULL"},
]


def write_list(folder: Path, name: str, day: str, entries: list[dict[str, object]]) -> None:
    text = {"sha256": "0" * 64, "chars": 9}
    snapshot = {"of": name, "as_of": day, "complete": True, "designates": "terrorist-organization"}
    head = {"id": f"{name}-{day}", "kind": "list-snapshot", "title": "List", "site": "list-office", "text": text}
    path = folder / f"data/lists/{name}/{day}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = {"source": {**head, "published": day, "snapshot": snapshot}}
    lines = [whole, {"entries": [{**one, "words": one["name"]} for one in entries]}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "data/registry").mkdir(parents=True)
    (folder / "kg.toml").write_text(f'title = "T"\nbase = "{BASE}"\npublisher = "P"\n', encoding="utf-8")
    (folder / "data/registry/all.yaml").write_text(REGISTRY, encoding="utf-8")
    write_list(folder, "alda-list", "2020-01-01", ALDA)
    write_list(folder, "mereda-list", "2021-01-01", MEREDA)
    return folder


def offered(kg: Kg, folder: Path, *words: str) -> list[tuple[str, str, int]]:
    ran = kg("-C", folder, "suggest", *words, "--json")
    assert ran.code == 0, ran.err
    assert "nothing is linked by this" in ran.err
    return [(one["ours"]["id"], one["theirs"]["id"], one["score"]) for one in json.loads(ran.out)]


def state(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_candidates_have_close_names_and_nothing_is_written(archive: Path, kg: Kg) -> None:
    before = state(archive)
    assert offered(kg, archive) == [
        ("northern-front", "alda-list/A.1", 100),
        ("ana-brisk", "mereda-list/7/1 b", 100),
        ("ana-brisk", "alda-list/A.2", 98),
    ]
    assert state(archive) == before


def test_one_entity_one_list_fewer_and_closer_ones(archive: Path, kg: Kg) -> None:
    assert offered(kg, archive, "ana-brisk", "--limit", "1") == [("ana-brisk", "mereda-list/7/1 b", 100)]
    assert offered(kg, archive, "--list", "alda-list", "--least", "99") == [("northern-front", "alda-list/A.1", 100)]


def test_the_line_that_is_shown_links_once_a_reason_is_written(archive: Path, kg: Kg) -> None:
    ran = kg("-C", archive, "suggest", "northern-front")
    assert ran.out.splitlines() == [
        "northern-front  Northern Front",
        "  100  alda-list/A.1  NORTHERN FRONT",
        "       the names “Northern Front” and “NORTHERN FRONT”: same spelling",
        "       if they are one: in northern-front, data/registry/all.yaml:6, write",
        '         same_as: [{entry: alda-list/A.1, exact: true, reason: "…"}]',
        "       if they are not:",
        '         not_same_as: [{entry: alda-list/A.1, reason: "…"}]',
    ]
    line = 'same_as: [{entry: alda-list/A.1, exact: true, reason: "…"}]'
    pasted = REGISTRY.replace("name: Northern Front}", f"name: Northern Front, {line}}}")
    (archive / "data/registry/all.yaml").write_text(pasted, encoding="utf-8")
    ran = kg("-C", archive, "check")
    assert ran.code != 0
    assert "a reason is needed, and '…' is none" in ran.out
    (archive / "data/registry/all.yaml").write_text(pasted.replace("…", "The same flag and leader."), encoding="utf-8")
    assert kg("-C", archive, "check").code == 0
    assert ("northern-front", "alda-list/A.1", 100) not in offered(kg, archive)
    assert offered(kg, archive, "northern-front") == []


@pytest.mark.parametrize("there", ["", "same_as: [{iri: https://elsewhere.example/ana, reason: Known.}]"])
def test_every_paste_is_yaml_that_fits_where_it_is_said_to_go(archive: Path, kg: Kg, there: str) -> None:
    path = archive / "data/registry/all.yaml"
    path.write_text(REGISTRY.replace("    name: Ana Brisk", f"    name: Ana Brisk\n    {there}"), encoding="utf-8")
    found = json.loads(kg("-C", archive, "suggest", "ana-brisk", "--json").out)
    assert [one["theirs"]["id"] for one in found] == ["mereda-list/7/1 b", "alda-list/A.2"]
    for one in found:
        link = {"entry": one["theirs"]["id"], "exact": True, "reason": "…"}
        assert yaml.safe_load(one["paste"]["text"]) == (link if there else {"same_as": [link]})
        refusal = {"entry": one["theirs"]["id"], "reason": "…"}
        assert yaml.safe_load(one["paste"]["otherwise"]) == {"not_same_as": [refusal]}
        assert one["paste"]["where"] == ("in the same_as of ana-brisk" if there else "in ana-brisk")


def test_a_refused_candidate_is_not_offered_again(archive: Path, kg: Kg) -> None:
    refused = "not_same_as: [{entry: alda-list/A.2, reason: Another year of birth.}]"
    path = archive / "data/registry/all.yaml"
    path.write_text(REGISTRY.replace("    name: Ana Brisk", f"    name: Ana Brisk\n    {refused}"), encoding="utf-8")
    assert offered(kg, archive, "ana-brisk") == [("ana-brisk", "mereda-list/7/1 b", 100)]


def test_entries_of_two_lists_are_one_by_a_new_entity(archive: Path, kg: Kg) -> None:
    person, vessel = json.loads(kg("-C", archive, "suggest", "--between", "alda-list", "mereda-list", "--json").out)
    assert person["reasons"] == [
        "the names “BRISK, Ana” and “Ana Brisk”: the words in another order",
        "the births agree: 1960-05-02 and 1960",
        "the countries “Alda” and “Alda” are the same",
    ]
    assert yaml.safe_load(person["paste"]["text"]) == [
        {
            "id": "brisk-ana",
            "name": "BRISK, Ana",
            "same_as": [
                {"entry": "alda-list/A.2", "exact": True, "reason": "…"},
                {"entry": "mereda-list/7/1 b", "exact": True, "reason": "…"},
            ],
        }
    ]
    assert person["paste"]["file"] == "data/registry/all.yaml"
    assert vessel["theirs"]["id"] == "mereda-list/8"
    assert vessel["paste"] is None
    text = kg("-C", archive, "suggest", "--between", "alda-list", "mereda-list").out
    assert "the registry has no section for such things" in text


def test_entries_of_two_lists_go_to_the_entity_that_has_one_of_them(archive: Path, kg: Kg) -> None:
    path = archive / "data/registry/all.yaml"
    same = "    same_as: [{entry: alda-list/A.2, exact: true, reason: The same flat.}]"
    path.write_text(REGISTRY.replace("    name: Ana Brisk", f"    name: Ana Brisk\n{same}"), encoding="utf-8")
    between = ("--between", "mereda-list", "alda-list")
    person = json.loads(kg("-C", archive, "suggest", *between, "--json").out)[0]
    assert person["paste"]["where"] == "in the same_as of ana-brisk"
    assert yaml.safe_load(person["paste"]["text"])["entry"] == "mereda-list/7/1 b"
    assert offered(kg, archive) == [("northern-front", "alda-list/A.1", 100), ("ana-brisk", "mereda-list/7/1 b", 100)]
    no = same + "\n    not_same_as: [{entry: mereda-list/7/1 b, reason: Another mother.}]"
    path.write_text(REGISTRY.replace("    name: Ana Brisk", f"    name: Ana Brisk\n{no}"), encoding="utf-8")
    assert offered(kg, archive, *between) == [("mereda-list/8", "alda-list/A.4", 100)]


def test_json_lines_of_a_registry_get_json(archive: Path, kg: Kg) -> None:
    more = {"registry": "More", "people": [{"id": "ana", "name": "Ana Brisk", "curated": "Known."}]}
    (archive / "data/registry/more.jsonl").write_text(json.dumps(more) + "\n", encoding="utf-8")
    (first, _) = json.loads(kg("-C", archive, "suggest", "ana", "--json").out)
    link = {"entry": "mereda-list/7/1 b", "exact": True, "reason": "…"}
    assert json.loads(f"{{{first['paste']['text']}}}") == {"same_as": [link]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody"], "the registry has no nobody"),
        (["ana-birsk"], "did you mean ana-brisk?"),
        (["minister"], "minister is no named person or organization"),
        (["alda-list"], "alda-list is no named person or organization"),
        (["--list", "alda"], "there are snapshots of alda-list, mereda-list"),
        (["--between", "alda-list", "x"], "there is no snapshot of a list x"),
        (["ana-brisk", "--between", "alda-list", "x"], "goes without ENTITY"),
    ],
)
def test_what_cannot_be_asked_is_told(archive: Path, kg: Kg, words: list[str], said: str) -> None:
    ran = kg("-C", archive, "suggest", *words)
    assert ran.code != 0
    assert said in ran.err
