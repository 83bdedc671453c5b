"""What search engines are told of a page: nothing that schema.org cannot qualify."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from official_lists import DATA
from onrecord.documents import KINDS, Document, Documents
from onrecord.documents.document import Tree, Value
from onrecord.site.schema_org import Download, Thing, breadcrumbs, dataset, embedded, thing, website
from onrecord.store import Release

SITE = "https://kg.example.org/"
SAYABLE = {
    "@context @graph @id @type alternateName contentSize contentUrl datePublished description distribution headline",
    "encodingFormat inLanguage item itemListElement license location name position potentialAction publisher",
    "query-input startDate target url urlTemplate version",
}
"""All that is ever said. What is not here would need somebody who says it, or a time when it held."""


@pytest.fixture(scope="module")
def documents(founding: Path) -> dict[str, Document]:
    made = Documents(Release.latest(founding).store(), DATA)
    return {node[len(DATA) + 1 : -1]: made.document(node, kind) for node, kind in made.roots(KINDS)}


def _document(kind: str, **tree: Value) -> Document:
    held: Tree = {"labels": {"en": ["Name"]}, **tree}
    return Document(f"<{DATA}{kind}/x>", KINDS[kind], "Name", held, frozenset(), frozenset())


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(key for each in value.values() for key in _keys(each))}
    return {key for each in value for key in _keys(each)} if isinstance(value, list) else set()


def test_nothing_is_said_but_what_needs_nobody_who_says_it(documents: dict[str, Document]) -> None:
    sayable = {key for line in SAYABLE for key in line.split()}
    things = [thing(document, f"{SITE}x.html") for document in documents.values()]
    said = [each for each in things if each]
    assert _keys(said) <= sayable
    assert len(said) > 20
    about = {
        "name": "N",
        "license": "https://x.org/",
        "url": SITE,
        "description": "D",
        "version": "1",
        "publisher": "P",
    }
    rest = [
        website("N", SITE),
        breadcrumbs([("N", SITE)]),
        dataset(about, DATA, [Download(f"{SITE}a.nq", "text/n", 3)]),
    ]
    assert _keys(rest) <= sayable


@pytest.mark.parametrize(
    "kind",
    sorted(KINDS.keys() - {"organization", "person", "entry", "place", "event", "source"}),
)
def test_facts_that_somebody_has_to_say_are_not_said(kind: str, documents: dict[str, Document]) -> None:
    assert thing(_document(kind, type=["Organization"])) is None
    assert all(thing(document) is None for document in documents.values() if document.kind.name == kind)


def test_no_status_and_no_accusation_is_told(documents: dict[str, Document]) -> None:
    taliban = json.dumps(thing(documents["organization/taliban"], f"{SITE}organization/taliban.html"))
    assert json.loads(taliban) == {
        "@type": "Organization",
        "@id": f"{DATA}organization/taliban",
        "name": "Taliban",
        "url": f"{SITE}organization/taliban.html",
        "alternateName": ["Талибан"],
    }
    attack = next(d for path, d in documents.items() if path.endswith("event/concert-hall-attack"))
    text = json.dumps(thing(attack))
    assert json.loads(text)["location"] == {"@type": "Place", "name": "Moscow"}
    assert "Khorasan" not in text
    whole = json.dumps([thing(document) for document in documents.values()]).lower()
    assert not re.search(r"terror(ist)? org|extremis(t|m) org|designat|sameas|organizer|affiliation|memberof", whole)


def test_an_article_has_no_day_that_it_does_not_give(documents: dict[str, Document]) -> None:
    article = thing(documents["source/russia-taliban-delisting"])
    assert article is not None
    assert article["@type"] == "NewsArticle"
    assert article["publisher"] == {"@type": "Organization", "name": "london-news-net"}
    assert "datePublished" not in article


STATED: Tree = {"earliestBasis": "stated", "latestBasis": "stated"}


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ({"edtf": "2024-03-22", "earliest": "2024-03-22", "latest": "2024-03-22", **STATED}, "2024-03-22"),
        ({"edtf": "2024-03", "earliest": "2024-03-01", "latest": "2024-03-31", **STATED}, None),
        ({"edtf": "2024-03-22~", "earliest": "2024-03-20", "latest": "2024-03-24"}, None),
        ({"edtf": "2024-03-22?"}, None),
        ({"edtf": "../2024-03-22", "latest": "2024-03-22"}, None),
        ({"edtf": "2024", "earliest": "2024-01-01", "latest": "2024-01-01"}, None),
        ({"earliest": "2024-03-22", "latest": "2024-03-22"}, None),
        ({"edtf": "2024-03-22", "earliest": "2024-03-22", "latest": "2024-03-23"}, None),
        ({"edtf": "2024-03-22", "earliestBasis": "curated"}, None),
        ({"edtf": "2024-03-22", "earliestBasis": "inferred"}, None),
        ({"edtf": "2024-03-22", "curations": [{"reason": "x"}]}, None),
    ],
)
def test_a_vague_time_is_not_made_a_day(time: Tree, day: str | None) -> None:
    event = thing(_document("event", type=["Event"], when=time))
    article = thing(_document("source", type=["Article"], published=time))
    assert event is not None
    assert article is not None
    assert (event.get("startDate"), article.get("datePublished")) == (day, day)


def test_whoever_has_no_name_is_not_told() -> None:
    unnamed = Document(
        f"<{DATA}person/x>", KINDS["person"], "a Russian official", {"type": ["Person"]}, frozenset(), frozenset()
    )
    assert thing(unnamed) is None


@pytest.mark.parametrize("name", ["PersonGroup", "Vessel", "Aircraft"])
def test_what_is_no_organization_is_called_none(name: str) -> None:
    assert thing(_document("organization", type=[name])) is None
    assert thing(_document("entry", type=[name])) is None


def test_addresses_that_are_none_are_left_out() -> None:
    article = thing(_document("source", type=["Article"], url="javascript:alert(1)"), "javascript:alert(1)")
    assert article is not None
    assert "url" not in article
    made = dataset({"license": "javascript:x"}, DATA, [Download("javascript:x", "text/html")])
    assert "license" not in made
    assert made["distribution"] == []


def test_the_site_tells_of_its_search_and_of_the_way_to_a_page() -> None:
    action = website("On Record", SITE)["potentialAction"]
    assert isinstance(action, dict)
    assert action["target"] == {"@type": "EntryPoint", "urlTemplate": f"{SITE}search.html?q={{search_term_string}}"}
    steps = breadcrumbs([("On Record", SITE), ("Organizations", f"{SITE}organizations.html")])["itemListElement"]
    assert isinstance(steps, list)
    assert [step["position"] for step in steps if isinstance(step, dict)] == [1, 2]


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(
    st.text() | st.sampled_from(["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028\u202e", "&lt;"])
)
def test_no_text_gets_out_of_the_element(text: str) -> None:
    made: Thing = {"@type": "Place", "name": text}
    inside = embedded([made])
    parser = _Scripts()
    parser.feed(f'<script type="application/ld+json">{inside}</script>')
    parser.close()
    assert parser.tags == ["script"]
    assert json.loads(parser.text)["name"] == text
    assert inside.isascii()
    assert not set("<>&") & set(inside)


def test_several_things_are_one_graph_and_none_is_nothing() -> None:
    assert embedded([None]) == ""
    assert set(json.loads(embedded([website("N", SITE), None, breadcrumbs([])]))) == {"@context", "@graph"}
