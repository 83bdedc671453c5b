"""`kg serve`: the built dataset on the web."""

import contextlib
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.session import Session, session
from onrecord.errors import ConfigurationError

if TYPE_CHECKING:
    from onrecord.server.operation.doors import Doors
    from onrecord.server.pool import Limits

_MIB = 1 << 20


@click.command(
    epilog="""\b
Examples:
  kg serve                              open http://127.0.0.1:8000/ on this machine
  kg serve --port 8080 --watch --open   build at every save, and show it in a browser
  kg serve --public https://kg.example.org/ --log -
                                        for others: behind a web server that speaks HTTPS
  kg serve --host 0.0.0.0 --allowed-host kg.example.org
                                        for others, without one
  kg serve --timeout 10 --workers 4     limits for queries

Every option can be set in the environment, too: KG_SERVE_PORT=8080. More in docs/serving.md.
"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.", metavar="ADDRESS")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0: a free one.")
@click.option("--public", default="", help="The address that people know it by, if it is another one.", metavar="URL")
@click.option("--allowed-host", multiple=True, help="A further name that it answers to; * for any.", metavar="NAME")
@click.option("--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds for a request.")
@click.option("--workers", type=click.IntRange(1), help="Processes for short requests; four a processor by default.")
@click.option(
    "--memory", type=click.IntRange(128), default=1024, show_default=True, help="MiB that a process may take."
)
@click.option("--log", default="", help="Write a line of JSON a request to FILE, or - for here.", metavar="FILE")
@click.option(
    "--grace", type=click.FloatRange(0), default=10.0, show_default=True, help="Seconds for answers when it is ended."
)
@click.option("--watch", is_flag=True, help="Build now and whenever a file is saved, and serve that.")
@click.option("--open", "opens", envvar="KG_SERVE_OPEN", is_flag=True, help="Open it in a browser.")
@session
def command(
    kg: Session,
    host: str,
    port: int,
    public: str,
    allowed_host: tuple[str, ...],
    timeout: float,
    workers: int | None,
    memory: int,
    log: str,
    grace: float,
    watch: bool,
    opens: bool,
) -> None:
    """Serve the built dataset: pages for people, SPARQL and JSON for programs.

    Only this machine is answered, unless --host or --public says otherwise. Nothing can be changed over the web. A
    release that is published meanwhile is served as soon as it is there.
    """
    _need_extra()
    from onrecord.server.operation.doors import Doors
    from onrecord.server.pool import Limits

    folder = kg.dataset()
    given = {"workers": workers} if workers is not None else {}
    limits = Limits(seconds=timeout, memory=memory * _MIB, **given)
    with _listening(host, port) as listening:
        doors = Doors(host, listening.getsockname()[1], public, allowed_host, draft=watch)
        with _built(kg, folder) if watch else contextlib.nullcontext():
            _serve(kg, folder, listening, doors, limits, log, grace, opens, watch)


def _serve(
    kg: Session,
    folder: Path,
    listening: socket.socket,
    doors: "Doors",
    limits: "Limits",
    log: str,
    grace: float,
    opens: bool,
    watching: bool,
) -> None:
    from onrecord.dataset import settings
    from onrecord.server.caching import Cache
    from onrecord.server.holding import Holding
    from onrecord.server.operation.doors import shown
    from onrecord.server.operation.running import Operation

    address = f"http://{shown(doors.host)}:{doors.port}/"

    def started() -> None:
        kg.say(f"serving at {address}: Ctrl-C ends it")
        if not (doors.is_local or doors.public or doors.allowed):
            kg.say("others reach it by an address in numbers; for a name, add --public URL or --allowed-host NAME")
        if opens:
            threading.Thread(target=webbrowser.open, args=[doors.told()], daemon=True).start()

    holding = Holding(folder, folder / settings.load(folder).out, limits, Cache(), watching)
    hangup = sys.stdin is None or not sys.stdin.isatty()  # a terminal that is closed ends what runs in it
    Operation(holding, doors, kg.say, grace, log, started, hangup, watching).run(listening)


@contextlib.contextmanager
def _built(kg: Session, folder: Path) -> Iterator[None]:
    """Built at every save meanwhile, and once before the block."""
    from onrecord.cli.alongside import building

    with building(kg, folder):
        yield


def _need_extra() -> None:
    """Raises ConfigurationError where what a server needs is not installed."""
    try:
        import httptools  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise ConfigurationError(
            f"kg serve needs {error.name}, which is not installed", hint="pip install 'onrecord[serve]'"
        ) from error


def _listening(host: str, port: int) -> socket.socket:
    """A socket at an address. Raises ConfigurationError where there can be none."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as error:
        raise ConfigurationError(
            f"{host}:{port} cannot be listened at: {(error.strerror or str(error)).partition(' (while')[0]}",
            hint="take another --port, or end whoever has this one",
        ) from error
