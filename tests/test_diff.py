"""`kg diff`: what is told of two datasets, in words and by who changed it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

from conftest import Kg, Ran
from onrecord.comparison import foreign
from onrecord.comparison.following import differing
from onrecord.comparison.items import Gathered
from onrecord.comparison.markdown import code, escaped
from onrecord.comparison.naming import meant
from onrecord.comparison.report import Item, schema
from onrecord.dataset import settings
from onrecord.dataset.initial import make
from onrecord.dataset.segments import Options
from onrecord.documents import reading_back
from onrecord.errors import InputError
from onrecord.release.building import build
from status_world import C1, C2, C3, REGISTRY, snapshot

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "tests" / "cases" / "fictional"
RELISTING, ENTITIES = "data/articles/gazette-relisting.yaml", "data/registry/entities.yaml"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional articles, built once and committed to git."""
    folder = tmp_path_factory.mktemp("first") / "dataset"
    shutil.copytree(CASE, folder)
    assert build(Options(folder, settings.load(folder), folder / "out", store=False), lambda *_: None).findings == []
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    return folder


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    shutil.copytree(first, tmp_path / "dataset", symlinks=True)
    return tmp_path / "dataset"


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def put(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def built(kg: Kg, folder: Path) -> Path:
    assert kg("-C", folder, "build", "--no-store").code == 0
    return (folder / "out" / "latest").resolve()


def told(kg: Kg, folder: Path, *words: object) -> dict[str, set[str]]:
    """Cause → "how what: text" of everything that differs."""
    ran = kg("-C", folder, "diff", *words, "--format", "json")
    assert ran.code == 0, ran
    report = json.loads(ran.out)
    jsonschema.validate(report, json.loads(schema()))
    return {
        group["cause"]: {
            f"{item['how']} {item['what']}: {item['text']}{' [curated]' * item['curated']}" for item in group["items"]
        }
        for group in report["groups"]
    }


def test_the_same_release_twice_does_not_differ(folder: Path, kg: Kg) -> None:
    ran = kg("-C", folder, "diff", "latest", "latest", "--exit-code")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "no difference")


def test_an_end_is_told_only_where_one_is_asserted(folder: Path, kg: Kg) -> None:
    old = built(kg, folder)
    end = "start: {date: 2011, words: since 2011}"
    put(folder, RELISTING, end, f"{end}\n    end: {{date: 2019, words: register of foreign agents}}")
    put(folder, RELISTING, "    end: {act: league-delisting, words: took it off}\n", "")
    new = built(kg, folder)
    ended = "Lantern Club: foreign agent, on Alda's register of foreign agents, Alda; since 2011; ended 2019"
    league = "Salt League: terrorist organization, on Alda's terror list, Alda; since 2010"
    by = "by “Alda's cabinet takes the Salt League off the list”"
    found = told(kg, folder, old, new)
    assert found["curation"] == {
        f"ended designation: {ended}",
        f"end taken back designation: {league} (before: ended, on a day that is not said, {by})",
    }
    assert (
        "added conflict: Salt League, Alda's terror list: since 2010; but taken off the list in 2012"
        in found["follows"]
    )
    assert any(
        item.startswith(
            "changed status: Lantern Club, Alda's register of foreign agents: listed → not listed from 2020-01-01"
        )
        for item in found["follows"]
    )
    swapped = told(kg, folder, new, old)["curation"]
    assert {item.split(":")[0] for item in swapped} == {"ended designation", "end taken back designation"}


@pytest.mark.parametrize(
    ("year", "way"), [("2012", "began earlier"), ("2016", "began later"), ("2014~", "start changed")]
)
def test_a_beginning_is_earlier_or_later_only_where_its_bounds_say_so(
    folder: Path, kg: Kg, year: str, way: str
) -> None:
    put(folder, RELISTING, "{date: 2014, words: Since 2014}", f"{{date: {year}, words: Since 2014}}")
    found = told(kg, folder, "HEAD", ".")["curation"]
    assert found == {
        f"{way} designation: Salt League: undesirable organization, Bresk; since {year} (before: since 2014)"
    }


def test_a_designation_on_another_list_and_one_that_is_gone(folder: Path, kg: Kg) -> None:
    start = "kind: foreign-agent\n    jurisdiction: alda\n    on_list: "
    put(folder, RELISTING, f"{start}alda-agents-register", f"{start}alda-terror-list")
    (folder / "data/articles/quayside-bresk.yaml").unlink()
    found = told(kg, folder, "HEAD", ".")["curation"]
    assert (
        "put on another list designation: Lantern Club: foreign agent, on Alda's terror list, Alda; since 2011" in found
    )
    assert "removed designation: Tide Union: undesirable organization, Bresk; since 2001; ended 2004" in found
    text = kg("-C", folder, "diff", "HEAD", ".").out
    assert "designation not in the dataset any more, which says nothing of the world" in text
    assert "1 no longer in the dataset" in text
    assert " ended:" not in text


def test_a_claim_is_told_as_a_claim(folder: Path, kg: Kg) -> None:
    put(folder, RELISTING, "called: traitors, ", "")
    ran = kg("-C", folder, "diff", "HEAD", ".", "--format", "json")
    items = [item for group in json.loads(ran.out)["groups"] for item in group["items"]]
    claims = [item for item in items if item["what"] == "claimed designation"]
    assert claims
    assert all(item["claimed"] for item in claims)
    assert all("so says Ines Calder: a claim by a party concerned, not on record" in item["text"] for item in claims)
    assert [item for item in items if item["what"] == "designation"] == []
    assert "[claimed]" in kg("-C", folder, "diff", "HEAD", ".").out
    assert "[claimed]" in kg("-C", folder, "diff", "HEAD", ".", "--format", "markdown").out


def test_snapshots_of_a_list_are_compared_entry_by_entry(kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "world"
    lists = _world(folder)
    (lists / "2020-01-15.jsonl").write_text(snapshot("council-list", "2020-01-15", True, [C1, C2]), encoding="utf-8")
    old = built(kg, folder)
    (lists / "2024-06-30.jsonl").write_text(snapshot("council-list", "2024-06-30", True, [C1, C3]), encoding="utf-8")
    built(kg, folder)
    found = told(kg, folder, old, "latest")
    assert found["world"] == {
        "came onto the list list entry: RED HARBOR SHIPS",
        "left the list list entry: RED HARBOUR SHIPPING CO",
        "changed list: Council list",
    }
    text = kg("-C", folder, "diff", old).out
    assert "1 list entry came onto the list, 1 left the list; 1 list changed" in text
    assert "not in the dataset any more" not in text
    items = json.loads(kg("-C", folder, "diff", old, "--format", "json").out)["groups"][0]["items"]
    sources = {item["how"]: item["source"] for item in items if item["what"] == "list entry"}
    assert sources == {"came onto the list": "council-list-2024-06-30", "left the list": "council-list-2020-01-15"}
    assert "status changed: RED HARBOR SHIPS, Council list: nothing on record → listed from" in text
    back = told(kg, folder, "latest", old)
    assert {item.split(":")[0] for item in back["curation"]} == {"removed source"}


def _world(folder: Path) -> Path:
    """A dataset with a list, and the folder of its snapshots."""
    make(folder)
    (folder / "data/registry/lists.yaml").write_text(REGISTRY, encoding="utf-8")
    lists = folder / "data/lists/council-list"
    lists.mkdir(parents=True)
    return lists


@pytest.mark.parametrize("complete", [True, False])
def test_without_graphs_a_new_snapshot_is_no_news_of_who_was_on_the_list(
    kg: Kg, tmp_path: Path, complete: bool
) -> None:
    lists = _world(tmp_path / "world")
    folder, files = tmp_path / "world", [tmp_path / "old.nt", tmp_path / "new.nt"]
    for file, day, whole, entries in (
        (files[0], "2020-01-15", True, [C1, C2]),
        (files[1], "2024-06-30", complete, [C1, C3]),
    ):
        (lists / f"{day}.jsonl").write_text(snapshot("council-list", day, whole, entries), encoding="utf-8")
        built(kg, folder)
        assert kg("-C", folder, "export", "nt", "-o", file).code == 0
    found = told(kg, folder, *map(str, files))["unknown"]
    left = {"left the list list entry: RED HARBOUR SHIPPING CO"} if complete else set()
    assert {item for item in found if "entry" in item or "designation" in item} == {
        "came onto the list list entry: RED HARBOR SHIPS",
        *left,
    }


def test_what_there_is_much_of_does_not_hide_the_rest() -> None:
    gathered = Gathered(5)
    for how, times in (("changed", 40), ("came onto the list", 3), ("left the list", 1)):
        for number in range(times):
            gathered.add(Item(how=how, what="list entry", id=f"{number}", text=f"{number:02}"))
    gathered.count("changed", "list")
    group = gathered.group("world")
    assert [(item.how, item.text) for item in group.items] == [
        ("came onto the list", "00"),
        ("came onto the list", "01"),
        ("left the list", "00"),
        ("changed", "00"),
        ("changed", "01"),
    ]
    assert [(count.how, count.number) for count in group.counts if count.what == "list entry"] == [
        ("came onto the list", 3),
        ("left the list", 1),
        ("changed", 40),
    ]
    assert group.left_out == 40


def test_curators_words_are_marked(folder: Path, kg: Kg) -> None:
    put(
        folder,
        RELISTING,
        "    words: banned in Bresk",
        "    on_list: alda-terror-list\n    on_list_curated: There is only one.\n    words: banned in Bresk",
    )
    (item,) = told(kg, folder, "HEAD", ".")["curation"]
    assert item == (
        "list named designation: Salt League: undesirable organization, on Alda's terror list [curated], Bresk; since 2014"
        " [curated]"
    )


def test_without_graphs_the_cause_is_not_given(folder: Path, kg: Kg, tmp_path: Path) -> None:
    for name in ("old", "new"):
        built(kg, folder)
        assert kg("-C", folder, "export", "ttl", "-o", tmp_path / f"{name}.ttl").code == 0
        put(folder, RELISTING, "date: 2014", "date: 2012") if name == "old" else None
    found = told(kg, folder, tmp_path / "old.ttl", tmp_path / "new.ttl")
    began = "began earlier designation: Salt League: undesirable organization, Bresk; since 2012 (before: since 2014)"
    assert found["unknown"] == {began}
    assert set(found) == {"unknown", "follows"}
    assert told(kg, folder, "HEAD", tmp_path / "new.ttl")["unknown"] == {began}


def test_a_bundle_is_read_by_the_room_of_documents(
    folder: Path, kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lines come in any order, and merged."""
    lines = (folder / "out/latest/dataset.nq").read_text(encoding="utf-8").split("\n")[:-1]
    merged = [f"{line[: line.rindex(' <')]} .\n" for line in lines]
    monkeypatch.setattr(reading_back, "quads", lambda bundle: iter(reversed(merged[1:])))
    (tmp_path / "bundle").mkdir()
    ran = kg("-C", folder, "diff", tmp_path / "bundle", "latest", "--exit-code")
    assert ran.code == 1
    assert "who changed what cannot be told" in ran.out
    assert "Triples: 0 removed, 1 added" in ran.out


def test_markdown_and_text_say_the_same_and_hold_hostile_words(folder: Path, kg: Kg) -> None:
    hostile = "<script>alert(1)</script> [x](javascript:a) @all | `b` \u202e ![i](http://e.org)"
    put(folder, ENTITIES, "name: Quayside}", f"name: {json.dumps(hostile)}}}")
    ran = kg("-C", folder, "diff", "HEAD", ".", "--format", "markdown")
    assert "<script" not in ran.out
    assert not re.search(r"(?<!\\)\]\(|(?<!\\)`b|(?<!\\)@all", ran.out)
    assert "\u202e" not in ran.out
    assert "name changed" in ran.out
    assert "\u202e" not in kg("-C", folder, "diff", "HEAD", ".").out


def test_what_is_escaped_reads_as_it_is() -> None:
    assert escaped("a_b *c* <d> & #1") == r"a\_b \*c\* &lt;d&gt; &amp; \#1"
    assert escaped("2026-01-02: see (the) list.") == "2026-01-02: see (the) list."
    assert escaped("- x") == r"\- x"
    assert escaped("1. http://x www.y") == r"1\. http\://x www\.y"
    assert code('<a> "|`@x"') == "<code>&lt;a&gt; &quot;&#124;&#96;&#64;x&quot;</code>"


def test_a_patch_leads_from_one_release_to_the_other(folder: Path, kg: Kg) -> None:
    old = built(kg, folder)
    put(folder, RELISTING, "date: 2014", "date: 2012")
    new = built(kg, folder)
    ran = kg("-C", folder, "diff", old.name, new.name, "--format", "patch", "--exit-code")
    assert ran.code == 1
    held = set((old / "dataset.nq").read_text(encoding="utf-8").split("\n")[:-1])
    for line in ran.out.split("\n"):
        if line[:2] in ("D ", "A "):
            (held.remove if line[0] == "D" else held.add)(line[2:])
    assert held == set((new / "dataset.nq").read_text(encoding="utf-8").split("\n")[:-1])


def test_the_schema_is_not_stale() -> None:
    assert (ROOT / "docs/schema/diff.json").read_bytes() == schema(), "write onrecord.comparison.report.schema() there"


def test_time_lines_are_compared_day_by_day() -> None:
    from datetime import date

    one, two, three = date(2001, 1, 1), date(2002, 1, 1), date(2003, 1, 1)
    had = [(one, three, "listed")]
    has = [(one, date(2001, 12, 31), "listed"), (two, date.max, "not listed")]
    assert list(differing(had, has)) == [
        (two, three, "listed", "not listed"),
        (date(2003, 1, 2), date.max, "nothing on record", "not listed"),
    ]
    assert list(differing(had, had)) == []


# ── What cannot be compared ────────────────────────────────────────────────────────────────────────────────────────


def refused(ran: Ran, *words: str) -> None:
    assert ran.code == 3, ran
    assert ran.err.count("\n") == 1 or "does not build" in ran.err
    assert all(word in ran.err for word in words), ran.err


def test_a_damaged_release_is_refused_before_anything_is_told(folder: Path, kg: Kg, tmp_path: Path) -> None:
    release = tmp_path / "release"
    shutil.copytree((folder / "out/latest").resolve(), release)
    quads = release / "dataset.nq"
    quads.write_bytes(b"".join(quads.read_bytes().splitlines(keepends=True)[:-5]))
    for form in ("text", "patch"):
        ran = kg("-C", folder, "diff", release, "latest", "--format", form)
        refused(ran, "damaged")
        assert ran.out == ""
    quads.write_bytes(quads.read_bytes()[:-7])
    (release / "manifest.json").unlink()
    refused(kg("-C", folder, "diff", release, "latest"), "is not the N-Quads of a release")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.ttl", "this is no Turtle", "cannot be read"),
        ("a.jsonld", '{"@context": "http://127.0.0.1:9/c", "@id": "http://e.org/a"}', "cannot be read"),
        ("a.nq", "\x00\x01", "cannot be read"),
        ("a.txt", "text", "no ending of an RDF file"),
        ("a.zip", "PK", "bundle"),
    ],
)
def test_what_is_no_rdf_is_refused(folder: Path, kg: Kg, tmp_path: Path, name: str, content: str, word: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    ran = kg("-C", folder, "diff", tmp_path / name, "latest")
    assert ran.code == 3, ran
    assert word in ran.err


@pytest.mark.parametrize("name", ["--output=x", "-h", "nothing", "git:--all", "release:zzzz", "a\nb", "HEAD~99", ""])
def test_names_are_never_options_and_unknown_ones_are_told(folder: Path, kg: Kg, name: str) -> None:
    ran = kg("-C", folder, "diff", "--", name, "latest")
    refused(ran, "there is no file, release or git revision")
    assert not (folder / "x").exists()


def test_releases_have_labels_and_digests(folder: Path, kg: Kg) -> None:
    manifest = (folder / "out/latest").resolve() / "manifest.json"
    held = json.loads(manifest.read_bytes())
    digest = held["files"]["dataset.nq"]["sha256"]
    found = [meant(name, folder, folder / "out") for name in (manifest.parent.name[:5], digest[:6])]
    manifest.write_text(json.dumps({**held, "release": "2026.1"}), encoding="utf-8")
    found += [meant(name, folder, folder / "out") for name in ("2026.1", "release:2026.1", digest[:6])]
    assert {(each.kind, each.path) for each in found} == {("release", manifest.parent)}


def test_a_name_of_several_things_asks_which(
    folder: Path, kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    git(folder, "tag", "latest")
    refused(kg("diff", "latest", "."), "may be 2 things", "git:latest", "release:")
    assert kg("diff", "git:latest", ".").code == 0
    assert kg("diff", "release:latest", ".").code == 0


def test_a_revision_that_does_not_build_tells_its_findings(folder: Path, kg: Kg) -> None:
    put(folder, RELISTING, "subject: salt-league", "subject: nobody-at-all")
    git(folder, "commit", "-q", "-a", "-m", "broken")
    ran = kg("-C", folder, "diff", "HEAD", "HEAD~1")
    assert ran.code == 3
    assert "gazette-relisting.yaml:" in ran.err
    assert "nobody-at-all" in ran.err
    assert "HEAD does not build" in ran.err


def test_a_repository_without_commits_or_none_at_all(folder: Path, kg: Kg) -> None:
    shutil.rmtree(folder / ".git")
    refused(kg("-C", folder, "diff", "HEAD", "."), "no file, release or git revision")
    git(folder, "init", "-q")
    refused(kg("-C", folder, "diff", "HEAD", "."), "no file, release or git revision")


def test_links_in_git_are_not_followed(folder: Path, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("secret", encoding="utf-8")
    (folder / "data/articles/link.yaml").symlink_to(tmp_path / "secret.yaml")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "link")
    ran = kg("-C", folder, "diff", "HEAD", "HEAD~1", "--exit-code")
    assert ran.code == 0
    assert "1 symbolic links and submodules are left out" in ran.err


def test_the_working_tree_and_git_stay_as_they_are(folder: Path, kg: Kg) -> None:
    hook = folder / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {folder}/ran\n", encoding="utf-8")
    hook.chmod(0o755)
    before = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    assert kg("-C", folder, "diff", "HEAD").code == 0
    assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == before


def test_foreign_files_with_blank_nodes_are_compared_by_what_they_say(folder: Path, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<http://e.org/a> <http://e.org/p> [ <http://e.org/q> "x" ] .', encoding="utf-8")
    (tmp_path / "b.nt").write_text(
        '_:z <http://e.org/q> "x" .\n<http://e.org/a> <http://e.org/p> _:z .\n', encoding="utf-8"
    )
    ran = kg("-C", folder, "diff", tmp_path / "a.ttl", tmp_path / "b.nt", "--exit-code")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "no difference")
    (tmp_path / "b.nt").write_text('<http://e.org/a> <http://e.org/p> "y" .\n', encoding="utf-8")
    ran = kg("-C", folder, "diff", tmp_path / "a.ttl", tmp_path / "b.nt", "--exit-code")
    assert ran.code == 1
    assert "only triples are compared" in ran.out
    assert "Triples: 2 removed, 1 added" in ran.out


def test_another_base_is_said_and_nothing_else_is_told(folder: Path, kg: Kg) -> None:
    put(folder, "kg.toml", "/fictional/", "/elsewhere/")
    report = json.loads(kg("-C", folder, "diff", "HEAD", ".", "--format", "json").out)
    assert report["groups"] == []
    assert "nothing has the same name in both" in report["notes"][0]


def test_poison_is_ended_in_time(tmp_path: Path) -> None:
    """Blank nodes that all look alike: canonical labels would take for ever."""
    nodes = [f"_:b{n} <http://e.org/p> _:b{m} ." for n in range(12) for m in range(12) if n != m]
    (tmp_path / "poison.nt").write_text("\n".join(nodes), encoding="utf-8")
    with pytest.raises(InputError, match=r"cannot be read|took more than"):
        foreign.read(tmp_path / "poison.nt", tmp_path / "out.nq", seconds=1)


def test_a_literal_of_ten_megabytes_is_compared(folder: Path, kg: Kg, tmp_path: Path) -> None:
    for name, end in (("a", "x"), ("b", "y")):
        (tmp_path / f"{name}.nt").write_text(
            f'<http://e.org/a> <http://e.org/p> "{"z" * 10_000_000}{end}" .\n', encoding="utf-8"
        )
    ran = kg("-C", folder, "diff", tmp_path / "a.nt", tmp_path / "b.nt", "--no-triples")
    assert "Triples: 1 removed, 1 added" in ran.out


# ── The founding article ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_end_of_the_talibans_designation(tmp_path: Path, kg: Kg) -> None:
    """Before, the article's facts are there without the end; the end is asserted, and its day is a curator's."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        shutil.copy(ROOT / "kg.toml", folder)
        shutil.copytree(ROOT / "data", folder / "data")
    facts = old / "data/articles/russia-taliban-delisting.yaml"
    text = facts.read_text(encoding="utf-8")
    begin = text.index("    end:\n      act: delisting-of-the-taliban")
    facts.write_text(text[:begin] + text[text.index("    lasted: {almost: 20", begin) :], encoding="utf-8")
    found = told(kg, new, old, ".")
    who = "Taliban: terrorist organization, on Russia's list of designated terrorist organizations [curated], Russia"
    act = "by “Russia takes the Taliban off its list of terrorist organizations” [curated]"
    assert found["curation"] == {f"ended designation: {who}; since 2003; ended 2025-04-17 [curated], {act} [curated]"}
    status = "changed status: Taliban, Russia's list of designated terrorist organizations"
    assert any(item.startswith(f"{status}: ") and "→ not listed from 2025-04-18" in item for item in found["follows"])
    assert any(item.startswith("added conflict: Taliban, ") for item in found["follows"])
    ran = kg("-C", new, "diff", old, ".")
    assert "1 designation ended" in ran.out
    back = told(kg, new, ".", old)["curation"]
    assert {item.split(":")[0] for item in back} == {"end taken back designation"}
