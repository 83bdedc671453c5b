"""`kg show`: everything known of a thing; what is on record, claimed and said stay apart, and contradictions stay."""

import json
from pathlib import Path

import pytest

from conftest import Kg
from onrecord.dataset import settings
from onrecord.dataset.initial import make
from onrecord.dataset.segments import Options
from onrecord.questions import Fact, Knowledge, Names, of_node
from onrecord.release.building import build
from onrecord.store import Release

ROOT = Path(__file__).resolve().parents[1]
BASE = "https://w3id.org/onrecord/data/"
CLAIMED = "Claimed designations: a claim by a party concerned, not on record"
ARTICLE = "russia-taliban-delisting"


def knowledge(out: Path, base: str, name: str) -> Knowledge:
    store = Release.latest(out).store()
    return of_node(store, base, Names(store, base).resolve(name))


def facts(known: Knowledge, title: str) -> dict[str, Fact]:
    return {
        fact.node.rsplit("/", 1)[-1][:-1]: fact
        for group in known.groups
        if group.title == title
        for fact in group.facts
    }


def said(fact: Fact, name: str) -> list[tuple[str, bool]]:
    return [(detail.value, detail.curated) for detail in fact.details if detail.name == name]


# ── The founding article ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def taliban(founding: Path) -> Knowledge:
    return knowledge(founding, BASE, "taliban")


def test_a_designation_on_record_comes_with_words_chain_and_curators_reasons(taliban: Knowledge) -> None:
    (fact,) = facts(taliban, "Designations on record").values()
    assert "classified as a terrorist entity in Russia" in fact.words
    assert fact.chains == ["london-news-net"]
    assert said(fact, "jurisdiction") == [("Russia", False)]
    assert said(fact, "lasted") == [("almost 20 years", False)]
    assert said(fact, "start") == [("2003, not before 2003-01-01 (derived), not after 2003-12-31 (derived)", False)]
    assert all("curated" in value for value, _ in said(fact, "end"))
    assert fact.curated


def test_a_claim_by_a_party_concerned_is_apart_from_what_is_on_record(founding: Path) -> None:
    known = knowledge(founding, BASE, f"{ARTICLE}/person/volkovs-father")
    assert facts(known, "Designations on record") == {}
    (claim,) = facts(known, CLAIMED).values()
    assert claim.kind == "statement"
    assert said(claim, "speaker") == [("Ivan Zhdanov", False)]
    assert claim.chains == ["london-news-net ← Ivan Zhdanov"]


def test_who_claims_and_is_on_record_has_both(founding: Path) -> None:
    known = knowledge(founding, BASE, "Ivan Zhdanov")
    assert list(facts(known, "Designations on record")) == ["zhdanov-on-list"]
    assert list(facts(known, CLAIMED)) == ["zhdanov-on-designations"]
    assert "zhdanov-asks" in facts(known, "Statements by")


def test_what_is_denied_is_shown_as_denied_and_as_no_recognition(taliban: Knowledge) -> None:
    statement = facts(taliban, "Statements that speak of it")["dubnov-on-legitimacy"]
    ((denied, _),) = said(statement, "denies")
    assert "political legitimacy" in denied
    assert "recognized Taliban" in denied
    assert facts(taliban, "Recognition on record") == {}
    assert statement.chains == ["london-news-net ← Telegram ← Arkady Dubnov"]


def test_numbers_keep_their_qualifier(taliban: Knowledge) -> None:
    figures = facts(taliban, "Figures")
    assert said(figures["charged-over-the-taliban"], "qualifier") == [("at least", False)]
    assert said(figures["penalized-over-symbols"], "qualifier") == [("about", False)]
    assert [value for value, _ in said(figures["penalized-over-symbols"], "subset of")] == ["at least 37 persons"]


def test_every_fact_on_record_has_words_and_a_chain_or_a_curators_reason(founding: Path) -> None:
    store = Release.latest(founding).store()
    names = Names(store, BASE)
    for who in ("taliban", "russia", "ivan-zhdanov", "the-moscow-times", "afghanistan"):
        known = of_node(store, BASE, names.resolve(who))
        assert known.groups, who
        for group in known.groups:
            for fact in group.facts:
                sourced = fact.words or any(detail.name == "mentions" for detail in fact.details) or fact.curated
                assert sourced or group.title == "Also named by", fact.node


def test_a_fact_and_a_source_can_be_shown_too(founding: Path) -> None:
    designation = knowledge(founding, BASE, f"{ARTICLE}/designation/taliban-in-russia")
    assert designation.itself.kind == "designation"
    assert "suleymanov-on-cooperation" in facts(designation, "Statements that speak of it")
    assert knowledge(founding, BASE, ARTICLE).itself.kind == "article"


# ── Contradictions, in a small dataset ────────────────────────────────────────────────────────────────────────────

SECOND = """
source:
  kind: article
  title: Northern Front never banned
  site: quayside
  text: {path: second.txt}
designations:
  - id: northern-front-never-left
    subject: northern-front
    kind: terrorist-organization
    jurisdiction: alda
    start: {date: 2011, words: since 2011}
    words: has been banned
"""


@pytest.fixture(scope="module")
def disagreeing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small dataset with a second article, which contradicts the first."""
    folder = tmp_path_factory.mktemp("disagreeing") / "dataset"
    make(folder)
    articles = folder / "data" / "articles"
    (articles / "second.txt").write_text("The Front has been banned since 2011.", encoding="utf-8")
    (articles / "second.yaml").write_text(SECOND, encoding="utf-8")
    report = build(Options(folder, settings.load(folder), folder / "out"), lambda stage, done, of: None)
    assert report.manifest is not None, report.findings
    return folder


def test_facts_that_contradict_each_other_are_both_shown(kg: Kg, disagreeing: Path) -> None:
    ran = kg("-C", disagreeing, "show", "Northern Front")
    assert (ran.code, ran.err) == (0, "")
    assert "Designations on record (2)" in ran.out
    assert "start: 2009" in ran.out
    assert "start: 2011" in ran.out
    assert "— Harbour Gazette" in ran.out
    assert "— Quayside" in ran.out
    assert "[curated] The Tuesday before the article appeared." in ran.out


def test_what_a_source_writes_does_not_command_the_terminal(kg: Kg, dataset: Path) -> None:
    release = dataset / "out" / "latest"
    release.mkdir(parents=True)
    node, graph = "<https://data.example/organization/x>", "<https://data.example/graph/asserted/y>"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    (release / "dataset.nq").write_text(f'{node} {label} "\\u001B[31mred"@en {graph} .\n', encoding="utf-8")
    ran = kg("-C", dataset, "show", "x")
    assert ran.code == 0
    assert ran.out.startswith("␛[31mred\n")
    assert "\x1b" not in ran.out


def test_json_has_the_same_facts(kg: Kg, disagreeing: Path) -> None:
    shown = json.loads(kg("-C", disagreeing, "show", "northern-front", "--json").out)
    assert (shown["path"], shown["kind"], shown["label"]) == ("northern-front", "armed group", "Northern Front")
    (group,) = (g for g in shown["groups"] if g["title"] == "Designations on record")
    words = {word for fact in group["facts"] for word in fact["words"]}
    assert words == {"had been banned", "has been banned"}
    assert all(fact["attribution"] for fact in group["facts"])


def test_an_unnamed_person_keeps_the_role_and_the_reason(kg: Kg, disagreeing: Path) -> None:
    ran = kg("-C", disagreeing, "show", "ministry-official")
    assert "an interior ministry official" in ran.out
    assert "was not allowed to speak publicly" in ran.out
    assert "denies: recognition proposition:" in ran.out


@pytest.mark.parametrize(
    "name", ["northern-frnt", "Northern front", "harbour-ruling/designation/northern-front-in-aldo", ""]
)
def test_what_is_not_known_is_an_error_that_says_what_is_near(kg: Kg, disagreeing: Path, name: str) -> None:
    ran = kg("-C", disagreeing, "show", name)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"kg: nothing in the dataset is called {name!r}")
    assert len(ran.err.splitlines()) == 1
    if name:
        assert "northern-front" in ran.err


def test_showing_mends_a_damaged_store(kg: Kg, disagreeing: Path) -> None:
    before = kg("-C", disagreeing, "show", "northern-front").out
    for file in (disagreeing / "out" / "latest" / "store").glob("*.sst"):
        file.write_bytes(bytes(byte ^ 0xFF for byte in file.read_bytes()))
    ran = kg("-C", disagreeing, "show", "northern-front")
    assert (ran.code, ran.out) == (0, before)
