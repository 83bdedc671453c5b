"""What workers are made of, with a job in it that has a mistake of ours."""

from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.reply import Reply
from onrecord.server.source import run
from onrecord.server.sparql import answering

__all__ = ["run"]


def _mistake(desk: Desk, args: Args) -> Reply:
    raise ZeroDivisionError


answering.answer = _mistake
