"""Which format an answer has, by what the client accepts (RFC 9110, 12.5.1)."""

from functools import lru_cache
from typing import NamedTuple, TypeAlias


class Format(NamedTuple):
    """A format as clients ask for it (`accepted`), the store's name of it, and the media type that is sent.

    `ending` is the file name's.
    """

    accepted: str
    form: str
    media: str
    ending: str


Formats: TypeAlias = tuple[Format, ...]

ROWS = (
    Format("application/sparql-results+json", "json", "application/sparql-results+json", "srj"),
    Format("application/json", "json", "application/json", "json"),
    Format("application/sparql-results+xml", "xml", "application/sparql-results+xml", "srx"),
    Format("application/xml", "xml", "application/xml", "xml"),
    Format("text/csv", "csv", "text/csv; charset=utf-8", "csv"),
    Format("text/tab-separated-values", "tsv", "text/tab-separated-values; charset=utf-8", "tsv"),
    Format("text/xml", "xml", "application/sparql-results+xml", "xml"),
)
"""Of SELECT and ASK; the first that is accepted best is taken."""
GRAPHS = (
    Format("text/turtle", "ttl", "text/turtle; charset=utf-8", "ttl"),
    Format("application/n-triples", "nt", "application/n-triples; charset=utf-8", "nt"),
    Format("application/ld+json", "jsonld", "application/ld+json", "jsonld"),
    Format("application/rdf+xml", "rdfxml", "application/rdf+xml; charset=utf-8", "rdf"),
    Format("application/trig", "trig", "application/trig; charset=utf-8", "trig"),
    Format("application/n-quads", "nq", "application/n-quads; charset=utf-8", "nq"),
    Format("application/json", "jsonld", "application/ld+json", "json"),
    Format("application/xml", "rdfxml", "application/rdf+xml; charset=utf-8", "xml"),
    Format("text/n3", "ttl", "text/n3; charset=utf-8", "n3"),
    Format("text/plain", "nt", "application/n-triples; charset=utf-8", "txt"),
    Format("text/xml", "rdfxml", "application/rdf+xml; charset=utf-8", "xml"),
)
"""Of CONSTRUCT and DESCRIBE."""
_NAMES = {
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdfxml"),
    "csv": ("csv",),
    "tsv": ("tsv",),
    "ttl": ("ttl",),
    "turtle": ("ttl",),
    "n3": ("ttl",),
    "nt": ("nt",),
    "ntriples": ("nt",),
    "jsonld": ("jsonld",),
    "json-ld": ("jsonld",),
    "rdfxml": ("rdfxml",),
    "rdf": ("rdfxml",),
    "rdf+xml": ("rdfxml",),
    "trig": ("trig",),
    "nq": ("nq",),
    "nquads": ("nq",),
}
"""What `format=` names, of rows and of a graph: an address can say it where a header cannot."""
_MOST_KEPT = 1000
"""Letters of what a client accepts: of what is longer, the choice is not kept."""


def names() -> tuple[str, ...]:
    """What `format=` takes, beside media types."""
    return tuple(_NAMES)


def chosen(accept: str, formats: Formats) -> Format | None:
    """The format that `Accept` welcomes most; of several, the first. None where it takes none of them."""
    return _chosen(accept, formats)[0] if len(accept) > _MOST_KEPT else _kept(accept, formats)[0]


def is_page(accept: str) -> bool:
    """Whether a page for people is welcome, and more so than any data."""
    if "text/html" not in accept:
        return False
    page = _weight("text/html", [each for each in _ranges(accept) if each[0] == "text/html"])
    return page > max(_chosen(accept, formats)[1] for formats in (ROWS, GRAPHS))


@lru_cache(maxsize=1024)
def _kept(accept: str, formats: Formats) -> tuple[Format | None, float]:
    return _chosen(accept, formats)


def _chosen(accept: str, formats: Formats) -> tuple[Format | None, float]:
    """The format, and its weight."""
    if not accept.strip():
        return formats[0], 1.0
    ranges = _ranges(accept)
    best, most = None, 0.0
    for each in formats:
        weight = _weight(each.accepted, ranges)
        if weight > most:
            best, most = each, weight
    return best, most


def named(name: str, formats: Formats) -> Format | None:
    """The format that a name stands for, or what `Accept` would say."""
    if "/" in name:
        return chosen(name, formats)
    forms = _NAMES.get(name.lower(), ())
    return next((each for each in formats if each.form in forms), None)


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = min(1.0, max(0.0, float(value)))
                except ValueError:
                    weight = 0.0
        if media:
            found.append((media, weight))
    return found


def _weight(media: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the narrowest range that a media type is within."""
    kind = media.partition("/")[0]
    for wanted in (media, f"{kind}/*", "*/*"):
        weights = [weight for given, weight in ranges if given == wanted]
        if weights:
            return max(weights)
    return 0.0
