"""The live site in a browser without a screen: with scripts and without, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from live import dataset_of
from serving import served
from sites import browser
from test_live_served import ready

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

TALIBAN = "organization/taliban"
ASKED = "status?entity=taliban&in=RU&on=2010-01-01"
PAGES = ("", "status", ASKED, "status?entity=talibam", "status?entity=taliban&on=soon", "search.html?q=tali", "nothing")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def address(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(dataset_of(founding, tmp_path_factory.mktemp("live") / "dataset")) as found:
        ready(found)
        yield found


def _listened(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    return said


def test_somebody_searches_reads_a_page_and_asks_for_another_day(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    said = _listened(page)
    page.goto(address)
    page.get_by_role("combobox").fill("talib")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{TALIBAN}.html")
    page.get_by_role("link", name="Status on another day").click()
    page.get_by_label("Where").select_option(label="Russia")
    page.get_by_label("When").fill("2010-01-01")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**/status?entity=organization%2Ftaliban&in=RU&on=2010-01-01")
    assert "On 1 January 2010, Taliban was listed on" in page.get_by_role("main").inner_text()
    assert (page.get_by_role("img").first.get_attribute("aria-label") or "").startswith("Time line of ")
    page.get_by_role("link", name="the fact").first.click()
    assert "classified as a terrorist entity in Russia" in page.get_by_role("main").inner_text()
    assert said == []


def test_the_field_of_the_status_offers_names_to_pick(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    said = _listened(page)
    page.goto(f"{address}status")
    page.get_by_label("Who").fill("supr")
    page.get_by_role("option").first.wait_for()
    assert all("html" not in (text or "") for text in page.get_by_role("option").all_inner_texts())
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.get_by_label("Who").input_value().startswith("organization/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/status?entity=organization%2F**")
    assert said == []


def test_everything_works_without_scripts(chromium: Browser, address: str) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    page.get_by_label("Search by name, in any script").fill("tali")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Taliban", exact=True).click()
    assert page.url == f"{address}{TALIBAN}.html"
    page.get_by_role("link", name="Status on another day").click()
    page.get_by_label("When").fill("2003")
    page.get_by_role("button", name="Ask").click()
    assert "Throughout 2003" in page.get_by_role("main").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everybody_can_use_the_pages(chromium: Browser, address: str, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    for path in PAGES:
        page.goto(address + path)
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["target"]) for each in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    context.close()


def test_what_is_typed_before_the_files_are_there_is_asked_of_the_server(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.route("**/search/*.json", lambda route: route.fulfill(status=503))
    page.goto(f"{address}search.html")
    page.get_by_role("combobox").fill("talib")
    page.get_by_role("option").first.wait_for()
    assert "Taliban" in page.get_by_role("option").first.inner_text()


def test_a_page_is_loaded_again_when_another_release_is_served(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 800, "height": 400})
    told = iter(["one", "one", "two", "two", "two", "two"])

    def events(route: Route) -> None:
        content = f"retry: 10\nevent: release\ndata: {next(told, 'two')}\n\n"
        route.fulfill(content_type="text/event-stream", body=content)

    page.route("**/events", events)
    page.goto(f"{address}{TALIBAN}.html")
    page.evaluate("window.scrollTo(0, 700)")
    with page.expect_navigation():
        page.add_script_tag(url=f"{address}assets/reload.js")
    assert page.evaluate("Number(sessionStorage.getItem(`onrecord-scroll:${location.pathname}`))") == 700
    page.add_script_tag(url=f"{address}assets/reload.js")  # which the page has of itself where it is watched
    assert page.evaluate("sessionStorage.length") == 0
    page.close()
