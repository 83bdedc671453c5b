"""The Specially Designated Nationals List of OFAC, as the three CSV files of its old format.

The columns: https://ofac.treasury.gov/sdn-list/sdn-data-formats. The files have no header and do not say of which day
they are. A remark may be cut off at 1,000 characters (OFAC puts the rest into SDN_COMMENTS.CSV, which is not read).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.facts.document import Registry
from onrecord.facts.entities import DesignationList, Organization
from onrecord.facts.fields import Span
from onrecord.facts.listings import Address, Entry, ListedName, Particular
from onrecord.findings import Finding, Place
from onrecord.importers.ofac.remarks import cut_off, told
from onrecord.importers.ofac.tables import Line, lines
from onrecord.importers.ofac.words import words
from onrecord.importers.result import Given, Imported, Importer, Input, Row, snapshot_source

_KINDS = {"": "organization", "individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
_ALIASES = {"aka": "also-known-as", "fka": "formerly-known-as", "nka": "now-known-as"}
_OF_VESSELS = ("Call_Sign", "Vess_type", "Tonnage", "GRT", "Vess_flag", "Vess_owner")
_NUMBER = re.compile(r"[0-9]{1,20}")
_TITLE = "OFAC Specially Designated Nationals and Blocked Persons List"


@dataclass
class _Beside:
    """What the aliases and addresses say of each entry, by its number, and which lines they came from."""

    names: dict[str, list[ListedName]] = field(default_factory=dict)
    addresses: dict[str, list[Address]] = field(default_factory=dict)
    named: list[tuple[str, Place]] = field(default_factory=list)


def read(given: Given) -> list[Imported] | Finding:
    """The snapshot in SDN.CSV, with the aliases of ALT.CSV and the addresses of ADD.CSV where they are given."""
    if given.as_of is None:
        message = "the list does not say of which day it is"
        return _broken(Place(given.main.name), "no-date", message, "say it: --as-of 2019-01-15")
    main = given.main
    found = list(lines(main.name, main.text, 12))
    if not any(isinstance(line, Line) for line in found):
        message = "no row has the 12 columns of SDN.CSV" if found else "the file is empty"
        return Finding(
            Place(main.name, 1, 1), "violation", "not-this-list", message, "give OFAC's SDN.CSV", broken=True
        )
    source = snapshot_source(given, "ofac-sdn", "us-treasury-ofac", _TITLE, given.as_of)
    imported = Imported(source=source, registry=REGISTRY)
    beside = _beside(given, imported)
    evidence = words(main.text, [line for line in found if isinstance(line, Line)])
    for line in found:
        made = line if isinstance(line, Finding) else _entry(main.name, line, beside, evidence)
        if isinstance(made, Finding):
            imported.faults.append(made)
            imported.lost += 1
        else:
            imported.rows.append(made)
    _orphans(imported, beside)
    cut = [line.cells[0] for line in found if isinstance(line, Line) and cut_off(line.cells[11])]
    if cut:
        message = f"the remarks of {len(cut)} entries are cut off at the end of their column: {', '.join(cut[:5])}"
        hint = "OFAC has the rest in SDN_COMMENTS.CSV, which is not read"
        imported.faults.append(Finding(Place(main.name), "info", "remarks-cut-off", message, hint))
    return [imported]


def _entry(name: str, line: Line, beside: _Beside, evidence: dict[int, str | Span]) -> Row | Finding:
    number, listed, kind, programmes, title, *_ = line.cells
    place = Place(name, line.number, 1)
    if not _NUMBER.fullmatch(number):
        return _broken(place, "no-reference", f"the entry's number is {number or 'missing'}", "it is digits")
    if not listed:
        return _broken(place, "no-name", f"the entry {number} has no name", "correct the row")
    if kind not in _KINDS:
        return _broken(place, "unknown-kind", f"the entry {number} is of an unknown type: {kind}", _known(_KINDS))
    said = told(line.cells[11])
    vessel = zip(_OF_VESSELS, line.cells[5:11], strict=True)
    return Row(
        Entry(
            reference=number,
            kind=_KINDS[kind],
            name=listed,
            names=beside.names.get(number, []) + said.names,
            programmes=[one for one in programmes.split("] [") if one],
            births=said.births,
            birth_places=said.birth_places,
            nationalities=said.nationalities,
            citizenships=said.citizenships,
            gender=said.gender,
            positions=[title] if title else [],
            addresses=beside.addresses.get(number, []),
            papers=said.papers,
            remarks=said.remarks,
            particulars=[*(Particular(what=what, value=value) for what, value in vessel if value), *said.particulars],
            words=evidence.get(line.offset),
        ),
        place,
    )


def _broken(place: Place, code: str, message: str, hint: str) -> Finding:
    return Finding(place, "violation", code, message, hint, broken=True)


def _known(kinds: dict[str, str]) -> str:
    return f"known are {', '.join(filter(None, kinds))}"


# ── Aliases and addresses ────────────────────────────────────────────────────────────────────────────────────────────


def _beside(given: Given, imported: Imported) -> _Beside:
    found = _Beside()
    for option, file, columns, take in (
        ("aliases", "ALT.CSV", 5, _alias),
        ("addresses", "ADD.CSV", 6, _address),
    ):
        companion = given.beside.get(option)
        if companion is None:
            message = f"the {option} were not given: they are not in what is imported"
            place = Place(given.main.name)
            imported.faults.append(Finding(place, "info", f"no-{option}", message, f"--{option} {file} adds them"))
            continue
        for line in _rows(companion, columns, imported):
            place = Place(companion.name, line.number, 1)
            fault = take(line, place, found, imported.left)
            if fault is not None:
                imported.faults.append(fault)
            else:
                found.named.append((line.cells[0], place))
    return found


def _rows(file: Input, columns: int, imported: Imported) -> Iterator[Line]:
    for line in lines(file.name, file.text, columns):
        if isinstance(line, Finding):
            imported.faults.append(line)
        else:
            yield line


def _alias(line: Line, place: Place, found: _Beside, left: Counter[str]) -> Finding | None:
    number, own, kind, name, remarks = line.cells
    if not name:
        return _broken(place, "no-name", f"an alias of the entry {number} has no name", "correct the row")
    if kind not in _ALIASES:
        message = f"an alias of the entry {number} is of an unknown type: {kind or 'none'}"
        return _broken(place, "unknown-kind", message, _known(_ALIASES))
    alias = ListedName(text=name, kind=_ALIASES[kind], note=remarks or None)
    found.names.setdefault(number, []).append(alias)
    left["alt_num"] += own != ""
    return None


def _address(line: Line, place: Place, found: _Beside, left: Counter[str]) -> Finding | None:
    """An address. City, state, province and postal code share a column: what it says stays in one piece."""
    number, own, street, rest, country, remarks = line.cells
    left["add_num"] += own != ""
    if not (street or rest or country or remarks):
        return None  # the file has a row for each entry, also where no address is known
    whole = ", ".join(filter(None, (street, rest))) if rest else None
    address = Address(street=street or None, whole=whole, country=country or None, note=remarks or None)
    found.addresses.setdefault(number, []).append(address)
    return None


def _orphans(imported: Imported, beside: _Beside) -> None:
    """Aliases and addresses of entries that the list does not have: each a fault."""
    known = {row.entry.reference for row in imported.rows}
    for number, place in beside.named:
        if number not in known:
            message = f"this row is of the entry {number or 'without number'}, which the list does not have"
            imported.faults.append(_broken(place, "no-such-entry", message, "give the three files of one day"))


REGISTRY = Registry(
    registry="The list of the Office of Foreign Assets Control, and who keeps it.",
    curated="What the list is and who keeps it: https://ofac.treasury.gov/specially-designated-nationals-list-sdn-list",
    organizations=[
        Organization(id="united-states", kind="state", name="United States", code="US"),
        Organization(
            id="us-treasury-ofac",
            kind="government-body",
            name="Office of Foreign Assets Control (OFAC), U.S. Department of the Treasury",
            state="united-states",
        ),
    ],
    lists=[
        DesignationList(
            id="ofac-sdn",
            kind="sanctioned-party",
            name=_TITLE,
            jurisdiction="united-states",
            authority="us-treasury-ofac",
        )
    ],
)

IMPORTER = Importer(
    title=_TITLE,
    summary="SDN.CSV of the US Treasury's Office of Foreign Assets Control, with ALT.CSV and ADD.CSV beside it.",
    example="kg import ofac-sdn SDN.CSV --aliases ALT.CSV --addresses ADD.CSV --as-of 2019-01-15",
    read=read,
    beside={"aliases": "The file of further names: ALT.CSV.", "addresses": "The file of addresses: ADD.CSV."},
    needs_as_of=True,
)
