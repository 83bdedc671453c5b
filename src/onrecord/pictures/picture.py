"""What a time line shows, before anybody draws it."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.history import Period


class Marker(NamedTuple):
    """The days that are asked about, the first and the last, and what stands beside them."""

    first: datetime.date
    last: datetime.date
    text: str


@dataclass(frozen=True)
class Lane:
    """The periods of one list, in order. Days that no period holds are without evidence."""

    label: str
    periods: tuple[Period, ...]


@dataclass(frozen=True)
class Picture:
    """Lanes over one axis. `title` says what is shown, `answer` what follows from it, `reason` why."""

    title: str
    answer: str
    lanes: tuple[Lane, ...]
    marker: Marker | None = None
    reason: str = ""
