"""Amounts: a number with its qualifier, never the bare number."""

from decimal import Decimal

from onrecord.facts.fields import Amount
from onrecord.mappers.parts.evidence import write_words
from onrecord.mappers.parts.minting import below
from onrecord.mappers.parts.page import Page, Pen
from onrecord.vocabulary.term import Property
from onrecord.vocabulary.terms import CONCEPTS, onr, schema

_QUALIFIERS = {
    "exactly": ("exactly", schema.value),
    "at_least": ("at-least", schema.minValue),
    "at_most": ("at-most", schema.maxValue),
    "about": ("about", schema.value),
    "almost": ("almost", schema.maxValue),
}


def write_numbers(page: Page, pen: Pen, amount: Amount, node: str) -> None:
    """What an amount says of its node. A vague one has words and no number."""
    for field, (qualifier, prop) in _QUALIFIERS.items():
        number = getattr(amount, field)
        if number is not None:
            pen.link(node, onr.qualifier, CONCEPTS["qualifier"][qualifier])
            pen.text(node, prop, _decimal(number))
    if amount.vague is not None:
        pen.link(node, onr.qualifier, CONCEPTS["qualifier"]["vague"])
        pen.text(node, onr.asSaid, amount.vague)
    if amount.unit is not None:
        pen.link(node, onr.unit, CONCEPTS["unit"].get(amount.unit))


def write_amount(page: Page, pen: Pen, owner: str, prop: Property, amount: Amount | None) -> None:
    """An amount that belongs to `owner`, as a node of its own."""
    if amount is None:
        return
    node = below(owner, prop.name)
    pen.link(owner, prop, node)
    pen.type(node, onr.Amount)
    write_numbers(page, pen, amount, node)
    write_words(page, pen, node, amount.words)


def _decimal(number: str | int | float) -> str:
    """A number as xsd:decimal writes it: no exponent. Texts are kept as they are, and nothing is rounded: of a float
    these are the digits that Python shows of it."""
    return format(Decimal(repr(number)), "f") if isinstance(number, float) else str(number)
