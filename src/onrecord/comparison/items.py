"""Changes of facts → what is told of them: how often each kind of thing differs in which way, and in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest

from onrecord.comparison import designations
from onrecord.comparison.names import Names, chosen, concept
from onrecord.comparison.report import Count, Group, Item, place
from onrecord.ntriples import text_of
from onrecord.questions.changed import Change
from onrecord.questions.versions import Nodes, Told, Version
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import oa, onr, owl, rdfs, skos

_NAMES = frozenset((rdfs.label, skos.altLabel, onr.nameForm, onr.particularName))
_LINKS: dict[str, str] = {
    owl.sameAs: "is the same as",
    owl.differentFrom: "is not the same as",
    skos.closeMatch: "is close to, and not taken to be the same as,",
}
_SPOKEN = (onr.quotation, onr.evidence)
_FORMAL = re.compile(r"(?:[^ ]*/)?(?:type|earliestBasis|latestBasis): ")
_CLAIMED = "a claim by a party concerned, not on record"


@dataclass
class Gathered:
    """The items of one cause, at most so many of them (None: all), and all the counts."""

    most: int | None
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    items: dict[tuple[str, str], list[Item]] = field(default_factory=dict)

    def full_of(self, how: str, what: str) -> bool:
        """Whether no more items that differ in this way are kept."""
        return self.most is not None and len(self.items.get((how, what), ())) >= self.most

    def count(self, how: str, what: str) -> None:
        """Count what is not told in words."""
        self.counts[how, what] = self.counts.get((how, what), 0) + 1

    def add(self, item: Item) -> None:
        """Count an item, and keep it while there is room for its kind."""
        self.count(item.how, item.what)
        if not self.full_of(item.how, item.what):
            self.items.setdefault((item.how, item.what), []).append(item)

    def group(self, cause: str) -> Group:
        """Everything, in order."""
        ordered = sorted(self.counts, key=lambda key: place(*key))
        counts = [Count(how=how, what=what, number=self.counts[how, what]) for how, what in ordered]
        items = sorted(self._chosen(), key=_order)
        return Group(cause=cause, counts=counts, items=items, left_out=sum(self.counts.values()) - len(items))

    def _chosen(self) -> list[Item]:
        """No more than `most`: one of each way in turn, so that what there is much of does not hide what there is
        little of."""
        kept = [self.items[key] for key in sorted(self.items, key=lambda key: place(*key))]
        in_turn = (item for row in zip_longest(*kept) for item in row if item is not None)
        return list(islice(in_turn, self.most))


def _order(item: Item) -> tuple[tuple[int, str, int], str, str, str]:
    """The days of a time line stay in their order."""
    return place(item.how, item.what), "" if item.what == "status" else item.text, item.id, item.source


class Items:
    """Makes items of changes, with the names that the two releases have."""

    def __init__(self, before: Names, now: Names) -> None:
        self._before, self._now = before, now

    def of(self, change: Change) -> Iterator[Item]:
        """All that is told of a change: several items where a fact differs in several ways."""
        names = self._before if change.kind == "removed" else self._now
        what = _what(change, names)
        if what == "designation":
            yield from self._designation(change, names)
        elif what == "statement":
            yield from self._statement(change, names)
        elif change.kind == "changed" and (apart := _apart(change)):
            yield from (self._apart(change, how, kind) for how, kind in apart)
        else:
            yield self._item(change, names, _how(change, what), what)

    def _apart(self, change: Change, how: str, kind: str) -> Item:
        """The names or the links of an entity that came or went."""
        side = int(how != "removed")
        names, version = (self._before, self._now)[side], (change.versions or ())[side]
        item = self._item(change, names, how, kind)
        if kind == "link":
            told = sorted(
                f"{names.of(change.fact, version.nodes)} {_LINKS[prop]} {names.of(value, version.nodes)}"
                for _, prop, value, _ in version.facts.get(change.fact, ())
                if prop in _LINKS
            )
            item.text = "; ".join(told)
        item.was, item.became = _telling(change.was), _telling(change.became)
        return item

    def _designation(self, change: Change, names: Names) -> Iterator[Item]:
        ways: list[designations.Marked] = [(change.kind, False)]
        if change.kind == "changed" and change.versions:
            before, now = (version.nodes for version in change.versions)
            ways = list(designations.ways(change.fact, before, now)) or ways
        for how, curated in ways:
            item = self._item(change, names, how, "designation", curated=curated)
            if how in ("end taken back", "began earlier", "began later", "start changed", "end changed"):
                item.text += self._formerly(change, how)
            yield item

    def _formerly(self, change: Change, how: str) -> str:
        if not change.versions:
            return ""
        nodes = change.versions[0].nodes
        if how.startswith("end "):
            return f" (before: {designations.ending(change.fact, nodes, self._before)})"
        begun = designations.when(change.fact, onr.start, nodes, self._before)
        return f" (before: {f'since {begun}' if begun else 'no beginning on record'})"

    def _statement(self, change: Change, names: Names) -> Iterator[Item]:
        yield self._item(change, names, change.kind, "statement")
        for part in _claims(change):
            sides = [bool(version.nodes.values(part, TYPE)) for version in change.versions or ()]
            how = "changed" if all(sides) else "added" if sides and sides[1] else "removed"
            own = change.versions[0].nodes if how == "removed" and change.versions else change.nodes
            item = self._item(change, names, how, "claimed designation")
            who = designations.listed(own.values(change.fact, onr.speaker), own, names) or "somebody"
            item.text = f"{designations.sentence(part, own, names)} — so says {who}: {_CLAIMED}"
            item.id, item.claimed = part[1:-1], True
            yield item

    def _item(self, change: Change, names: Names, how: str, what: str, *, curated: bool | None = None) -> Item:
        nodes = change.nodes
        words = [text_of(exact) for evidence in change.evidence for _, exact in nodes.words(evidence)]
        chains = [text_of(label) for one in change.chains for label in nodes.values(one, rdfs.label)]
        if curated is None:
            curated = _all_curated(change)
        changed = how not in ("added", "removed")
        return Item(
            how=how,
            what=what,
            id=change.fact[1:-1],
            text=_text(change, names, what),
            curated=curated,
            why=change.why,
            source=change.said_in or change.source,
            chain=chains,
            words=list(dict.fromkeys(words)),
            was=_telling(change.was) if changed else [],
            became=_telling(change.became) if changed else [],
        )


def _telling(texts: list[str]) -> list[str]:
    """What is said in words, without what follows from the rest of it."""
    return [text for text in texts if not _FORMAL.match(text)]


def quick(change: Change, names: Names) -> tuple[str, str] | None:
    """How and what a change is counted as, where its words are not wanted; None where only its words tell: designations
    change in several ways, and statements hold claims."""
    what = _what(change, names)
    told = what == "statement" or (what == "designation" and change.kind == "changed")
    return None if told else (_how(change, what), what)


def _how(change: Change, what: str) -> str:
    """How a thing differs. Of two snapshots of a list, the later tells who left; elsewhere, an entry that is in the
    dataset no more tells nothing."""
    if what == "list entry" and change.versions is None:
        return {"added": "came onto the list", "removed": "left the list"}.get(change.kind, change.kind)
    return change.kind


def _what(change: Change, names: Names) -> str:
    """What a fact is called in the domain: by its section in the dataset's addresses."""
    steps = names.path(change.fact).split("/")
    if steps[0] == "entry":
        return "list entry"
    if steps[0] != "source":
        return steps[0].replace("-", " ") if len(steps) > 1 else "other node"
    return steps[2].replace("-", " ") if len(steps) > 3 else "source"


def _text(change: Change, names: Names, what: str) -> str:
    nodes, fact = change.nodes, change.fact
    if what == "designation":
        return designations.sentence(fact, nodes, names)
    if what == "statement":
        return _statement_text(fact, nodes, names)
    label = chosen(nodes.values(fact, rdfs.label))
    if not label and change.was + change.became and what == "list":
        label = names.of(fact, nodes)
    kinds = " or ".join(map(concept, nodes.values(fact, onr.kind)))
    if what == "figure":
        label = chosen(nodes.values(fact, onr.counts))
    label = label or " ".join(text_of(each) for one in change.evidence[:1] for _, each in nodes.words(one))
    named = label or names.of(fact, nodes)
    return f"{named} ({kinds})" if kinds else named


def _statement_text(fact: str, nodes: Nodes, names: Names) -> str:
    who = designations.listed(nodes.values(fact, onr.speaker), nodes, names) or "a source"
    modes = ", ".join(map(concept, nodes.values(fact, onr.mode)))
    for prop in _SPOKEN:
        quoted = [text_of(exact) for each in nodes.values(fact, prop) for _, exact in nodes.words(each)]
        if quoted:
            return f"{who} ({modes}): “{' … '.join(quoted)}”"
    return f"{who} ({modes})"


def _claims(change: Change) -> list[str]:
    """The parts of a statement that differ and are claims of a designation."""
    found = set()
    for version in change.versions or ():
        for node, *_ in version.facts.get(change.fact, ()):
            parts = node[len(change.fact) : -1].split("/")
            part = f"{change.fact[:-1]}/{'/'.join(parts[:2])}>" if len(parts) > 1 else ""
            if part and onr.ClaimedDesignation in version.nodes.values(part, TYPE):
                found.add(part)
    return sorted(found)


def _alone(change: Change) -> Iterator[Told]:
    versions: tuple[Version, ...] = change.versions or ()
    return chain.from_iterable(version.facts.get(change.fact, ()) for version in versions)


def _all_curated(change: Change) -> bool:
    """Whether what differs is said by curators alone."""
    kinds = {kind for *_, kind in _alone(change)}
    return kinds == {"curated"}


def _apart(change: Change) -> list[tuple[str, str]]:
    """Names and links of an entity that came or went; empty where anything else of it differs, too."""
    if change.versions is None:
        return []
    found: set[tuple[str, str]] = set()
    for side, how in zip(change.versions, ("removed", "added"), strict=True):
        for _, prop, value, _ in side.facts.get(change.fact, ()):
            if prop in _LINKS:
                found.add((how, "link"))
            elif prop in _NAMES:
                found.add((how, "name"))
            elif prop not in (onr.curates, onr.curatedProperty, onr.reason, oa.hasSelector) and value != onr.Curation:
                return []
    for kind in ("link", "name"):
        if {("added", kind), ("removed", kind)} <= found:
            found -= {("added", kind), ("removed", kind)}
            found.add(("changed", kind))
    return sorted(found)
