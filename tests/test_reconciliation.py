"""Reconciliation on a small dataset: who is offered, in which order, and when one is picked."""

import pytest

from onrecord.server.desk import Desk
from onrecord.server.reconciliation import kinds
from reconciliation_world import Json, cells, ids, matched, replied, results, value, world


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return world(tmp_path_factory.mktemp("reconciliation"))


def features(one: dict[str, Json]) -> dict[Json, Json]:
    held = one["features"]
    assert isinstance(held, list)
    return {each["id"]: each["value"] for each in held if isinstance(each, dict)}


# ── Matches ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_who_alone_is_called_so_is_a_match(desk: Desk) -> None:
    (first, *_) = found = results(desk, "Tom Flint")
    assert matched(found) == ["entry/bans/B.5"]
    assert (first["score"], first["name"]) == (100, "Tom Flint")
    assert features(first) == {
        "name_likeness": 100,
        "called_just_so": True,
        "main_name": True,
        "several_called_so": False,
    }


def test_of_several_nobody_is_picked(desk: Desk) -> None:
    found = results(desk, "Ana Moss")
    assert matched(found) == []
    assert ids(found)[:3] == ["person/ana-moss", "entry/bans/B.3", "entry/bans/B.2"]
    assert all(features(one)["several_called_so"] for one in found[:3])
    assert "several are called so" in str(found[0]["description"])


def test_the_same_words_in_another_order_may_mean_another(desk: Desk) -> None:
    """B.2 is "MOSS, Ana": of the two "Ana Moss" and it, nobody is picked, whatever is asked for besides."""
    asked = [{"pid": "birthDate", "v": "1960-05-04"}, {"pid": "nationality", "v": "Alda"}]
    found = results(desk, "Ana Moss", properties=asked)
    assert ids(found)[0] == "entry/bans/B.2"  # 98 for the name, 6 for the birth, 3 for the country
    assert [one["score"] for one in found] == [107, 100, 80]
    assert matched(found) == []


def test_what_is_only_close_is_no_match(desk: Desk) -> None:
    found = results(desk, "Tom Flynt")
    assert ids(found) == ["entry/bans/B.5"]
    assert matched(found) == []
    assert "spelled nearly so" in str(found[0]["description"])
    assert 80 <= int(str(found[0]["score"])) < 97


def test_who_are_one_by_a_curators_link_are_one(desk: Desk) -> None:
    found = results(desk, "Omar Brisk")
    assert ids(found) == ["person/omar-brisk"]
    assert matched(found) == ["person/omar-brisk"]
    entry = results(desk, "Omar Brisk", type="Entry")
    assert (ids(entry), matched(entry)) == (["entry/bans/B.1"], [])  # its name is only close
    assert matched(results(desk, "BRISK, Omar", type="Entry")) == ["entry/bans/B.1"]


def test_a_name_that_a_curator_added_says_so(desk: Desk) -> None:
    (found,) = results(desk, "зоя клим")
    assert found["id"] == "person/zoe-klim"
    assert found["match"] is True
    assert str(found["description"]).startswith("“Зоя Клим” [curated]: same spelling")


def test_an_id_that_is_a_name_as_well_goes_before_nobody(desk: Desk) -> None:
    """`front` is an id of the registry, and "Front" is on the list: a cell may mean either."""
    found = results(desk, "front")
    assert set(ids(found)[:2]) == {"organization/front", "entry/bans/B.4"}
    assert matched(found) == []


@pytest.mark.parametrize(
    "text",
    ["organization/front", "https://x.example/organization/front", "<https://x.example/organization/front>"],
)
def test_an_address_means_one(desk: Desk, text: str) -> None:
    assert matched(results(desk, text)) == ["organization/front"]


def test_a_bare_id_is_no_name(desk: Desk) -> None:
    """`town` is the registry's id of Alda: a cell that says "town" need not mean it."""
    found = results(desk, "town")
    assert (ids(found), matched(found)) == (["organization/town"], [])
    assert "its id" in str(found[0]["description"])
    assert matched(results(desk, "Alda")) == ["organization/town"]


def test_a_reference_means_one(desk: Desk) -> None:
    (found,) = results(desk, "B.2")
    assert (found["id"], found["match"]) == ("entry/bans/B.2", True)
    assert "its reference B.2" in str(found["description"])
    assert matched(results(desk, "b2")) == []  # only close: it is written otherwise


def test_nobody_is_called_so(desk: Desk) -> None:
    assert results(desk, "Quentin Xylander") == []
    assert results(desk, "  ") == []
    assert results(desk, "\x00\u202e") == []


def test_lists_events_and_articles_are_found(desk: Desk) -> None:
    assert matched(results(desk, "Bans")) == ["list/bans"]
    assert matched(results(desk, "Market fire in Alda")) == ["event/market-fire"]
    assert matched(results(desk, "Bans of 2020-01-01")) == ["source/bans-2020-01-01"]
    assert matched(results(desk, "Mayor of Alda")) == ["post/mayor"]


def test_all_that_has_a_name_can_be_found(desk: Desk) -> None:
    from onrecord.server.reconciliation import entities
    from onrecord.server.reconciliation.naming import naming

    known = {one.node for one in (*desk.lookup.index.names(), *naming(desk).others.names())}
    roots = {node for node, _ in desk.documents.roots(entities.NAMED) if not node.endswith("/curator>")}
    assert roots == known


# ── Types ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_types_restrict(desk: Desk) -> None:
    assert ids(results(desk, "Lone Quartz")) == ["person/lone-wolf", "entry/bans/B.6"]
    assert ids(results(desk, "Lone Quartz", type="Vessel")) == ["entry/bans/B.6"]
    assert matched(results(desk, "Lone Quartz")) == []
    assert matched(results(desk, "Lone Quartz", type=["Vessel"])) == ["entry/bans/B.6"]  # no person is a ship
    assert ids(results(desk, "Lone Quartz", type=["Vessel", "Person"])) == ["person/lone-wolf", "entry/bans/B.6"]
    assert ids(results(desk, "Lone Quartz", type=["Entry", "Person"], type_strict="all")) == []
    assert ids(results(desk, "Lone Quartz", type=["Entry", "Vessel"], type_strict="all")) == ["entry/bans/B.6"]
    assert ids(results(desk, "Lone Quartz", type="Designee")) == ["person/lone-wolf", "entry/bans/B.6"]


def test_a_narrow_type_does_not_exclude_who_may_be_of_it(desk: Desk) -> None:
    """The list says that its Front is an organization: it may be the armed group."""
    found = results(desk, "Front", type="ArmedGroup", type_strict="should")
    assert (ids(found), matched(found)) == (["organization/front"], [])
    assert matched(results(desk, "Front", type="Entry")) == ["entry/bans/B.4"]  # who is no entry is none


def test_types_are_written_in_many_ways(desk: Desk) -> None:
    for written in ("Vessel", "onr:Vessel", "https://w3id.org/onrecord/ns#Vessel", {"id": "Vessel", "name": "x"}):
        assert ids(results(desk, "Lone Quartz", type=written)) == ["entry/bans/B.6"]
    assert len(results(desk, "Lone Quartz", type="", type_strict="")) == 2


def test_the_types_are_those_of_the_ontology() -> None:
    """Every type but one is a class, called as the ontology calls it, and narrower than the ontology says."""
    import rdflib

    from onrecord.vocabulary import resources

    graph = rdflib.Graph()
    for file in resources.files("ontology", ".ttl"):
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    space = rdflib.Namespace("https://w3id.org/onrecord/ns#")
    for name, kind in kinds.KINDS.items():
        if name != kinds.ENTRY:
            assert str(graph.value(space[name], rdflib.RDFS.label)) == kind.title
            above = {str(each).removeprefix(space) for each in graph.objects(space[name], rdflib.RDFS.subClassOf)}
            assert set(kind.broader) == above & set(kinds.KINDS)
            assert all(list(kinds.KINDS).index(each) < list(kinds.KINDS).index(name) for each in kind.broader)
    assert set(kinds.DEFAULT) <= set(kinds.KINDS)


# ── Conditions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def scored(desk: Desk, text: str, pid: str, value: object) -> dict[Json, Json]:
    return {one["id"]: one["score"] for one in results(desk, text, properties=[{"pid": pid, "v": value}])}


def test_births_raise_and_lower(desk: Desk) -> None:
    assert scored(desk, "Ana Moss", "birthDate", "1960")["entry/bans/B.2"] == 98 + 6
    assert scored(desk, "Ana Moss", "birthDate", "1960-12-31")["entry/bans/B.2"] == 98 + 3
    assert scored(desk, "Ana Moss", "birthDate", "1961")["entry/bans/B.2"] == 98 - 20
    assert scored(desk, "Ana Moss", "birthDate", "1971-02-11T00:00:00Z")["entry/bans/B.3"] == 100 + 6
    assert scored(desk, "Ana Moss", "birthDate", ["1888", 1971])["entry/bans/B.3"] == 100 + 6
    assert scored(desk, "Ana Moss", "birthDate", "1961")["person/ana-moss"] == 100  # nothing is known of hers


def test_what_is_vague_contradicts_nothing(desk: Desk) -> None:
    for year in ("1948", "1900", "1948~", "in spring"):
        assert scored(desk, "Tom Flint", "birthDate", year) == {"entry/bans/B.5": 100}
    assert scored(desk, "Ida Sole", "birthDate", "1956")["entry/bans/B.7"] == 100  # 1950, or about 1955
    assert scored(desk, "Ida Gran", "birthDate", "1956")["entry/bans/B.8"] == 80


def test_a_contradiction_forbids_a_match(desk: Desk) -> None:
    found = results(desk, "Ida Gran", properties=[{"pid": "birthDate", "v": "1990"}])
    assert (ids(found)[0], matched(found)) == ("entry/bans/B.8", [])
    assert features(found[0])["contradicts_birthDate"] is True
    assert matched(results(desk, "Ida Gran", properties=[{"pid": "birthDate", "v": "1950-06"}])) == ["entry/bans/B.8"]


def test_what_is_said_of_who_is_the_same_counts(desk: Desk) -> None:
    """Omar Brisk is B.1 by a curator's link, who was born in 1961."""
    assert scored(desk, "Omar Brisk", "birthDate", "1961-07") == {"person/omar-brisk": 106}
    found = results(desk, "Omar Brisk", properties=[{"pid": "birthDate", "v": "1990"}])
    assert (ids(found), matched(found)) == (["person/omar-brisk"], [])
    assert scored(desk, "Omar Brisk", "reference", "B.1") == {"person/omar-brisk": 115}


def test_countries_numbers_and_other_values(desk: Desk) -> None:
    assert scored(desk, "Ana Moss", "nationality", "ALDA")["entry/bans/B.2"] == 98 + 3
    assert scored(desk, "Ana Moss", "nationality", {"id": "organization/town"})["entry/bans/B.2"] == 98 + 3
    assert scored(desk, "Ana Moss", "country", "alda")["entry/bans/B.2"] == 98 + 3
    assert scored(desk, "Ana Moss", "nationality", "Elsewhere")["entry/bans/B.2"] == 98
    assert scored(desk, "Ana Moss", "reference", "b2")["entry/bans/B.2"] == 98 + 15
    assert scored(desk, "Ana Moss", "identifier", "ab1234567")["entry/bans/B.2"] == 98 + 15
    assert scored(desk, "Ana Moss", "identifier", "ab123456")["entry/bans/B.2"] == 98
    assert scored(desk, "Ana Moss", "otherNames", "Anna Moos")["entry/bans/B.2"] == 98 + 3
    assert scored(desk, "Ana Moss", "list", {"id": "list/bans", "name": "Bans"})["entry/bans/B.2"] == 98 + 3
    assert scored(desk, "Ana Moss", "list", "Bans")["person/ana-moss"] == 100
    assert scored(desk, "Ana Moss", "type", "person")["entry/bans/B.2"] == 98 + 3
    assert scored(desk, "Ana Moss", "birthPlace", ["", None])["entry/bans/B.2"] == 98


def test_conditions_alone_find_but_never_pick(desk: Desk) -> None:
    found = results(desk, properties=[{"pid": "reference", "v": "B.2"}])
    assert (ids(found), matched(found)) == (["entry/bans/B.2"], [])
    assert results(desk, properties=[{"pid": "nationality", "v": "Alda"}]) == []


def test_the_limit_is_kept(desk: Desk) -> None:
    for limit in (1, "1", 1.0):
        assert len(results(desk, "Ana Moss", limit=limit)) == 1
    assert len(results(desk, "Ana Moss", limit=10**6)) == 3


# ── Data extension ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_values(desk: Desk) -> None:
    assert cells(desk, "entry/bans/B.2", "name") == ["MOSS, Ana"]
    assert cells(desk, "entry/bans/B.2", "otherNames") == ["Anna Moos"]
    assert cells(desk, "entry/bans/B.2", "birthDate") == ["1960-05-04"]
    assert cells(desk, "entry/bans/B.5", "birthDate") == ["1948~"]  # vague stays vague
    assert cells(desk, "entry/bans/B.2", "country") == ["Alda"]
    assert cells(desk, "entry/bans/B.2", "identifier") == ["Passport, AB 1234567"]
    assert cells(desk, "entry/bans/B.2", "list") == ["list/bans"]
    assert cells(desk, "list/bans", "jurisdiction") == ["organization/town"]
    assert cells(desk, "entry/bans/B.2", "sourceTitle") == ["Bans of 2020-01-01", "Bans of 2024-01-01"]
    assert cells(desk, "entry/bans/B.2", "source") == ["source/bans-2020-01-01", "source/bans-2024-01-01"]
    assert cells(desk, "entry/bans/B.2", "iri") == ["https://x.example/entry/bans/B.2"]
    assert cells(desk, "entry/bans/B.2", "type") == ["person", "entry of an official list"]
    assert cells(desk, "person/omar-brisk", "sameAs") == ["entry/bans/B.1"]
    assert cells(desk, "nobody", "name") == []


def test_what_curators_added_is_marked_or_left_out(desk: Desk) -> None:
    assert cells(desk, "person/zoe-klim", "otherNames") == ["Зоя Клим [curated]"]
    assert cells(desk, "person/zoe-klim", "otherNames", curated="left-out") == []
    assert cells(desk, "person/omar-brisk", "sameAs", curated="left-out") == []


def test_status_as_of_a_day(desk: Desk) -> None:
    def status(node: str, **settings: object) -> list[Json]:
        return cells(desk, node, "status", jurisdiction="town", **settings)

    assert status("entry/bans/B.2", on="2022-01-01") == ["listed"]
    assert status("entry/bans/B.8", on="2020-01-01") == ["not listed"]
    assert status("entry/bans/B.8", on="2022-01-01") == ["uncertain"]  # it came between two lists
    assert status("entry/bans/B.8", on="2024-01-01") == ["listed"]
    assert status("person/ana-moss", on="2024-01-01") == ["no evidence"]
    assert status("person/omar-brisk", on="2024-01-01") == ["listed [curated in part]"]  # by a curator's link
    assert cells(desk, "entry/bans/B.2", "status") == ["Alda: listed"]
    (reason,) = cells(desk, "person/omar-brisk", "statusReason", jurisdiction="town", on="2024")
    assert "Throughout 2024" in str(reason)
    assert "through a curator's link" in str(reason)
    assert any("B.2" in str(each) for each in cells(desk, "entry/bans/B.2", "statusSource"))


def test_limits_of_values(desk: Desk) -> None:
    assert len(cells(desk, "entry/bans/B.2", "source", limit=1)) == 1
    assert len(cells(desk, "entry/bans/B.2", "source", limit="0")) == 2


# ── Suggestions, preview, view ────────────────────────────────────────────────────────────────────────────────────────


def suggested(desk: Desk, what: str, prefix: str, **more: object) -> list[Json]:
    from urllib.parse import urlencode

    reply = replied(desk, "reconcile-suggest", what=what, query=urlencode({"prefix": prefix, **more}))
    found = value(reply)
    assert isinstance(found, dict)
    held = found["result"]
    assert isinstance(held, list)
    return [one["id"] for one in held if isinstance(one, dict)]


def test_suggestions(desk: Desk) -> None:
    assert suggested(desk, "entity", "ana m")[:2] == ["person/ana-moss", "entry/bans/B.3"]
    assert "entry/bans/B.2" in suggested(desk, "entity", "mos")
    assert suggested(desk, "entity", "зо") == ["person/zoe-klim"]
    assert suggested(desk, "entity", "zoya") == ["person/zoe-klim"]  # in Latin letters
    assert suggested(desk, "entity", "organization/town")[0] == "organization/town"
    assert suggested(desk, "entity", "B.2")[0] == "entry/bans/B.2"
    assert suggested(desk, "entity", "market f") == ["event/market-fire"]
    assert suggested(desk, "entity", "") == []
    assert suggested(desk, "type", "org")[0] == "Organization"
    assert suggested(desk, "type", "Person")[0] == "Person"
    assert suggested(desk, "property", "birth") == ["birthDate", "birthPlace"]
    assert suggested(desk, "property", "status, s") == ["statusSource"]


def test_suggestions_can_be_skipped(desk: Desk) -> None:
    every = suggested(desk, "entity", "b")
    assert len(every) > 2
    assert suggested(desk, "entity", "b", cursor=2) == every[2:]
    assert suggested(desk, "type", "", cursor=5) == [*kinds.KINDS][5:25]


def test_properties_are_proposed_for_a_type(desk: Desk) -> None:
    def proposed(query: str) -> list[Json]:
        found = value(replied(desk, "reconcile-properties", query=query))
        assert isinstance(found, dict)
        held = found["properties"]
        assert isinstance(held, list)
        return [one["id"] for one in held if isinstance(one, dict)]

    assert "birthDate" in proposed("type=Person")
    assert "birthDate" in proposed("type=Entry")
    assert "birthDate" not in proposed("type=DesignationList")
    assert "jurisdiction" in proposed("type=DesignationList")
    assert proposed("type=Person&limit=2") == ["name", "otherNames"]
    assert value(replied(desk, "reconcile-properties", query="type=Person&limit=2")) == {
        "type": "Person",
        "limit": 2,
        "properties": [{"id": "name", "name": "name"}, {"id": "otherNames", "name": "other names"}],
    }


def test_the_preview_says_what_the_status_is(desk: Desk) -> None:
    reply = replied(desk, "reconcile-preview", query="id=person%2Fomar-brisk")
    assert isinstance(reply.body, bytes)
    page = reply.body.decode()
    assert "Omar Brisk was listed on Bans (Alda)" in page
    assert "[curated in part]" in page
    assert 'href="../person/omar-brisk.html"' in page
    assert "<script" not in page
    nothing = replied(desk, "reconcile-preview", query="id=person%2Fana-moss")
    assert (
        b"No evidence is not evidence of absence." in bytes(nothing.body) if isinstance(nothing.body, bytes) else False
    )
    assert replied(desk, "reconcile-preview", query="id=nobody").status == 404


def test_the_style_is_the_only_one_that_is_let_in(desk: Desk) -> None:
    import base64
    import hashlib
    import re

    reply = replied(desk, "reconcile-preview", query="id=person%2Fana-moss")
    assert isinstance(reply.body, bytes)
    (style,) = re.findall(rb"<style>(.*?)</style>", reply.body, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in reply.headers["content-security-policy"]


def test_the_view_leads_to_the_page(desk: Desk) -> None:
    for text in ("entry%2Fbans%2FB.2", "https%3A%2F%2Fx.example%2Fentry%2Fbans%2FB.2"):
        reply = replied(desk, "reconcile-view", query=f"id={text}")
        assert (reply.status, reply.headers["Location"]) == (303, "../entry/bans/B.2.html")
    assert replied(desk, "reconcile-view", query="id=").status == 404
