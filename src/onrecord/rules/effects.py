"""What one triple makes follow, all at once: the rules of its property composed through wider and inverse properties.

Closed ontologies say what one step gives; here the steps are walked to their end before any data comes, so that data
needs a single look-up for each property.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from string import ascii_letters, digits

from onrecord.rules.compilation import PropertyRules, Rules
from onrecord.rules.datatypes import ill_formed, outside
from onrecord.rules.states import Kinds

_NO_RULES = PropertyRules()
_MOST_KEPT = 20_000
"""How many typed literals a property remembers as good ones: dates and small numbers come again and again."""
_PLAIN = frozenset('"')
_TAGGED = frozenset(ascii_letters + digits)
_TEXTS = _PLAIN | _TAGGED


@dataclass(slots=True, eq=False)
class Effect:
    """What follows from a triple `s p o` with one property.

    `forward` are the other properties q with `s q o`, `backward` those with `o q s`; `subjects` and `objects` are the
    classes that the two ends get, closed. `kept` and `kept_backward` are the properties, this one included, whose
    triples are kept in a table of their own, because they are joined with others or limited.
    """

    forward: tuple[str, ...] = ()
    backward: tuple[str, ...] = ()
    subjects: Kinds | None = None
    objects: Kinds | None = None
    datatypes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    kept_backward: tuple[str, ...] = ()
    nodes: bool = True
    texts: frozenset[str] = _TEXTS
    wrong_subject: bool = False
    good: set[str] = field(default_factory=set)
    """`nodes`: whether values may be nodes; `texts` are the last characters of texts that may be values, plain or with
    a language; `good` are typed literals that were looked at, `wrong_subject` tells that a node cannot have the
    property at all."""

    @property
    def goes_on(self) -> bool:
        """Whether other triples than types follow."""
        return bool(self.forward or self.backward or self.kept or self.kept_backward)

    def allows(self, value: str) -> bool:
        """Whether a term can be the value of the property (dt-not-type)."""
        if value[0] == "<":
            return self.nodes
        if value[-1] != ">":
            return value[-1] in self.texts
        if value in self.good:
            return True
        if ill_formed(value) or any(outside(value, datatype) for datatype in self.datatypes):
            return False
        if len(self.good) >= _MOST_KEPT:
            self.good.clear()
        self.good.add(value)
        return True


def effects_of(rules: Rules, kept: Iterable[str]) -> dict[str, Effect]:
    """The effect of each property that has any."""
    held = frozenset(kept)
    return {name: _effect(rules, name, held) for name in sorted({*rules.properties, *held})}


def _effect(rules: Rules, name: str, kept: frozenset[str]) -> Effect:
    forward, backward = reached(rules, name)
    ends: tuple[set[str], set[str]] = (set(), set())
    for names, (first, second) in ((forward, ends), (backward, ends[::-1])):
        for one in names:
            found = rules.properties.get(one, _NO_RULES)
            first.update(found.domains)
            second.update(found.ranges)
    datatypes = tuple(sorted({d for one in forward for d in rules.properties.get(one, _NO_RULES).datatypes}))
    return Effect(
        forward=tuple(one for one in forward if one != name),
        backward=tuple(backward),
        subjects=kinds_of(rules, ends[0]),
        objects=kinds_of(rules, ends[1]),
        datatypes=datatypes,
        kept=tuple(one for one in forward if one in kept),
        kept_backward=tuple(one for one in backward if one in kept),
        nodes=not datatypes,
        texts=_texts_of(datatypes),
        wrong_subject=any(rules.properties.get(one, _NO_RULES).datatypes for one in backward),
    )


def _texts_of(datatypes: Iterable[str]) -> frozenset[str]:
    plain = not any(outside('""', datatype) for datatype in datatypes)
    tagged = not any(outside('""@en', datatype) for datatype in datatypes)
    return (_PLAIN if plain else frozenset()) | (_TAGGED if tagged else frozenset())


def reached(rules: Rules, name: str) -> tuple[list[str], list[str]]:
    """The properties that hold wherever one holds, in its direction (itself included) and in the other; sorted."""
    found, waiting = {(name, True)}, [(name, True)]
    while waiting:
        one, ahead = waiting.pop()
        of_one = rules.properties.get(one, _NO_RULES)
        steps = {(wider, ahead) for wider in of_one.superproperties} | {
            (other, not ahead) for _, other in of_one.inverses
        }
        waiting += steps - found
        found |= steps
    return sorted(one for one, ahead in found if ahead), sorted(one for one, ahead in found if not ahead)


def kinds_of(rules: Rules, classes: Iterable[str]) -> Kinds | None:
    """Classes with all the wider ones; None where there are none."""
    closed = {wider for one in classes for wider in (one, *rules.superclasses.get(one, ()))}
    return Kinds(tuple(sorted(closed))) if closed else None
