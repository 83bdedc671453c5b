"""The pages of what can be asked: all questions with a form each, and an answer as a table."""

import shlex
from dataclasses import replace
from typing import NamedTuple

from onrecord.errors import QueryError
from onrecord.questions import Parameter, Question, Shortener, load_all
from onrecord.server.asking.examples import address_of, given_in
from onrecord.server.asking.forms import Told, rows_in
from onrecord.server.asking.media import MOST_NAMES
from onrecord.server.desk import Desk
from onrecord.server.pages.site import live
from onrecord.server.reply import Reply
from onrecord.site.rendering import environment
from onrecord.vocabulary.terms import CONCEPTS

_MEDIA = "text/html; charset=utf-8"
_MOST = 500
"""Rows on a page: more of them are in the files that it leads to."""
BUTTONS = (("html", "Ask"), ("csv", "CSV"), ("json", "JSON"), ("jsonld", "JSON-LD"))
"""What a form can be sent for, without a script: the ending, and what the button says."""


class Field(NamedTuple):
    """A field of a form: its parameter, an example of it, and the words that it may be, none for any."""

    parameter: Parameter
    example: str
    choices: tuple[str, ...]


class Asked(NamedTuple):
    """A question with its form and an example for the command line."""

    question: Question
    fields: tuple[Field, ...]
    curl: str


class Cell(NamedTuple):
    """A cell of a table: a text, and the address that it leads to, "" for none."""

    text: str
    href: str = ""
    language: str = ""


def listing(desk: Desk, address: str) -> Reply:
    """The page of all questions. `address` is where the server is, for examples that can be copied."""
    asked = [_asked(question, address) for question in load_all()]
    curl = {
        "status": _curl(f"{address}status?entity=taliban&in=RU&on=2010-01-01", "-H", "Accept: application/json"),
        "screen": _curl(
            f"{address}screen?on=2026-02-27", "-H", "Content-Type: text/plain", "-H", "Accept: text/csv",
            "--data-binary", "@names.txt",
        ),
    }  # fmt: skip
    made = environment().get_template("api.html")
    text = made.render(
        site=live(desk.settings, watching=desk.watching),
        root="",
        here="api",
        asked=asked,
        curl=curl,
        buttons=BUTTONS,
        most=MOST_NAMES,
    )
    return Reply(text.encode(), _MEDIA)


def answer(desk: Desk, told: Told, rows: bytes) -> Reply:
    """The page of an answer, of which `rows` is the TSV."""
    columns, read = rows_in(rows)
    held = [number for number in range(len(columns)) if any(row[number] is not None for row in read)]
    shorten, base = Shortener(desk.prefixes), desk.settings.base
    shown = [[_cell(desk, shorten, base, row[number]) for number in held] for row in read[:_MOST]]
    names = [columns[number] for number in held]
    empty = [name for name in columns if name not in names]
    return _answered(desk, told, columns=names, empty=empty, rows=shown, number=len(read))


def refused(desk: Desk, told: Told, error: QueryError) -> Reply:
    """The page of a question that was asked in a way that cannot be answered: its form as it was sent, and why."""
    return replace(_answered(desk, told, trouble=(error.message, error.hint)), status=400)


def _answered(desk: Desk, told: Told, **shown: object) -> Reply:
    made = environment().get_template("answer.html")
    text = made.render(
        site=live(desk.settings, watching=desk.watching),
        root="../",
        here="api",
        asked=Asked(told.question, _fields(told.question, told.given), ""),
        given=told.given,
        buttons=BUTTONS,
        release=told.release,
        **{"trouble": None, "rows": (), "empty": (), **shown},
    )
    return Reply(text.encode(), _MEDIA)


def _asked(question: Question, address: str) -> Asked:
    example = question.examples[0] if question.examples else f"kg ask {question.name}"
    return Asked(question, _fields(question, given_in(example)), _curl(f"{address}{address_of(example, '.csv')}"))


def _fields(question: Question, examples: dict[str, str]) -> tuple[Field, ...]:
    def choices(kind: str) -> tuple[str, ...]:
        return tuple(CONCEPTS[kind.removeprefix("concept:")]) if kind.startswith("concept:") else ()

    return tuple(Field(each, examples.get(each.name, ""), choices(each.type)) for each in question.parameters)


def _curl(address: str, *options: str) -> str:
    return shlex.join(["curl", *options, address])


def _cell(desk: Desk, shorten: Shortener, base: str, term: object) -> Cell:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        short = shorten.short(term.value)
        if not term.value.startswith(base):
            return Cell(short)
        return Cell(desk.statuses.label(f"<{term.value}>"), f"../{term.value.removeprefix(base)}")
    if isinstance(term, ox.Literal):
        return Cell(term.value, "", term.language or "")
    return Cell("")
