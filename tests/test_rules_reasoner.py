"""The reasoner finds for each source what the closure finds that is written rule by rule."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.index import index_of, triples_of
from onrecord.ntriples import Triple
from onrecord.rules import Rules, infer
from onrecord.rules.reasoner import Reasoner
from test_rules_oracle import QUIET, REAL_GRAPHS, TOY_GRAPHS


def compare(rules: Rules, asserted: list[Triple], curated: list[Triple], context: list[Triple]) -> None:
    plain = infer(rules, asserted, context)
    whole = infer(rules, [*asserted, *curated], context)
    found = Reasoner(rules, index_of(context)).infer(index_of(asserted), index_of(curated))
    assert sorted(triples_of(found.inferred)) == plain.inferred
    held = {*plain.inferred, *asserted}
    assert sorted(triples_of(found.from_curated)) == [one for one in whole.inferred if one not in held]
    assert found.contradictions == whole.contradictions


@settings(QUIET, max_examples=400)
@given(asserted=TOY_GRAPHS, curated=st.one_of(st.just([]), TOY_GRAPHS), context=TOY_GRAPHS)
def test_the_reasoner_finds_what_the_closure_finds(
    toy_rules: Rules, asserted: list[Triple], curated: list[Triple], context: list[Triple]
) -> None:
    compare(toy_rules, asserted, curated, context)


@settings(QUIET, max_examples=400)
@given(asserted=REAL_GRAPHS, curated=REAL_GRAPHS, context=REAL_GRAPHS)
def test_the_reasoner_finds_what_the_closure_finds_by_the_projects_rules(
    rules: Rules, asserted: list[Triple], curated: list[Triple], context: list[Triple]
) -> None:
    compare(rules, asserted, curated, context)
