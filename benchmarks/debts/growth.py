"""Debt 2: time an article and peak memory of all processes together, from few articles to many."""

from measuring.table import Row, seconds, size
from session import Session

NOTE = "memory: proportional share of all processes together, sampled; resident counts shared pages once for each"
MOST_GROWTH, MOST_MEMORY, OWED_AT = 1.3, 2**30, 100_000


def measure(session: Session) -> list[Row]:
    """A row for each size, and one for the growth between the smallest and the largest."""
    rows, each = [], {}
    for articles in session.sizes.growth:
        built = session.build(articles, 2)
        each[articles] = built.seconds / articles
        peak = built.ran.proportional or built.ran.resident
        owed = articles == OWED_AT
        rows.append(
            Row(
                "2",
                f"{articles:,} articles",
                f"{each[articles] * 1000:.2f} ms an article, {size(peak)}",
                f"resident {size(built.ran.resident)}",
                None,
                f"< {size(MOST_MEMORY)}" if owed else "",
                peak < MOST_MEMORY if owed else None,
                NOTE,
            )
        )
    first, last = min(each), max(each)
    ratio = each[last] / each[first]
    note = "" if last == OWED_AT else f"owed from 1,000 to {OWED_AT:,}: make bench BENCH=--full"
    met = ratio <= MOST_GROWTH
    rows.append(
        Row(
            "2",
            f"time an article, {last:,} over {first:,}",
            seconds(each[last]),
            seconds(each[first]),
            ratio,
            f"≤ {MOST_GROWTH} ×",
            met,
            note,
        )
    )
    return rows
