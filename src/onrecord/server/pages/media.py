"""What is said of a file beside it: its media type by its ending, its canonical address and its other forms."""

from urllib.parse import quote

from onrecord.site.dereferencing import FORMS

HTML = "text/html; charset=utf-8"
_IN_ADDRESSES = "%/:?#[]@!$&'()*+,;=~-._"
_MEDIA = {
    "html": HTML,
    "jsonld": "application/ld+json",
    "json": "application/json",
    "ttl": "text/turtle; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


def media_of(path: str) -> str:
    """The media type of a file by its ending; plain text for one of another."""
    return _MEDIA.get(path.rpartition(".")[2], "text/plain; charset=utf-8")


def links(address: str, path: str, form: str) -> str:
    """A page's canonical address, if it is given, and its other forms, as a header (RFC 8288). `path` is from the
    server's root, without an ending."""
    told = [f'<{quote(address, safe=_IN_ADDRESSES)}>; rel="canonical"'] if address else []
    told += [f'</{path}.{each}>; rel="alternate"; type="{media}"' for each, media in FORMS.items() if each != form]
    return ", ".join(told)
