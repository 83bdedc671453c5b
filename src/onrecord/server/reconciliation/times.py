"""Times as a cell of a table says them: vague stays vague."""

from onrecord.ntriples import text_of
from onrecord.questions.said import Said
from onrecord.vocabulary.terms import onr


def written(said: Said, time: str) -> str:
    """A time in EDTF, where EDTF can say it; else its bounds as an interval; else the words of the source."""
    edtf = _texts(said, time, "edtf")
    if edtf:
        return "; ".join(edtf)
    first, last = _texts(said, time, "earliest"), _texts(said, time, "latest")
    if first or last:
        return f"{first[0] if first else '..'}/{last[0] if last else '..'}"
    spoken = _texts(said, time, "asSaid")
    return f"“{', '.join(spoken)}”" if spoken else ""


def bounds(said: Said, time: str) -> tuple[str, str] | None:
    """The first and last day that a time can be on; None where nobody can say them of either end."""
    first, last = _texts(said, time, "earliest"), _texts(said, time, "latest")
    if not (first or last):
        found = [bounds_of(text) for text in _texts(said, time, "edtf")]
        return next((each for each in found if each is not None), None)
    return (min(first) if first else "0001-01-01"), (max(last) if last else "9999-12-31")


def bounds_of(text: str) -> tuple[str, str] | None:
    """The first and last day of a date in EDTF; of what OpenRefine makes of a date (`1948-01-01T00:00:00Z`) its day.
    None for what is no date, or has no bounds (`1948~`)."""
    from onrecord.facts import dates

    text = text.strip().partition("T")[0]
    try:
        first, last = dates.bounds(text)
    except ValueError:
        return None
    if first is None and last is None:
        return None
    return str(first) if first else "0001-01-01", str(last) if last else "9999-12-31"


def _texts(said: Said, time: str, which: str) -> list[str]:
    prop = {"edtf": onr.edtf, "earliest": onr.earliest, "latest": onr.latest, "asSaid": onr.asSaid}[which]
    return [text_of(value) for value in said.objects(time, prop)]
