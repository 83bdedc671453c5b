"""`kg share`: a bundle as a partner gets it, and what happens to it on the way."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Kg
from official_lists import COMMAND, DATA, ROOT, Official
from onrecord.bundles import profile
from onrecord.bundles.telling import plain
from onrecord.documents import Documents, Selection
from onrecord.documents.reading_back import quads
from onrecord.errors import ConfigurationError, InputError
from onrecord.release.verification import verify
from onrecord.store import Release

Json = dict[str, object]
Share = Callable[..., str]
NEWSROOM = ROOT / "profiles" / "newsroom.toml"


def _profile(folder: Path, **fields: object) -> Path:
    """A profile with these fields besides those that it must have."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"title": "T", "for": "us", **fields}.items()]
    file = folder / "made.toml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def share(kg: Kg, founding: Path, tmp_path: Path) -> Share:
    """Shares the founding article's release: `share(PROFILE, TARGET, …)`."""

    def run(file: Path, target: Path, *words: object, code: int = 0) -> str:
        ran = kg("-C", ROOT, "share", file, "--out", founding, "-o", target, *words)
        assert ran.code == code, ran.err
        return ran.err

    return run


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _documents(folder: Path) -> dict[str, Json]:
    lines = (folder / "documents.ndjson").read_text(encoding="utf-8").split("\n")[:-1]
    return {str(document["id"]): document for document in map(json.loads, lines)}


def _codes(folder: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (folder / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def _run(folder: Path, code: str) -> str:
    """What a partner's Python prints, without anything of ours or of the tests."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, env={"PYTHONUTF8": "1"}, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


# ── As a partner would ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_partner_with_json_alone_learns_who_is_listed_where_since_when_on_whose_word(
    share: Share, tmp_path: Path
) -> None:
    share(NEWSROOM, tmp_path / "b")
    who, status, check, validate = _codes(tmp_path / "b")
    assert len(who.splitlines()) <= 12
    lines = _run(tmp_path / "b", who).splitlines()
    (taliban,) = (line for line in lines if line.startswith("Taliban"))
    title = "Russias Strategic Shift: Lifting the Talibans Terrorist Label Amid New Alliances"
    told = ["Taliban", "Russia's list of designated terrorist organizations", "2003", "2025-04-17", "London News Net"]
    assert [part for part in told if part not in taliban] in ([], ["London News Net"])
    assert taliban.split(" | ")[2:4] == ["2003", "2025-04-17"]
    assert taliban.split(" | ")[5:] == [
        *(title, "isLostAsConsequenceOf by curators", "onList by curators", "end by curators"),
    ]
    assert not any("Volkov's father" in line for line in lines)  # he says so himself, and nobody else
    held = _run(tmp_path / "b", status).splitlines()
    assert any(line.startswith("Taliban") and " listed 2005-04-18 2025-04-16" in line for line in held)
    assert _run(tmp_path / "b", check) == ""
    assert _run(tmp_path / "b", validate) == ""


def test_an_end_without_a_date_is_an_end(share: Share, tmp_path: Path) -> None:
    share(_profile(tmp_path, curated=False), tmp_path / "b")  # the day, and which list it was, are a curator's
    (taliban,) = (line for line in _run(tmp_path / "b", _codes(tmp_path / "b")[0]).splitlines() if "Taliban |" in line)
    assert taliban.split(" | ")[1:4] == ["Russia", "2003", "undated"]
    assert "by curators" not in taliban


def test_the_readmes_code_runs_where_there_are_lines_alone_or_files_alone(share: Share, tmp_path: Path) -> None:
    printed = set()
    for form in ("json", "ndjson"):
        share(_profile(tmp_path, formats=[form]), tmp_path / form)
        printed.add("".join(_run(tmp_path / form, code) for code in _codes(tmp_path / form)[:3]))
        assert (tmp_path / form / "documents").exists() == (form == "json")
        assert (tmp_path / form / "documents.ndjson").exists() == (form == "ndjson")
    assert len(printed) == 1


def test_files_and_lines_are_the_same_documents_and_the_index_finds_them(share: Share, tmp_path: Path) -> None:
    share(NEWSROOM, tmp_path / "b")
    index = json.loads((tmp_path / "b" / "index.json").read_text(encoding="utf-8"))
    lines = _documents(tmp_path / "b")
    assert len(index["documents"]) == len(lines) == index["counts"]["documents"]
    for row in index["documents"]:
        assert json.loads((tmp_path / "b" / row["path"]).read_text(encoding="utf-8")) == lines[row["id"]]
        assert row["label"] == lines[row["id"]]["label"]
        assert (tmp_path / "b" / "schemas" / f"{row['kind']}.schema.json").is_file()


def test_a_bundle_of_official_lists_answers_as_well(official: Official, kg: Kg, tmp_path: Path) -> None:
    ran = kg("-C", official.folder, "share", NEWSROOM, "-o", tmp_path / "b.zip")
    assert ran.code == 0, ran.err
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path / "b")
    lines = _run(tmp_path / "b", _codes(tmp_path / "b")[0]).splitlines()
    assert any("United Nations Security Council Consolidated List, 2026-02-27" in line for line in lines)
    assert verify(tmp_path / "b.zip").findings == []


def test_the_readme_says_what_is_left_out_and_that_this_is_no_no(share: Share, tmp_path: Path) -> None:
    share(_profile(tmp_path, jurisdictions=["RU"], curated=False, quotations=False), tmp_path / "b")
    text = (tmp_path / "b" / "README.md").read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "b" / "manifest.json").read_text(encoding="utf-8"))
    assert any("Russia" in words for words in manifest["leftOut"])
    assert len(manifest["leftOut"]) == 5
    assert all(plain(words) in text for words in manifest["leftOut"])
    assert 'is not a "no"' in text
    assert "ClaimedDesignation" in text


# ── What is chosen ────────────────────────────────────────────────────────────────────────────────────────────────


def test_of_one_jurisdiction_there_are_its_designations_and_who_has_to_do_with_it(share: Share, tmp_path: Path) -> None:
    share(_profile(tmp_path, jurisdictions=["ru"]), tmp_path / "ru")
    russia = _documents(tmp_path / "ru")
    assert f"{DATA}organization/taliban" in russia
    assert f"{DATA}list/russian-terrorist-organizations" in russia
    share(_profile(tmp_path, jurisdictions=["US"]), tmp_path / "us")
    america = _documents(tmp_path / "us")
    assert f"{DATA}organization/taliban" not in america
    assert not any("designations" in document or "statusPeriods" in document for document in america.values())
    assert f"{DATA}organization/united-states" in america


def test_jurisdictions_of_official_lists(official: Official, kg: Kg, tmp_path: Path) -> None:
    ran = kg("-C", official.folder, "share", _profile(tmp_path, jurisdictions=["UN"]), "-o", tmp_path / "un")
    assert ran.code == 0, ran.err
    made = _documents(tmp_path / "un")
    entries = [node for node in made if "/entry/" in node]
    assert {node.split("/entry/")[1].split("/")[0] for node in entries} == {"un-sc"}
    assert len(entries) > 500
    assert f"{DATA}organization/taliban" not in made


def test_an_unknown_jurisdiction_kind_source_or_field_is_named(share: Share, tmp_path: Path) -> None:
    for fields, word in (
        ({"jurisdictions": ["XX"]}, "jurisdiction 'XX'"),
        ({"kinds": ["persons"]}, "kinds"),
        ({"sources": ["none"], "computed": False}, "'none'"),
        ({"sources": ["x"]}, "computed = false"),
        ({"colour": 1}, "colour"),
        ({"languages": ["english please"]}, "languages"),
        ({"formats": ["xml"]}, "formats"),
    ):
        said = share(_profile(tmp_path, **fields), tmp_path / "b", code=3)
        assert word in said
        assert said.count("\n") == 1
        assert not (tmp_path / "b").exists()


def test_without_quotations_no_words_are_in_any_file(share: Share, tmp_path: Path) -> None:
    words = b"classified as a terrorist entity in Russia"
    share(NEWSROOM, tmp_path / "with")
    share(_profile(tmp_path, quotations=False), tmp_path / "without")
    assert any(words in data for data in _files(tmp_path / "with").values())
    assert not any(words in data for data in _files(tmp_path / "without").values())


def test_what_has_changed_quotes_nothing_where_quotations_are_left_out(share: Share, tmp_path: Path) -> None:
    share(NEWSROOM, tmp_path / "with")
    share(_profile(tmp_path, quotations=False), tmp_path / "without")
    old = {str(row["label"]) for row in _documents(tmp_path / "with").values()}
    quoted = old - {str(row["label"]) for row in _documents(tmp_path / "without").values()}
    assert len(quoted) > 5
    for kinds in ([], ["person"]):
        share(_profile(tmp_path, quotations=False, kinds=kinds), tmp_path / "b", "--since", tmp_path / "with")
        told = json.loads((tmp_path / "b" / "changes.json").read_text(encoding="utf-8"))["changes"]
        assert told
        assert not [each for each in told for label in quoted if label in json.dumps(each, ensure_ascii=False)]


def test_profiles_are_listed_with_what_they_are_for(kg: Kg) -> None:
    said = kg("-C", ROOT, "share").out
    for file in (ROOT / "profiles").glob("*.toml"):
        assert f"{file.stem}: " in said
        assert tomllib.loads(file.read_text(encoding="utf-8"))["for"] in said


def test_a_new_dataset_has_a_profile_that_works(kg: Kg, dataset: Path) -> None:
    assert kg("-C", dataset, "build").code == 0
    assert kg("-C", dataset, "share", "partner").code == 0
    (front,) = (d for d in _documents(dataset / "out/shared/partner").values() if d["label"] == "Northern Front")
    assert front["designations"]
    assert kg("-C", dataset, "share", "partnr").err.count("do you mean partner?") == 1


def test_a_profile_of_the_wrong_form_says_where(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("title = 1\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"bad\.toml.*"):
        profile.load(tmp_path / "bad.toml")


# ── Nothing is lost on the way ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_a_bundle_is_read_back_as_the_triples_it_was_made_from(
    share: Share, founding: Path, tmp_path: Path, form: str
) -> None:
    share(_profile(tmp_path, formats=[form]), tmp_path / "b.zip")
    made = Documents(Release.latest(founding).store(), DATA, Selection())
    wanted = {f"{s} {p} {o} .\n" for node, kind in made.roots() for s, p, o in made.document(node, kind).triples}
    found = list(quads(tmp_path / "b.zip"))
    assert found == sorted(wanted)


def test_a_bundle_that_means_harm_is_refused(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    file = tmp_path / "documents" / "x.json"
    context = "https://w3id.org/onrecord/context/1.jsonld"
    for text in (
        '{"@context": "https://evil.example/"}',
        '{"@context": {"label": "http://x/"}}',
        f'{{"@context": "{context}", "about": [{{"@context": "file:///etc/passwd"}}]}}',
        "[" * 100_000,
        "{",
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InputError):
            list(quads(tmp_path))


# ── The same bytes, in the right place ────────────────────────────────────────────────────────────────────────────


def test_the_same_bytes_in_any_environment(founding: Path, tmp_path: Path) -> None:
    made = []
    for number, (seed, zone, mask) in enumerate((("0", "UTC", 0o022), ("7", "Asia/Tehran", 0o077))):
        target = tmp_path / str(number) / "b.zip"
        command = [*COMMAND, "-C", str(ROOT), "share", str(NEWSROOM), "--out", str(founding), "-o", str(target)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C" if number else "C.UTF-8"}
        old = os.umask(mask)
        try:
            subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
        finally:
            os.umask(old)
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_sharing_again_changes_nothing(share: Share, tmp_path: Path) -> None:
    for target in (tmp_path / "b", tmp_path / "b.zip"):
        share(NEWSROOM, target)
        before = _files(target) if target.is_dir() else target.read_bytes()
        assert "is as it was" in share(NEWSROOM, target)
        assert before == (_files(target) if target.is_dir() else target.read_bytes())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "b.zip"]


def test_a_bundle_that_was_moved_out_of_its_place_by_one_who_was_killed_is_put_back(
    share: Share, tmp_path: Path
) -> None:
    share(NEWSROOM, tmp_path / "b")
    (tmp_path / "b" / "CHANGES.md").write_text("kept", encoding="utf-8")
    left = tmp_path / ".kg-share-killed"
    (left / "old").mkdir(parents=True)
    (tmp_path / "b").rename(left / "old" / "b")
    share(NEWSROOM, tmp_path / "c")
    assert (tmp_path / "b" / "CHANGES.md").read_text(encoding="utf-8") == "kept"
    (left / "old").mkdir(parents=True)
    (tmp_path / "b").rename(left / "old" / "b")
    share(NEWSROOM, tmp_path / "b")
    assert not json.loads((tmp_path / "b" / "changes.json").read_text(encoding="utf-8")).get("first")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "c"]


def test_a_damaged_bundle_is_made_again(share: Share, tmp_path: Path) -> None:
    share(NEWSROOM, tmp_path / "b")
    before = _files(tmp_path / "b")["documents.ndjson"]
    (tmp_path / "b" / "documents.ndjson").write_bytes(b"x" * len(before))
    share(NEWSROOM, tmp_path / "b")
    assert _files(tmp_path / "b")["documents.ndjson"] == before


def test_nothing_is_written_where_something_else_is(share: Share, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "mine.zip").write_bytes(b"mine")
    for target in (tmp_path / "mine", tmp_path / "mine.zip"):
        assert "holds other things" in share(NEWSROOM, target, code=3)
    share(NEWSROOM, tmp_path / "b")
    (tmp_path / "b" / "notes.txt").write_text("mine", encoding="utf-8")
    assert "notes.txt" in share(NEWSROOM, tmp_path / "b", code=3)
    assert (tmp_path / "b" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_every_file_is_in_the_manifest_and_a_signature_is_checked(share: Share, kg: Kg, tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    key, public = tmp_path / "key.pem", tmp_path / "public.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True)
    subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-out", public], check=True, capture_output=True)
    share(NEWSROOM, tmp_path / "b", "--sign", key)
    assert kg("verify", tmp_path / "b", "--key", public).code == 0
    (tmp_path / "b" / "README.md").write_text("changed", encoding="utf-8")
    assert kg("verify", tmp_path / "b", "--key", public).code == 1


@pytest.mark.parametrize("name", ["b", "b.zip"])
def test_signing_what_is_there_keeps_what_it_says_has_changed(share: Share, tmp_path: Path, name: str) -> None:
    pytest.importorskip("cryptography")
    keys = [tmp_path / "one.pem", tmp_path / "other.pem"]
    for key in keys:
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True)
    share(_profile(tmp_path, kinds=["person"]), tmp_path / name)
    share(NEWSROOM, tmp_path / name)

    def files() -> dict[str, bytes]:
        if name == "b":
            return _files(tmp_path / name)
        with zipfile.ZipFile(tmp_path / name) as archive:
            return {each: archive.read(each) for each in archive.namelist()}

    before = files()
    assert b'"added"' in before["changes.json"]
    signatures = []
    for key in keys:
        assert "is as it was" not in share(NEWSROOM, tmp_path / name, "--sign", key)
        signed = files()
        assert {each: data for each, data in signed.items() if each != "manifest.json.sig"} == before
        assert "is as it was" in share(NEWSROOM, tmp_path / name, "--sign", key)
        assert files() == signed
        signatures.append(signed["manifest.json.sig"])
    assert signatures[0] != signatures[1]
    assert "is as it was" in share(NEWSROOM, tmp_path / name)
    assert files() == signed


# ── What has changed ──────────────────────────────────────────────────────────────────────────────────────────────


def test_what_has_changed_is_told_in_words(kg: Kg, dataset: Path, tmp_path: Path) -> None:
    assert kg("-C", dataset, "build").code == 0
    assert kg("-C", dataset, "share", "partner", "-o", tmp_path / "old.zip").code == 0
    article = dataset / "data/articles/harbour-ruling.yaml"
    text = article.read_text(encoding="utf-8")
    end = next(line for line in text.splitlines() if line.startswith("    end: {act: delisting"))
    article.write_text(text.replace(end + "\n", ""), encoding="utf-8")
    assert kg("-C", dataset, "build").code == 0
    shutil.copy(tmp_path / "old.zip", tmp_path / "b.zip")
    assert kg("-C", dataset, "share", "partner", "-o", tmp_path / "b.zip").code == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        changes = json.loads(archive.read("changes.json"))
        words = archive.read("CHANGES.md").decode()
        first = json.loads(zipfile.ZipFile(tmp_path / "old.zip").read("changes.json"))
    assert first == {"first": True}
    (front,) = (each for each in changes["changes"] if each["label"] == "Northern Front")
    assert front["what"] == "changed"
    assert "designation changed: Alda's terror list, since 2009" in front["words"]
    assert "Northern Front" in words
    assert kg("-C", dataset, "share", "partner", "-o", tmp_path / "n", "--since", tmp_path / "old.zip").code == 0
    assert json.loads((tmp_path / "n" / "changes.json").read_text(encoding="utf-8")) == changes


# ── Hostile texts ─────────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = (
    "<img src=x onerror=alert(1)> [x](javascript:alert(1)) "
    "\u202eevil\u202c ../../x =1+1 | `a` {0} %s www.evil.example https://e.example"
)


def test_hostile_texts_stay_texts(kg: Kg, dataset: Path, tmp_path: Path) -> None:
    for file, old in (
        (dataset / "data/registry/entities.yaml", "name: Northern Front"),
        (dataset / "data/articles/harbour-ruling.yaml", "title: Court ends ban on Northern Front"),
    ):
        key = old.split(": ")[0]
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(old, f"{key}: {json.dumps(HOSTILE, ensure_ascii=False)}"), encoding="utf-8")
    assert kg("-C", dataset, "build").code == 0
    made = _profile(tmp_path, title=HOSTILE, contact=HOSTILE)
    (tmp_path / "place").mkdir()
    assert kg("-C", dataset, "share", made, "-o", tmp_path / "place" / "a").code == 0
    assert (
        kg(
            "-C",
            dataset,
            "share",
            _profile(tmp_path),
            "-o",
            tmp_path / "place" / "b",
            "--since",
            tmp_path / "place" / "a",
        ).code
        == 0
    )
    assert sorted(path.name for path in (tmp_path / "place").iterdir()) == ["a", "b"]
    assert any(document["label"] == HOSTILE for document in _documents(tmp_path / "place" / "a").values())
    for name in ("README.md", "CHANGES.md"):
        text = (tmp_path / "place" / "a" / name).read_text(encoding="utf-8")
        for bad in ("<img", " [x]", "x](", "\u202e", " https://e.example", " www.evil"):
            assert bad not in text, (name, bad)
    for code in _codes(tmp_path / "place" / "a"):
        _run(tmp_path / "place" / "a", code)


@pytest.mark.parametrize("text", ["# a", "- a", "1. a", "<b>", "a\nb", "\x00a", "`a`", "a|b", "![x](y)", "&lt;"])
def test_a_text_in_markdown_is_one_line_without_markup(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)[<>`|*_\[\]#!]|&(?!(amp|lt|gt);)", shown)
    assert not re.match(r"[-+]|[0-9]+\.", shown)
