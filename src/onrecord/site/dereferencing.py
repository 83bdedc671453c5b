"""Where the addresses of a dataset and of the vocabulary lead on its site: one table of rules.

A server answers an address with 303 See Other (https://www.w3.org/TR/cooluris/#r303gendocument): a page, or the same as
JSON-LD or Turtle, as `Accept` asks for it. What is part of something leads to its place on the page of what it is part
of, shared words and chains to the page of their source. `site/servers.py` writes the table for several servers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from typing import TypeAlias

from onrecord.documents import KINDS
from onrecord.documents.context import VERSION
from onrecord.vocabulary.context import SCHEME, prefixes
from onrecord.vocabulary.terms import onr

FORMS = {"html": "text/html", "jsonld": "application/ld+json", "ttl": "text/turtle"}
"""The forms of a document: the endings of the files, and their media types. The first is what people read."""
_ASKED = (
    ("html", r"text/html|application/xhtml\+xml"),
    ("jsonld", r"application/(?:ld\+)?json"),
    ("ttl", r"text/turtle|application/x-turtle"),
    ("html", r"\*/\*|text/\*"),
)
"""What `Accept` names each form by, the one that is given first where several are as welcome."""

_NO_FILE = "".join(rf"(?<!\.{form})" for form in FORMS)


class Slot(Enum):
    """A step of an address that is not the same in all that a rule is about, as a regular expression.

    A name is what most are. One that ends like a file has a line of its own: else a missing file would lead on for
    ever. The rest is one step or more.
    """

    NAME = rf"[A-Za-z0-9_][A-Za-z0-9_.~-]*{_NO_FILE}"
    REST = rf"[A-Za-z0-9_.~/-]+{_NO_FILE}"


Step: TypeAlias = "str | tuple[str, ...] | Slot"
"""A step of an address: as it is, one of several words, or a slot."""

VOCABULARY = onr.Fact.iri.partition("ns#")[0]
"""How the addresses of the vocabulary begin."""


@dataclass(frozen=True)
class Rule:
    r"""Where addresses lead: those that begin with `root` and go on in `steps`.

    `page` is the path of the page on the site without its ending, `anchor` the place on it; in both `\1` stands for
    what is in the first of the steps that are no plain words, and so on. `forms` are those that there are; any other is
    given as the first of them.
    """

    root: str
    steps: tuple[Step, ...]
    page: str
    anchor: str = ""
    forms: tuple[str, ...] = tuple(FORMS)

    @cached_property
    def pattern(self) -> str:
        """What follows the root, as a regular expression that Python and PCRE read alike."""
        return "/".join(map(_pattern, self.steps))

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def lead(self, address: str, form: str) -> str | None:
        """The path on the site that an address without a fragment leads to; None where the rule is not about it."""
        if not address.startswith(self.root):
            return None
        match = self._compiled.fullmatch(address, len(self.root))
        return match.expand(self.target(form)) if match else None

    def target(self, form: str) -> str:
        """What the addresses lead to: the page with its ending and, where people read it, its place."""
        given = form if form in self.forms else self.forms[0]
        return f"{self.page}.{given}" + (f"#{self.anchor}" if self.anchor and given == "html" else "")


@dataclass(frozen=True)
class Table:
    """The rules of a site, the first that is about an address holds."""

    base: str
    rules: tuple[Rule, ...]

    def lead(self, iri: str, accept: str = "") -> str | None:
        """The path on the site that an address leads to for who asks with `accept`; None where it leads nowhere.

        A fragment is never sent: browsers put it behind the address that they are led to.
        """
        address, mark, fragment = iri.partition("#")
        form = form_of(accept)
        for rule in self.rules:
            found = rule.lead(address, form)
            if found is not None:
                return f"{found}{mark}{fragment}"
        return None


def table(base: str, paths: Mapping[str, str], *, vocabulary: bool | None = None) -> Table:
    """The table of the dataset whose addresses begin with `base`.

    `paths` are those of all nodes `<iri>` that have pages of their own (`documents.paths.paths_of`).

    The vocabulary's addresses are in it where they are of the same place on the web as the dataset's, or as
    `vocabulary` says.
    """
    ours = base.startswith(VOCABULARY) if vocabulary is None else vocabulary
    usual = _usual(base)
    return Table(base, (*_odd(base, paths, usual), *usual, *(_vocabulary() if ours else ())))


def _pattern(step: Step) -> str:
    if isinstance(step, Slot):
        return f"({step.value})"
    return re.escape(step) if isinstance(step, str) else f"({'|'.join(map(re.escape, step))})"


def _usual(base: str) -> tuple[Rule, ...]:
    others = tuple(name for name in KINDS if name not in ("source", "entry"))
    name, rest = Slot.NAME, Slot.REST
    return (
        Rule(base, ("",), "index", forms=("html",)),
        Rule(base, ("curator",), "curator"),
        Rule(base, ("graph", rest), "about", r"graph/\1", ("html",)),
        *_with_parts(base, ("source", name, (*others, "entry"), name), r"source/\1/\2/\3"),
        Rule(base, ("source", name, ("words", "attribution"), rest), r"source/\1", r"\2/\3"),
        *_with_parts(base, ("entry", name, name), r"entry/\1/\2"),
        *_with_parts(base, ("source", name), r"source/\1"),
        *_with_parts(base, (others, name), r"\1/\2"),
    )


def _with_parts(base: str, steps: tuple[Step, ...], page: str) -> tuple[Rule, Rule]:
    slots = sum(not isinstance(step, str) for step in steps)
    return Rule(base, steps, page), Rule(base, (*steps, Slot.REST), page, rf"\{slots + 1}")


def _odd(base: str, paths: Mapping[str, str], usual: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """A line for each node whose page does not lie where the others' rules lead to."""
    rules: list[Rule] = []
    for node, path in sorted(paths.items()):
        iri = node[1:-1]
        led = next((found for rule in usual if (found := rule.lead(iri, "html"))), None)
        if led != f"{path}.html" and iri.startswith(base):
            rules += _with_parts(base, tuple(iri[len(base) :].split("/")), path)
    return tuple(rules)


@cache
def _vocabulary() -> tuple[Rule, ...]:
    scheme, name = prefixes()[SCHEME].removeprefix(VOCABULARY).rstrip("/"), Slot.NAME
    files = ("html", "ttl")
    return (
        Rule(VOCABULARY, ("ns",), "ns", forms=files),
        Rule(VOCABULARY, ("shapes",), "shapes", forms=files),
        Rule(VOCABULARY, (scheme,), "scheme", forms=files),
        Rule(VOCABULARY, (scheme, ""), "scheme", forms=files),
        Rule(VOCABULARY, (scheme, name), r"scheme/\1", forms=files),
        Rule(VOCABULARY, (scheme, name, name), r"scheme/\1", r"\2", files),
        *(
            Rule(VOCABULARY, ("context", file), f"context/{number}", forms=("jsonld",))
            for number in range(1, VERSION + 1)
            for file in (f"{number}.jsonld", str(number))
        ),
    )


# ── Accept (RFC 9110, 12.5.1) ─────────────────────────────────────────────────────────────────────────────────────


@cache
def accepted() -> tuple[tuple[str, str], ...]:
    """Regular expressions for `Accept`, without regard to capitals, each with the form it asks for; the first that is
    found holds, and `html` where none is.

    Weights count to one decimal place, which is what anybody sends. A form with less than 0.1 is not asked for.
    """
    made = []
    for tenths in range(10, 0, -1):
        weight = r"(?:;\s*q=1(?:\.0*)?\s*(?:;[^,]*)?)?" if tenths == 10 else rf";\s*q=0\.{tenths}[0-9]*\s*(?:;[^,]*)?"
        for form, media in _ASKED:
            made.append((rf"(?:^|,)\s*(?:{media})\s*(?:;(?!\s*q=)[^,;]*)*{weight}(?:,|$)", form))
    return tuple(made)


@cache
def _accepted() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), form) for pattern, form in accepted())


def form_of(accept: str) -> str:
    """The form that an `Accept` header asks for."""
    return next((form for pattern, form in _accepted() if pattern.search(accept)), "html")
