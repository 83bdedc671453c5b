"""From a store to what its sources testify of somebody: the way into `onrecord.history`."""

from onrecord.history import History, Reading, Testimony, histories
from onrecord.questions.said import Said
from onrecord.vocabulary.terms import onr, prov


class Testifying:
    """Collects testimonies, node by node. Lists and their snapshots are read once."""

    def __init__(self, said: Said) -> None:
        self._said = said
        self._reading = Reading(said.asserted, said.curated)
        self._snapshots: dict[str, list[Testimony]] = {}

    def histories(self, nodes: list[str]) -> list[History]:
        """The histories of nodes that are one: one a list, or a jurisdiction where no list is named."""
        testimonies = self.of(nodes)
        lists = {said.on_list for each in testimonies for said in each.designations if said.on_list}
        lists |= {act.on_list for each in testimonies for act in each.acts}
        owners = {each: self._said.objects(each, onr.jurisdiction) for each in sorted(lists)}
        jurisdictions = {each: found[0] for each, found in owners.items() if found}
        return [history for history, _ in histories(testimonies, jurisdictions)]

    def of(self, nodes: list[str]) -> list[Testimony]:
        """What every source says of nodes that are one, and the snapshots of the lists that are spoken of."""
        said = self._said
        links = tuple((nodes[0], other) for other in nodes[1:])
        by_source: dict[str, dict[str, None]] = {}
        lists: dict[str, None] = {}
        for node in nodes:
            lists |= dict.fromkeys(said.objects(node, onr.entryOf))
            for prop in (onr.designee, onr.concerns):
                for fact in said.subjects(prop, node):
                    lists |= dict.fromkeys(said.objects(fact, onr.onList))
                    for source in said.objects(fact, prov.wasDerivedFrom):
                        by_source.setdefault(source, {})[fact] = None
        found = [self._reading.of_source(source, sorted(facts)) for source, facts in sorted(by_source.items())]
        held = {testimony.source for testimony in found}
        for on_list in sorted(lists):
            found += [each for each in self._of_list(on_list) if each.source not in held]
        return [*found, Testimony(nodes[0], links=links)]

    def _of_list(self, on_list: str) -> list[Testimony]:
        if on_list not in self._snapshots:
            sources = self._said.subjects(onr.snapshotOf, on_list)
            days = ((source, self._reading.snapshot(source)) for source in sources)
            self._snapshots[on_list] = [Testimony(source, snapshot=day) for source, day in days if day is not None]
        return self._snapshots[on_list]
