"""`kg export ftm`: entities that the library of FollowTheMoney takes, and that say no more than the dataset."""

import json
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from conftest import Kg
from fictional import Archive
from official_lists import Official, run
from onrecord.documents import EVERYTHING
from onrecord.store import Release
from onrecord.tables.followthemoney import write
from onrecord.tables.followthemoney.values import dataset_of, id_of, is_date
from test_tables import ground, hostile, records

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / ".venv-ftm" / "bin" / "python"
"""The library's own environment, which .ci/ftm makes: it needs a compiler and libicu-dev."""

VALIDATE = """
import json, sys
from followthemoney import model
from followthemoney.exc import InvalidData
faults = []
for line in sys.stdin:
    data = json.loads(line)
    schema = model.get(data["schema"])
    faults += [[data["id"], name, "unknown"] for name in data["properties"] if name not in schema.properties]
    faults += [[data["id"], name, "required"] for name in schema.required if not data["properties"].get(name)]
    try:
        schema.validate(data)
    except InvalidData as error:
        faults += [[data["id"], name, why] for name, why in error.errors["properties"].items()]
    proxy = model.get_proxy(data)
    faults += [[data["id"], name, "lost"] for name, values in data["properties"].items()
               if sorted(proxy.get(name)) != sorted(values)]
    for name, prop in schema.properties.items():
        wanted = prop.range if prop.type.name == "entity" and not prop.stub else None
        faults += [[value, wanted.name, data["id"]] for value in data["properties"].get(name, []) if wanted]
print(json.dumps([fault for fault in faults]))
"""
Json = dict[str, object]


class Entity:
    """A line of an export."""

    def __init__(self, line: bytes) -> None:
        made = json.loads(line)
        self.id, self.schema, self.datasets = str(made["id"]), str(made["schema"]), list(made["datasets"])
        self.properties: dict[str, list[str]] = made["properties"]
        self.caption = str(made["caption"])

    def of(self, name: str) -> list[str]:
        return self.properties.get(name, [])


def entities(exported: bytes) -> list[Entity]:
    return [Entity(line) for line in exported.splitlines()]


def exported(out: Path, base: str | None = None) -> tuple[bytes, dict[str, int]]:
    import io

    made = ground(out) if base is None else ground(out, EVERYTHING, base)
    stream = io.BytesIO()
    _, left = write(made, stream)
    return stream.getvalue(), dict(left)


@pytest.fixture(scope="module")
def article(founding: Path) -> tuple[list[Entity], dict[str, int]]:
    lines, left = exported(founding)
    return entities(lines), left


def _one(found: list[Entity], own: str) -> Entity:
    (entity,) = [entity for entity in found if entity.id == own]
    return entity


# ── What it says, and what not ────────────────────────────────────────────────────────────────────────────────────


def test_a_designation_on_record_is_a_sanction(article: tuple[list[Entity], dict[str, int]]) -> None:
    found, _ = article
    (sanction,) = [one for one in found if one.schema == "Sanction" and one.of("entity") == ["organization.taliban"]]
    assert sanction.of("startDate") == ["2003"]
    assert sanction.of("country") == ["ru"]
    assert any("classified as a terrorist entity in Russia" in text for text in sanction.of("summary"))
    assert sanction.of("description") == ["Said by: london-news-net"]
    assert any("ended" in text for text in sanction.of("status"))
    assert any(text.startswith("sources disagree") for text in sanction.of("status"))
    taliban = _one(found, "organization.taliban")
    assert (taliban.schema, taliban.caption) == ("Organization", "Taliban")
    assert taliban.of("topics") == []


def test_a_claimed_designation_is_no_sanction_and_is_counted(article: tuple[list[Entity], dict[str, int]]) -> None:
    found, left = article
    sanctioned = {one for entity in found if entity.schema == "Sanction" for one in entity.of("entity")}
    assert not any(one.endswith("volkovs-father") for one in sanctioned)
    assert left["ClaimedDesignation"] == 1
    assert left["statement"] == 25
    assert not any(
        "have been classified as terrorists" in text for e in found for v in e.properties.values() for text in v
    )


def test_whoever_is_known_by_role_alone_has_no_name(article: tuple[list[Entity], dict[str, int]]) -> None:
    found, left = article
    assert left["person known by role alone: a role is no name"] > 0
    assert not any("official" in name.lower() for e in found if e.schema == "Person" for name in e.of("name"))


def test_every_date_is_one_that_the_source_gives(founding: Path, official: Official) -> None:
    for out in (founding, official.folder / "out"):
        lines, _ = exported(out)
        edtf = {
            str(quad.object.value) for quad in Release.latest(out).store() if str(quad.predicate).endswith("#edtf>")
        }
        for entity in entities(lines):
            for name in ("startDate", "endDate", "birthDate"):
                assert all(map(is_date, entity.of(name)))
                if entity.schema != "Identification":
                    assert set(entity.of(name)) <= edtf


def test_whatever_is_named_is_there(article: tuple[list[Entity], dict[str, int]]) -> None:
    found, _ = article
    ids = [entity.id for entity in found]
    assert len(set(ids)) == len(ids)
    for entity in found:
        for name in ("entity", "holder", "post", "organization", "addressEntity"):
            assert set(entity.of(name)) <= set(ids), entity.id


def test_ids_are_told_apart() -> None:
    nodes = [
        "organization/a",
        "entry/x/a.b",
        "entry/x/a/b",
        "entry/x/",
        "entry/x.y/a",
        "entry/x/y.a",
        "entry/x/é",
        "entry/x/e",
    ]
    made = [id_of(f"<https://x.example/{node}>", "https://x.example/") for node in nodes]
    assert len(set(made)) == len(nodes)
    assert made[:2] == ["organization.a", "entry.x.a.b"]
    assert dataset_of("eu-fsf") == "eu_fsf"


# ── Read back ─────────────────────────────────────────────────────────────────────────────────────────────────────

OWN: list[Json] = [
    {
        "id": "NK-1",
        "caption": "Northern Front",
        "schema": "Organization",
        "properties": {
            "name": ["Northern Front", "Северный фронт"],
            "alias": ["The Front"],
            "weakAlias": ["Front"],
            "previousName": ["Old Front"],
            "country": ["by"],
            "topics": ["sanction"],
            "registrationNumber": ["123456"],
        },
    },
    {
        "id": "Q2",
        "caption": "Ann Hart",
        "schema": "Person",
        "properties": {
            "name": ["Ann Hart"],
            "birthDate": ["1960", "1961-02"],
            "nationality": ["gb"],
            "gender": ["female"],
            "topics": ["sanction"],
        },
    },
    {
        "id": "v-3",
        "caption": "ALDA",
        "schema": "Vessel",
        "properties": {"name": ["ALDA"], "imoNumber": ["IMO9187629"], "topics": ["sanction"]},
    },
    {
        "id": "s-1",
        "caption": "S",
        "schema": "Sanction",
        "properties": {"entity": ["Q2"], "startDate": ["2014-03"], "program": ["P"]},
    },
]


def _listed(lines: list[Json], folder: Path) -> Path:
    """A dataset of a list's entities."""
    folder.mkdir()
    (folder / "data").mkdir()
    (folder / "kg.toml").write_text('title = "T"\nbase = "https://x.example/"\npublisher = "P"\n', encoding="utf-8")
    file = folder.parent / f"{folder.name}.json"
    text = "".join(
        f"{json.dumps({**one, 'datasets': ['eu_fsf'], 'last_seen': '2024-06-01T00:00:00'})}\n" for one in lines
    )
    file.write_text(text, encoding="utf-8")
    return _imported(folder, file)


def _imported(folder: Path, file: Path) -> Path:
    run(folder, "import", "ftm", file)
    run(folder, "build")
    return folder / "out"


def _entries(out: Path, base: str) -> dict[str, tuple[str, str, frozenset[str]]]:
    """The entries by their references: kind, label, all names."""
    made = ground(out, EVERYTHING, base)
    names = defaultdict(set)
    for row in records(made, "names"):
        names[row["entity"]].add(row["name"])
    return {
        row["list_reference"].removeprefix(f"entry.{row['list'].rsplit('/', 1)[-1]}."): (
            row["class"],
            row["label"],
            frozenset(names[row["id"]]),
        )
        for row in records(made, "entities")
        if row["record"] == "entry"
    }


def _and_back(folder: Path, again: Path) -> Path:
    again.mkdir()
    (again / "data").mkdir()
    (again / "kg.toml").write_text('title = "T"\nbase = "https://x.example/"\npublisher = "P"\n', encoding="utf-8")
    run(folder, "export", "ftm", "-o", again / "entities.json")
    return _imported(again, again / "entities.json")


def test_a_list_that_was_imported_is_read_back_as_it_was(tmp_path: Path) -> None:
    out = _listed(OWN, tmp_path / "one")
    before = _entries(out, "https://x.example/")
    after = _entries(_and_back(tmp_path / "one", tmp_path / "two"), "https://x.example/")
    assert after == before
    assert before["NK-1"][2] == {"Northern Front", "Северный фронт", "The Front", "Front", "Old Front"}


def test_what_comes_from_the_model_goes_back_into_it(tmp_path: Path) -> None:
    found = entities(exported(_listed(OWN, tmp_path / "one"), "https://x.example/")[0])
    front, ann, ship = (_one(found, f"entry.eu-fsf.{own}") for own in ("NK-1", "Q2", "v-3"))
    for entity, given in ((front, OWN[0]), (ann, OWN[1]), (ship, OWN[2])):
        properties = given["properties"]
        assert isinstance(properties, dict)
        assert entity.schema == given["schema"]
        for name, values in properties.items():
            if name != "topics":
                assert sorted(entity.of(name)) == sorted(values), name
    (sanction,) = [one for one in found if one.schema == "Sanction" and one.of("entity") == [ann.id]]
    assert (sanction.of("startDate"), sanction.of("program"), sanction.datasets) == (["2014-03"], ["P"], ["eu_fsf"])


def test_the_real_list_is_read_back_as_it_was(official: Official, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "data").mkdir()
    (tmp_path / "one" / "kg.toml").write_text(
        'title = "T"\nbase = "https://x.example/"\npublisher = "P"\n', encoding="utf-8"
    )
    before = _entries(_imported(tmp_path / "one", official.ftm), "https://x.example/")
    assert len(before) > 5
    after = _entries(_and_back(tmp_path / "one", tmp_path / "two"), "https://x.example/")
    assert after == before


# ── Held against the library ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def library() -> Path:
    if not LIBRARY.is_file():
        pytest.skip("the library of FollowTheMoney is not installed: .ci/ftm does it, and needs g++ and libicu-dev")
    return LIBRARY


def _faults(library: Path, lines: bytes) -> list[list[str]]:
    """What the library finds wrong; references count where what they name is not there or of another schema."""
    done = subprocess.run([library, "-c", VALIDATE], input=lines, capture_output=True, check=True, timeout=300)
    ids = {entity.id for entity in entities(lines)}
    return [fault for fault in json.loads(done.stdout) if fault[0] not in ids or fault[2] not in ids]


def test_the_library_takes_the_article(library: Path, founding: Path) -> None:
    assert _faults(library, exported(founding)[0]) == []


def test_the_library_takes_official_lists(library: Path, official: Official) -> None:
    assert _faults(library, exported(official.folder / "out")[0]) == []


def test_the_library_takes_hostile_texts(library: Path, tmp_path: Path) -> None:
    made = hostile(tmp_path)
    made.build()
    lines, _ = exported(made.folder / "out", "https://x.example/")
    assert len(lines.splitlines()) > 10
    assert _faults(library, lines) == []


def test_the_library_sees_what_is_wrong(library: Path) -> None:
    wrong = {"id": "x", "schema": "Person", "caption": "x", "datasets": [], "properties": {"birthDate": ["spring"]}}
    assert {fault[1] for fault in _faults(library, json.dumps(wrong).encode())} >= {"birthDate", "name"}


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_says_what_it_leaves_out(kg: Kg, tmp_path: Path) -> None:
    made = Archive(tmp_path)
    event = {"id": "fire", "kind": "other", "label": "Fire", "words": "fire"}
    made.article("one", events=[event])
    made.build()
    ran = kg("-C", tmp_path, "export", "ftm")
    assert ran.code == 0
    assert "left out, because FollowTheMoney has no place for it: " in ran.err
    assert "2 × event" in ran.err
    again = kg("-C", tmp_path, "export", "ftm", "-o", tmp_path / "entities.json")
    assert (tmp_path / "entities.json").read_text(encoding="utf-8") == ran.out
    assert "entities.json: " in again.err
