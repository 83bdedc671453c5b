"""The UN Security Council's list: every element of its XML becomes a field, a count, or a finding."""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import Kg
from onrecord.facts.document import Document
from onrecord.facts.fields import When
from onrecord.facts.listings import Address, IdentityPaper, ListedName, Particular
from onrecord.findings import Finding
from onrecord.importers import IMPORTERS, Given, Imported, Input, decoded, finished, written, xml
from onrecord.importers.scripts import language_of
from onrecord.readers import read
from un_lists import ALDA, BORIS, born, listed

_SHARED = ("un-sc-2020-11-30.xml", "un-sc-2026-02-27.xml")


def imported(text: str | bytes, as_of: str | None = None, *, replace: bool = False) -> Imported | Finding:
    data = text.encode() if isinstance(text, str) else text
    file = decoded("list.xml", data, replace=replace)
    if isinstance(file, Finding):
        return file
    made = IMPORTERS["un-sc"].read(Given(file, {}, as_of))
    if isinstance(made, Finding):
        return made
    (snapshot,) = made
    nothing = finished(snapshot)
    return snapshot if nothing is None else nothing


def whole(text: str, as_of: str | None = None) -> Imported:
    made = imported(text, as_of)
    assert isinstance(made, Imported), made
    return made


def test_every_element_has_its_place() -> None:
    made = whole(listed())
    assert (made.left, made.faults, made.lost) == (Counter(), [], 0)
    alda, boris, front = made.entries
    assert (alda.reference, alda.kind, alda.name) == ("NFi.001", "person", "ALDA VON HARBOUR")
    assert (alda.listed, alda.programmes, alda.updated) == ("2009-05-04", ["Northern Front"], ["2011-01-02"])
    assert alda.names == [
        ListedName(text="Альда", lang="und-Cyrl", kind="original-script"),
        ListedName(text="Aldi", kind="also-known-as", quality="good"),
        ListedName(
            text="A.",
            kind="also-known-as",
            quality="low",
            note="in a letter; DATE_OF_BIRTH 1960-01-01; CITY_OF_BIRTH Szohod",
        ),
    ]
    assert (alda.births, alda.birth_places) == (["1963~"], [Address(city="Szohod")])
    assert (alda.titles, alda.positions, alda.nationalities) == (["Dr."], ["Speaker", "Treasurer"], ["Borduria"])
    assert (alda.gender, alda.remarks) == ("Female", ["First line.\nSecond line."])
    assert alda.addresses == [
        Address(street="1 Quay", city="Szohod", region="Coast", postcode="0042", country="Borduria", note="as of 2010")
    ]
    assert alda.papers == [
        IdentityPaper(
            kind="Passport; service passport",
            number="007",
            country="Borduria",
            city="Klow",
            issued="1 Jan. 2001",
            note="expired; COUNTRY_OF_ISSUE Syldavia",
        )
    ]
    assert alda.particulars == [
        Particular(what="DATAID", value="1"),
        Particular(what="VERSIONNUM", value="1"),
        Particular(what="SUBMITTED_BY", value="Borduria"),
        Particular(what="LIST_TYPE", value="UN List"),
    ]
    assert (boris.listed, front.kind, front.delisted) == ("2010-06-07", "organization", "2015-08-09")
    assert [(n.text, n.kind, n.quality, n.lang) for n in front.names] == [
        ("Southern Front", "formerly-known-as", None, None),
        ("الجبهة الشمالية", "also-known-as", None, "und-Arab"),
    ]


def test_the_snapshot_is_of_the_day_in_the_offset_that_it_is_written_with() -> None:
    source = whole(listed()).source
    assert source.snapshot is not None
    assert (source.id, source.snapshot.as_of, source.snapshot.complete) == ("un-sc-2016-01-31", "2016-01-31", True)
    assert (source.kind, source.site, source.text.chars) == ("list-snapshot", "un-security-council", len(listed()))


def test_another_day_is_taken_from_a_person_and_said() -> None:
    made = whole(listed(), "2016-02-01")
    assert made.source.id == "un-sc-2016-02-01"
    assert [(f.severity, f.code) for f in made.faults] == [("warning", "as-of")]
    assert "2016-01-31" in made.faults[0].message
    assert whole(listed(), "2016-01-31").faults == []


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-07-17</DATE>", "1964-07-17"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-07-17-05:00</DATE>", "1964-07-17"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1964</YEAR>", "1964"),
        ("<YEAR>1964</YEAR>", "1964"),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1963</YEAR>", "1963~"),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><DATE>1963-02-03</DATE>", "1963-02-03~"),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1968</FROM_YEAR><TO_YEAR>1973</TO_YEAR>",
            "1968/1973",
        ),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1968</FROM_YEAR><TO_YEAR>1973</TO_YEAR><NOTE>Approximately </NOTE>",
            When(date="1968~/1973~", said="Approximately"),
        ),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1968</FROM_YEAR>",
            When(said="TYPE_OF_DATE BETWEEN; FROM_YEAR 1968", earliest="1968"),
        ),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><TO_YEAR>1973</TO_YEAR>",
            When(said="TYPE_OF_DATE BETWEEN; TO_YEAR 1973", latest="1973"),
        ),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1973</FROM_YEAR><TO_YEAR>1968</TO_YEAR>",
            When(said="TYPE_OF_DATE BETWEEN; FROM_YEAR 1973; TO_YEAR 1968"),
        ),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><NOTE>30-35 years old</NOTE>", When(said="30-35 years old")),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Sep.</NOTE><YEAR>1958</YEAR>", When(date="1958", said="Sep.")),
        (
            "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>2024-02-30</DATE>",
            When(said="TYPE_OF_DATE EXACT; DATE 2024-02-30"),
        ),
        (
            "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-07-17</DATE><YEAR>1965</YEAR>",
            When(date="1964-07-17", said="YEAR 1965"),
        ),
        (
            "<TYPE_OF_DATE>PERHAPS</TYPE_OF_DATE><YEAR>1965</YEAR><NOTE>or so</NOTE>",
            When(said="or so; TYPE_OF_DATE PERHAPS; YEAR 1965"),
        ),
    ],
)
def test_a_date_of_birth_says_no_more_than_the_list(parts: str, date: object) -> None:
    made = whole(listed(born(parts)))
    assert (made.entries[0].births, made.left, made.faults) == ([date], Counter(), [])


def test_an_empty_date_of_birth_is_none() -> None:
    assert whole(listed(born("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE/>"))).entries[0].births == []


UNKNOWN = [
    (BORIS.replace("</DATAID>", "</DATAID><SHOE_SIZE>44</SHOE_SIZE>"), {"INDIVIDUAL/SHOE_SIZE": 1}),
    (BORIS.replace("</DATAID>", "</DATAID><SHOE_SIZE/>"), {}),
    (BORIS.replace("</DATAID>", "</DATAID><A><B>1</B><B>2</B></A>"), {"INDIVIDUAL/A/B": 2}),
    (BORIS.replace("<INDIVIDUAL>", '<INDIVIDUAL secret="1">'), {"INDIVIDUAL/@secret": 1}),
    (BORIS.replace("<DATAID>", "stray<DATAID>"), {"INDIVIDUAL": 1}),
    (ALDA.replace("<STREET>", "<FLOOR>3</FLOOR><STREET>"), {"INDIVIDUAL/INDIVIDUAL_ADDRESS/FLOOR": 1}),
    (ALDA.replace("<STREET>", "<CITY>Klow</CITY><STREET>"), {"INDIVIDUAL/INDIVIDUAL_ADDRESS/CITY": 1}),
    (ALDA.replace("<STREET>", "<STREET unit='b'>"), {"INDIVIDUAL/INDIVIDUAL_ADDRESS/STREET/@unit": 1}),
    (ALDA.replace("<TITLE>", "<TITLE><OTHER>x</OTHER>"), {"INDIVIDUAL/TITLE/OTHER": 1}),
    (ALDA.replace("<ALIAS_NAME/>", "<NOTE>nameless</NOTE>"), {"INDIVIDUAL/INDIVIDUAL_ALIAS/NOTE": 1}),
    (BORIS.replace("</LISTED_ON>", "</LISTED_ON><LISTED_ON>2011-01-01</LISTED_ON>"), {"INDIVIDUAL/LISTED_ON": 1}),
]


@pytest.mark.parametrize(("individual", "left"), UNKNOWN)
def test_what_has_no_place_is_counted_by_its_path(individual: str, left: dict[str, int]) -> None:
    made = whole(listed(individual))
    assert (made.left, len(made.entries), made.lost) == (Counter(left), 2, 0)


@pytest.mark.parametrize("section", ["INDIVIDUALS", "ENTITIES"])
def test_a_file_that_lacks_a_section_is_not_the_whole_list(section: str) -> None:
    made = whole(re.sub(f"  <{section}>.*</{section}>\n", "", listed(), flags=re.DOTALL))
    assert made.source.snapshot is not None
    assert not made.source.snapshot.complete
    assert [(one.code, one.severity, section in one.message) for one in made.faults] == [
        ("no-section", "warning", True)
    ]
    empty = whole(re.sub(f"  <{section}>.*</{section}>\n", f"<{section}/>", listed(), flags=re.DOTALL))
    assert empty.source.snapshot is not None
    assert (empty.source.snapshot.complete, empty.faults) == (True, [])


def test_what_no_section_should_hold_makes_the_snapshot_incomplete() -> None:
    text = listed().replace("</ENTITIES>", "</ENTITIES><VESSELS><VESSEL><NAME>Karaboudjan</NAME></VESSEL></VESSELS>")
    made = whole(text)
    assert made.source.snapshot is not None
    assert (made.lost, made.source.snapshot.complete) == (1, False)
    assert made.left == {"VESSELS/VESSEL/NAME": 1}
    assert [fault.code for fault in made.faults] == ["unknown-element"]


BROKEN: dict[str, tuple[str | bytes, int, str]] = {
    "empty": ("", 1, "empty"),
    "blank": (" \n\n", 1, "empty"),
    "not-xml": ("reference;name\n1;x\n", 1, "no XML"),
    "html": ("<!DOCTYPE html><html></html>", 1, "DTD"),
    "truncated": (listed()[:1500], 21, "no XML"),
    "junk-after": (listed() + "<more/>", 38, "no XML"),
    "wrong-nesting": (listed().replace("</FIRST_NAME>", "</SECOND_NAME>", 1), 5, "no XML"),
    "unknown-entity": (listed().replace("BORIS", "&boris;"), 27, "no XML"),
    "dtd": (listed().replace("?>", '?>\n<!DOCTYPE CONSOLIDATED_LIST SYSTEM "file:///etc/passwd">', 1), 2, "DTD"),
    "internal-entity": (listed().replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1), 1, "DTD"),
    "external-entity": (
        listed().replace("?>", '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1).replace("BORIS", "&a;"),
        1,
        "DTD",
    ),
    "billion-laughs": (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "]><CONSOLIDATED_LIST>&i;</CONSOLIDATED_LIST>",
        1,
        "DTD",
    ),
    "deep": ("<a>" * 100_000, 1, "deep"),
    "huge-text": (listed(BORIS.replace("BORIS", "x" * 1_000_000)), 4, "more than 100,000 characters"),
    "wrong-root": ("<sdnList/>", 1, "CONSOLIDATED_LIST"),
    "no-date": (listed().replace("dateGenerated", "dateMade"), 2, "--as-of"),
    "bad-date-generated": (listed(generated="yesterday"), 2, "--as-of"),
    "impossible-date-generated": (listed(generated="2024-02-30T00:00:00Z"), 2, "--as-of"),
    "no-entries": (listed("", ""), 0, "no entry"),
    "bad-byte": (listed().encode().replace(b"BORIS", b"B\xd6RIS"), 27, "offset"),
    "utf-16": (listed().encode("utf-16"), 1, "UTF-16"),
    "utf-32": (listed().encode("utf-32"), 1, "UTF-32"),
    "nul": (listed().replace("BORIS", "BO\0RIS"), 27, "U+0000"),
    "control": (listed().replace("BORIS", "BO\x8dRIS"), 27, "U+008D"),
    "surrogate": (listed().encode().replace(b"BORIS", b"\xed\xa0\x80"), 27, "not UTF-8"),
    "other-encoding": (listed().replace('"UTF-8"', '"ISO-8859-1"'), 1, "ISO-8859-1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_line_with_its_place(name: str) -> None:
    text, line, said = BROKEN[name]
    made = imported(text)
    assert isinstance(made, Finding)
    assert made.broken
    assert said in made.line()
    assert "\n" not in made.line()
    assert made.place.line == line


def test_more_elements_than_any_list_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "_MOST", 20)
    made = imported(listed())
    assert isinstance(made, Finding)
    assert made.line().startswith("list.xml:13:7: error: the file has more than 20 elements")


# name: (individuals, how many of them stay, code of the fault, its line)
FAULTY = {
    "no-reference": (BORIS.replace("NFi.002", " "), 0, "no-reference", 4),
    "no-reference-element": (re.sub("<REF.*NUMBER>", "", BORIS), 0, "no-reference", 4),
    "no-name": (BORIS.replace("BORIS", ""), 0, "no-name", 4),
    "reference-twice": (BORIS + BORIS.replace("BORIS", "IGOR"), 1, "reference-twice", 6),
    "long-reference": (BORIS.replace("NFi.002", "x" * 201), 0, "length", 4),
    "huge-name": (BORIS.replace("BORIS", "x" * 50_000), 0, "length", 4),
    "huge-comment": (
        BORIS.replace("</DATAID>", f"</DATAID><COMMENTS1>{'x' * 10_001}</COMMENTS1>"),
        0,
        "length",
        4,
    ),
    "control-character": (BORIS.replace("BORIS", "BO&#x8d;RIS"), 0, "character", 4),
    "bad-day": (BORIS.replace("2010-06-07-05:00", "2024-02-30"), 1, "date", 5),
    "bad-update": (
        BORIS.replace("</DATAID>", "</DATAID><LAST_DAY_UPDATED><VALUE>soon</VALUE></LAST_DAY_UPDATED>"),
        1,
        "date",
        4,
    ),
    "unknown-child": (BORIS + "<COMPANY><NAME>x</NAME></COMPANY>", 1, "unknown-element", 6),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_entry_costs_itself_and_no_other(name: str) -> None:
    individuals, stay, code, line = FAULTY[name]
    made = whole(listed(individuals))
    assert [(fault.code, fault.place.line) for fault in made.faults] == [(code, line)]
    assert "\n" not in made.faults[0].line()
    assert [entry.reference for entry in made.entries] == ["NFi.002"] * stay + ["NFe.001"]
    assert made.source.snapshot is not None
    assert made.source.snapshot.complete == (code in {"date", "reference-twice"})


def test_a_date_that_no_calendar_has_stays_in_the_lists_words() -> None:
    made = whole(listed(FAULTY["bad-day"][0] + ALDA))
    assert made.entries[0].listed == When(said="2024-02-30")
    assert made.faults[0].severity == "warning"
    made = whole(listed(FAULTY["bad-update"][0]))
    assert Particular(what="LAST_DAY_UPDATED", value="soon") in made.entries[0].particulars


def test_of_two_entries_with_one_reference_the_first_is_kept() -> None:
    assert whole(listed(FAULTY["reference-twice"][0])).entries[0].name == "BORIS"


def test_what_is_no_utf8_is_replaced_by_leave_and_told() -> None:
    data = listed().encode().replace(b"BORIS", b"B\xd6RI\xff")
    made = imported(data, replace=True)
    assert isinstance(made, Imported)
    another = imported(b"\xd6" * 100_001, replace=True)
    assert isinstance(another, Finding)
    assert "another encoding" in another.message
    assert made.entries[1].name == "B\ufffdRI\ufffd"
    file = decoded("list.xml", data, replace=True)
    assert isinstance(file, Input)
    assert file.replaced == (data.index(b"\xd6"), data.index(b"\xff"))
    assert str(made.entries[1].words) in file.text


@pytest.mark.parametrize("change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n"), lambda t: t])
def test_the_words_of_an_entry_stand_in_the_file_once(change: "type[str]") -> None:
    text = change(listed(ALDA + BORIS + "<!-- NFi.002 -->"))
    made = whole(text)
    assert len(made.entries) == 3
    for entry in made.entries:
        assert isinstance(entry.words, str)
        assert text.count(entry.words) == 1
        assert entry.reference in entry.words
        assert entry.words.startswith("<REFERENCE_NUMBER>")
        assert entry.words.endswith("</LISTED_ON>")


def test_the_words_are_the_reference_alone_where_much_lies_between() -> None:
    text = BORIS.replace("<LISTED_ON>", "<COMMENTS1>" + "word " * 20 + "</COMMENTS1><LISTED_ON>")
    assert whole(listed(text)).entries[0].words == "<REFERENCE_NUMBER>NFi.002</REFERENCE_NUMBER>"
    commented = listed(text) + "<!-- <REFERENCE_NUMBER>NFi.002</REFERENCE_NUMBER> -->"
    assert whole(commented).entries[0].words is None


def test_what_is_written_is_what_is_read() -> None:
    made = whole(listed())
    data = written(made)
    (one,) = read("2016-01-31.jsonl", data)
    assert one.faults == []
    assert isinstance(one.document, Document)
    assert one.document.entries == made.entries
    assert one.document.source == made.source
    assert data.count(b"\n") == 4
    assert "Альда".encode() in data


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("القاعدة", "und-Arab"), ("ﻤﺣﻤﺩ مسعود", "und-Arab"), ("Гучаев", "und-Cyrl"), ("김정은", "und-Hang"),
        ("金铁三", "und-Hani"), ("Ali", "und-Latn"), ("Ali علي", "und"), ("ፍትዊ", "und-Ethi"), ("42", None),
    ],
)  # fmt: skip
def test_a_script_is_told_from_the_letters(text: str, tag: str | None) -> None:
    assert language_of(text) == tag


@pytest.mark.parametrize("name", _SHARED)
def test_the_real_lists_are_imported_whole(shared: Path, name: str) -> None:
    file = shared / "lists" / name
    text = file.read_text(encoding="utf-8")
    made = whole(text)
    assert (made.left, made.faults, made.lost) == (Counter(), [], 0)
    # What follows shares no code with the importer.
    tree = ElementTree.fromstring(text)
    kinds = Counter(entry.kind for entry in made.entries)
    assert kinds == {"person": len(tree.findall(".//INDIVIDUAL")), "organization": len(tree.findall(".//ENTITY"))}
    assert [entry.reference for entry in made.entries] == [
        e.text.strip() for e in tree.iter("REFERENCE_NUMBER") if e.text
    ]
    assert sum(len(e.updated) for e in made.entries) == len(
        re.findall("<LAST_DAY_UPDATED>|<VALUE>[0-9-]+</VALUE>", text)
    ) - len(tree.findall(".//LAST_DAY_UPDATED"))
    names = [e for tag in ("ALIAS_NAME", "NAME_ORIGINAL_SCRIPT") for e in tree.iter(tag) if (e.text or "").strip()]
    assert sum(len(e.names) for e in made.entries) == len(names)
    births = [e for e in tree.iter("INDIVIDUAL_DATE_OF_BIRTH") if any((c.text or "").strip() for c in e)]
    assert sum(len(e.births) for e in made.entries) == len(births)
    papers = [e for e in tree.iter("INDIVIDUAL_DOCUMENT") if any((c.text or "").strip() for c in e)]
    assert sum(len(e.papers) for e in made.entries) == len(papers)
    for entry in made.entries:
        assert isinstance(entry.words, str)
        assert text.count(entry.words) == 1
    values = {" ".join((e.text or "").split()) for e in tree.iter()} - {""}
    said = " ".join(written(made).decode().replace('\\"', '"').replace("\\n", " ").replace("\\\\", "\\").split())
    dates = re.compile("[0-9-]+(-05:00)?|EXACT|APPROXIMATELY|BETWEEN|Good|Low|[af].k.a.")
    kept = set(re.findall('"([^"]*)"', said))
    assert [v for v in values - kept if not dates.fullmatch(v) and v not in said] == []


@pytest.mark.parametrize("name", _SHARED)
def test_every_word_of_the_real_lists_is_found_in_them(shared: Path, dataset: Path, kg: Kg, name: str) -> None:
    assert kg("-C", dataset, "import", "un-sc", shared / "lists" / name).code == 0
    ran = kg("-C", dataset, "check", "--texts", shared / "lists")
    assert (ran.code, ran.out) == (0, "")
    assert "not looked up" not in ran.err


def test_a_date_of_entry_after_the_day_of_the_list_is_a_warning() -> None:
    made = whole(listed(BORIS.replace("2010-06-07-05:00", "2016-02-01")))
    assert [(one.code, one.severity) for one in made.faults] == [("listed-later", "warning")]
    assert "NFi.002 is listed since 2016-02-01, after the day of the list, 2016-01-31" in made.faults[0].message
    assert whole(listed(BORIS.replace("2010-06-07-05:00", "2016-01-31"))).faults == []
