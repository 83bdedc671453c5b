"""What looking up names takes: 10,000 of them against 30,000, beside looking at every name for each of them.

    python benchmarks/screening.py [FILE]

FILE has the names to look among, one a line; without it they are made up. A third of what is looked up is a name as it
stands, a third one with a letter exchanged, a third nobody's. All in one process; seconds are the processor's.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from measuring.table import seconds
from rapidfuzz import fuzz, process
from synthetic.names import in_script, word

from onrecord.matching import Match, Named, NameIndex
from onrecord.matching.normal import words

NAMES, QUERIES, BESIDE = 30_000, 10_000, 50


def made_up(rng: random.Random, count: int) -> list[str]:
    """Names of two to four words out of few, as lists have them; one in twenty in another script."""
    stock = [word(rng, rng.choice((1, 2, 2, 3))).title() for _ in range(count // 4)]
    names = (" ".join(rng.choices(stock, k=rng.choice((2, 3, 3, 4)))) for _ in range(count))
    scripts = ["", *["en"] * 36, "ru", "ar"]
    return [in_script(rng.choice(scripts), name) for name in names]


def queries(rng: random.Random, names: Sequence[str]) -> list[str]:
    """What is looked up."""
    exact = rng.choices(names, k=QUERIES // 3)
    nearly = [exchanged(rng, name) for name in rng.choices(names, k=QUERIES // 3)]
    parts = [part for name in names for part in name.split()]
    strangers = [" ".join(rng.choices(parts, k=3)) for _ in range(QUERIES - len(exact) - len(nearly))]
    mixed = [*exact, *nearly, *strangers]
    rng.shuffle(mixed)
    return mixed


def exchanged(rng: random.Random, name: str) -> str:
    """A name with another letter somewhere."""
    at = rng.randrange(len(name))
    return name[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + name[at + 1 :]


def timed(what: Callable[[], object]) -> float:
    """Processor seconds of a call."""
    begun = time.process_time()
    what()
    return time.process_time() - begun


def screen(index: NameIndex, texts: Sequence[str]) -> list[list[Match]]:
    """Exact first; where there is none, close ones."""
    return [index.exact(text) or index.close(text) for text in texts]


def main() -> None:
    """Measure and print."""
    rng = random.Random(1)
    given = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if sys.argv[1:] else made_up(rng, NAMES)
    names = sorted({name for name in given if name.strip()})
    texts = queries(rng, names)
    named = [Named(f"<{number}>", name, "name") for number, name in enumerate(names)]
    index = NameIndex(named)
    screen(index, texts[:10])  # imports
    built = min(timed(lambda: NameIndex(named)) for _ in range(3))
    data = index.dump()
    first = min(timed(lambda: NameIndex.load(data).exact(names[0])) for _ in range(3))
    cold = min(timed(lambda: NameIndex.load(data).close("Somebody Else")) for _ in range(3))
    exact = timed(lambda: [index.exact(text) for text in texts])
    close = timed(lambda: [index.close(text) for text in texts])
    both = timed(lambda: screen(index, texts))
    normal = [" ".join(words(name)) for name in names]
    asked = [" ".join(words(text)) for text in islice(texts, BESIDE)]
    every = timed(lambda: [process.extract(text, normal, scorer=fuzz.token_sort_ratio, limit=5) for text in asked])
    weighted = timed(lambda: [process.extract(text, normal, scorer=fuzz.WRatio, limit=5) for text in asked])
    a_name = close / len(texts)
    print(f"{len(names):,} names, {len(texts):,} looked up")
    print(f"index made in {seconds(built)}, {len(data) / 1e6:.1f} MB; read, and one exact look-up: {seconds(first)}")
    print(f"read, and the first close look-up: {seconds(cold)}")
    print(f"exact {seconds(exact)}, close {seconds(close)}, exact and else close {seconds(both)}")
    print(f"a close look-up takes {seconds(a_name)}")
    print(f"rapidfuzz token_sort_ratio over all names: {every / len(asked) / a_name:.1f} times that")
    print(f"rapidfuzz WRatio over all names: {weighted / len(asked) / a_name:.1f} times that")


if __name__ == "__main__":
    main()
