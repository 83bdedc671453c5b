"""Prefixed names of Turtle and TriG (https://www.w3.org/TR/turtle/#prefixed-name)."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.vocabulary.terms import CONCEPTS, PREFIXES

# Less than PN_LOCAL allows: where a name would need anything but an escaped slash, the whole IRI is written instead.
_SEGMENT = r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?"
_LOCAL = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
_PREFIX = re.compile(r"[a-z](?:[a-z0-9\-]*[a-z0-9])?")
ESCAPED = "\\/"
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
        self._starts: dict[str, tuple[str, int]] = {}

    def header(self) -> str:
        """The prefix declarations: first the dataset's own, then those of vocabularies."""
        known = vocabulary()
        order = sorted(self.prefixes, key=lambda namespace: (namespace in known, self.prefixes[namespace]))
        width = max((len(prefix) for prefix in self.prefixes.values()), default=0) + 1
        return "".join(f"@prefix {self.prefixes[namespace] + ':':<{width}} <{namespace}> .\n" for namespace in order)

    def short(self, term: str) -> str:
        """An IRI, `<…>`, as a prefixed name, with the longest namespace that fits, or else as it is."""
        found = self._cache.get(term)
        if found is None:
            found = self._shortened(term)
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[term] = found
        return found

    def _shortened(self, term: str) -> str:
        end = max(term.rfind("/"), term.rfind("#")) + 1
        parent = term[1:end]
        start = self._starts.get(parent)
        if start is None:
            start = self._start(parent)
            if len(self._starts) >= _CACHED:
                self._starts.clear()
            self._starts[parent] = start
        prefix, length = start
        if not prefix:
            return term
        local = term[length:-1]
        return f"{prefix}{local.replace('/', ESCAPED)}" if _LOCAL.fullmatch(local) else term

    def _start(self, parent: str) -> tuple[str, int]:
        """The prefix for IRIs directly below a parent, and the length of what it stands for, with the bracket."""
        end = len(parent)
        while end > 0:
            prefix = self.prefixes.get(parent[:end])
            if prefix is not None:
                return f"{prefix}:", end + 1
            end = max(parent.rfind("/", 0, end - 1), parent.rfind("#", 0, end - 1)) + 1
        return "", 0


def is_ordinary(source: str) -> bool:
    """Whether a source is one with facts of its own, and not a file of the registry."""
    return not source.startswith("registry-")


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
        elif len(steps) > 2 and steps[0] == "source":
            below.setdefault(steps[1], set()).add(steps[2])  # no kind, where they do not count: see `Namespaces`
    sources = [source for source in below if is_ordinary(source)]
    for source in sorted(below):
        start = f"{base}source/{source}/"
        if sources == [source]:
            for kind in sorted(below[source]):
                yield (f"local-{kind}" if f"{base}{kind}/" in used else kind), f"{start}{kind}/"
        else:
            yield source, start
