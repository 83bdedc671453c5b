"""Inference: what follows from facts, what never does, and how contradictions are told."""

from itertools import pairwise, permutations, product

import pytest

from onrecord.errors import InputError, VocabularyError
from onrecord.ntriples import Triple
from onrecord.rules import Contradiction, Rules, explain, infer
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr, org, prov, schema, skos
from rule_terms import DIFFERENT, OWL, RDFS, SAME, XSD, node, toy

# ── What follows ────────────────────────────────────────────────────────────


def test_an_alignment_follows(rules: Rules) -> None:
    found = infer(rules, [(node("taliban"), TYPE, onr.ArmedGroup)], []).inferred
    assert (node("taliban"), TYPE, f"<{org.postIn.iri.removesuffix('postIn')}Organization>") in found
    assert found == sorted(found)


def test_whoever_stands_in_the_chain_is_somebody_to_whom_it_is_attributed(rules: Rules) -> None:
    chain, link = node("chain"), node("chain/1")
    triples: list[Triple] = [
        (node("fact"), onr.attribution, chain),
        (chain, onr.link, link),
        (link, prov.agent, node("site")),
    ]
    step = explain(rules, triples, [], (node("fact"), prov.wasAttributedTo, node("site")))[-1]
    assert (step.rule, step.premises[:3]) == ("prp-spo2", tuple(triples))


def test_a_proposition_never_becomes_a_fact(rules: Rules) -> None:
    speech, claim = node("speech"), node("claim")
    triples: list[Triple] = [
        (speech, TYPE, onr.Statement),
        (speech, onr.denies, claim),
        (claim, TYPE, onr.RecognitionProposition),
        (claim, onr.recognized, node("taliban")),
    ]
    found = infer(rules, triples, []).inferred
    kinds = {o for s, p, o in found if s == claim and p == TYPE}
    assert onr.Proposition in kinds
    assert not kinds & {onr.Fact, onr.Recognition}
    assert all(onr.recognized != p or s == claim for s, p, _ in found)


def test_what_follows_from_the_context_alone_is_left_out(rules: Rules) -> None:
    context: list[Triple] = [(node("kabul"), onr.within, node("afghanistan"))]
    triples: list[Triple] = [(node("school"), onr.within, node("kabul"))]
    found = infer(rules, triples, context).inferred
    assert (node("school"), onr.within, node("afghanistan")) in found
    assert not [one for one in found if one[0] == node("afghanistan")]
    assert infer(rules, [], context).inferred == []


def test_facts_hold_under_every_name_of_a_thing(rules: Rules) -> None:
    wikidata = "<http://www.wikidata.org/entity/Q42418>"
    triples: list[Triple] = [(node("taliban"), SAME, wikidata), (node("list"), onr.designee, node("taliban"))]
    found = infer(rules, triples, []).inferred
    assert (node("list"), onr.designee, wikidata) in found
    assert (wikidata, SAME, node("taliban")) in found
    assert (wikidata, SAME, wikidata) not in found


def test_a_long_chain_of_identities_is_no_danger(toy_rules: Rules) -> None:
    names = [node(f"n{number}") for number in range(200)]
    links: list[Triple] = [(one, SAME, other) for one, other in pairwise(names)]
    found = infer(toy_rules, [*links, (names[0], toy("near"), node("x"))], []).inferred
    assert (node("x"), toy("near"), names[-1]) in found
    assert len([one for one in found if one[1] == SAME]) == 200 * 199 - 199


def test_a_long_path_is_followed_to_its_end(toy_rules: Rules) -> None:
    path: list[Triple] = [(node(f"n{i:03}"), toy("in"), node(f"n{i + 1:03}")) for i in range(120)]
    found = infer(toy_rules, path, []).inferred
    assert len([one for one in found if one[1] == toy("in")]) == 120 * 121 / 2 - 120
    assert explain(toy_rules, path, [], (node("n000"), toy("in"), node("n120")))[-1].rule == "prp-trp"


@pytest.mark.parametrize("names", list(permutations("wxyz")))
def test_a_chain_is_closed_by_whichever_link_comes_last(toy_rules: Rules, names: tuple[str, ...]) -> None:
    a, b, c, d = (node(name) for name in names)
    chain: list[Triple] = [(a, toy("from"), b), (b, toy("in"), c), (c, toy("sub"), d)]
    found = infer(toy_rules, chain, []).inferred
    assert [one for one in found if one[1] == toy("uncle")] == [(a, toy("uncle"), d)]
    step = explain(toy_rules, chain, [], (a, toy("uncle"), d))[-1]
    assert (step.rule, step.premises[:3]) == ("prp-spo2", tuple(chain))


def test_who_is_one_by_a_functional_property_and_why(toy_rules: Rules) -> None:
    a, b, x, y = (node(name) for name in "abxy")
    triples: list[Triple] = [(x, toy("bearer"), a), (x, toy("mother"), b), (b, toy("near"), y)]
    assert (a, toy("near"), y) in infer(toy_rules, triples, []).inferred
    rules = [step.rule for step in explain(toy_rules, triples, [], (y, toy("near"), b))]
    assert rules[:2] == ["prp-spo1", "prp-fp"]
    assert [step.rule for step in explain(toy_rules, triples, [], (b, SAME, a))] == ["prp-spo1", "prp-fp"]
    assert [step.rule for step in explain(toy_rules, triples, [], (a, SAME, b))] == ["prp-spo1", "prp-fp", "eq-sym"]


def test_who_is_one_by_a_key(toy_rules: Rules) -> None:
    five = f'"5"^^<{XSD}integer>'
    triples: list[Triple] = [(node("x"), toy("age"), five), (node("y"), toy("age"), five)]
    step = explain(toy_rules, triples, [], (node("x"), SAME, node("y")))[-1]
    assert (step.rule, step.premises[-1][1]) == ("prp-key", f"<{OWL}hasKey>")
    other = f'"6"^^<{XSD}integer>'
    assert SAME not in {p for _, p, _ in infer(toy_rules, [triples[0], (node("y"), toy("age"), other)], []).inferred}


def test_one_name_leads_to_another_until_all_are_known(toy_rules: Rules) -> None:
    a, b, c, d, x, y = (node(name) for name in "abcdxy")
    triples: list[Triple] = [(x, toy("code"), a), (y, toy("code"), a), (x, toy("mother"), c), (y, toy("mother"), d)]
    found = infer(toy_rules, [*triples, (c, toy("mother"), b), (d, toy("near"), a)], []).inferred
    assert {(x, SAME, y), (c, SAME, d), (d, toy("mother"), b), (c, toy("near"), a)} <= set(found)


def test_a_given_triple_needs_no_explanation(toy_rules: Rules) -> None:
    one = (node("a"), toy("sub"), node("b"))
    assert explain(toy_rules, [one], [], one) == []
    with pytest.raises(InputError, match="does not follow"):
        explain(toy_rules, [one], [], (node("b"), toy("sub"), node("a")))


def test_disjointness_holds_between_all_pairs_of_a_group(toy_rules: Rules) -> None:
    for one, other in product("AGH", repeat=2):
        found = infer(toy_rules, [(node("x"), TYPE, toy(one)), (node("x"), TYPE, toy(other))], []).contradictions
        assert bool(found) == (one != other)


def test_concepts_are_told_apart_from_data(rules: Rules) -> None:
    concept = next(s for s, p, o in rules.facts if p == TYPE and o == skos.Concept)
    triples: list[Triple] = [(node("x"), onr.kind, concept), (node("x"), onr.kind, node("mine"))]
    assert infer(rules, triples, []).inferred == [(node("mine"), TYPE, skos.Concept)]


# ── Contradictions ────────────────────────────────────────────────────────────


def only(rules: Rules, triples: list[Triple], context: list[Triple] | None = None) -> Contradiction:
    found = infer(rules, triples, context or []).contradictions
    assert len(found) == 1, found
    return found[0]


def test_a_person_who_is_an_organization(rules: Rules) -> None:
    who = node("person/ivan-zhdanov")
    triples: list[Triple] = [(who, TYPE, onr.Person), (who, TYPE, onr.NewsOutlet)]
    found = only(rules, triples)
    assert found.rule == "cax-adc"
    assert found.message == (
        "«ivan-zhdanov» is an organization and a person at the same time (a news outlet is an organization); "
        "nothing can be both"
    )
    assert found.nodes == (who,)
    assert sorted(found.triples) == sorted(triples)


def test_a_contradiction_through_a_property_says_how(rules: Rules) -> None:
    who, what = node("person/ivan-zhdanov"), node("source/x/statement/s-3")
    found = only(rules, [(what, onr.medium, who)], [(who, TYPE, onr.Person)])
    assert "an organization, because «s-3» has it as its “medium”" in found.message
    assert set(found.triples) == {(what, onr.medium, who), (who, TYPE, onr.Person)}


def test_a_contradiction_of_the_context_is_not_told_again(rules: Rules) -> None:
    who = node("person/x")
    context: list[Triple] = [(who, TYPE, onr.Person), (who, TYPE, onr.Place)]
    assert infer(rules, [(node("s"), onr.speaker, who)], context).contradictions == []


def test_a_contradiction_between_two_names_of_one_thing(rules: Rules) -> None:
    one, other = node("person/x"), node("organization/y")
    triples: list[Triple] = [(one, TYPE, onr.Person), (other, TYPE, onr.Court), (one, SAME, other)]
    found = only(rules, triples)
    assert found.nodes == (other, one)
    assert set(found.triples) == set(triples)
    assert "«y» = «x»" in found.message


def test_the_same_and_different(toy_rules: Rules) -> None:
    triples: list[Triple] = [(node("a"), SAME, node("b")), (node("b"), DIFFERENT, node("a"))]
    found = only(toy_rules, triples)
    assert (found.rule, set(found.triples)) == ("eq-diff1", set(triples))
    assert found.message == "«a» = «b» are said to be the same and to be different"


@pytest.mark.parametrize(
    ("triples", "rule", "words"),
    [
        ([("a", "older", "a")], "prp-irp", "«a» has itself as its “older”"),
        ([("a", "older", "b"), ("b", "older", "a")], "prp-asyp", "have each other as their “older”"),
        ([("a", "older", "b"), ("b", "near", "a")], "prp-pdw", "as its “older” and as its “near”"),
    ],
)
def test_limits_of_properties(toy_rules: Rules, triples: list[tuple[str, str, str]], rule: str, words: str) -> None:
    found = infer(toy_rules, [(node(s), toy(p), node(o)) for s, p, o in triples], []).contradictions
    told = {one.rule: one.message for one in found}
    assert words in told[rule]


def test_what_is_nothing(toy_rules: Rules) -> None:
    assert only(toy_rules, [(node("a"), TYPE, f"<{OWL}Nothing>")]).rule == "cls-nothing2"


@pytest.mark.parametrize(
    ("triples", "rule", "words"),
    [
        ([("x", "mother", toy("one")), ("x", "mother", node("a"))], "prp-fp", "as its “mother”; it has only one"),
        ([(toy("one"), "code", '"7"'), ("x", "code", '"7"')], "prp-ifp", "have “7” as their “code”; only one thing"),
    ],
)
def test_nothing_of_the_data_is_a_term(
    toy_rules: Rules, triples: list[tuple[str, str, str]], rule: str, words: str
) -> None:
    """What would make a thing one with a term of a vocabulary is told, and not done."""
    given = [(s if s.startswith("<") else node(s), toy(p), o) for s, p, o in triples]
    found = infer(toy_rules, given, [])
    told = {one.rule: one.message for one in found.contradictions}
    assert words in told[rule]
    assert not [one for one in found.inferred if one[1] == SAME]


def test_who_is_one_and_different(toy_rules: Rules) -> None:
    a, b, x = node("a"), node("b"), node("x")
    triples: list[Triple] = [(x, toy("mother"), a), (x, toy("mother"), b), (a, DIFFERENT, b)]
    found = only(toy_rules, triples)
    assert (found.rule, set(found.triples)) == ("eq-diff1", set(triples))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (onr.earliest, f'"2024-02-30"^^<{XSD}date>', "“2024-02-30” as its “earliest”, which is not a date"),
        (onr.earliest, '"soon"@en', "which must be a date"),
        (onr.earliest, node("event/x"), "«x» as its “earliest”, which must be a date"),
        (schema.value, '"37"', "which must be a number"),
        (onr.asSaid, '"recently"', "which must be a text with its language"),
    ],
)
def test_values_of_another_kind(rules: Rules, name: str, value: str, words: str) -> None:
    found = only(rules, [(node("fact/start"), name, value)])
    assert found.rule == "dt-not-type"
    assert found.message.startswith("«fact/start» has ")
    assert words in found.message


def test_values_that_are_right(rules: Rules) -> None:
    triples: list[Triple] = [
        (node("t"), onr.earliest, f'"2024-02-29"^^<{XSD}date>'),
        (node("t"), onr.edtf, '"2024-02?"^^<http://id.loc.gov/datatypes/edtf/EDTF>'),
        (node("t"), onr.asSaid, '"recently"@en'),
        (node("n"), schema.value, f'"37"^^<{XSD}integer>'),
        (node("n"), schema.minValue, f'"12.5"^^<{XSD}decimal>'),
    ]
    assert infer(rules, triples, []).contradictions == []


# ── Data that would change the rules ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "triple",
    [
        (toy("X"), f"<{RDFS}subClassOf>", toy("A")),
        (node("p"), str(TYPE), f"<{OWL}TransitiveProperty>"),
        (node("p"), f"<{OWL}inverseOf>", toy("in")),
    ],
)
def test_data_may_not_define_terms(toy_rules: Rules, triple: Triple) -> None:
    with pytest.raises(VocabularyError, match="may not define terms"):
        infer(toy_rules, [triple], [])


@pytest.mark.parametrize("other", [toy("A"), toy("one"), '"a"', f"<{XSD}date>"])
def test_only_things_of_the_data_can_be_the_same(toy_rules: Rules, other: str) -> None:
    with pytest.raises(InputError, match="can be the same"):
        infer(toy_rules, [(node("a"), SAME, other)], [])
