"""catalog.ttl and catalog.jsonld: a labelled release as catalogues of data describe one, with statistics and the build.

DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) as DCAT-AP 3 wants it, VoID (https://www.w3.org/TR/void/), and PROV-O
(https://www.w3.org/TR/prov-o/). What was used for the build is in a file of its own (`onrecord.release.provenance`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from onrecord.dataset.settings import Settings
from onrecord.mappers.parts.minting import Minter
from onrecord.ntriples import iri, literal
from onrecord.release.described import PREFIXES, Description
from onrecord.release.manifest import FileEntry, Manifest
from onrecord.release.survey import Survey
from onrecord.vocabulary.term import LANG_STRING
from onrecord.writers import WRITERS

TURTLE, JSONLD = "catalog.ttl", "catalog.jsonld"
_XSD = PREFIXES["xsd"]
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_COMPLETED = "<http://purl.org/adms/status/Completed>"
_PUBLIC = "<http://publications.europa.eu/resource/authority/access-right/PUBLIC>"
_FORMATS = "http://www.w3.org/ns/formats/"
_FEATURES = {"text/turtle": "Turtle", "application/n-quads": "N-Quads", "application/n-triples": "N-Triples"}
_WHAT = {
    "findings.json": "What was found when the facts were checked",
    "graphs.ndjson": "The named graphs of the release, with their hashes",
    "provenance.ttl": "The documents that the release was built from",
}


@dataclass(frozen=True)
class Release:
    """The addresses of a release and of what belongs to it."""

    settings: Settings
    label: str

    def at(self, *steps: str) -> str:
        """A node of the release, below its own."""
        return iri("/".join((f"{self.settings.base}release/{self.label}", *(quote(step, safe="") for step in steps))))

    def download(self, file: str) -> str:
        """The address that a file can be had at."""
        start = self.settings.release.download or f"{self.settings.base}release/"
        return iri(f"{start}{self.label}/{quote(file)}")

    def text(self, text: str) -> str:
        """A text in the dataset's language."""
        return literal(text, LANG_STRING, self.settings.language)


def described(settings: Settings, manifest: Manifest, files: Mapping[str, FileEntry], found: Survey) -> Description:
    """The catalogue of a labelled release, of which `files` are distributed."""
    release, said = Release(settings, manifest.release), Description()
    _catalogue(said, release, manifest)
    _dataset(said, release, manifest, list(files))
    for name, entry in files.items():
        _distribution(said, release, manifest, name, entry)
    _statistics(said, release, found)
    _build(said, release, manifest)
    return said


def _catalogue(said: Description, release: Release, manifest: Manifest) -> None:
    given = release.settings
    curator, series = Minter(given.base).curator(), iri(given.base)
    shared: dict[str, str | list[str]] = {
        "dcterms_title": release.text(given.title),
        "dcterms_description": release.text(given.release.description or given.title),
        "dcterms_publisher": curator,
    }
    catalogue = iri(f"{given.base}catalog")
    said.say(catalogue, a="dcat:Catalog", **shared, dcterms_license=iri(given.licence), dcat_dataset=release.at())
    said.say(catalogue, dcterms_issued=_day(manifest.date), dcat_resource=series)
    said.say(series, a="dcat:DatasetSeries", **shared, dcat_last=release.at(), dcat_contactPoint=_contact(release))
    said.say(series, dcterms_issued="")
    said.say(curator, a="foaf:Agent", foaf_name=literal(given.publisher))
    said.say(iri(given.licence), a="dcterms:LicenseDocument")
    if given.release.contact:
        name = "vcard_hasEmail" if given.release.contact.startswith("mailto:") else "vcard_hasURL"
        said.say(_contact(release), a="vcard:Organization", vcard_fn=literal(given.publisher))
        said.say(_contact(release), a="vcard:Kind", **{name: iri(given.release.contact)})


def _contact(release: Release) -> str:
    return iri(f"{release.settings.base}contact") if release.settings.release.contact else ""


def _dataset(said: Description, release: Release, manifest: Manifest, files: list[str]) -> None:
    given, node = release.settings, release.at()
    before = Release(given, manifest.previous.release).at() if manifest.previous else ""
    said.say(
        node,
        a=["dcat:Dataset", "void:Dataset"],
        dcterms_title=release.text(f"{given.title}, {manifest.release}"),
        dcterms_description=release.text(given.release.description or given.title),
        dcterms_identifier=literal(node[1:-1]),
        dcterms_publisher=Minter(given.base).curator(),
        dcterms_license=iri(given.licence),
        dcterms_accessRights=_PUBLIC,
        dcterms_issued=_day(manifest.date),
        dcterms_conformsTo=iri(manifest.vocabulary.iri) if manifest.vocabulary else "",
        dcat_version=literal(manifest.release),
        dcat_isVersionOf=iri(given.base),
        dcat_inSeries=iri(given.base),
        dcat_previousVersion=before,
        dcat_prev=before,
        dcat_contactPoint=_contact(release),
        adms_status=_COMPLETED,
        dcat_distribution=[release.at("file", name) for name in files],
        prov_wasGeneratedBy=release.at("build"),
        prov_wasRevisionOf=before,
    )
    said.say(_PUBLIC, a="dcterms:RightsStatement")
    said.say(_COMPLETED, a="skos:Concept", skos_prefLabel=literal("completed", LANG_STRING, "en"))
    if manifest.vocabulary:
        standard = iri(manifest.vocabulary.iri)
        said.say(standard, a="dcterms:Standard", dcterms_title=literal("The On Record vocabulary", LANG_STRING, "en"))
        said.say(standard, dcat_version=literal(manifest.vocabulary.version))


def _distribution(said: Description, release: Release, manifest: Manifest, name: str, entry: FileEntry) -> None:
    node, media = release.at("file", name), iri(f"{_MEDIA_TYPES}{entry.media_type}")
    written = next((one.text for one in WRITERS.values() if name == f"dataset.{one.extension}"), "")
    feature = _FEATURES.get(entry.media_type, "")
    said.say(
        node,
        a="dcat:Distribution",
        dcterms_title=literal(name, LANG_STRING, "en"),
        dcterms_description=literal(_WHAT.get(name) or f"The dataset as {written}", LANG_STRING, "en"),
        dcterms_license=iri(release.settings.licence),
        dcterms_issued=_day(manifest.date),
        dcat_accessURL=release.download(name),
        dcat_downloadURL=release.download(name),
        dcat_mediaType=media,
        dcat_byteSize=literal(str(entry.bytes), f"{_XSD}nonNegativeInteger"),
        spdx_checksum=release.at("file", name, "sha256"),
    )
    _checksum(said, release.at("file", name, "sha256"), entry.sha256)
    said.say(media, a="dcterms:MediaType")
    said.say(release.download(name), a="rdfs:Resource")  # DCAT-AP 3.0.0 looks for it
    if written:
        said.say(release.at(), void_dataDump=release.download(name))
        said.say(release.at(), void_feature=iri(f"{_FORMATS}{feature.replace('-', '_')}") if feature else "")


def _checksum(said: Description, node: str, sha256: str) -> None:
    said.say(
        node,
        a="spdx:Checksum",
        spdx_algorithm="spdx:checksumAlgorithm_sha256",
        spdx_checksumValue=literal(sha256, f"{_XSD}hexBinary"),
    )
    said.say("<http://spdx.org/rdf/terms#checksumAlgorithm_sha256>", a="spdx:ChecksumAlgorithm")


def _statistics(said: Description, release: Release, found: Survey) -> None:
    """Counts of the merged graph; a class and a property has its part of the dataset, and so have links."""
    node = release.at()
    said.say(
        node,
        void_uriSpace=literal(release.settings.base),
        void_vocabulary=[iri(PREFIXES[p]) for p in _vocabularies(found)],
        void_triples=_count(found.merged.count),
        void_entities=_count(found.entities),
        void_classes=_count(len(found.classes)),
        void_properties=_count(len(found.properties)),
        void_distinctSubjects=_count(found.subjects),
        void_distinctObjects=_count(found.objects),
    )
    for term, count in sorted(found.classes.items()):
        part = release.at("class", _name(term))
        said.say(node, void_classPartition=part)
        said.say(part, a="void:Dataset", void_class=term, void_entities=_count(count))
    for term, count in sorted(found.properties.items()):
        part = release.at("property", _name(term))
        said.say(node, void_propertyPartition=part)
        said.say(part, a="void:Dataset", void_property=term, void_triples=_count(count))
    for (link, space), count in sorted(found.links.items()):
        part, target = release.at("links", _name(link), space), iri(space) if space.endswith("/") else ""
        said.say(node, void_subset=part)
        said.say(part, a="void:Linkset", void_linkPredicate=link, void_subjectsTarget=node)
        said.say(part, void_objectsTarget=target, void_triples=_count(count))
        if target:
            said.say(target, a="void:Dataset", void_uriSpace=literal(space))


def _build(said: Description, release: Release, manifest: Manifest) -> None:
    build, program, plan = release.at("build"), release.at("build", "program"), release.at("build", "plan")
    role = release.at("build", "association")
    said.say(
        build,
        a="prov:Activity",
        rdfs_label=literal(f"The build of {manifest.release}", LANG_STRING, "en"),
        prov_wasAssociatedWith=program,
        prov_qualifiedAssociation=role,
    )
    said.say(role, a="prov:Association", prov_agent=program, prov_hadPlan=plan)
    said.say(program, a="prov:SoftwareAgent", rdfs_label=literal(f"onrecord {manifest.program}"))
    said.say(program, dcat_version=literal(manifest.program))
    said.say(plan, a="prov:Plan", rdfs_label=literal("Ontology and shapes of On Record", LANG_STRING, "en"))
    if manifest.vocabulary:
        said.say(plan, dcterms_isPartOf=iri(manifest.vocabulary.iri), dcat_version=literal(manifest.vocabulary.version))
        said.say(plan, spdx_checksum=release.at("build", "plan", "sha256"))
        _checksum(said, release.at("build", "plan", "sha256"), manifest.vocabulary.sha256)


def _day(date: str) -> str:
    return literal(date, f"{_XSD}date") if date else ""


def _count(number: int) -> str:
    return literal(str(number), f"{_XSD}integer")


def _vocabularies(found: Survey) -> list[str]:
    """The prefixes of the vocabularies that classes and properties are of."""
    terms = [*found.classes, *found.properties]
    return [prefix for prefix, start in PREFIXES.items() if any(term.startswith(f"<{start}") for term in terms)]


def _name(term: str) -> str:
    """A short name for a term, in the address of what is said of it."""
    for prefix, start in PREFIXES.items():
        if term.startswith(f"<{start}"):
            return f"{prefix}-{term[len(start) + 1 : -1]}"
    return hashlib.sha256(term.encode()).hexdigest()[:12]
