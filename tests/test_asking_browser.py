"""The pages to ask from, in a browser without a screen and without scripts: forms are all that they need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from serving import served
from sites import browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "src/onrecord/site/assets"
PHONE, DESK = (360, 740), (1280, 900)
PAGES = (
    "api",
    "ask/status-on-date.html?subject=taliban&on=2010-01-01",
    "ask/status-on-date.html?subject=nobody-at-all&on=2010-01-01",
    "ask/relisted.html?subject=taliban",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def server(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("asking-browser")
    (folder / "kg.toml").write_bytes((ROOT / "kg.toml").read_bytes())
    (folder / "out").symlink_to(founding)
    with served(folder) as address:
        yield address


def _opened(chromium: Browser, *, scripts: bool, size: tuple[int, int], scheme: str = "light") -> Page:
    """A page. The style sheets come from here: another part of the server gives them."""
    context = chromium.new_context(
        java_script_enabled=scripts,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.route("**/assets/*", lambda route: route.fulfill(path=ASSETS / route.request.url.rsplit("/", 1)[1]))
    return page


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_pages(chromium: Browser, server: str, address: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for size in (DESK, PHONE):
        page = _opened(chromium, scripts=True, size=size, scheme=scheme)
        page.goto(f"{server}{address}")
        found = Axe().run(page).response
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
        assert found["passes"]
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1]
        page.context.close()


def test_a_question_is_asked_and_kept_without_a_script(chromium: Browser, server: str) -> None:
    page = _opened(chromium, scripts=False, size=DESK)
    page.goto(f"{server}api")
    page.get_by_role("link", name="What was somebody's status on a date").click()
    form = page.locator("form[action$='ask/status-on-date.html']")
    form.get_by_label("subject").fill("taliban")
    form.get_by_label("on", exact=False).last.fill("2010-01-01")
    form.get_by_role("button", name="Ask").click()
    assert page.url == f"{server}ask/status-on-date.html?subject=taliban&in=&on=2010-01-01"
    table = page.get_by_role("table")
    assert "classified as a terrorist entity in Russia" in table.inner_text()
    assert table.get_by_role("link", name="Russia", exact=True).first.get_attribute("href") == "../organization/russia"
    page.get_by_role("button", name="JSON", exact=True).click()
    assert page.url == f"{server}ask/status-on-date.json?subject=taliban&in=&on=2010-01-01"
    assert json.loads(page.locator("pre").inner_text())["rows"][0]["answer"] == "listed"
    page.context.close()


def test_what_is_wrong_is_told_beside_the_form(chromium: Browser, server: str) -> None:
    page = _opened(chromium, scripts=False, size=PHONE)
    page.goto(f"{server}ask/status-on-date.html?subject=talibn&on=2010-01-01")
    assert "nothing in the dataset is called 'talibn'" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("subject").input_value() == "talibn"
    page.context.close()
