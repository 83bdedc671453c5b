"""What a person calls a thing → the node that it is: by id, by path, by address or by label."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from onrecord.errors import InputError, QueryError
from onrecord.mappers.parts.minting import KIND_OF_SECTION
from onrecord.ntriples import iri, text_of
from onrecord.questions.prefixes import REGISTRY, known
from onrecord.vocabulary.term import Term
from onrecord.vocabulary.terms import onr, rdfs, skos

if TYPE_CHECKING:
    import pyoxigraph as ox

_SECTIONS = tuple(KIND_OF_SECTION[section] for section in REGISTRY)
_ENTRY = KIND_OF_SECTION["entries"]
_INNER = re.compile(rf"source/[^/]+/(?:{'|'.join(KIND_OF_SECTION.values())})/[^/]+")
"""A source's own facts and entities; what lies deeper, or is called otherwise, is a part of them."""


class Names:
    """Finds nodes by what people call them, in one store."""

    def __init__(self, store: "ox.Store", base: str) -> None:
        self._store = store
        self._base = base
        self._prefixes = known(base)

    def resolve(self, text: str) -> str:
        """The `<iri>` that a text stands for.

        It is the id of something in the registry (`taliban`) or in a single source, what a list knows an entry by
        (`TAi.002`), a state's code (`RU`, `UN`), a path (`SOURCE/designation/ID`; `LIST/REFERENCE` of an entry), an
        address in full or with a prefix, or an exact label. Raises QueryError where nothing, or more than one thing, is
        called so: an answer about another thing, or "nothing known" for a slip of the pen, would be wrong.
        """
        text = text.strip()
        if (addressed := self.addressed(text)) is not None:
            return addressed
        found = sorted(
            self._with_text(onr.listReference, text)
            or self._with_text(onr.code, text)
            or self._with_id(text)
            or self._with_label(text)
        )
        if len(found) == 1:
            return f"<{found[0]}>"
        if found:
            raise QueryError(
                f"{text[:80]!r} may be {len(found)} things",
                hint=f"say which: {', '.join(map(self.path, found[:10]))}{' …' if len(found) > 10 else ''}",
            )
        near = self._near(text)
        raise QueryError(
            f"nothing in the dataset is called {text[:80]!r}",
            hint=f"near it: {', '.join(near)}" if near else "give an id, an address or a label",
        )

    def addressed(self, text: str) -> str | None:
        """The `<iri>` that a text is the address, registry id or path of; None where it is none of these."""
        found = next((address for address in self._addresses(text.strip()) if self._is_there(address)), None)
        return None if found is None else f"<{found}>"

    def path(self, address: str) -> str:
        """The shortest text that `resolve` takes for an address of the dataset: a registry id or a path."""
        local = address.removeprefix(self._base)
        section, _, rest = local.partition("/")
        if section in ("source", _ENTRY):
            return unquote(rest) if section == _ENTRY else rest
        if section in _SECTIONS and sum(self._is_there(f"{self._base}{other}/{rest}") for other in _SECTIONS) == 1:
            return rest
        return local

    def _addresses(self, text: str) -> Iterator[str]:
        if text.startswith("<") and text.endswith(">"):
            yield text[1:-1]
            return
        prefix, colon, local = text.partition(":")
        if colon and prefix in self._prefixes:
            yield self._prefixes[prefix] + local
        if colon:
            yield text
        if not text:
            return
        yield from (f"{self._base}{section}/{text}" for section in _SECTIONS)
        yield from (f"{self._base}source/{text}", f"{self._base}{text}")
        on_list, slash, reference = text.partition("/")
        if slash and reference:
            yield f"{self._base}{_ENTRY}/{on_list}/{quote(reference, safe='', errors='surrogatepass')}"

    def _is_there(self, address: str) -> bool:
        import pyoxigraph as ox

        try:
            node = ox.NamedNode(iri(address)[1:-1])
        except (InputError, ValueError):
            return False
        ends = ((node, None), (None, node))
        return any(True for s, o in ends for _ in self._store.quads_for_pattern(s, None, o, None))

    def _with_text(self, prop: Term, text: str) -> set[str]:
        """The nodes that have just this text, in no language: entries by their reference, states by their code."""
        import pyoxigraph as ox

        if not text.isprintable():
            return set()
        quads = self._store.quads_for_pattern(None, ox.NamedNode(prop.iri), ox.Literal(text), None)
        found = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        entries = {address for address in found if address.startswith(f"{self._base}{_ENTRY}/")}
        return entries or found  # whoever a curator holds to be one with an entry has its reference, too

    def _with_id(self, text: str) -> set[str]:
        """The facts and entities of sources with this id."""
        return {address for address in self._all if address.rsplit("/", 1)[-1] == text}

    def _with_label(self, text: str) -> set[str]:
        return {address for label, address in self._labels if label == text}

    @cached_property
    def _all(self) -> list[str]:
        """Everything that can be called by a name, in order. It is read once: by the engine, which is ten times as fast
        as one quad after the other."""
        found = self._rows("SELECT DISTINCT ?node { ?node a ?class }")
        return sorted({node[1:-1] for (node,) in found if self._counts(node[1:-1])})

    def _counts(self, address: str) -> bool:
        """Whether an address of the dataset is of what has a name of its own."""
        local = address.removeprefix(self._base)
        section, _, rest = local.partition("/")
        return (
            (section in _SECTIONS and "/" not in rest)
            or bool(_INNER.fullmatch(local))
            or (section == "source" and "/" not in rest)
            or (section == _ENTRY and rest.count("/") == 1)
        )

    @cached_property
    def _labels(self) -> list[tuple[str, str]]:
        """Labels with the address of what is called so, in order."""
        either = " UNION ".join(f"{{ ?node {term} ?label }}" for term in (rdfs.label, skos.altLabel))
        found = self._rows(f"SELECT DISTINCT ?node ?label {{ {either} FILTER(ISLITERAL(?label)) }}")
        return sorted((text_of(label), node[1:-1]) for node, label in found if self._counts(node[1:-1]))

    def _rows(self, query: str) -> Iterator[list[str]]:
        """The rows of a query that have an address of the dataset first, as N-Triples writes their terms."""
        import pyoxigraph as ox

        result = self._store.query(query, use_default_graph_as_union=True)
        assert isinstance(result, ox.QuerySolutions)
        table = (result.serialize(format=ox.QueryResultsFormat.TSV) or b"").decode()
        return (line.split("\t") for line in table.split("\n") if line.startswith(f"<{self._base}"))

    def _near(self, text: str) -> list[str]:
        """How to call what is called nearly so."""
        from rapidfuzz import fuzz, process, utils

        called: dict[str, str] = {}
        for address in self._all:
            called.setdefault(address.rsplit("/", 1)[-1], address)
        for label, address in self._labels:
            called.setdefault(label, address)
        wanted = text.rsplit("/", 1)[-1]
        found = process.extract(
            wanted, list(called), scorer=fuzz.WRatio, processor=utils.default_process, limit=6, score_cutoff=60
        )
        return list(dict.fromkeys(self.path(called[name]) for name, _, _ in found))[:3]
