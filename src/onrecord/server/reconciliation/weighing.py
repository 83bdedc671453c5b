"""What conditions on properties add to the score of a name, and what they take from it.

They say in which order to look. None of them makes a match; one that contradicts forbids it. Points are those of
`matching.suggest` (docs/matching.md), where it has them.
"""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from onrecord.matching.index import LEAST
from onrecord.matching.likeness import likeness, written
from onrecord.matching.normal import spelling, words
from onrecord.matching.suggestions import OTHER_BIRTH, SAME_BIRTH, SAME_BIRTH_YEAR, SHARED_COUNTRY, SHARED_NUMBER
from onrecord.ntriples import text_of
from onrecord.questions import identity
from onrecord.server.desk import Desk
from onrecord.server.reconciliation import entities, kinds, times
from onrecord.server.reconciliation.asking import Condition
from onrecord.server.reconciliation.cells import Cell
from onrecord.server.reconciliation.properties import PROPERTIES, condition_of
from onrecord.server.reconciliation.values import held
from onrecord.vocabulary.terms import onr

SAME_VALUE = 3
"""For any other property that has the value."""

Verdict = Literal["agrees", "contradicts", "unknown"]


class Weight(NamedTuple):
    """What one condition adds, and whether it agrees with what is said of the entity."""

    pid: str
    points: int
    verdict: Verdict


def weighed(desk: Desk, node: str, conditions: Iterable[Condition]) -> list[Weight]:
    """The weight of each condition; one of a property is counted once, the best of its values. What is said of those
    who are one with an entity by a curator's link counts as well; where nothing is said, nothing contradicts.

    Raises QueryError for a property that there is not.
    """
    asked = list(conditions)
    nodes = identity.confirmed(desk.statuses.said, node)[0] if asked else []
    found: dict[str, Weight] = {}
    for condition in asked:
        weigh = _WEIGHTS.get(condition_of(condition.pid).name, _by_value)
        for value in condition.values:
            weight = Weight(condition.pid, *weigh(desk, nodes, condition.pid, value))
            if condition.pid not in found or weight.points > found[condition.pid].points:
                found[condition.pid] = weight
    return list(found.values())


Weighed = tuple[int, Verdict]
_UNKNOWN: Weighed = (0, "unknown")


def _by_birth(desk: Desk, nodes: list[str], pid: str, value: str) -> Weighed:
    """The best that any of the dates says: lists often give several."""
    asked, said = times.bounds_of(value), desk.statuses.said
    dated = [times.bounds(said, time) for node in nodes for time in said.objects(node, onr.birth)]
    births = [bounds for bounds in dated if bounds]
    if asked is None or not births:
        return _UNKNOWN
    if any(first <= asked[1] and asked[0] <= last for first, last in births):
        return SAME_BIRTH, "agrees"
    if any(first[:4] <= asked[1][:4] and asked[0][:4] <= last[:4] for first, last in births):
        return SAME_BIRTH_YEAR, "agrees"
    return (
        (OTHER_BIRTH, "contradicts") if len(births) == len(dated) else _UNKNOWN
    )  # of about 1963 nobody can say what contradicts it


def _by_country(desk: Desk, nodes: list[str], pid: str, value: str) -> Weighed:
    """Of nationality, citizenship, addresses and state alike: lists write one where others write another."""
    said = desk.statuses.said
    states = [*nodes, *(state for node in nodes for state in said.objects(node, onr.state))]
    codes = [text_of(code) for state in states for code in said.objects(state, onr.code)]
    mine = {spelling(each) for each in (*codes, *(cell.text for cell in _cells(desk, nodes, "country")))}
    return (SHARED_COUNTRY, "agrees") if mine & _countries(desk, value) else _UNKNOWN


def _countries(desk: Desk, value: str) -> set[str]:
    """How a country may be written: as it was asked for, and by the names and codes of the state that is meant."""
    said = desk.statuses.said
    node = entities.node_of(desk, value)
    coded = said.with_text(onr.code, value.strip().upper())
    named = [match.node for match in desk.lookup.index.exact(value)]
    states = [node] if node else [each for each in (*coded, *named) if "State" in kinds.own(said, each)]
    texts = [
        cell.text for each in states for pid in ("name", "otherNames", "code") for cell in _cells(desk, [each], pid)
    ]
    return {spelling(text) for text in (value.strip(), *texts)}


def _by_number(desk: Desk, nodes: list[str], pid: str, value: str) -> Weighed:
    """References and numbers of papers: all letters and digits are the same, or it is another one."""
    asked = "".join(words(value))
    if pid == "reference":
        bearers, term = nodes, onr.listReference
    else:
        bearers, term = [paper for node in nodes for paper, _ in held(desk, node, onr.identityPaper)], onr.paperNumber
    numbers = {"".join(words(text_of(number))) for each in bearers for number, _ in held(desk, each, term)}
    return (SHARED_NUMBER, "agrees") if asked and asked in numbers else _UNKNOWN


def _by_name(desk: Desk, nodes: list[str], pid: str, value: str) -> Weighed:
    names = [cell.text for each in ("name", "otherNames") for cell in _cells(desk, nodes, each)]
    best = max((likeness(written(value), written(name)) for name in names), default=0)
    return (SAME_VALUE, "agrees") if best >= LEAST else _UNKNOWN


def _by_value(desk: Desk, nodes: list[str], pid: str, value: str) -> Weighed:
    sought = {spelling(value)}
    meant = entities.node_of(desk, value) if PROPERTIES[pid].kind else None
    if meant is not None:
        sought.add(spelling(entities.id_of(desk, meant)))
    values = {spelling(each) for cell in _cells(desk, nodes, pid) for each in (cell.text, cell.node) if each}
    return (SAME_VALUE, "agrees") if sought & values else _UNKNOWN


def _cells(desk: Desk, nodes: list[str], pid: str) -> list[Cell]:
    return [cell for node in nodes for cell in PROPERTIES[pid].values(desk, node, {})]


_WEIGHTS: dict[str, Callable[[Desk, list[str], str, str], Weighed]] = {
    "birthDate": _by_birth,
    "country": _by_country,
    "nationality": _by_country,
    "citizenship": _by_country,
    "state": _by_country,
    "reference": _by_number,
    "identifier": _by_number,
    "name": _by_name,
    "otherNames": _by_name,
}
