"""The server in this process, for tests that give it small limits; its workers are processes as ever."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import uvicorn

from onrecord.dataset import settings
from onrecord.dataset.initial import make
from onrecord.dataset.segments import Options
from onrecord.release.building import build
from onrecord.server.application import application
from onrecord.server.caching import Cache
from onrecord.server.holding import Holding
from onrecord.server.pool import Limits
from onrecord.store.loading import read_note, write_note

_PATIENCE = 30.0


@dataclass(frozen=True)
class Endpoint:
    """A server that runs: its address, ending in a slash, and what it holds."""

    address: str
    holding: Holding

    @property
    def sparql(self) -> str:
        """Where it takes queries."""
        return f"{self.address}sparql"

    def census(self) -> dict[str, int]:
        """Its workers of each kind."""
        return self.holding.current.pool.census


def built(folder: Path, graphs: Mapping[str, bytes] | None = None) -> Path:
    """The dataset of `kg init`, built in a folder; its store has more `graphs` (N-Triples, by name), also empty ones,
    which N-Quads cannot say."""
    made = folder / "dataset"
    make(made)
    given = settings.load(made)
    build(Options(made, given, made / given.out), lambda stage, done, of: None)
    if graphs:
        store = made / given.out / "latest" / "store"
        note = read_note(store)
        assert note is not None
        _add(store, graphs)
        write_note(store, note.quads, size=note.size, swapped=note.swapped)
    return made


def _add(folder: Path, graphs: Mapping[str, bytes]) -> None:
    store = ox.Store(str(folder))
    for name, triples in graphs.items():
        store.add_graph(ox.NamedNode(name))
        store.load(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    store.flush()


@contextmanager
def endpoint(dataset: Path, limits: Limits | None = None) -> Iterator[Endpoint]:
    """A server of a built dataset, in a thread, until the block ends."""
    holding = Holding(dataset, dataset / settings.load(dataset).out, limits or Limits(), Cache())
    config = uvicorn.Config(application(holding, patience=1.0), port=0, log_level="error", server_header=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + _PATIENCE
    while not server.started:
        assert thread.is_alive(), "the server ended before it began"
        assert time.monotonic() < end, "the server does not come up"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Endpoint(f"http://127.0.0.1:{port}/", holding)
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)
        assert not thread.is_alive(), "the server does not end"
