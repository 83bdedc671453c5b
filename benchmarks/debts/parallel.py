"""Debt 4: two processes beside one."""

from measuring.table import Row, seconds
from session import Session

OWED = 1.7


def measure(session: Session) -> list[Row]:
    """The same full build with --jobs 1 and --jobs 2."""
    articles = session.sizes.build
    one, two = session.build(articles, 1), session.build(articles, 2)
    ratio = one.seconds / two.seconds
    what = f"--jobs 2 beside --jobs 1, {articles:,} articles"
    return [Row("4", what, seconds(two.seconds), seconds(one.seconds), ratio, f"≥ {OWED} ×", ratio >= OWED)]
