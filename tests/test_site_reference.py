"""The reference of the vocabulary: every term has its place, where its address leads."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from official_lists import DATA
from onrecord.documents import KINDS, Documents
from onrecord.documents.context import ADDRESS, context
from onrecord.site.dereferencing import table
from onrecord.site.reference import Link, files, pages, used
from onrecord.site.rendering import environment
from onrecord.store import Release
from onrecord.vocabulary import resources
from onrecord.vocabulary.context import classes, properties
from onrecord.vocabulary.terms import CONCEPTS, onr

COMMON = {
    "name": "N",
    "title": "T",
    "language": "en",
    "publisher": "",
    "licence": "",
    "navigation": [],
    "live": False,
    "scripts": [],
}


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if held.get("id"):
            self.ids.append(str(held["id"]))
        if tag == "a" and held.get("href"):
            self.links.append(str(held["href"]))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def _rendered(examples: dict[str, Link] | None = None) -> dict[str, str]:
    made = {}
    for page in pages(examples):
        root = "../" * page.path.count("/")
        shown = environment().get_template(page.template).render(site=COMMON, root=root, here="", **page.shown)
        made[page.path] = shown
    return made


@pytest.fixture(scope="module")
def rendered() -> dict[str, str]:
    return _rendered()


def _seen(text: str) -> _Seen:
    parser = _Seen()
    parser.feed(text)
    return parser


def test_every_term_of_ours_leads_to_its_place(rendered: dict[str, str]) -> None:
    ids = {path: set(_seen(text).ids) for path, text in rendered.items()}
    terms = [*classes(), *properties(), *(c for held in CONCEPTS.values() for c in held.values())]
    ours = [term[1:-1] for term in terms if term.startswith("<https://w3id.org/onrecord/")]
    assert len(ours) > 300
    for iri in ours:
        page, _, place = str(table(DATA, {}).lead(iri)).partition("#")
        assert place in ids[page], iri


def test_files_are_there_for_all_that_addresses_of_the_vocabulary_lead_to(rendered: dict[str, str]) -> None:
    there = {*files(), *rendered}
    made = table(DATA, {})
    for rest in ("ns", "shapes", "scheme", "scheme/", "context/1.jsonld", *(f"scheme/{name}" for name in CONCEPTS)):
        for accept in ("text/html", "text/turtle", "application/ld+json"):
            assert made.lead(f"https://w3id.org/onrecord/{rest}", accept) in there, rest


def test_pages_lead_to_what_there_is_and_have_no_place_twice(rendered: dict[str, str]) -> None:
    there = {*files(), *rendered, "index.html", "about.html", "assets/site.css", "assets/icon.svg"}
    ids = {path: _seen(text).ids for path, text in rendered.items()}
    for path, text in rendered.items():
        assert len(ids[path]) == len(set(ids[path])), path
        for link in _seen(text).links:
            if not link.startswith("http"):
                page, _, place = link.partition("#")
                target = "/".join((Path(path).parent / page).parts) if page else path
                target = target.removeprefix("scheme/../")
                assert target in there, (path, link)
                assert not place or place in ids[target], (path, link)


def test_headings_are_in_order(rendered: dict[str, str]) -> None:
    for path, text in rendered.items():
        levels = _seen(text).levels
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_a_class_says_what_it_is_and_what_is_checked(rendered: dict[str, str]) -> None:
    text = rendered["ns.html"].split('<div id="Designation">')[1].split("<h3>")[1]
    plain = " ".join(re.sub("<[^>]*>", " ", text).split())
    assert "https://w3id.org/onrecord/ns#Designation" in plain
    assert "A designation needs exactly one kind" in plain
    assert "pso:withStatus 1 A designation needs exactly one kind" in plain
    assert "pso:isAcquiredAsConsequenceOf 0–1 " in plain
    assert '<a href="ns.html#DesignationContent">' in text


def test_examples_are_pages_that_use_a_term(founding: Path) -> None:
    documents = Documents(Release.latest(founding).store(), DATA)
    taliban = documents.document(f"<{DATA}organization/taliban>", KINDS["organization"])
    assert {onr.ArmedGroup, onr.designee, CONCEPTS["status"]["uncertain"]} <= used(taliban)
    text = _rendered({str(onr.ArmedGroup): Link("Tali<ban", "organization/taliban.html")})["ns.html"]
    assert '<a href="organization/taliban.html"><bdi>Tali&lt;ban</bdi></a>' in text


def test_turtle_is_that_of_the_ontology(rendered: dict[str, str]) -> None:
    def triples(text: bytes) -> set[tuple[str, str, str]]:
        return {(str(t.subject), str(t.predicate), str(t.object)) for t in ox.parse(text, format=ox.RdfFormat.TURTLE)}

    made = files()
    whole = triples(resources.path("ontology").joinpath("schemes.ttl").read_bytes())
    parts = [triples(made[f"scheme/{name}.ttl"]) for name in CONCEPTS]
    assert set().union(*parts) == whole
    assert sum(map(len, parts)) == len(whole)
    assert len(triples(made["shapes.ttl"])) > 1000
    assert triples(made["ns.ttl"])


def test_the_context_is_that_of_the_documents() -> None:
    assert ADDRESS.endswith("/context/1.jsonld")
    assert json.loads(files()["context/1.jsonld"]) == {"@context": json.loads(json.dumps(context()))}


def test_nothing_is_inline_and_all_is_the_same_again(rendered: dict[str, str]) -> None:
    assert _rendered() == rendered
    for text in rendered.values():
        assert not re.search(r"<script|<style|\bstyle=|\bon[a-z]+=", text)
