"""One run of the benchmark: how large things are, where they lie meanwhile, and what has been built already."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

import ours
from articles import generate

LONG = 120.0
"""Seconds."""


@dataclass(frozen=True)
class Sizes:
    """Numbers of articles: `plain` are really run, larger ones are extrapolated from them. `runs` of commands that take
    no time, `repeats` of builds, of which the fastest counts: other work on the machine only makes them slower."""

    build: int
    growth: tuple[int, ...]
    plain: tuple[int, ...]
    peers: int
    incremental: int
    questions: int
    runs: int
    yaml: int = 0
    repeats: int = 1


SIZES = {
    "tiny": Sizes(60, (20, 60), (5, 10), 20, 40, 40, 3),
    "quick": Sizes(1_000, (250, 1_000), (10, 20), 1_000, 1_000, 1_000, 5, 200, 2),
    "default": Sizes(10_000, (1_000, 10_000), (50, 200, 400), 10_000, 10_000, 7_000, 9, 1_000, 3),
    "full": Sizes(10_000, (1_000, 10_000, 100_000), (50, 200, 400), 10_000, 10_000, 7_000, 15, 10_000, 3),
}


@dataclass
class Session:
    """Datasets and builds below one temporary folder, made when they are first needed."""

    folder: Path
    sizes: Sizes
    built: dict[tuple[int, int], ours.Built] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """Progress, on standard error."""
        print(f"· {text}", file=sys.stderr, flush=True)

    def dataset(self, articles: int, *, form: str = "jsonl", violations: float = 0.0) -> Path:
        """A dataset of so many articles."""
        name = f"{articles}-{form}" + (f"-{violations:g}" if violations else "")
        folder = self.folder / name
        if not folder.exists():
            self.say(f"generating {articles:,} articles ({form})")
            generate(folder, articles, form=form, violations=violations)
        return folder

    def out(self, articles: int) -> Path:
        """Where the builds of a dataset publish into."""
        return self.folder / f"out-{articles}"

    def build(self, articles: int, jobs: int) -> ours.Built:
        """A full build without store, its memory watched; the same one whoever asks. The fastest of some, with the
        largest peak of memory; one is enough of what takes long."""
        if (articles, jobs) not in self.built:
            self._build_in_turn(articles, (1, 2) if articles == self.sizes.build else (jobs,))
        return self.built[articles, jobs]

    def _build_in_turn(self, articles: int, settings: tuple[int, ...]) -> None:
        """Builds with one process and with two take turns, so that other work on the machine meets both."""
        folder = self.dataset(articles)
        runs: dict[int, list[ours.Built]] = {jobs: [] for jobs in settings}
        for _ in range(self.sizes.repeats):
            for jobs, made in runs.items():
                self.say(f"kg build --jobs {jobs} of {articles:,} articles")
                made.append(ours.build(folder, self.out(articles), jobs, store=False, memory=True))
            if any(made[-1].seconds > LONG for made in runs.values()):
                break
        self.built |= {(articles, jobs): ours.fastest(made) for jobs, made in runs.items()}
