"""The site: pages that say what the documents say, in a folder of their own, the same from run to run."""

import html
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import Kg
from official_lists import DATA, Official
from onrecord.documents import KINDS, Document, Documents
from onrecord.documents.document import Tree
from onrecord.errors import ConfigurationError, PublishError
from onrecord.questions.status import Statuses
from onrecord.site import telling
from onrecord.site.building import build
from onrecord.site.front import Front
from onrecord.site.places import anchor, root_of
from onrecord.site.rendering import environment, visible, web
from onrecord.site.roles import heading
from onrecord.site.site import site_of
from onrecord.site.views import Shown
from onrecord.site.writing import Folder
from onrecord.store import Release
from sites import HOSTILE, SITE, files, pages, turned_hostile, written

ARTICLE = "source/russia-taliban-delisting"


@pytest.fixture(scope="module")
def store(founding: Path) -> ox.Store:
    return Release.latest(founding).store()


@pytest.fixture(scope="module")
def folder(store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("site") / "public"
    written(store, made)
    return made


def _text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def _page(folder: Path, path: str) -> str:
    return (folder / f"{path}.html").read_text(encoding="utf-8")


# ── What there is ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_document_is_a_page_with_its_data(folder: Path, store: ox.Store) -> None:
    made = Documents(store, DATA)
    roots = list(made.roots(KINDS))
    assert len(roots) > 100
    for node, kind in roots:
        path = folder / node[1:-1].removeprefix(DATA)
        document = made.document(node, kind)
        assert path.with_suffix(".jsonld").read_bytes() == document.pretty
        parsed = ox.parse(path.with_suffix(".ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
        assert {(str(q.subject), str(q.predicate), str(q.object)) for q in parsed} == document.triples
        assert path.with_suffix(".html").is_file()


def test_every_link_leads_somewhere(folder: Path) -> None:
    held = files(folder)
    ids = {path: set(re.findall(r' id="([^"]+)"', held[path].decode())) for path in pages(folder)}
    missing = []
    for path in pages(folder):
        for href in re.findall(r' (?:href|src)="([^"]*)"', held[path].decode()):
            target, _, part = html.unescape(href).partition("#")
            if target.startswith(("http://", "https://")):
                continue
            found = str(Path("/", path).parent.joinpath(target).resolve())[1:] if target else path
            if found not in held or (part and part not in ids.get(found, ())):
                missing.append((path, href))
    assert missing == []


def test_no_page_says_an_id_twice(folder: Path) -> None:
    for path in pages(folder):
        found = re.findall(r' id="([^"]+)"', (folder / path).read_text(encoding="utf-8"))
        assert sorted(set(found)) == sorted(found), path


def test_parts_are_anchors_on_the_page_of_their_owner(folder: Path) -> None:
    page = _page(folder, f"{ARTICLE}/designation/taliban-in-russia")
    for part in ("start", "end", "lasted", "end/curation/77b546d22818"):
        assert f'id="{part}"' in page


def test_words_and_chains_with_their_parts_are_anchors_on_the_page_of_their_source(
    folder: Path, store: ox.Store
) -> None:
    ids = set(re.findall(r' id="([^"]+)"', _page(folder, ARTICLE)))
    nodes = {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}
    parts = {node.removeprefix(f"{DATA}{ARTICLE}/") for node in nodes}
    wanted = {part for part in parts if part.startswith(("words/", "attribution/"))}
    assert len(wanted) > 400
    assert wanted - ids == set()


def test_the_index_pages_have_everything(folder: Path, store: ox.Store) -> None:
    for node, kind in Documents(store, DATA).roots(KINDS):
        listed = "".join(
            (folder / path).read_text(encoding="utf-8")
            for path in pages(folder)
            if path == f"index/{kind.name}.html" or path.startswith(f"index/{kind.name}/page-")
        )
        assert f'href="../{node[1:-1].removeprefix(DATA)}.html"' in listed


def test_the_front_page_tells_who_is_under_which_list_and_what_is_new(folder: Path) -> None:
    page = _page(folder, "index")
    said = _text(page)
    assert "Russia's list of designated terrorist organizations Russia – 1 – – 17 April 2025" in said
    assert "The numbers are not to be added up" in said
    acts = said[said.index("Latest acts on record") :]
    assert acts.startswith(
        "Latest acts on record 17 April 2025 date by curators Ruling of the Supreme Court ruling, by"
    )
    assert "2022 Zhdanov is put on the list listing" in acts
    assert "No source dates it Russia takes the Taliban off its list" in acts
    assert "17 April 2025 or later date by curators Russias Strategic Shift" in acts


def _snapshot(name: str, day: str) -> Document:
    tree: Tree = {"asOf": day, "isComplete": True, "snapshotOf": {"id": "urn:list"}}
    return Document(f"<urn:{name}>", KINDS["source"], f"The list of {day}", tree, frozenset(), frozenset())


def test_the_front_page_counts_nobody_twice_and_names_the_newest_of_each_list(store: ox.Store) -> None:
    front = Front()
    for name, day in (("a", "2020-11-30"), ("b", "2026-02-27"), ("c", "2024-01-01")):
        front.add(_snapshot(name, day))
    standings = Statuses(store, DATA).standings(f"<{DATA}organization/taliban>")
    front.count(standings)
    front.count(standings)  # as by the page of somebody who is the same
    shown = front.shown(lambda iri, label: Shown("link", label, iri), lambda iri: 1)
    assert [(each.link.text, each.told) for each in shown["sources"]] == [
        ("The list of 2026-02-27", "complete list, 1 entry")
    ]
    assert [cell[2] for line in shown["lines"] for cell in line.cells] == ["", "1", "", ""]


# ── What it says ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_status_of_the_taliban_is_told_with_days_acts_and_words(folder: Path) -> None:
    page = _page(folder, "organization/taliban")
    said = _text(page)
    assert "18 April 2005 16 April 2025 listed" in said
    assert "18 April 2025 no end on record not listed until 17 April 2025; nothing on record since" in said
    assert "ended by Russia takes the Taliban off its list of terrorist organizations" in said
    assert "classified as a terrorist entity in Russia" in said
    assert "No evidence is not evidence of absence" in said
    assert "london-news-net, in its own voice." in said  # the picture, told
    assert '<link rel="alternate" type="application/ld+json" href="taliban.jsonld">' in page
    assert f'<link rel="canonical" href="{DATA}organization/taliban">' in page


def test_what_curators_add_is_marked_with_the_reason(folder: Path) -> None:
    said = _text(_page(folder, "organization/taliban"))
    assert "Added by curators: date. The article dates the ruling to “Thursday” only" in said


def test_a_claimed_designation_is_no_designation(folder: Path) -> None:
    said = _text(_page(folder, f"{ARTICLE}/person/volkovs-father"))
    assert "No designation is on record in this dataset" in said
    assert "Claimed, not on record" in said
    assert "claim Ivan Zhdanov : terrorist party" in said
    assert "Status through time" not in said


def test_a_question_asserts_nothing(folder: Path) -> None:
    said = _text(_page(folder, f"{ARTICLE}/statement/official-on-allies"))
    assert "A question: it asserts nothing." in said
    assert "london-news-net relays The Moscow Times, which quotes a Russian official, the first speaker." in said


def test_who_said_what_is_a_picture_and_a_table(folder: Path) -> None:
    page = _page(folder, "organization/taliban")
    assert "Arkady Dubnov about Taliban: 3 times" in _text(page)
    assert page.count("statement/dubnov-on-legitimacy.html") >= 1


def test_backlinks_are_told_by_what_they_are(folder: Path) -> None:
    assert "Acts that concern it" in _text(_page(folder, "organization/taliban"))
    person = _text(_page(folder, "person/ivan-zhdanov"))
    assert "People on record on their word, or through them" in person
    assert not re.search(r"\bits word\b|\bthrough it\b", person)


def test_a_list_does_not_say_that_somebody_is_on_it_who_was_taken_off(folder: Path) -> None:
    said = _text(_page(folder, "list/russian-terrorist-organizations"))
    assert "Organizations with a designation on it on record, in force or ended Taliban" in said
    assert "Acts about it Russia takes the Taliban off" in said
    assert "Organizations on it" not in said


@pytest.mark.parametrize(
    ("kind", "role", "named", "told"),
    [
        ("act", "carriedOutBy", "person", "Acts that they carried out"),
        ("relation", "party", "person", "Relations that they are a party to"),
        ("relation", "relationOf", "person", "Relations that they have"),
        ("event", "about", "person", "Events about them"),
        ("list", "jurisdiction", "organization", "Lists under it"),
        ("entry", "entryOf", "list", "Entries of official lists that it has or once had"),
        ("act", "someKey", "person", "Acts that name them: some key"),
    ],
)
def test_headings_are_english(kind: str, role: str, named: str, told: str) -> None:
    assert heading(kind, role, named) == told


def test_a_statement_marks_what_it_only_claims(folder: Path) -> None:
    said = _text(_page(folder, f"{ARTICLE}/statement/zhdanov-on-designations"))
    assert "Asserts claim What the speaker claims. It puts no designation on record." in said


def test_who_said_what_gives_the_words_that_tell_most(folder: Path) -> None:
    said = _text(_page(folder, "organization/taliban"))
    assert "experts denies, paraphrase does not signify a formal acknowledgment of the Taliban’s governance" in said


def test_a_mention_by_way_of_others_tells_by_whom(folder: Path) -> None:
    said = _text(_page(folder, "organization/anti-corruption-foundation"))
    mentions = said[said.index("A mention asserts nothing") :]
    assert re.search(r"On whose word: london-news-net \(\w+\) ← Ivan Zhdanov \(\w+\)", mentions)


def test_a_conflict_tells_what_it_is_about(folder: Path) -> None:
    said = _text(_page(folder, "conflicts"))
    assert "They differ about when a designation began, ended or held: Taliban" in said
    assert "It is one source that contradicts itself" in said


def test_names_with_their_transcriptions_are_set_from_the_left() -> None:
    assert telling.direction("جبهة النصرة") == "rtl"
    assert telling.direction("جبهة (Jabhat al-Nusrah; Al-Nusrah Front)") == "ltr"
    assert telling.direction("Jabhat جبهة النصرة لأهل الشام") == ""


def test_conflicts_stand_side_by_side(folder: Path) -> None:
    said = _text(_page(folder, "conflicts"))
    assert "“for almost twenty years” until 2025-04-17" in said
    assert "classified as a terrorist entity in Russia" in said


def test_what_a_list_has_to_identify_by_is_told_on_a_line_with_its_kind(official: Official, tmp_path: Path) -> None:
    store = Release.latest(official.folder / "out").store()
    small = ox.Store()
    kept = (f"<{DATA}entry/un-sc/TAi.002", f"<{DATA}source/un-sc-2026-02-27>")
    small.extend(quad for quad in store if str(quad.subject).startswith(kept))
    written(small, tmp_path / "site")
    said = _text(_page(tmp_path / "site", "entry/un-sc/TAi.002"))
    assert re.search(r"Forms of the name .*original script \S", said)
    assert re.search(r"Other particulars .*VERSIONNUM \d", said)
    assert "Particular name" not in said
    assert "Complete yes Of the list" in _text(_page(tmp_path / "site", "source/un-sc-2026-02-27"))


def test_names_from_the_right_are_set_from_the_right(official: Official, tmp_path: Path) -> None:
    store = Release.latest(official.folder / "out").store()
    small = ox.Store()
    node = ox.NamedNode(f"{DATA}entry/un-sc/TAi.002")
    small.extend(quad for quad in store if str(quad.subject).startswith(f"<{node.value}"))
    written(small, tmp_path / "site")
    page = _page(tmp_path / "site", "entry/un-sc/TAi.002")
    assert re.search(r'<bdi lang="und-arab" dir="rtl">[^<]+</bdi>', page)


# ── Safe ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_hostile_strings_are_texts_and_nothing_leaves_the_folder(store: ox.Store, tmp_path: Path) -> None:
    inside = tmp_path / "a" / "b" / "site"
    hostile = site_of(f"x: {HOSTILE}", HOSTILE, "javascript:alert(1)", "en", DATA)
    written(turned_hostile(store), inside, hostile)
    assert {file for file in tmp_path.rglob("*") if file.is_file() and inside not in file.parents} == set()
    assert len(pages(inside)) > 150
    for path in pages(inside):
        page = (inside / path).read_text(encoding="utf-8")
        assert set(re.findall(r"<script[^>]*>", page)) <= {
            '<script type="application/ld+json">',
            f'<script src="{root_of(path)}assets/search.js" defer>',
        }, path
        assert not re.search(r"<(?:img|iframe|object|embed|style|base|meta http-equiv=\"refresh)", page), path
        assert not re.search(r'(?:href|src|action)="\s*(?:javascript|data|vbscript):', page, re.IGNORECASE), path
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', "", page)), path
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page), path


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "//x",
        "/x",
        "",
        "https://x y",
        "https://x\u202e",
        "ftp://x",
        'https://x"y',
    ],
)
def test_links_lead_to_the_web_alone(address: str) -> None:
    assert web(address) == ""


def test_addresses_of_the_web_are_links() -> None:
    assert web("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"


def test_what_turns_the_direction_of_writing_is_seen() -> None:
    assert visible("a\u202egpj.exe\u2066") == "a[U+202E]gpj.exe[U+2066]"
    assert visible("\u0000\ud800") == "\N{REPLACEMENT CHARACTER}" * 2
    assert visible("محمد\u200f") == "محمد\u200f"


def test_templates_escape_and_lack_nothing() -> None:
    made = environment()
    assert made.from_string("{{ x }}").render(x=HOSTILE).count("<") == 0
    with pytest.raises(Exception, match="undefined"):
        made.from_string("{{ missing }}").render()


def test_pages_load_nothing_from_elsewhere(folder: Path) -> None:
    for path in pages(folder):
        page = (folder / path).read_text(encoding="utf-8")
        assert "default-src 'self'" in page
        loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*(?:href|src)="([^"]*)"', page)
        assert [each for each in loaded if not each.startswith(("../", "assets/"))] == []
        assert not re.search(r"<[^>]* style=", page)


# ── In a folder ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_release_gives_the_same_bytes(store: ox.Store, folder: Path, tmp_path: Path) -> None:
    written(store, tmp_path / "again")
    assert files(tmp_path / "again") == files(folder)


def test_what_is_unchanged_is_not_written_again(store: ox.Store, tmp_path: Path) -> None:
    first = written(store, tmp_path)
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in files(tmp_path)}
    again = written(store, tmp_path)
    assert (first.written, again.written) == (first.files, 0)
    after = {path: (tmp_path / path).stat().st_mtime_ns for path in files(tmp_path)}
    assert {path for path in after if after[path] != before[path]} == {".onrecord-site.json"}


def test_a_change_is_written_wherever_it_shows_and_what_is_stale_goes(store: ox.Store, tmp_path: Path) -> None:
    written(store, tmp_path / "site")
    changed = ox.Store()
    gone = f"<{DATA}{ARTICLE}/statement/dubnov-on-legitimacy"
    changed.extend(quad for quad in store if not str(quad.subject).startswith(gone))
    written(changed, tmp_path / "site")
    assert not (tmp_path / "site" / ARTICLE / "statement/dubnov-on-legitimacy.html").exists()
    assert "dubnov-on-legitimacy" not in _page(tmp_path / "site", "organization/taliban")
    written(changed, tmp_path / "fresh")
    assert files(tmp_path / "site") == files(tmp_path / "fresh")


def test_a_file_that_was_lost_is_written_again(store: ox.Store, folder: Path, tmp_path: Path) -> None:
    written(store, tmp_path)
    (tmp_path / "organization/taliban.html").unlink()
    (tmp_path / "organization/taliban.ttl").unlink()
    assert written(store, tmp_path).written == 2
    assert files(tmp_path) == files(folder)


def test_a_folder_of_something_else_is_refused(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(PublishError, match="no site of ours"):
        written(store, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a//x", "", "./x", "a/."])
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    folder = Folder(tmp_path / "site")
    with pytest.raises(PublishError, match="leads out"):
        folder.put(path, b"x")


def test_two_pages_of_one_path_are_a_fault(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "site")
    folder.put("x.html", b"x")
    with pytest.raises(PublishError, match="two pages"):
        folder.put("x.html", b"y")


def test_a_damaged_note_of_what_there_is_is_told(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / ".onrecord-site.json").write_text("[]")
    with pytest.raises(PublishError, match="damaged"):
        written(store, tmp_path)


def test_a_note_that_names_files_elsewhere_removes_none(store: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("x")
    site = tmp_path / "site"
    site.mkdir()
    (site / ".onrecord-site.json").write_text(json.dumps({"site": 1, "files": {"../precious.txt": ["", ""]}}))
    with pytest.raises(PublishError, match="leads out"):
        written(store, site)
    assert (tmp_path / "precious.txt").read_text() == "x"


def test_an_address_that_is_none_is_refused(store: ox.Store, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no address"):
        build(store, SITE, tmp_path, lambda stage, done, of: None, "example.org")


def test_anchors_and_ways_to_the_root() -> None:
    assert root_of("index.html") == ""
    assert root_of("entry/un-sc/TAi.002.html") == "../../"
    assert anchor(f"{DATA}organization/x/start", f"{DATA}organization/x", DATA) == "start"
    assert anchor(f"{DATA}source/a/words/b", f"{DATA}organization/x", DATA) == "source/a/words/b"


# ── The command ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_writes_a_site(kg: Kg, dataset: Path, tmp_path: Path) -> None:
    assert kg("-C", dataset, "build").code == 0
    ran = kg("-C", dataset, "export", "site", "-o", tmp_path / "public", "--url", "https://kg.example.net/")
    assert ran.code == 0, ran.err
    assert "wrote" in ran.err
    assert (tmp_path / "public/index.html").is_file()
    assert "https://kg.example.net/" in (tmp_path / "public/servers/nginx.conf").read_text()
    assert (
        "0 files new"
        in kg("-C", dataset, "export", "site", "-o", tmp_path / "public", "--url", "https://kg.example.net/").err
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("site",), "needs a folder"),
        (("site", "-o", "x", "--no-inferred"), "has all of the dataset"),
        (("ttl", "--url", "https://x.example/"), "only a site"),
    ],
)
def test_what_a_site_is_not_is_told(kg: Kg, dataset: Path, words: tuple[str, ...], told: str) -> None:
    assert kg("-C", dataset, "build").code == 0
    ran = kg("-C", dataset, "export", *words)
    assert (ran.code, told in ran.err) == (2, True), ran.err


def test_a_file_of_a_format_is_no_folder(kg: Kg, dataset: Path, tmp_path: Path) -> None:
    assert kg("-C", dataset, "build").code == 0
    ran = kg("-C", dataset, "export", "ttl", "-o", tmp_path)
    assert (ran.code, "is a folder" in ran.err) == (2, True), ran.err
