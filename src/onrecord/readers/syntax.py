"""What a YAML parser's complaint means, in the words of a person who has never heard of tokens."""

import yaml

from onrecord.findings import Finding, Place

_QUOTE = "put the whole text in quotation marks"
_INDENT = "indent every field of a record alike, with spaces"

_EXPLAINED: tuple[tuple[str, str, str], ...] = (
    ("found unexpected end of stream", "a quotation mark is opened here and never closed", "close it"),
    ("found a tab character", "there is a tab here", "indent with spaces"),
    (
        "mapping values are not allowed",
        "a colon stands where none can",
        f"{_QUOTE}, or see whether the line above is indented right",
    ),
    (
        "invalid Unicode character escape",
        "this escape is no character",
        "write the character itself; halves of surrogate pairs are none",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes begins an escape, and this is none",
        "use single quotation marks",
    ),
    ("did not find expected hexdecimal number", "an escape needs hexadecimal digits", "use single quotation marks"),
    ("expected escape sequence of", "an escape needs hexadecimal digits", "use single quotation marks"),
    (
        "did not find expected ',' or ']'",
        "the list that is opened here is not closed, or lacks a comma",
        "close it with ]",
    ),
    ("expected ',' or ']'", "the list that is opened here is not closed, or lacks a comma", "close it with ]"),
    (
        "did not find expected ',' or '}'",
        "the braces that are opened here are not closed, or lack a comma",
        "close them with }",
    ),
    ("expected ',' or '}'", "the braces that are opened here are not closed, or lack a comma", "close them with }"),
    (
        "did not find expected node content",
        "something is missing here: a value, or a closing ] or }",
        "close what is open",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not continue the list above",
        f"begin it with a hyphen, or {_INDENT}",
    ),
    (
        "could not find expected ':'",
        "a field without a colon",
        f"write a colon and a space after its name, or {_QUOTE}",
    ),
    ("did not find expected key", "this does not continue the record above", f"{_INDENT}; double a ' within '…'"),
    ("expected <block end>", "this does not continue what is above", f"{_INDENT}; double a ' within '…'"),
    ("block sequence entries are not allowed", "a list cannot begin here", "begin it in a line of its own"),
    ("sequence entries are not allowed", "a list cannot begin here", "begin it in a line of its own"),
    ("did not find expected <document start>", "a second document begins here", "one file holds one: make two files"),
    ("expected '<document start>'", "a second document begins here", "one file holds one: make two files"),
    ("found undefined tag handle", "tags (!) are not taken", f"remove it, or {_QUOTE}"),
    ("tag", "tags (!) are not taken", f"remove it, or {_QUOTE}"),
    (
        "indentation indicator",
        "this is no way to begin a text of several lines",
        "write | or > and begin the text in the next line",
    ),
    (
        "block scalar",
        "this is no way to begin a text of several lines",
        "write | or > and begin the text in the next line",
    ),
    ("anchor", "anchors (&) are not taken", f"remove it, or {_QUOTE}"),
    ("alias", "aliases (*) are not taken", f"remove it, or {_QUOTE}"),
)
_AT_OPENING = ("found unexpected end of stream", "expected ',' or")


def explained(name: str, text: str, error: yaml.MarkedYAMLError) -> Finding:
    """The finding that a parser's error stands for, at the place where a person has to look.

    `text` is what was parsed. What is never closed is reported where it was opened.
    """
    problem = error.problem or ""
    at_opening = error.context_mark is not None and any(words in problem for words in _AT_OPENING)
    mark = error.context_mark if at_opening else error.problem_mark or error.context_mark
    if mark is None:
        place, character = Place(name), ""
    else:
        place, character = Place(name, mark.line + 1, mark.column + 1), text[mark.index : mark.index + 1]
    message, hint = _meaning(problem, f"{error.context or ''} {problem}", character)
    return Finding(place, "violation", "syntax", message, hint, broken=True)


def _meaning(problem: str, whole: str, character: str) -> tuple[str, str]:
    if "cannot start any token" in problem:
        if character == "\t":
            return "there is a tab here", "indent with spaces"
        return f"text cannot begin with {character}", _QUOTE
    for words, message, hint in _EXPLAINED:
        if words in problem:
            return message, hint
    for words, message, hint in _EXPLAINED:
        if words in whole:
            return message, hint
    return (
        f"this is no YAML: {' '.join(problem.split()) or 'the parser gives no reason'}",
        "compare it with a file that works",
    )
