"""A term of the vocabulary: the string that stands for it in N-Triples, with what a mapper needs to know of it."""

import sys
from typing import Self

LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


class Term(str):
    """`<iri>`, ready to be written into N-Triples.

    `plain` is the same text and nothing but a string, one object for equal texts: what an index holds, because strings
    of a class of their own are compared and written slower.
    """

    __slots__ = ("plain",)
    plain: str

    def __new__(cls, iri: str) -> Self:
        self = super().__new__(cls, f"<{iri}>")
        self.plain = sys.intern(f"<{iri}>")
        return self

    @property
    def iri(self) -> str:
        """The IRI without its angle brackets."""
        return self[1:-1]


class Class(Term):
    """A class."""

    __slots__ = ()


class Property(Term):
    """A property. `range` is the IRI of its datatype, "" for an object property; `single` tells that no shape lets it
    repeat; `suffix` is what N-Triples writes behind its literals' quotation marks, but for their language."""

    __slots__ = ("name", "range", "single", "suffix")
    range: str
    single: bool
    name: str
    suffix: str

    def __new__(cls, iri: str, range: str = "", *, name: str, single: bool = False) -> Self:
        self = super().__new__(cls, iri)
        self.range = range
        self.single = single
        self.name = name
        self.suffix = "" if range in ("", XSD_STRING, LANG_STRING) else f"^^<{range}>"
        return self


TYPE = Property("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", name="type")
"""rdf:type, which belongs to RDF itself and is declared by no ontology."""
