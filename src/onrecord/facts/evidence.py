"""Whether the words that facts rest on stand in the text."""

from collections.abc import Iterator

from onrecord.facts.document import Document, TextFile
from onrecord.facts.fields import Span
from onrecord.facts.references import Flaw
from onrecord.facts.texts import Text, Texts, difference, spans
from onrecord.facts.walk import marked
from onrecord.findings import Pointer


def text_of(described: TextFile, texts: Texts, beside: bytes | None) -> tuple[Text | None, list[Flaw]]:
    """The text of a source, where it is at hand, and what is wrong with it.

    `beside` are the bytes of the file that the source names by its path. A text that is not at hand is no flaw.
    """
    data = beside if beside is not None else texts.by_hash.get(described.sha256 or "")
    if data is None:
        return None, []
    found: list[Flaw] = []
    if described.sha256 and Texts().add(data) != described.sha256:
        return None, [
            _flaw(
                "sha256",
                "text-changed",
                "the text is not the one with this SHA-256",
                "the file was changed: look at it",
            )
        ]
    body = described.body
    try:
        text = Text.of(data, body.starts if body else "", body.ends if body else "")
    except UnicodeDecodeError as error:
        return None, [
            _flaw("path", "text-encoding", f"the text is not UTF-8 at byte {error.start}", "save it as UTF-8")
        ]
    except ValueError as error:
        return None, [
            _flaw(
                "body",
                "body-not-found",
                f"the text does not have these words exactly once: {error}",
                "copy the words from the text",
            )
        ]
    if described.chars is not None and described.chars != len(text.content):
        found.append(
            _flaw(
                "chars",
                "text-length",
                f"the text has {len(text.content)} characters, not {described.chars}",
                "correct the number",
            )
        )
    return text, found


def _flaw(field: str, code: str, message: str, hint: str) -> Flaw:
    return Flaw(("source", "text", field), code, message, hint)


def flaws(document: Document, text: Text | None, most_words: int, most_quoted: int) -> Iterator[Flaw]:
    """Words that are not in the text, are there more than once, or are page furniture; and words that are too many."""
    quotations = [s for statement in document.statements for s in spans(statement.quote)]
    for pointer, mark, value in marked(document):
        if mark != "words":
            continue
        span = Span(exact=value) if isinstance(value, str) else value
        assert isinstance(span, Span)
        yield from _too_long(span, pointer, quotations, most_words, most_quoted)
        if text is not None:
            yield from _misplaced(span, pointer, text)


def _too_long(span: Span, pointer: Pointer, quotations: list[Span], most: int, most_quoted: int) -> Iterator[Flaw]:
    quoted = any(span.exact in quotation.exact for quotation in quotations)
    limit = most_quoted if quoted else most
    count = len(span.exact.split())
    if count > limit:
        yield Flaw(
            pointer,
            "too-many-words",
            f"{count} words are quoted here; the limit is {limit}",
            "quote as few as pin the fact down",
            "warning",
        )


def _misplaced(span: Span, pointer: Pointer, text: Text) -> Iterator[Flaw]:
    places = text.places(span)
    shown = f"“{span.before}{span.exact}{span.after}”"
    if not places and text.stands_outside(span):
        yield Flaw(
            pointer,
            "not-evidence",
            f"these words stand outside the text proper, in a headline or notice: {shown}",
            "quote the text itself",
        )
    elif not places:
        near = text.nearest(span)
        why = difference(span.exact, near) if near else ""
        hint = (
            f"the nearest words are “{near}”" + (f": {why}" if why else "") if near else "copy the words from the text"
        )
        yield Flaw(pointer, "words-not-found", f"the text does not have these words: {shown}", hint)
    elif len(places) > 1:
        yield Flaw(
            pointer,
            "words-ambiguous",
            f"the text has these words {len(places)} times: {shown}",
            "add a word, or say which: {exact: …, before: …} or {exact: …, after: …}",
        )


def count(document: Document) -> int:
    """How many spans of words a document gives as evidence."""
    return sum(mark == "words" for _, mark, _ in marked(document))
