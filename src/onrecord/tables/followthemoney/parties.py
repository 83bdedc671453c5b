"""People, organizations, vessels and aircraft, with what is said of who they are."""

from onrecord.ntriples import text_of
from onrecord.tables.followthemoney.making import Entity, Left
from onrecord.tables.followthemoney.schemas import LEGAL, NAME_PARTS, SCHEMAS
from onrecord.tables.followthemoney.values import code, countries, dataset_of, dates, id_of, is_date, texts
from onrecord.tables.ground import Ground
from onrecord.vocabulary.terms import onr, rdfs, skos

OWN = "onrecord"
"""The dataset of those who are entries of no list."""


def party(ground: Ground, node: str, left: Left) -> Entity | None:
    """The entity that a node is; None where the model has no place for it, which is counted."""
    kind = ground.kind(node)
    schema = SCHEMAS.get(kind)
    said = ground.said(node)
    if schema is None:
        left[f"{kind or 'thing'} without a schema"] += 1
        return None
    if onr.knownByRole in said:
        left["person known by role alone: a role is no name"] += 1
        return None
    lists = [text_of(each).rsplit("/", 1)[-1] for each in said.get(onr.entryOf, ())]
    made = Entity(id_of(node, ground.base), schema, ground.label(node), sorted(map(dataset_of, lists)) or [OWN])
    made.referents = texts(ground, node, onr.listReference)
    made.add("name", ground.label(node), *texts(ground, node, rdfs.label))
    _names(ground, node, made, left)
    if schema == "Person":
        _person(ground, node, made)
    made.add("notes", *texts(ground, node, onr.remark, onr.note))
    titles, positions = texts(ground, node, onr.nameTitle), texts(ground, node, onr.listedPosition)
    if schema == "Person":
        made.add("title", *titles)
        made.add("position", *positions)
    else:
        made.add("notes", *(f"title: {title}" for title in titles), *(f"position: {each}" for each in positions))
    own = [node] if schema == "PublicBody" else []
    made.add("country", *countries(ground, [*own, *said.get(onr.state, ())]))
    _particulars(ground, node, made)
    for prop in (onr.partOf, onr.memberOf, onr.within, onr.number):
        left[f"{prop.name} of an entity"] += len(said.get(prop, ()))
    return made


def _names(ground: Ground, node: str, made: Entity, left: Left) -> None:
    forms = ground.said(node).get(onr.nameForm, ())
    told: set[str] = set()
    for form in forms:
        labels = ground.said(form).get(rdfs.label, [])
        told.update(labels)
        prop = _kind_of_name(ground, form, made.schema)
        if prop is None:
            left["part of a name"] += 1
        else:
            made.add(prop, *map(text_of, labels))
    made.add("alias", *(text_of(text) for text in ground.said(node).get(skos.altLabel, ()) if text not in told))
    aliases = made.properties.get("alias", [])
    made.properties["alias"] = [name for name in aliases if name not in made.properties["name"]]
    made.add("alias")


def _kind_of_name(ground: Ground, form: str, schema: str) -> str | None:
    """The property that a form of a name belongs to; None for none."""
    kinds = [ground.words(onr.kind, each) for each in ground.said(form).get(onr.kind, ())]
    notes = texts(ground, form, onr.note)
    if not kinds:
        return "name"
    if "name-part" in kinds:
        return notes[0] if schema == "Person" and notes and notes[0] in NAME_PARTS else None
    if "formerly-known-as" in kinds:
        return "previousName"
    if "low" in [ground.words(onr.quality, each) for each in ground.said(form).get(onr.quality, ())]:
        return "weakAlias"
    return "abbreviation" if "abbreviation" in notes and schema in LEGAL else "alias"


def _person(ground: Ground, node: str, made: Entity) -> None:
    exact, vague = dates(ground, ground.said(node).get(onr.birth, ()))
    made.add("birthDate", *exact)
    made.add("notes", *(f"born: {text}" for text in vague))
    for prop, name in ((onr.nationality, "nationality"), (onr.citizenship, "citizenship")):
        for text in texts(ground, node, prop):
            known = code(text)
            made.add(name if known else "notes", known or f"{name}: {text}")
    for text in texts(ground, node, onr.gender):
        known = text.lower() if text.lower() in ("male", "female") else None
        made.add("gender" if known else "notes", known or f"gender: {text}")


def _particulars(ground: Ground, node: str, made: Entity) -> None:
    """What a list says under names of its own: a country where it is a code, all else in words."""
    for particular in ground.said(node).get(onr.particular, ()):
        for name in texts(ground, particular, onr.particularName):
            for text in texts(ground, particular, onr.particularValue):
                known = code(text)
                if name == "country" and known:
                    made.add("country", known)
                elif name not in ("referents", "first_seen", "last_seen", "last_change", "target"):
                    made.add("notes", f"{name}: {text}")


def born_in(ground: Ground, node: str) -> list[str]:
    """The places of birth of a node, each as one text."""
    places = ground.said(node).get(onr.birthPlace, ())
    return [text for place in places if (text := in_one(ground, place))]


def in_one(ground: Ground, address: str) -> str:
    """An address as one text: the whole of it where the source gives that, else its parts."""
    whole = texts(ground, address, onr.wholeAddress)
    parts = texts(ground, address, onr.street, onr.city, onr.region, onr.postcode, onr.country)
    return " | ".join(whole) or ", ".join(parts)


def day_of(ground: Ground, source: str) -> str:
    """The day of a snapshot; "" for other sources."""
    days = [day for day in texts(ground, f"<{ground.base}source/{source}>", onr.asOf) if is_date(day)]
    return max(days, default="")
