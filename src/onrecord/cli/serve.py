"""`kg serve`: the built dataset on the web."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.session import Session, session
from onrecord.errors import ConfigurationError

if TYPE_CHECKING:
    from onrecord.server.pool import Limits

_MIB = 1 << 20


@click.command(
    epilog="""\b
Examples:
  kg serve                              open http://127.0.0.1:8000/ on this machine
  kg serve --port 8080 --watch          build at every save, and show it
  kg serve --host 0.0.0.0 --public https://kg.example.org/
                                        for others: behind a web server that speaks HTTPS
  kg serve --timeout 10 --workers 4     limits for queries
"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.", metavar="ADDRESS")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen at.")
@click.option("--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds for a request.")
@click.option("--workers", type=click.IntRange(1), help="Processes for short requests; one a processor by default.")
@click.option(
    "--memory", type=click.IntRange(128), default=2048, show_default=True, help="MiB that a process may take."
)
@session
def command(kg: Session, host: str, port: int, timeout: float, workers: int | None, memory: int) -> None:
    """Serve the built dataset: pages for people, SPARQL and JSON for programs.

    Only this machine is answered, unless --host says otherwise. Nothing can be changed over the web.
    """
    from onrecord.server.pool import Limits

    folder = kg.dataset()
    given = {"workers": workers} if workers is not None else {}
    _serve(kg, folder, host, port, Limits(seconds=timeout, memory=memory * _MIB, **given))


def _serve(kg: Session, folder: Path, host: str, port: int, limits: "Limits") -> None:
    import uvicorn

    from onrecord.dataset import settings
    from onrecord.server.application import application
    from onrecord.server.holding import Holding
    from onrecord.server.web import Cache

    holding = Holding(folder, folder / settings.load(folder).out, limits, Cache())
    with _listening(host, port) as listening:
        told = f"serving at http://{_shown(host)}:{listening.getsockname()[1]}/: Ctrl-C ends it"

        class Server(uvicorn.Server):
            """Says where it is, once it is there."""

            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                if self.started:
                    kg.say(told)

        Server(uvicorn.Config(application(holding), access_log=False, log_level="warning", server_header=False)).run(
            [listening]
        )


def _listening(host: str, port: int) -> socket.socket:
    """A socket at an address. Raises ConfigurationError where there can be none."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as error:
        raise ConfigurationError(
            f"{host}:{port} cannot be listened at: {error.strerror or error}",
            hint="take another --port, or end whoever has this one",
        ) from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
