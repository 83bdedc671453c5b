"""A job: the question of somebody's status as a form, with its answer.

entity, in and on ── understood ──► one node │ several of that name │ names that are close ── report ──► page
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlencode

from onrecord.errors import OnRecordError
from onrecord.ntriples import text_of
from onrecord.questions.jurisdictions import Jurisdiction
from onrecord.questions.verdicts import Days, days_of
from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.pages.answered import Answer, Answers
from onrecord.server.pages.media import HTML
from onrecord.server.pages.places import Asked
from onrecord.server.pages.shown import page, read_args
from onrecord.server.reply import Reply
from onrecord.site.places import root_of
from onrecord.site.site import STATUS
from onrecord.site.views import Shown

T = TypeVar("T")
_LONGEST = 200
_FEW = 10
_EXAMPLE = "2010-01-01"


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may be meant: a link to the question about them, what their page is, and why they are offered: the
    name that is like the one that was asked for, how much, and how."""

    link: Shown
    page: Shown
    name: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, and what is wrong with it: a message for each field, "" for none."""

    who: str
    where: str
    when: str
    where_wrong: str = ""
    when_wrong: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the page shows: the answer; or who is called so (`namesakes`), or only nearly so (`near`)."""

    answer: Answer | None = None
    namesakes: tuple[Choice, ...] = ()
    near: tuple[Choice, ...] = ()
    status: int = 200
    data: str = ""
    """Where the answer is as data."""


def answer(desk: Desk, args: Args) -> Reply:
    """The page for `entity`, `in` and `on`; the form alone where nobody is asked about."""
    asked = read_args(args)
    form, where, days = _understood(desk, *(asked[name].strip()[:_LONGEST] for name in ("entity", "in", "on")))
    wrong = form.where_wrong or form.when_wrong
    outcome = Outcome(status=400 if wrong else 200)
    if form.who and not wrong:
        outcome = _Asking(desk, form).outcome(where, days)
    jurisdictions = [(each.code or _local(desk, each.node), each.label) for each in desk.statuses.jurisdictions.all()]
    chosen = (where.code or _local(desk, where.node)) if where else form.where
    shown = {"form": form, "outcome": outcome, "jurisdictions": jurisdictions, "chosen": chosen}
    title = f"{outcome.answer.who.text}: status" if outcome.answer else "Status on a day"
    content = page(desk, args, "status.html", STATUS, STATUS, title=title, example=_EXAMPLE, **shown)
    return Reply(content, HTML, outcome.status)


def _understood(desk: Desk, who: str, where: str, when: str) -> tuple[Form, Jurisdiction | None, Days | None]:
    place, place_wrong = _tried(desk.statuses.jurisdictions.named, where)
    days, days_wrong = _tried(days_of, when)
    return Form(who, where, when, where_wrong=place_wrong, when_wrong=days_wrong), place, days


def _tried(understand: Callable[[str], T], text: str) -> tuple[T | None, str]:
    """What a text means, and what is wrong with it."""
    if not text:
        return None, ""
    try:
        return understand(text), ""
    except OnRecordError as error:
        return None, f"{error.message}{f': {error.hint}' if error.hint else ''}"


def _local(desk: Desk, node: str) -> str:
    return node[1:-1].removeprefix(desk.settings.base)


class _Asking:
    def __init__(self, desk: Desk, form: Form) -> None:
        self._desk, self._form, self._places = desk, form, Asked(desk.documents)

    def outcome(self, where: Jurisdiction | None, days: Days | None) -> Outcome:
        lookup = self._desk.lookup
        nodes = lookup.find(self._form.who).nodes
        if len(nodes) == 1:
            asked = {"in": self._form.where, "on": self._form.when}
            query = urlencode({name: value for name, value in asked.items() if value})
            data = f"{STATUS}/{quote(_local(self._desk, nodes[0]), safe='/')}{'?' if query else ''}{query}"
            return Outcome(Answers(self._desk, self._linked).of(nodes[0], where, days), data=data)
        if nodes:
            return Outcome(namesakes=tuple(self._choice(node) for node in nodes))
        near = [
            self._choice(match.node, match.name, f"{match.score} of 100: {match.reason}")
            for match in lookup.close(self._form.who, _FEW)
        ]
        return Outcome(near=tuple(near))

    def _choice(self, node: str, name: str = "", reason: str = "") -> Choice:
        label = self._desk.statuses.label(node)
        asked = {"entity": _local(self._desk, node), "in": self._form.where, "on": self._form.when}
        query = urlencode({name: value for name, value in asked.items() if value})
        path = self._desk.statuses.names.path(text_of(node))
        linked = self._linked(node, path)
        return Choice(Shown("link", label, f"{STATUS}?{query}"), linked, name, reason)

    def _linked(self, node: str, label: str) -> Shown:
        path = self._places.page(node[1:-1]) if node.startswith("<") else ""
        text = label or self._desk.statuses.label(node)
        return Shown("link" if path else "text", text, f"{root_of(STATUS)}{path}")
