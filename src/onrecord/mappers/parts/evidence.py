"""Words of the source as Web Annotation selectors (https://www.w3.org/TR/annotation-model/#selectors)."""

from onrecord.facts.fields import Words
from onrecord.facts.texts import spans
from onrecord.mappers.parts.minting import below, digest
from onrecord.mappers.parts.page import Page, Pen
from onrecord.vocabulary.term import Property
from onrecord.vocabulary.terms import oa, onr


def write_words(page: Page, pen: Pen, node: str, words: Words | None, prop: Property = onr.evidence) -> None:
    """Every span of `words` as evidence of `node`. Facts that rest on the same words share the node for them.

    A TextQuoteSelector always; a TextPositionSelector where the text is at hand and has the words once.
    """
    for span in spans(words):
        found = below(page.source, "words", digest(span.exact, span.before, span.after))
        pen.link(node, prop, found)
        if not page.first(found, pen):
            continue
        quote = below(found, "quote")
        pen.type(found, onr.Evidence)
        pen.link(found, oa.hasSource, page.source)
        pen.link(found, oa.hasSelector, quote)
        pen.type(quote, oa.TextQuoteSelector)
        pen.text(quote, oa.exact, span.exact)
        pen.text(quote, oa.prefix, span.before or None)
        pen.text(quote, oa.suffix, span.after or None)
        places = page.text.places(span) if page.text else []
        if len(places) == 1:
            position = below(found, "position")
            pen.link(found, oa.hasSelector, position)
            pen.type(position, oa.TextPositionSelector)
            pen.text(position, oa.start, places[0])
            pen.text(position, oa.end, places[0] + len(span.exact))
