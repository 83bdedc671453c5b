"""Shapes, read once and kept for every check."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.checks import files
from onrecord.checks.graphs import graph_of, term_of
from onrecord.errors import InputError, VocabularyError
from onrecord.ntriples import Triple
from onrecord.vocabulary import resources

if TYPE_CHECKING:
    import rdflib

_MAX_BYTES = 64 * 1024 * 1024
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True)
class Shapes:
    """Shapes ready to check with.

    `background` is what data may take for granted: which class is a kind of which
    (https://www.w3.org/TR/shacl/#terminology, "SHACL instance"), and which concept belongs to which scheme. `kept` is
    for the engine, what it makes of the graph once.
    """

    graph: "rdflib.Graph"
    background: tuple[Triple, ...] = ()
    kept: dict[str, object] = field(default_factory=dict)


def load_shapes(paths: Sequence[Path], ontology: Sequence[Path] | None = None) -> Shapes:
    """Shapes files (Turtle) as one. `ontology` are the files whose classes and concepts data refers to: None for those
    of the installation, () for none.

    Raises VocabularyError for a file that cannot be read, and where there is none.
    """
    if not paths:
        raise VocabularyError("there are no shapes to check with")
    known = resources.files("ontology", ".ttl") if ontology is None else ontology
    return Shapes(_read(paths), tuple(sorted(_background(_read(known)))))


def _read(paths: Sequence[Path]) -> "rdflib.Graph":
    try:
        return graph_of(files.triples(sorted(paths, key=lambda one: one.name), _MAX_BYTES))
    except InputError as error:
        raise VocabularyError(error.message, hint=error.hint) from error


def _background(ontology: "rdflib.Graph") -> Iterable[Triple]:
    import rdflib

    for prop in (rdflib.RDFS.subClassOf, rdflib.URIRef(f"{_SKOS}inScheme")):
        for subject, target in ontology.subject_objects(prop):
            if isinstance(subject, rdflib.URIRef) and isinstance(target, rdflib.URIRef):
                yield term_of(subject), term_of(prop), term_of(target)
