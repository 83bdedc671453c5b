"""A comparison as Markdown, for a release note or a pull request: whatever the data say, it stays text in it."""

import html
import re
from collections.abc import Iterable, Iterator

from onrecord.comparison.report import CAUSES, Item, Report, Told, counted, differently, way

_MARKS = re.compile(r"[\\`*_\[\]|~<>&@]|:(?=//)|(?<=www)\.|#(?=\d)|^[-+#=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]", re.IGNORECASE)
"""What has a meaning: anywhere, in an address, before the number of an issue, at the beginning of a line."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def escaped(text: str) -> str:
    """A text in which nothing is a mark of Markdown, of HTML, a mention or an address that would become a link."""
    flat = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    return _MARKS.sub(lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), flat)


def code(text: str) -> str:
    """A text as code, in a table's cell too."""
    shown = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    return f"<code>{html.escape(shown).replace('|', '&#124;').replace('@', '&#64;').replace('`', '&#96;')}</code>"


def lines(report: Report, *, summary: bool) -> Iterator[str]:
    """The lines of the document. `summary`: counts alone."""
    yield f"## What changed: {_named(report.before)} → {_named(report.now)}"
    yield ""
    if report.same:
        yield "No difference."
        return
    for note in report.notes:
        yield f"> {escaped(note)}"
        yield ""
    for group in report.groups:
        yield f"### {escaped(CAUSES[group.cause])}"
        yield ""
        yield f"{escaped(counted(group.counts))}."
        yield ""
        if summary:
            continue
        for item in group.items:
            yield from _item(item)
        if group.left_out:
            yield f"- … and {group.left_out:,} more, counted above"
        yield ""
    yield f"### Triples: {report.removed:,} removed, {report.added:,} added"
    yield ""
    if not summary:
        yield from _table(report)
        yield from _quads(report)


def _named(told: Told) -> str:
    return f"{escaped(told.given)}{f' ({code(told.commit[:12])})' if told.commit else ''}"


def _item(item: Item) -> Iterator[str]:
    marks = "".join(f" *[{mark}]*" for mark, on in (("claimed", item.claimed), ("curated", item.curated)) if on)
    yield f"- **{escaped(f'{item.what} {way(item)}')}**{marks}: {escaped(item.text)}"
    for label, texts in differently(item):
        yield from (f"  - {label} {escaped(text)}" for text in texts)
    said = "; ".join(f"“{escaped(text)}”" for text in item.words)
    where = " · ".join(escaped(text) for text in [*item.chain, item.source] if text)
    if said or where:
        yield f"  - {said}{' — ' if said and where else ''}{where}"
    if item.why:
        yield f"  - because {escaped(item.why)}"


def _table(report: Report) -> Iterator[str]:
    yield "| graph | property | removed | added |"
    yield "|---|---|--:|--:|"
    for each in report.triples:
        yield f"| {escaped(each.graph) or '–'} | {code(each.property)} | {each.removed:,} | {each.added:,} |"
    yield ""


def _quads(report: Report) -> Iterable[str]:
    if report.lines is None:
        return
    for line in report.lines:
        yield f"- {line.op} {code(line.quad)}"
    if left := report.removed + report.added - len(report.lines):
        yield f"- … and {left:,} more"
