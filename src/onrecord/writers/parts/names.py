"""Prefixed names of Turtle and TriG (https://www.w3.org/TR/turtle/#prefixed-name)."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.vocabulary.terms import CONCEPTS, PREFIXES

# Less than PN_LOCAL allows: where a name would need anything but an escaped slash, the whole IRI is written instead.
_SEGMENT = r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?"
_LOCAL = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
_PREFIX = re.compile(r"[a-z](?:[a-z0-9\-]*[a-z0-9])?")
_CACHED = 50_000


@cache
def vocabulary() -> dict[str, str]:
    """The prefixes of vocabularies and schemes by their namespaces."""
    known = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    for scheme, concepts in CONCEPTS.items():
        known |= {concept[1:].rsplit("/", 1)[0] + "/": scheme for concept in concepts.values()}
    return known


class Names:
    """The prefixes of one document: those of the vocabularies and of the dataset among the namespaces `in_use`."""

    def __init__(self, base: str, in_use: Iterable[str]) -> None:
        used = set(in_use)
        self.prefixes = {namespace: prefix for namespace, prefix in vocabulary().items() if namespace in used}
        taken = set(vocabulary().values())
        if base:
            for prefix, namespace in _of_dataset(base, sorted(used)):
                if _PREFIX.fullmatch(prefix) and prefix not in taken:
                    taken.add(prefix)
                    self.prefixes[namespace] = prefix
        self._cache: dict[str, str] = {}

    def header(self) -> str:
        """The prefix declarations: first the dataset's own, then those of vocabularies."""
        known = vocabulary()
        order = sorted(self.prefixes, key=lambda namespace: (namespace in known, self.prefixes[namespace]))
        width = max((len(prefix) for prefix in self.prefixes.values()), default=0) + 1
        return "".join(f"@prefix {self.prefixes[namespace] + ':':<{width}} <{namespace}> .\n" for namespace in order)

    def short(self, iri: str) -> str:
        """An IRI as a prefixed name, with the longest namespace that fits, or else in angle brackets."""
        found = self._cache.get(iri)
        if found is None:
            found = self._shortened(iri)
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[iri] = found
        return found

    def _shortened(self, iri: str) -> str:
        end = len(iri)
        while (end := max(iri.rfind("/", 0, end), iri.rfind("#", 0, end))) > 0:
            prefix = self.prefixes.get(iri[: end + 1])
            if prefix is not None:
                local = iri[end + 1 :]
                return f"{prefix}:{local.replace('/', chr(92) + '/')}" if _LOCAL.fullmatch(local) else f"<{iri}>"
        return f"<{iri}>"


def _of_dataset(base: str, used: list[str]) -> Iterator[tuple[str, str]]:
    """Prefixes of a dataset, the first of one name counts.

    The registry's entities: `person:`. The facts of a source: `designation:` where there is one source only, else
    `<source>:`; a source's own entities, where the registry has some of their kind: `local-person:`.
    """
    below: dict[str, set[str]] = {}
    for namespace in used:
        if not namespace.startswith(base):
            continue
        steps = namespace[len(base) :].split("/")
        if len(steps) == 2:
            yield steps[0], namespace
        elif len(steps) == 4 and steps[0] == "source":
            below.setdefault(steps[1], set()).add(steps[2])
    sources = [source for source in below if not source.startswith("registry-")]
    for source in sorted(below):
        start = f"{base}source/{source}/"
        if sources == [source]:
            for kind in sorted(below[source]):
                yield (f"local-{kind}" if f"{base}{kind}/" in used else kind), f"{start}{kind}/"
        else:
            yield source, start
