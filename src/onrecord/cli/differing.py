"""A comparison as a person reads it on a terminal: what changed and who changed it, then the triples."""

from collections.abc import Iterator

from onrecord.cli import tables
from onrecord.cli.timeline import Manner
from onrecord.comparison.report import CAUSES, Item, Report, Told, counted, differently, way

_SIGNS = {"added": "+", "came onto the list": "+", "removed": "-", "left the list": "-"}
_HANG = "    "


def lines(report: Report, manner: Manner, *, summary: bool) -> Iterator[str]:
    """Everything that is told, wrapped to the columns there are. `summary`: counts alone."""
    yield from _wrapped(f"{_named(report.before)} → {_named(report.now)}", manner, strong=True)
    if report.same:
        yield "no difference"
        return
    for note in report.notes:
        yield from _wrapped(f"Note: {note}", manner)
    for group in report.groups:
        yield ""
        yield from _wrapped(CAUSES[group.cause], manner, strong=True)
        yield from _wrapped(counted(group.counts), manner)
        if summary:
            continue
        for item in group.items:
            yield from _item(item, manner)
        if group.left_out:
            yield f"  … and {group.left_out:,} more, counted above (--all tells them)"
    yield ""
    yield from _wrapped(f"Triples: {report.removed:,} removed, {report.added:,} added", manner, strong=True)
    if not summary:
        yield from _triples(report, manner)


def _named(told: Told) -> str:
    return f"{told.given} ({told.commit[:12]})" if told.commit else told.given


def _item(item: Item, manner: Manner) -> Iterator[str]:
    marks = "".join(f" [{mark}]" for mark, on in (("claimed", item.claimed), ("curated", item.curated)) if on)
    yield from _wrapped(f"{_SIGNS.get(item.how, '~')} {item.what} {way(item)}{marks}: {item.text}", manner, "  ", "  ")
    for sign, texts in differently(item):
        for text in texts:
            yield from _wrapped(f"{sign} {text}", manner, _HANG, "  ")
    for words in item.words:
        yield from _wrapped(f"“{words}”", manner, _HANG, "  ")
    where = " · ".join(text for text in [*item.chain, item.source] if text)
    told = "; ".join(text for text in (where and f"— {where}", item.why) if text)
    if told:
        yield from _wrapped(told, manner, _HANG, "  ", faint=True)


def _triples(report: Report, manner: Manner) -> Iterator[str]:
    rows = [
        [each.graph or "–", _short(each.property), f"{each.removed:,}", f"{each.added:,}"] for each in report.triples
    ]
    cells = [[tables.plain(cell) for cell in row] for row in rows]
    yield from tables.lines(["graph", "property", "removed", "added"], cells, manner.columns, manner.strong)
    if report.lines is None:
        return
    yield ""
    for line in report.lines:
        yield f"{line.op} {tables.plain(line.quad)}"
    if left := report.removed + report.added - len(report.lines):
        yield f"… and {left:,} more (--triples gives them all)"


def _short(address: str) -> str:
    """A property with a prefix of the vocabulary's, or whole."""
    from onrecord.questions.prefixes import Shortener
    from onrecord.vocabulary.terms import PREFIXES

    return Shortener(PREFIXES).short(address)


def _wrapped(
    text: str, manner: Manner, margin: str = "", hang: str = "", *, strong: bool = False, faint: bool = False
) -> Iterator[str]:
    room = max(20, manner.columns - len(margin) - len(hang))
    first, *more = tables.wrap_dated(tables.plain(" ".join(text.split())), room)
    for line in (f"{margin}{first}", *(f"{margin}{hang}{part}" for part in more)):
        yield manner.strong(line) if strong else manner.faint(line) if faint else line
