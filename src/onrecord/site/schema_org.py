"""What search engines may know of a page, in the words of schema.org (https://schema.org/).

schema.org cannot say who says a thing, how sure it is, or when it held. So only what needs none of this is said: what a
thing is, what it is called, where an article appeared, what data there is. No designation, act, statement, prosecution,
post or figure is; no vague date is made a day; nobody is made one with somebody elsewhere (`sameAs`).
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from onrecord.documents import Document
from onrecord.documents.document import Tree, Value
from onrecord.site.rendering import web

if TYPE_CHECKING:
    from markupsafe import Markup

Thing: TypeAlias = "dict[str, str | int | Thing | list[Thing] | list[str]]"

_CONTEXT = "https://schema.org"
_TYPES = {
    "State": "Country",
    "GovernmentBody": "GovernmentOrganization",
    "Ministry": "GovernmentOrganization",
    "NewsOutlet": "NewsMediaOrganization",
    "PoliticalParty": "PoliticalParty",
    "Person": "Person",
    "Place": "Place",
    "Event": "Event",
    "Article": "NewsArticle",
}
"""The class of schema.org for each of ours that has one. Whatever else is an organization is just that."""
_OTHER_KINDS = {"organization": "Organization", "place": "Place", "event": "Event"}
_DESCRIBED = frozenset({"organization", "person", "entry", "place", "event", "source"})
_NO_ORGANIZATION = frozenset({"PersonGroup", "Vessel", "Aircraft", "Designee", "Agent"})
_SAID = frozenset({"stated", "derived"})
"""On what a day rests that a source gives: it is stated, or follows from the date as EDTF defines it."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&"}


@dataclass(frozen=True)
class Download:
    """A file of the dataset: its address, media type and, where it is known, size in bytes."""

    address: str
    media: str
    size: int | None = None


def thing(document: Document, url: str = "") -> "Thing | None":
    """What a page is about; None where schema.org has no word for it that would say no more than the sources.

    `url` is the address of the page.
    """
    kind = _type(document)
    names = _texts(document.tree.get("labels", document.tree.get("title", {})))
    if kind is None or not names:
        return None
    made: Thing = {"@type": kind, "@id": document.node[1:-1], "name": document.label}
    if web(url):
        made["url"] = url
    others = sorted({*names, *_texts(document.tree.get("altLabel", {}))} - {document.label})
    if others and document.kind.name in ("organization", "person", "place"):
        made["alternateName"] = others
    if kind == "NewsArticle":
        made |= _article(document)
    if kind == "Event":
        made |= _event(document.tree)
    return made


def _type(document: Document) -> str | None:
    if document.kind.name not in _DESCRIBED:
        return None
    held = document.tree.get("type", [])
    names = [name for name in held if isinstance(name, str)] if isinstance(held, list) else []
    known = next((_TYPES[name] for name in names if name in _TYPES), None)
    if known or document.kind.name in ("person", "source") or _NO_ORGANIZATION.intersection(names):
        return known
    if document.kind.name == "entry":
        return "Organization" if "Organization" in names else None
    return _OTHER_KINDS.get(document.kind.name)


def _article(document: Document) -> Thing:
    tree = document.tree
    made: Thing = {"headline": document.label}
    publisher, language, address = tree.get("publisher"), tree.get("language"), tree.get("url")
    if isinstance(publisher, dict) and isinstance(publisher.get("label"), str):
        made["publisher"] = {"@type": "Organization", "name": str(publisher["label"])}
    if isinstance(language, str):
        made["inLanguage"] = language
    if isinstance(address, str) and web(address):
        made["url"] = address
    published = _day(tree.get("published"))
    if published:
        made["datePublished"] = published
    return made


def _event(tree: Tree) -> Thing:
    made: Thing = {}
    day = _day(tree.get("when"))
    if day:
        made["startDate"] = day
    places = tree.get("hasPlace", [])
    named = [each for each in places if isinstance(each, dict)] if isinstance(places, list) else []
    if len(named) == 1 and not tree.get("curations"):
        made["location"] = {"@type": "Place", "name": str(named[0].get("label", ""))}
    return made


def _day(value: "Value | None") -> str | None:
    """The day that a source states; None for every time that is vague, follows from others, or is a curator's."""
    if not isinstance(value, dict) or value.get("curations") or value.get("curated"):
        return None
    day = value.get("edtf")
    bounds = {value.get("earliest", day), value.get("latest", day)} if isinstance(day, str) else set()
    bases = {value.get("earliestBasis", "stated"), value.get("latestBasis", "stated")}
    exact = isinstance(day, str) and _DAY.fullmatch(day) is not None and bounds == {day}
    return day if exact and isinstance(day, str) and bases <= _SAID else None


def _texts(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value]
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in held for text in _texts(each)]


# ── The site ──────────────────────────────────────────────────────────────────────────────────────────────────────


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Thing:
    """The way to a page: names and addresses, the page itself last."""
    steps: list[Thing] = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def website(name: str, site: str) -> Thing:
    """The site, whose address ends in a slash, and its search."""
    action: Thing = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{site}search.html?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    return {"@type": "WebSite", "name": name, "url": site, "potentialAction": action}


def dataset(about: Mapping[str, str], base: str, downloads: Iterable[Download]) -> Thing:
    """The dataset. `about` may have `name`, `description`, `url`, `license`, `version`, `publisher`; `base` is how its
    addresses begin."""
    made: Thing = {"@type": "Dataset", "@id": base}
    for key in ("name", "description", "url", "license", "version"):
        value = about.get(key, "")
        if value and (key not in ("url", "license") or web(value)):
            made[key] = value
    if about.get("publisher"):
        made["publisher"] = {"@type": "Organization", "name": about["publisher"]}
    made["distribution"] = [_download(each) for each in downloads if web(each.address)]
    return made


def _download(download: Download) -> Thing:
    made: Thing = {"@type": "DataDownload", "contentUrl": download.address, "encodingFormat": download.media}
    if download.size is not None:
        made["contentSize"] = f"{download.size} B"
    return made


def embedded(things: "Iterable[Thing | None]") -> "Markup":
    """Things as the content of `<script type="application/ld+json">`; "" for none.

    It is plain ASCII without `<`, `>` and `&`: nothing in it ends the element
    (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements), is a line end
    to a script (U+2028), or turns the direction of writing.
    """
    from markupsafe import Markup

    held = [each for each in things if each is not None]
    if not held:
        return Markup()
    whole = {"@context": _CONTEXT, **held[0]} if len(held) == 1 else {"@context": _CONTEXT, "@graph": held}
    return Markup(json.dumps(whole).translate(_ESCAPES))
