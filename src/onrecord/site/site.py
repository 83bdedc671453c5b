"""What all pages of a site have in common."""

from dataclasses import dataclass
from typing import NamedTuple


class Entry(NamedTuple):
    """An entry of the navigation: where it leads from the folder of the site, and its text."""

    path: str
    text: str


NAVIGATION = (
    Entry("search.html", "Search"),
    Entry("index/index.html", "Browse"),
    Entry("conflicts.html", "Conflicts"),
    Entry("ns.html", "Vocabulary"),
    Entry("about.html", "About"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """The dataset as its site names it: `name` at the head of each page, `about` says what it is; `title` is both."""

    name: str
    about: str
    title: str
    publisher: str
    licence: str
    language: str
    base: str
    navigation: tuple[Entry, ...] = NAVIGATION


def site_of(title: str, publisher: str, licence: str, language: str, base: str) -> Site:
    """The site of a dataset: its name is what its title has before a colon, `about` what it has behind it."""
    name, _, rest = (part.strip() for part in title.partition(":"))
    return Site(name, f"{rest[:1].upper()}{rest[1:]}", title, publisher, licence, language, base)
