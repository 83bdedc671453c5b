"""How a triple came about, told from a traced closure: its steps, and the given triples that it rests on."""

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.ntriples import Triple
from onrecord.rules.closure import Closure, Proof
from onrecord.rules.identity import SAME_AS


class Step(NamedTuple):
    """One step: the rule's name in OWL 2 Profiles, the triples that it needed, and the one that it gave."""

    rule: str
    premises: tuple[Triple, ...]
    conclusion: Triple


def steps(closure: Closure, triple: Triple) -> list[Step]:
    """The steps that lead to a triple, each after the ones that it needs; none for a triple that was given.

    The closure must be traced. Raises KeyError for a triple that does not follow.
    """
    s, p, o = triple
    links = closure.identity.path(s, o) if p == SAME_AS else []
    if links:
        found = _proofs(closure, links)
        if links != [triple]:
            found.append(Step("eq-sym" if len(links) == 1 else "eq-trans", tuple(links), triple))
        return found
    renamed = closure.identity.renamed(triple)
    if closure.given.get(renamed) == triple:
        return []
    found = [step for one in _in_order(closure, renamed) for step in _step(closure, one)]
    return found if renamed == triple else [*found, *_renaming(closure, renamed, triple)]


def given(closure: Closure, triples: tuple[Triple, ...]) -> list[Triple]:
    """The given triples that triples of a traced closure rest on, with the links by which their nodes are one."""
    found: dict[Triple, None] = {}
    names: dict[str, str] = {}
    for triple in triples:
        for leaf in _in_order(closure, triple):
            if closure.triples.get(leaf) is None and leaf in closure.given:
                original = closure.given[leaf]
                found[original] = None
                for renamed, name in ((leaf[0], original[0]), (leaf[2], original[2])):
                    first = names.setdefault(renamed, name)
                    for link in closure.identity.path(first, name):
                        proof = closure.merged.get(link)
                        found.update(dict.fromkeys(proof.given if proof else (link,)))
    return list(found)


def _step(closure: Closure, triple: Triple) -> Iterator[Step]:
    derivation = closure.triples.get(triple)
    if derivation is not None:
        yield Step(derivation.rule, derivation.premises, triple)
    elif closure.given.get(triple, triple) != triple:
        yield from _renaming(closure, closure.given[triple], triple)


def _proofs(closure: Closure, links: list[Triple]) -> list[Step]:
    """The steps to those links that nobody gave."""
    return [Step(*step) for link in links if link in closure.merged for step in closure.merged[link].steps]


def _renaming(closure: Closure, before: Triple, after: Triple) -> Iterator[Step]:
    pairs = ((before[0], after[0]), (before[2], after[2]))
    links = [link for one, other in pairs for link in closure.identity.path(one, other)]
    yield from _proofs(closure, links)
    yield Step("eq-rep-s" if before[0] != after[0] else "eq-rep-o", (before, *links), after)


def proof_of(closure: Closure, rule: str, premises: tuple[Triple, ...], axiom: Triple, link: Triple) -> Proof:
    """Why a link between two nodes follows from triples of a traced closure."""
    found = [step for premise in premises for one in _in_order(closure, premise) for step in _step(closure, one)]
    found.append(Step(rule, (*premises, axiom), link))
    return Proof(tuple(dict.fromkeys(found)), tuple(given(closure, premises)))


def _in_order(closure: Closure, triple: Triple) -> list[Triple]:
    """A triple of the closure and all that it rests on, premises first. A stack of its own: chains may be long."""
    if triple not in closure.triples:
        raise KeyError(triple)
    found: dict[Triple, None] = {}
    stack = [(triple, False)]
    while stack:
        one, ready = stack.pop()
        if ready:
            found[one] = None
        elif one not in found:
            stack.append((one, True))
            derivation = closure.triples.get(one)
            stack += [(premise, False) for premise in reversed(derivation.premises)] if derivation else []
    return list(found)
