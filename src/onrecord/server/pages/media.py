"""The media types of files, by their endings."""

HTML = "text/html; charset=utf-8"
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
