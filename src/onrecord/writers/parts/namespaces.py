"""The namespaces that the names of a dataset are in, of many sources in little memory."""

from collections.abc import Iterable, Iterator

from onrecord.writers.parts.layout import place
from onrecord.writers.parts.names import is_ordinary, vocabulary


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

    def note(self, terms: Iterable[str]) -> None:
        """Note what IRIs and datatypes among terms are in."""
        base, known, found = self._base, self._known, self._found
        for term in terms:
            if term.endswith(">"):
                iri = term[term.rindex("<") + 1 : -1]
                namespace = place(iri, base).namespace or iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
                if namespace not in found and (namespace in known or namespace.startswith(base or " ")):
                    found.add(self._short(namespace))

    def _short(self, namespace: str) -> str:
        if not namespace.startswith(self._sources) or len(namespace) == len(self._sources):
            return namespace
        end = namespace.index("/", len(self._sources))
        if len(self._several) < 2 and is_ordinary(namespace[len(self._sources) : end]):
            self._several.add(namespace[:end])
        return namespace if len(self._several) < 2 else namespace[: end + 1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)
