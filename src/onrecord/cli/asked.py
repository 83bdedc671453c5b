"""What `kg status` is asked, as typed and as understood."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph as ox

    from onrecord.dataset.settings import Settings
    from onrecord.questions.jurisdictions import Jurisdiction
    from onrecord.questions.lookup import Lookup
    from onrecord.questions.status import Statuses
    from onrecord.questions.verdicts import Days
    from onrecord.store.release import Release


@dataclass(frozen=True)
class Wanted:
    """What is asked, and how the answer is wanted."""

    entity: str
    where: str | None
    as_of: str | None
    form: str
    output: Path
    ascii: bool


@dataclass(frozen=True)
class Asked:
    """A store that is asked, and what it is asked for."""

    statuses: "Statuses"
    lookup: "Lookup"
    where: "Jurisdiction | None"
    days: "Days | None"


def asked(wanted: Wanted, store: "ox.Store", release: "Release", settings: "Settings") -> Asked:
    """What is asked, understood. Raises QueryError for a jurisdiction or date that is none."""
    from onrecord.questions.kept_names import kept
    from onrecord.questions.lookup import Lookup
    from onrecord.questions.status import Statuses
    from onrecord.questions.verdicts import days_of

    days = days_of(wanted.as_of) if wanted.as_of is not None else None
    statuses = Statuses(store, settings.base, settings.language)
    where = statuses.jurisdictions.named(wanted.where) if wanted.where is not None else None
    names = statuses.names
    lookup = Lookup(statuses.said, names, lambda: kept(release, statuses.said))
    return Asked(statuses, lookup, where, days)
