"""Pages made when they are asked for: the same as those of the whole site, and where every address leads."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Kg
from live import asked, dataset_of, desk_of, text_of
from official_lists import DATA
from onrecord.documents import KINDS
from onrecord.server.desk import Desk
from onrecord.server.pages import around
from onrecord.server.pages.site import live
from onrecord.site import dereferencing
from onrecord.site.building import build
from onrecord.site.dereferencing import FORMS, VOCABULARY
from onrecord.site.places import Places
from sites import HOSTILE, files, turned_hostile

TALIBAN = "organization/taliban"
ARTICLE = "source/russia-taliban-delisting"


@pytest.fixture(scope="module")
def desk(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of(dataset_of(founding, tmp_path_factory.mktemp("live") / "dataset"))


@pytest.fixture(scope="module")
def whole(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the whole site."""
    folder = tmp_path_factory.mktemp("whole") / "site"
    build(desk.store, live(desk.settings, watching=False), folder, lambda stage, done, of: None, "")
    return files(folder)


# ── Pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_page_and_its_data_are_those_of_the_whole_site(desk: Desk, whole: dict[str, bytes]) -> None:
    """Whatever names an entity is found without reading all that there is."""
    paths = [Places([node], DATA).paths[node] for node, _ in desk.documents.roots(KINDS)]
    assert len(paths) > 150
    differing = [
        f"{path}.{form}"
        for path in paths
        for form in FORMS
        if asked(desk, "address", path=f"{path}.{form}").body != whole[f"{path}.{form}"]
    ]
    assert differing == []


def test_a_page_that_too_much_names_says_that_it_is_not_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "still being gathered" not in text_of(asked(desk, "address", path=f"{TALIBAN}.html"))
    monkeypatch.setattr(around, "MOST", 3)
    page = text_of(asked(desk, "address", path=f"{TALIBAN}.html", done="41"))
    assert "still being gathered (41 %)" in page
    assert "Status through time" in page
    assert "Elsewhere on record" not in page


def test_pages_tell_their_canonical_address_and_their_other_forms(desk: Desk) -> None:
    page = asked(desk, "address", path=f"{TALIBAN}.html")
    assert page.headers["Link"] == (
        f'<{DATA}{TALIBAN}>; rel="canonical", </{TALIBAN}.jsonld>; rel="alternate"; type="application/ld+json", '
        f'</{TALIBAN}.ttl>; rel="alternate"; type="text/turtle"'
    )
    assert (
        f'</{TALIBAN}.html>; rel="alternate"; type="text/html"'
        in (asked(desk, "address", path=f"{TALIBAN}.ttl").headers["Link"])
    )
    assert '<link rel="canonical" href="https://w3id.org/onrecord/data/organization/taliban">' in text_of(page)


def test_a_live_page_leads_to_what_only_a_server_answers(desk: Desk) -> None:
    page = text_of(asked(desk, "address", path=f"{TALIBAN}.html"))
    assert 'href="../status?entity=organization/taliban">Status on another day</a>' in page
    assert '<a href="../query">Query</a>' in page
    assert "reload.js" not in page
    assert '<script src="../assets/reload.js" defer>' in text_of(
        asked(desk, "address", path=f"{TALIBAN}.html", watching=True)
    )


def test_nothing_hostile_in_the_data_leads_a_job_astray(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes((desk.release.folder / "manifest.json").read_bytes())
    hostile = Desk(desk.dataset, tmp_path)
    hostile.__dict__["store"] = turned_hostile(desk.store)
    paths = Places((node for node, _ in hostile.documents.roots(KINDS)), DATA).paths
    odd = [(node, path) for node, path in paths.items() if "organization/" in node]
    assert any("~" in path for _, path in odd)
    for node, path in odd:
        page = asked(hostile, "address", path=f"{path}.html")
        assert page.status == 200, node
        assert "<script>alert" not in text_of(page)
        led = asked(hostile, "address", path=node[1:-1].removeprefix(DATA))
        assert (led.status, led.headers["Location"]) == (303, f"/{path}.html")
    found = text_of(asked(hostile, "status_page", entity=HOSTILE[:100]))
    assert "<script>alert" not in found
    assert "<script>alert" not in text_of(asked(hostile, "search_page", q=HOSTILE[:100]))


# ── Addresses ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _subjects(desk: Desk) -> Iterator[str]:
    yield from sorted({quad.subject.value for quad in desk.store if quad.subject.value.startswith(DATA)})


@pytest.mark.parametrize(
    ("accept", "form"), [("text/html", "html"), ("text/turtle", "ttl"), ("application/ld+json", "jsonld")]
)
def test_every_address_of_the_dataset_leads_where_the_table_says(
    desk: Desk, whole: dict[str, bytes], accept: str, form: str
) -> None:
    nodes = [node for node, _ in desk.documents.roots(KINDS)]
    table = dereferencing.table(DATA, Places(nodes, DATA).paths)
    addresses = [each for each in _subjects(desk) if each != DATA and not each.startswith(f"{DATA}graph/")]
    assert len(addresses) > 900
    for address in addresses:
        answer = asked(desk, "address", path=address.removeprefix(DATA), accept=accept)
        assert answer.status == 303, address
        place = answer.headers["Location"].removeprefix("/")
        assert place == table.lead(address, accept)
        assert place.partition("#")[0] in whole
        assert place.partition("#")[0].endswith(form)
        assert answer.headers["Vary"] == "Accept"


def test_addresses_in_full_and_those_of_the_vocabulary_lead_to_their_place(desk: Desk) -> None:
    def led(**args: str) -> str:
        answer = asked(desk, "address", **args)
        assert answer.status == 303
        return answer.headers["Location"]

    assert led(iri=f"{DATA}{TALIBAN}") == f"/{TALIBAN}.html"
    assert led(iri=f"{VOCABULARY}ns#Designation") == "/ns.html"
    assert led(path="ns") == "/ns.html"
    assert led(path="ns", accept="text/turtle") == "/ns.ttl"
    assert led(path="scheme/act-kind") == "/scheme/act-kind.html"
    assert led(path="scheme/act-kind/ruling") == "/scheme/act-kind.html#ruling"
    assert led(path="context/1") == "/context/1.jsonld"
    assert asked(desk, "address", path="context/1.jsonld").status == 200
    assert asked(desk, "address", path="ns.ttl").media.startswith("text/turtle")


@pytest.mark.parametrize(
    "path",
    [
        "organization/nobody",
        "organization/nobody.html",
        "organization/taliban.exe",
        "organization/",
        "organization",
        f"{ARTICLE}/act/none",
        f"{ARTICLE}/act/ruling-on-the-taliban/none",
        "../kg.toml",
        "..%2f..%2fkg.toml",
        ".onrecord-site.json",
        "organization/taliban%00",
        "organization/%E0%A4%A",
        "x" * 3000,
        "<script>alert(1)</script>",
        "\ud800",
    ],
)
def test_what_is_not_there_is_told_to_people_and_to_programs(desk: Desk, path: str) -> None:
    page = asked(desk, "address", path=path)
    assert (page.status, page.media) == (404, "text/html; charset=utf-8")
    assert "no evidence that there is no such thing" in text_of(page)
    assert "<script>alert(1)" not in text_of(page)
    told = asked(desk, "address", path=path, accept="*/*")
    assert (told.status, told.media) == (404, "application/problem+json")
    assert json.loads(text_of(told))["status"] == 404


def test_foreign_addresses_lead_nowhere(desk: Desk) -> None:
    for iri in ("https://example.org/", "javascript:alert(1)", "", "//example.org/x", f"{DATA}//example.org", "\0"):
        if iri:
            assert asked(desk, "address", iri=iri).status == 404, iri


# ── What is gone ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def rebuilt(dataset: Path, kg: Kg) -> Desk:
    """A dataset with a release of before, in which somebody had another id."""
    assert kg("-C", dataset, "build", "--release", "1.0").code == 0
    for file in (dataset / "data").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("northern-front", "front-of-the-north"), encoding="utf-8")
    assert kg("-C", dataset, "build").code == 0
    return desk_of(dataset)


def test_what_an_earlier_release_had_is_gone_with_what_may_stand_for_it(rebuilt: Desk) -> None:
    before = "organization/northern-front"
    page = asked(rebuilt, "address", path=before)
    assert page.status == 410
    assert "The release 1.0 of this dataset had it" in text_of(page)
    assert "whether it is the same, no source says" in text_of(page)
    assert '<a href="/organization/front-of-the-north.html">' in text_of(page)
    told = asked(rebuilt, "address", path=f"{before}.ttl", accept="text/turtle")
    assert (told.status, told.media) == (410, "application/problem+json")
    (instead,) = json.loads(text_of(told))["instead"].values()
    assert [each["page"] for each in instead] == ["/organization/front-of-the-north.html"]
    assert asked(rebuilt, "address", path="organization/never").status == 404


def test_a_fact_that_moved_to_another_source_is_found_by_its_id(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build", "--release", "1.0").code == 0
    (file,) = (dataset / "data/articles").glob("*.yaml")
    text = file.with_suffix(".txt")
    text.rename(text.with_name("moved.txt"))
    file.rename(file.with_name("moved.yaml")).write_text(
        file.with_name("moved.yaml").read_text(encoding="utf-8").replace(text.name, "moved.txt"), encoding="utf-8"
    )
    assert kg("-C", dataset, "build").code == 0
    desk = desk_of(dataset)
    before = next(node for node, kind in desk.documents.roots(["event", "act"]))[1:-1].removeprefix(desk.settings.base)
    gone = asked(desk, "address", path=before.replace("source/moved/", f"source/{file.stem}/"))
    assert gone.status == 410
    assert "With the same id, of another source" in text_of(gone)
    assert f'<a href="/{before}.html">' in text_of(gone)


def test_what_is_gone_is_known_without_the_store_of_its_release(rebuilt: Desk) -> None:
    for store in (rebuilt.release.folder.parent / "1.0").glob("store"):
        for file in store.rglob("*"):
            if file.is_file():
                file.unlink()
    assert asked(rebuilt, "address", path="organization/northern-front").status == 410


# ── Search without a script ───────────────────────────────────────────────────────────────────────────────────────


def test_a_search_finds_beginnings_of_words_and_then_likenesses(desk: Desk) -> None:
    page = text_of(asked(desk, "search_page", q="TALIB"))
    assert '<a href="organization/taliban.html"><bdi>Taliban</bdi></a>' in page
    near = text_of(asked(desk, "search_page", q="talibam"))
    assert "Nearly so called" in near
    assert "85 of 100" in near
    assert "no evidence that there is nobody of this name" in text_of(asked(desk, "search_page", q="qqqq"))


def test_suggestions_are_those_of_the_names_that_a_page_has(desk: Desk) -> None:
    told = json.loads(text_of(asked(desk, "suggested", q="ali tal")))
    assert told == {"found": [], "whole": True}
    told = json.loads(text_of(asked(desk, "suggested", q="tal")))
    assert told["found"][0] == {
        "label": "Taliban",
        "path": "organization/taliban.html",
        "kind": "Organization",
        "name": "Taliban",
    }
    assert len(told["found"]) <= 10


def test_an_address_without_data_names_none(desk: Desk) -> None:
    told = asked(desk, "address", path="graph/asserted")
    assert told.headers["Location"] == "/about.html#graph/asserted"
    assert "alternate" not in told.headers["Link"]
    assert 'rel="alternate"; type="text/turtle"' in asked(desk, "address", path=TALIBAN).headers["Link"]
