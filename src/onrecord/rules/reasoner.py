"""What follows from each of many sources, where they share a registry: made once, asked for every source."""

from dataclasses import dataclass, field

from onrecord.index import Index, index_of, triples_of, union
from onrecord.ntriples import Triple
from onrecord.rules.compilation import Rules
from onrecord.rules.contradictions import Contradiction
from onrecord.rules.inference import infer
from onrecord.rules.layers import added, layer_of
from onrecord.rules.region import Region
from onrecord.rules.tables import Tables


@dataclass(frozen=True)
class Inference:
    """What follows from one source, by node and property, and what cannot be (sorted)."""

    inferred: Index
    from_curated: Index
    contradictions: list[Contradiction] = field(default_factory=list)
    shared: frozenset[Triple] = frozenset()


class Reasoner:
    """Compiled rules over a context, which every source may speak of. One a process."""

    def __init__(self, rules: Rules, context: Index) -> None:
        self.rules = rules
        self._tables = Tables(rules)
        self._base = layer_of(self._tables, union(index_of(rules.facts), context))
        self._region = Region(self._base, context)

    def infer(self, asserted: Index, curated: Index) -> Inference:
        """What follows from a source."""
        plain = layer_of(self._tables, asserted, self._base)
        inferred, more, doubts = added(plain, asserted), Index(), plain.doubts
        if curated:
            whole = layer_of(self._tables, curated, plain)
            more = added(whole, curated)
            doubts = {**doubts, **whole.doubts}
        told = self._contradictions(asserted, curated) if doubts else []
        return Inference(inferred, more, told)

    def _contradictions(self, asserted: Index, curated: Index) -> list[Contradiction]:
        """Found again by the closure that can say why, in the part of the context that matters."""
        triples = [*triples_of(asserted), *triples_of(curated)]
        terms = dict.fromkeys(term for s, _, o in triples for term in (s, o))
        return infer(self.rules, triples, self._region.around(terms)).contradictions
