"""Rules made ready for a process: effects, states, and a plan for each way in which nodes are described."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from onrecord.errors import VocabularyError
from onrecord.index import Description, Index
from onrecord.rules.axioms import LANGUAGES, defines_terms
from onrecord.rules.closure import TYPE
from onrecord.rules.compilation import Rules
from onrecord.rules.contradictions import DIFFERENT
from onrecord.rules.effects import Effect, effects_of
from onrecord.rules.identity import SAME_AS
from onrecord.rules.states import Kinds, News, Space, news_of

_MOST_PLANS = 50_000
_NO_EFFECT = Effect()
_LANGUAGE_TERMS = tuple(f"<{namespace}" for namespace in LANGUAGES)


@dataclass(slots=True, eq=False)
class Plan:
    """What to do with a node that is described by certain properties and classes.

    `kinds` are all classes that follow from these. `linked` are the properties whose values get classes, `free` the
    others whose values may be nodes, and `bound` all whose values must be of a datatype. Of those in `further`, other
    triples follow; `wrong` tells that no node can be described so. `news` remembers what is new for a node of this
    plan, by the number of its state.
    """

    kinds: Kinds
    stated: frozenset[str]
    linked: tuple[tuple[str, Effect, Kinds], ...]
    free: tuple[tuple[str, Effect], ...]
    bound: tuple[tuple[str, Effect], ...]
    further: tuple[tuple[str, Effect], ...]
    wrong: bool
    news: dict[int, News] = field(default_factory=dict)

    def less_stated(self, news: News) -> News:
        """What is new, less what the description says itself."""
        if self.stated.isdisjoint(news.types):
            return news
        return news_of([name for name in news.types if name not in self.stated], clash=news.clash)


@dataclass(frozen=True, slots=True)
class Chain:
    """A property chain: its steps, and the property that follows from them."""

    name: str
    members: tuple[str, ...]


class Tables:
    """Compiled rules with everything that is remembered of them. One a process; data never changes what it says."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.space = Space(rules.disjoint)
        self.empty = self.space.state(set())
        joined = {name for name, one in rules.properties.items() if one.joined}
        self.limits = _limits(rules)
        of_all = rules.properties.items()
        self.functional = tuple(name for name, one in of_all if one.functional)
        self.inverse_functional = tuple(name for name, one in of_all if one.inverse_functional)
        telling = {*self.functional, *self.inverse_functional, *(name for _, names in rules.keys for name in names)}
        self.kept = joined | self.limits.keys() | telling
        """The properties whose triples are kept in a table of their own."""
        self.effects = effects_of(rules, self.kept)
        chains = [Chain(name, members) for name, members in rules.chains]
        ends = {chain.name: self.effects.get(chain.name, _NO_EFFECT) for chain in chains}
        feeds = {name for name, one in ends.items() if joined & {name, *one.kept, *one.kept_backward}}
        self.last_chains = tuple(chain for chain in chains if chain.name not in feeds)
        """Chains of which no other join goes on: these are walked once, when all else is known."""
        self.places: dict[str, list[tuple[Chain, int]]] = {}
        for chain in chains:
            if chain.name in feeds:
                for place, member in enumerate(chain.members):
                    self.places.setdefault(member, []).append((chain, place))
        self.transitive = frozenset(name for name, one in rules.properties.items() if one.transitive)
        self.hierarchies = self._hierarchies(ends)
        """Transitive properties that have to do with no other join, so that each can be closed as a whole."""
        self.queued = tuple(sorted((self.transitive | self.places.keys()).difference(self.hierarchies)))
        """Properties whose triples are joined until nothing new is found."""
        self.plans: dict[tuple[str, ...], Plan] = {}
        """By the properties of a description, in its order, "" and the classes."""

    def _hierarchies(self, chained: Collection[str]) -> tuple[str, ...]:
        """Those transitive properties whose triples come of no other join and lead to no other."""
        found = []
        for name in sorted(self.transitive.difference(chained, self.places)):
            effect = self.effects[name]
            others = [self.effects.get(other, _NO_EFFECT) for other in {*self.transitive, *chained} - {name}]
            fed = any(name in other.kept or name in other.kept_backward for other in others)
            if effect.kept == (name,) and not effect.kept_backward and not fed:
                found.append(name)
        return tuple(found)

    def is_term(self, node: str) -> bool:
        """Whether a node belongs to a vocabulary, and not to the data."""
        return node in self.rules.terms or ("w3.org/" in node and node.startswith(_LANGUAGE_TERMS))

    def terms_of(self, index: Index) -> list[str]:
        """The nodes of an index that belong to a vocabulary: nearly always none, which is told at once."""
        if self.rules.terms.isdisjoint(index) and "w3.org/" not in "".join(index):
            return []
        return [node for node in index if self.is_term(node)]

    def plan(self, node: str, description: Description) -> Plan:
        """The plan for a node's description. Raises VocabularyError where it says what only ontologies may."""
        types = tuple(description.get(TYPE, ()))
        key = (*description, "", *types)
        found = self.plans.get(key)
        if found is None:
            _refuse_axioms(node, description)
            if len(self.plans) >= _MOST_PLANS:
                self.plans.clear()
            found = self.plans[key] = self._plan(description, types)
        return found

    def told(self, types: Iterable[str]) -> Plan:
        """The plan for a node of which only classes are told, and all that follows from these is known elsewhere."""
        closed = {wider for name in types for wider in (name, *self.rules.superclasses.get(name, ()))}
        return Plan(Kinds(tuple(sorted(closed))), frozenset(closed), (), (), (), (), wrong=False)

    def _plan(self, description: Description, types: tuple[str, ...]) -> Plan:
        said = [name for name in description if name not in (TYPE, SAME_AS)]
        walked = tuple((name, self.effects.get(name, _NO_EFFECT)) for name in said)
        kinds = {wider for name in types for wider in (name, *self.rules.superclasses.get(name, ()))}
        for _, effect in walked:
            kinds.update(effect.subjects.types if effect.subjects else ())
        return Plan(
            kinds=Kinds(tuple(sorted(kinds))),
            stated=frozenset(types),
            linked=tuple((name, effect, effect.objects) for name, effect in walked if effect.objects),
            free=tuple((name, effect) for name, effect in walked if effect.nodes and not effect.objects),
            bound=tuple((name, effect) for name, effect in walked if not effect.nodes),
            further=tuple((name, effect) for name, effect in walked if effect.goes_on),
            wrong=any(effect.wrong_subject for _, effect in walked),
        )


def _refuse_axioms(node: str, description: Description) -> None:
    for name, values in description.items():
        for value in values:
            if defines_terms(name, value):
                message = f"data may not define terms: {node} {name} {value}"
                raise VocabularyError(message, hint="define it in ontology/")


def _limits(rules: Rules) -> dict[str, frozenset[str]]:
    """The properties whose triples can be wrong by themselves or together, with those that each excludes."""
    found: dict[str, set[str]] = {}
    for name, one in rules.properties.items():
        if one.irreflexive or one.asymmetric or one.disjoint:
            found.setdefault(name, set()).update(one.disjoint)
        for other in one.disjoint:
            found.setdefault(other, set()).add(name)
    found[DIFFERENT] = set()
    return {name: frozenset(found[name]) for name in sorted(found)}
