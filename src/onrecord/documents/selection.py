"""What of a release goes into documents: which graphs, whose words, which languages."""

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.errors import ConfigurationError
from onrecord.vocabulary.term import Term
from onrecord.vocabulary.terms import oa
from onrecord.writers.parts.layout import graph_name

_SAID = ("asserted", "registry")
WORDS: tuple[Term, ...] = (oa.exact, oa.prefix, oa.suffix)
ALWAYS = ("metadata",)


@dataclass(frozen=True)
class Selection:
    """What is taken from a release.

    - `sources`: ids of the sources, None for all. The registry (`registry-…`) is always in: it says who is who.
    - `jurisdictions`: addresses `<iri>` of those whose designations and periods of status are taken, None for all.
    - `languages`: BCP 47 tags of the names and titles that are taken, best first, () for all. Whoever has none in these
      languages keeps all: nobody becomes nameless.
    - `curated`: what curators add, with their reasons. Without it, what follows from it is left out, too.
    - `inferred`: what follows by the rules of the ontology.
    - `computed`: periods of status and conflicts: what sources say together.
    - `quotations`: the exact words of evidence. Without them evidence is where the words stand in the text.
    """

    sources: frozenset[str] | None = None
    jurisdictions: frozenset[str] | None = None
    languages: tuple[str, ...] = ()
    curated: bool = True
    inferred: bool = False
    computed: bool = True
    quotations: bool = True

    def __post_init__(self) -> None:
        """Periods and conflicts are made from all sources: of some of them alone they would say too much.

        Raises ConfigurationError for that.
        """
        if self.sources is not None and (self.computed or self.inferred):
            raise ConfigurationError(
                "status periods, conflicts and inferred facts rest on all sources: they cannot be given of some alone",
                hint="leave out `sources`, or say computed = false and inferred = false",
            )

    def graph(self, graph: str) -> "Graph":
        """What is taken of a named graph."""
        parts = graph_name(graph)
        if parts is None:
            return Graph()
        if parts.kind in _SAID:
            return Graph(said=self._has(parts.source))
        if parts.kind == "curated":
            return Graph(said=self.curated and self._has(parts.source), curated=True)
        if parts.kind in ("inferred", "inferred-from-curated"):
            wanted = self.curated or parts.kind == "inferred"
            curated = parts.kind != "inferred"
            return Graph(said=wanted and self.inferred, computed=wanted and self.computed, curated=curated)
        return Graph(said=parts.kind in ALWAYS)

    def holds(self, prop: str) -> bool:
        """Whether a property is taken."""
        return self.quotations or prop not in WORDS

    def in_languages(self, texts: Iterable[str]) -> list[str]:
        """Those of some literals that are in the languages. Those in no language are in all."""
        return [text for text in texts if not self.languages or self._speaks(text)]

    def _has(self, source: str) -> bool:
        return self.sources is None or source in self.sources or source.startswith("registry-")

    def _speaks(self, text: str) -> bool:
        tag = text[text.rindex('"') + 1 :].removeprefix("@")
        return not tag or any(tag == wanted or tag.startswith(f"{wanted}-") for wanted in self.languages)


@dataclass(frozen=True)
class Graph:
    """What is taken of a named graph: all that is said in it, or just the periods and conflicts (`computed`); and
    whether it holds what curators add, or what follows from that."""

    said: bool = False
    computed: bool = False
    curated: bool = False


EVERYTHING = Selection()
"""All that sources and curators say, with their words, and what they say together."""
