"""Lists as FollowTheMoney entities, one JSON object a line, as OpenSanctions publishes them.

The schema: https://followthemoney.tech; what stands beside the properties: https://www.opensanctions.org/docs/entities/.
An entity is an entry of the list behind its dataset where the file says that it is under sanctions: relatives, owners
and office holders stand in the same files. Whether a file has the whole list it does not say, so it counts as partial.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.findings import Finding, Place
from onrecord.importers.followthemoney import links, lists
from onrecord.importers.followthemoney.entities import HOLDERS, Entity, entities
from onrecord.importers.followthemoney.properties import KINDS, entry, particulars
from onrecord.importers.result import Given, Imported, Importer, Row, snapshot_source

_DATASET = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass
class _File:
    """A file's entities, taken out of each other, and what is wrong with its lines."""

    all: list[Entity] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    sanctions: dict[str, list[Entity]] = field(default_factory=dict)

    def entries(self) -> Iterator[tuple[Entity, set[str]]]:
        """The entities that are entries, and the datasets whose lists they are on."""
        for entity in self.all:
            datasets = self._on(entity) if entity.schema in KINDS else set()
            if datasets:
                yield entity, datasets

    def _on(self, entity: Entity) -> set[str]:
        """On which lists an entity is. Of one that several datasets were merged into, only where a sanction says so, or
        where it is known that the dataset is a list of sanctions."""
        named = {dataset for one in self.sanctions.get(entity.id, []) for dataset in one.datasets}
        if named & set(entity.datasets):
            return named & set(entity.datasets)
        topics = entity.properties.get("topics", [])
        if "sanction" in topics or (not topics and entity.further.get("target") == ["true"]):
            one = len(set(entity.datasets)) == 1
            return {dataset for dataset in entity.datasets if one or lists.known(dataset)}
        return set()


def read(given: Given) -> list[Imported] | Finding:
    """One snapshot for each dataset that has entries in the file."""
    file = _File()
    for made in entities(given.main.name, given.main.text):
        if isinstance(made, Finding):
            file.faults.append(made)
        else:
            file.all += [made, *made.inner]
    if not file.all:
        message = f"no line is an entity, {len(file.faults)} are none" if file.faults else "the file is empty"
        return _fault(
            Place(given.main.name, 1, 1), "not-this-list", message, "give FollowTheMoney entities as JSON lines"
        )
    file.sanctions = links.sanctions(file.all)
    chosen = list(file.entries())
    datasets = sorted({dataset for _, several in chosen for dataset in several})
    if not datasets:
        message = "no entity in the file is under sanctions"
        return _fault(Place(given.main.name, 1, 1), "no-entries", message, "look at its topics and datasets")
    unfit = next((dataset for dataset in datasets if not _DATASET.fullmatch(dataset)), None)
    if unfit is not None:
        message = f"the dataset's name {unfit!r} makes no id"
        return _fault(Place(given.main.name, 1, 1), "dataset-name", message, "small letters, digits and _")
    found: list[Imported] = []
    for dataset in datasets:
        imported = _imported(given, file, dataset, [one for one, several in chosen if dataset in several])
        if isinstance(imported, Finding):
            return imported
        found.append(imported)
    found[0].faults += file.faults
    for imported in found:
        imported.lost += len(file.faults)
    return found


def _fault(place: Place, code: str, message: str, hint: str) -> Finding:
    return Finding(place, "violation", code, message, hint, broken=True)


def _imported(given: Given, file: _File, dataset: str, chosen: list[Entity]) -> Imported | Finding:
    as_of = given.as_of or _last_seen(chosen)
    place = Place(given.main.name)
    if as_of is None:
        message = f"no entity of {dataset} says when it was last seen"
        return _fault(place, "no-date", message, "say of which day the list is: --as-of 2024-06-01")
    source = snapshot_source(given, lists.slug(dataset), lists.PUBLISHER, lists.title(dataset), as_of)
    imported = Imported(source=source, registry=lists.registry(dataset))
    if source.snapshot is not None:
        source.snapshot.complete = given.complete
    if given.as_of is None:
        message = f"the day of {dataset} is {as_of}, the last on which one of its entities was seen"
        imported.faults.append(Finding(place, "info", "date-from-last-seen", message, "--as-of says another"))
    _fill(imported, file, dataset, chosen, as_of)
    return imported


def _last_seen(chosen: list[Entity]) -> str | None:
    days = [value[:10] for one in chosen for value in one.further.get("last_seen", []) if _DAY.match(value)]
    return max(days, default=None)


def _fill(imported: Imported, file: _File, dataset: str, chosen: list[Entity], as_of: str) -> None:
    """The entries of a dataset's list, each with what other entities say of it."""
    own = [one for one in file.all if dataset in one.datasets]
    imported.left = _left_out(own, chosen)
    addresses = links.addresses(own, imported.left)
    papers = links.papers(own, imported.left)
    merged = 0
    for entity in chosen:
        made = entry(entity, addresses)
        if isinstance(made, str):
            imported.faults.append(_fault(entity.place, "no-name", made, "give it a name or a caption"))
            imported.lost += 1
            continue
        made.papers += papers.get(entity.id, [])
        sanctions = [one for one in file.sanctions.get(entity.id, []) if dataset in one.datasets]
        links.sanction(made, sanctions, as_of)
        if len(entity.datasets) > 1:
            merged += 1
            made.particulars += particulars({"datasets": entity.datasets})
        imported.rows.append(Row(made, entity.place))
    if merged:
        message = f"{merged} entries were merged of several datasets: which list says what of them cannot be told apart"
        hint = "import the files of the datasets one by one"
        imported.faults.append(Finding(Place(chosen[0].place.file), "warning", "merged-entities", message, hint))


def _left_out(own: list[Entity], chosen: list[Entity]) -> Counter[str]:
    """What is no entry and says nothing of one, by its schema."""
    ids = {one.id for one in chosen}
    places = {linked for one in chosen for linked in one.properties.get("addressEntity", [])}
    found: Counter[str] = Counter()
    for entity in own:
        key = HOLDERS.get(entity.schema)
        if entity.schema in KINDS:
            found[f"{entity.schema} not under sanctions"] += entity.id not in ids
        elif entity.schema == "Address":
            found["Address of no entry"] += places.isdisjoint((entity.id, *entity.further.get("referents", ())))
        elif key:
            found[f"{entity.schema} of no entry"] += ids.isdisjoint(entity.properties.get(key, ()))
        else:
            found[entity.schema] += 1
    return +found


IMPORTER = Importer(
    title="FollowTheMoney entities",
    summary="Lists of sanctions as OpenSanctions publishes them: one entity a line, one snapshot a dataset.",
    example="kg import ftm entities.ftm.json",
    read=read,
    partial=True,
)
