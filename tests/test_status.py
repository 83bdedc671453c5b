"""`kg status`: the answer for a date, what it rests on, and that nothing is said that no source says."""

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conftest import Kg
from onrecord.errors import QueryError
from onrecord.questions.lookup import Lookup, named
from onrecord.questions.status import Report, Statuses
from onrecord.questions.verdicts import days_of
from onrecord.store import Release
from status_world import BASE, C1, C2, C4, Entry, build_world, snapshot

ROOT = Path(__file__).resolve().parents[1]
OURS = "https://w3id.org/onrecord/data/"
TALIBAN_LIST = f"{OURS}list/russian-terrorist-organizations"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_world(tmp_path_factory.mktemp("status") / "world")


def statuses_of(out: Path, base: str) -> Statuses:
    return Statuses(Release.latest(out).store(), base)


def ask(statuses: Statuses, name: str, where: str | None, day: str | None) -> Report:
    place = statuses.jurisdictions.named(where) if where else None
    return statuses.report(statuses.names.resolve(name), place, days_of(day) if day else None)


def answer(statuses: Statuses, name: str, where: str, day: str) -> str:
    (standing,) = ask(statuses, name, where, day).standings
    return standing.answer


# ── The founding article ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("where", "day", "expected"),
    [
        ("RU", "2002-12-31", "no evidence"),
        ("RU", "2003-05-01", "uncertain"),  # “since 2003” does not say since which day
        ("RU", "2004-06-01", "sources disagree"),  # “for almost twenty years” until April 2025 begins later
        ("ru", "2010-01-01", "listed"),
        ("russia", "2010", "listed"),
        ("RU", "2026-01-01", "not listed"),
        ("US", "2010-01-01", "no evidence"),
        ("AF", "2026-01-01", "no evidence"),
    ],
)
def test_the_taliban_as_the_article_has_it(founding: Path, where: str, day: str, expected: str) -> None:
    assert answer(statuses_of(founding, OURS), "taliban", where, day) == expected


def test_the_answer_shows_words_chain_act_and_the_contradiction(kg: Kg, founding: Path) -> None:
    ran = kg("status", "taliban", "--in", "RU", "--as-of", "2010-01-01", "--out", founding)
    assert (ran.code, ran.err) == (0, "")
    assert "On 2010-01-01, Taliban was listed on Russia's list of designated terrorist organizations (Russia)." in told(
        ran.out
    )
    assert "“classified as a terrorist entity in Russia”" in ran.out
    assert "— london-news-net: " in ran.out
    assert "ended on 2025-04-17, by “Russia takes the Taliban off its list" in told(ran.out)
    assert "Contradiction: since 2003; but “for almost twenty years” until 2025-04-17" in told(ran.out)
    assert "[curated] The article dates the ruling to “Thursday” only" in told(ran.out)
    assert "No evidence on other lists of Russia: Russia's list of extremists and terrorists" in told(ran.out)
    assert "█" in ran.out
    assert "▲ 2010-01-01: listed" in ran.out
    assert "\x1b" not in ran.out


def told(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


def test_jurisdictions_without_evidence_are_named(kg: Kg, founding: Path) -> None:
    ran = kg("status", "taliban", "--out", founding)
    assert "No evidence of the status of Taliban: Afghanistan (AF), China (CN), European Union (EU), Iran (IR)" in told(
        ran.out
    )
    assert "the last day on record" in ran.out


def test_a_claim_by_a_party_concerned_is_no_status(founding: Path) -> None:
    report = ask(statuses_of(founding, OURS), "russia-taliban-delisting/person/volkovs-father", None, None)
    assert report.standings == ()
    assert {standing.answer for standing in report.silent} == {"no evidence"}


# ── Lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("council-list/C.1", "2000-01-01", "no evidence"),
        ("council-list/C.1", "2010-01-01", "listed"),
        ("council-list/C.1", "2022-02", "listed"),
        ("council-list/C.1", "2024-07-01", "uncertain"),  # after the last list that there is
        ("council-list/C.2", "2015-01-01", "listed"),
        ("council-list/C.2", "2022-01-01", "uncertain"),  # on one list, and not on the next
        ("council-list/C.2", "2024-06-30", "not listed"),
        ("council-list/C.3", "2020-01-15", "not listed"),
        ("council-list/C.3", "2023-01-01", "listed"),
        ("council-list/C.3", "2022-02-28/2022-03-02", "uncertain"),  # not the same on all of its days
        ("council-list/C.4", "2020-01-15", "listed"),
        ("council-list/C.4", "2019-01-01", "no evidence"),  # undated, and no list before
    ],
)
def test_an_entry_on_days_before_between_and_after(world: Path, name: str, day: str, expected: str) -> None:
    assert answer(statuses_of(world / "out", BASE), name, "UN", day) == expected


def test_a_partial_list_is_no_evidence_of_absence(world: Path) -> None:
    statuses = statuses_of(world / "out", BASE)
    assert answer(statuses, "ports-list/C.1", "XB", "2021-03-01") == "listed"
    assert answer(statuses, "council-list/C.2", "XB", "2021-03-01") == "no evidence"


def test_what_lacks_an_entry_is_evidence_and_says_so(kg: Kg, world: Path) -> None:
    ran = kg("-C", world, "status", "council-list/C.2", "--in", "UN", "--as-of", "2024-06-30", "--json")
    document = json.loads(ran.out)
    (piece,) = document["evidence"]
    assert (piece["kind"], piece["date"], piece["exact"], piece["lacks"]) == ("list-snapshot", "2024-06-30", None, True)
    assert piece["source"] == f"{BASE}source/council-list-2024-06-30"
    text = kg("-C", world, "status", "council-list/C.2", "--in", "UN", "--as-of", "2024-06-30").out
    assert "a complete list, which lacks the entry" in told(text)


def test_a_vague_date_says_what_holds_when(world: Path) -> None:
    (standing,) = ask(statuses_of(world / "out", BASE), "council-list/C.3", "UN", "2022-02-28/2022-03-02").standings
    assert standing.answer == "uncertain"
    assert "on 2022-02-28 uncertain" in standing.reason or "on 2022-02-28 not listed" in standing.reason
    assert "from 2022-03-01 to 2022-03-02 listed" in standing.reason


def test_without_a_date_it_is_the_last_day_that_a_source_speaks_of(world: Path) -> None:
    statuses = statuses_of(world / "out", BASE)
    (standing,) = ask(statuses, "council-list/C.1", "UN", None).standings
    assert (str(standing.days.first), standing.latest, standing.answer) == ("2024-06-30", True, "listed")
    (front,) = ask(statuses, "northern-front", "alda", None).standings
    assert (str(front.days.first), front.answer) == (
        "2024-03-20",
        "not listed",
    )  # the day on which the article appeared


def test_of_two_lists_the_one_that_has_them_decides_and_is_named(tmp_path: Path) -> None:
    both: list[Entry] = [{"reference": "B.1", "kind": "person", "name": "Ana Maro"}]
    files = {
        "lists/banks-list/2022-01-01.jsonl": snapshot("banks-list", "2022-01-01", True, both),
        "lists/banks-list/2023-01-01.jsonl": snapshot("banks-list", "2023-01-01", True, []),
        "lists/ports-list/2022-06-01.jsonl": snapshot(
            "ports-list", "2022-06-01", True, [{**both[0], "reference": "P.1"}]
        ),
        "registry/links.yaml": f"""
registry: Who is who.
people:
  - id: ana-the-elder
    name: Ana Maro the elder
    same_as:
      - {{iri: "{BASE}entry/banks-list/B.1", exact: true, reason: Same passport.}}
      - {{iri: "{BASE}entry/ports-list/P.1", exact: true, reason: Same passport.}}
""",
    }
    statuses = statuses_of(build_world(tmp_path / "world", files) / "out", BASE)
    (early,) = ask(statuses, "ana-the-elder", "XB", "2022-06-01").standings
    assert (early.records[0].label, early.answer) == ("Ports list", "listed")
    (late,) = ask(statuses, "ana-the-elder", "XB", "2023-01-01").standings
    # Off one list, and of the other nobody knows: that is not the same as being off both.
    assert [(r.label, r.verdict.answer) for r in late.records] == [
        ("Ports list", "uncertain"),
        ("Banks list", "not listed"),
    ]
    assert late.answer == "uncertain"
    assert {link.other for link in late.links} == {f"<{BASE}entry/banks-list/B.1>", f"<{BASE}entry/ports-list/P.1>"}


# ── Who is meant ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"<{BASE}entry/council-list/C.4>", "entry/council-list/C.4"),
        (f"{BASE}person/ana-maro", "person/ana-maro"),
        ("person:ana-maro", "person/ana-maro"),
        ("ana-maro", "person/ana-maro"),
        ("C.3", "entry/council-list/C.3"),
        ("council-list/C.1", "entry/council-list/C.1"),
        ("AHMAD Said", "entry/council-list/C.4"),
        ("ahmad said", "entry/council-list/C.4"),
        ("سعيد أحمد", "entry/council-list/C.4"),
        ("саид  ахмад", "entry/council-list/C.4"),
        ("RED HARBOUR SHIPPING CO", "entry/council-list/C.2"),
        ("harbour-ruling/person/ministry-official", "source/harbour-ruling/person/ministry-official"),
        ("ministry-official", "source/harbour-ruling/person/ministry-official"),
    ],
)
def test_whoever_is_meant_is_found(world: Path, text: str, path: str) -> None:
    statuses = statuses_of(world / "out", BASE)
    assert lookup_of(statuses).one(text) == f"<{BASE}{path}>"


def lookup_of(statuses: Statuses) -> Lookup:
    from onrecord.matching import NameIndex

    return Lookup(statuses.said, statuses.names, lambda: NameIndex(named(statuses.said)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("C.1", ["2 are called", "council-list/C.1 (VANCE Mira)", "ports-list/C.1 (Vance, M.)"]),
        ("Mira Vance", ["nobody in the dataset", "nobody was picked", "council-list/C.1", "of 100"]),
        ("Qxyz Wvut", ["nobody in the dataset is called 'Qxyz Wvut'"]),
        ("", ["nobody in the dataset"]),
        ("\x00\u202e", ["nobody in the dataset"]),
    ],
)
def test_nobody_is_picked_where_it_is_not_clear_who_is_meant(kg: Kg, world: Path, text: str, said: list[str]) -> None:
    ran = kg("-C", world, "status", text)
    assert (ran.code, ran.out) == (3, "")
    assert len(ran.err.splitlines()) == 1
    assert [part for part in said if part not in ran.err] == []


def unbroken(text: str) -> str:
    """A text without white space: lines are broken after hyphens, too."""
    return "".join(text.split())


def test_a_reference_that_lists_give_to_several_names_is_told_with_all_of_them(kg: Kg, tmp_path: Path) -> None:
    later = snapshot("council-list", "2025-01-01", True, [{**C1, "name": "ANDERS Maria"}, C4])
    world = build_world(tmp_path / "world", {"lists/council-list/2025-01-01.jsonl": later})
    out = unbroken(kg("-C", world, "status", "VANCE Mira", "--in", "UN", "--as-of", "2025-01-01").out)
    assert unbroken("was listed on Council list") in out
    assert (
        unbroken(
            "council-list/C.1 is one entry. Its lists call it: "
            "VANCE Mira (council-list-2020-01-15, council-list-2024-06-30); ANDERS Maria (council-list-2025-01-01)"
        )
        in out
    )
    assert "Itslistscallit" not in unbroken(kg("-C", world, "status", "C.4", "--in", "UN", "--as-of", "2025").out)


def test_one_name_of_several_asks_which_and_of_those_who_are_one_does_not(tmp_path: Path) -> None:
    extra = snapshot(
        "ports-list", "2022-06-01", False, [{"reference": "P.2", "kind": "organization", "name": "AHMAD Said"}]
    )
    linked = snapshot("ports-list", "2022-07-01", False, [{**C2, "reference": "P.3", "name": "Red Harbour Shipping"}])
    files = {
        "lists/ports-list/2022-06-01.jsonl": extra,
        "lists/ports-list/2022-07-01.jsonl": linked,
        "registry/more.yaml": f"""
registry: Who is who.
organizations:
  - id: red-harbour-again
    kind: company
    name: Red Harbour Shipping
    same_as:
      - {{iri: "{BASE}entry/ports-list/P.3", exact: true, reason: Same seat.}}
      - {{iri: "{BASE}organization/red-harbour", exact: true, reason: Two records of one company.}}
""",
    }
    lookup = lookup_of(statuses_of(build_world(tmp_path / "world", files) / "out", BASE))
    with pytest.raises(QueryError, match=r"2 are called 'AHMAD Said'.*council-list/C\.4.*ports-list/P\.2"):
        lookup.one("AHMAD Said")
    assert lookup.one("Red Harbour Shipping") == f"<{BASE}organization/red-harbour>"


@pytest.mark.parametrize("where", ["QQ", "", "council-list", "ana-maro"])
def test_an_unknown_jurisdiction_is_an_error_that_says_what_there_is(kg: Kg, world: Path, where: str) -> None:
    ran = kg("-C", world, "status", "ana-maro", "--in", where)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"kg: the dataset has no jurisdiction {where!r} — there are: alda, XB (Borduria)")


@pytest.mark.parametrize("day", ["2003~", "yesterday", "2024-02-30", "", "2010-01-01/2009"])
def test_a_date_without_days_is_an_error(kg: Kg, world: Path, day: str) -> None:
    ran = kg("-C", world, "status", "ana-maro", "--as-of", day)
    assert (ran.code, ran.out) == (3, "")
    assert len(ran.err.splitlines()) == 1


# ── Identity ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_status_follows_a_curators_link_and_says_so(kg: Kg, world: Path) -> None:
    ran = kg("-C", world, "status", "red-harbour", "--in", "UN", "--as-of", "2015-01-01")
    text = told(ran.out)
    assert "On 2015-01-01, Red Harbour Shipping was listed on Council list (World Council)." in text
    assert "[curated in part]" in text
    assert (
        "Through a curator's link: Red Harbour Shipping is RED HARBOUR SHIPPING CO (council-list/C.2), because: Same seat"
        in text
    )
    assert "(https://register.example/7)" in text


def test_the_link_holds_in_both_directions(world: Path) -> None:
    (standing,) = ask(statuses_of(world / "out", BASE), "council-list/C.2", "UN", "2015-01-01").standings
    assert [link.other for link in standing.links] == [f"<{BASE}entry/council-list/C.2>"]


def test_a_close_match_is_shown_and_changes_nothing(kg: Kg, world: Path) -> None:
    ran = kg("-C", world, "status", "red-harbour", "--in", "UN", "--as-of", "2024-06-30", "--json")
    document = json.loads(ran.out)
    assert document["answer"] == "not listed"
    (near,) = document["close_matches"]
    assert near["to"] == f"{BASE}entry/council-list/C.3"
    assert near["reasons"] == ["The names are alike."]
    assert [each["answer"] for each in near["answers"]] == ["listed"]
    text = told(kg("-C", world, "status", "red-harbour", "--in", "UN", "--as-of", "2024-06-30").out)
    assert "Red Harbour Shipping was not listed on Council list" in text
    assert "A close match, not taken to be the same: RED HARBOR SHIPS (council-list/C.3)" in text
    assert "RED HARBOR SHIPS was listed on Council list" in text


# ── Forms ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_json_is_as_its_schema_says(kg: Kg, world: Path, founding: Path) -> None:
    import jsonschema

    schema = json.loads((ROOT / "docs/schema/status.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    whole = jsonschema.Draft202012Validator(schema)
    one = jsonschema.Draft202012Validator({**schema, "oneOf": None, "$ref": "#/$defs/status"})
    one = jsonschema.Draft202012Validator({"$defs": schema["$defs"], "$ref": "#/$defs/status"})
    for words in (("taliban", "--out", founding), ("ivan-zhdanov", "--out", founding)):
        documents = json.loads(kg("status", *words, "--json").out)
        whole.validate(documents)
        assert len({document["jurisdiction"] for document in documents}) == len(documents) == 8
    for name in ("red-harbour", "council-list/C.1", "northern-front", "B.9", "ana-maro"):
        for place in ("UN", "XB", "alda"):
            document = json.loads(kg("-C", world, "status", name, "--in", place, "--json").out)
            one.validate(document)
            with pytest.raises(jsonschema.ValidationError):
                one.validate({**document, "answer": "maybe"})


def test_json_has_the_words_and_bounds_of_the_article(kg: Kg, founding: Path) -> None:
    ran = kg("status", "taliban", "--in", "RU", "--as-of", "2026-01-01", "--out", founding, "--json")
    document = json.loads(ran.out)
    assert (document["answer"], document["list"]) == ("not listed", TALIBAN_LIST)
    (interval,) = document["intervals"]
    assert interval["from"] == {"earliest": "2003-01-01", "latest": "2003-12-31"}
    assert interval["until"] == {"earliest": "2025-04-17", "latest": "2025-04-17"}
    assert interval["lost_by"].endswith("/act/delisting-of-the-taliban")
    words = {(piece["kind"], piece["exact"], piece["chain"]) for piece in document["evidence"]}
    assert ("article", "since 2003", "london-news-net") in words
    assert "act" in {kind for kind, _, _ in words}
    (contradiction,) = document["contradictions"]
    assert "for almost twenty years" in {side["exact"] for side in contradiction["sides"]}


def test_svg_is_written_to_a_file_and_is_the_same_each_time(kg: Kg, world: Path, tmp_path: Path) -> None:
    import xml.etree.ElementTree as ET

    file = tmp_path / "a.svg"
    ran = kg("-C", world, "status", "B.9", "--in", "XB", "--format", "svg", "-o", file)
    assert (ran.code, ran.out) == (0, "")
    once = file.read_bytes()
    ET.fromstring(once)
    assert b"&lt;b&gt;X&lt;/b&gt; &amp; Y" in once
    assert kg("-C", world, "status", "B.9", "--in", "XB", "--format", "svg").out.encode() == once
    assert b"Council list" in kg("-C", world, "status", "red-harbour", "--format", "svg").out.encode()


@pytest.mark.parametrize("columns", range(40, 90, 3))
def test_no_date_is_broken_over_two_lines(founding: Path, columns: int) -> None:
    from onrecord.cli import standing
    from onrecord.cli.timeline import Manner

    statuses = statuses_of(founding, OURS)
    lines = list(standing.lines(ask(statuses, "taliban", "RU", "2010-01-01"), statuses, Manner(columns)))
    assert not [line for line in lines if line.endswith(("2025-", "2003-", "-04-", "-12-"))]
    assert "2025-04-17" in "\n".join(lines)


def test_ascii_alone_is_drawn_where_it_is_wanted(kg: Kg, world: Path) -> None:
    out = kg("-C", world, "status", "council-list/C.1", "--in", "UN", "--ascii").out
    assert "####" in out
    assert not set(out) & set("█▒░▲─┴")


def test_a_terminal_that_is_not_utf_8_loses_nothing(world: Path) -> None:
    import os
    import subprocess

    command = [sys.executable, "-m", "onrecord", "-C", str(world), "status", "Саид Ахмад", "--in", "UN"]
    code = "import sys; from onrecord.cli import main; sys.argv[0] = 'kg'; main()"
    command = [sys.executable, "-c", code, *command[3:]]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = subprocess.run(command, capture_output=True, env=environment, timeout=60, check=True)
    assert ran.stdout.isascii()
    assert b"####" in ran.stdout
    assert b"AHMAD Said" in ran.stdout


def test_a_status_loads_no_library_that_it_does_not_need(kg: Kg, world: Path) -> None:
    import subprocess

    code = "import sys; from onrecord.cli import main; sys.argv[0] = 'kg'\ntry: main()\nfinally: print(*sys.modules)"
    assert kg("-C", world, "status", "AHMAD Said").code == 0  # the index of names is made once
    for name in ("C.3", "AHMAD Said"):
        words = [sys.executable, "-c", code, "-C", str(world), "status", name, "--in", "UN"]
        loaded = (
            subprocess.run(words, capture_output=True, timeout=60, check=True).stdout.decode().split("\n")[-2].split()
        )
        assert "pyoxigraph" in loaded
        assert not {"rdflib", "pyshacl", "owlrl", "edtf", "yaml", "rapidfuzz", "anyascii"} & set(loaded), name


# ── Screening ─────────────────────────────────────────────────────────────────────────────────────────────────────

LINES = "C.2\n\nCouncil of Nobody\nahmad said\r\nC.1\nRED HARBOUR SHIPING CO\nred-harbour\n"


def screen(
    kg: Kg, world: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, *words: str
) -> tuple[int, list[str], str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    ran = kg("-C", world, "status", "-", *words)
    return ran.code, ran.out.split("\n")[:-1], ran.err


def test_lines_are_answered_in_their_places(kg: Kg, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, lines, err = screen(kg, world, monkeypatch, LINES.encode(), "--as-of", "2024-06-30", "--in", "UN")
    assert (code, err) == (0, "")
    rows = [line.split("\t") for line in lines]
    assert [row[0] for row in rows] == [
        "not listed",
        "",
        "no evidence",
        "listed",
        "uncertain",  # two bear the name, and one of them is on a list
        "no evidence",
        "not listed",
    ]
    assert rows[0][1:] == [
        "C.2",
        "reference: council-list/C.2 (RED HARBOUR SHIPPING CO)",
        "World Council: Council list: not listed",
    ]
    assert rows[4][2].startswith("several, none picked: council-list/C.1 (VANCE Mira): listed; ports-list/C.1")
    assert rows[5][2].startswith("close, none picked: RED HARBOUR SHIPPING CO")


def test_lines_as_json(kg: Kg, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import jsonschema

    schema = json.loads((ROOT / "docs/schema/status.json").read_text(encoding="utf-8"))
    screened = jsonschema.Draft202012Validator({"$defs": schema["$defs"], "$ref": "#/$defs/screened"})
    code, lines, _ = screen(kg, world, monkeypatch, LINES.encode(), "--as-of", "2024-06-30", "--json")
    documents = [json.loads(line) for line in lines]
    for document in documents:
        screened.validate(document)
    assert code == 0
    assert [d["match"] for d in documents] == ["exact", "blank", "none", "exact", "several", "close", "exact"]
    assert documents[0]["entity"] == f"{BASE}entry/council-list/C.2"
    assert documents[4]["entity"] is None
    assert {c["entity"] for c in documents[4]["candidates"]} == {
        f"{BASE}entry/council-list/C.1",
        f"{BASE}entry/ports-list/C.1",
    }
    assert documents[5]["answer"] == "no evidence"
    assert documents[5]["candidates"][0]["score"] < 100


def test_screening_needs_a_date_and_utf_8(kg: Kg, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert screen(kg, world, monkeypatch, b"C.2\n")[0] == 2
    assert screen(kg, world, monkeypatch, b"C.2\n", "--as-of", "2020", "--format", "svg")[0] == 2
    code, lines, err = screen(kg, world, monkeypatch, b"C.2\nM\xfcller\n", "--as-of", "2020-01-15")
    assert (code, len(lines)) == (3, 1)
    assert err.startswith("kg: standard input, line 2: not UTF-8 at byte 1")


# ── The names that are kept ───────────────────────────────────────────────────────────────────────────────────────


def test_names_are_kept_beside_the_store_and_made_again_when_damaged(kg: Kg, tmp_path: Path) -> None:
    world = build_world(tmp_path / "world")
    file = world / "out/latest/names.msgpack"
    words = ("-C", world, "status", "AHMAD Said", "--in", "UN", "--json")
    assert not file.exists()
    first = kg(*words)
    whole = file.read_bytes()
    assert kg(*words) == first
    for damaged in (b"", whole[:-1], whole[:40] + b"\x00" + whole[41:], b"\x00" * 64):
        file.write_bytes(damaged)
        assert kg(*words) == first
        assert file.read_bytes() == whole


def test_names_of_another_release_are_not_used(kg: Kg, tmp_path: Path) -> None:
    world = build_world(tmp_path / "world")
    assert kg("-C", world, "status", "Nora Quill").code == 3
    old = (world / "out/latest/names.msgpack").read_bytes()
    entry: list[Entry] = [{"reference": "P.7", "kind": "person", "name": "Nora Quill"}]
    (world / "data/lists/ports-list/2023-01-01.jsonl").write_text(
        snapshot("ports-list", "2023-01-01", False, entry), encoding="utf-8"
    )
    assert kg("-C", world, "build").code == 0
    (world / "out/latest/names.msgpack").write_bytes(old)
    ran = kg("-C", world, "status", "Nora Quill", "--in", "XB")
    assert ran.code == 0
    assert "Nora Quill was listed on Ports list" in told(ran.out)


@given(st.text(st.characters(), max_size=40))
@example("\ud800")
@example("x:\udcff")
@example("<http://a b>")
@example("council-list/\ud800")
@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_asked_there_is_an_answer(world: Path, text: str) -> None:
    lookup = lookup_of(_shared(world))
    found = lookup.find(text)
    assert len(found.nodes) <= 2
    assert len(lookup.close(text)) <= 5


_SHARED: dict[Path, Statuses] = {}


def _shared(world: Path) -> Statuses:
    return _SHARED.setdefault(world, statuses_of(world / "out", BASE))


# ── Documents ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_what_the_command_shows(kg: Kg, founding: Path) -> None:
    page = (ROOT / "docs/status.md").read_text(encoding="utf-8")
    words = ("status", "taliban", "--in", "RU", "--as-of", "2010-01-01")
    shown = page.split(f"$ kg {' '.join(words)}\n", 1)[1].split("```", 1)[0]
    assert kg(*words, "--out", founding).out.startswith(shown)
    readme = (ROOT / "README.md").read_text(encoding="utf-8").split(f"kg {' '.join(words)}\n", 1)[1].split("\n…", 1)[0]
    assert shown.startswith(readme)


def test_the_picture_of_the_page_is_not_stale(kg: Kg, founding: Path) -> None:
    words = ("status", "taliban", "--in", "RU", "--as-of", "2010-01-01", "--format", "svg")
    drawn = kg(*words, "--out", founding).out
    file = ROOT / "docs/pictures/status.svg"
    assert file.read_text(encoding="utf-8") == drawn, f"run kg {' '.join(words)} -o {file.relative_to(ROOT)}"


def test_the_page_tells_every_field_of_the_json() -> None:
    schema = json.loads((ROOT / "docs/schema/status.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs/status.md").read_text(encoding="utf-8")
    fields = [field for field in schema["$defs"]["status"]["properties"] if not field.endswith("_label")]
    assert [field for field in fields if f"`{field}`" not in page] == []
    assert [answer for answer in schema["$defs"]["answer"]["enum"] if f"**{answer}**" not in page] == []


@pytest.mark.parametrize(("subject", "where"), [("C.2", "UN"), ("council-list/C.2", "world-council")])
def test_questions_take_references_and_codes_as_well(kg: Kg, world: Path, subject: str, where: str) -> None:
    ran = kg(
        "-C", world, "ask", "status-on-date", f"subject={subject}", f"in={where}", "on=2024-06-30", "--format", "csv"
    )
    assert ran.code == 0
    assert "/organization/world-council" in ran.out
    assert ",not listed," in ran.out
