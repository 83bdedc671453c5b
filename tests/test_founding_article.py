"""The founding article, rule by rule of honesty: where a careless model would say more than the article does."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

BASE = "https://w3id.org/onrecord/data/"
ARTICLE = f"{BASE}source/russia-taliban-delisting/"
PREFIXES = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX onr: <https://w3id.org/onrecord/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX pso: <http://purl.org/spar/pso/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX org: <https://w3id.org/onrecord/data/organization/>
PREFIX person: <https://w3id.org/onrecord/data/person/>
PREFIX act: <https://w3id.org/onrecord/data/source/russia-taliban-delisting/act/>
PREFIX figure: <https://w3id.org/onrecord/data/source/russia-taliban-delisting/figure/>
PREFIX statement: <https://w3id.org/onrecord/data/source/russia-taliban-delisting/statement/>
PREFIX designation: <https://w3id.org/onrecord/data/source/russia-taliban-delisting/designation/>
PREFIX agent: <https://w3id.org/onrecord/data/source/russia-taliban-delisting/person/>
"""
Rows = Callable[[str], list[tuple[str, ...]]]


@pytest.fixture(scope="module")
def rows(founding: Path) -> Rows:
    """Asks the union of all graphs; an address of the dataset is shown by its last part."""
    store = ox.Store()
    store.bulk_load(path=str(founding / "latest" / "dataset.nq"), format=ox.RdfFormat.N_QUADS)

    def ask(query: str) -> list[tuple[str, ...]]:
        found = store.query(PREFIXES + query, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return sorted({tuple(_short(term) for term in solution) for solution in found})

    return ask


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    return (
        str(getattr(term, "value", term)).rsplit("/", 1)[-1]
        if isinstance(term, ox.NamedNode)
        else str(getattr(term, "value", term))
    )


# ── Attribution ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fact", "chain"),
    [
        ("designation:taliban-in-russia", "london-news-net"),
        ("figure:charged-over-the-taliban", "london-news-net ← Vyorstka"),
        ("figure:deaths-in-the-concert-hall", "london-news-net"),
        ("statement:suleymanov-on-cooperation", "london-news-net ← The Moscow Times ← Ruslan Suleymanov"),
        ("statement:official-on-allies", "london-news-net ← The Moscow Times ← a Russian official"),
        ("statement:dubnov-on-legitimacy", "london-news-net ← Telegram ← Arkady Dubnov"),
        ("statement:dubnov-on-the-action", "london-news-net ← Arkady Dubnov"),
        ("statement:serenko-asks-about-washington", "london-news-net ← Russian media ← Andrei Serenko"),
        ("statement:experts-on-the-ruling", "london-news-net ← experts"),
    ],
)
def test_own_voice_quotation_and_relay_have_chains_of_their_own(rows: Rows, fact: str, chain: str) -> None:
    assert rows(f"SELECT ?chain {{ {fact} onr:attribution/rdfs:label ?chain }}") == [(chain,)]


def test_a_direct_quotation_is_quoted_and_a_paraphrase_is_not(rows: Rows) -> None:
    found = rows("SELECT ?s { ?s a onr:Statement ; prov:wasQuotedFrom ?source }")
    paraphrased = rows(
        "SELECT ?s { ?s a onr:Statement ; onr:mode <https://w3id.org/onrecord/scheme/statement-mode/paraphrase> }"
    )
    assert ("dubnov-on-legitimacy",) in found
    assert ("taliban-on-the-lifting-of-the-ban",) in paraphrased
    assert not set(found) & set(paraphrased)


# ── What asserts nothing ────────────────────────────────────────────────────────────────────────────────────────────────


def test_questions_predictions_and_speculation_assert_nothing(rows: Rows) -> None:
    silent = rows(
        "SELECT ?s { ?s onr:mode ?m . FILTER(?m IN (<https://w3id.org/onrecord/scheme/statement-mode/question>, "
        "<https://w3id.org/onrecord/scheme/statement-mode/prediction>, <https://w3id.org/onrecord/scheme/statement-mode/speculation>)) }"
    )
    assert {s for (s,) in silent} == {
        "dubnov-on-the-time-it-takes",
        "official-on-allies",
        "official-on-responses",
        "serenko-asks-about-consensus",
        "serenko-asks-about-washington",
        "site-on-the-maneuver",
        "taliban-on-the-lifting-of-the-ban",
        "zhdanov-asks",
    }
    assert (
        rows("SELECT ?s { ?s onr:asserts ?p . VALUES ?s { " + " ".join(f"statement:{s}" for (s,) in silent) + " } }")
        == []
    )


def test_what_is_asked_or_supposed_is_no_relation_on_record(rows: Rows) -> None:
    engaged = "?r onr:kind <https://w3id.org/onrecord/scheme/relation-kind/engagement>"
    assert rows(f"SELECT ?r {{ ?r a onr:Relation . {engaged} }}") == []
    assert len(rows(f"SELECT ?r {{ ?r a onr:RelationProposition . {engaged} }}")) == 2


# ── Negation ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_is_recognized_and_two_readings_are_denied(rows: Rows) -> None:
    assert rows("SELECT ?r { ?r a onr:Recognition }") == []
    assert rows(
        "SELECT ?s ?kind { ?s onr:denies ?p . ?p a onr:RecognitionProposition ; onr:kind ?kind ; onr:readingOf ?act }"
    ) == [
        ("dubnov-on-legitimacy", "political-legitimacy"),
        ("experts-on-the-ruling", "formal-recognition"),
    ]


def test_a_delisting_gives_the_taliban_nothing_else(rows: Rows) -> None:
    assert (
        rows(
            "SELECT ?p { org:taliban ?p ?o . FILTER(?p IN (onr:recognized, owl:sameAs, skos:closeMatch, onr:memberOf, onr:partOf)) }"
        )
        == []
    )
    assert rows("SELECT ?o { org:taliban a ?o . FILTER(STRSTARTS(STR(?o), STR(onr:))) }") == [
        ("ns#Agent",),
        ("ns#ArmedGroup",),
        ("ns#Designee",),
        ("ns#Organization",),
    ]


# ── Claims by a party concerned ─────────────────────────────────────────────────────────────────────────────────────────


def test_zhdanovs_claim_is_found_as_a_claim_only(rows: Rows) -> None:
    assert rows("SELECT ?who { ?d a onr:ClaimedDesignation ; onr:designee ?who }") == [
        ("foundation-colleagues",),
        ("ivan-zhdanov",),
        ("other-good-people",),
        ("volkovs-father",),
    ]
    assert (
        rows(
            "SELECT ?d { ?d a onr:Designation ; onr:designee ?who . VALUES ?who { agent:volkovs-father agent:foundation-colleagues agent:other-good-people } }"
        )
        == []
    )


def test_zhdanovs_listing_in_the_articles_own_voice_is_on_record(rows: Rows) -> None:
    assert rows(
        "SELECT ?d ?edtf ?list { ?d a onr:Designation ; onr:designee person:ivan-zhdanov ; onr:start/onr:edtf ?edtf ; onr:onList ?list }"
    ) == [("zhdanov-on-list", "2022", "russian-extremists-and-terrorists")]


def test_no_proposition_can_be_read_as_a_fact_in_any_vocabulary(rows: Rows) -> None:
    foreign = rows(
        "SELECT DISTINCT ?p ?what { ?p a onr:Proposition . { ?p ?what ?o } UNION { ?p a ?what } "
        "FILTER(!STRSTARTS(STR(?what), STR(onr:)) && !STRENDS(STR(?what), '#type')) }"
    )
    assert foreign == []
    assert rows("SELECT ?p { ?p a onr:Proposition , onr:Fact }") == []


# ── Lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_lists_of_one_state_are_two_lists(rows: Rows) -> None:
    assert rows("SELECT ?list ?of { ?list a onr:DesignationList ; onr:jurisdiction ?of }") == [
        ("russian-extremists-and-terrorists", "russia"),
        ("russian-terrorist-organizations", "russia"),
    ]
    assert rows("SELECT ?d ?list { ?d pso:isLostAsConsequenceOf act:delisting-of-the-taliban ; onr:onList ?list }") == [
        ("taliban-in-russia", "russian-terrorist-organizations")
    ]


# ── Vague stays vague ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_year_has_bounds_that_follow_from_it(rows: Rows) -> None:
    assert rows(
        "SELECT ?edtf ?a ?b ?basis { designation:taliban-in-russia onr:start ?t . ?t onr:edtf ?edtf ; onr:earliest ?a ; onr:latest ?b ; onr:earliestBasis ?basis }"
    ) == [("2003", "2003-01-01", "2003-12-31", "derived")]


@pytest.mark.parametrize("said", ["Recently", "years", "On Thursday"])
def test_words_for_a_time_get_no_date(rows: Rows, said: str) -> None:
    assert rows(f'SELECT ?t {{ ?t onr:asSaid "{said}"@en }}') != []
    assert rows(f'SELECT ?t {{ ?t onr:asSaid "{said}"@en ; onr:edtf|onr:earliest|onr:latest ?date }}') == []


def test_every_date_that_the_article_does_not_give_is_a_curators(rows: Rows) -> None:
    dated = "{ GRAPH ?g { ?t onr:edtf|onr:earliest|onr:latest ?date . FILTER(STRSTARTS(STR(?date), '2025-04')) } }"
    assert {g for (g,) in rows(f"SELECT ?g {dated}")} == {"russia-taliban-delisting"}
    assert rows(f"SELECT ?t {dated[:-1]} FILTER(!CONTAINS(STR(?g), '/graph/curated/')) }}") == []
    assert rows(f"SELECT ?t {dated[:-1]} FILTER NOT EXISTS {{ ?c onr:curates ?t ; onr:reason ?why }} }}") == []


# ── Numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_numbers_keep_their_qualifier(rows: Rows) -> None:
    numbers = (
        "OPTIONAL { ?f schema:value ?value } OPTIONAL { ?f schema:minValue ?min } OPTIONAL { ?f schema:maxValue ?max }"
    )
    assert rows(f"SELECT ?f ?q ?value ?min ?max {{ ?f a onr:Figure ; onr:qualifier ?q . {numbers} }}") == [
        ("charged-over-the-taliban", "at-least", "", "37", ""),
        ("convicted-besides", "at-least", "", "9", ""),
        ("deaths-in-the-concert-hall", "exactly", "145", "", ""),
        ("kevorkovas-posts", "exactly", "2", "", ""),
        ("penalized-over-symbols", "about", "20", "", ""),
    ]
    assert rows(f"SELECT ?q ?value ?min ?max {{ ?s onr:length ?f . ?f onr:qualifier ?q . {numbers} }}") == [
        ("at-most", "", "", "12.5"),
        ("exactly", "5.5", "", ""),
    ]
    assert rows(
        f"SELECT ?q ?value ?min ?max {{ designation:taliban-in-russia onr:lasted ?f . ?f onr:qualifier ?q . {numbers} }}"
    ) == [("almost", "", "", "20")]


def test_vague_quantities_have_words_and_no_number(rows: Rows) -> None:
    assert rows(
        "SELECT ?said { ?a onr:qualifier <https://w3id.org/onrecord/scheme/qualifier/vague> ; onr:asSaid ?said }"
    ) == [
        ("many",),
        ("numerous",),
    ]
    assert (
        rows(
            "SELECT ?a { ?a onr:qualifier <https://w3id.org/onrecord/scheme/qualifier/vague> ; schema:value|schema:minValue|schema:maxValue ?n }"
        )
        == []
    )


def test_a_part_says_so_and_the_nine_are_others(rows: Rows) -> None:
    assert rows("SELECT ?a ?b { ?a onr:subsetOf ?b }") == [("penalized-over-symbols", "charged-over-the-taliban")]
    assert ("convicted-besides", "penalized-over-symbols") in rows("SELECT ?a ?b { ?a onr:disjointFrom ?b }")
    assert ("convicted-besides", "charged-over-the-taliban") in rows("SELECT ?a ?b { ?a onr:mayOverlap ?b }")


# ── Disagreement ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_since_2003_and_almost_twenty_years_both_stay(rows: Rows) -> None:
    said = "/onr:evidence/oa:hasSelector/oa:exact"
    assert rows(f"SELECT ?a ?b {{ designation:taliban-in-russia onr:start{said} ?a ; onr:lasted{said} ?b }}") == [
        ("since 2003", "for almost twenty years")
    ]


# ── Curators ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_curated_fact_has_a_reason_and_stays_in_its_graph(rows: Rows) -> None:
    curated = "GRAPH ?g { ?node a onr:Mention . FILTER(CONTAINS(STR(?g), '/graph/curated/')) }"
    assert {f for _, f in rows(f"SELECT ?node ?form {{ {curated} ?node onr:form ?form }}")} == {
        "Choosing not to classify the Taliban as terrorists",
        "Kabul",
        "Moscow",
        "Russia’s rehabilitation of the Taliban",
        "the Kremlin",
        "the Supreme Court",
        "the Trump administration",
        "the recent action",
        "this action",
        "this decision",
    }
    assert rows(f"SELECT ?node {{ {curated} FILTER NOT EXISTS {{ ?c onr:curates ?node ; onr:reason ?why }} }}") == []


def test_the_court_is_russias_by_a_curators_word_only(rows: Rows) -> None:
    assert (
        rows(
            "SELECT ?g { GRAPH ?g { org:supreme-court-of-russia onr:state org:russia } FILTER(CONTAINS(STR(?g), 'asserted')) }"
        )
        == []
    )
    assert len(rows("SELECT ?g { GRAPH ?g { org:supreme-court-of-russia onr:state org:russia } }")) == 1


def test_the_delisting_works_through_the_ruling_by_a_curators_word_only(rows: Rows) -> None:
    assert rows(
        "SELECT ?kind { GRAPH ?g { act:delisting-of-the-taliban onr:through ?r } BIND(REPLACE(STR(?g), '^.*graph/([^/]*)/.*$', '$1') AS ?kind) }"
    ) == [("curated",)]


# ── Unnamed stays unnamed ───────────────────────────────────────────────────────────────────────────────────────────────


def test_unnamed_people_are_nodes_of_the_article_with_no_name(rows: Rows) -> None:
    assert rows(
        "SELECT ?p ?role ?why { ?p a onr:Person ; onr:knownByRole ?role . OPTIONAL { ?p onr:anonymityReason ?why } }"
    ) == [
        ("chief-diplomat", "the Taliban’s chief diplomat", ""),
        (
            "russian-official",
            "a Russian official",
            "chose to remain anonymous due to the sensitive nature of the topic",
        ),
        ("volkovs-father", "Leonid Volkov’s father", ""),
    ]
    assert rows("SELECT ?p { ?p onr:knownByRole ?role . FILTER(!STRSTARTS(STR(?p), '" + ARTICLE + "')) }") == []
    assert rows("SELECT ?p { ?p onr:knownByRole ?role ; owl:sameAs|skos:closeMatch ?other }") == []


# ── Evidence ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_fact_has_words_a_source_and_one_chain(rows: Rows) -> None:
    facts = "?f a onr:Fact ; prov:wasDerivedFrom <https://w3id.org/onrecord/data/source/russia-taliban-delisting>"
    assert len(rows(f"SELECT ?f {{ {facts} }}")) > 90
    assert rows(f"SELECT ?f {{ {facts} FILTER NOT EXISTS {{ ?f onr:evidence ?e }} }}") == []
    assert rows(f"SELECT ?f {{ {facts} ; onr:attribution ?a , ?b . FILTER(?a != ?b) }}") == []
    assert rows(f"SELECT ?f {{ {facts} FILTER NOT EXISTS {{ ?f onr:attribution/onr:link/prov:agent ?agent }} }}") == []


def test_page_furniture_is_no_evidence(rows: Rows) -> None:
    exact = "\n".join(words for (words,) in rows("SELECT ?words { ?e oa:exact ?words }"))
    for furniture in ("Pope Leo", "cookies", "Related posts", "Strategic Shift", "Nuclear Negotiations", "Court Exit"):
        assert furniture not in exact


def test_positions_point_at_the_words_themselves(rows: Rows, shared: Path) -> None:
    text = (shared / "articles" / "russia-taliban-delisting.txt").read_text(encoding="utf-8")
    found = rows(
        "SELECT ?words ?start ?end { ?e oa:hasSelector ?q , ?p . ?q oa:exact ?words . ?p oa:start ?start ; oa:end ?end }"
    )
    assert len(found) > 120
    assert [words for words, start, end in found if text[int(start) : int(end)] != words] == []


def test_words_that_are_said_to_be_the_sources_stand_in_the_text(rows: Rows, shared: Path) -> None:
    text = (shared / "articles" / "russia-taliban-delisting.txt").read_text(encoding="utf-8").casefold()
    props = "onr:describedAs|onr:form|onr:knownByRole|onr:anonymityReason|onr:called|onr:charge|onr:over|onr:servedIn|onr:counts|onr:asSaid"
    found = rows(f"SELECT DISTINCT ?words {{ ?node {props} ?words }}")
    assert [words for (words,) in found if words.casefold() not in text] == []
