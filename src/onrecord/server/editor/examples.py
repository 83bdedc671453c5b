"""The named questions as queries to begin with."""

import shlex
from typing import NamedTuple

from onrecord.errors import OnRecordError, QueryError
from onrecord.questions.catalogue import Question, load_all
from onrecord.questions.values import bind
from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.reply import Reply, of_json


class Example(NamedTuple):
    """A question with its query. `bound` is false where the dataset knows
    nothing by the names that its example gives: the query is then as it stands in queries/, with no values."""

    name: str
    summary: str
    query: str
    bound: bool


def answer(desk: Desk, args: Args) -> Reply:
    """All questions that are asked of a release, each with its query: {"examples": [{name, summary, query, bound}]}."""
    return of_json({"examples": [of_question(desk, each)._asdict() for each in asked()]})


def asked() -> list[Question]:
    """The questions that are asked of one release: not of the changes between two."""
    return [question for question in load_all() if not question.over]


def of_question(desk: Desk, question: Question) -> Example:
    """A question with the values of its first example, where the dataset knows what they name."""
    given = _given(question)
    try:
        query = bind(question, given, desk.statuses.names.resolve)
    except OnRecordError:
        return Example(question.name, question.summary, question.query, False)
    return Example(question.name, question.summary, query, True)


def of_name(desk: Desk, name: str) -> Example:
    """The example of this name. Raises QueryError where there is none."""
    for question in asked():
        if question.name == name:
            return of_question(desk, question)
    raise QueryError(f"there is no question {name[:80]!r} to begin with", hint="the page lists those that there are")


def _given(question: Question) -> dict[str, str]:
    """The values of `kg ask NAME KEY=VALUE …`."""
    words = shlex.split(question.examples[0]) if question.examples else []
    return {key: value for key, equals, value in (word.partition("=") for word in words) if equals}
