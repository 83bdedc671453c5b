"""What follows from a source, where the registry links entities to others by a curator's word."""

from functools import cached_property

from onrecord.index import Index, index_of, triples_of, union
from onrecord.rules import Inference, Reasoner, Rules
from onrecord.vocabulary.terms import owl


class Inferrer:
    """Infers from sources with the registry as context. What follows only by a link of the registry's follows from
    curated facts: it is told apart, and a source that has nothing to do with linked nodes is inferred from but once.
    """

    def __init__(self, rules: Rules, described: Index, curated: Index) -> None:
        self._rules, self._described, self._curated = rules, described, curated
        self._reasoner = Reasoner(rules, union(described, curated))
        same = owl.sameAs.plain
        links = [(node, other) for node, held in curated.items() for other in held.get(same, ())]
        self._linked = frozenset(node for link in links for node in link)

    def infer(self, asserted: Index, curated: Index, mine: str) -> Inference:
        """See `Reasoner.infer`."""
        found = self._reasoner.infer(asserted, curated, mine)
        if not self._linked or not any(map(self._touches, (asserted, found.inferred))):
            return found
        plain = self._unlinked.infer(asserted, {}, mine)
        more = union(found.from_curated, found.inferred)
        news = (t for t in triples_of(more) if t[2] not in plain.inferred.get(t[0], {}).get(t[1], ()))
        shared = frozenset(plain.shared)
        by_curators = tuple(sorted({*found.shared, *found.shared_from_curated} - shared))
        return Inference(plain.inferred, index_of(news), found.contradictions, plain.shared, by_curators)

    def _touches(self, index: Index) -> bool:
        return not self._linked.isdisjoint(index) or any(
            not self._linked.isdisjoint(values) for description in index.values() for values in description.values()
        )

    @cached_property
    def _unlinked(self) -> Reasoner:
        same = owl.sameAs.plain
        kept = ((node, {p: values for p, values in held.items() if p != same}) for node, held in self._curated.items())
        curated = {node: held for node, held in kept if held}
        return Reasoner(self._rules, union(self._described, curated), self._reasoner.tables)
