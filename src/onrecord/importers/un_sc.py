"""The Consolidated List of the United Nations Security Council.

Its XML, and what its parts mean: https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list
"""

import re
from collections import Counter

from onrecord.facts.document import Registry
from onrecord.facts.entities import DesignationList, Organization
from onrecord.findings import Finding, Place
from onrecord.importers.result import Given, Imported, Importer, Row, snapshot_source
from onrecord.importers.un_dates import day
from onrecord.importers.un_entry import entry_of
from onrecord.importers.xml import Element, parsed

LIST = "un-sc"
TITLE = "United Nations Security Council Consolidated List"
_SECTIONS = {"INDIVIDUALS": ("INDIVIDUAL", "person"), "ENTITIES": ("ENTITY", "organization")}
_MOST_WORDS = 12
"""As many words as a dataset quotes at the most, unless its kg.toml says otherwise."""

REGISTRY = Registry(
    registry="The United Nations Security Council and its list",
    organizations=[
        Organization(id="united-nations", kind="organization", name="United Nations", code="UN"),
        Organization(
            id="un-security-council",
            kind="organization",
            name="United Nations Security Council",
            part_of="united-nations",
        ),
    ],
    lists=[
        DesignationList(
            id=LIST,
            kind="sanctioned-party",
            name=TITLE,
            jurisdiction="united-nations",
            authority="un-security-council",
        )
    ],
)


def read(given: Given) -> list[Imported] | Finding:
    """The snapshot in a file of the list's XML: its day is that of `dateGenerated`, unless `as_of` says another.

    Of a file that lacks a section, the individuals or the entities, nobody can say that it is the whole list.
    """
    root = parsed(given.main)
    if isinstance(root, Finding):
        return root
    if root.tag != "CONSOLIDATED_LIST":
        message = f"the file begins with <{root.tag}>, and the UN's list with <CONSOLIDATED_LIST>"
        return _finding(root.place, "not-the-list", message, "name the list that it is: kg import shows them")
    stated = day(root.attributes.get("dateGenerated", ""))
    as_of = given.as_of or stated
    if not as_of:
        message = "the list does not say of which day it is: `dateGenerated` is missing, or no date"
        return _finding(root.place, "no-date", message, "say it with --as-of")
    source = snapshot_source(given, LIST, "un-security-council", TITLE, as_of)
    imported = Imported(source, REGISTRY)
    if stated and stated != as_of:
        message = f"the file says that it is of {stated}; --as-of makes it {as_of}"
        imported.faults.append(Finding(root.place, "warning", "as-of", message, "leave --as-of out"))
    elements = _Elements(given.main.text, given.main.text.encode("utf-8"))
    for section in root.children:
        _read_section(section, elements, imported)
    for name in sorted(_SECTIONS.keys() - {section.tag for section in root.children}):
        message = f"the file has no <{name}>: who would stand there may be on the list all the same"
        imported.faults.append(Finding(root.place, "warning", "no-section", message, "get the whole list"))
        assert source.snapshot is not None
        source.snapshot.complete = False
    return [imported]


def _read_section(section: Element, elements: "_Elements", imported: Imported) -> None:
    wanted, kind = _SECTIONS.get(section.tag, ("", ""))
    imported.left.update(f"{section.tag}/@{name}" for name in section.attributes)
    for element in section.children:
        imported.left.update(element.marked())  # the list has its attributes on its root only
        if element.tag == wanted:
            made = entry_of(element, kind, elements.words(element), imported.left, imported.faults)
            if made is None:
                imported.lost += 1
            else:
                imported.rows.append(Row(made, element.place))
            continue
        imported.lost += 1
        imported.left.update(path for path, _ in element.leaves(section.tag))
        message = f"<{section.tag}> has <{element.tag}>, which is not imported"
        hint = "what the list has in it is missing in the snapshot"
        imported.faults.append(_finding(element.place, "unknown-element", message, hint))
    if section.text:
        imported.left[section.tag] += 1


def _finding(place: Place, code: str, message: str, hint: str) -> Finding:
    return Finding(place, "violation", code, message, hint, broken=True)


class _Elements:
    """The text of a file by the bytes of its elements, and which references stand in it once."""

    def __init__(self, text: str, data: bytes) -> None:
        self._data = data
        found = re.findall(r"<REFERENCE_NUMBER>[^<]*</REFERENCE_NUMBER>", text)
        self._counts = Counter(found)

    def words(self, element: Element) -> str | None:
        """The exact words of the file that pin an entry down: its reference and its date, or its reference alone."""
        own = {child.tag: child for child in reversed(element.children)}
        first, last = own.get("REFERENCE_NUMBER"), own.get("LISTED_ON")
        if first is None or self._counts[self._slice(first.start, first.end)] != 1:
            return None
        if last is not None and last.text and first.start < last.start:
            words = self._slice(first.start, last.end)
            if len(words.split()) <= _MOST_WORDS:
                return words
        return self._slice(first.start, first.end)

    def _slice(self, start: int, end: int) -> str:
        closing = self._data.find(b">", end) + 1
        return self._data[start:closing].decode("utf-8")


IMPORTER = Importer(
    title=TITLE,
    summary="The XML file that the United Nations publish; it says itself of which day it is.",
    example="kg import un-sc consolidated.xml",
    read=read,
)
