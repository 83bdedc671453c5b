"""The named questions: queries/<name>.rq, a header of comments and then SPARQL.

    # What was somebody's status on a date?                      the first line: what it answers
    # @number 1, 3                                               its numbers in the list of questions
    # @param subject iri required Who is asked about.            name, type, required | optional | default VALUE, text
    # @over changes                                              what it is asked of, where that is not the release
    # @example kg ask status-on-date subject=taliban on=2010-01-01
    #
    # Further comments are notes for the reader.

Parameters are the variables of VALUES rows, `VALUES (?subject ?on) { (UNDEF UNDEF) }`: so the file is plain SPARQL 1.1,
and runs as it is on any engine. There may be several such rows, each with some of the parameters, because a subquery or
a branch of a UNION does not see what is bound outside it. A date parameter `on` may also have `?onEarliest ?onLatest`.

`@over changes`: the question is asked of the changes between an earlier release and the latest one, a graph that is
made for it (`onrecord.questions.changes`). It has one parameter of type `release`, which names the earlier one; in the
query this is the SHA-256 of its N-Quads.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import QueryError, VocabularyError
from onrecord.store.syntax import Token, tokens
from onrecord.vocabulary import resources
from onrecord.vocabulary.terms import CONCEPTS

_PARAMETER = re.compile(r"(\w+)\s+(\S+)\s+(required|optional|default\s+\S+)(?:\s+(.*))?")
_TYPES = ("iri", "date", "text", "integer", "release")
_OVER = ("changes",)
_BOUNDS = ("Earliest", "Latest")


@dataclass(frozen=True)
class Parameter:
    """A parameter: its type (`iri`, `date`, `text`, `integer`, `release` or `concept:SCHEME`), and its default, "" for
    none."""

    name: str
    type: str
    required: bool
    default: str
    text: str


@dataclass(frozen=True)
class Row:
    """A VALUES row that parameters are written into: its variables, and where its values stand in the query."""

    variables: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Question:
    """A named question. `over` is "changes" where it is asked of what changed between releases, else ""."""

    name: str
    summary: str
    numbers: tuple[int, ...]
    parameters: tuple[Parameter, ...]
    examples: tuple[str, ...]
    notes: str
    query: str
    rows: tuple[Row, ...]
    over: str = ""

    def missing(self, given: dict[str, str]) -> list[str]:
        """The required parameters that are not given."""
        return [p.name for p in self.parameters if p.required and p.name not in given]

    def unknown(self, given: dict[str, str]) -> list[str]:
        """What is given and is no parameter."""
        return [name for name in given if name not in {p.name for p in self.parameters}]


def load_all(folder: Path | None = None) -> list[Question]:
    """All questions, by their numbers. Raises VocabularyError, with file and line, for a header that makes no sense."""
    files = sorted((folder or resources.path("queries")).glob("*.rq"))
    return sorted((read(file) for file in files), key=lambda question: (question.numbers or (10_000,), question.name))


def named(name: str, folder: Path | None = None) -> Question:
    """The question of this name. Raises QueryError where there is none, with the names that are near."""
    place = folder or resources.path("queries")
    names = sorted(file.stem for file in place.glob("*.rq"))
    if name in names:
        return read(place / f"{name}.rq")
    from rapidfuzz import process

    near = [found for found, score, _ in process.extract(name, names, limit=3) if score > 50]
    raise QueryError(
        f"there is no question {name!r}",
        hint=f"do you mean {' or '.join(near)}?" if near else "kg ask lists the questions",
    )


def read(file: Path) -> Question:
    """The question in a file. Raises VocabularyError with the line."""
    try:
        query = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{file.name}: not UTF-8 at byte {error.start}", hint="save it as UTF-8") from error
    summary, over, numbers, examples, notes = "", "", [0][:0], [""][:0], [""][:0]
    parameters: list[Parameter] = []
    for number, line in enumerate(query.splitlines(), 1):
        if not line.startswith("#"):
            break
        text = line[1:].strip()
        word, _, rest = text.partition(" ")
        if not summary:
            summary = text
        elif word == "@number":
            numbers += _numbers(rest, file, number)
        elif word == "@param":
            parameters.append(_parameter(rest, file, number))
        elif word == "@over":
            over = _over(rest.strip(), file, number)
        elif word == "@example":
            examples.append(rest.strip())
        elif word.startswith("@"):
            raise _wrong(file, number, f"{word} is not known here", "use @number, @param, @over or @example")
        else:
            notes.append(text)
    if not summary or summary.startswith("@"):
        raise _wrong(file, 1, "a question begins with a comment that says what it answers", "write it: # Who …?")
    if [p.type for p in parameters].count("release") != (1 if over else 0):
        raise _wrong(
            file, 1, "a release is what a question over changes takes, and takes once", "write: # @over changes"
        )
    rows, told = _rows(query, parameters, file), " ".join(notes).strip()
    return Question(file.stem, summary, tuple(numbers), tuple(parameters), tuple(examples), told, query, rows, over)


def _wrong(file: Path, line: int, message: str, hint: str) -> VocabularyError:
    return VocabularyError(f"{file.name}:{line}: {message}", hint=hint)


def _numbers(text: str, file: Path, line: int) -> list[int]:
    try:
        return [int(part) for part in text.split(",")]
    except ValueError as error:
        raise _wrong(file, line, f"{text!r} is no list of numbers", "write: # @number 1, 3") from error


def _over(text: str, file: Path, line: int) -> str:
    if text not in _OVER:
        raise _wrong(file, line, f"{text!r} is nothing to ask over", f"one of: {', '.join(_OVER)}")
    return text


def _parameter(text: str, file: Path, line: int) -> Parameter:
    match = _PARAMETER.fullmatch(text.strip())
    if not match:
        raise _wrong(
            file, line, f"{text!r} is no parameter", "write: # @param NAME TYPE required|optional|default VALUE TEXT"
        )
    name, kind, need, told = match.groups()
    scheme = kind.removeprefix("concept:") if kind.startswith("concept:") else ""
    if scheme and scheme not in CONCEPTS:
        raise _wrong(file, line, f"there is no scheme {scheme}", f"one of: {', '.join(sorted(CONCEPTS))}")
    if not scheme and kind not in _TYPES:
        raise _wrong(file, line, f"{kind!r} is no type of parameters", f"one of: {', '.join(_TYPES)}, concept:SCHEME")
    default = need.removeprefix("default").strip() if need.startswith("default") else ""
    return Parameter(name, kind, need == "required", default, told or "")


def _rows(query: str, parameters: list[Parameter], file: Path) -> tuple[Row, ...]:
    """The rows that take the parameters, in the order of the query; each parameter stands in one of them at least."""
    if not parameters:
        return ()
    allowed = {p.name: p.name for p in parameters}
    allowed |= {f"{p.name}{bound}": p.name for p in parameters if p.type == "date" for bound in _BOUNDS}
    found = tokens(query)
    read = [_row_at(found, index + 1) for index, token in enumerate(found) if token.text.upper() == "VALUES"]
    rows = tuple(row for row in read if row and row.variables and set(row.variables) <= allowed.keys())
    if {allowed[variable] for row in rows for variable in row.variables} == set(allowed.values()):
        return rows
    names = " ".join(f"?{p.name}" for p in parameters)
    undefined = " ".join("UNDEF" for _ in parameters)
    raise _wrong(file, 1, "no VALUES row takes the parameters", f"write: VALUES ({names}) {{ ({undefined}) }}")


def _row_at(found: list[Token], index: int) -> Row | None:
    """The row `(?a ?b) { (UNDEF UNDEF) }` that begins at a token, if it is one."""
    texts = [token.text for token in found[index : index + 60]]
    try:
        close = texts.index(")")
        variables = texts[1:close]
        end = close + 3 + len(variables)
        first, last = found[index + close + 2], found[index + end]
    except (ValueError, IndexError):
        return None
    expected = ["(", *variables, ")", "{", "(", *["UNDEF"] * len(variables), ")", "}"]
    if texts[: len(expected)] != expected or not all(variable.startswith("?") for variable in variables):
        return None
    return Row(tuple(variable[1:] for variable in variables), first.end, last.start)
