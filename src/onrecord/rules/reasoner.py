"""What follows from each of many sources, where they share a registry: made once, asked for every source."""

from dataclasses import dataclass

from onrecord.index import Index, index_of, triples_of, union
from onrecord.ntriples import Triple
from onrecord.rules.compilation import Rules
from onrecord.rules.contradictions import Contradiction
from onrecord.rules.inference import infer
from onrecord.rules.layers import added, layer_of
from onrecord.rules.region import Region
from onrecord.rules.sharing import Found, Sharing
from onrecord.rules.tables import Tables


@dataclass(frozen=True)
class Inference:
    """What follows from one source, by node and property, and what cannot be (sorted).

    `inferred` follows from what it asserts, `from_curated` only with what curators add. `shared` are the triples, given
    or inferred, that other sources may have to do with, `shared_from_curated` those that come with curated facts: both
    are for `Join`.
    """

    inferred: Index
    from_curated: Index
    contradictions: list[Contradiction]
    shared: tuple[Triple, ...] = ()
    shared_from_curated: tuple[Triple, ...] = ()


class Reasoner:
    """Compiled rules over a context, the registry's triples, which must not change meanwhile.

    To be made once a process: that takes time for the whole context, `infer` only for the source and what it joins.
    Raises InputError where owl:sameAs links a literal or a term, and VocabularyError where the data holds axioms.
    """

    def __init__(self, rules: Rules, context: Index, tables: Tables | None = None) -> None:
        self.rules = rules
        self.context = context
        self.tables = tables or Tables(rules)
        self.base = layer_of(self.tables, union(index_of(rules.facts), context))
        self.region = Region(self.base, context)
        self._sharing = Sharing(self.tables)

    def infer(self, asserted: Index, curated: Index, mine: str = "") -> Inference:
        """What follows from a source with the context and the ontology (OWL 2 RL), and not without the source.

        Left out are what the source says itself, owl:sameAs of a node with itself, owl:Thing and rdfs:Resource as
        types, literals as subjects, and whatever has a term of a vocabulary as its subject. `mine` is how the names of
        the nodes begin that this source alone speaks of (`<https://…/source/NAME/`, which takes in the source itself);
        without it nothing is shared.
        Neither index may change while this runs. Raises what making a reasoner raises.
        """
        plain = layer_of(self.tables, asserted, self.base)
        inferred, more, doubts = added(plain, asserted), Index(), plain.doubts
        found = Found(self._sharing, mine) if mine else None
        shared = found.triples(plain) if found else frozenset[Triple]()
        with_curated = shared
        if curated:
            whole = layer_of(self.tables, curated, plain)
            more = added(whole, curated)
            doubts = {**doubts, **whole.doubts}
            with_curated = found.triples(whole) if found else shared
        told = self.contradictions([*triples_of(asserted), *triples_of(curated)]) if doubts else []
        return Inference(inferred, more, told, tuple(sorted(shared)), tuple(sorted(with_curated - shared)))

    def contradictions(self, triples: list[Triple]) -> list[Contradiction]:
        """The contradictions of triples with the context, found and told by the closure that can say why."""
        terms = dict.fromkeys(term for s, _, o in triples for term in (s, o))
        return infer(self.rules, triples, self.region.around(terms)).contradictions
