"""Values as FollowTheMoney takes them (https://followthemoney.tech/explorer/types/): ids, dates, codes of countries."""

import hashlib
import re
from collections.abc import Iterable

from onrecord.ntriples import text_of
from onrecord.tables.ground import Ground
from onrecord.vocabulary.term import Property
from onrecord.vocabulary.terms import onr

_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]{0,180}[0-9a-zA-Z])?")
_DATE = re.compile(r"[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_CODE = re.compile(r"[A-Za-z]{2}")


def id_of(node: str, base: str) -> str:
    """The id of a node: the steps of its address behind `base`, with dots between. Where that is no id, or could be
    another node's, it ends in a digest."""
    path = node[1:-1].removeprefix(base)
    made = path.replace("/", ".")
    steps = path.split("/")
    entry = steps[0] == "entry"
    dotted = any("." in step for step in (steps[:2] if entry else steps))
    plain = node[1:-1].startswith(base) and not dotted and not (entry and len(steps) > 3)
    if plain and _ID.fullmatch(made):
        return made
    digest = hashlib.sha256(node.encode()).hexdigest()[:16]
    start = re.sub(r"[^0-9a-zA-Z.\-]+", "-", made).strip("-.")[:120]
    return f"{start or 'x'}-{digest}"


def dataset_of(identifier: str) -> str:
    """The name of a dataset, made of a list's id."""
    return re.sub(r"[^a-z0-9_]", "_", identifier.lower()) or "x"


def texts(ground: Ground, node: str, *props: Property) -> list[str]:
    """The values of some properties of a node as texts."""
    return [text_of(value) for prop in props for value in ground.said(node).get(prop, ())]


def is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day."""
    return _DATE.fullmatch(text) is not None


def dates(ground: Ground, times: Iterable[str]) -> tuple[list[str], list[str]]:
    """Of some times those that are a year, a month or a day, and all others in words."""
    exact, vague = [], []
    for time in times:
        found = texts(ground, time, onr.edtf)
        if len(found) == 1 and is_date(found[0]):
            exact.append(found[0])
        else:
            vague.append(in_words(ground, time))
    return sorted(set(exact)), [text for text in vague if text]


def in_words(ground: Ground, time: str) -> str:
    """A vague time as a text: what was said, EDTF, and its bounds."""
    said = [f"“{text}”" for text in texts(ground, time, onr.asSaid)]
    edtf = [f"EDTF {text}" for text in texts(ground, time, onr.edtf)]
    after = [f"after: {ground.label(node)}" for node in ground.said(time).get(onr.after, ())]
    earliest = [f"not before {text}" for text in texts(ground, time, onr.earliest)]
    latest = [f"not after {text}" for text in texts(ground, time, onr.latest)]
    return ", ".join([*said, *edtf, *after, *earliest, *latest])


def code(text: str) -> str | None:
    """The code of a country, where a text is one."""
    return text.lower() if _CODE.fullmatch(text) else None


def countries(ground: Ground, nodes: Iterable[str]) -> list[str]:
    """The codes of some states and unions."""
    found = (code(text) for node in nodes for text in texts(ground, node, onr.code))
    return sorted({each for each in found if each})
