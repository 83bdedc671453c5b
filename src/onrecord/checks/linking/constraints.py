"""Core constraints that need no other shape → functions (https://www.w3.org/TR/shacl/#core-components)."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from onrecord.checks import odd, values
from onrecord.checks.linking.parts import (
    MANY,
    NODE,
    TERM,
    Fault,
    Part,
    Signature,
    always,
    per_count,
    per_focus,
    per_value,
)
from onrecord.checks.plan import Constraint
from onrecord.checks.results import SH
from onrecord.checks.view import NONE, NOTHING, TYPE, Values, View
from onrecord.ntriples import text_of
from onrecord.vocabulary.term import LANG_STRING, XSD_STRING

_KEPT = 1 << 12
_RESOURCE = "<http://www.w3.org/2000/01/rdf-schema#Resource>"
_STARTS: dict[str, tuple[str, ...]] = {
    "IRI": ("<",),
    "BlankNode": ("_",),
    "Literal": ('"',),
    "BlankNodeOrIRI": ("_", "<"),
    "BlankNodeOrLiteral": ("_", '"'),
    "IRIOrLiteral": ("<", '"'),
}


def component(kind: str) -> str:
    """The name of a component of SHACL's."""
    return f"<{SH}{kind}ConstraintComponent>"


def _class(one: Constraint) -> Part:
    (name,) = one.terms

    def accepts(view: View, value: str) -> bool:
        description = view.described.get(value)
        if description is None:
            description = view.base.get(value, NOTHING)
        types = description.get(TYPE, NONE)
        if name in types:
            return True
        kinds = view.kinds
        return any(name in kinds[kind] for kind in types)

    def about(signature: Signature) -> bool:
        return name in signature.classes

    return per_value(accepts, component("Class"), about, NODE)


def _datatype(one: Constraint) -> Part:
    (name,) = one.terms
    if name == f"<{XSD_STRING}>":
        return per_value(lambda _, value: value[0] == value[-1] == '"', component("Datatype"))
    if name == f"<{LANG_STRING}>":
        return per_value(lambda _, value: value[0] == '"' and value[-1] not in '">', component("Datatype"))
    return per_value(lambda _, value: values.is_of(value, name), component("Datatype"))


def _node_kind(one: Constraint) -> Part:
    starts = _STARTS[one.terms[0]]

    def about(signature: Signature) -> bool:
        return signature.start in starts

    return per_value(lambda _, value: value[0] in starts, component("NodeKind"), about)


def _count(one: Constraint) -> Part:
    most = MANY if one.most is None else one.most
    return per_count(one.least or 0, most, component(one.kind))


def _range(one: Constraint) -> Part:
    (limit,) = one.terms
    lower, inclusive = one.kind.startswith("Min"), one.kind.endswith("Inclusive")
    allowed: tuple[int, ...] = (0,) if inclusive else ()
    allowed += (1,) if lower else (-1,)
    end = values.plain(limit)

    @lru_cache(_KEPT)
    def fits(value: str) -> bool:
        given = values.plain(value)
        less = values.less(given, end)
        if less is not None:
            return (-1 if less else int(given != end)) in allowed
        return value.startswith('"') and odd.order(value, limit) in allowed

    return per_value(lambda _, value: fits(value), component(one.kind))


def _length(one: Constraint) -> Part:
    least, most = one.least or 0, MANY if one.most is None else one.most
    if least == 1 and one.most is None:
        return per_value(lambda _, value: value[:2] != '""' and value[0] != "_" and len(value) > 2, component(one.kind))

    def accepts(_: View, value: str) -> bool:
        if value.startswith("_:"):
            return one.most is None and not least
        if "\\" not in value and value.startswith('"'):
            return least <= value.rindex('"') - 1 <= most
        return least <= len(text_of(value)) <= most

    return per_value(accepts, component(one.kind))


def _pattern(one: Constraint) -> Part:
    text, *flags = one.terms
    wanted = "".join(flags)
    search = re.compile(text, (re.I if "i" in wanted else 0) | (re.M if "m" in wanted else 0)).search

    def accepts(_: View, value: str) -> bool:
        return not value.startswith("_:") and search(text_of(value)) is not None

    return per_value(accepts, component("Pattern"))


def _languages(one: Constraint) -> Part:
    known = frozenset(one.terms)

    def accepts(_: View, value: str) -> bool:
        language = values.language_of(value)
        return bool(language) and ("*" in known or language in known or language.split("-")[0] in known)

    return per_value(accepts, component("LanguageIn"))


def _unique(_: Constraint) -> Part:
    def faults(_view: View, _focus: str, given: Values) -> list[Fault]:
        if len(given) < 2:
            return []
        languages = [language for language in map(values.language_of, given) if language]
        twice = {language for language in languages if languages.count(language) > 1}
        return [Fault("", component("UniqueLang")) for _ in twice]

    made = per_focus(faults, idle=True)
    return replace(made, reach=TERM, by_sort=always)


def _in(one: Constraint) -> Part:
    known = frozenset(one.terms)
    return per_value(lambda _, value: value in known, component("In"))


def _has_value(one: Constraint) -> Part:
    (wanted,) = one.terms

    def holds(_: View, _focus: str, given: Values) -> bool:
        return wanted in given

    def faults(_: View, _focus: str, given: Values) -> list[Fault]:
        return [] if wanted in given else [Fault("", component("HasValue"))]

    return Part(faults, holds, idle=False, reach=TERM)


def _equals(one: Constraint) -> Part:
    (prop,) = one.terms

    def faults(view: View, focus: str, given: Values) -> list[Fault]:
        others = view.of(focus).get(prop, NONE)
        wrong = [*(value for value in given if value not in others), *(value for value in others if value not in given)]
        return [Fault(value, component("Equals")) for value in wrong]

    return per_focus(faults, idle=None)


def _disjoint(one: Constraint) -> Part:
    (prop,) = one.terms

    def faults(view: View, focus: str, given: Values) -> list[Fault]:
        others = view.of(focus).get(prop, NONE)
        return [Fault(value, component("Disjoint")) for value in given if value in others]

    return per_focus(faults, idle=True)


def _less(one: Constraint) -> Part:
    (prop,) = one.terms
    or_equal = one.kind == "LessThanOrEquals"

    def faults(view: View, focus: str, given: Values) -> list[Fault]:
        others = view.of(focus).get(prop, NONE)
        return [
            Fault(value, component(one.kind))
            for value in given
            for other in others
            if not _is_less(value, other, or_equal)
        ]

    return per_focus(faults, idle=True)


def _is_less(one: str, other: str, or_equal: bool) -> bool:
    """Two texts, two addresses, an address and a text, or two values. What cannot be compared is not less."""
    if one.startswith("_:") or other.startswith("_:"):
        return False
    left, right = values.plain(one), values.plain(other)
    found = values.less(left, right)
    if found is not None:
        return found or (or_equal and left == right)
    return odd.less(one, other, or_equal)


def _closed(one: Constraint) -> Part:
    allowed = frozenset(one.terms)

    def faults(view: View, _focus: str, given: Values) -> list[Fault]:
        return [
            Fault(value, component("Closed"), prop)
            for node in given
            for prop, held in view.of(node).items()
            if prop not in allowed
            for value in held
            if not (prop == TYPE and value == _RESOURCE)
        ]

    def about(signature: Signature) -> Literal[True] | None:
        return True if signature.properties <= allowed else None

    made = per_focus(faults, idle=True)
    return Part(made.faults, made.holds, idle=True, about=about)


LINKS: dict[str, Callable[[Constraint], Part]] = {
    "Class": _class,
    "Datatype": _datatype,
    "NodeKind": _node_kind,
    "MinCount": _count,
    "MaxCount": _count,
    "MinExclusive": _range,
    "MinInclusive": _range,
    "MaxExclusive": _range,
    "MaxInclusive": _range,
    "MinLength": _length,
    "MaxLength": _length,
    "Pattern": _pattern,
    "LanguageIn": _languages,
    "UniqueLang": _unique,
    "Equals": _equals,
    "Disjoint": _disjoint,
    "LessThan": _less,
    "LessThanOrEquals": _less,
    "HasValue": _has_value,
    "In": _in,
    "Closed": _closed,
}
