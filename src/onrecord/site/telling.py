"""Words for people: days, times, amounts, the names of properties and concepts, and how a text is to be set."""

import re
import unicodedata
from collections.abc import Mapping

from onrecord.documents.document import Tree, Value

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(-?\d{4,})-(\d\d)")
_NAMES = {
    "about": "About",
    "altLabel": "Other names",
    "asSaid": "As said",
    "birth": "Born",
    "called": "Called there",
    "conflictOver": "About",
    "designee": "Who",
    "exact": "Words",
    "entryOf": "List",
    "hadPrimarySource": "Source",
    "hasPlace": "Place",
    "isAcquiredAsConsequenceOf": "Began by",
    "isComplete": "Complete",
    "isLostAsConsequenceOf": "Ended by",
    "labels": "Name",
    "listReference": "Reference",
    "listedPosition": "Position, as listed",
    "mentionedAs": "Mentions",
    "nameForm": "Forms of the name",
    "onList": "On the list",
    "participantRole": "As",
    "participation": "Who took part",
    "particular": "Other particulars",
    "statusIn": "In",
    "snapshotOf": "Of the list",
    "subEventOf": "Part of",
    "textLength": "Length of the text, in characters",
    "textSha256": "SHA-256 of the text",
    "wasAttributedTo": "By",
    "wasDerivedFrom": "Source",
    "wasQuotedFrom": "Quoted from",
    "wholeAddress": "Address",
    "withStatus": "Designated as",
}


def name_of(key: str) -> str:
    """A key of a document in plain words: `carriedOutBy` → Carried out by."""
    found = _NAMES.get(key)
    if found is None:
        local = key.replace("#", "/").rsplit("/", 1)[-1]
        plain = "".join(f" {char.lower()}" if char.isupper() else char for char in local).strip()
        found = plain[:1].upper() + plain[1:]
    return found


def words(concept: str) -> str:
    """A concept or a class in plain words: `not-listed` → not listed; `act-kind.ruling` → ruling."""
    local = concept.rsplit("/", 1)[-1].rsplit(":", maxsplit=1)[-1].rsplit(".", 1)[-1]
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local)
    return (spaced.replace("-", " ") if spaced == local else spaced).lower()


def day(date: str) -> str:
    """A date as it is written in English: `2025-04-17` → 17 April 2025. Other forms of EDTF stay as they are."""
    whole = _DAY.fullmatch(date)
    if whole and 1 <= int(whole[2]) <= 12:
        return f"{int(whole[3])} {_MONTHS[int(whole[2]) - 1]} {whole[1]}"
    month = _MONTH.fullmatch(date)
    if month and 1 <= int(month[2]) <= 12:
        return f"{_MONTHS[int(month[2]) - 1]} {month[1]}"
    return date


def time(tree: Mapping[str, Value]) -> str:
    """A time of a document: what is known of it, else what was said."""
    edtf = text(tree.get("edtf"))
    if edtf:
        return day(edtf) if not edtf.endswith(("~", "?", "%")) else f"about {edtf.rstrip('~?%')}"
    first, last = text(tree.get("earliest")), text(tree.get("latest"))
    if first and last:
        return f"between {day(first)} and {day(last)}"
    if first or last:
        return f"{day(first)} or later" if first else f"{day(last)} or earlier"
    said = said_words(tree)
    return f"“{said}”" if said else "at a time that no source dates"


def is_curated_time(tree: Mapping[str, Value]) -> bool:
    """Whether curators have dated it."""
    return "curated" in (tree.get("earliestBasis"), tree.get("latestBasis"))


def said_words(tree: Mapping[str, Value]) -> str:
    """How a source says it, of a time or an amount."""
    said = tree.get("asSaid")
    return ", ".join(text(each) for each in said.values()) if isinstance(said, dict) else ""


def amount(tree: Mapping[str, Value]) -> str:
    """An amount of a document: almost 20 years."""
    least, most, exact = (text(tree.get(key)) for key in ("minValue", "maxValue", "value"))
    unit = words(text(tree.get("unit")))
    number = exact or (f"{least} to {most}" if least and most else f"{least} or more" if least else most)
    qualifier = words(text(tree.get("qualifier")))
    if unit and number not in ("1", "") and unit != "people":
        unit = {"person": "people", "month": "months"}.get(unit, f"{unit}s")
    told = [qualifier if qualifier != "exactly" else "", number, unit]
    return " ".join(filter(None, told)) or said_words(tree)


def text(value: "Value | None") -> str:
    """A value that is a text, several with a comma between them; "" for none."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(text(each) for each in value)
    if isinstance(value, dict):
        return text(value.get("label", value.get("id", "")))
    return str(value).lower() if isinstance(value, bool) else str(value)


def items(value: "Value | None") -> list[Value]:
    """A value as a list: of none, one or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def trees(value: "Value | None") -> list[Tree]:
    """The nodes among values."""
    return [each for each in items(value) if isinstance(each, dict)]


def days_in(sentence: str) -> str:
    """A sentence of the data with its days as they are written in English."""
    return _DAY.sub(lambda found: day(found[0]), sentence)


def direction(written: str) -> str:
    """`rtl` for a text that begins from the right, `ltr` for one that so begins and is mostly set from the left: a name
    in Arabic letters with its transcriptions; else "" (https://www.unicode.org/reports/tr9/, P2, HL1)."""
    if written.isascii():
        return ""
    strong = [kind for kind in map(unicodedata.bidirectional, written) if kind in ("L", "R", "AL")]
    if not strong or strong[0] == "L":
        return ""
    return "ltr" if 2 * strong.count("L") > len(strong) else "rtl"
