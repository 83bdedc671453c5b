"""A job: what stands where a page of the prepared site will be."""

from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.pages.media import HTML
from onrecord.server.pages.shown import for_people, page, read_args
from onrecord.server.reply import PROBLEM, Reply, of_json

_LATER = 3
"""Seconds after which it is worth asking again."""


def answer(desk: Desk, args: Args) -> Reply:
    """503 with Retry-After; people are shown it again by itself."""
    asked = read_args(args)
    done, trouble = asked["done"] or "0", asked["trouble"]
    headers = {"Retry-After": str(_LATER), "Cache-Control": "no-store", "Vary": "Accept"}
    if for_people(asked["accept"]):
        here = asked["path"]
        content = page(desk, args, "waiting.html", here, here, done=done, trouble=trouble)
        return Reply(content, HTML, 503, {**headers, "Refresh": str(_LATER)})
    told = {"type": "about:blank", "title": f"This page is being prepared: {done} %", "status": 503}
    return of_json(told | ({"detail": trouble} if trouble else {}), media=PROBLEM, status=503, headers=headers)
