"""One entry of the UN list, field by field. An element that is not known here is counted, and so is what is left of one
that is: nothing is dropped in silence."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from onrecord.facts.fields import Time, When
from onrecord.facts.listings import Address, Entry, IdentityPaper, ListedName, Particular
from onrecord.findings import Finding
from onrecord.importers.scripts import language_of
from onrecord.importers.un_dates import birth, day
from onrecord.importers.xml import Element

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ALIASES = {
    "GOOD": ("also-known-as", "good"),
    "LOW": ("also-known-as", "low"),
    "A.K.A.": ("also-known-as", None),
    "F.K.A.": ("formerly-known-as", None),
    "": ("also-known-as", None),
}
"""The kind and the quality of a name, by what the list calls its quality."""
_ADDRESS = {
    "STREET": "street", "CITY": "city", "STATE_PROVINCE": "region", "ZIP_CODE": "postcode", "COUNTRY": "country",
    "NOTE": "note",
}  # fmt: skip
_BIRTH = ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")
_BORN = ("DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")
_PAPER = (
    "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "CITY_OF_ISSUE",
    "DATE_OF_ISSUE", "NOTE",
)  # fmt: skip


def entry_of(element: Element, kind: str, words: str | None, left: Counter[str], faults: list[Finding]) -> Entry | None:
    """The entry in an element, or None where it has no reference or no name.

    What is wrong with it is added to `faults`, and what has no place in an entry to `left`.
    """
    draft = _Draft(element, left, faults, Entry(reference="?", kind=kind, name="?", words=words))
    for child in element.children:
        take = _FIELDS.get(child.tag)
        if take is None:
            draft.leave(child)
        else:
            take(draft, child)
    if element.text:
        left[element.tag] += 1
    entry = draft.entry
    entry.reference = draft.texts.get("REFERENCE_NUMBER", "")
    entry.name = " ".join(filter(None, (draft.texts.get(name, "") for name in _NAMES)))
    for value, code, what in ((entry.reference, "no-reference", "reference"), (entry.name, "no-name", "name")):
        if not value:
            message = f"the entry {entry.reference or entry.name} has no {what}: it is left out"
            faults.append(Finding(element.place, "violation", code, message, "ask the list's publisher", broken=True))
            return None
    return entry


def _flat(element: Element) -> str:
    """The text of an element, with one space for any white space within it."""
    return " ".join(element.text.split())


@dataclass
class _Draft:
    """An entry under way, with the texts of elements that make up a field together."""

    element: Element
    left: Counter[str]
    faults: list[Finding]
    entry: Entry
    texts: dict[str, str] = field(default_factory=dict)

    def leave(self, element: Element, path: str = "") -> None:
        """Count what has no place in the model."""
        self.left.update(where for where, _ in element.leaves(f"{self.element.tag}{path}"))

    def whole(self, element: Element) -> str:
        """The text of an element that has nothing else in it."""
        for child in element.children:
            self.leave(child, f"/{element.tag}")
        return _flat(element)

    def parts(self, element: Element, known: tuple[str, ...]) -> dict[str, str]:
        """The texts in an element by the names of its children. What is not known, or is given again, is counted."""
        found: dict[str, str] = {}
        for child in element.children:
            if child.tag not in known or (child.tag in found and _flat(child)):
                self.leave(child, f"/{element.tag}")
            elif text := self.whole(child):
                found[child.tag] = text
        if element.text:
            self.left[f"{self.element.tag}/{element.tag}"] += 1
        return found

    def listed(self, element: Element) -> list[Element]:
        """The values in an element that has a <VALUE> for each."""
        values = [child for child in element.children if child.tag == "VALUE" and child.text and not child.children]
        for child in element.children:
            if child.tag != "VALUE" or child.children:
                self.leave(child, f"/{element.tag}")
        if element.text:
            self.left[f"{self.element.tag}/{element.tag}"] += 1
        return values

    def doubt(self, element: Element, message: str) -> None:
        """Say that something in the list is odd, and that it was kept as it is."""
        name = self.texts.get("REFERENCE_NUMBER") or "the entry"
        self.faults.append(Finding(element.place, "warning", "date", f"{name}: {message}", "its words are kept"))


def _text(draft: _Draft, element: Element) -> None:
    text = draft.whole(element)
    if text and element.tag in draft.texts:
        draft.leave(element)
    elif text:
        draft.texts[element.tag] = text


def _gender(draft: _Draft, element: Element) -> None:
    text = draft.whole(element)
    if text and draft.entry.gender:
        draft.leave(element)
    elif text:
        draft.entry.gender = text


def _comment(draft: _Draft, element: Element) -> None:
    if draft.whole(element):
        draft.entry.remarks.append(element.text)  # with its own lines


def _programme(draft: _Draft, element: Element) -> None:
    if text := draft.whole(element):
        draft.entry.programmes.append(text)


def _particular(draft: _Draft, element: Element) -> None:
    if text := draft.whole(element):
        draft.entry.particulars.append(Particular(what=element.tag, value=text))


def _list_type(draft: _Draft, element: Element) -> None:
    values = (_flat(child) for child in draft.listed(element))
    draft.entry.particulars += (Particular(what=element.tag, value=value) for value in values)


def _titles(draft: _Draft, element: Element) -> None:
    draft.entry.titles += (_flat(child) for child in draft.listed(element))


def _positions(draft: _Draft, element: Element) -> None:
    draft.entry.positions += (_flat(child) for child in draft.listed(element))


def _nationalities(draft: _Draft, element: Element) -> None:
    draft.entry.nationalities += (_flat(child) for child in draft.listed(element))


def _updated(draft: _Draft, element: Element) -> None:
    for child in draft.listed(element):
        date = day(_flat(child))
        if date:
            draft.entry.updated.append(date)
        else:
            draft.doubt(child, f"{element.tag} is no date: {_flat(child)}")
            draft.entry.particulars.append(Particular(what=element.tag, value=_flat(child)))


def _time(draft: _Draft, element: Element) -> Time | None:
    text = draft.whole(element)
    if not text:
        return None
    date = day(text)
    if not date:
        draft.doubt(element, f"{element.tag} is no date: {text}")
    return date or When(said=text)


def _listed_on(draft: _Draft, element: Element) -> None:
    if draft.entry.listed is None:
        draft.entry.listed = _time(draft, element)
    else:
        draft.leave(element)


def _delisted_on(draft: _Draft, element: Element) -> None:
    if draft.entry.delisted is None:
        draft.entry.delisted = _time(draft, element)
    else:
        draft.leave(element)


def _original(draft: _Draft, element: Element) -> None:
    if text := draft.whole(element):
        draft.entry.names.append(ListedName(text=text, lang=language_of(text), kind="original-script"))


def _alias(draft: _Draft, element: Element) -> None:
    parts = draft.parts(element, ("QUALITY", "ALIAS_NAME", "NOTE", *_BORN))
    name, quality = parts.get("ALIAS_NAME"), parts.get("QUALITY", "")
    if name is None:
        draft.left.update(f"{draft.element.tag}/{element.tag}/{tag}" for tag in parts)
        return
    kind, grade = _ALIASES.get(quality.upper(), ("also-known-as", None))
    notes = [parts.get("NOTE", "")]
    notes += (f"{tag} {parts[tag]}" for tag in _BORN if tag in parts)
    if quality.upper() not in _ALIASES:
        notes.append(f"QUALITY {quality}")
    script = language_of(name)
    draft.entry.names.append(
        ListedName(
            text=name,
            lang=None if script == "und-Latn" else script,
            kind=kind,
            quality=grade,
            note="; ".join(filter(None, notes)) or None,
        )
    )


def _address(draft: _Draft, element: Element) -> Address | None:
    parts = draft.parts(element, tuple(_ADDRESS))
    return Address(**{_ADDRESS[tag]: text for tag, text in parts.items()}) if parts else None


def _home(draft: _Draft, element: Element) -> None:
    if address := _address(draft, element):
        draft.entry.addresses.append(address)


def _birth_place(draft: _Draft, element: Element) -> None:
    if address := _address(draft, element):
        draft.entry.birth_places.append(address)


def _birth(draft: _Draft, element: Element) -> None:
    parts = draft.parts(element, _BIRTH)
    date = birth(parts)
    if date is not None:
        draft.entry.births.append(date)


def _paper(draft: _Draft, element: Element) -> None:
    parts = draft.parts(element, _PAPER)
    if not parts:
        return
    first, second = (parts.get(tag, "") for tag in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2"))
    kinds = [first] if second.casefold() == first.casefold() else [first, second]
    issuer, place = parts.get("ISSUING_COUNTRY"), parts.get("COUNTRY_OF_ISSUE")
    notes = [parts.get("NOTE")]
    if issuer and place and place != issuer:
        notes.append(f"COUNTRY_OF_ISSUE {place}")
    draft.entry.papers.append(
        IdentityPaper(
            kind="; ".join(filter(None, kinds)) or "document",
            number=parts.get("NUMBER"),
            country=issuer or place,
            city=parts.get("CITY_OF_ISSUE"),
            issued=parts.get("DATE_OF_ISSUE"),
            note="; ".join(filter(None, notes)) or None,
        )
    )


_FIELDS: dict[str, Callable[[_Draft, Element], None]] = {
    **dict.fromkeys(("REFERENCE_NUMBER", *_NAMES), _text),
    **dict.fromkeys(
        ("DATAID", "VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "SUBMITTED_BY", "SUBMITTED_ON"), _particular
    ),
    "NAME_ORIGINAL_SCRIPT": _original,
    "UN_LIST_TYPE": _programme,
    "LIST_TYPE": _list_type,
    "LISTED_ON": _listed_on,
    "DELISTED_ON": _delisted_on,
    "GENDER": _gender,
    "COMMENTS1": _comment,
    "TITLE": _titles,
    "DESIGNATION": _positions,
    "NATIONALITY": _nationalities,
    "LAST_DAY_UPDATED": _updated,
    **dict.fromkeys(("INDIVIDUAL_ALIAS", "ENTITY_ALIAS"), _alias),
    **dict.fromkeys(("INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS"), _home),
    "INDIVIDUAL_DATE_OF_BIRTH": _birth,
    "INDIVIDUAL_PLACE_OF_BIRTH": _birth_place,
    "INDIVIDUAL_DOCUMENT": _paper,
}
"""What takes each element of an entry."""
