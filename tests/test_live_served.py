"""The live site over HTTP: from the first second on, and from its prepared files."""

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from live import BROWSER, dataset_of, desk_of
from official_lists import DATA
from onrecord.server.pages.site import live
from onrecord.site.building import build
from serving import served
from sites import files

PEOPLE = {"accept": BROWSER}
TALIBAN = "organization/taliban"


@pytest.fixture(scope="module")
def dataset(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dataset_of(founding, tmp_path_factory.mktemp("live") / "dataset")


@pytest.fixture(scope="module")
def address(dataset: Path) -> Iterator[str]:
    """A server whose site is prepared."""
    with served(dataset) as found:
        ready(found)
        yield found


def ready(address: str) -> None:
    """Wait until the site is prepared."""
    for _ in range(600):
        if httpx.get(f"{address}about.html", headers=PEOPLE).status_code == 200:
            return
        time.sleep(0.1)
    raise AssertionError("the site was not prepared within a minute")


@pytest.fixture(scope="module")
def whole(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    desk, folder = desk_of(dataset), tmp_path_factory.mktemp("whole") / "site"
    build(desk.store, live(desk.settings, watching=False), folder, lambda stage, done, of: None, "")
    return files(folder)


def test_every_file_of_the_site_is_served_as_it_is(address: str, whole: dict[str, bytes]) -> None:
    with httpx.Client(base_url=address, headers=PEOPLE) as client:
        for path, content in whole.items():
            answer = client.get(f"/{path}")
            if path.startswith("."):
                assert answer.status_code == 404
            else:
                assert (answer.status_code, answer.content) == (200, content), path


def test_a_file_is_known_by_its_content(address: str) -> None:
    with httpx.Client(base_url=address, headers={"accept-encoding": "identity"}) as client:
        first = client.get(f"/{TALIBAN}.html")
        tag = first.headers["etag"]
        assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
        for given in (tag, f'"x", W/{tag}', "*"):
            again = client.get(f"/{TALIBAN}.html", headers={"if-none-match": given})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert client.get(f"/{TALIBAN}.html", headers={"if-none-match": '"x"'}).status_code == 200
        head = client.head(f"/{TALIBAN}.html")
        assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(first.content)))


def test_data_can_be_read_from_other_sites_and_have_their_types(address: str) -> None:
    for form, media in (("jsonld", "application/ld+json"), ("ttl", "text/turtle; charset=utf-8")):
        answer = httpx.get(f"{address}{TALIBAN}.{form}")
        assert answer.headers["content-type"] == media
        assert answer.headers["access-control-allow-origin"] == "*"
        assert '; rel="canonical"' in answer.headers["link"]
    assert f'<{DATA}{TALIBAN}>; rel="canonical"' in httpx.get(f"{address}{TALIBAN}.html").headers["link"]


@pytest.mark.parametrize(
    "path",
    [
        "../kg.toml",
        "..%2fkg.toml",
        "%2e%2e/kg.toml",
        "organization/../../kg.toml",
        "organization%2ftaliban.html",
        "assets%2fsite.css",
        "assets/../../routes.py",
        "assets/",
        ".onrecord-site.json",
        "organization/.hidden",
        "taliban%00.html",
        "%ff%fe",
        "//etc/passwd",
        "C:/windows",
        "search/..%5c..%5ckg.toml",
        "a" * 5000,
    ],
)
def test_no_path_leads_out_of_the_site(address: str, path: str) -> None:
    told = subprocess.run(
        ["curl", "--silent", "--path-as-is", "-w", "\n%{http_code}", f"{address}{path}"],
        capture_output=True,
        check=True,
    ).stdout
    content, _, code = told.rpartition(b"\n")
    assert code in (b"404", b"414")
    assert b'"status":4' in content


def test_an_address_is_led_to_its_page_or_data(address: str) -> None:
    def led(path: str, accept: str) -> str:
        answer = httpx.get(f"{address}{path}", headers={"accept": accept})
        assert (answer.status_code, answer.headers["vary"].split(",")[0]) == (303, "Accept")
        return answer.headers["location"]

    assert led(TALIBAN, BROWSER) == f"/{TALIBAN}.html"
    assert led(TALIBAN, "text/turtle;q=0.9, application/ld+json;q=0.8") == f"/{TALIBAN}.ttl"
    assert led(f"iri/{DATA}{TALIBAN}", "application/ld+json") == f"/{TALIBAN}.jsonld"
    assert led(f"iri/{DATA.replace('//', '/')}{TALIBAN}", BROWSER) == f"/{TALIBAN}.html"
    assert led(f"?iri={DATA}{TALIBAN}", BROWSER) == f"/{TALIBAN}.html"
    assert led("iri/https://w3id.org/onrecord/ns%23Designation", BROWSER) == "/ns.html"


def test_people_get_the_answer_as_a_page_and_programs_as_json(address: str) -> None:
    with httpx.Client(base_url=address) as client:
        page = client.get("/status?entity=taliban&in=RU&on=2010-01-01", headers=PEOPLE)
        assert page.headers["content-type"].startswith("text/html")
        (data,) = re.findall(r'<a href="(status/[^"]*)">JSON</a>', page.text)
        told = client.get("/status?entity=taliban&in=RU&on=2010-01-01", headers={"accept": "application/json"})
        assert told.headers["content-type"] == "application/json"
        assert told.json() == client.get(f"/{data.replace('&amp;', '&')}").json()
        assert told.json()["answer"] == "listed"
        for path in ("query", "api"):
            assert client.get(f"/{path}", headers=PEOPLE).status_code == 200, "the navigation leads there"


def test_a_page_can_be_asked_for_before_the_site_is_prepared(
    dataset: Path, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache can never be written here: whatever is served is made for whoever asks."""
    (tmp_path / "onrecord").mkdir()
    (tmp_path / "onrecord/sites").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with served(dataset) as address, httpx.Client(base_url=address, headers=PEOPLE, timeout=30) as client:
        assert client.get(f"/{TALIBAN}.html").content == whole[f"{TALIBAN}.html"]
        assert client.get("/assets/site.css").content == whole["assets/site.css"]
        assert client.get("/status?entity=taliban").status_code == 200
        assert "Taliban" in client.get("/search.html?q=tali").text
        for path in ("", "index.html"):
            front = client.get(f"/{path}")
            assert front.status_code == 200
            assert "is still being gathered from this release" in front.text
            counts = re.search(r'<ul class="counts wide">.*?</ul>', whole["index.html"].decode(), re.S)
            assert counts is not None
            assert counts[0] in front.text, "what there is, as the prepared page counts it"
            assert 'id="lists"' not in front.text
        for path in ("index/organization.html", "conflicts.html", "search/q-a.json", "about.html"):
            answer = client.get(f"/{path}")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
            assert "are being prepared" in answer.text
        told = client.get("/index/person.html", headers={"accept": "application/json"})
        assert (told.status_code, told.json()["status"]) == (503, 503)
        assert client.get("/nothing.html").status_code == 404


def test_listeners_are_told_which_release_is_served(address: str) -> None:
    with httpx.stream("GET", f"{address}events", timeout=30) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        told = [next(lines) for _ in range(3)]
    assert told[1] == "event: release"
    assert re.fullmatch(r"data: [0-9a-f]{64}", told[2])


def test_a_preparation_that_fails_is_told_and_ends_with_the_server(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "onrecord").mkdir()
    (tmp_path / "onrecord/sites").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with served(dataset) as address:
        for _ in range(600):
            told = httpx.get(f"{address}about.html", headers={"accept": "application/json"}).json()
            if "detail" in told:
                break
            time.sleep(0.1)
        assert told["detail"].startswith("the site cannot be written: ")
        assert str(tmp_path) not in told["detail"], "no path of the machine"
        assert told["detail"] in httpx.get(f"{address}about.html", headers=PEOPLE).text
