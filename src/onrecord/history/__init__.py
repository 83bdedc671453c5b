"""Status through time: what designations, acts and list snapshots together say, day by day.

    testimonies of every source ── timeline ──► periods and intervals ── status ──► the answer for a date

A testimony is what one source contributes: that somebody is designated from when to when, that a list had an entry on
the day of a snapshot or lacked it, that an act put somebody on a list or took them off. Nothing here reads files or a
store; days are `datetime.date`.
"""

from onrecord.history.given import Described, Given
from onrecord.history.joined import histories
from onrecord.history.marks import shown
from onrecord.history.model import Act, Bounds, Claim, History, Interval, Period, Snapshot, Status, Timeline
from onrecord.history.periods import needs_curator, written, written_together
from onrecord.history.testimony import Reading, Testimony, links_of, packed, unpacked
from onrecord.history.timeline import timeline

__all__ = [
    "Act",
    "Bounds",
    "Claim",
    "Described",
    "Given",
    "History",
    "Interval",
    "Period",
    "Reading",
    "Snapshot",
    "Status",
    "Testimony",
    "Timeline",
    "histories",
    "links_of",
    "needs_curator",
    "packed",
    "shown",
    "timeline",
    "unpacked",
    "written",
    "written_together",
]
