"""What entities say of others: addresses, papers and sanctions, which stand in lines of their own."""

from collections import Counter
from collections.abc import Iterable

from onrecord.facts import dates
from onrecord.facts.fields import Time, When
from onrecord.facts.listings import Address, Entry, IdentityPaper
from onrecord.importers.followthemoney.entities import HOLDERS, Entity
from onrecord.importers.followthemoney.properties import particulars, time

_ADDRESS = ("full", "street", "city", "region", "postalCode", "country", "remarks")
_PAPER = ("type", "number", "passportNumber", "country", "startDate", "endDate", "authority")


def addresses(entities: Iterable[Entity], left: Counter[str]) -> dict[str, Address]:
    """The addresses by the ids that others name them by: their own, and those of what was merged into them."""
    found: dict[str, Address] = {}
    for entity in entities:
        if entity.schema == "Address":
            said = _said(entity, _ADDRESS, left)
            made = Address(
                street=said["street"],
                city=said["city"],
                region=said["region"],
                postcode=said["postalCode"],
                country=said["country"],
                whole=said["full"] or (entity.caption or None),
                note=said["remarks"],
            )
            for own in (*entity.further.get("referents", ()), entity.id):
                found[own] = made
    return found


def papers(entities: Iterable[Entity], left: Counter[str]) -> dict[str, list[IdentityPaper]]:
    """The identity papers by their holders."""
    found: dict[str, list[IdentityPaper]] = {}
    for entity in entities:
        if entity.schema in {"Identification", "Passport"}:
            said = _said(entity, (*_PAPER, HOLDERS[entity.schema]), left)
            made = IdentityPaper(
                kind=said["type"] or entity.schema,
                number=said["number"] or said["passportNumber"],
                country=said["country"],
                issued=said["startDate"],
                expires=said["endDate"],
                note=said["authority"],
            )
            for holder in entity.properties.get(HOLDERS[entity.schema], []):
                found.setdefault(holder, []).append(made)
    return found


def _said(entity: Entity, keys: tuple[str, ...], left: Counter[str]) -> dict[str, str | None]:
    """The values of some properties, several in one text; all others are counted as left out."""
    for key, values in entity.properties.items():
        if key not in keys:
            left[f"{entity.schema}.{key}"] += len(values)
    return {key: ", ".join(entity.properties.get(key, [])) or None for key in keys}


def sanctions(entities: Iterable[Entity]) -> dict[str, list[Entity]]:
    """The sanctions by whom they are on."""
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        if entity.schema == "Sanction":
            for target in entity.properties.get(HOLDERS[entity.schema], []):
                found.setdefault(target, []).append(entity)
    return found


def sanction(made: Entry, ones: list[Entity], as_of: str) -> None:
    """Take into an entry what sanctions say of it. Dates that the fields cannot hold are kept as particulars.

    It was taken off only where each sanction has ended by the day of the list.
    """
    left = [{key: list(values) for key, values in one.properties.items() if key != HOLDERS["Sanction"]} for one in ones]
    key = "listingDate" if any(one.get("listingDate") for one in left) else "startDate"
    made.listed = _one_time([value for one in left for value in one.pop(key, [])])
    if ones and all(_over(one.get("endDate", []), as_of) for one in left):
        made.delisted = _one_time([end for one in left for end in one.pop("endDate")])
    for one in left:
        for programme in one.pop("program", []):
            if programme not in made.programmes:
                made.programmes.append(programme)
        made.remarks += one.pop("reason", [])
        made.particulars += particulars(one, "Sanction.")


def _over(ends: list[str], as_of: str) -> bool:
    """Whether all of the ends that a sanction has lie before a day, or on it, however vague they are."""
    try:
        latest = [dates.bounds(end[:10])[1] for end in ends]
    except ValueError:
        return False
    return bool(ends) and all(day is not None and day.isoformat() <= as_of for day in latest)


def _one_time(values: list[str]) -> Time | None:
    """The time that dates give: the only one, or from the earliest to the latest where they differ."""
    different = sorted(set(values))
    if len(different) < 2:
        return time(different[0]) if different else None
    times = [time(value) for value in different]
    if all(isinstance(one, str) for one in times):
        return When(said=", ".join(different), earliest=different[0], latest=different[-1])
    return When(said=", ".join(different))
