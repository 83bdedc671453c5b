"""`kg ask`: the named questions."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import results
from onrecord.cli.session import Session, session

if TYPE_CHECKING:
    from onrecord.questions import Question
    from onrecord.store.release import Release


@click.command(
    epilog="""\b
Examples:
  kg ask                                                        list the questions
  kg ask status-on-date subject=taliban in=russia on=2010-01-01
  kg ask claimed-designations --format json
"""
)
@click.argument("name", required=False)
@click.argument("values", nargs=-1, metavar="[KEY=VALUE…]")
@results.options
@session
def command(
    kg: Session,
    name: str | None,
    values: tuple[str, ...],
    form: str | None,
    output: Path,
    out: Path | None,
    timeout: float,
) -> None:
    """Ask a named question; without a NAME, list the questions with their parameters.

    A parameter that stands for a thing takes its id in the registry, the path of a fact (SOURCE/designation/ID), an
    address or an exact label; a date is written in EDTF; a release is named by its folder. The answer's columns carry
    the exact words and the chain of attribution.
    """
    from onrecord.questions import Names, bind, load_all, named

    if name is None:
        click.echo(_list(load_all()))
        return
    question = named(name)
    given = _given(question, values)
    found, settings = results.release(kg, out)
    if question.over:
        _ask_over(kg, question, given, found, form, output, out, timeout)
        return
    query = found.reading(lambda store: bind(question, given, Names(store, settings.base).resolve))
    results.run(kg, query, form, output, out, timeout)


def _ask_over(
    kg: Session,
    question: "Question",
    given: dict[str, str],
    found: "Release",
    form: str | None,
    output: Path,
    out: Path | None,
    timeout: float,
) -> None:
    """Ask a question of the changes since the release that one of its parameters names."""
    from onrecord.questions import bind
    from onrecord.questions.changes import store_of_changes
    from onrecord.store.loading import digest_of
    from onrecord.store.release import Release

    (name,) = (parameter.name for parameter in question.parameters if parameter.type == "release")
    earlier = Release.named(found.folder.parent.parent, given[name])
    digest = digest_of(earlier.quads)
    query = bind(question, {**given, name: digest}, str)
    with store_of_changes(earlier.quads, found.quads, digest) as store:
        results.run(kg, query, form, output, out, timeout, store)


def _list(questions: "Sequence[Question]") -> str:
    lines = []
    for question in questions:
        numbers = ", ".join(map(str, question.numbers))
        lines.append(f"{numbers:>6}  {question.name}\n        {question.summary}")
        for parameter in question.parameters:
            need = (
                ""
                if parameter.required
                else f", by default {parameter.default}"
                if parameter.default
                else ", may be left out"
            )
            lines.append(f"          {parameter.name}=… ({parameter.type}{need}) {parameter.text}")
    return "\n".join([*lines, "", "kg ask NAME KEY=VALUE … asks one of them."])


def _given(question: "Question", values: Sequence[str]) -> dict[str, str]:
    """The parameters as typed. Raises UsageError for what is no parameter, comes twice, or is missing."""
    given: dict[str, str] = {}
    for value in values:
        key, equals, rest = value.partition("=")
        if not equals:
            raise click.UsageError(f"{value!r} is no parameter: write KEY=VALUE")
        if key in given:
            raise click.UsageError(f"{key} is given twice")
        given[key] = rest
    told = "; ".join(f"{p.name}=… ({p.type})" for p in question.parameters) or "it has none"
    for key in question.unknown(given):
        raise click.UsageError(f"{question.name} has no parameter {key!r}. Its parameters: {told}")
    for key in question.missing(given):
        example = f" Example: {question.examples[0]}" if question.examples else ""
        raise click.UsageError(f"{question.name} needs {key}=….{example}")
    return given
