"""Dates in EDTF, of every kind that facts take. What is early lies before what is late, so that periods hold."""

import random

Time = str | dict[str, object]


def day(rng: random.Random, first: int, last: int) -> str:
    """One day."""
    return f"{rng.randint(first, last)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def _exact(rng: random.Random, first: int, last: int) -> str:
    year = rng.randint(first, last)
    return rng.choice([f"{year}", f"{year}-{rng.randint(1, 12):02d}", day(rng, first, last)])


def early(rng: random.Random) -> str:
    """A beginning: at the latest in 2012, or vague."""
    kind = rng.random()
    if kind < 0.6:
        return _exact(rng, 1995, 2012)
    year = rng.randint(1995, 2010)
    return rng.choice(
        [f"{year}~", f"{year}?", f"{year}%", "199X", "200X", f"{year}/{year + 2}", f"{year}-03/{year}-05"]
    )


def late(rng: random.Random) -> str:
    """An end: at the earliest in 2015."""
    kind = rng.random()
    if kind < 0.6:
        return _exact(rng, 2015, 2025)
    year = rng.randint(2015, 2024)
    return rng.choice(
        [f"{year}~", f"{year}?", f"{year}%", f"{year}/{year + 1}", f"{year}-03-02/{year}-04", f"{year}~/2025?"]
    )


def said(rng: random.Random, words: str) -> Time:
    """A time in the source's words, some with bounds or with a curator's date."""
    kind = rng.random()
    if kind < 0.4:
        return {"said": words, "words": words}
    if kind < 0.6:
        return {"said": words, "words": words, "date": late(rng)}
    if kind < 0.8:
        return {"said": words, "words": words, "earliest": "2015", "latest": _exact(rng, 2016, 2025)}
    return {
        "said": words,
        "words": words,
        "curated": {"date": _exact(rng, 2015, 2025), "reason": "Other reports of the same day give the date."},
    }
