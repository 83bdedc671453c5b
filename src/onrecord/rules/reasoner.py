"""What follows from each of many sources, where they share a registry: made once, asked for every source."""

from dataclasses import dataclass, field

from onrecord.index import Index, index_of, triples_of, union
from onrecord.ntriples import Triple
from onrecord.rules.compilation import Rules
from onrecord.rules.contradictions import Contradiction
from onrecord.rules.inference import infer
from onrecord.rules.layer import Layer
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
        self._context = context
        self._tables = Tables(rules)
        self._base = Layer(self._tables, union(index_of(rules.facts), context))

    def infer(self, asserted: Index, curated: Index) -> Inference:
        """What follows from a source."""
        plain = Layer(self._tables, asserted, self._base)
        inferred, more, doubts = plain.inferred(), Index(), plain.doubts
        if curated:
            whole = Layer(self._tables, curated, plain)
            more = whole.inferred()
            doubts = {**doubts, **whole.doubts}
        told = []
        if doubts:
            told = infer(
                self.rules, [*triples_of(asserted), *triples_of(curated)], list(triples_of(self._context))
            ).contradictions
        return Inference(inferred, more, told)
