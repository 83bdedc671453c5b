"""Names by the beginnings of their words: what is found, in which order, and that it is kept."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import dataset_of, desk_of
from onrecord.errors import InputError
from onrecord.matching.beginnings import Beginnings, Called
from onrecord.matching.normal import words
from onrecord.site.beginnings import FILE_NAME

NAMES = st.lists(st.text("abñ علي-", max_size=8), max_size=12)


def called(*names: str, rank: int = 1) -> Beginnings:
    """Each name under a node of its own."""
    return Beginnings(Called(f"<{at}>", name, "person", rank, str(at)) for at, name in enumerate(names))


def found(index: Beginnings, text: str, most: int = 100) -> list[str]:
    return [each.name for each in index.find(text, most)[0]]


def test_the_best_come_first() -> None:
    index = called("Old Alda Front", "Alda", "Aldaman", "Alda Front", "Front of Alda", "Nobody")
    assert found(index, "ALDA") == ["Alda", "Aldaman", "Alda Front", "Front of Alda", "Old Alda Front"]
    assert found(index, "front al") == ["Front of Alda", "Alda Front", "Old Alda Front"]
    assert index.find("alda", 2)[1] is False
    assert index.find("", 2) == ([], True)


def test_what_ranks_first_comes_before_short_names() -> None:
    rows = [Called("<e>", "Alda B", "entry", 1, "e"), Called("<o>", "Alda Brigade", "organization", 0, "o")]
    assert found(Beginnings(rows), "alda b") == ["Alda B", "Alda Brigade"]  # called just so
    assert found(Beginnings(rows), "al") == ["Alda Brigade", "Alda B"]
    assert Beginnings(rows).kinds == ["entry", "organization"]


def test_a_node_is_found_once_and_only_if_it_counts() -> None:
    rows = [Called("<a>", name, "person", 0, "a") for name in ("Omar Said", "Said Omar", "OMAR SAID")]
    index = Beginnings([*rows, Called("<b>", "Omar", "place", 9, "b")])
    assert [tuple(each) for each in index.find("said", 9)[0]] == [("<a>", "Said Omar")]
    assert [each.node for each in index.find("omar", 9, lambda node: node == "<b>")[0]] == ["<b>"]


@given(NAMES, st.text("abn عل", max_size=4))
def test_every_name_whose_words_begin_so_is_found_and_no_other(names: list[str], text: str) -> None:
    index, wanted = called(*names), words(text)
    expected = [n for n in names if wanted and all(any(p.startswith(w) for p in words(n)) for w in wanted)]
    assert sorted(found(index, text)) == sorted(expected)
    assert Beginnings.load(index.dump()).find(text, 100) == index.find(text, 100)


def test_what_is_no_index_is_said_to_be_none() -> None:
    with pytest.raises(InputError):
        Beginnings.load(b"\x00")
    with pytest.raises(InputError, match="surrogate"):
        called("a\ud800")


def test_the_index_is_kept_beside_the_store_and_made_again_when_damaged(founding: Path, tmp_path: Path) -> None:
    folder = dataset_of(founding, tmp_path / "dataset")
    first = desk_of(folder)
    told, file = first.beginnings.find("tal", 10), first.release.folder / FILE_NAME
    whole = file.read_bytes()
    assert re.fullmatch("<.*/organization/taliban>", told[0][0].node)
    for damaged in (b"", whole[:-1], whole[:40] + b"\x00" + whole[41:]):
        file.write_bytes(damaged)
        assert desk_of(folder).beginnings.find("tal", 10) == told
        assert file.read_bytes() == whole
