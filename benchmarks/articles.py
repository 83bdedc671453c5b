"""A dataset of synthetic articles by the project's own facts schema, the same for the same seed.

    .venv/bin/python benchmarks/articles.py --articles 1000 --seed 1 --form jsonl --violations 0.01 DIR
    .venv/bin/kg -C DIR check

Memory does not grow with the number of articles, but for the registry of shared entities, which grows with its square
root. DIR/seeded.jsonl names every fault that was put in, and what has to be found of it.
"""

import argparse
import sys
from pathlib import Path

from synthetic.articles import articles
from synthetic.world import World
from synthetic.writing import write_articles, write_settings


def generate(
    folder: Path, count: int, seed: int = 1, form: str = "jsonl", violations: float = 0.0, texts: bool = False
) -> int:
    """Write a dataset into `folder`, which has to be new or empty; how many faults were put in."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty")
    world = World(seed, count)
    write_settings(folder, world, form)
    made = write_articles(folder, articles(world, seed, count, violations), form, texts)
    return sum(one.fault is not None for one in made)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    parser.add_argument("--articles", type=int, default=1_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=("jsonl", "yaml"), default="jsonl")
    parser.add_argument(
        "--violations", type=float, default=0.0, metavar="SHARE", help="of articles with a fault, 0 to 1"
    )
    parser.add_argument("--texts", action="store_true", help="write DIR/texts too, for kg check --texts")
    given = parser.parse_args()
    if not (given.articles >= 0 and 0 <= given.violations <= 1):
        parser.error("--articles is a count, --violations a share")
    seeded = generate(given.folder, given.articles, given.seed, given.form, given.violations, given.texts)
    print(f"{given.articles:,} articles, {seeded:,} of them with a fault: {given.folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
