"""Which property of an entity feeds which field of an entry; what is in no table is kept as a particular."""

from collections.abc import Iterator

from onrecord.facts import dates
from onrecord.facts.fields import Time, When
from onrecord.facts.listings import Address, Entry, IdentityPaper, ListedName, Particular
from onrecord.importers.followthemoney.entities import Entity
from onrecord.importers.scripts import language_of

KINDS = {
    "Airplane": "aircraft",
    "Company": "company",
    "LegalEntity": "agent",  # a person or a company: the schema leaves it open
    "Organization": "organization",
    "Person": "person",
    "PublicBody": "organization",
    "Vessel": "vessel",
}
"""The kind of an entry, by its entity's schema."""

_NAMES: dict[str, tuple[str | None, str | None]] = {
    "name": (None, None),
    "alias": ("also-known-as", None),
    "weakAlias": ("also-known-as", "low"),
    "abbreviation": ("also-known-as", None),
    "previousName": ("formerly-known-as", None),
}
_NAME_PARTS = (*("firstName", "secondName", "middleName", "fatherName", "motherName", "lastName", "nameSuffix"),)
_PAPERS = (
    *("bikCode", "bvdId", "callSign", "cageCode", "crsNumber", "dunsCode", "iafdId", "icijId", "idNumber", "imoNumber"),
    *("innCode", "irsCode", "isin", "jibCode", "kppCode", "leiCode", "licenseNumber", "mmsi", "npiCode", "ogrnCode"),
    *("okpoCode", "passportNumber", "permId", "registrationNumber", "serialNumber", "socialSecurityNumber"),
    *("swiftBic", "taxNumber", "uniqueEntityId", "uscCode", "vatCode", "voenCode", "wikidataId"),
)
_MOST = 10_000


def entry(entity: Entity, addresses: dict[str, Address]) -> Entry | str:
    """The entry that an entity is, without what others say of it; or what is wrong with it."""
    left = {key: list(values) for key, values in entity.properties.items()}
    name = entity.caption or next(iter(left.get("name", [])), "")
    if not name:
        return f"the entity {entity.id} has no name"
    made = Entry(reference=entity.id, kind=KINDS[entity.schema], name=name, words=entity.words)
    made.names = list(_names(left, name))
    made.births = [time(value) for value in left.pop("birthDate", [])]
    made.birth_places = [Address(whole=value) for value in left.pop("birthPlace", [])]
    made.birth_places += [Address(country=value) for value in left.pop("birthCountry", [])]
    made.nationalities = left.pop("nationality", [])
    made.citizenships = left.pop("citizenship", [])
    made.titles = left.pop("title", [])
    made.positions = left.pop("position", [])
    made.programmes = left.pop("program", [])
    made.papers = [IdentityPaper(kind=key, number=value) for key in _PAPERS for value in left.pop(key, [])]
    made.remarks = [part for key in ("notes", "summary", "description") for part in _parts(left.pop(key, []))]
    made.addresses = [Address(whole=value) for value in left.pop("address", [])]
    linked = left.pop("addressEntity", [])
    made.addresses += [addresses[one] for one in linked if one in addresses]
    left["addressEntity"] = [one for one in linked if one not in addresses]
    modified = left.pop("modifiedAt", [])
    made.updated = [value for value in modified if _is_date(value)]
    left["modifiedAt"] = [value for value in modified if not _is_date(value)]
    genders = left.pop("gender", [])
    made.gender = genders[0] if genders else None
    left["gender"] = genders[1:]
    made.particulars = list(particulars(left)) + list(particulars(entity.further))
    return made


def particulars(values: dict[str, list[str]], prefix: str = "") -> Iterator[Particular]:
    """Values as particulars, by the names of their properties."""
    for key, several in values.items():
        yield from (Particular(what=f"{prefix}{key}", value=part) for part in _parts(several))


def _parts(values: list[str]) -> Iterator[str]:
    """Values, those that are longer than a text may be in pieces."""
    for value in values:
        if len(value) <= _MOST:
            yield value
        else:
            yield from (value[start : start + _MOST] for start in range(0, len(value), _MOST))


def _names(left: dict[str, list[str]], shown: str) -> Iterator[ListedName]:
    for key, (kind, quality) in _NAMES.items():
        note = key if key == "abbreviation" else None
        for text in left.pop(key, []):
            if key != "name" or text != shown:
                yield ListedName(text=text, lang=_language(text), kind=kind, quality=quality, note=note)
    for key in _NAME_PARTS:
        for text in left.pop(key, []):
            yield ListedName(text=text, lang=_language(text), kind="name-part", note=key)


def _language(name: str) -> str | None:
    """The tag of a name that is not wholly in Latin letters: of one that is, it would say nothing."""
    if name.isascii():
        return None  # Latin, or no letters
    tag = language_of(name)
    return None if tag == "und-Latn" else tag


def _is_date(value: str) -> bool:
    try:
        dates.bounds(value)
    except ValueError:
        return False
    return True


def time(value: str) -> Time:
    """A date of FollowTheMoney (a beginning of ISO 8601) in EDTF; of a time of day only the day, beside its words."""
    if _is_date(value):
        return value
    day = value[:10]
    return When(date=day, said=value) if value[10:11] == "T" and _is_date(day) else When(said=value)
