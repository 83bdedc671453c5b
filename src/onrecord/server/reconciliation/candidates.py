"""Who may be meant by a query, and how far it is known.

`match` is true where one entity is called just so, nobody else has a name of the same letters, and nothing contradicts.
A name that is only close, and what is found by properties, is never a match; nor is one of several, whatever the
conditions say: "Mohammed Omar" may well be the "OMAR, Mohammed" of a list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.matching import Match
from onrecord.matching.index import NUMBERS
from onrecord.matching.likeness import RESPACED
from onrecord.matching.reasons import SAME_SPELLING
from onrecord.ntriples import text_of
from onrecord.questions import identity
from onrecord.server.desk import Desk
from onrecord.server.reconciliation import entities, kinds
from onrecord.server.reconciliation.asking import Condition, Query
from onrecord.server.reconciliation.naming import naming
from onrecord.server.reconciliation.properties import condition_of
from onrecord.server.reconciliation.values import held
from onrecord.server.reconciliation.weighing import Weight, weighed
from onrecord.vocabulary.terms import onr, rdfs, skos

_LOOKED_AT = 500
"""Close names that are weighed, at the most: of a name that comes close to more, the closest."""
_SEARCHED = ("name", "otherNames", "reference")
"""The conditions by which entities are found where a query has no text."""


@dataclass(frozen=True)
class Candidate:
    """An entity that may be meant. `exact`: it is called just so; `several`: others have a name of the same letters."""

    node: str
    called: Match
    types: tuple[str, ...]
    exact: bool
    several: bool
    weights: list[Weight] = field(default_factory=list)

    @property
    def is_addressed(self) -> bool:
        """Whether it was found by its address or id."""
        return self.called.reason == _ADDRESSED

    @property
    def is_one_of_several(self) -> bool:
        """Whether others have a name of the same letters."""
        return self.several and self.called.score >= RESPACED

    @property
    def score(self) -> int:
        """How well it fits: the score of the name, and what the conditions add."""
        return max(0, self.called.score + sum(weight.points for weight in self.weights))


def candidates(desk: Desk, query: Query) -> list[tuple[Candidate, bool]]:
    """The candidates of a query, the best first, each with whether it is a match. Raises QueryError for a property that
    there is not."""
    for condition in query.conditions:
        condition_of(condition.pid)
    text = query.text.strip()
    found: dict[str, Match] = {}
    for each in [text] if text else _searched(query.conditions):
        for match in _all(desk, each):
            if match.node not in found or found[match.node].score < match.score:
                found[match.node] = match
    exact = {node for node, match in found.items() if _is_exact(match)}
    types = {node: kinds.own(desk.statuses.said, node) for node in found}
    alike = [node for node, match in found.items() if match.score >= RESPACED]
    meant = _one_by_one(desk, [node for node in alike if _may_be(types[node], query)])
    fitting = [node for node in found if _is(types[node], query)]
    several = len(meant) > 1
    made = [
        Candidate(node, found[node], types[node], node in exact, several, weighed(desk, node, query.conditions))
        for node in fitting
    ]
    made.sort(key=lambda one: (-one.score, not one.exact, "/entry/" in one.node, one.called.name, one.node))
    shown = _first_of_each(desk, made, query.limit)
    return [(one, bool(text) and not several and one.exact and _is_clear(desk, one)) for one in shown]


_ADDRESSED, _BARE = "its address or id", "its id in the registry"


def _is_exact(match: Match) -> bool:
    """Whether somebody is called just so. A bare id is none of their names: "town" may be the id of Alda."""
    return match.reason == _ADDRESSED or (match.reason == SAME_SPELLING and match.kind != "id")


def _is_clear(desk: Desk, one: Candidate) -> bool:
    """Whether nothing contradicts, and it is no node for somebody whom a source does not name: who "an official" is in
    another text, nobody knows."""
    unnamed = not one.is_addressed and entities.is_unnamed(desk, one.node)
    return not unnamed and all(weight.verdict != "contradicts" for weight in one.weights)


def _searched(conditions: Iterable[Condition]) -> list[str]:
    return [value.strip() for one in conditions if one.pid in _SEARCHED for value in one.values if value.strip()]


def _all(desk: Desk, text: str) -> list[Match]:
    """Whoever is called so or nearly so. An id does not go before a name here: in a column of names it may be one."""
    if any("\ud800" <= char <= "\udfff" for char in text):  # half a character: no text has one
        return []
    node, base = entities.node_of(desk, text), desk.settings.base
    if node is not None and text.strip("<>").startswith(base):
        return [_by_id(desk, node, _ADDRESSED)]  # an address means nothing else
    indexes = (desk.lookup.index, naming(desk).others)
    found = [
        match for index in indexes for match in index.close(text, _LOOKED_AT) if entities.is_named(base, match.node)
    ]
    if node is not None:
        found.append(_by_id(desk, node, _ADDRESSED if "/" in text else _BARE))
    return found


def _by_id(desk: Desk, node: str, how: str) -> Match:
    return Match(node, entities.id_of(desk, node), "id", 100, how)


def _is(types: tuple[str, ...], query: Query) -> bool:
    """Whether an entity has the types that are asked for."""
    mine = kinds.all_of(types)
    if query.strict == "all":
        return mine.issuperset(query.types)
    return not query.types or not mine.isdisjoint(query.types)


def _may_be(types: tuple[str, ...], query: Query) -> bool:
    """Whether an entity has the types that are asked for, or may have them without anybody saying so."""
    return not query.types or any(kinds.may_be(types, wanted) for wanted in query.types)


def _one_by_one(desk: Desk, nodes: list[str]) -> list[str]:
    """Nodes, those that are one by a curator's link counted once."""
    found: list[str] = []
    seen: set[str] = set()
    for node in sorted(nodes):
        if node not in seen:
            found.append(node)
            seen.update(identity.confirmed(desk.statuses.said, node)[0])
    return found


def _first_of_each(desk: Desk, made: list[Candidate], limit: int) -> list[Candidate]:
    """The first candidates; of those that are one by a curator's link the first."""
    found: list[Candidate] = []
    seen: set[str] = set()
    for one in made:
        if len(found) == limit:
            break
        if one.node not in seen:
            found.append(one)
            seen.update(identity.confirmed(desk.statuses.said, one.node)[0])
    return found


# ── As the specification writes it (4.2) ──────────────────────────────────────────────────────────────────────────────


def document(desk: Desk, one: Candidate, match: bool) -> dict[str, object]:
    """A candidate, with the reason in its description and all that made its score in its features."""
    told = " · ".join(filter(None, (_found_by(desk, one), entities.described(desk, one.node))))
    return {
        "id": entities.id_of(desk, one.node),
        "name": entities.name_of(desk, one.node),
        "description": told,
        "type": kinds.short(one.types),
        "score": one.score,
        "features": _features(one),
        "match": match,
    }


def _found_by(desk: Desk, one: Candidate) -> str:
    """By what it was found, unless it is simply its name."""
    called, several = one.called, " · several are called so" if one.exact and one.several else ""
    if called.kind in NUMBERS:
        kind = "code" if called.kind == "reference" and "/entry/" not in one.node else called.kind
        return f"its {kind} {called.name}{several}" if kind != "id" else f"its id{several}"
    if one.exact and called.name == entities.name_of(desk, one.node):
        return several.removeprefix(" · ")
    added = " [curated]" if _is_curated(desk, one) else ""
    return f"“{called.name}”{added}: {called.reason}{several}"


def _is_curated(desk: Desk, one: Candidate) -> bool:
    """Whether the name by which it was found is one that a curator added."""
    names = {text_of(value): only for value, only in held(desk, one.node, skos.altLabel, onr.listReference)}
    names.update((text_of(value), only) for value, only in held(desk, one.node, rdfs.label))
    return names.get(one.called.name, False)


def _features(one: Candidate) -> list[dict[str, object]]:
    made: list[dict[str, object]] = [
        {"id": "name_likeness", "value": one.called.score},
        {"id": "called_just_so", "value": one.exact},
        {"id": "main_name", "value": one.called.kind == "name"},
        {"id": "several_called_so", "value": one.is_one_of_several},
    ]
    for weight in one.weights:
        made.append({"id": f"property_{weight.pid}", "value": weight.points})
        if weight.verdict == "contradicts":
            made.append({"id": f"contradicts_{weight.pid}", "value": True})
    return made
