"""OFAC's list, names and the founding article, judged as in test_lists_oracle.py."""

import json
from datetime import date, timedelta

import pytest

import lists_oracle as oracle
from conftest import Kg
from lists_oracle import LISTED, NO_EVIDENCE, NOT_LISTED, UNCERTAIN
from official_lists import DATA, OFAC_DAY, Json, Official, Screen, rows


def test_every_uid_of_ofac_is_found_and_listed_on_the_day_of_the_list(official: Official, screen: Screen) -> None:
    uids = official.ofac.names
    assert len(uids) == 7379
    got = screen(uids, OFAC_DAY, "--in", "US")
    assert [(one["entity"], one["answer"]) for one in got] == [(f"{DATA}entry/ofac-sdn/{uid}", LISTED) for uid in uids]


@pytest.mark.parametrize(("away", "answer"), [(-1, NO_EVIDENCE), (1, UNCERTAIN)])
def test_one_list_without_dates_says_nothing_certain_of_another_day(
    official: Official, screen: Screen, away: int, answer: str
) -> None:
    """After the last list it is uncertain. Before the first, which does not say since when, there is silence."""
    day = OFAC_DAY + timedelta(days=away)
    assert oracle.Story({OFAC_DAY: True}, {}).on(day) == answer
    uids = list(official.ofac.names)[::25]
    assert {one["answer"] for one in screen(uids, day, "--in", "US")} == {answer}
    assert {one["answer"] for one in screen(uids, OFAC_DAY, "--in", "UN")} == {NO_EVIDENCE}


def test_ofac_has_as_many_of_each_kind_as_its_files(official: Official) -> None:
    counted, imported = official.ofac.counts, official.imports[2]
    kinds = {"aircraft": "aircraft", "organization": "others", "person": "individuals", "vessel": "vessels"}
    assert imported["entries"] == {kind: counted[theirs] for kind, theirs in kinds.items()}
    assert (imported["as_of"], imported["complete"], imported["lost"]) == (str(OFAC_DAY), True, 0)
    fields = imported["fields"]
    assert isinstance(fields, dict)
    assert fields["addresses"] == counted["addresses"]
    assert fields["names"] >= counted["aliases"]  # and the weak aliases of the remarks


def test_the_graph_has_the_aliases_and_addresses_of_ofac(kg: Kg, official: Official) -> None:
    graph = f"GRAPH <{DATA}graph/asserted/ofac-sdn-{OFAC_DAY}>"
    query = f"""SELECT ?uid ?name {{ {graph} {{ ?e onr:listReference ?uid ; onr:nameForm ?form .
        ?form rdfs:label ?name ; onr:kind ?kind FILTER NOT EXISTS {{ ?form onr:quality ?weak }} }} }}"""
    given = {(uid, name) for uid, names in official.ofac.aliases.items() for name in names}
    assert {(row[0], row[1]) for row in rows(kg, official, query)} == given


def bearers(official: Official) -> dict[str, set[str]]:
    """Name → the addresses of the entries of both lists that are called so."""
    called = {f"ofac-sdn/{uid}": {name} for uid, name in official.ofac.names.items()}
    for uid, aliases in official.ofac.aliases.items():
        called[f"ofac-sdn/{uid}"].update(aliases)
    for path in official.un:
        for key, names in oracle.all_names(path).items():
            called.setdefault(f"un-sc/{key}", set()).update(names)
    return oracle.bearers({f"{DATA}entry/{key}": names for key, names in called.items()})


def test_every_primary_name_finds_all_who_bear_it_and_picks_none_of_several(official: Official, screen: Screen) -> None:
    entries = bearers(official)
    names = {
        *official.ofac.names.values(),
        *(name for path in official.un for name in oracle.full_names(path).values()),
    }
    wrong, several = [], 0
    for name, got in zip(sorted(names), screen(sorted(names), OFAC_DAY), strict=True):
        offered = got["candidates"]
        assert isinstance(offered, list)
        found = {str(got["entity"])} if got["match"] == "exact" else {candidate["entity"] for candidate in offered}
        wanted = entries[name.casefold()]
        several += len(wanted) > 1
        if not found >= wanted or (len(wanted) > 1 and (got["match"], got["entity"]) != ("several", None)):
            wrong.append((name, wanted, got["match"], found))
    assert wrong == []
    assert several > 100


def test_what_the_founding_article_says_of_the_taliban(kg: Kg, official: Official) -> None:
    def asked(where: str, day: date) -> Json:
        ran = kg("-C", official.folder, "status", "taliban", "--in", where, "--as-of", day, "--json")
        assert ran.code == 0, ran.err
        answer = json.loads(ran.out)
        assert isinstance(answer, dict)
        return answer

    listed = asked("RU", date(2010, 1, 1))
    assert listed["answer"] == LISTED
    conflicts = listed["contradictions"]
    assert isinstance(conflicts, list)
    words = {side["exact"] for conflict in conflicts for side in conflict["sides"]}
    assert words >= {"since 2003", "for almost twenty years"}
    assert asked("RU", date(2026, 1, 1))["answer"] == NOT_LISTED
    assert asked("RU", date(1996, 1, 1))["answer"] == NO_EVIDENCE
    assert [asked(where, day)["answer"] for where in ("UN", "US") for day in (date(2010, 1, 1), OFAC_DAY)] == [
        NO_EVIDENCE
    ] * 4


def test_who_is_on_a_partial_list_is_never_said_to_be_off_it(official: Official, screen: Screen) -> None:
    every = [json.loads(line) for line in official.ftm.read_text(encoding="utf-8").splitlines()]
    targets = [entity["id"] for entity in every if entity["target"]]
    seen = date.fromisoformat(max(entity["last_seen"] for entity in every)[:10])
    (imported,) = (one for one in official.imports if one["list"] == "eu-fsf")
    assert (imported["complete"], imported["as_of"], len(targets)) == (False, str(seen), 6)
    assert {answer["answer"] for answer in screen(targets, seen, "--in", "EU")} == {LISTED}
    for day in (date(2000, 1, 1), seen + timedelta(days=1), date(2030, 1, 1)):
        assert {str(answer["answer"]) for answer in screen(targets, day, "--in", "EU")} <= {UNCERTAIN, NO_EVIDENCE}
    (place,) = screen([entity["id"] for entity in every if not entity["target"]], seen)
    assert (place["match"], place["answer"]) == ("none", NO_EVIDENCE)
