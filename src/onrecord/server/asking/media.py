"""What answers are given in, and what names are taken in and how many: for the routes, and for the document."""

from typing import Final

from onrecord.server.reply import JSON

ANSWERS: Final = {
    "json": JSON,
    "jsonld": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "srj": "application/sparql-results+json",
    "srx": "application/sparql-results+xml",
}
"""Of questions: the form, which is the ending of an address as well → its media type."""
SCREENED: Final = {"json": JSON, "ndjson": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}
"""Of screening: form → media type."""
NAMES: Final = ("text/plain", "application/json", "text/csv")
"""Media types that names can be sent in."""
MOST_NAMES: Final = 10_000
MOST_BYTES: Final = 1_000_000
