"""Words are looked up in the text: found, or named with their place and the nearest words that do exist."""

import shutil
from pathlib import Path

import pytest

from conftest import Kg
from onrecord.facts.fields import Span
from onrecord.facts.texts import Text, difference

ROOT = Path(__file__).resolve().parents[1]
BODY = "The court ruled on Tuesday. “We won’t appeal,” said Ana Brisk. The court met again."


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """This repository's own dataset, to be changed."""
    for name in ("data", "kg.toml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
        else:
            shutil.copyfile(source, tmp_path / name)
    return tmp_path


def test_every_span_of_the_founding_article_stands_in_it(copy: Path, shared: Path, kg: Kg) -> None:
    ran = kg("-C", copy, "check", "--texts", shared / "articles")
    assert ran.out == ""
    assert ran.code == 0
    assert "not looked up" not in ran.err
    assert "227 pieces of evidence" in ran.err


@pytest.mark.parametrize(
    ("words", "changed", "nearest"),
    [
        ("words: since 2003", "words: since 2004", "since 2003"),
        (
            "does not equate to offering them political legitimacy,",
            "does not equate to giving them political legitimacy,",
            "offering them",
        ),
        (
            "at least 37 individuals in Russia faced",
            "at least 38 individuals in Russia faced",
            "at least 37 individuals",
        ),
        (
            "words: the Supreme Court’s ruling on Thursday",
            "words: the Supreme Court's ruling on Thursday",
            "the Supreme Court’s ruling",
        ),
    ],
)
def test_one_changed_word_fails_at_its_line(
    copy: Path, shared: Path, kg: Kg, words: str, changed: str, nearest: str
) -> None:
    file = copy / "data/articles/russia-taliban-delisting.yaml"
    text = file.read_text(encoding="utf-8")
    assert words in text
    file.write_text(text.replace(words, changed, 1), encoding="utf-8")
    line = text[: text.index(words)].count("\n") + 1
    ran = kg("-C", copy, "check", "--texts", shared / "articles")
    assert ran.code == 1
    (found,) = ran.out.splitlines()
    assert found.startswith(f"data/articles/russia-taliban-delisting.yaml:{line}:")
    assert "the text does not have these words" in found
    assert nearest in found


def test_without_the_text_the_words_are_not_looked_up_and_that_is_said(copy: Path, kg: Kg) -> None:
    ran = kg("-C", copy, "check")
    assert ran.code == 0
    assert "227 of them not looked up" in ran.err


def test_a_text_that_was_changed_is_not_taken_for_the_source(dataset: Path, kg: Kg) -> None:
    file = dataset / "data/articles/harbour-ruling.yaml"
    facts = file.read_text(encoding="utf-8")
    file.write_text(
        facts.replace(
            "    path: harbour-ruling.txt\n", f"    path: harbour-ruling.txt\n    sha256: {'0' * 64}\n    chars: 1\n"
        ),
        encoding="utf-8",
    )
    ran = kg("-C", dataset, "check")
    assert ran.code == 1
    assert "the text is not the one with this SHA-256" in ran.out


def test_headlines_and_links_are_no_evidence(dataset: Path, kg: Kg) -> None:
    file = dataset / "data/articles/harbour-ruling.yaml"
    facts = file.read_text(encoding="utf-8")
    file.write_text(facts.replace("words: had been banned", "words: Ferry prices"), encoding="utf-8")
    ran = kg("-C", dataset, "check")
    assert ran.code == 1
    assert "outside the text proper" in ran.out


def test_words_that_stand_twice_are_told_apart_by_their_neighbours() -> None:
    text = Text.of(BODY.encode())
    assert text.places(Span(exact="The court")) == [0, BODY.rindex("The court")]
    assert text.places(Span(exact="The court", after=" met")) == [BODY.rindex("The court")]
    assert text.places(Span(exact="court", before="Brisk. The ")) == [BODY.rindex("court")]


def test_overlapping_occurrences_are_all_counted() -> None:
    assert Text.of(b"aaaa").places(Span(exact="aa")) == [0, 1, 2]


@pytest.mark.parametrize(
    ("sought", "nearest"),
    [
        ("the court rules on Tuesday", "The court ruled on Tuesday."),
        ("\"We won't appeal", "“We won’t appeal,”"),
        ("zzzz qqqq", ""),
    ],
)
def test_the_nearest_words_are_whole_words(sought: str, nearest: str) -> None:
    assert Text.of(BODY.encode()).nearest(Span(exact=sought)) == nearest


def test_what_only_looks_alike_is_explained() -> None:
    assert difference("We won't", "“We won’t appeal,”") == "only quotation marks, dashes, spaces or capitals differ"
    assert "composed differently" in difference("cafe\u0301", "the café")
    assert difference("court", "judge") == ""


@pytest.mark.parametrize("data", [b"\xff\xfe", b"ok \xff"])
def test_a_text_that_is_not_utf_8_says_where(data: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        Text.of(data)


@pytest.mark.parametrize(("starts", "ends"), [("nowhere", ""), ("", "nowhere"), ("The court", "")])
def test_a_body_must_begin_and_end_at_one_place(starts: str, ends: str) -> None:
    with pytest.raises(ValueError, match=starts or ends):
        Text.of(BODY.encode(), starts, ends)
