"""From bytes to text: UTF-8 and nothing else, without characters that nobody sees and that change what is read."""

import codecs
import re
import unicodedata

from onrecord.findings import Finding, Place

_FAR = "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
_REFUSED = f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{_FAR}"
REFUSED = re.compile(f"[{_REFUSED}]")
"""Control characters, halves of surrogate pairs and noncharacters (https://www.unicode.org/faq/private_use.html)."""
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Bidirectional controls: text with them may read otherwise than it is stored (https://trojansource.codes)."""
_LINES = re.compile(f"[{_REFUSED}\u2028\u2029]")
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def foreign(name: str, data: bytes) -> Finding | None:
    """The finding that bytes are UTF-16 or UTF-32."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    head = data[:4]
    if not encoding and len(head) == 4 and head.count(0):
        encoding = {3: "UTF-32", 2: "UTF-16"}.get(head.count(0), "") if head[0] == 0 or head[-1] == 0 else ""
    if not encoding:
        return None
    return Finding(
        Place(name, 1, 1), "violation", "encoding", f"the file is {encoding}", "save it as UTF-8", broken=True
    )


def decoded(name: str, data: bytes, line: int = 1, offset: int = 0) -> str | Finding:
    """The text of UTF-8 bytes without byte order mark, or the finding where they are none.

    The bytes begin at the given line and offset of their file.
    """
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        start = before.rfind(b"\n") + 1
        column = len(before[start:].decode("utf-8")) + 1
        place = Place(name, line + before.count(b"\n"), column)
        message = f"byte 0x{data[error.start]:02X} at offset {offset + error.start} is not UTF-8"
        guess = data[error.start : error.start + 1].decode("cp1252", "ignore")
        hint = "save the file as UTF-8" + (f" (in Windows-1252 this byte is {guess})" if guess else "")
        return Finding(place, "violation", "encoding", message, hint, broken=True)


def label(character: str) -> str:
    """A character's number and name: U+202E RIGHT-TO-LEFT OVERRIDE."""
    code = ord(character)
    kinds = {"Cc": "control character", "Cs": "half of a surrogate pair", "Cn": "no character"}
    return f"U+{code:04X} {unicodedata.name(character, '') or kinds.get(unicodedata.category(character), 'unnamed')}"


def flawed(value: str, place: Place) -> Finding | None:
    """The finding about the first character in a value that is refused or that reorders text."""
    refused = REFUSED.search(value)
    if refused:
        return _refusal(refused[0], place)
    reordering = REORDERING.search(value)
    return _warning(reordering[0], place) if reordering else None


def repaired(value: str) -> str:
    """A value with its refused characters replaced by U+FFFD, so that what goes on can be written anywhere."""
    return REFUSED.sub("\ufffd", value)


def _refusal(character: str, place: Place) -> Finding:
    return Finding(
        place, "violation", "character", f"the text has {label(character)}", "remove it: nobody sees it", broken=True
    )


def _warning(character: str, place: Place) -> Finding:
    hint = "remove it, unless the source's own text has it"
    return Finding(
        place, "warning", "character", f"the text has {label(character)}, which reorders what is shown", hint
    )


def cleaned(name: str, text: str) -> tuple[str, list[Finding]]:
    """Text with refused characters replaced by U+FFFD, one for one so that places stay, and the findings about them.

    U+2028 and U+2029 are refused too: YAML takes them for the end of a line, and no editor shows it.
    """
    found: list[Finding] = []
    for match in _LINES.finditer(text):
        found.append(_refusal(match[0], position(name, text, match.start())))
    for match in REORDERING.finditer(text):
        found.append(_warning(match[0], position(name, text, match.start())))
    most = 20
    if len(found) > most:
        rest = len(found) - most
        found[most:] = [
            Finding(found[most].place, "violation", "character", f"{rest} more such characters follow", broken=True)
        ]
    return (_LINES.sub("\ufffd", text) if found else text), found


_LINE_END = re.compile("\r\n|\r|\n")


def position(name: str, text: str, index: int) -> Place:
    """The line and column of a position in a text."""
    line, start = 1, 0
    for match in _LINE_END.finditer(text, 0, index):
        line, start = line + 1, match.end()
    return Place(name, line, index - start + 1)
