"""The service over HTTP, as OpenRefine and browsers talk to it; on the article's dataset and on real lists."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import reconciliation_schemas as schemas
from official_lists import Official
from onrecord.questions.verdicts import days_of
from onrecord.server.desk import Desk
from reconciliation_world import asked, cells, desk, ids, matched, part, replied, results, value
from serving import served

ROOT = Path(__file__).resolve().parents[1]
QUERY = {"q0": {"query": "Taliban", "type": "ArmedGroup", "type_strict": "should"}}


@pytest.fixture(scope="module")
def dataset(founding: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this repository's own dataset, built, as `kg serve` takes it."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(ROOT / "kg.toml", folder / "kg.toml")
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(founding, folder / "out", symlinks=True)
    return folder


@pytest.fixture(scope="module")
def client(dataset: Path) -> Iterator[httpx.Client]:
    with served(dataset) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def lists(official: Official) -> Desk:
    return desk(official.folder)


# ── Over HTTP ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_client_that_follows_the_manifest_gets_everywhere(client: httpx.Client) -> None:
    """Nothing but the address of the service is known: all others are taken from the manifest."""
    manifest = client.get("reconcile").json()
    schemas.holds(schemas.MANIFEST, manifest)
    batch = client.post("reconcile", data={"queries": json.dumps(QUERY)}).json()
    schemas.holds(schemas.RESULTS, batch)
    (found,) = batch["q0"]["result"]
    assert (found["id"], found["match"]) == ("organization/taliban", True)
    encoded = found["id"].replace("/", "%2F")
    preview = client.get(manifest["preview"]["url"].replace("{{id}}", encoded))
    assert preview.headers["content-type"] == "text/html; charset=utf-8"
    assert "is uncertain" in preview.text  # the Taliban came off Russia's list on that day, by the source
    assert "After that: not listed" in preview.text
    view = client.get(manifest["view"]["url"].replace("{{id}}", encoded))
    assert (view.status_code, view.headers["location"]) == (303, "../organization/taliban.html")
    page = client.get(str(view.url.join(view.headers["location"])), headers={"accept": "text/html"})
    assert (page.status_code, "<h1" in page.text) == (200, True)
    about = client.get(manifest["documentation"])
    assert f'id="{found["features"][0]["id"]}"' in about.text
    for what, prefix in (("entity", "tali"), ("type", "arm"), ("property", "stat")):
        service = manifest["suggest"][what]
        answer = client.get(service["service_url"] + service["service_path"], params={"prefix": prefix})
        schemas.holds(schemas.SUGGESTED[what], answer.json())
        assert answer.json()["result"]
    propose = manifest["extend"]["propose_properties"]
    answer = client.get(propose["service_url"] + propose["service_path"], params={"type": "ArmedGroup", "limit": 99})
    schemas.holds(schemas.PROPOSED, answer.json())
    extend = {
        "ids": [found["id"]],
        "properties": [{"id": "status", "settings": {"jurisdiction": "RU", "on": "2010-01-01"}}],
    }
    row = client.post("reconcile", data={"extend": json.dumps(extend)}).json()
    schemas.holds(schemas.EXTENSION, row)
    assert row["rows"]["organization/taliban"]["status"] == [{"str": "listed [curated in part]"}]


def test_every_address_is_open_to_those_who_may_read(client: httpx.Client) -> None:
    """3.3: all addresses, refusals too; one header each, for browsers take no two. OpenRefine runs on this machine."""
    refine = {"origin": "http://127.0.0.1:3333"}
    paths = ["reconcile", "reconcile?queries={", "reconcile/suggest/entity?prefix=t", "reconcile/suggest/type?prefix=t"]
    paths += ["reconcile/suggest/property?prefix=t", "reconcile/properties?type=Person", "reconcile/view?id=nobody"]
    paths += ["reconcile/preview?id=organization%2Ftaliban", "reconcile/preview?id=nobody", "reconcile/about"]
    for path in paths:
        answer = client.get(path, headers=refine)
        assert answer.headers.get_list("access-control-allow-origin") == ["*"], path
        assert answer.status_code in (200, 400, 404)
    sent = client.post("reconcile", data={"queries": json.dumps(QUERY)}, headers=refine)
    assert sent.headers.get_list("access-control-allow-origin") == ["*"]
    before = client.options("reconcile", headers={**refine, "access-control-request-method": "POST"})
    assert before.status_code == 204
    assert before.headers.get_list("access-control-allow-origin") == ["*"]
    assert "POST" in before.headers["access-control-allow-methods"]


def test_a_public_server_is_open_to_all_and_known_by_its_own_address(dataset: Path) -> None:
    public = "https://kg.example.org/dataset/"
    with served(dataset, "--public", public, "--allowed-host", "*") as address:
        answer = httpx.get(f"{address}reconcile", headers={"origin": "https://elsewhere.example"}, timeout=60)
    assert answer.headers.get_list("access-control-allow-origin") == ["*"]
    manifest = answer.json()
    schemas.holds(schemas.MANIFEST, manifest)
    assert manifest["preview"]["url"] == f"{public}reconcile/preview?id={{{{id}}}}"
    assert manifest["suggest"]["entity"]["service_url"] == f"{public}reconcile"


def test_forms_of_other_kinds_and_sizes_are_told(client: httpx.Client) -> None:
    assert client.post("reconcile", json=QUERY).status_code == 415
    assert client.post("reconcile", data={"queries": "x" * 3_000_000}).status_code == 413
    large = json.dumps({str(number): {"query": "x"} for number in range(60_000)})
    assert client.post("reconcile", data={"queries": large}).status_code == 413
    assert client.post("reconcile", data={"queries": "[" * 100_000}).status_code == 400
    assert client.put("reconcile").status_code == 405
    assert client.get("reconcile").status_code == 200  # it is all well


def test_scripts_of_elsewhere_get_nothing(client: httpx.Client) -> None:
    """JSONP is not offered (docs/decisions/0026): with it, a script of this origin could be anything that is asked for."""
    for path in ("reconcile?callback=alert", "reconcile/suggest/entity?prefix=t&callback=alert"):
        answer = client.get(path)
        assert answer.status_code == 400
        assert "CORS" in answer.json()["detail"]


def test_letters_of_all_scripts_come_through(client: httpx.Client) -> None:
    """Percent-encoded or not, in the address or the form."""
    batch = '{"q":{"query":"Талибан"}}'
    found = [
        client.get("reconcile", params={"queries": batch}).json(),
        client.post("reconcile", data={"queries": batch}).json(),
        client.post(
            "reconcile",
            content=f"queries={batch}".encode(),
            headers={"content-type": "application/x-www-form-urlencoded; charset=UTF-8"},
        ).json(),
    ]
    assert [one["q"]["result"][0]["id"] for one in found] == ["organization/taliban"] * 3


def test_answers_are_kept_until_the_next_release(client: httpx.Client) -> None:
    first = client.get("reconcile/suggest/entity?prefix=tali")
    again = client.get("reconcile/suggest/entity?prefix=tali", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_preview_stands_in_a_frame_of_elsewhere(client: httpx.Client) -> None:
    policy = client.get("reconcile/preview?id=organization%2Ftaliban").headers.get_list("content-security-policy")
    assert len(policy) == 1
    assert "frame-ancestors *" in policy[0]
    assert "default-src 'none'" in policy[0]


# ── The article's dataset ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_article(dataset: Path) -> None:
    at_hand = desk(dataset)
    assert matched(results(at_hand, "Талибан")) == ["organization/taliban"]
    assert matched(results(at_hand, "Russia", type="State")) == ["organization/russia"]
    assert matched(results(at_hand, "RU")) == ["organization/russia"]
    assert ids(results(at_hand, "Alexey Navalny")) == ["person/alexei-navalny"]
    assert matched(results(at_hand, "Alexey Navalny")) == []
    assert matched(results(at_hand, "Supreme Court of Russia", type="Court")) == [
        "organization/supreme-court-of-russia"
    ]
    assert matched(results(at_hand, "Moscow", type="Place")) == ["place/moscow"]
    assert cells(at_hand, "organization/supreme-court-of-russia", "state") == ["organization/russia"]
    assert cells(at_hand, "organization/supreme-court-of-russia", "state", curated="left-out") == []


def test_whom_a_source_does_not_name_is_never_picked(dataset: Path) -> None:
    """ "A Russian official" of another text may be anybody: only the address means this one."""
    at_hand = desk(dataset)
    node = "source/russia-taliban-delisting/person/russian-official"
    (found,) = results(at_hand, "a Russian official")
    assert (found["id"], found["score"], found["match"]) == (node, 100, False)
    assert "known by role only" in str(found["description"])
    assert matched(results(at_hand, "four independent journalists")) == []
    assert matched(results(at_hand, node)) == [node]


def test_status_is_what_kg_status_says(dataset: Path) -> None:
    at_hand = desk(dataset)
    assert cells(at_hand, "organization/taliban", "status", jurisdiction="RU", on="2030") == [
        "not listed [curated in part]"
    ]
    assert cells(at_hand, "organization/taliban", "status", jurisdiction="US") == ["no evidence"]
    for place in ("RU", "UN"):
        for day in ("2002-06-01", "2003", "2010-01-01", "2025-04-17", "2026-01-01"):
            (standing,) = at_hand.statuses.standings(
                "<https://w3id.org/onrecord/data/organization/taliban>",
                at_hand.statuses.jurisdictions.named(place),
                days_of(day),
            )
            (cell,) = cells(at_hand, "organization/taliban", "status", jurisdiction=place, on=day)
            assert str(cell).removesuffix(" [curated in part]") == standing.answer
            assert str(cell).endswith("[curated in part]") == standing.is_curated


# ── Real lists ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_of_real_names_none_is_a_match_that_another_has(lists: Desk) -> None:
    """Over a sample of what the lists call their entries: the entry is offered, at its score, and is a match just where
    no other entry has a name of the same letters."""
    from onrecord.questions.lookup import named

    found = sorted(one for one in named(lists.statuses.said) if one.kind == "name" and "/entry/" in one.node)
    sample = random.Random(6).sample(found, 120)
    bearers: dict[str, set[str]] = {}
    for one in named(lists.statuses.said):
        bearers.setdefault(_letters(one.name), set()).add(one.node)
    picked = 0
    for number in range(0, len(sample), 40):
        part_of = sample[number : number + 40]
        batch = asked(lists, queries={str(at): {"query": one.name, "limit": 100} for at, one in enumerate(part_of)})
        schemas.holds(schemas.RESULTS, batch)
        assert schemas.is_sorted(batch)
        for at, one in enumerate(part_of):
            offered = part(batch, str(at), "result")
            assert isinstance(offered, list)
            mine = [each for each in offered if isinstance(each, dict) and one.node.endswith(f"/{each['id']}>")]
            assert [each["score"] for each in mine] == [100]
            matches = [each["id"] for each in offered if isinstance(each, dict) and each["match"]]
            others = bearers[_letters(one.name)] - {one.node}
            assert not (matches and others), (one, matches, others)
            picked += len(matches)
    assert picked > 60


def _letters(name: str) -> str:
    from onrecord.matching.normal import words

    return "".join(sorted("".join(words(name))))


def test_two_lists_that_name_one_are_two(lists: Desk) -> None:
    found = results(lists, "Taliban")
    assert set(ids(found)[:2]) == {"organization/taliban", "entry/ofac-sdn/6636"}
    assert matched(found) == []
    assert ids(results(lists, "Taliban", type="Entry"))[0] == "entry/ofac-sdn/6636"


def test_a_birth_tells_namesakes_apart_without_picking(lists: Desk) -> None:
    asked_for = [{"pid": "birthDate", "v": "1960"}, {"pid": "nationality", "v": "AF"}]
    found = results(lists, "Mohammed Omar", properties=asked_for)
    assert "entry/un-sc/TAi.004" in ids(found)[:3]
    assert matched(found) == []


def test_vague_births_are_given_as_they_are(lists: Desk) -> None:
    assert cells(lists, "entry/un-sc/TAi.002", "birthDate") == ["1945~/1950~", "1955~/1958~"]
    assert cells(lists, "entry/un-sc/TAi.002", "list") == ["list/un-sc"]
    assert cells(lists, "entry/un-sc/TAi.002", "status", jurisdiction="UN", on="2026-02-27") == ["listed"]


def test_suggestions_of_real_names(lists: Desk) -> None:
    found = value(replied(lists, "reconcile-suggest", what="entity", query="prefix=TAi.00"))
    schemas.holds(schemas.SUGGESTED["entity"], found)
    held = part(found, "result")
    assert isinstance(held, list)
    assert {part(one, "id") for one in held} >= {f"entry/un-sc/TAi.00{digit}" for digit in (2, 3, 4)}


def test_every_page_that_a_view_leads_to_is_on_the_site(lists: Desk) -> None:
    """The page of an entity is where the site has it."""
    from onrecord.server.reconciliation import entities
    from onrecord.site.places import Places

    nodes = [node for node, _ in lists.documents.roots(entities.NAMED)]
    places = Places([node for node, _ in lists.documents.roots()], lists.settings.base)
    assert len(nodes) > 5_000
    assert [node for node in nodes if entities.page_of(lists, node) != f"../{places.page(node[1:-1])}"] == []
