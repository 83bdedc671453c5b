"""The parts that tables are made of: references, texts, words of ours, times, amounts, and what each fact rests on."""

from collections.abc import Callable, Sequence

from onrecord.documents.context import concepts, is_array
from onrecord.ntriples import text_of
from onrecord.tables.columns import Cell, Column, Part, Row
from onrecord.tables.ground import Ground
from onrecord.vocabulary.term import LANG_STRING, TYPE, XSD_STRING, Property
from onrecord.vocabulary.terms import dcterms, oa, onr, prov, rdfs, schema

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPES = {
    f"{_XSD}date": "date",
    f"{_XSD}integer": "integer",
    f"{_XSD}decimal": "decimal",
    f"{_XSD}boolean": "boolean",
    "http://id.loc.gov/datatypes/edtf/EDTF": "edtf",
    XSD_STRING: "text",
    LANG_STRING: "text",
}
_NOTHING, _NOBODY = (None,), (None, None)
ID = Part((Column("id", "address", text="The address of what the row is about."),), lambda row: (row.node[1:-1],))


def spelled(prop: Property) -> str:
    """The name of a property as columns are named: legal_basis."""
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in prop.name)


def fixed(name: str, text: str, of: Callable[[Row], Cell], datatype: str = "text", *, many: bool = False) -> Part:
    """A column that a function fills."""
    column = Column(name, datatype, many, text=text)
    return Part((column,), lambda row: (of(row),))


def value(prop: Property, name: str = "", text: str = "", *, many: bool | None = None) -> Part:
    """The literals, or the words for the concepts, of a property."""
    datatype = _TYPES[prop.range] if prop.range else "word" if concepts(prop) else "address"
    column = Column(name or spelled(prop), datatype, is_array(prop) if many is None else many, prop, text)

    def fill(row: Row) -> Sequence[Cell]:
        values = row.said.get(prop)
        return (_cell(row.ground, values, prop, column),) if values else _NOTHING

    return Part((column,), fill)


def _cell(ground: Ground, values: Sequence[str], prop: Property, column: Column) -> Cell:
    texts = [ground.words(prop, each) if column.datatype == "word" else text_of(each) for each in values]
    return _of(texts, column)


def _of(texts: list[str], column: Column) -> Cell:
    """A cell: None for nothing; of one value where several are not foreseen, all of them in one text."""
    if not texts:
        return None
    return texts if column.many else texts[0] if len(texts) == 1 else " | ".join(texts)


def ref(prop: Property, name: str = "", text: str = "", *, many: bool | None = None) -> Part:
    """What a property points to: its address, and what it is called."""
    several = is_array(prop) if many is None else many
    called = name or spelled(prop)
    columns = _pair(called, several, prop, text)

    def fill(row: Row) -> Sequence[Cell]:
        nodes = row.said.get(prop)
        return _named(row.ground, nodes, columns) if nodes else _NOBODY

    return Part(columns, fill)


def owner(name: str, text: str) -> Part:
    """Whom a row belongs to: the address, and what it is called."""
    columns = _pair(name, False, "", text)
    return Part(columns, lambda row: (row.owner[1:-1], row.ground.label(row.owner)))


def _pair(name: str, many: bool, prop: str, text: str) -> tuple[Column, Column]:
    told = f"What {name} is called; each in its place where there are several." if many else f"What {name} is called."
    return Column(name, "address", many, prop, text), Column(f"{name}_label", "text", many, text=told)


def _named(ground: Ground, nodes: Sequence[str], columns: tuple[Column, Column]) -> tuple[Cell, Cell]:
    return _of([text_of(node) for node in nodes], columns[0]), _of([ground.label(node) for node in nodes], columns[1])


_TIME = (
    (onr.asSaid, "said", "text", "in the source's own words"),
    (onr.edtf, "edtf", "edtf", "as vague as the source leaves it, in EDTF"),
    (onr.earliest, "earliest", "date", "the earliest day that it can be: a bound, and no date that the source gives"),
    (onr.earliestBasis, "earliest_basis", "word", "what the earliest day rests on"),
    (onr.latest, "latest", "date", "the latest day that it can be: a bound, and no date that the source gives"),
    (onr.latestBasis, "latest_basis", "word", "what the latest day rests on"),
    (onr.after, "after", "address", "what it came after, where no more is said"),
    (onr.causedBy, "caused_by", "address", "what it came by, where no more is said"),
)


def time(prop: Property, name: str = "") -> Part:
    """A time, as vague as it is: what was said, EDTF, and the days that it can be, each with what it rests on."""
    called = name or spelled(prop)
    columns = tuple(
        Column(f"{called}_{part}", datatype, many=datatype == "address", prop=each, text=f"{called}: {text}.")
        for each, part, datatype, text in _TIME
    )

    def fill(row: Row) -> Sequence[Cell]:
        return times(row.ground, row.said.get(prop, ()), columns)

    return Part(columns, fill)


def own_time(name: str) -> Part:
    """The same of a row that is a time itself."""
    columns = time(onr.when, name).columns
    return Part(columns, lambda row: times(row.ground, [row.node], columns))


def times(ground: Ground, nodes: Sequence[str], columns: Sequence[Column]) -> list[Cell]:
    """The cells of a time."""
    if not nodes:
        return [None] * len(columns)
    cells: list[Cell] = []
    for (prop, *_), column in zip(_TIME, columns, strict=True):
        found = [each for node in nodes for each in ground.said(node).get(prop, ())]
        cells.append(_cell(ground, found, prop, column))
    return cells


_AMOUNT = (
    (onr.qualifier, "qualifier", "word", "how the number is meant, without which it says something else"),
    (schema.value, "value", "decimal", "the number, of `exactly` and of `about`: read it with its qualifier"),
    (schema.minValue, "min", "decimal", "the least, of `at-least` and of a range"),
    (schema.maxValue, "max", "decimal", "the most, of `at-most`, `almost` and of a range"),
    (onr.unit, "unit", "word", "what is counted or measured"),
    (onr.asSaid, "said", "text", "in the source's own words"),
)


def amount(prop: Property, name: str) -> Part:
    """A number with its qualifier: never the one without the other."""
    columns = _amount_columns(name)
    return Part(columns, lambda row: amounts(row.ground, row.said.get(prop, ()), columns))


def own_amount(name: str) -> Part:
    """The same of a row that is a number itself."""
    columns = _amount_columns(name)
    return Part(columns, lambda row: amounts(row.ground, [row.node], columns))


def _amount_columns(name: str) -> tuple[Column, ...]:
    return tuple(
        Column(f"{name}_{part}", datatype, prop=prop, text=f"{name}: {text}.") for prop, part, datatype, text in _AMOUNT
    )


def amounts(ground: Ground, nodes: Sequence[str], columns: Sequence[Column]) -> list[Cell]:
    """The cells of an amount."""
    if not nodes:
        return [None] * len(columns)
    cells: list[Cell] = []
    for (prop, *_), column in zip(_AMOUNT, columns, strict=True):
        found = [each for node in nodes for each in ground.said(node).get(prop, ())]
        cells.append(_cell(ground, found, prop, column))
    return cells


def exact_words(ground: Ground, node: str, prop: Property) -> list[str]:
    """The exact words that a node leads to by `evidence` or `quotation`."""
    return [
        text_of(text)
        for words in ground.said(node).get(prop, ())
        for selector in ground.said(words).get(oa.hasSelector, ())
        for text in ground.said(selector).get(oa.exact, ())
    ]


def _words(row: Row) -> Cell:
    return exact_words(row.ground, row.node, onr.evidence) or None


def _chain(row: Row) -> Cell:
    chains = [row.ground.label(chain) for chain in row.said.get(onr.attribution, ())]
    return " | ".join(chains) or None


def _title(ground: Ground, source: str) -> str:
    node = f"<{ground.base}source/{source}>"
    return ground.label(node) if ground.said(node).get(TYPE) else source


def _day(ground: Ground, source: str) -> str:
    """The day of a snapshot, or when an article was published, in EDTF; "" where that is not known."""
    said = ground.said(f"<{ground.base}source/{source}>")
    days = [*said.get(onr.asOf, ())]
    for published in said.get(onr.published, ()):
        days += ground.said(published).get(onr.edtf, ())
    return " | ".join(map(text_of, days))


_BASIS = "What the row rests on: asserted (by its source), registry, curated, computed or computed-from-curated."
_ADDED = "What in this row curators have added: names of properties. The table curations has the reasons."


def _of_source(row: Row) -> Sequence[Cell]:
    sources, basis = row.ground.origin(row.node)
    titles = [_title(row.ground, source) for source in sources]
    days = [_day(row.ground, source) for source in sources]
    return sources or None, titles or None, days if any(days) else None, basis, row.ground.added(row.node) or None


SOURCE = Part(
    (
        Column("source", "word", many=True, text="The ids of the sources that say it."),
        Column("source_title", "text", many=True, text="What the sources are called, each in its place."),
        Column(
            "source_date",
            "text",
            many=True,
            text="Of which day each source is, in EDTF: a list's snapshot, or an article's publication.",
        ),
        Column("basis", "word", text=_BASIS),
        Column("curated", "word", many=True, text=_ADDED),
    ),
    _of_source,
)
"""Who says that a row is there, and what it rests on."""

WORDS = fixed("words", "The exact words of the source that it rests on.", _words, many=True)
DISPUTED = fixed(
    "conflicts",
    "The conflicts that it is a side of: a source says otherwise. The table conflicts has the other sides.",
    lambda row: [conflict[1:-1] for conflict in row.ground.conflicts.get(row.node, ())] or None,
    "address",
    many=True,
)
TAIL = (
    WORDS,
    DISPUTED,
    Part(
        (Column("chain", prop=onr.attribution, text="Who says it by whom: site ← outlet ← speaker."),),
        lambda row: (_chain(row),),
    ),
    SOURCE,
)
"""What every fact has at its end: words, chain, source."""
LABEL = Part(
    (Column("label", prop=rdfs.label, text="What it is called; the table names has all names."),),
    lambda row: (row.ground.label(row.node),),
)
CLASS = fixed("class", "What it is: a class of the vocabulary.", lambda row: row.ground.kind(row.node) or None, "word")
DERIVED = value(prov.wasDerivedFrom, "rests_on", "The designations, acts and snapshots that it rests on.", many=True)
LANGUAGE = value(dcterms.language)
