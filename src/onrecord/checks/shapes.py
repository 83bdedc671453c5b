"""Shapes, compiled once and kept for every check."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from onrecord.cache import Cache
from onrecord.checks import files
from onrecord.checks.plan import VERSION, Plan
from onrecord.errors import InputError, VocabularyError
from onrecord.index import Index, index_of
from onrecord.ntriples import Triple
from onrecord.vocabulary import resources

if TYPE_CHECKING:
    import rdflib

    from onrecord.checks.linking import Linked

_MAX_BYTES = 64 * 1024 * 1024
_SKOS = "http://www.w3.org/2004/02/skos/core#"


class Shapes:
    """Shapes ready to check with: a plan, which is plain data, and what is made of it when it is first used.

    `background` is what data may take for granted: which class is a kind of which
    (https://www.w3.org/TR/shacl/#terminology, "SHACL instance"), and which concept belongs to which scheme. `uncovered`
    are the shapes that the compiler leaves to pySHACL, each with the reason.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.background: tuple[Triple, ...] = plan.background
        self.uncovered: tuple[tuple[str, str], ...] = plan.uncovered
        self.kept: dict[str, object] = {}

    def __reduce__(self) -> tuple[type["Shapes"], tuple[Plan]]:
        return Shapes, (self.plan,)

    @property
    def uncovered_nodes(self) -> frozenset[str] | None:
        """The shapes that pySHACL has to run; None for all of them."""
        nodes = frozenset(node for node, _ in self.uncovered)
        return None if "" in nodes else nodes

    @cached_property
    def ground(self) -> Index:
        """The background as an index."""
        return index_of(self.background)

    @cached_property
    def linked(self) -> "Linked":
        """The plan as functions."""
        from onrecord.checks.linking import link

        return link(self.plan)

    @cached_property
    def graph(self) -> "rdflib.Graph":
        """The shapes graph, where something is uncovered; else an empty one."""
        from onrecord.checks.graphs import graph_of

        return graph_of(self.plan.triples)


def load_shapes(paths: Sequence[Path], ontology: Sequence[Path] | None = None) -> Shapes:
    """Shapes files as one. `ontology` are the files whose classes and concepts data refers to: None for those of the
    installation, () for none.

    Raises VocabularyError for a file that cannot be read, and where there is none.
    """
    if not paths:
        raise VocabularyError("there are no shapes to check with")
    return compiled(read_graph(paths), tuple(sorted(_background(read_graph(_known(ontology))))))


def installed() -> Shapes:
    """The shapes of the installation. Compiling them takes a second, so the outcome is kept for the user by its key."""
    paths = resources.files("shapes", ".ttl")
    kept = Cache.of_user().made(f"shapes-{key_of(paths)}", lambda: to_json(load_shapes(paths)))
    return from_json(kept)


def compiled(graph: "rdflib.Graph", background: tuple[Triple, ...] = ()) -> Shapes:
    """A shapes graph, compiled."""
    from onrecord.checks import compilation  # 0.6 s: only who compiles pays for rdflib and pySHACL

    return Shapes(compilation.compiled(graph, background))


def key_of(paths: Sequence[Path], ontology: Sequence[Path] | None = None) -> str:
    """What names compiled shapes: the digest of their files, of the ontology's, and of the compiler's version. Raises
    VocabularyError for a file that cannot be read."""
    digest = sha256(VERSION.encode())
    for path in (*_sorted(paths), *_sorted(_known(ontology))):
        try:
            content = files.read(path, _MAX_BYTES)
        except InputError as error:
            raise VocabularyError(error.message, hint=error.hint) from error
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def to_json(shapes: Shapes) -> bytes:
    """Compiled shapes as JSON, to be kept under their key. The same shapes give the same bytes."""
    return msgspec.json.encode(shapes.plan)


def from_json(content: bytes) -> Shapes:
    """Compiled shapes from their JSON. Raises VocabularyError for anything else."""
    try:
        return Shapes(msgspec.json.decode(content, type=Plan))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"these are not compiled shapes: {error}") from error


def read_graph(paths: Sequence[Path]) -> "rdflib.Graph":
    """RDF files as one graph. Raises VocabularyError for a file that cannot be read."""
    from onrecord.checks.graphs import graph_of

    try:
        return graph_of(files.triples(_sorted(paths), _MAX_BYTES))
    except InputError as error:
        raise VocabularyError(error.message, hint=error.hint) from error


def _known(ontology: Sequence[Path] | None) -> Sequence[Path]:
    return resources.files("ontology", ".ttl") if ontology is None else ontology


def _sorted(paths: Sequence[Path]) -> list[Path]:
    return sorted(paths, key=lambda one: one.name)


def _background(ontology: "rdflib.Graph") -> Iterable[Triple]:
    import rdflib

    from onrecord.checks.graphs import term_of

    for prop in (rdflib.RDFS.subClassOf, rdflib.URIRef(f"{_SKOS}inScheme")):
        for subject, target in ontology.subject_objects(prop):
            if isinstance(subject, rdflib.URIRef) and isinstance(target, rdflib.URIRef):
                yield term_of(subject), term_of(prop), term_of(target)
