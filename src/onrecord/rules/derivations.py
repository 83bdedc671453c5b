"""How a triple came about, told from a traced closure: its steps, and the given triples that it rests on."""

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.ntriples import Triple
from onrecord.rules.closure import Closure
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
        return [] if links == [triple] else [Step("eq-sym" if len(links) == 1 else "eq-trans", tuple(links), triple)]
    renamed = closure.identity.renamed(triple)
    if closure.given.get(renamed) == triple:
        return []
    found = [step for one in _in_order(closure, renamed) for step in _step(closure, one)]
    return found if renamed == triple else [*found, _renaming(closure, renamed, triple)]


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
                    found.update(dict.fromkeys(closure.identity.path(first, name)))
    return list(found)


def _step(closure: Closure, triple: Triple) -> Iterator[Step]:
    derivation = closure.triples.get(triple)
    if derivation is not None:
        yield Step(derivation.rule, derivation.premises, triple)
    elif closure.given.get(triple, triple) != triple:
        yield _renaming(closure, closure.given[triple], triple)


def _renaming(closure: Closure, before: Triple, after: Triple) -> Step:
    pairs = ((before[0], after[0]), (before[2], after[2]))
    links = [link for one, other in pairs for link in closure.identity.path(one, other)]
    return Step("eq-rep-s" if before[0] != after[0] else "eq-rep-o", (before, *links), after)


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
