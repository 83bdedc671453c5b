"""From the bytes of a list to text: UTF-8, and what is not UTF-8 only by a person's leave."""

from dataclasses import replace as changed

from onrecord.findings import Finding, Place
from onrecord.importers.result import Input
from onrecord.readers import characters

_LAST = "\x1a"
"""Ctrl-Z at the end of a file: how CP/M and DOS marked it, and OFAC's old files still do. It stays in the text."""
_MOST = 100_000
WAY_OUT = "--encoding-errors replace goes on, and says what it replaced"


def decoded(name: str, data: bytes, *, replace: bool = False) -> Input | Finding:
    """A file with its text, or the finding why it has none, with the place and offset of what is to blame.

    With `replace`, each byte that is not UTF-8 and each refused character becomes U+FFFD. A byte order mark stays in
    the text.
    """
    foreign = characters.foreign(name, data)
    if foreign:
        return foreign
    if replace:
        return _replaced(name, data)
    text = characters.decoded(name, data)
    if isinstance(text, Finding):
        return changed(text, hint=f"{text.hint}; {WAY_OUT}")
    refused = _first_refused(text.removesuffix(_LAST))
    if refused < 0:
        return Input(name, data, data.decode("utf-8"))
    offset = len(data) - len(text[refused:].encode("utf-8"))
    place = characters.position(name, text, refused)
    message = f"the text has {characters.label(text[refused])} at offset {offset}"
    return Finding(place, "violation", "character", message, f"remove it: nobody sees it; {WAY_OUT}", broken=True)


def _first_refused(text: str) -> int:
    """Where the first refused character stands; -1 where none does. A line that is printable, as nearly all are, has
    none, and to see that is thirty times as fast as the search."""
    start = 0
    for line in text.split("\n"):
        if not line.strip("\t\r").isprintable():
            found = characters.REFUSED.search(line)
            if found:
                return start + found.start()
        start += len(line) + 1
    return -1


def _replaced(name: str, data: bytes) -> Input | Finding:
    """The file with U+FFFD for each byte and character that is not taken.

    A byte that is not UTF-8 is decoded to half of a surrogate pair (PEP 383), and these are among what is refused.
    """
    text = data.decode("utf-8", "surrogateescape")
    end = _LAST if text.endswith(_LAST) else ""
    text = text.removesuffix(_LAST)
    offsets: list[int] = []
    offset = last = 0
    for match in characters.REFUSED.finditer(text):
        if len(offsets) == _MOST:
            message = f"more than {_MOST:,} bytes are not UTF-8 or are refused: the file has another encoding"
            return Finding(Place(name), "violation", "encoding", message, "save it as UTF-8", broken=True)
        offset += len(text[last : match.start()].encode("utf-8", "surrogateescape"))
        last = match.start()
        offsets.append(offset)
    return Input(name, data, characters.REFUSED.sub("\ufffd", text) + end, tuple(offsets))
