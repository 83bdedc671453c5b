"""Terms, triples and quads as the strings that stand for them in N-Triples and N-Quads.

This is the one place where a text becomes a literal and an address an IRI. The form is the canonical one
(https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples), so that comparing and sorting strings compares and sorts
terms.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from onrecord.errors import InputError
from onrecord.vocabulary.term import LANG_STRING, XSD_STRING

Triple = tuple[str, str, str]

_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPES = {**{chr(c): f"\\u{c:04X}" for c in (*range(0x20), 0x7F)}, **_SHORT}
_NOT_PLAIN = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff]')
_PLAIN_IRI = re.compile(r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/-]*(#[A-Za-z0-9._~-]*)?")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def quoted(text: str) -> str:
    """A text as N-Triples quotes it: a literal of xsd:string, or the beginning of one with a datatype or language.

    Raises InputError for a lone surrogate, which no RDF format can hold.
    """
    if text.isprintable() and '"' not in text and "\\" not in text:  # nearly all texts, and five times as fast
        return f'"{text}"'
    return f'"{_NOT_PLAIN.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    escape = _ESCAPES.get(match[0])
    if escape is None:
        raise InputError(f"half a character (lone surrogate) in {match.string[:40]!a}")
    return escape


def literal(text: str, datatype: str = XSD_STRING, language: str = "") -> str:
    """A literal. `datatype` is an IRI without angle brackets; a `language` (BCP 47) makes it a language-tagged string.

    Raises InputError for a lone surrogate, which no RDF format can hold, and for a malformed language tag.
    """
    written = quoted(text)
    if language or datatype == LANG_STRING:
        return f"{written}{_tag(language)}"
    return written if datatype == XSD_STRING else f"{written}^^<{datatype}>"


@lru_cache(maxsize=1_000)
def _tag(language: str) -> str:
    if not _LANGUAGE.fullmatch(language):
        raise InputError(f"{language!r} is not a language tag")
    return f"@{language.lower()}"


def iri(text: str) -> str:
    """An absolute IRI. Raises InputError for a relative one and for characters that no IRI has.

    What is not plain to see is left to pyoxigraph's grammar (RFC 3987).
    """
    if not _PLAIN_IRI.fullmatch(text):
        import pyoxigraph  # 13 ms: nearly all addresses are plain

        try:
            pyoxigraph.NamedNode(text)
        except ValueError as error:
            raise InputError(f"{text[:80]!a} is not an address (IRI)") from error
    return f"<{text}>"


def text_of(term: str) -> str:
    """The text of a literal, or the address of an IRI."""
    if term.startswith("<"):
        return term[1:-1]
    written = term[1 : term.rindex('"')]
    if "\\" not in written:
        return written
    return re.sub(r"\\(u[0-9A-F]{4}|U[0-9A-F]{8}|.)", _unescaped, written)


_LONG = {short[1]: char for char, short in _SHORT.items()}


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    return _LONG[code] if code in _LONG else chr(int(code[1:], 16))


def lines(triples: Iterable[Triple], graph: str) -> list[str]:
    """Triples as N-Quads lines of one named graph, sorted, each once."""
    return sorted({f"{s} {p} {o} {graph} .\n" for s, p, o in triples})


_LINE = re.compile(r'(<[^>]*>) (<[^>]*>) (<[^>]*>|".*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?)(?: (<[^>]*>))? \.\n?')


def split(line: str) -> tuple[str, str, str, str]:
    """Subject, predicate, object and graph ("" for none) of a canonical N-Quads line. Raises InputError for anything
    else."""
    match = _LINE.fullmatch(line)
    if not match:
        raise InputError(f"not a line of canonical N-Quads: {line[:80]!r}")
    return match[1], match[2], match[3], match[4] or ""
