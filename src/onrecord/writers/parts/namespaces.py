"""The namespaces that the names of a dataset are in, of many sources in little memory."""

from collections.abc import Iterator

from onrecord.writers.parts.layout import place
from onrecord.writers.parts.names import is_ordinary, vocabulary

_SEEN = 50_000


class Namespaces:
    """The namespaces in use: of vocabularies, and of the dataset whose IRIs begin with `base`.

    A namespace of a source is `<base>source/<id>/<kind>/`, and just `<base>source/<id>/` once there are several sources
    whose facts have them, for then a source has one prefix and not one for each kind.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._sources = f"{base}source/"
        self._known = vocabulary()
        self._found: set[str] = set()
        self._several: set[str] = set()
        self.seen: set[str] = set()
        """Terms that need not be noted again; and the beginnings, up to their last slash, of others."""

    def note(self, term: str) -> None:
        """Note what an IRI, or the datatype of a literal, is in."""
        start = term.rfind("<")
        iri = term[start + 1 : -1]
        namespace = place(iri, self._base).namespace
        parent = term[start : term.rfind("/")]
        if len(self.seen) >= _SEEN:
            self.seen.clear()
        # All that is directly below one node of the dataset is in one namespace; but `graph` is not in the base.
        self.seen.add(parent if namespace and len(parent) > len(self._base) else term)
        namespace = namespace or iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
        if namespace in self._known or namespace.startswith(self._base or " "):
            self._found.add(self._short(namespace))

    def _short(self, namespace: str) -> str:
        if not namespace.startswith(self._sources) or len(namespace) == len(self._sources):
            return namespace
        end = namespace.index("/", len(self._sources))
        if len(self._several) < 2 and is_ordinary(namespace[len(self._sources) : end]):
            self._several.add(namespace[:end])
        return namespace if len(self._several) < 2 else namespace[: end + 1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)
