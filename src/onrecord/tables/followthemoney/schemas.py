"""Which schema of FollowTheMoney a class is, and which properties of the schemas take numbers of papers."""

SCHEMAS = {
    "Agent": "LegalEntity",
    "Aircraft": "Airplane",
    "Alliance": "Organization",
    "ArmedGroup": "Organization",
    "Company": "Company",
    "Court": "PublicBody",
    "Forum": "Organization",
    "Foundation": "Organization",
    "GovernmentBody": "PublicBody",
    "Ministry": "PublicBody",
    "NewsOutlet": "Organization",
    "Organization": "Organization",
    "Person": "Person",
    "Platform": "Organization",
    "PoliticalParty": "Organization",
    "State": "PublicBody",
    "Vessel": "Vessel",
}
"""Groups of people are none: that several unnamed ones are meant can be said of no schema."""

_LEGAL = frozenset(
    (
        *("registrationNumber", "idNumber", "taxNumber", "licenseNumber", "vatCode", "bvdId", "uscCode", "icijId"),
        *("okpoCode", "innCode", "ogrnCode", "leiCode", "dunsCode", "uniqueEntityId", "npiCode", "swiftBic"),
        "wikidataId",
    )
)
_ORGANIZATION = _LEGAL | {"cageCode", "permId", "imoNumber"}
NUMBERS = {
    "LegalEntity": _LEGAL,
    "Person": _LEGAL | {"passportNumber", "socialSecurityNumber"},
    "Organization": _ORGANIZATION,
    "PublicBody": _ORGANIZATION,
    "Company": _ORGANIZATION | {"voenCode", "irsCode", "jibCode", "kppCode", "bikCode"},
    "Vessel": frozenset({"imoNumber", "crsNumber", "callSign", "mmsi", "registrationNumber", "wikidataId"}),
    "Airplane": frozenset({"serialNumber", "registrationNumber", "wikidataId"}),
}
"""The properties that take a number, by their schema."""
NAME_PARTS = frozenset(("firstName", "secondName", "middleName", "fatherName", "motherName", "lastName", "nameSuffix"))
LEGAL = frozenset({"LegalEntity", "Person", "Organization", "PublicBody", "Company"})
"""The schemas that may hold papers."""
