"""The processes that answer requests: reused, replaced, and ended when an answer takes too long or nobody wants it.

`Pool` gives each request a worker. A request that turns out to be long leaves the fast lane: its worker is counted
apart and runs at a lower priority, another one takes its place, and of long ones only a few run at once while the next
few are stopped in their tracks and go on when there is room. So that many long requests do not slow the short ones
down, and each long one still gets its answer or a clear refusal.
"""

from onrecord.server.pool.limits import Limits
from onrecord.server.pool.pool import Busy, Counts, Pool
from onrecord.server.pool.running import CutShort, Running

__all__ = ["Busy", "Counts", "CutShort", "Limits", "Pool", "Running"]
