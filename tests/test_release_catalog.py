"""The catalogue of a labelled release: DCAT-AP by its own shapes, statistics, provenance."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SKOS, VOID, DefinedNamespace

from conftest import Kg
from onrecord.checks import validate
from onrecord.dataset import settings
from onrecord.ntriples import literal
from onrecord.release import catalog as catalog_module
from onrecord.release import publication
from onrecord.release.canonical import Hashed
from onrecord.release.described import PREFIXES, Description
from onrecord.release.survey import Survey

SETTINGS = """
[release]
description = "What a town says, with <b>markup</b> and \\"quotes\\" \\\\ and a line\\nbreak."
contact = "mailto:desk@data.example"
download = "https://files.example/kg/"
"""
BASE = "https://data.example/"
NEW = {
    f"{DCAT}{name}" for name in ("DatasetSeries", "inSeries", "last", "prev", "version", "previousVersion", "resource")
}
NEW |= {f"{DCAT}isVersionOf", f"{VOID}class"}
"""Terms of DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/): rdflib has those of DCAT 2, and some of 3."""


@pytest.fixture
def catalog(dataset: Path, kg: Kg) -> Path:
    """The folder of a second release with everything that one can say of itself."""
    article = dataset / "data/articles/harbour-ruling.yaml"
    assert kg("-C", dataset, "build", "--release", "2026.1").code == 0
    with (dataset / "kg.toml").open("a", encoding="utf-8") as given:
        given.write(SETTINGS)
    article.write_text(article.read_text(encoding="utf-8").replace("at_least: 12", "at_least: 13"), encoding="utf-8")
    assert kg("-C", dataset, "build", "--release", "2026.2", "--date", "2026-02-28").code == 0
    return dataset / "out/releases/2026.2"


def _graph(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "catalog.ttl", format="turtle")


def _shapes(shared: Path) -> Iterator[list[Path]]:
    """The shapes of DCAT-AP that its catalogues must meet. Left out: shacl/ranges.ttl of 3.0.1, which is no
    well-formed SHACL (a property shape without sh:path); mdr-vocabularies.shape.ttl, which wants the addresses of
    SPDX to begin with https, where SPDX and DCAT-AP itself have http; html/shacl of 3.0.0, which still wants sizes to
    be xsd:decimal, where DCAT 3 and DCAT-AP 3.0.1 want xsd:nonNegativeInteger."""
    folder = shared / "suites/semic-dcat-ap/releases"
    if not folder.is_dir():
        pytest.skip("there is no folder ../shared/suites/semic-dcat-ap")
    for version in ("3.0.0", "3.0.1"):
        yield [folder / version / "shacl/dcat-ap-SHACL.ttl"]
    yield [folder / "3.0.1/html/shacl" / name for name in ("shapes.ttl", "range.ttl", "deprecateduris.ttl")]


def test_the_catalogue_meets_the_shapes_of_dcat_ap(catalog: Path, shared: Path) -> None:
    for shapes in _shapes(shared):
        for name in ("catalog.ttl", "catalog.jsonld"):
            found = validate([catalog / name], shapes, timeout=120)
            assert [result for result in found.results if result.severity == "violation"] == [], shapes


def test_the_shapes_find_what_is_wrong(catalog: Path, shared: Path, tmp_path: Path) -> None:
    text = (catalog / "catalog.ttl").read_text(encoding="utf-8")
    for good in ("dcterms:title", "dcat:accessURL", "spdx:algorithm", "foaf:name"):
        (tmp_path / "bad.ttl").write_text(text.replace(good, f"{good}X"), encoding="utf-8")
        outcomes = [validate([tmp_path / "bad.ttl"], shapes, timeout=120) for shapes in _shapes(shared)]
        assert any(result.severity == "violation" for outcome in outcomes for result in outcome.results), good


def test_what_is_recommended_and_left_out_is_known(catalog: Path, shared: Path) -> None:
    folder = next(_shapes(shared))[0].parents[2] / "3.0.1/html/shacl"
    if not folder.is_dir():
        pytest.skip("there are no recommended shapes")
    found = validate([catalog / "catalog.ttl"], [folder / "shapes_recommended.ttl"], timeout=120)
    assert {result.severity for result in found.results} == {"warning"}
    missing = {result.path.rsplit("/", 1)[-1].rsplit("#", 1)[-1].strip(">") for result in found.results}
    # Nobody told us: what places and times a dataset is about, which themes. The rest is said otherwise: mediaType.
    known = {"theme", "keyword", "spatial", "temporal", "language", "modified", "themeTaxonomy", "homepage"}
    assert missing <= known | {"format", "availability", "type"}


def test_both_forms_hold_the_same_triples_and_no_blank_node(catalog: Path) -> None:
    turtle, jsonld = (
        {str(triple) for triple in ox.parse((catalog / name).read_bytes(), format=form)}
        for name, form in (("catalog.ttl", ox.RdfFormat.TURTLE), ("catalog.jsonld", ox.RdfFormat.JSON_LD))
    )
    assert turtle == jsonld
    assert turtle
    assert "_:" not in "".join(triple.split('"')[0] for triple in turtle)


def test_files_are_described_as_they_are(catalog: Path) -> None:
    graph = _graph(catalog)
    manifest = json.loads((catalog / "manifest.json").read_bytes())
    spdx = rdflib.Namespace(PREFIXES["spdx"])
    seen = set()
    for node in graph.subjects(RDF.type, DCAT.Distribution):
        url = str(graph.value(node, DCAT.downloadURL))
        name = url.removeprefix("https://files.example/kg/2026.2/")
        seen.add(name)
        assert int(str(graph.value(node, DCAT.byteSize))) == (catalog / name).stat().st_size
        checksum = graph.value(graph.value(node, spdx.checksum), spdx.checksumValue)
        digest = hashlib.sha256((catalog / name).read_bytes()).hexdigest()
        assert isinstance(checksum, rdflib.Literal)
        assert str(checksum) == digest
        assert str(graph.value(node, DCAT.mediaType)).endswith(manifest["files"][name]["mediaType"])
    assert seen == manifest["files"].keys() - {"catalog.ttl", "catalog.jsonld"}


def test_a_release_is_a_version_in_a_series(catalog: Path) -> None:
    graph, node = _graph(catalog), rdflib.URIRef(f"{BASE}release/2026.2")
    dcat = rdflib.Namespace(str(DCAT))
    assert str(graph.value(node, dcat.version)) == "2026.2"
    assert graph.value(node, dcat.previousVersion) == rdflib.URIRef(f"{BASE}release/2026.1")
    assert graph.value(node, dcat.inSeries) == rdflib.URIRef(BASE)
    assert str(graph.value(node, DCTERMS.issued)) == "2026-02-28"
    assert graph.value(node, DCTERMS.description) == rdflib.Literal(
        'What a town says, with <b>markup</b> and "quotes" \\ and a line\nbreak.', lang="en"
    )


def test_without_a_date_there_is_none(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build", "--release", "1").code == 0
    assert not list(_graph(dataset / "out/releases/1").subject_objects(DCTERMS.issued))


def test_statistics_count_the_merged_graph(catalog: Path) -> None:
    graph, node = _graph(catalog), rdflib.URIRef(f"{BASE}release/2026.2")
    data = rdflib.Graph().parse(catalog / "dataset.ttl", format="turtle")
    assert int(str(graph.value(node, VOID.triples))) == len(data)
    assert int(str(graph.value(node, VOID.distinctSubjects))) == len(set(data.subjects()))
    classes = {
        graph.value(part, VOID["class"]): graph.value(part, VOID.entities)
        for part in graph.objects(node, VOID.classPartition)
    }
    assert {str(c): int(str(n)) for c, n in classes.items()} == {
        str(c): len(set(data.subjects(RDF.type, c))) for c in set(data.objects(None, RDF.type))
    }
    properties = {
        graph.value(p, VOID.property): graph.value(p, VOID.triples) for p in graph.objects(node, VOID.propertyPartition)
    }
    assert {str(p): int(str(n)) for p, n in properties.items()} == {
        str(p): len(list(data.subject_objects(p))) for p in set(data.predicates())
    }


def test_the_build_names_the_documents_by_their_content(catalog: Path, dataset: Path) -> None:
    graph = rdflib.Graph().parse(catalog / "provenance.ttl", format="turtle")
    used = {str(o) for o in graph.objects(rdflib.URIRef(f"{BASE}release/2026.2/build"), PROV.used)}
    digest = hashlib.sha256((dataset / "data/articles/harbour-ruling.yaml").read_bytes()).digest()
    name = f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
    assert name in used
    assert graph.value(rdflib.URIRef(name), PROV.specializationOf) == rdflib.URIRef(f"{BASE}source/harbour-ruling")
    described = _graph(catalog)
    assert (rdflib.URIRef(f"{BASE}release/2026.2/build"), RDF.type, PROV.Activity) in described
    assert list(described.subjects(PROV.hadPlan))


def test_every_term_of_the_catalogue_exists(catalog: Path) -> None:
    spaces: list[type[DefinedNamespace]] = [DCAT, DCTERMS, FOAF, OWL, PROV, RDFS, SKOS, VOID]
    graph = _graph(catalog)
    terms = {*graph.predicates(), *graph.objects(None, RDF.type)}
    checked = 0
    for term in terms:
        for space in spaces:
            if str(term).startswith(str(space)):
                assert str(term) in {*NEW, *map(str, dir(space))}, term
                checked += 1
    assert checked > 40


def test_links_are_told_by_the_dataset_that_they_lead_to(dataset: Path, kg: Kg) -> None:
    assert kg("-C", dataset, "build", "--release", "1").code == 0
    manifest = publication.read_manifest(dataset / "out")
    assert manifest is not None
    same = "<http://www.w3.org/2002/07/owl#sameAs>"
    found = Survey(Hashed(3, ""), Hashed(3, ""))
    found.links.update({(same, "https://www.wikidata.org/"): 2, (same, "urn:"): 1})
    said = catalog_module.described(settings.load(dataset), manifest, {}, found)
    graph = rdflib.Graph().parse(data=said.turtle("x"), format="turtle")
    sets = list(graph.subjects(RDF.type, VOID.Linkset))
    told = {(graph.value(one, VOID.objectsTarget), str(graph.value(one, VOID.triples))) for one in sets}
    assert told == {(rdflib.URIRef("https://www.wikidata.org/"), "2"), (None, "1")}
    assert {graph.value(one, VOID.linkPredicate) for one in sets} == {OWL.sameAs}


def test_hostile_texts_stay_texts() -> None:
    said = Description()
    hostile = '"\\ \n\r\t</script> \u202e "@en ^^<x> .\n<http://x> a <y> .'
    for number, one in enumerate([literal(hostile), literal(hostile, language="ar"), literal(hostile, "http://x/t")]):
        said.say(f"<http://x/{number}>", rdfs_label=one)
    expected = {
        f"{quad.subject} {quad.predicate} {quad.object}"
        for quad in ox.parse("".join(said.lines()), format=ox.RdfFormat.N_TRIPLES)
    }
    for data, form in ((said.turtle("x"), ox.RdfFormat.TURTLE), (said.jsonld(), ox.RdfFormat.JSON_LD)):
        assert {f"{quad.subject} {quad.predicate} {quad.object}" for quad in ox.parse(data, format=form)} == expected
    with pytest.raises(KeyError):
        said.say("<http://x/>", nowhere_label='"x"')
