"""What can be told of a query before the engine sees it, and what is refused there.

The engine recurses: some thousand nested brackets overflow its stack. It would also follow SERVICE to other machines.
So brackets are counted and the word SERVICE is looked for outside strings, comments and addresses. The count is never
too low:
`?a<b&&c>d` may be an address or two comparisons, and only the grammar knows. Where the two readings differ, the worse
one is taken. What needs no brackets to be deep (`1+1+1…`) is left to the worker process, which may die of it.

Tokens: https://www.w3.org/TR/sparql11-query/#sparqlGrammar; what runs together (`trueSERVICE<…>`) is as the engine
reads it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin

from onrecord.errors import QueryError, QueryRefused

MOST_BYTES = 1_000_000
MOST_DEPTH = 100

_TOKEN = re.compile(
    r"""
      (?P<space>   [ \t\r\n]+ | \#[^\r\n]* )
    | (?P<long>    \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*+\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*+''' )
    | (?P<endless> \"\"\" | ''' )
    | (?P<text>    "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+' )
    | (?P<open>    ["'] )
    | (?P<address> <(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
    | (?P<bound>   [?$]\w+ | @[A-Za-z]+(?:-+[A-Za-z0-9]+)* )
    | (?P<short>   (?:[^\W\d](?:[\w.\-]{0,200}[\w\-])?)?:(?:(?:[\w:%]|\\.)(?:[\w.\-:%\u00B7]|\\.)*)? )
    | (?P<word>    [^\W\d]\w* )
    | (?P<other>   . )
    """,
    re.VERBOSE | re.DOTALL,
)
_CERTAIN = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
"""An address that begins like this cannot be read as a comparison: after `http:` no expression goes on with `//`."""

_SHORT = 2000
_NESTING = ("(", "[", "{", "<<", "!", "-", "+", "^")
_BEGIN = re.compile(r"\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_UNSURE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.\-]*://)")
"""What may begin an address, or be a comparison."""
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH")
_PROLOGUE = ("PREFIX", "BASE", "VERSION")


@dataclass(frozen=True)
class Token:
    """A piece of a query: the group of `_TOKEN` that it belongs to, its text, and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Shape:
    """What a query asks for: its form, whether it orders its rows, whether it names its dataset itself (FROM)."""

    form: str
    ordered: bool = False
    own_dataset: bool = False


def tokens(query: str) -> list[Token]:
    """The tokens of a query, without space and comments. Raises QueryError for a string that does not end, and
    QueryRefused for too many brackets inside each other.

    It stops there: going on after a string takes time that grows with the square of the query's length, and of what is
    nested a million deep the rest need not be known.
    """
    found, depth = [], 0
    for match in _TOKEN.finditer(query):
        token = Token(str(match.lastgroup), match[0], match.start())
        if token.kind in ("endless", "open"):
            raise QueryError(
                f"the query cannot be read: the string that begins in line {_line(query, token)} does not end"
            )
        if token.kind == "other":
            depth = depth + 1 if token.text in "([{" else max(0, depth - 1) if token.text in ")]}" else depth
            if depth > MOST_DEPTH:
                raise _nested(query, token)
        if token.kind != "space":
            found.append(token)
    return found


def _nested(query: str, token: Token) -> QueryRefused:
    told = f"the query is nested more than {MOST_DEPTH} deep in line {_line(query, token)}"
    return QueryRefused(told, hint="ask in a flatter way")


def inspect(query: str) -> Shape:
    """What a query asks for.

    Raises QueryRefused for one that is too large, nested too deep, changes data or would leave the machine, and
    QueryError for one that is not SPARQL from its first word.
    """
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        raise QueryRefused(f"the query has {size:,} bytes, more than {MOST_BYTES:,}", hint="ask in smaller parts")
    if re.search("[\ud800-\udfff]", query):
        raise QueryError("the query has half a character (lone surrogate)", hint="save it as UTF-8")
    if (plain := _plain(query)) is not None:
        return plain
    found = tokens(query)
    form = _form(found)
    _refuse_service(found, query)
    outer = _outermost(found, query)
    return Shape(form, any(word.startswith("ORDER") for word in outer), "FROM" in outer)


def _plain(query: str) -> Shape | None:
    """The shape of a short query of which one can tell without reading it through; None of any other one.

    It has too few brackets and signs to be nested deep however they are read, no strings and no comparisons, and
    nowhere the word SERVICE, not even with an escaped letter. Where ORDER or FROM might be its words, it is read
    through.
    """
    if len(query) > _SHORT or not query.isascii() or any(mark in query for mark in "\\\"'"):
        return None
    begin, words = _BEGIN.match(query), query.upper()
    if begin is None or _UNSURE.search(query) or any(word in words for word in ("SERVICE", "ORDER", "FROM")):
        return None
    return Shape(begin[1].upper()) if sum(map(query.count, _NESTING)) <= MOST_DEPTH else None


def graphs_of(query: str, prefixes: Mapping[str, str], base: str = "") -> list[str]:
    """The addresses that FROM and FROM NAMED give. `prefixes` are those that the query need not declare, and `base` is
    what its relative addresses begin with, where it declares no other."""
    found, known = tokens(query), dict(prefixes)
    given: list[str] = []
    for index, token in enumerate(found):
        word, after = token.text.upper(), found[index + 1 : index + 3]
        if token.kind != "word" or not after:
            continue
        if word == "BASE":
            base = urljoin(base, after[0].text[1:-1])
        elif word == "PREFIX" and len(after) == 2:
            known[after[0].text.removesuffix(":")] = urljoin(base, after[1].text[1:-1])
        elif word == "FROM":
            name = after[-1] if after[0].text.upper() == "NAMED" else after[0]
            prefix, _, local = name.text.partition(":")
            given.append(urljoin(base, name.text[1:-1]) if name.kind == "address" else known.get(prefix, "") + local)
    return given


def unreadable(query: str, message: str, prefixes: Iterable[str]) -> QueryError:
    """The engine's syntax error, `error at LINE:COLUMN: expected …`, in words.

    What it expected is left out: it names whatever it tried last. A prefix that nothing declares is named instead.
    """
    place = re.search(r"error at (\d+):(\d+)", message)
    found = tokens(query)
    declared = {a.text for b, a in pairwise(found) if b.text.upper() == "PREFIX"} | {f"{name}:" for name in prefixes}
    declared.add("_:")
    for token in found:
        prefix = token.text.partition(":")[0] + ":"
        if token.kind == "short" and prefix not in declared:
            return QueryError(
                f"the query has the prefix {prefix} in line {_line(query, token)}, and nothing declares it",
                hint=f"declare it: PREFIX {prefix} <…>",
            )
    if not place:
        return QueryError(f"the query cannot be read: {message}")
    line, column = int(place[1]), int(place[2])
    rest = query.split("\n")[line - 1][column - 1 :].strip() if line <= query.count("\n") + 1 else ""
    near = f", at {rest[:40]}{'…' if len(rest) > 40 else ''}" if rest else ", where it ends"
    return QueryError(f"the query cannot be read in line {line}, column {column}{near}")


def _form(found: list[Token]) -> str:
    words = (token.text.upper() for token in found if token.kind == "word")
    first = next((word for word in words if word not in _PROLOGUE), "")
    if first in _UPDATES:
        raise QueryRefused(
            f"{first} would change the dataset, which is only read here", hint="change the facts and run kg build"
        )
    if first not in _FORMS:
        raise QueryError(
            f"the query begins with {first[:40]!r}" if first else "the query is empty",
            hint="a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE; SPARQL has the details",
        )
    return first


def _refuse_service(found: list[Token], query: str) -> None:
    for token in found:
        inside = token.text.partition(":")[0] if token.kind == "short" else token.text
        suspicious = token.kind in ("word", "short") or (token.kind == "address" and not _CERTAIN.match(token.text))
        if suspicious and "service" in inside.lower():
            raise QueryRefused(
                f"SERVICE in line {_line(query, token)} would ask another machine; queries stay in this dataset",
                hint="leave it out; if it is a prefix, give that another name",
            )


def _outermost(found: list[Token], query: str) -> list[str]:
    """The words outside all brackets, in capitals. Raises QueryRefused for too many brackets inside each other."""
    depth = triples = run = 0
    words: list[str] = []
    for index, token in enumerate(found):
        run = run + 1 if token.text in "!-+^" else 0
        if token.kind == "address":
            depth += _left_open(token, found[max(0, index - 2) : index], query)
        elif token.kind == "word" and depth == 0:
            words.append(token.text.upper())
        elif token.text in ("(", "[", "{"):
            depth += 1
        elif token.text in (")", "]", "}"):
            depth = max(0, depth - 1)
        elif token.text == "<" and query[token.end : token.end + 1] == "<":
            triples += 1  # triple terms: `>>` may be two comparisons, so nothing closes them
        if max(depth, triples, run) > MOST_DEPTH:
            raise _nested(query, token)
    return words


def _left_open(token: Token, before: list[Token], query: str) -> int:
    """The brackets that an address leaves open if it should be read as a comparison."""
    if _CERTAIN.match(token.text):
        return 0
    declared = [t.text.upper() for t in before]
    named = declared[-1:] == ["BASE"] or (declared[:1] == ["PREFIX"] and declared[-1].endswith(":"))
    if ("#" in token.text or "'" in token.text) and not named:
        raise QueryRefused(
            f"{token.text} in line {_line(query, token)} can be read as an address, or as a comparison",
            hint="declare a prefix for it",
        )
    depth = 0
    for char in token.text:
        depth = depth + 1 if char in "([" else max(0, depth - 1) if char in ")]" else depth
    return depth


def _line(query: str, token: Token) -> int:
    return query.count("\n", 0, token.start) + 1
