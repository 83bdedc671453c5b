"""A term of the vocabulary: the string that stands for it in N-Triples, with what a mapper needs to know of it."""

from typing import Self

LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


class Term(str):
    """`<iri>`, ready to be written into N-Triples."""

    __slots__ = ()

    def __new__(cls, iri: str) -> Self:
        return super().__new__(cls, f"<{iri}>")

    @property
    def iri(self) -> str:
        """The IRI without its angle brackets."""
        return self[1:-1]


class Class(Term):
    """A class."""

    __slots__ = ()


class Concept(Term):
    """A concept of a scheme."""

    __slots__ = ()


class Property(Term):
    """A property. `range` is the IRI of its datatype, "" for an object property; `single` tells that no shape lets it
    repeat."""

    __slots__ = ("name", "range", "single")
    range: str
    single: bool
    name: str

    def __new__(cls, iri: str, range: str = "", *, name: str, single: bool = False) -> Self:
        self = super().__new__(cls, iri)
        self.range = range
        self.single = single
        self.name = name
        return self


TYPE = Property("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", name="type")
"""rdf:type, which belongs to RDF itself and is declared by no ontology."""
