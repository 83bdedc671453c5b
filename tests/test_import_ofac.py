"""The SDN list of OFAC: small fictional tables, broken ones, and the real list of 2019."""

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Kg
from onrecord.facts import dates
from onrecord.facts.document import Document
from onrecord.facts.fields import Span, When
from onrecord.facts.listings import Entry
from onrecord.facts.texts import Text, spans
from onrecord.findings import Finding
from onrecord.importers import IMPORTERS, Given, Imported, Input, decoded, finished, written
from onrecord.importers.ofac.dates import date
from onrecord.importers.ofac.remarks import statements
from onrecord.readers import read as read_facts

NO = "-0- "


def row(
    number: object, name: str, kind: str = NO, programmes: str = "FABLE", title: str = NO, remarks: str = NO
) -> str:
    """A row as SDN.CSV writes it."""
    cells = [f'"{cell}"' if cell != NO else NO for cell in (name, kind, programmes, title)]
    return ",".join([str(number), *cells, *[NO] * 6, f'"{remarks}"' if remarks != NO else NO]) + "\n"


def file(name: str, text: str | bytes) -> Input:
    """A file whose text can be decoded."""
    found = decoded(name, text if isinstance(text, bytes) else text.encode())
    assert isinstance(found, Input), found
    return found


def imported(sdn: str | bytes, aliases: str = "", addresses: str = "") -> Imported:
    """What is made of a list, where it can be read."""
    beside = {"aliases": file("ALT.CSV", aliases), "addresses": file("ADD.CSV", addresses)}
    found = IMPORTERS["ofac-sdn"].read(Given(file("SDN.CSV", sdn), beside, "2019-01-15"))
    assert isinstance(found, list), found
    finished(found[0])
    return found[0]


def one(remarks: str) -> Entry:
    """The entry of a person of whom the remarks say something."""
    (entry,) = imported(row(7, "MARLOW, Ann", "individual", remarks=remarks)).entries
    return entry


# ── What an entry says ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_row_becomes_an_entry() -> None:
    sdn = (
        '12,"GREEN HARBOUR CO., LTD.",-0- ,"FABLE] [MYTH-EO1",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'
        '13,"MV TALE","vessel","FABLE",-0- ,"3EXX9","Bulk Carrier","63,000","34,900","Nowhere","Tale Lines",'
        '"Vessel Registration Identification IMO 1234567; MMSI 987654321; Linked To: GREEN HARBOUR CO., LTD.."\n'
        '14,"MARLOW, Ann","individual","FABLE","Minister of Tides",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'
        '15,"N0-TALE","aircraft","FABLE",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Aircraft Model T-1."\n'
    )
    aliases = '12,101,"aka","GREEN HARBOR",-0- \n12,102,"fka","HARBOUR 9","old sign"\n14,103,"nka","REED, Ann",-0- \n'
    addresses = (
        '12,201,"1 Quay Street","Port Fable 00123","Fableland",-0- \n12,202,-0- ,-0- ,"Mythia",-0- \n'
        '13,203,-0- ,-0- ,-0- ,-0- \n14,204,-0- ,"Port Fable",-0- ,"in winter"\n'
    )
    made = imported(sdn, aliases, addresses)
    assert (made.faults, made.lost) == ([], 0)
    assert made.left == Counter(alt_num=3, add_num=4)
    values = [json.loads(line)["entries"][0] for line in written(made).splitlines()[1:]]
    assert values[0] == {
        "reference": "12",
        "kind": "organization",
        "name": "GREEN HARBOUR CO., LTD.",
        "names": [
            {"text": "GREEN HARBOR", "kind": "also-known-as"},
            {"text": "HARBOUR 9", "kind": "formerly-known-as", "note": "old sign"},
        ],
        "programmes": ["FABLE", "MYTH-EO1"],
        "addresses": [
            {"street": "1 Quay Street", "country": "Fableland", "whole": "1 Quay Street, Port Fable 00123"},
            {"country": "Mythia"},
        ],
        "words": '12,"GREEN HARBOUR CO., LTD."',
    }
    assert values[1] == {
        "reference": "13",
        "kind": "vessel",
        "name": "MV TALE",
        "programmes": ["FABLE"],
        "papers": [
            {"kind": "Vessel Registration Identification", "number": "IMO 1234567"},
            {"kind": "MMSI", "number": "987654321"},
        ],
        "particulars": [
            {"what": "Call_Sign", "value": "3EXX9"},
            {"what": "Vess_type", "value": "Bulk Carrier"},
            {"what": "Tonnage", "value": "63,000"},
            {"what": "GRT", "value": "34,900"},
            {"what": "Vess_flag", "value": "Nowhere"},
            {"what": "Vess_owner", "value": "Tale Lines"},
            {"what": "Linked To", "value": "GREEN HARBOUR CO., LTD."},
        ],
        "words": '13,"MV TALE"',
    }
    assert values[2]["positions"] == ["Minister of Tides"]
    assert values[2]["names"] == [{"text": "REED, Ann", "kind": "now-known-as"}]
    assert values[2]["addresses"] == [{"whole": "Port Fable", "note": "in winter"}]
    assert [value["kind"] for value in values] == ["organization", "vessel", "person", "aircraft"]


def test_remarks_are_taken_apart() -> None:
    entry = one(
        "DOB 15 Jan 1955; alt. DOB circa 1956; POB Port Fable, Fableland; alt. POB Mythia; nationality Fableland; "
        "citizen Mythia; Gender Female; a.k.a. 'THE TIDE'; f.k.a. ''ABD-AL-FABLE''; n.k.a. 'ANN'; "
        "Passport F 12345 (Korea, North) issued 20 Feb 2004 expires 19 Feb 2014; alt. Passport 9 (Congo, Republic of "
        "the (old)); NIT # 800-1; Cedula No. 5 (Fableland) issued 1968; SWIFT/BIC FABLXX22; "
        "Secondary sanctions risk: sections 1.2 and 1.3; Additional Sanctions Information - Subject to Rain; "
        "Linked To: TALE (S.A.; of Mythia); alt. Website www.tide.example; Minister No. 2 of the Sea"
    )
    assert entry.births == ["1955-01-15", When(date="1956~", said="alt. DOB circa 1956")]
    assert [(place.whole, place.note) for place in entry.birth_places] == [
        ("Port Fable, Fableland", None),
        ("Mythia", "alt."),
    ]
    assert (entry.nationalities, entry.citizenships, entry.gender) == (["Fableland"], ["Mythia"], "Female")
    assert [(name.text, name.kind, name.quality) for name in entry.names] == [
        ("THE TIDE", "also-known-as", "low"),
        ("'ABD-AL-FABLE'", "formerly-known-as", "low"),
        ("ANN", "now-known-as", "low"),
    ]
    assert [(p.kind, p.number, p.country, p.issued, p.expires, p.note) for p in entry.papers] == [
        ("Passport", "F 12345", "Korea, North", "20 Feb 2004", "19 Feb 2014", None),
        ("Passport", "9", "Congo, Republic of the (old)", None, None, "alt."),
        ("NIT #", "800-1", None, None, None, None),
        ("Cedula No.", "5", "Fableland", "1968", None, None),
        ("SWIFT/BIC", "FABLXX22", None, None, None, None),
    ]
    assert [(p.what, p.value) for p in entry.particulars] == [
        ("Secondary sanctions risk", "sections 1.2 and 1.3"),
        ("Additional Sanctions Information", "Subject to Rain"),
        ("Linked To", "TALE (S.A.; of Mythia)"),
        ("alt. Website", "www.tide.example"),
    ]
    assert entry.remarks == ["Minister No. 2 of the Sea"]


@pytest.mark.parametrize(
    "remark",
    [
        "Passport issued in Port Fable",
        "Passport 1 issued under the name of Reed",
        "Passport 1 (Fableland) issued 01 Jan 2008 to 31 Dec 2010",
        "Passport lost at sea",
        "Temporary permit No. T1, expired 08 May 2013",
        "Colonel",
        "all offices worldwide",
        "Digital",
    ],
)
def test_what_is_not_understood_stays_whole(remark: str) -> None:
    entry = one(f"{remark}.")
    assert entry.remarks == [remark]
    assert len(entry.papers) + len(entry.particulars) + len(entry.names) == 0


@pytest.mark.parametrize(
    ("said", "edtf"),
    [
        ("15 Jan 1955", "1955-01-15"),
        ("Mar 1955", "1955-03"),
        ("1955", "1955"),
        ("circa 1955", "1955~"),
        ("circa 05 Mar 1955", "1955-03-05~"),
        ("1962 to 1964", "1962/1964"),
        ("01 Jan 1962 to 31 Dec 1964", "1962-01-01/1964-12-31"),
        ("circa 1960-1962", "1960~/1962~"),
    ],
)
def test_dates_in_edtf(said: str, edtf: str) -> None:
    assert date(said) == edtf
    dates.bounds(edtf)


@pytest.mark.parametrize(
    "said",
    [
        "30 Feb 2024",
        "1964 to 1962",
        "Sept 1955",
        "5 Jan 1955",
        "1950s",
        "1955/1956",
        "in spring",
        "-",
        "circa",
        "19555",
    ],
)
def test_dates_that_edtf_cannot_say_are_kept_in_their_words(said: str) -> None:
    assert date(said) == When(said=said)


@given(st.text(alphabet="abc ;().", max_size=30))
def test_no_letter_of_a_remark_is_lost(remarks: str) -> None:
    kept = "".join(statements(remarks))
    assert [c for c in kept if c not in "; ."] == [c for c in remarks if c not in "; ."]


# ── The words that an entry rests on ────────────────────────────────────────────────────────────────────────────────


def test_words_stand_in_the_text_once() -> None:
    sdn = row(36, "TALE") + row(136, "TALE") + row(6, "TALE") + row(7, "MYTH 36,TALE") + row(8, "ÉTÉ " * 20)
    text = Text.of(sdn.encode())
    entries = imported(sdn).entries
    assert len(entries) == 5
    for entry in entries[1:]:
        (span,) = spans(entry.words)
        assert len(text.places(span)) == 1, span
        assert len(span.exact.split()) <= 12
    assert isinstance(entries[2].words, Span)


def test_words_of_the_first_row_are_told_from_others() -> None:
    sdn = row(36, "TALE", programmes="SEA") + row(136, "TALE")
    (span,) = spans(imported(sdn).entries[0].words)
    assert Text.of(sdn.encode()).places(span) == [0]


# ── What is wrong with a file ───────────────────────────────────────────────────────────────────────────────────────

GOOD = row(1, "TALE")


@pytest.mark.parametrize(
    ("bad", "place", "code"),
    [
        ('2,"MYTH",-0- \n', "SDN.CSV:2:1", "broken-row"),
        ('2,"MYTH' + ",-0- " * 12 + "\n", "SDN.CSV:2:1", "broken-row"),
        ('2,"MY"TH"' + ",-0- " * 10 + "\n", "SDN.CSV:2:1", "broken-row"),
        ('2,"MYTH"' + ",-0- " * 11 + "\n", "SDN.CSV:2:1", "broken-row"),
        ("ent_num,SDN_Name,SDN_Type,Program,Title,Call_Sign,a,b,c,d,e,Remarks\n", "SDN.CSV:2:1", "no-reference"),
        (row("", "MYTH"), "SDN.CSV:2:1", "no-reference"),
        (row("-0- ", "MYTH"), "SDN.CSV:2:1", "no-reference"),
        (row("2.5", "MYTH"), "SDN.CSV:2:1", "no-reference"),
        (row("9" * 300, "MYTH"), "SDN.CSV:2:1", "no-reference"),
        (row(2, NO), "SDN.CSV:2:1", "no-name"),
        (row(2, ""), "SDN.CSV:2:1", "no-name"),
        (row(2, "MYTH", "submarine"), "SDN.CSV:2:1", "unknown-kind"),
        (row(2, "M" * 10_001), "SDN.CSV:2:1", "length"),
        (row(2, "M" * 140_000), "SDN.CSV:2:1", "broken-row"),
        ("<html><body>Moved</body></html>\n", "SDN.CSV:2:1", "broken-row"),
        (row(1, "TALE AGAIN"), "SDN.CSV:2:1", "reference-twice"),
    ],
)
def test_a_broken_row_costs_itself_only(bad: str, place: str, code: str) -> None:
    made = imported(GOOD + bad + row(3, "LEGEND"))
    assert [entry.reference for entry in made.entries] == ["1", "3"]
    assert [(str(fault.place), fault.code) for fault in made.faults] == [(place, code)]
    assert "\n" not in made.faults[0].line()
    snapshot = made.source.snapshot
    assert snapshot is not None
    assert snapshot.complete == (code == "reference-twice"), "who is missing in it may be on the list"


@pytest.mark.parametrize(
    ("aliases", "addresses", "place", "code"),
    [
        ('9,1,"aka","MYTH",-0- \n', "", "ALT.CSV:1:1", "no-such-entry"),
        ('-0-,1,"aka","MYTH",-0- \n', "", "ALT.CSV:1:1", "no-such-entry"),
        ('1,1,"aka","MYTH"\n', "", "ALT.CSV:1:1", "broken-row"),
        ('1,1,"pka","MYTH",-0- \n', "", "ALT.CSV:1:1", "unknown-kind"),
        ('1,1,-0- ,"MYTH",-0- \n', "", "ALT.CSV:1:1", "unknown-kind"),
        ('1,1,"aka",-0- ,-0- \n', "", "ALT.CSV:1:1", "no-name"),
        ("", '\n9,1,"Quay","Port","Mythia",-0- \n', "ADD.CSV:2:1", "no-such-entry"),
        ("", '1,1,"Quay","Port","Mythia"\n', "ADD.CSV:1:1", "broken-row"),
        ("", '1,1,"Quay,"Port","Mythia",-0- \n', "ADD.CSV:1:1", "broken-row"),
    ],
)
def test_a_broken_alias_or_address_costs_no_entry(aliases: str, addresses: str, place: str, code: str) -> None:
    made = imported(GOOD, aliases + '1,7,"aka","GOOD",-0- \n', addresses + '1,7,"Good","Place","Here",-0- \n')
    assert [(str(fault.place), fault.code) for fault in made.faults] == [(place, code)]
    (entry,) = made.entries
    assert [name.text for name in entry.names] == ["GOOD"]
    assert [address.street for address in entry.addresses] == ["Good"]
    assert made.lost == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-this-list"),
        ("\n\n", "not-this-list"),
        ("\x1a", "not-this-list"),
        ("<!DOCTYPE html>\n<p>Moved\n", "not-this-list"),
        ('1,12,"aka","TALE",-0- \n', "not-this-list"),
    ],
)
def test_what_is_not_the_list_is_one_finding(text: str, code: str) -> None:
    found = IMPORTERS["ofac-sdn"].read(Given(Input("SDN.CSV", text.encode(), text), {}, "2019-01-15"))
    assert isinstance(found, Finding)
    assert (str(found.place), found.code, found.broken) == ("SDN.CSV:1:1", code, True)


def test_the_day_must_be_said() -> None:
    importer = IMPORTERS["ofac-sdn"]
    assert importer.needs_as_of
    found = importer.read(Given(file("SDN.CSV", GOOD)))
    assert isinstance(found, Finding)
    assert "--as-of" in found.line()


def test_files_that_are_not_given_are_named() -> None:
    found = IMPORTERS["ofac-sdn"].read(Given(file("SDN.CSV", GOOD), {}, "2019-01-15"))
    assert isinstance(found, list)
    assert [(fault.severity, fault.code) for fault in found[0].faults] == [
        ("info", "no-aliases"),
        ("info", "no-addresses"),
    ]


@pytest.mark.parametrize("ending", ["", "\x1a", "\r\n\x1a", "\r\n", "\n\n"])
def test_old_ends_of_files_are_no_rows(ending: str) -> None:
    text = (GOOD + row(2, "MYTH")).replace("\n", "\r\n").rstrip() + ending
    made = imported(text)
    assert (made.faults, [entry.reference for entry in made.entries]) == ([], ["1", "2"])
    assert made.source.text.chars == len(text)
    replaced = decoded("SDN.CSV", (text.replace("MYTH", "M\x00TH")).encode(), replace=True)
    assert isinstance(replaced, Input)
    assert replaced.text == text.replace("MYTH", "M\ufffdTH")


def test_a_byte_that_is_not_utf_8_is_named_and_replaced_by_leave_only() -> None:
    data = row(1, "TALE").encode() + row(2, "CAF\xc9").encode("latin-1")
    strict = decoded("SDN.CSV", data)
    assert isinstance(strict, Finding)
    offset = data.index(b"\xc9")
    assert (str(strict.place), f"offset {offset} " in strict.message) == ("SDN.CSV:2:7", True)
    assert "--encoding-errors replace" in strict.hint
    replaced = decoded("SDN.CSV", data, replace=True)
    assert isinstance(replaced, Input)
    assert replaced.replaced == (offset,)
    found = IMPORTERS["ofac-sdn"].read(Given(replaced, {}, "2019-01-15"))
    assert isinstance(found, list)
    assert [entry.name for entry in found[0].entries] == ["TALE", "CAF\ufffd"]


def test_a_row_over_several_lines_and_a_byte_order_mark() -> None:
    made = imported("\ufeff" + row(1, "TALE", remarks="Colonel;\nretired.") + row(2, "MYTH"))
    assert (made.faults, [entry.reference for entry in made.entries]) == ([], ["1", "2"])
    assert made.entries[0].remarks == ["Colonel", "retired"]
    assert [row.place.line for row in made.rows] == [1, 3]
    assert made.entries[0].words == '1,"TALE"'


@given(st.text(alphabet='1a",-0 \n\r;().', max_size=60))
def test_whatever_a_row_holds_the_next_is_read(odd: str) -> None:
    made = imported(GOOD + odd + "\n" + row(3, "LEGEND"))
    assert [entry.reference for entry in made.entries if entry.name in ("TALE", "LEGEND")] == ["1", "3"]


# ── The real list ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def real(shared: Path) -> tuple[Imported, dict[str, str]]:
    """The list of 2019, and its texts."""
    files = {}
    for option in ("sdn", "alt", "add"):
        path = shared / "lists" / f"ofac-{option}-2019.csv"
        files[option] = file(path.name, path.read_bytes())
    beside = {"aliases": files["alt"], "addresses": files["add"]}
    found = IMPORTERS["ofac-sdn"].read(Given(files["sdn"], beside, "2019-01-15"))
    assert isinstance(found, list)
    finished(found[0])
    return found[0], {option: one.text for option, one in files.items()}


def _table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_the_real_list_is_counted_right(real: tuple[Imported, dict[str, str]]) -> None:
    made, texts = real
    cut = "the remarks of 3 entries are cut off at the end of their column: 12300, 15599, 15600"
    assert [fault.message for fault in made.faults] == [cut]
    sdn, alt, add = (_table(texts[option]) for option in ("sdn", "alt", "add"))
    assert (len(sdn), len(alt), len(add)) == (7379, 9682, 11696)
    assert made.lost == 0
    assert [entry.reference for entry in made.entries] == [cells[0] for cells in sdn]
    assert [entry.name for entry in made.entries] == [cells[1] for cells in sdn]
    kinds = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft", NO: "organization"}
    assert Counter(entry.kind for entry in made.entries) == Counter(kinds[cells[2]] for cells in sdn)
    named = Counter((entry.reference, name.text) for entry in made.entries for name in entry.names if not name.quality)
    assert named == Counter((cells[0], cells[3]) for cells in alt)
    weak = sum(len(re.findall(r"(?:^|; ?)[afnd]\.[kb]\.a\. '", cells[11])) for cells in sdn)
    assert sum(name.quality == "low" for entry in made.entries for name in entry.names) == weak
    located = [cells for cells in add if any(cell.strip() not in ("-0-", "-0") for cell in cells[2:])]
    assert Counter(e.reference for e in made.entries for _ in e.addresses) == Counter(cells[0] for cells in located)
    countries = Counter(a.country for e in made.entries for a in e.addresses if a.country)
    assert countries == Counter(cells[4] for cells in located if cells[4] != NO)
    assert made.left == Counter(alt_num=len(alt), add_num=len(add))


_MONTHS = dict(
    zip(
        ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"],
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        strict=True,
    )
)


def _spoken(date_: str) -> str:
    """A date of EDTF in the words that OFAC has for it."""
    parts = []
    for end in date_.split("/"):
        year, *rest = end.rstrip("~").split("-")
        parts.append(
            " ".join(
                [*("circa" for _ in end[len(end.rstrip("~")) :]), *rest[1:], *map(_MONTHS.__getitem__, rest[:1]), year]
            )
        )
    return " to ".join(parts)


def _said(entry: Entry) -> str:
    """All that an entry has from the remarks, in one text."""
    told_ = [*entry.remarks, *entry.nationalities, *entry.citizenships, entry.gender or ""]
    for birth in entry.births:
        told_.append(
            _spoken(birth) if isinstance(birth, str) else (birth.said or "") if isinstance(birth, When) else ""
        )
    told_ += [f"{place.note or ''} {place.whole}" for place in entry.birth_places]
    told_ += [name.text for name in entry.names if name.quality == "low"]
    for p in entry.papers:
        told_.append(" ".join(filter(None, (p.note, p.kind, p.number, p.country, p.issued, p.expires))))
    told_ += [f"{p.what} {p.value}" for p in entry.particulars]
    return " ".join(told_)


_FORM = Counter(["DOB", "POB", "nationality", "citizen", "Gender", "a", "k", "f", "n", "d", "b", "issued", "expires"])


def test_nothing_of_the_real_remarks_is_lost(real: tuple[Imported, dict[str, str]]) -> None:
    """Each word of each remark is found again in its entry, as often; but for the words that only say what follows."""
    made, texts = real
    understood = 0
    for cells, entry in zip(_table(texts["sdn"]), made.entries, strict=True):
        if cells[11] == NO:
            continue
        wanted = Counter(re.findall(r"\w+", cells[11]))
        lost = wanted - Counter(re.findall(r"\w+", _said(entry)))
        if "circa" in lost:  # circa 1960-1962
            lost["circa"] -= 1
        assert [word for word in +lost if word not in _FORM and word != "alt"] == [], (entry.reference, lost, cells[11])
        understood += not entry.remarks
    assert understood > 5_000, "most remarks are understood whole"


def test_the_words_of_the_real_list_stand_in_it_once(real: tuple[Imported, dict[str, str]]) -> None:
    made, texts = real
    text = texts["sdn"]
    for entry, line in list(zip(made.entries, text.split("\n"), strict=False))[::37]:
        (span,) = spans(entry.words)
        assert line.startswith(span.exact)
        assert text.count(span.before + span.exact) == 1


def test_the_readers_take_what_is_written(real: tuple[Imported, dict[str, str]]) -> None:
    made, _ = real
    (whole,) = read_facts("2019-01-15.jsonl", written(made))
    assert whole.faults == []
    assert isinstance(whole.document, Document)
    assert whole.document.entries == made.entries


def test_remarks_that_are_cut_off_make_no_name_of_a_half() -> None:
    whole = "Gender Male; Linked To: TALE, S.A. DE C.V.; "
    remarks = whole + "x" * (985 - len(whole)) + "; Linked To: PR"
    assert len(remarks) == 1_000
    made = imported(row(7, "MARLOW, Ann", "individual", remarks=remarks))
    assert [(fault.severity, fault.code) for fault in made.faults] == [("info", "remarks-cut-off")]
    (entry,) = made.entries
    assert [particular.value for particular in entry.particulars] == ["TALE, S.A. DE C.V."]
    assert entry.remarks[0] == "Linked To: PR"


def test_remarks_without_a_statement_say_nothing() -> None:
    made = imported(row(7, "MARLOW, Ann", "individual", remarks=";" * 2_000))
    assert [entry.remarks for entry in made.entries] == [[]]


# ── The command ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_kg_import_and_check(kg: Kg, tmp_path: Path) -> None:
    texts, dataset = tmp_path / "texts", tmp_path / "dataset"
    texts.mkdir()
    (texts / "SDN.CSV").write_bytes((row(36, "TALE") + row(136, "TALE", "vessel")).encode())
    (texts / "ALT.CSV").write_bytes(b'36,1,"aka","MYTH",-0- \n\x1a')
    assert kg("init", dataset).code == 0
    ran = kg(
        *("-C", dataset, "import", "ofac-sdn", texts / "SDN.CSV", "--aliases", texts / "ALT.CSV"),
        *("--as-of", "2019-01-15", "--json"),
    )
    assert ran.code == 0, ran.err
    (report,) = json.loads(ran.out)["snapshots"]
    assert report["entries"] == {"organization": 1, "vessel": 1}
    assert report["left_out"] == {"alt_num": 1}
    assert report["complete"] is True
    assert report["registry"]["ids"] == ["united-states", "us-treasury-ofac", "ofac-sdn"]
    checked = kg("-C", dataset, "check", "--texts", texts)
    assert (checked.code, "0 findings" in checked.out + checked.err) == (0, True), checked
    built = kg("-C", dataset, "build", "--texts", texts)
    assert (built.code, "0 findings" in built.out + built.err) == (0, True), built
    turtle = (dataset / "out/latest/dataset.ttl").read_text(encoding="utf-8")
    assert "# Entries of lists: 2\n" in turtle
    broken = kg("-C", dataset, "import", "ofac-sdn", texts / "ALT.CSV", "--as-of", "2019-01-16")
    assert broken.code == 3
    assert [one.rpartition(" [")[2] for one in broken.out.splitlines()] == ["not-this-list]"]
