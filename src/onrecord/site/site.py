"""What all pages of a site have in common."""

from dataclasses import dataclass
from typing import NamedTuple


class Entry(NamedTuple):
    """An entry of the navigation: where it leads from the folder of the site, and its text."""

    path: str
    text: str


STATUS = "status"
"""Where the question of somebody's status is asked, on a site that answers it."""

NAVIGATION = (
    Entry("search.html", "Search"),
    Entry("index/index.html", "Browse"),
    Entry("conflicts.html", "Conflicts"),
    Entry("ns.html", "Vocabulary"),
    Entry("about.html", "About"),
)
LIVE = (
    NAVIGATION[0],
    Entry(STATUS, "Status"),
    *NAVIGATION[1:4],
    Entry("query", "Query"),
    Entry("api", "API"),
    NAVIGATION[4],
)
"""The navigation of a site that answers questions."""


@dataclass(frozen=True, slots=True)
class Site:
    """The dataset as its site names it: `name` at the head of each page, `about` says what it is; `title` is both.

    `live` tells that it answers questions: it is no folder of files alone. `scripts` are on every page.
    """

    name: str
    about: str
    title: str
    publisher: str
    licence: str
    language: str
    base: str
    navigation: tuple[Entry, ...] = NAVIGATION
    live: bool = False
    scripts: tuple[str, ...] = ()


def site_of(title: str, publisher: str, licence: str, language: str, base: str) -> Site:
    """The site of a dataset: its name is what its title has before a colon, `about` what it has behind it."""
    name, _, rest = (part.strip() for part in title.partition(":"))
    return Site(name, f"{rest[:1].upper()}{rest[1:]}", title, publisher, licence, language, base)
