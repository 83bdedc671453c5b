"""Bad input is normal: each kind gives one clear line with its place, and hides nothing of the rest."""

import re
from pathlib import Path

import pytest

from conftest import Kg

HEAD = "source: {kind: article, title: A title, site: harbour-gazette, text: {path: text.txt}}\n"
TEXT = "The court ruled on Tuesday. The court met again. Read more.\n"
ANOTHER = HEAD + "mentions:\n  - {of: nobody-at-all, form: court, words: met again}\n"

DESIGNATION = "subject: northern-front, kind: terrorist-organization, words: ruled"
STATEMENT = "speaker: northern-front, mode: paraphrase, words: ruled"

# name: (the file, exit code, line, what the line says)
CASES: dict[str, tuple[str | bytes, int, int, str]] = {
    "yaml-syntax": (HEAD + "mentions: [{of: alda\n", 3, 2, ""),
    "yaml-tab": (HEAD + "mentions:\n\t- {of: alda}\n", 3, 3, "tab"),
    "yaml-bad-indentation": (HEAD + "mentions:\n  - of: alda\n   words: ruled\n", 3, 4, ""),
    "unknown-section": (HEAD + "mentionz: []\n", 3, 2, "mentions"),
    "unknown-field": (HEAD + "mentions:\n  - {of: alda, wordz: ruled}\n", 3, 3, "words"),
    "missing-field": (HEAD + "designations:\n  - {subject: alda, words: ruled}\n", 3, 3, "kind"),
    "no-source": ("mentions: []\n", 3, 1, "source"),
    "wrong-type-list": (HEAD + "mentions: alda\n", 3, 2, "list"),
    "wrong-type-record": (HEAD + "mentions:\n  - alda\n", 3, 3, "fields"),
    "number-in-words": (HEAD + "figures:\n  - {at_least: thirty, counts: cases, words: ruled}\n", 3, 3, "number"),
    "negative-number": (
        HEAD + "figures:\n  - {at_least: -12, counts: cases, unit: case, words: ruled}\n",
        3,
        3,
        "number",
    ),
    "two-numbers": (
        HEAD + "figures:\n  - {at_least: 3, about: 4, counts: cases, unit: case, words: ruled}\n",
        3,
        3,
        "",
    ),
    "no-number": (HEAD + "figures:\n  - {counts: cases, unit: case, words: ruled}\n", 3, 3, ""),
    "bad-id": (HEAD + "designations:\n  - {id: Northern Front, " + DESIGNATION + "}\n", 3, 3, "id"),
    "path-in-id": (HEAD + "designations:\n  - {id: ../../x, " + DESIGNATION + "}\n", 3, 3, "id"),
    "unknown-reference": (
        HEAD + "mentions:\n  - {of: northern-frond, form: court, words: met again}\n",
        1,
        3,
        "northern-front",
    ),
    "duplicate-key": (HEAD + "mentions:\n  - {of: alda, of: alda, words: met again}\n", 3, 3, "of"),
    "duplicate-section": (HEAD + "mentions: []\nmentions: []\n", 3, 3, "mentions"),
    "alias-bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + HEAD, 3, 1, ""),
    "tag": (HEAD + "mentions: !!python/object/apply:os.system [true]\n", 3, 2, ""),
    "merge-key": (HEAD + "mentions:\n  - {<<: {of: alda}, words: met again}\n", 3, 3, ""),
    "two-documents": (HEAD + "---\n" + HEAD, 3, 2, ""),
    "deep-nesting": (HEAD + "mentions: " + "[" * 300 + "]" * 300 + "\n", 3, 2, ""),
    "very-deep-nesting": ("[" * 200_000, 3, 1, ""),
    "impossible-day": (HEAD + "designations:\n  - {start: 2024-02-30, " + DESIGNATION + "}\n", 3, 3, "2024-02-30"),
    "bad-date": (HEAD + "designations:\n  - {start: last spring, " + DESIGNATION + "}\n", 3, 3, "last spring"),
    "unknown-kind": (HEAD + "designations:\n  - {subject: alda, kind: terorist, words: ruled}\n", 3, 3, "terrorist"),
    "unknown-mode": (HEAD + "statements:\n  - {speaker: alda, mode: quoted, words: ruled}\n", 3, 3, "mode"),
    "words-not-in-text": (
        HEAD + "mentions:\n  - {of: alda, form: court, words: The court rules on Tuesday}\n",
        1,
        3,
        "The court ruled on Tuesday",
    ),
    "words-twice-in-text": (HEAD + "mentions:\n  - {of: alda, form: court, words: The court}\n", 1, 3, "2 times"),
    "two-facts-one-id": (
        HEAD
        + "designations:\n  - {id: x, "
        + DESIGNATION
        + "}\n  - {id: x, subject: alda, kind: terrorist-organization, words: met again}\n",
        1,
        4,
        "x",
    ),
    "id-of-the-registry": (HEAD + "designations:\n  - {id: alda, " + DESIGNATION + "}\n", 1, 3, "registry"),
    "empty-file": ("", 3, 0, "empty"),
    "only-comments": ("# nothing yet\n", 3, 0, "empty"),
    "not-utf-8": (HEAD.encode() + b"mentions: [\xff]\n", 3, 2, "UTF-8"),
    "utf-16": ((HEAD + "mentions: []\n").encode("utf-16"), 3, 0, "UTF-16"),
    "nul": (HEAD.encode() + b"mentions: [\x00]\n", 3, 2, ""),
    "lone-surrogate": (HEAD + 'mentions:\n  - {of: alda, form: "\\ud800", words: met again}\n', 3, 3, ""),
    "bidi-in-id": (HEAD + "designations:\n  - {id: x\u202ey, " + DESIGNATION + "}\n", 3, 3, ""),
    "circle-of-figures": (
        HEAD
        + "figures:\n  - {id: a, exactly: 1, unit: case, counts: c, subset_of: b, words: ruled}\n"
        + "  - {id: b, exactly: 2, unit: case, counts: c, subset_of: a, words: met again}\n",
        1,
        3,
        "within itself",
    ),
    "cyclic-place": (
        HEAD + "places:\n  - {id: a, kind: city, name: A, within: b}\n  - {id: b, kind: city, name: B, within: a}\n",
        1,
        3,
        "within itself",
    ),
    "text-elsewhere": (HEAD.replace("text.txt", "../../../../etc/passwd"), 1, 1, "outside"),
    "no-such-text": (HEAD.replace("text.txt", "gone.txt"), 1, 1, "gone.txt"),
    "two-propositions-in-one": (
        HEAD + "statements:\n  - {" + STATEMENT + ", asserts: [{text: x, event: {kind: attack}}]}\n",
        3,
        3,
        "",
    ),
    "question-that-asserts": (
        HEAD
        + "statements:\n  - {speaker: northern-front, mode: [paraphrase, question], words: ruled, asserts: [{text: x}]}\n",
        1,
        3,
        "",
    ),
    "proposition-without-content": (
        HEAD + "statements:\n  - {" + STATEMENT + ", denies: [{words: met again}]}\n",
        3,
        3,
        "",
    ),
    "person-that-is-a-list": (
        HEAD + "designations:\n  - {subject: alda-terror-list, kind: terrorist, words: ruled}\n",
        1,
        3,
        "",
    ),
}


@pytest.fixture
def folder(dataset: Path) -> Path:
    (dataset / "data/articles/text.txt").write_text(TEXT, encoding="utf-8")
    (dataset / "data/articles/other.yaml").write_text(ANOTHER, encoding="utf-8")
    return dataset


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file_is_one_clear_line_at_its_place(name: str, folder: Path, kg: Kg) -> None:
    content, code, line, said = CASES[name]
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    (folder / "data/articles/bad.yaml").write_bytes(data)
    ran = kg("-C", folder, "check")
    assert ran.code == code, ran
    assert "Traceback" not in ran.out + ran.err
    found = [text for text in ran.out.splitlines() if text.startswith("data/articles/bad.yaml")]
    assert found, ran
    place = rf"data/articles/bad\.yaml:{line}:\d+: error: " if line else r"data/articles/bad\.yaml(:1:1)?: error: "
    assert any(re.match(place, text) and said.casefold() in text.casefold() for text in found), found
    assert any(
        text.startswith("data/articles/other.yaml:3:") and "nobody-at-all" in text for text in ran.out.splitlines()
    ), ran


@pytest.mark.parametrize("name", ["cyclic-place", "circle-of-figures", "two-facts-one-id", "no-such-text"])
def test_one_fault_is_one_line(name: str, folder: Path, kg: Kg) -> None:
    (folder / "data/articles/other.yaml").unlink()
    content = CASES[name][0]
    assert isinstance(content, str)
    (folder / "data/articles/bad.yaml").write_text(content, encoding="utf-8")
    assert len(kg("-C", folder, "check").out.splitlines()) == 1


@pytest.mark.parametrize("name", ["yaml-syntax", "words-not-in-text", "not-utf-8"])
def test_a_build_with_errors_publishes_nothing(name: str, folder: Path, kg: Kg) -> None:
    (folder / "data/articles/other.yaml").unlink()
    assert kg("-C", folder, "build").code == 0
    before = (folder / "out/latest").resolve()
    content, code, _, _ = CASES[name]
    (folder / "data/articles/bad.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = kg("-C", folder, "build")
    assert ran.code == code
    assert "not published" in ran.err
    assert (folder / "out/latest").resolve() == before


def test_a_file_of_100_mb_is_refused_by_its_size(folder: Path, kg: Kg) -> None:
    with (folder / "data/articles/bad.yaml").open("wb") as stream:
        stream.truncate(100_000_000)
    ran = kg("-C", folder, "check")
    assert ran.code == 3
    assert "data/articles/bad.yaml: error: the file has 100,000,000 bytes; the limit is 50,000,000" in ran.out
    assert "nobody-at-all" in ran.out


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("{", 1, ""),
        ('{"source": 3}', 1, "expected fields"),
        ('{"source": {}, "source": {}}', 1, "source"),
        (
            HEAD_JSON
            := '{"source": {"kind": "article", "title": "T", "site": "harbour-gazette", "text": {"path": "text.txt"}}}\nnonsense',
            2,
            "",
        ),
        (
            HEAD_JSON.replace("nonsense", '{"mentions": [{"of": "nobody-here", "form": "x", "words": "met again"}]}'),
            2,
            "nobody-here",
        ),
        (
            HEAD_JSON.replace("nonsense", '{"mentions": [{"of": "alda", "form": "\\ud800", "words": "met again"}]}'),
            2,
            "",
        ),
        (HEAD_JSON.replace("nonsense", '{"figures": [{"exactly": NaN}]}'), 2, ""),
        (HEAD_JSON.replace("nonsense", '{"figures": [{"exactly": ' + "9" * 5_000 + "}]}"), 2, ""),
        ('{"mentions": []}', 1, "source"),
    ],
)
def test_broken_json_lines_have_a_place_too(content: str, line: int, said: str, folder: Path, kg: Kg) -> None:
    (folder / "data/articles/bad.jsonl").write_text(content, encoding="utf-8")
    ran = kg("-C", folder, "check")
    assert ran.code in {1, 3}
    found = [text for text in ran.out.splitlines() if text.startswith(f"data/articles/bad.jsonl:{line}:")]
    assert any(said in text for text in found), ran
    assert "Traceback" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("title = ", "Invalid value"),
        ('title = "T"\nbase = "https://x.example/"\npublisher = "P"\ncolour = "red"\n', "colour"),
        ('title = "T"\nbase = "x.example/"\npublisher = "P"\n', "base"),
        ('title = "T"\nbase = "https://x.example"\npublisher = "P"\n', "slash"),
        ('base = "https://x.example/"\npublisher = "P"\n', "title"),
    ],
)
def test_a_broken_kg_toml_says_what_is_wrong(toml: str, said: str, dataset: Path, kg: Kg) -> None:
    (dataset / "kg.toml").write_text(toml, encoding="utf-8")
    ran = kg("-C", dataset, "check")
    assert ran.code == 3
    assert said in ran.err
    assert "kg.toml" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_the_registrys_own_faults_have_places(dataset: Path, kg: Kg) -> None:
    (dataset / "data/registry/more.yaml").write_text(
        "registry: more\norganizations:\n  - {id: alda, kind: state, name: Alda}\nplaces:\n  - {id: a, kind: city, name: A, within: nowhere}\n",
        encoding="utf-8",
    )
    ran = kg("-C", dataset, "check")
    assert ran.code == 1
    assert (
        "data/registry/more.yaml:3:10: error: the registry has the id alda twice: here and in data/registry/entities.yaml"
        in ran.out
    )
    assert "data/registry/more.yaml:5:" in ran.out
    assert "nowhere" in ran.out


def test_a_person_who_is_an_organization_stops_the_build(dataset: Path, kg: Kg) -> None:
    file = dataset / "data/articles/harbour-ruling.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("    mode: direct\n", "    mode: direct\n    medium: ministry-official\n", 1), encoding="utf-8"
    )
    ran = kg("-C", dataset, "build")
    assert ran.code == 1
    (told,) = [line for line in ran.out.splitlines() if line.endswith("[contradiction]")]
    assert re.match(
        r"data/articles/harbour-ruling\.yaml:\d+:\d+: error: «ministry-official» is an? .*nothing can be both", told
    ), told
    assert not (dataset / "out/latest").exists()
