"""The first job of a worker: open the store, so that nobody waits for that."""

from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.reply import Reply


def ready(desk: Desk, args: Args) -> Reply:
    """Nothing, once the store is open."""
    next(iter(desk.store), None)
    return Reply(b"", "text/plain")
