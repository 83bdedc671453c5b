"""What a client shows of an entity in a small frame (5), and the page that tells about the service. No script runs."""

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from onrecord.matching.suggestions import OTHER_BIRTH, SAME_BIRTH, SAME_BIRTH_YEAR, SHARED_COUNTRY, SHARED_NUMBER
from onrecord.pictures.standing import NO_PROOF
from onrecord.server.desk import Desk
from onrecord.server.reconciliation import entities, kinds, standing
from onrecord.server.reconciliation.manifest import PATH
from onrecord.server.reconciliation.properties import PROPERTIES
from onrecord.server.reconciliation.weighing import SAME_VALUE

if TYPE_CHECKING:
    import jinja2

_NAMES, _STANDINGS = 6, 4
_STYLE = (
    ":root{color-scheme:light dark;background:#fff;color:#1b1b1b}a{color:#0b4f94}"
    "@media(prefers-color-scheme:dark){:root{background:#16181b;color:#e8e8e8}a{color:#8ab8ff}}"
    "body{font:14px/1.4 system-ui,sans-serif;margin:.6rem .8rem;overflow-wrap:anywhere}"
    "body.wide{max-width:44rem;margin:1.5rem auto;padding:0 1rem;font-size:16px}"
    "h1{font-size:1.15em;margin:0 0 .3em}h2{font-size:1.05em;margin:1.4em 0 .4em}"
    "p{margin:.3em 0}.small{font-size:.9em}dt{font-weight:600}dd{margin:0 0 .4em 1.2em}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
SECURITY = {
    "content-security-policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
}
"""Nothing runs or loads; but the page may stand in a frame of any client, which is what it is for."""
_POINTS = {
    **dict.fromkeys(("name", "otherNames"), f"{SAME_VALUE} where any of its names is close"),
    "birthDate": f"{SAME_BIRTH} where births agree, {SAME_BIRTH_YEAR} where they agree in the year "
    f"alone, {OTHER_BIRTH} where they contradict each other, which also forbids a match",
    "reference": f"{SHARED_NUMBER} where it is the same",
    **dict.fromkeys(
        ("country", "nationality", "citizenship", "state"), f"{SHARED_COUNTRY} where the country is the same"
    ),
    "identifier": f"{SHARED_NUMBER} where a number is the same",
}


def preview(desk: Desk, node: str) -> bytes:
    """An entity in a few lines: what it is, its other names, its status as of the last day on record."""
    names = [cell.shown for cell in PROPERTIES["otherNames"].values(desk, node, {})]
    found = desk.statuses.standings(node)
    told = [standing.told(each) for each in found[:_STANDINGS]]
    further = [f"{len(found) - _STANDINGS} further jurisdictions: see the page."] if len(found) > _STANDINGS else []
    listable = "Designee" in kinds.all_of(kinds.own(desk.statuses.said, node))
    page = (
        _environment()
        .get_template("preview.html")
        .render(
            language=desk.settings.language,
            name=entities.name_of(desk, node),
            page=entities.page_of(desk, node),
            description=entities.described(desk, node),
            names=names[:_NAMES],
            more=len(names) > _NAMES,
            told=told + further,
            note="" if found or not listable else f"There is no evidence on record of its status. {NO_PROOF}",
            style=_style(),
        )
    )
    return page.encode()


def about(desk: Desk, origin: str) -> bytes:
    """What the service is, and what its features, properties and types mean."""
    page = (
        _environment()
        .get_template("about.html")
        .render(
            title=desk.settings.title,
            endpoint=f"{origin}{PATH}",
            features=list(FEATURES.items()),
            properties=list(PROPERTIES.values()),
            kinds=list(kinds.KINDS.values()),
            style=_style(),
        )
    )
    return page.encode()


FEATURES = {
    "name_likeness": "How alike the name is, from 0 to 100: 100 is the same spelling, 97 to 99 are the same letters.",
    "called_just_so": "Whether the entity has just this name, reference, code or address.",
    "main_name": "Whether it is its main name, and not another one.",
    "several_called_so": "Whether others have a name of the same letters: then nobody is picked.",
    **{
        f"property_{name}": f"What the condition on “{each.title}” adds: {_POINTS.get(name, SAME_VALUE)}"
        f"{'' if name in _POINTS else ' where the value is the same'}; 0 where nothing is known."
        for name, each in PROPERTIES.items()
        if not name.startswith("status")
    },
    "contradicts_birthDate": "The dates of birth contradict each other.",
}
"""What each matching feature means."""


@cache
def _environment() -> "jinja2.Environment":
    import jinja2

    from onrecord.site.rendering import environment

    return environment().overlay(loader=jinja2.PackageLoader("onrecord.server.reconciliation", "templates"))


def _style() -> "object":
    from markupsafe import Markup

    return Markup(_STYLE)  # a constant of ours
