"""One place writes terms; pyoxigraph's strict parser is its oracle."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import ntriples
from onrecord.errors import InputError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def parsed(term: str) -> ox.Literal | ox.NamedNode:
    (triple,) = ox.parse(f"<s:s> <p:p> {term} .\n".encode(), format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(triple.object, ox.Literal | ox.NamedNode)
    return triple.object


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert parsed(ntriples.literal(text)) == ox.Literal(text)
    assert ntriples.text_of(ntriples.literal(text)) == text


@given(TEXTS, st.sampled_from(["en", "ru", "zh-Hant", "de-CH-1996"]))
def test_a_text_in_a_language_comes_back_as_it_was(text: str, language: str) -> None:
    assert parsed(ntriples.literal(text, language=language)) == ox.Literal(text, language=language.lower())
    assert ntriples.text_of(ntriples.literal(text, language=language)) == text


@given(TEXTS)
def test_the_form_is_canonical(text: str) -> None:
    triple = ox.Triple(ox.NamedNode("s:s"), ox.NamedNode("p:p"), ox.Literal(text))
    written = ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES)
    assert written is not None
    assert written.decode() == f"<s:s> <p:p> {ntriples.literal(text)} .\n"


@given(TEXTS, st.sampled_from(["http://www.w3.org/2001/XMLSchema#date", "http://www.w3.org/2001/XMLSchema#decimal"]))
def test_lexical_forms_are_kept(text: str, datatype: str) -> None:
    assert parsed(ntriples.literal(text, datatype)) == ox.Literal(text, datatype=ox.NamedNode(datatype))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_an_iri_is_one_for_the_parser_too(text: str) -> None:
    address = f"https://data.example/{text}"
    try:
        term = ntriples.iri(address)
    except InputError:
        return
    assert parsed(term) == ox.NamedNode(address)


@pytest.mark.parametrize(
    "bad", ["relative", "", "https://x.example/a b", "https://x.example/<", "https://x.example/\ud800", "x y:z"]
)
def test_what_is_no_iri_is_refused(bad: str) -> None:
    with pytest.raises(InputError):
        ntriples.iri(bad)


def test_half_characters_and_odd_languages_are_refused() -> None:
    with pytest.raises(InputError):
        ntriples.literal("\ud800")
    with pytest.raises(InputError):
        ntriples.literal("x", language="no language")


@given(TEXTS)
def test_a_line_is_split_as_it_was_put_together(text: str) -> None:
    quad = ("<s:s>", "<p:p>", ntriples.literal(text, language="en"), "<g:g>")
    (line,) = ntriples.lines([quad[:3]], quad[3])
    assert ntriples.split(line) == quad


@pytest.mark.parametrize("bad", ["", "nonsense", "<s:s> <p:p> .", "_:b <p:p> <o:o> .", '<s:s> <p:p> "x .'])
def test_other_lines_are_refused(bad: str) -> None:
    with pytest.raises(InputError):
        ntriples.split(bad)
