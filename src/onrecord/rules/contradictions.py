"""Contradictions: what cannot be true together (OWL 2 RL), told so that a person who knows no OWL can mend it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.ntriples import Triple, text_of
from onrecord.rules.axioms import OWL
from onrecord.rules.closure import TYPE, Closure
from onrecord.rules.compilation import Rules
from onrecord.rules.datatypes import datatype_of, ill_formed, outside, words_of
from onrecord.rules.derivations import given
from onrecord.rules.merging import impossible

DIFFERENT = f"<{OWL}differentFrom>"
_NOTHING = f"<{OWL}Nothing>"
_PART = re.compile(r"\d+|[0-9a-f]{8,}|start|end|when|during|lasted|published|length|quote|position|participation|words")


@dataclass(frozen=True, order=True)
class Contradiction:
    """One contradiction: the rule's name in OWL 2 Profiles, a sentence, the nodes at fault, the given triples."""

    rule: str
    message: str
    nodes: tuple[str, ...]
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Triples of a closure that cannot be true together. `limit` is the datatype or property that was broken."""

    rule: str
    triples: tuple[Triple, ...]
    limit: str = ""


def clashes(closure: Closure) -> list[Clash]:
    """All clashes of a closure, each once, in the order in which the closure was found."""
    found = [*_of_classes(closure)]
    values: set[tuple[str, str, str]] = set()
    for triple in closure.triples:
        if triple[1] == DIFFERENT and triple[0] == triple[2]:
            found.append(Clash("eq-diff1", (triple,)))
        found += _of_property(closure, triple)
        for clash in _of_value(closure.rules, triple):
            # A value that is wrong for a property is wrong for the wider ones too: said once.
            key = (triple[0], triple[2], clash.limit)
            if key not in values:
                values.add(key)
                found.append(clash)
    return found + [Clash(one.rule, one.premises, one.axiom[0]) for one in impossible(closure)]


def _of_classes(closure: Closure) -> Iterator[Clash]:
    disjoint = closure.rules.disjoint
    limited = disjoint.keys() | {other for others in disjoint.values() for other in others} | {_NOTHING}
    kinds: dict[str, set[str]] = {}
    for s, p, o in closure.triples:
        if p == TYPE and o in limited:
            kinds.setdefault(s, set()).add(o)
    for node, classes in kinds.items():
        if _NOTHING in classes:
            yield Clash("cls-nothing2", ((node, TYPE, _NOTHING),))
            continue  # what is nothing is of every class at once: its other clashes say no more
        for one in sorted(classes):
            for other, rule in disjoint.get(one, {}).items():
                if other in classes:
                    yield Clash(rule, ((node, TYPE, one), (node, TYPE, other)))


def _of_property(closure: Closure, triple: Triple) -> Iterator[Clash]:
    s, p, o = triple
    rules = closure.rules.properties.get(p)
    if rules is None:
        return
    if rules.irreflexive and s == o:
        yield Clash("prp-irp", (triple,))
    if rules.asymmetric and s <= o and (o, p, s) in closure.triples:
        yield Clash("prp-asyp", (triple, (o, p, s)))
    for other in rules.disjoint:
        if (s, other, o) in closure.triples:
            yield Clash("prp-pdw", (triple, (s, other, o)), other)


def _of_value(rules: Rules, triple: Triple) -> Iterator[Clash]:
    value = triple[2]
    if value.startswith('"') and ill_formed(value):
        yield Clash("dt-not-type", (triple,))
        return
    one = rules.properties.get(triple[1])
    for datatype in one.datatypes if one else ():
        if outside(value, datatype):
            yield Clash("dt-not-type", (triple,), datatype)


def told(closure: Closure, found: Iterable[Clash]) -> list[Contradiction]:
    """Clashes of a traced closure as contradictions, sorted, each once."""
    return sorted({_told(closure, clash) for clash in found})


def _told(closure: Closure, clash: Clash) -> Contradiction:
    leaves = given(closure, clash.triples)
    nodes = _names(closure, clash, leaves)
    message = _MESSAGES[clash.rule](closure, clash, nodes)
    return Contradiction(clash.rule, message, nodes, tuple(leaves))


def _names(closure: Closure, clash: Clash, leaves: list[Triple]) -> tuple[str, ...]:
    """The nodes at fault, under the names that the given triples use."""
    ends = dict.fromkeys(end for triple in clash.triples for end in _at_fault(triple))
    used = {node for s, _, o in leaves for node in (s, o)}
    return tuple(name for end in ends for name in _used(closure, end, used))


def _used(closure: Closure, end: str, used: set[str]) -> list[str]:
    return [name for name in closure.identity.members(end) if name in used] or [end]


def _at_fault(triple: Triple) -> tuple[str, ...]:
    return (triple[0],) if triple[1] == TYPE or triple[2].startswith('"') else (triple[0], triple[2])


def short(node: str) -> str:
    """A node as a message names it: the end of its address, or a literal's text."""
    if not node.startswith("<"):
        return f"“{text_of(node)}”"
    parts = [part for part in re.split(r"[/#]", node[1:-1]) if part] or [node]
    first = len(parts) - 1
    if parts[-3:-2] == ["entry"]:  # the reference alone does not say of which list
        first -= 1
    while first > 0 and _PART.fullmatch(parts[first]):
        first -= 1
    return f"«{'/'.join(parts[first:])}»"


def _label(rules: Rules, term: str) -> str:
    return rules.labels.get(term) or re.split(r"[/#]", term[1:-1])[-1]


def _a(noun: str) -> str:
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def _same(nodes: tuple[str, ...]) -> str:
    return " = ".join(short(node) for node in nodes)


def _two_classes(closure: Closure, clash: Clash, nodes: tuple[str, ...]) -> str:
    kinds = [_a(_label(closure.rules, triple[2])) for triple in clash.triples]
    reasons = [_reason(closure, triple, kind) for triple, kind in zip(clash.triples, kinds, strict=True)]
    why = "; ".join(reason for reason in reasons if reason)
    both = f"{_same(nodes)} is {kinds[0]} and {kinds[1]} at the same time"
    return f"{both}{f' ({why})' if why else ''}; nothing can be both"


def _reason(closure: Closure, triple: Triple, kind: str) -> str:
    """Why a node is of a class, where no given triple says so outright."""
    node = triple[0]
    for s, p, o in given(closure, (triple,)):
        if p == TYPE:
            stated = _a(_label(closure.rules, o))
            return f"{stated} is {kind}" if o != triple[2] else ""
        if closure.identity.of(o) == node:
            return f"{kind}, because {short(s)} has it as its “{_label(closure.rules, p)}”"
        if closure.identity.of(s) == node:
            return f"{kind}, because it has something as its “{_label(closure.rules, p)}”"
    return ""


def _nothing(closure: Closure, clash: Clash, nodes: tuple[str, ...]) -> str:
    return f"{_same(nodes)} is of the class that has no members"


def _different(closure: Closure, clash: Clash, nodes: tuple[str, ...]) -> str:
    return f"{_same(nodes)} are said to be the same and to be different"


def _irreflexive(closure: Closure, clash: Clash, nodes: tuple[str, ...]) -> str:
    return f"{_same(nodes)} has itself as its “{_label(closure.rules, clash.triples[0][1])}”; nothing can"


def _asymmetric(closure: Closure, clash: Clash, nodes: tuple[str, ...]) -> str:
    s, p, o = clash.triples[0]
    return f"{short(s)} and {short(o)} have each other as their “{_label(closure.rules, p)}”; it goes one way only"


def _two_properties(closure: Closure, clash: Clash, nodes: tuple[str, ...]) -> str:
    s, p, o = clash.triples[0]
    names = f"“{_label(closure.rules, p)}” and as its “{_label(closure.rules, clash.limit)}”"
    return f"{short(s)} has {short(o)} as its {names}; it cannot be both"


def _one_thing(closure: Closure, clash: Clash, nodes: tuple[str, ...]) -> str:
    if clash.rule == "prp-key":
        half = len(clash.triples) // 2
        names = " and ".join(f"“{_label(closure.rules, triple[1])}”" for triple in clash.triples[1:half])
        one, other = short(clash.triples[0][0]), short(clash.triples[half][0])
        return f"{one} and {other} have the same {names}, which no two things have; they cannot be one"
    (s, p, o), (t, _, u) = clash.triples
    if clash.rule == "prp-fp":
        return f"{short(s)} has {short(o)} and {short(u)} as its “{_label(closure.rules, p)}”; it has only one"
    return f"{short(s)} and {short(t)} have {short(o)} as their “{_label(closure.rules, p)}”; only one thing has"


def _value(closure: Closure, clash: Clash, nodes: tuple[str, ...]) -> str:
    s, p, o = clash.triples[0]
    start = f"{short(s)} has {short(o)} as its “{_label(closure.rules, p)}”"
    if not clash.limit:
        return f"{start}, which is not {words_of(f'<{datatype_of(o)}>')}"
    return f"{start}, which must be {words_of(clash.limit)}"


_MESSAGES = {
    "cax-dw": _two_classes,
    "cax-adc": _two_classes,
    "cls-nothing2": _nothing,
    "eq-diff1": _different,
    "prp-irp": _irreflexive,
    "prp-asyp": _asymmetric,
    "prp-pdw": _two_properties,
    "dt-not-type": _value,
    "prp-fp": _one_thing,
    "prp-ifp": _one_thing,
    "prp-key": _one_thing,
}
