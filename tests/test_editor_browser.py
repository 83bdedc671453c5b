"""The editor in a browser without a screen, on the server that it is made for."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from official_lists import DATA
from onrecord.server.editor.files import is_bundled
from serving import served
from sites import HOSTILE, browser

if TYPE_CHECKING:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser, Dialog, Page

ROOT = Path(__file__).parents[1]
ACT = f"{DATA}source/russia-taliban-delisting/act/delisting-of-the-taliban"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
Opened = Callable[..., "Page"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not is_bundled():
        pytest.skip("the editor is not built: make editor")
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def url(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("browsed")
    (folder / "kg.toml").write_text((ROOT / "kg.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "out").symlink_to(founding)
    with served(folder) as address:
        yield address


@pytest.fixture
def opened(chromium: Browser, url: str) -> Iterator[Opened]:
    """Opens the page; at the end nothing may have been said on the console but that queries were refused."""
    said: list[str] = []
    pages = []

    def open_page(
        path: str = "query", *, dark: bool = False, width: int = 1280, scripts: bool = True, checked: bool = False
    ) -> Page:
        made = chromium.new_context(
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            bypass_csp=checked,
        )
        page = made.new_page()
        pages.append(made)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{url}{path}")
        if scripts:
            page.wait_for_selector(".cm-content")
        return page

    yield open_page
    for made in pages:
        made.close()
    assert [line for line in said if "status of 400" not in line] == []


def _typed(page: Page, query: str) -> None:
    page.click(".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(query)


def _asked(page: Page, query: str) -> None:
    _typed(page, query)
    page.keyboard.press("Control+Enter")


def _status(page: Page, text: str) -> None:
    page.wait_for_function("(text) => document.getElementById('query-status').textContent.includes(text)", arg=text)


def _texts(page: Page, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_text_contents()]


def test_a_query_is_asked_sorted_and_shared(opened: Opened) -> None:
    page = opened()
    _asked(page, "SELECT ?n { VALUES ?n { 9 10 -2 } }")
    _status(page, "3 rows in ")
    assert _texts(page, "table.answer td") == ["9", "10", "-2"]
    page.click("table.answer th button")
    assert _texts(page, "table.answer td") == ["-2", "9", "10"]
    assert page.get_attribute("table.answer th", "aria-sort") == "ascending"
    page.click("table.answer th button")
    assert _texts(page, "table.answer td") == ["10", "9", "-2"]
    shared = page.url
    assert "#query=SELECT" in shared
    other = opened(shared.partition("/query")[2] and f"query{shared.partition('/query')[2]}")
    _status(other, "3 rows in ")
    assert other.evaluate("document.cookie") == ""


def test_vocabulary_and_variables_are_completed_with_what_they_mean(opened: Opened) -> None:
    page = opened()
    _typed(page, "SELECT * { ?actor a ")
    page.keyboard.type("onr:Desig")
    page.wait_for_selector(".cm-completionInfo")
    assert _texts(page, ".cm-tooltip-autocomplete li")[0] == "onr:Designationdesignation"
    assert "a status that somebody holds" in page.locator(".cm-completionInfo").inner_text()
    page.click(".cm-tooltip-autocomplete li >> nth=0")
    page.keyboard.type(" . ?ac")
    page.click(".cm-tooltip-autocomplete li:has-text('?actor')")
    assert page.input_value("#query-text").startswith("SELECT * { ?actor a onr:Designation . ?actor")
    page.keyboard.type(" # onr:Des")
    page.wait_for_timeout(300)
    assert page.locator(".cm-tooltip-autocomplete").count() == 0  # nothing is completed in a comment


def test_a_question_is_put_into_the_field_and_asked(opened: Opened) -> None:
    page = opened()
    page.click("[data-example=status-on-date]")
    _status(page, " row")
    assert "organization/taliban> <" in page.input_value("#query-text")
    assert page.get_attribute("[data-example=status-on-date]", "aria-current") == "true"
    page.click("#query-session summary")
    assert _texts(page, "#query-history button") == [
        "What was somebody's status on a date: listed, not listed, sources disagree, unc…"
    ]


def test_an_error_is_marked_at_its_place(opened: Opened) -> None:
    page = opened()
    _asked(page, "SELECT * {\n  ?s nope:x ?o\n}")
    page.wait_for_selector(".cm-lintRange-error")
    assert _texts(page, ".cm-lintRange-error") == ["nope:x"]
    assert "nothing declares it" in page.locator(".query-error").inner_text()
    _asked(page, "ASK {}")
    _status(page, "Answered")
    assert page.locator(".cm-lintRange-error").count() == 0
    assert page.locator(".truth").inner_text() == "Yes."


def test_an_answer_is_seen_as_graph_and_as_time_line(opened: Opened) -> None:
    page = opened(f"query?query={quote(f'DESCRIBE <{ACT}>')}")
    page.wait_for_selector(".network")
    assert page.get_attribute("#tab-graph", "aria-selected") == "true"
    first = page.locator(".network").inner_html()
    assert "organization:taliban" in first
    page.click("#query-run")
    _status(page, "triples in ")
    page.wait_for_selector(".network")
    assert page.locator(".network").inner_html() == first
    page.check("text=Classes")
    assert page.locator(".network .node").count() > first.count('class="node"')
    page.focus("#tab-graph")
    page.keyboard.press("ArrowLeft")
    assert page.get_attribute("#tab-table", "aria-selected") == "true"
    dated = "http://id.loc.gov/datatypes/edtf/EDTF"
    _asked(
        page,
        f'SELECT * {{ VALUES (?name ?when) {{ ("a" "2003"^^<{dated}>) ("b" "2004-05-06"^^<{dated}>) ("c" "2004~/.."^^<{dated}>) ("d" "soon"^^<{dated}>) }} }}',
    )
    _status(page, "4 rows in ")
    page.click("#tab-time")
    page.wait_for_selector(".drawing svg .span")
    assert (
        page.locator("#view-time .drawing[tabindex] .day").count() == 1
    )  # only what is given as a day is drawn as one
    assert page.locator("#view-time .drawing .span").count() == 2
    assert page.locator("#view-time .drawing .arrow").count() == 1
    assert "1 row without a date that can be drawn" in page.locator("#view-time").inner_text()
    assert "Not drawn, because they cannot be: soon." in page.locator("#view-time").inner_text()


@pytest.mark.parametrize(
    ("query", "links", "holds"),
    [
        ("SELECT (1 AS ?one) {}", ["CSV", "TSV", "JSON", "XML"], "one"),
        (
            f"CONSTRUCT WHERE {{ <{ACT}> ?p ?o }}",
            ["Turtle", "JSON-LD", "N-Triples", "RDF/XML", "TriG", "N-Quads"],
            "taliban",
        ),
    ],
)
def test_an_answer_is_downloaded(opened: Opened, query: str, links: list[str], holds: str) -> None:
    page = opened(f"query?query={quote(query)}")
    page.click("#tab-download")
    assert _texts(page, "#view-download a") == links
    for name in links:
        with page.expect_download() as waiting:
            page.click(f"#view-download a:text-is('{name}')")
        assert holds in Path(waiting.value.path()).read_text(encoding="utf-8")


def test_a_query_too_long_for_an_address_is_downloaded_by_a_form(opened: Opened) -> None:
    page = opened()
    _asked(page, f"SELECT (1 AS ?one) {{}} # {'x' * 7000}")
    _status(page, "1 row in ")
    page.click("#tab-download")
    with page.expect_download() as waiting:
        page.click("#view-download button:text-is('CSV')")
    assert Path(waiting.value.path()).read_text(encoding="utf-8").split() == ["one", "1"]


def test_stopping_ends_the_query(opened: Opened, url: str) -> None:
    page = opened()
    _asked(page, SLOW)
    page.click("#query-stop")
    _status(page, "Stopped after ")
    assert page.is_hidden("#query-stop")
    end = time.monotonic() + 30
    while not re.search(
        r"^\w*workers_killed_total [1-9]", httpx.get(f"{url}metrics", trust_env=False).text, re.MULTILINE
    ):
        assert time.monotonic() < end, "the query still runs"
        time.sleep(0.05)
    _asked(page, "ASK {}")
    _status(page, "Answered")


def test_what_breaks_off_is_shown_as_far_as_it_came(opened: Opened) -> None:
    page = opened()
    page.evaluate(
        """() => {
          window.fetch = async () => {
            const stream = new ReadableStream({
              start(to) { to.enqueue(new TextEncoder().encode("?a\\n<http://e.org/1>\\n<http://e.org/2>\\n<http://e.o")); },
              pull(to) { to.error(new TypeError("network")); },
            });
            return new Response(stream, { headers: { "content-type": "text/tab-separated-values" } });
          };
        }"""
    )
    page.click("#query-run")
    _status(page, "Cut short (the server ended it): 2 rows came in ")
    assert len(_texts(page, "table.answer td")) == 2
    assert page.locator(".query-error").inner_text().startswith("Cut short.")


def test_more_than_a_page_takes_is_not_read(opened: Opened) -> None:
    page = opened()
    _asked(page, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    _status(page, "Cut short (this page takes 16 MiB of an answer, a download all of it): ")
    assert page.locator("table.answer tbody tr").count() == 1000


def test_more_rows_than_are_shown_are_told(opened: Opened) -> None:
    page = opened()
    _asked(page, "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1234")
    _status(page, "1,234 rows in ")
    page.click("#tab-table")
    assert page.locator("table.answer tbody tr").count() == 1000
    assert "234 more: download the answer." in page.locator(".more").inner_text()


def test_nothing_hostile_in_an_answer_runs(opened: Opened) -> None:
    page = opened()
    dialogs: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    text = HOSTILE.replace("\x00", "").replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    _asked(
        page,
        f'CONSTRUCT {{ ?s rdfs:label "{text}" ; <javascript:alert(9)> ?o }} {{ BIND(IRI("javascript:alert(1)") AS ?s) BIND("{text}" AS ?o) }}',
    )
    _status(page, "2 triples in ")
    page.click("#tab-graph")
    page.wait_for_selector(".network")
    assert page.locator(".network .value").count() > 0  # there are only values, and so they are drawn
    page.click("#tab-table")
    assert page.locator("#query-results a[href^=javascript], #query-results img, #query-results script").count() == 0
    assert "\u202e" not in page.locator("table.answer").inner_text()
    assert dialogs == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_use_it(opened: Opened, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe as Checker

    page = opened(dark=theme == "dark", checked=True)
    found = {"begin": _violations(Checker(), page)}
    _typed(page, "SELECT * { ?a a onr:")
    page.keyboard.type("Ac")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    found["completing"] = _violations(Checker(), page)
    page.keyboard.press("Escape")
    _asked(page, "SELECT * { nonsense }")
    page.wait_for_selector(".query-error")
    found["error"] = _violations(Checker(), page)
    page.goto(f"{page.url.partition('#')[0]}?query={quote(f'DESCRIBE <{ACT}>')}")
    page.wait_for_selector(".network")
    for view in ("graph", "table", "download"):
        page.click(f"#tab-{view}")
        found[view] = _violations(Checker(), page)
    page.click("[data-example=status-everywhere]")
    page.wait_for_selector("#tab-time")
    page.click("#tab-time")
    found["time"] = _violations(Checker(), page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def _violations(axe: Axe, page: Page) -> list[tuple[str, str]]:
    """What axe finds, but for the list of completions: arrow keys go through it from the field, which names its active
    option (aria-activedescendant)."""
    found = [
        (each["id"], node["html"][:200]) for each in axe.run(page).response["violations"] for node in each["nodes"]
    ]
    return [each for each in found if not (each[0] == "scrollable-region-focusable" and 'role="listbox"' in each[1])]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_view_is_wider_than_the_screen(opened: Opened, width: int) -> None:
    page = opened(f"query?query={quote(f'DESCRIBE <{ACT}>')}", width=width)
    page.wait_for_selector(".network")
    wide = {"graph": page.evaluate("document.documentElement.scrollWidth")}
    for view in ("table", "download"):
        page.click(f"#tab-{view}")
        wide[view] = page.evaluate("document.documentElement.scrollWidth")
    assert {view: found for view, found in wide.items() if found > width} == {}


def test_the_keyboard_leaves_the_field(opened: Opened) -> None:
    page = opened()
    page.click(".cm-content")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "query-run"


def test_it_works_without_javascript(opened: Opened) -> None:
    page = opened("query?example=status-on-date", scripts=False)
    page.click("#query-run")
    page.wait_for_selector("table.answer")
    assert "listed" in _texts(page, "table.answer td")
    with page.expect_download() as waiting:
        page.click(".downloads button:text-is('CSV')")
    assert "jurisdiction" in Path(waiting.value.path()).read_text(encoding="utf-8")
