"""The search of the site: its files, and the script that reads them, in Node and in a browser."""

import functools
import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from official_lists import DATA
from onrecord.documents import KINDS, Documents
from onrecord.matching.normal import words
from onrecord.site.rendering import environment
from onrecord.site.search import FIRST, LARGEST, Entry, entry_of, file_of, files
from onrecord.store import Release

Answer = dict[str, object]
SCRIPT = Path(__file__).parents[1] / "src/onrecord/site/assets/search.js"
_RUN = """
const { fold, find } = require(process.argv[1]);
const { files, folds, finds } = JSON.parse(require("fs").readFileSync(0, "utf8"));
(async () => {
  const found = [];
  for (const text of finds) {
    const loaded = [];
    const load = async (name) => { loaded.push(name); return files["search/" + name]; };
    found.push({ ...(await find(text, load)), loaded: [...new Set(loaded)] });
  }
  const letters = files["search/letters.json"];
  process.stdout.write(JSON.stringify({ folds: folds.map((text) => fold(text, letters)), finds: found }));
})();
"""
NAMES = [
    "Talibán",
    "طالبان",
    "Талибан",
    "Strauß & Söhne",
    "Łódź Øresund",
    "O'Brien",
    "Σωκράτης",
    "مُحَمَّد عمر",
    "\u202bحماس\u202c",
    "北京",
    "ﬁnance ①",
    "Müller–Lüdenscheidt",
    "Nord\u200bSüd",
    "İstanbul",
    "ʿAbd al-Raḥmān",
    "Đorđe",
    "שָׁלוֹם",
]


def _entry(number: int, *names: str, kind: str = "Person", rank: int = 1) -> Entry:
    return Entry(names[0], f"person/p{number}.html", kind, names, rank)


def _many() -> list[Entry]:
    """Twelve thousand people with few names between them: what makes large files."""
    given, families = (
        ("muhammad", "ali", "omar", "ahmad", "khan"),
        ("jan", "akhund", "zadran", "haqqani", "wardak", "al"),
    )
    made = []
    for number in range(12_000):
        one, two = given[number % 5], families[number // 5 % 6]
        made.append(_entry(number, f"{one} {given[number // 30 % 5]} {two} {number // 150}"))
    return made


def _node(made: dict[str, bytes], folds: list[str], finds: list[str]) -> tuple[list[list[str]], list[Answer]]:
    program = shutil.which("node")
    if program is None:
        pytest.skip("Node is not installed here: on Debian, apt install nodejs")
    given = {"files": {path: json.loads(text) for path, text in made.items()}, "folds": folds, "finds": finds}
    ran = subprocess.run(
        [program, "-e", _RUN, str(SCRIPT)], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    said = json.loads(ran.stdout)
    return said["folds"], said["finds"]


def _labels(answer: Answer) -> list[str]:
    found = answer["found"]
    assert isinstance(found, list)
    return [str(one["label"]) for one in found]


# ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_file_is_large_and_each_first_letter_has_one() -> None:
    made = files([_entry(number, name) for number, name in enumerate(NAMES)])
    assert {file_of(first) for first in FIRST} <= made.keys()
    large = files(_many())
    assert max(len(text) for path, text in large.items() if path != "search/letters.json") <= LARGEST
    assert len(large) > 100
    assert all(len(text) < 100_000 for text in large.values())


def test_a_name_that_is_a_book_fits_in_a_file() -> None:
    made = files([_entry(number, "x" * 50_000 + f" {number}", "\u202e\x00" * 30_000) for number in range(500)])
    assert max(map(len, made.values())) <= LARGEST


def test_the_order_of_entries_does_not_count() -> None:
    entries = [_entry(number, name, f"{name} alias") for number, name in enumerate(NAMES)]
    assert files(entries) == files(reversed(entries))


def test_names_for_files_are_safe_on_every_system() -> None:
    made = files([*_many(), _entry(1, "con aux nul ../../x"), _entry(2, "\\..\\")])
    assert all(path.startswith(("search/q-", "search/letters.json")) for path in made)
    assert all(set(path) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-/.") for path in made)
    assert len({path.casefold() for path in made}) == len(made)


def test_an_entry_has_every_name_of_its_document(founding: Path) -> None:
    documents = Documents(Release.latest(founding).store(), DATA)
    entry = entry_of(documents.document(f"<{DATA}organization/taliban>", KINDS["organization"]), "x.html", "Group")
    assert {"Taliban", "Талибан"} <= set(entry.names)
    person = entry_of(documents.document(f"<{DATA}person/nadezhda-kevorkova>", KINDS["person"]), "x.html", "Person")
    assert person.names == ("Nadezhda Kevorkova",)


def test_directions_of_writing_are_shown_and_not_obeyed() -> None:
    text = b"".join(files([_entry(1, "evil\u202ename")]).values()).decode()
    assert "\u202e" not in text.replace('"\u202e"', "")
    assert "[U+202E]" in text


# ── The script ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_browser_folds_as_we_do() -> None:
    made = files([_entry(number, name) for number, name in enumerate(NAMES)])
    folded, _ = _node(made, [*NAMES, "TALIBAN", "taliban’s  x", "a`b", "", "…"], [])
    assert folded == [words(text) for text in [*NAMES, "TALIBAN", "taliban’s  x", "a`b", "", "…"]]


_LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "Z", "Cf")), min_size=1, max_size=12)


def test_the_browser_folds_any_name_of_the_dataset_as_we_do() -> None:
    texts: list[str] = []

    @given(_LETTERS)
    def gather(text: str) -> None:
        texts.append(text)

    gather()
    made = files([_entry(number, text) for number, text in enumerate(texts) if words(text)])
    known = [text for text in texts if words(text)]
    folded, _ = _node(made, known, [])
    assert [(text, got) for text, got in zip(known, folded, strict=True) if got != words(text)] == []


def test_a_name_is_found_in_any_script_by_any_beginning_of_its_words() -> None:
    entries = [
        _entry(1, "Taliban", "طالبان", "Талибан", rank=0),
        _entry(2, "Haqqani Network", "HQN"),
        _entry(3, "Tariq Haqqani"),
        _entry(4, "Müller"),
    ]
    typed = ["tal", "طالبان", "талиб", "haqq", "net haqqani", "muller", "MÜLLER", "hqn", "xyz", "t h", "!!", "北"]
    _, found = _node(files(entries), [], typed)
    wanted = [
        ["Taliban"],
        ["Taliban"],
        ["Taliban"],
        ["Haqqani Network", "Tariq Haqqani"],
        ["Haqqani Network"],
        ["Müller"],
        ["Müller"],
        ["Haqqani Network"],
        [],
        ["Tariq Haqqani"],
        [],
        [],
    ]
    assert [_labels(each) for each in found] == wanted
    assert all(each["whole"] for each in found)


def test_the_first_letter_takes_one_file_and_each_further_one_at_most_one_more() -> None:
    typed = ["m", "mu", "muh", "muhammad", "muhammad k", "haqqani 7", "zadran muhammad 12"]
    _, found = _node(files(_many()), [], typed)
    loaded = [each["loaded"] for each in found]
    assert loaded[0] == ["q-m.json"]
    for (text, files_of), before in zip(zip(typed[1:4], loaded[1:4], strict=True), loaded[:3], strict=True):
        assert isinstance(files_of, list)
        assert isinstance(before, list)
        assert len(files_of) <= len(before) + len(text)
        assert files_of[: len(before)] == before


def test_all_is_found_or_it_is_said_that_there_is_more() -> None:
    entries = _many()
    typed = ["haqqani 7", "zadran 12", "muhammad omar jan 3", "ali", "79", "khan wardak 5", "akhund ali"]
    _, found = _node(files(entries), [], typed)
    for text, answer in zip(typed, found, strict=True):
        wanted = {
            entry.path
            for entry in entries
            if all(any(each.startswith(word) for each in entry.label.split()) for word in text.split())
        }
        rows = answer["found"]
        assert isinstance(rows, list)
        got = {str(row["path"]) for row in rows}
        assert got <= wanted
        assert got
        assert answer["whole"] == (got == wanted) or not answer["whole"]
    assert found[4]["whole"]
    assert not found[3]["whole"]


# ── In a browser ──────────────────────────────────────────────────────────────────────────────────────────────────


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    folder = tmp_path_factory.mktemp("search")
    entries = [
        _entry(1, "Taliban", "طالبان"),
        _entry(2, "Tariq <img src=x onerror=alert(1)>"),
        *(_entry(n, f"Tom {n}") for n in range(3, 30)),
    ]
    for path, text in files(entries).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(text)
    shutil.copytree(SCRIPT.parent, folder / "assets")
    common = {
        "name": "N",
        "title": "T",
        "language": "en",
        "publisher": "",
        "licence": "",
        "navigation": [],
        "live": False,
        "scripts": [],
    }
    page = environment().get_template("search.html")
    (folder / "search.html").write_text(
        page.render(site=common, root="", here="search.html", indexes=[("a.html", "People")]), encoding="utf-8"
    )
    (folder / "person").mkdir()
    (folder / "person" / "p1.html").write_text('<!doctype html><title>Found</title><link rel="icon" href="data:,">')
    asked: list[str] = []

    class Handler(_Silent):
        def do_GET(self) -> None:
            asked.append(self.path)
            super().do_GET()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_field_is_used_by_keyboard(site: tuple[str, list[str]]) -> None:
    from playwright.sync_api import expect, sync_playwright

    if not Path("/usr/bin/chromium").exists():
        pytest.skip("Chromium is not installed here: on Debian, apt install chromium")
    address, asked = site
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.goto(f"{address}search.html")
        field = page.get_by_role("combobox")
        field.press_sequentially("t")
        expect(page.get_by_role("option")).to_have_count(10)
        assert [path for path in asked if path.startswith("/search/")] == ["/search/q-t.json"]
        field.press_sequentially("a")
        expect(page.get_by_role("option")).to_have_count(2)
        expect(field).to_have_attribute("aria-expanded", "true")
        field.press("ArrowUp")
        expect(field).to_have_attribute("aria-activedescendant", "search-list-1")
        expect(page.get_by_role("option", selected=True)).to_contain_text("<img")
        field.press("ArrowDown")
        expect(page.get_by_role("option", selected=True)).to_contain_text("Taliban")
        field.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(field).to_have_value("ta")
        field.press("Enter")
        expect(page.locator("#search-results a")).to_have_count(2)
        assert page.url.endswith("search.html?q=ta")
        field.fill("طال")
        expect(page.get_by_role("option")).to_have_count(1)
        expect(page.get_by_role("status")).to_have_text("1 found.")
        field.press("ArrowDown")
        field.press("Enter")
        expect(page).to_have_title("Found")
        page.goto(f"{address}search.html?q=zzz")
        expect(page.get_by_role("status")).to_contain_text("no evidence")
        browser.close()
    assert wrong == []


def test_without_javascript_the_index_pages_are_there() -> None:
    common = {
        "name": "N",
        "title": "T",
        "language": "en",
        "publisher": "",
        "licence": "",
        "navigation": [],
        "live": False,
        "scripts": [],
    }
    text = (
        environment()
        .get_template("search.html")
        .render(site=common, root="../", here="", indexes=[("a.html", "People")])
    )
    assert "<noscript>" in text
    assert '<a href="../a.html">People</a>' in text
    assert "onclick" not in text
