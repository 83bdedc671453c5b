"""What stands beside parties: sanctions, addresses, papers and posts."""

from collections.abc import Iterator

from onrecord.ntriples import text_of
from onrecord.tables.followthemoney.making import Entity, Left
from onrecord.tables.followthemoney.parties import OWN, in_one
from onrecord.tables.followthemoney.schemas import LEGAL, NUMBERS
from onrecord.tables.followthemoney.values import code, countries, dataset_of, dates, id_of, is_date, texts
from onrecord.tables.ground import Ground
from onrecord.tables.parts import exact_words
from onrecord.vocabulary.term import Property
from onrecord.vocabulary.terms import dcterms, onr, org, prov, pso, rdfs, schema

Disputes = dict[str, list[str]]
"""The conflicts of facts, in words."""


def disputes(ground: Ground) -> Disputes:
    """What sources disagree over, by the facts that are sides of it."""
    found: Disputes = {}
    for conflict in ground.roots("conflict"):
        said = ground.said(conflict)
        for node in {*said.get(onr.side, ()), *said.get(onr.conflictOver, ())}:
            found.setdefault(node, []).append(f"sources disagree: {ground.label(conflict)}")
    return found


def sanctions(ground: Ground, node: str, kept: set[str], disputed: Disputes, left: Left) -> Iterator[Entity]:
    """The sanctions that a designation on record is: one for each designee that is an entity."""
    said = ground.said(node)
    designees = [each for each in said.get(onr.designee, ()) if each in kept]
    if not designees:
        left["designation of somebody who is no entity here"] += 1
    for number, designee in enumerate(designees):
        made = Entity(id_of(node, ground.base), "Sanction", ground.label(node), [OWN])
        if number:
            made.id = f"{made.id}-{number + 1}"
        lists = said.get(onr.onList, [])
        if lists:
            made.datasets = sorted({dataset_of(text_of(each).rsplit("/", 1)[-1]) for each in lists})
        made.add("entity", id_of(designee, ground.base))
        _authority(ground, node, lists, made)
        made.add("program", *texts(ground, node, onr.programme))
        made.add("summary", *(f"List: {ground.label(each)}" for each in lists))
        made.add("provisions", *(ground.label(effect) for effect in said.get(onr.effect, ())))
        made.add("recordId", *texts(ground, designee, onr.listReference))
        made.add("status", _standing(ground, node), *disputed.get(node, ()))
        made.add("modifiedAt", *(day for day in texts(ground, node, onr.lastUpdated) if is_date(day)))
        _from_until(ground, node, made)
        made.add("summary", *(f"“{words}”" for words in exact_words(ground, node, onr.evidence)))
        made.add("description", *(f"Said by: {ground.label(each)}" for each in said.get(onr.attribution, ())))
        for source in said.get(prov.wasDerivedFrom, ()):
            made.add("sourceUrl", *(url for url in texts(ground, source, schema.url) if url.startswith("http")))
            made.add("publisher", *(ground.label(each) for each in ground.said(source).get(dcterms.publisher, ())))
        if ground.added(node):
            made.add("summary", f"Curators added: {', '.join(ground.added(node))}")
        yield made


def _authority(ground: Ground, node: str, lists: list[str], made: Entity) -> None:
    """Who designates, and where: as the designation says it, else as its list does."""
    for holder in (node, *lists):
        said = ground.said(holder)
        if "authority" not in made.properties:
            made.add("authority", *(ground.label(each) for each in said.get(onr.authority, ())))
        where = said.get(onr.jurisdiction, [])
        if "country" not in made.properties:
            made.add("country", *countries(ground, where))
        if where and "country" not in made.properties:
            made.add("summary", *(f"In: {ground.label(each)}" for each in where))


def _standing(ground: Ground, node: str) -> str:
    """How a designation stands by its source, in words: no status of today."""
    said = ground.said(node)
    kinds = " and ".join(ground.words(pso.withStatus, each) for each in said.get(pso.withStatus, ()))
    days = [day for source in said.get(prov.wasDerivedFrom, ()) for day in texts(ground, source, onr.asOf)]
    start = f"on the list of {', '.join(days)}" if days else "as the source says"
    ended = ", which says that it ended" if onr.end in said or pso.isLostAsConsequenceOf in said else ""
    return f"{kinds}: {start}{ended}"


def _from_until(ground: Ground, node: str, made: Entity) -> None:
    """Start and end, as dates where they are a year, a month or a day, and else in words."""
    ways: tuple[tuple[Property, Property, str, str], ...] = (
        (onr.start, pso.isAcquiredAsConsequenceOf, "startDate", "Began"),
        (onr.end, pso.isLostAsConsequenceOf, "endDate", "Ended"),
    )
    said = ground.said(node)
    for prop, act, name, word in ways:
        exact, vague = dates(ground, said.get(prop, ()))
        made.add(name, *exact)
        made.add("summary", *(f"{word}: {text}" for text in vague))
        for each in said.get(act, ()):
            made.add("summary", f"{word} by: {ground.label(each)}")
            exact, vague = dates(ground, ground.said(each).get(onr.when, ()))
            made.add("summary", *(f"That act: {text}" for text in (*exact, *vague)))
    for prop, word in ((onr.during, "During"), (onr.lasted, "Lasted")):
        for each in said.get(prop, ()):
            told = texts(ground, each, onr.asSaid) or texts(ground, each, onr.edtf)
            made.add("summary", *(f"{word}: “{text}”" for text in told))


def addresses(ground: Ground, node: str, holder: Entity) -> Iterator[Entity]:
    """The addresses of a party, which then names them."""
    for address in ground.said(node).get(onr.address, ()):
        made = Entity(id_of(address, ground.base), "Address", in_one(ground, address), holder.datasets)
        made.add("full", in_one(ground, address))
        parts = ((onr.street, "street"), (onr.city, "city"), (onr.region, "region"), (onr.postcode, "postalCode"))
        for prop, name in parts:
            made.add(name, *texts(ground, address, prop))
        for country in texts(ground, address, onr.country):
            known = code(country)
            made.add("country" if known else "remarks", known or f"country: {country}")
        made.add("remarks", *texts(ground, address, onr.note))
        if made.properties:
            holder.add("addressEntity", made.id)
            yield made


def papers(ground: Ground, node: str, holder: Entity) -> Iterator[Entity]:
    """The papers and numbers of a party: what is a property goes there, what has no place into the notes."""
    for paper in ground.said(node).get(onr.identityPaper, ()):
        kinds, numbers = texts(ground, paper, onr.paperKind), texts(ground, paper, onr.paperNumber)
        fit = [number for number in numbers if 1 < len(number.strip()) <= 64]
        further = texts(ground, paper, onr.issued, onr.issuedIn, onr.issuedAt, onr.expires, onr.note)
        if fit and not further and len(kinds) == 1 and kinds[0] in NUMBERS[holder.schema]:
            holder.add(kinds[0], *fit)
        elif fit and holder.schema in LEGAL:
            yield _paper(ground, paper, holder, kinds, fit)
        else:
            holder.add("notes", f"{', '.join(kinds)}: {', '.join([*numbers, *further])}")


def _paper(ground: Ground, paper: str, holder: Entity, kinds: list[str], numbers: list[str]) -> Entity:
    caption = f"{', '.join(kinds)} {', '.join(numbers)}"
    made = Entity(id_of(paper, ground.base), "Identification", caption, holder.datasets)
    made.add("holder", holder.id)
    made.add("type", *kinds)
    made.add("number", *numbers)
    for country in texts(ground, paper, onr.issuedIn):
        known = code(country)
        made.add("country" if known else "summary", known or f"issued in: {country}")
    for prop, name in ((onr.issued, "startDate"), (onr.expires, "endDate")):
        for day in texts(ground, paper, prop):
            made.add(*((name, day) if is_date(day) else ("summary", f"{prop.name}: {day}")))
    made.add("summary", *(f"issued at: {text}" for text in texts(ground, paper, onr.issuedAt)))
    made.add("summary", *texts(ground, paper, onr.note))
    return made


def post(ground: Ground, node: str) -> Entity:
    """A post."""
    made = Entity(id_of(node, ground.base), "Position", ground.label(node), [OWN])
    made.add("name", ground.label(node), *texts(ground, node, rdfs.label))
    bodies = ground.said(node).get(org.postIn, ())
    made.add("organization", *(id_of(each, ground.base) for each in bodies))
    made.add("country", *countries(ground, bodies))
    return made


def tenure(ground: Ground, node: str, kept: set[str], left: Left) -> Entity | None:
    """Who holds or held a post; None where the post or the person is no entity, which is counted."""
    said = ground.said(node)
    holders = [each for each in said.get(org.member, ()) if each in kept]
    posts = said.get(onr.post, [])
    if not holders or not posts:
        left["tenure of a role that is no post, or of somebody who is no entity here"] += 1
        return None
    made = Entity(id_of(node, ground.base), "Occupancy", ground.label(node), [OWN])
    made.add("holder", *(id_of(each, ground.base) for each in holders))
    made.add("post", *(id_of(each, ground.base) for each in posts))
    for prop, name, word in ((onr.start, "startDate", "Began"), (onr.end, "endDate", "Ended")):
        exact, vague = dates(ground, said.get(prop, ()))
        made.add(name, *exact)
        made.add("summary", *(f"{word}: {text}" for text in vague))
    made.add("summary", *texts(ground, node, onr.roleName))
    made.add("summary", *(f"“{words}”" for words in exact_words(ground, node, onr.evidence)))
    made.add("description", *(f"Said by: {ground.label(each)}" for each in said.get(onr.attribution, ())))
    return made
