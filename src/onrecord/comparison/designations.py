"""Designations in words, and what about one is different: it never says more than what is asserted.

An end is told where one is asserted that was not; a designation that is in the dataset no more has not ended.
"""

from collections.abc import Iterator

from onrecord.comparison.names import Names, concept
from onrecord.ntriples import text_of
from onrecord.questions.versions import Nodes
from onrecord.vocabulary.terms import onr, pso

Marked = tuple[str, bool]
"""How something differs, and whether a curator says so."""


def sentence(node: str, nodes: Nodes, names: Names) -> str:
    """A designation: who, as what, on which list or in which jurisdiction, since when, until when and by what act."""
    who = listed(nodes.values(node, onr.designee), nodes, names) or "somebody"
    kinds = nodes.values(node, pso.withStatus) or nodes.values(node, onr.kind)
    parts = [" or ".join(map(concept, kinds)) or "designated"]
    if on := nodes.values(node, onr.onList):
        parts.append(f"on {listed(on, nodes, names)}{mark(node, onr.onList, nodes)}")
    if where := nodes.values(node, onr.jurisdiction):
        parts.append(listed(where, nodes, names))
    told = f"{who}: {', '.join(parts)}"
    if since := when(node, onr.start, nodes, names):
        told += f"; since {since}"
    if has_end(node, nodes):
        told += f"; {ending(node, nodes, names)}"
    return told


def ending(node: str, nodes: Nodes, names: Names) -> str:
    """That a designation ended, when, and by what act."""
    until = when(node, onr.end, nodes, names, acts=False)
    acts = nodes.values(node, pso.isLostAsConsequenceOf)
    by = f", by “{listed(acts, nodes, names)}”" if acts else ""
    told = f"ended {until}" if until else "ended, on a day that is not said"
    return f"{told}{by}{mark(node, pso.isLostAsConsequenceOf, nodes)}"


def has_end(node: str, nodes: Nodes) -> bool:
    """Whether an end is asserted."""
    return bool(nodes.values(node, onr.end) or nodes.values(node, pso.isLostAsConsequenceOf))


def ways(node: str, before: Nodes, now: Nodes) -> Iterator[Marked]:
    """How a designation that both have is different; none where only its words are."""
    if has_end(node, now) != has_end(node, before):
        side = now if has_end(node, now) else before
        props = (onr.end, pso.isLostAsConsequenceOf)
        curated = all(is_curated(node, prop, side) for prop in props if side.values(node, prop)) or _times_curated(
            node, onr.end, side
        )
        yield ("ended" if side is now else "end taken back"), curated
    elif has_end(node, now) and (way := _moved(node, onr.end, before, now)):
        yield "end changed", way[1]
    if way := _moved(node, onr.start, before, now):
        yield way
    had, has = before.values(node, onr.onList), now.values(node, onr.onList)
    if had != has:
        curated = is_curated(node, onr.onList, now if has else before)
        yield ("put on another list" if had and has else "list named" if has else "changed"), curated


def _moved(node: str, prop: str, before: Nodes, now: Nodes) -> Marked | None:
    """Whether a time is another one: earlier or later where the bounds say so."""
    old, new = (_bounds(node, prop, nodes) for nodes in (before, now))
    if old == new:
        return None
    curated = _times_curated(node, prop, now)
    if all(old) and all(new):
        if new[0] < old[0] and new[1] < old[1]:
            return "began earlier", curated
        if new[0] > old[0] and new[1] > old[1]:
            return "began later", curated
    return "start changed", curated


def _bounds(node: str, prop: str, nodes: Nodes) -> tuple[str, str]:
    earliest, latest = set[str](), set[str]()
    for time in nodes.values(node, prop):
        earliest |= set(map(text_of, nodes.values(time, onr.earliest)))
        latest |= set(map(text_of, nodes.values(time, onr.latest)))
    return min(earliest, default=""), max(latest, default="")


def _times_curated(node: str, prop: str, nodes: Nodes) -> bool:
    times = nodes.values(node, prop)
    return any(is_curated(time, bound, nodes) for time in times for bound in (onr.edtf, onr.earliest, onr.latest))


def when(node: str, prop: str, nodes: Nodes, names: Names, *, acts: bool = True) -> str:
    """A time as it is recorded: in EDTF, or as it was said; with the mark of a curator's."""
    told = []
    for time in nodes.values(node, prop):
        dated = nodes.values(time, onr.edtf)
        said = nodes.values(time, onr.asSaid)
        text = " or ".join(map(text_of, dated)) or ", ".join(f"“{text_of(each)}”" for each in said)
        marked = mark(time, onr.edtf, nodes) if dated else ""
        cause = nodes.values(time, onr.causedBy) if acts else []
        if not text and cause:
            text = f"“{listed(cause, nodes, names)}”"
        elif not text and (after := nodes.values(time, onr.after)):
            text = f"after “{listed(after, nodes, names)}”"
        if text:
            told.append(f"{text}{marked}")
    return "; ".join(told)


def listed(found: list[str], nodes: Nodes, names: Names) -> str:
    """Some nodes by their names."""
    return ", ".join(names.of(node, nodes) for node in found)


def is_curated(node: str, prop: str, nodes: Nodes) -> bool:
    """Whether a curator says what a node has in a property."""
    start = f"{node[:-1]}/curation/"
    return any(prop in nodes.values(curation, onr.curatedProperty) for curation in nodes.beginning(start))


def mark(node: str, prop: str, nodes: Nodes) -> str:
    """What is put behind a curator's words."""
    return " [curated]" if is_curated(node, prop, nodes) else ""
