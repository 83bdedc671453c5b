"""The lines that differ between two sorted files, and the patch that is made of them."""

import hashlib
from collections.abc import Iterable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset

from onrecord.comparison import lines as walk
from onrecord.comparison import patch
from onrecord.comparison.lines import Piece, graphs_of, pieces
from onrecord.ntriples import literal
from onrecord.release.blocks import Quads
from releases import LINES, Quad, at, lines_of

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
_QUADS = st.lists(
    st.tuples(
        st.sampled_from([at(f"person/{name}") for name in ("ann", "ann-b", "ann/start", "bob")]),
        st.sampled_from([at("p"), at("q")]),
        st.one_of(_TEXTS.map(literal), st.just(at("person/ann"))),
        st.sampled_from(
            [at(f"graph/{graph}") for graph in ("asserted/a", "asserted/b", "curated/a", "metadata/dataset")]
        ),
    ),
    max_size=40,
)


def found(before: Iterable[str], now: Iterable[str], *, named: bool = True) -> list[Piece]:
    one, other = (Quads("".join(lines).encode(), "x") for lines in (before, now))
    return list(pieces(one, other, graphs_of(one, other, named=named)))


def patched(lines: list[str], text: bytes) -> list[str]:
    """What comes of applying a patch, line by line."""
    held = set(lines)
    for line in text.decode().split("\n"):
        if line.startswith("D "):
            held.remove(f"{line[2:]}\n")
        elif line.startswith("A "):
            assert f"{line[2:]}\n" not in held
            held.add(f"{line[2:]}\n")
    return sorted(held)


def written(before: list[str], now: list[str], *, named: bool = True) -> bytes:
    one, other = (hashlib.sha256("".join(lines).encode()).hexdigest() for lines in (before, now))
    return b"".join(patch.lines(found(before, now, named=named), one, other))


@given(_QUADS, _QUADS)
def test_a_patch_applied_gives_the_other_dataset(one: list[Quad], other: list[Quad]) -> None:
    before, now = lines_of(one), lines_of(other)
    assert patched(before, written(before, now)) == sorted(now)
    assert patched(now, written(now, before)) == sorted(before)


@given(_QUADS, _QUADS)
def test_files_without_graphs_are_compared_too(one: list[Quad], other: list[Quad]) -> None:
    before, now = (sorted({f"{s} {p} {o} .\n" for s, p, o, _ in quads}) for quads in (one, other))
    assert patched(before, written(before, now, named=False)) == now


@given(_QUADS, _QUADS)
def test_rdflib_applies_the_patch_with_the_same_result(one: list[Quad], other: list[Quad]) -> None:
    before, now = lines_of(one), lines_of(other)
    applied, wanted = Dataset(), Dataset()
    applied.parse(BytesIO("".join(before).encode()), format="nquads")
    applied.parse(BytesIO(written(before, now)), format="patch")
    wanted.parse(BytesIO("".join(now).encode()), format="nquads")
    assert set(applied.quads()) == set(wanted.quads())


@pytest.mark.parametrize("changed", [range(3_000), range(0, 3_000, 7), [0], [2_999], [1_500], range(1_000, 2_000)])
def test_long_graphs_are_walked_in_pieces(changed: Iterable[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_LARGE", 1 << 13)
    quads = [(at(f"n/{n:05}"), at("p"), literal("x" * (n % 90)), at("graph/asserted/a")) for n in range(3_000)]
    other = list(quads)
    for n in changed:
        other[n] = (*quads[n][:2], literal("other"), quads[n][3])
    before, now = lines_of(quads), lines_of(other)
    told = found(before, now)
    assert sum(len(piece.removed) for piece in told) == len(list(changed))
    assert patched(before, written(before, now)) == sorted(now)
    assert max(len(piece.removed) for piece in told) < 1_000


def test_equal_datasets_make_an_empty_patch() -> None:
    head, *rest = written(LINES, LINES).decode().splitlines()
    assert head.startswith("H id <urn:uuid:")
    assert rest[1:] == ["TX .", "TC ."]


def test_patches_chain() -> None:
    (one, two), (three, four) = (
        written(a, b).split(b"\n")[:2] for a, b in ((LINES, LINES[1:]), (LINES[1:], LINES[2:]))
    )
    assert one.split()[2] == four.split()[2]
    assert len({two, three, four}) == 3
