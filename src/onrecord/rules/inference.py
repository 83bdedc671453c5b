"""What follows from triples, and what they contradict: by the closure that can say why. `Reasoner` does it for many."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from onrecord.errors import InputError, VocabularyError
from onrecord.ntriples import Triple
from onrecord.rules.axioms import OWL, RDFS, defines_terms
from onrecord.rules.closure import TYPE, Closure, Proof
from onrecord.rules.compilation import Rules
from onrecord.rules.contradictions import Clash, Contradiction, clashes, told
from onrecord.rules.derivations import Step, proof_of, steps
from onrecord.rules.identity import SAME_AS, Identity
from onrecord.rules.merging import merges

_SAYS_NOTHING = frozenset({f"<{OWL}Thing>", f"<{RDFS}Resource>"})


@dataclass(frozen=True)
class Conclusions:
    """What follows (sorted) and what cannot be (sorted)."""

    inferred: list[Triple]
    contradictions: list[Contradiction]


def infer(rules: Rules, triples: Sequence[Triple], context: Sequence[Triple]) -> Conclusions:
    """The closure of `triples` with `context` and the ontology (OWL 2 RL), less what follows without `triples`.

    Left out too: `triples` themselves, owl:sameAs of a node with itself, owl:Thing and rdfs:Resource as types, literals
    as subjects, and whatever has a term of a vocabulary as its subject. Contradictions are those that need `triples`.
    Raises VocabularyError where the data holds axioms, and InputError where owl:sameAs links a literal or a term.
    """
    before = _closure(rules, context)
    after = _closure(rules, [*context, *triples])
    known = before.identity.expanded(before.triples) | set(triples)
    fresh = after.identity.expanded(after.triples) - known
    found = [clash for clash in clashes(after) if not _holds(before, after.identity, clash)]
    if found:  # traced only now: nearly all data is free of contradictions
        after = _closure(rules, [*context, *triples], traced=True)
    return Conclusions(sorted(one for one in fresh if _wanted(rules, one)), told(after, found))


def explain(rules: Rules, triples: Sequence[Triple], context: Sequence[Triple], triple: Triple) -> list[Step]:
    """One derivation of a triple: rule, premises and conclusion of each step, the last one giving the triple.

    An axiom among the premises is one of the closed ontology. Empty for a triple that is given. Raises InputError for a
    triple that does not follow, and what `infer` raises.
    """
    try:
        return steps(_closure(rules, [*context, *triples], traced=True), triple)
    except KeyError as error:
        raise InputError(f"this does not follow: {' '.join(triple)}") from error


def _holds(before: Closure, identity: Identity, clash: Clash) -> bool:
    """Whether a clash was there before, under whichever of the names that its nodes have now."""
    if not identity:
        return all(one in before.triples for one in clash.triples)
    ends = sorted({end for s, _, o in clash.triples for end in (s, o)})
    for names in product(*(identity.members(end) for end in ends)):
        name = dict(zip(ends, names, strict=True))
        if all(before.identity.renamed((name[s], p, name[o])) in before.triples for s, p, o in clash.triples):
            return True
    return False


def _closure(rules: Rules, triples: Sequence[Triple], *, traced: bool = False) -> Closure:
    """The closure of triples. Nodes that turn out to be one are taken for one from the start, in another round."""
    links = []
    for s, p, o in triples:
        if p == SAME_AS:
            if o.startswith('"') or rules.is_term(s) or rules.is_term(o):
                raise InputError(f"only two things of the data can be the same: {s} is not {o}")
            links.append((s, o))
        elif defines_terms(p, o):
            raise VocabularyError(f"data may not define terms: {s} {p} {o}", hint="define it in ontology/")
    others = [one for one in triples if one[1] != SAME_AS]
    merged: dict[Triple, Proof] = {}
    while True:
        closure = Closure(rules, Identity(links), others, traced=traced, merged=merged)
        found = merges(closure)
        if not found:
            return closure
        for merge in found:
            link = (merge.nodes[0], SAME_AS, merge.nodes[1])
            links.append(merge.nodes)
            if traced:
                merged[link] = proof_of(closure, merge.rule, merge.premises, merge.axiom, link)


def _wanted(rules: Rules, triple: Triple) -> bool:
    s, p, o = triple
    return s.startswith("<") and not rules.is_term(s) and not (p == TYPE and o in _SAYS_NOTHING)
