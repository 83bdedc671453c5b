"""JSON Lines that have nothing wrong with them, decoded at the speed of msgspec.

What this takes, `json_line` and `interpret` would take without a finding, and with the same records: every shortcut is
a proof, and what it does not prove goes the long way. `tests/test_readers_fast.py` holds the two against each other.
"""

import msgspec

from onrecord.facts.document import Document, Registry
from onrecord.facts.survey import Survey, survey
from onrecord.readers.json_line import SUSPECT
from onrecord.readers.limits import Limits
from onrecord.readers.passage import Passage

_DOCUMENT = msgspec.json.Decoder(Document)
_REGISTRY = msgspec.json.Decoder(Registry)
_ENCODER = msgspec.json.Encoder()
_UNUSUAL = ("\\u", "\\b", "\\f")
_BEFORE_COLONS = (b'" :', b'"  ', b'"\t', b'"\r', b'" \t', b'" \r')
_LEAST_DEPTH = 40
"""No limit on depth below this one is taken: records that nest deeper are never decoded here (see `survey`)."""


def decoded(passage: Passage, limits: Limits) -> tuple[Document | Registry, Survey] | None:
    """The document of a passage of one line, and its survey; None where anything is not as it mostly is."""
    row = passage.data.rstrip(b" \t\r\n")  # no other character may stand between values
    if b"\n" in row or len(row) > min(limits.line_bytes, limits.value_chars) or limits.depth < _LEAST_DEPTH:
        return None
    try:
        text = row.decode()
        document: Document | Registry = (_REGISTRY if row.startswith(b'{"registry"') else _DOCUMENT).decode(row)
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError):
        return None
    if not _is_clean(text) or _fields(row) != _fields(_ENCODER.encode(document)):
        return None
    found = survey(document)
    if not found.sound or _records(document) > limits.records:
        return None
    return document, found


def _is_clean(text: str) -> bool:
    """Whether no character is refused, written as it is or escaped."""
    usual = text.isprintable() and not any(escape in text for escape in _UNUSUAL)
    return usual or SUSPECT.search(text) is None


def _fields(row: bytes) -> int:
    """How many fields a line of JSON has: a colon follows the closing quotation mark of a name, and no other.

    Where the encoding of what was decoded has as many, no field was given twice, or given as what it is without.
    -1, which no encoding has, where spaces stand in the way of counting.
    """
    if b"\\" in row:
        row = row.replace(b"\\\\", b"").replace(b'\\"', b"")
    return -1 if any(space in row for space in _BEFORE_COLONS) else row.count(b'":')


def _records(document: Document | Registry) -> int:
    sections = (getattr(document, name) for name in document.__struct_fields__)
    return sum(len(section) for section in sections if isinstance(section, list))
