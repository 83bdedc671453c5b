"""From facts files to segments: what has changed is built, in as many processes as there is work for."""

import os
import pickle
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord import checks, unit
from onrecord.checks import Shapes
from onrecord.dataset import digests, registry, texts
from onrecord.dataset.cache import Cache
from onrecord.dataset.settings import FILE_NAME, Settings
from onrecord.dataset.sources import SourceFile
from onrecord.errors import WorkerDied
from onrecord.facts.texts import Texts
from onrecord.findings import Finding
from onrecord.readers import Read, read
from onrecord.rules import Rules, from_json, key_of, load_rules, to_json
from onrecord.unit import Segment, Shared, Tools
from onrecord.vocabulary import resources

_RULES, _SHAPES = "rules-", "shapes-"

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Options:
    """How to build. `jobs` processes at the most; `texts` are folders in which sources' texts may lie."""

    folder: Path
    settings: Settings
    out: Path
    jobs: int = 1
    texts: tuple[Path, ...] = ()


@dataclass
class Segments:
    """What was built: segments, findings about all of them, how many were taken from the cache, and shapes that are not
    compiled, with the reason.
    """

    segments: list[Segment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    reused: int = 0
    uncovered: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Job:
    """One document to build a segment of."""

    stem: str
    shown: str
    data: bytes
    index: int
    beside: bytes | None
    key: str


class _Setup(NamedTuple):
    """What a worker is made of: plain values, so that they can be sent to its process."""

    shared: Shared
    texts: Texts
    rules: Rules
    shapes: Shapes


class _Worker:
    """What a worker process keeps between jobs: loaded once, from plain values that were sent to it."""

    def __init__(self, shared: Shared, known_texts: Texts, rules: Rules, shapes: Shapes) -> None:
        self.shared, self.texts = shared, known_texts
        self.tools = Tools(shapes, rules)
        self.last: tuple[str, list[Read]] = ("", [])

    def run(self, job: _Job) -> Segment:
        if self.last[0] != job.shown:
            self.last = (job.shown, read(job.shown, job.data, self.shared.limits))
        return unit.build(self.last[1][job.index], job.stem, self.shared, self.tools, self.texts, job.beside)


_here: list[_Worker] = []
"""The worker of this process, where it is one of the pool's."""


def _rules(cache: Cache) -> Rules:
    """The rules of the installation. Closing the ontology takes a second, so the closure is kept by its key."""
    files = resources.files("ontology", ".ttl")
    name = f"{_RULES}{key_of(files)}"
    kept = cache.read(name)
    if kept is not None:
        return from_json(kept)
    rules = load_rules(files)
    cache.write(name, to_json(rules))
    return rules


def _shapes(cache: Cache) -> Shapes:
    """The shapes of the installation. Compiling them takes most of a second, so they are kept by their key."""
    files = resources.files("shapes", ".ttl")
    name = f"{_SHAPES}{checks.key_of(files)}"
    kept = cache.read(name)
    if kept is not None:
        return checks.from_json(kept)
    shapes = checks.load_shapes(files)
    cache.write(name, checks.to_json(shapes))
    return shapes


def _start(setup: Path) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _here[:] = [_Worker(*pickle.loads(setup.read_bytes()))]


def _leave_with_parent() -> None:
    """Where the build was killed, its workers would wait for ever: their queue stays open among themselves."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _run(job: _Job) -> Segment:
    return _here[0].run(job)


def digest_of_inputs(options: Options, files: Sequence[SourceFile], known: Texts) -> str:
    """The digest of everything that a build depends on: program, settings, facts and texts."""
    parts: list[bytes | str] = [digests.of_program(), (options.folder / FILE_NAME).read_bytes()]
    for file in files:
        parts += [file.shown, file.fingerprint]
    for path, data in texts.beside_facts(options.folder / options.settings.data, options.settings.limits):
        parts += [os.fsencode(path.relative_to(options.folder)), data]
    return digests.of(*parts, *sorted(known.by_hash))


def build_all(options: Options, files: Sequence[SourceFile], known: Texts, progress: Progress) -> Segments:
    """The segments of all files, in their order. What an earlier build has made is taken from the cache."""
    loaded = registry.load([file for file in files if file.registry], options.settings)
    built = Segments(findings=list(loaded.findings))
    environment = digests.of(
        digests.of_program(),
        repr(options.settings),
        msgspec.json.encode([loaded.shared.names, loaded.shared.described], order="sorted"),
    )
    jobs = list(_jobs(options, files, loaded.shared, known, environment, built))
    cache = Cache(options.out / ".cache")
    done: dict[int, Segment] = {}
    for index, job in enumerate(jobs):
        kept = cache.get(job.key)
        if kept is not None:
            done[index] = kept
    built.reused = len(done)
    waiting = [index for index in range(len(jobs)) if index not in done]
    made: Iterator[Segment] = iter(())
    if waiting:
        setup = _Setup(loaded.shared, known, _rules(cache), _shapes(cache))
        built.uncovered = setup.shapes.uncovered
        made = _run_all([jobs[index] for index in waiting], setup, options.jobs)
    for count, (index, segment) in enumerate(zip(waiting, made, strict=True), 1):
        done[index] = segment
        cache.put(jobs[index].key, segment)
        progress("sources", len(jobs) - len(waiting) + count, len(jobs))
    for compiled in (_RULES, _SHAPES):
        cache.keep_only({job.key for job in jobs}, compiled)
    built.segments = [done[index] for index in range(len(jobs))]
    built.findings += (finding for segment in built.segments for finding in segment.findings)
    built.findings += twice(built.segments)
    return built


def _jobs(
    options: Options, files: Sequence[SourceFile], shared: Shared, known: Texts, environment: str, built: Segments
) -> Iterator[_Job]:
    limits = options.settings.limits
    for file in files:
        data = file.data(limits)
        if isinstance(data, Finding):
            if not file.registry:  # the registry's own reading has said so
                built.findings.append(data)
            continue
        for index, one in enumerate(read(file.shown, data, shared.limits)):
            text = texts.beside(file, one, options.folder, limits)
            at_hand = b"+" + text if isinstance(text, bytes) else b"-" if text is None else b"!"
            key = digests.of(environment, file.shown, str(index), data, at_hand, *_named_text(one, known))
            if isinstance(text, Finding):
                built.findings.append(text)
                text = None
            yield _Job(file.stem, file.shown, data, index, text, key)


def _named_text(one: Read, known: Texts) -> Iterator[str]:
    """The SHA-256 of the text that a source names, where that text is at hand: its evidence is checked, else not."""
    source = getattr(one.document, "source", None)
    if source is not None and source.text.sha256 in known.by_hash:
        yield source.text.sha256


def _run_all(jobs: Sequence[_Job], setup: _Setup, processes: int) -> Iterator[Segment]:
    """The segments in the order of the jobs, from as many processes as there is work for."""
    count = min(processes, len(jobs), os.cpu_count() or 1)
    if count <= 1:
        worker = _Worker(*setup)
        for job in jobs:
            yield worker.run(job)
        return
    with tempfile.TemporaryDirectory() as aside:
        # By a file: what is more than a pipe holds would block this process where a new one dies before it reads.
        kept = Path(aside) / "setup"
        kept.write_bytes(pickle.dumps(setup))
        yield from _in_pool(jobs, ProcessPoolExecutor(count, get_context("spawn"), _start, (kept,)))


def _in_pool(jobs: Sequence[_Job], pool: ProcessPoolExecutor) -> Iterator[Segment]:
    done = 0
    try:
        with _uninterrupted():
            results = pool.map(_run, jobs, chunksize=1)
        for segment in results:
            done += 1
            yield segment
    except BrokenProcessPool as error:
        raise WorkerDied(f"a process died while it built {jobs[done].shown}", hint="build again") from error
    finally:
        pool.shutdown(wait=done == len(jobs), cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that are started meanwhile do not hear Ctrl-C: it is for the one that started them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def twice(segments: Sequence[Segment]) -> Iterator[Finding]:
    """Two sources with one id would write into one graph."""
    known: dict[str, Segment] = {}
    for segment in segments:
        first = known.setdefault(segment.source, segment)
        if first is not segment:
            message = f"two sources have the id {segment.source}: this one and the one in {first.place.file}"
            yield Finding(segment.place, "violation", "id-twice", message, "give one of them an id of its own")
