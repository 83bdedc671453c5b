"""Templates → HTML. Whatever a text holds is shown as text: it is escaped, and cannot turn what stands around it."""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2

_UNSHOWN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff]"
)
"""Control characters, those of the direction of writing (https://www.unicode.org/reports/tr9/) among them."""
_WEB = re.compile(
    r"https?://[^\s<>\"'\\^`{|}\x00-\x20\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f]+", re.IGNORECASE
)
_DIRECTIONAL = "\u200e\u200f\u061c"
"""Marks that many names in Arabic and Hebrew letters have by right, and that reach no further than their own place."""


@cache
def environment() -> "jinja2.Environment":
    """The templates of this package. Everything is escaped; a name that a template lacks is an error."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("onrecord.site", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalized,
    )
    made.filters["web"] = web
    return made


def visible(text: str) -> str:
    """A text whose control characters can be seen: those that turn the direction of writing by their number, other ones
    as the sign for what cannot be shown."""
    return _UNSHOWN.sub(_seen, text) if _UNSHOWN.search(text) else text


def web(address: str) -> str:
    """An address that a link may lead to: of http or https, and of no odd characters; else an empty text."""
    return address if _WEB.fullmatch(address) else ""


def _finalized(value: object) -> object:
    return visible(value) if type(value) is str else value


def _seen(match: re.Match[str]) -> str:
    char = match[0]
    if char in _DIRECTIONAL:
        return char
    return f"[U+{ord(char):04X}]" if unicodedata.category(char) == "Cf" else "\N{REPLACEMENT CHARACTER}"
