"""A reader's whole way through what `kg serve` serves: search → page → status → evidence → editor → download."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from live import dataset_of
from onrecord.server.editor.files import is_bundled
from serving import served
from sites import browser
from test_live_served import ready

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not is_bundled():
        pytest.skip("the editor is not built: make editor")
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def address(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(dataset_of(founding, tmp_path_factory.mktemp("walk") / "dataset")) as found:
        ready(found)
        yield found


def _is_accessible(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_search_to_a_file(chromium: Browser, address: str, scheme: str, width: int, tmp_path: Path) -> None:
    context = chromium.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 844},
        accept_downloads=True,
        bypass_csp=True,  # for axe, which is put into the page
    )
    page, said = context.new_page(), [""][:0]
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.goto(address)
    _is_accessible(page)
    page.get_by_role("combobox").fill("Талиб")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/organization/taliban.html")
    _is_accessible(page)
    page.get_by_role("link", name="Status on another day").click()
    page.get_by_label("Where").select_option(label="Russia")
    page.get_by_label("When").fill("2010-01-01")
    page.get_by_role("button", name="Ask").click()
    main = page.get_by_role("main")
    main.get_by_text("was listed on").first.wait_for()
    assert "classified as a terrorist entity in Russia" in main.inner_text()
    _is_accessible(page)
    page.get_by_role("link", name="the fact").first.click()
    page.wait_for_url("**/designation/taliban-in-russia.html")
    _is_accessible(page)
    page.goto(f"{address}query")
    page.locator(".cm-content").fill(
        "SELECT ?s ?name WHERE { ?s a onr:DesignationList ; rdfs:label ?name } ORDER BY ?s"
    )
    page.get_by_role("button", name="Run").click()
    page.get_by_role("table").first.wait_for()
    assert "Russia's list of designated terrorist organizations" in page.get_by_role("table").first.inner_text()
    _is_accessible(page)
    page.get_by_role("tab", name="Download").click()
    with page.expect_download() as loading:
        page.get_by_role("link", name="CSV").or_(page.get_by_role("button", name="CSV")).first.click()
    loading.value.save_as(tmp_path / "answer.csv")
    with (tmp_path / "answer.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["s"].rsplit("/", 1)[-1] for row in rows] == sorted(row["s"].rsplit("/", 1)[-1] for row in rows)
    assert "Russia's list of designated terrorist organizations" in {row["name"] for row in rows}
    context.close()
    assert said == []
