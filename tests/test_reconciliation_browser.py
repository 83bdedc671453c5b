"""The preview in a frame of another page, and the page about the service, in a browser without a screen."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from serving import served
from sites import browser
from sites import served as static

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
PREVIEW = "reconcile/preview?id=organization%2Ftaliban"


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def address(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("framed")
    shutil.copy(ROOT / "kg.toml", folder / "kg.toml")
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(founding, folder / "out", symlinks=True)
    with served(folder) as found:
        yield found


def heard(page: "Page") -> list[str]:
    """What the console will say."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_a_page_elsewhere_shows_the_preview_in_a_frame(chromium: "Browser", address: str, tmp_path: Path) -> None:
    frame = f'<!doctype html><title>x</title><iframe src="{address}{PREVIEW}" width="430" height="320"></iframe>'
    (tmp_path / "index.html").write_text(frame, encoding="utf-8")
    (tmp_path / "favicon.ico").write_bytes(b"")
    with static(tmp_path) as elsewhere:
        page = chromium.new_page()
        said = heard(page)
        page.goto(elsewhere)
        inside = page.frame_locator("iframe")
        inside.locator("h1").wait_for()
        assert inside.locator("h1").inner_text() == "Taliban"
        body = inside.locator("body")
        assert "uncertain" in body.inner_text()
        assert body.evaluate("body => getComputedStyle(body).fontSize") == "14px"  # its own style, by its hash
        assert body.evaluate("body => body.ownerDocument.documentElement.scrollWidth") <= 430
        assert said == []
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [PREVIEW, "reconcile/about"])
def test_pages_can_be_read_by_everybody(chromium: "Browser", address: str, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 375, "height": 700}, bypass_csp=True
    )
    page = context.new_page()
    page.goto(address + path)
    found = Axe().run(page, options={"rules": {"region": {"enabled": False}}})
    assert [each["id"] for each in found.response["violations"] if each["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    context.close()
