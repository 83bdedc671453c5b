"""The site in a browser without a screen: it can be used and read by everybody, and nothing hostile runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from official_lists import DATA
from onrecord.site.site import site_of
from onrecord.store import Release
from sites import HOSTILE, browser, pages, served, turned_hostile, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

ARTICLE = "source/russia-taliban-delisting"
KINDS_OF_PAGES = (
    "index.html",
    "search.html",
    "about.html",
    "conflicts.html",
    "index/index.html",
    "index/organization.html",
    "index/list/russian-terrorist-organizations.html",
    "organization/taliban.html",
    "list/russian-terrorist-organizations.html",
    f"{ARTICLE}.html",
    f"{ARTICLE}/act/ruling-on-the-taliban.html",
    f"{ARTICLE}/designation/taliban-in-russia.html",
    f"{ARTICLE}/person/volkovs-father.html",
    f"{ARTICLE}/statement/official-on-allies.html",
    "ns.html",
    "scheme.html",
    "scheme/act-kind.html",
    "shapes.html",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def site(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site") / "public"
    written(Release.latest(founding).store(), folder)
    with served(folder) as address:
        yield address


def _listened(page: Page, said: list[str]) -> None:
    def dismissed(dialog: Dialog) -> None:
        said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", dismissed)


def test_somebody_finds_the_taliban_reads_its_history_and_takes_the_data(chromium: Browser, site: str) -> None:
    said: list[str] = []
    page = chromium.new_page()
    _listened(page, said)
    page.goto(site)
    page.get_by_role("combobox").or_(page.get_by_role("searchbox")).first.fill("talib")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organization/taliban.html")
    assert page.get_by_role("heading", level=1).inner_text() == "Taliban"

    row = page.get_by_role("row").filter(has_text="18 April 2005").filter(has_text="16 April 2025")
    assert "listed" in row.inner_text()
    picture = page.get_by_role("img", name="Time line of Russia's list of designated terrorist organizations")
    assert "from 2005-04-18 to 2025-04-16 listed" in str(picture.get_attribute("aria-label"))

    page.get_by_role("link", name="Terrorist organization", exact=True).click()
    page.wait_for_url("**/designation/taliban-in-russia.html")
    assert "classified as a terrorist entity in Russia" in page.locator("blockquote").first.inner_text()
    page.go_back()

    with page.expect_download() as download:
        page.get_by_role("link", name="JSON-LD").click()
    document = json.loads(Path(download.value.path()).read_bytes())
    assert document["id"] == f"{DATA}organization/taliban"
    assert document["designations"][0]["jurisdiction"]["label"] == "Russia"
    assert said == []
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_read_every_kind_of_page(chromium: Browser, site: str, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(color_scheme="dark" if theme == "dark" else "light", bypass_csp=True)
    page = context.new_page()
    found = {}
    for path in KINDS_OF_PAGES:
        response = page.goto(f"{site}{path}")
        assert response is not None
        assert response.ok, path
        found[path] = [
            (violation["id"], violation["nodes"][0]["html"]) for violation in Axe().run(page).response["violations"]
        ]
    context.close()
    assert {path: violations for path, violations in found.items() if violations} == {}


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_is_wider_than_the_screen(chromium: Browser, site: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    wide = {}
    for path in KINDS_OF_PAGES:
        page.goto(f"{site}{path}")
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert {path: each for path, each in wide.items() if each > width} == {}


def test_headings_are_in_order(chromium: Browser, site: str) -> None:
    page = chromium.new_page()
    for path in KINDS_OF_PAGES:
        page.goto(f"{site}{path}")
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(each => +each.tagName[1])")
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
    page.close()


def test_the_keyboard_reaches_the_content_first(chromium: Browser, site: str) -> None:
    page = chromium.new_page()
    page.goto(f"{site}organization/taliban.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_it_is_read_without_javascript(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}index/organization.html")
    page.get_by_role("link", name="Taliban", exact=True).click()
    assert page.get_by_role("img", name="Time line of Russia's list of designated terrorist organizations").is_visible()
    page.goto(f"{site}search.html")
    assert "needs JavaScript" in page.locator("main").inner_text()
    context.close()


def test_nothing_hostile_runs(chromium: Browser, founding: Path, tmp_path: Path) -> None:
    hostile = site_of(f"x: {HOSTILE}", HOSTILE, "javascript:alert(1)", "en", DATA)
    written(turned_hostile(Release.latest(founding).store()), tmp_path / "site", hostile)
    said: list[str] = []
    asked: set[str] = set()
    page = chromium.new_page()
    _listened(page, said)
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    with served(tmp_path / "site") as address:
        for path in pages(tmp_path / "site"):
            page.goto(address + path, wait_until="load")
        page.goto(f"{address}search.html?q=%3Cscript%3Ealert(1)%3C/script%3E")
        page.get_by_role("combobox").or_(page.get_by_role("searchbox")).first.fill("taliba")
        page.get_by_role("option").first.wait_for()
        assert (
            page.evaluate("document.querySelectorAll('main script, main img, main [onload], main [onerror]').length")
            == 0
        )
        assert asked == {urlsplit(address).netloc}
    assert said == []
    page.close()


def test_pages_are_read_from_a_folder_without_a_server(chromium: Browser, founding: Path, tmp_path: Path) -> None:
    written(Release.latest(founding).store(), tmp_path / "site")
    page = chromium.new_page()
    page.goto((tmp_path / "site" / "organization/taliban.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Iowan')
    page.get_by_role("link", name="Browse").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Browse"
    page.close()
