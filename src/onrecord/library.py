"""What a program asks of a built dataset, in the words of the command line.

dataset = onrecord.open("out")
dataset.status("taliban", in_="RU", on="2010-01-01")[0]["answer"]
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from onrecord.errors import QueryError
from onrecord.ntriples import text_of
from onrecord.store import Release

if TYPE_CHECKING:
    from onrecord.dataset.settings import Settings
    from onrecord.questions.documents import Document
    from onrecord.release.building import Report
    from onrecord.store import Answer

Row: TypeAlias = dict[str, "str | None"]


class Dataset:
    """A release, and the settings of the dataset that it is of."""

    def __init__(self, release: Release, settings: "Settings") -> None:
        self.release = release
        self.settings = settings

    def status(self, entity: str, in_: str | None = None, on: str | None = None) -> "list[Document]":
        """The status of somebody, one document a jurisdiction, as `kg status --json` has them.

        `entity` is a name, an id or an address; `in_` a state's code, name or address; `on` a day, month or year in
        EDTF, the last on record without it. Raises QueryError for what is not understood.
        """
        from onrecord.questions.documents import of_report
        from onrecord.questions.kept_names import kept
        from onrecord.questions.lookup import Lookup
        from onrecord.questions.status import Statuses
        from onrecord.questions.verdicts import days_of

        statuses = Statuses(self.release.store(), self.settings.base, self.settings.language)
        where = statuses.jurisdictions.named(in_) if in_ is not None else None
        lookup = Lookup(statuses.said, statuses.names, lambda: kept(self.release, statuses.said))
        days = days_of(on) if on is not None else None
        return of_report(statuses.report(lookup.one(entity), where, days))

    def query(self, query: str, timeout: float = 60.0) -> list[Row] | bool:
        """The rows of a SELECT, each by its variables, as texts; the truth of an ASK.

        Raises QueryError for a query that cannot be run, and for CONSTRUCT and DESCRIBE: `release.query` streams these.
        """
        from onrecord.questions.prefixes import known

        with self.release.query(query, prefixes=known(self.settings.base), timeout=timeout) as answer:
            return _plain(answer)

    def ask(self, name: str, timeout: float = 60.0, **values: str) -> list[Row] | bool:
        """The answer of a named question, by its parameters, as `query` gives it. Raises QueryError for a name or
        parameter that there is not, and for one that is missing."""
        from onrecord.questions import Names, bind, named

        question = named(name)
        wrong = question.unknown(values) or question.missing(values)
        if wrong or question.over:
            told = f"the question {name} cannot be asked here: see {wrong[0] if wrong else 'the release it is of'}"
            raise QueryError(told, hint=f"kg ask {name}")
        store = self.release.store()
        return self.query(bind(question, values, Names(store, self.settings.base).resolve), timeout)


def _plain(answer: "Answer") -> list[Row] | bool:
    if answer.kind == "truth":
        return answer.truth()
    if answer.kind != "rows":
        raise QueryError("triples are no rows", hint="ask release.query, which streams them")
    return list(_rows(answer))


def _rows(answer: "Answer") -> Iterator[Row]:
    for row in answer.rows():
        yield {name: None if term is None else text_of(term) for name, term in zip(answer.variables, row, strict=True)}


def open_dataset(path: str | Path) -> Dataset:
    """The latest release of a dataset: of its folder, or of the folder `out` that it is built into.

    Raises NotBuilt where there is none, and ConfigurationError where no kg.toml is near.
    """
    from onrecord.dataset import settings

    folder = settings.find(Path(path).resolve())
    given = settings.load(folder)
    own = folder == Path(path).resolve()
    return Dataset(Release.latest(folder / given.out if own else Path(path)), given)


def build(folder: str | Path, out: str | Path | None = None, jobs: int = 1) -> "Report":
    """Build the dataset of a folder and publish it, as `kg build` does. What is wrong with the data is in the findings
    of the report; raises the errors of configuration and publishing."""
    from onrecord.dataset import settings
    from onrecord.dataset.segments import Options
    from onrecord.release import building

    home = settings.find(Path(folder).resolve())
    given = settings.load(home)
    texts = tuple(home / text for text in given.texts)
    target = Path(out) if out is not None else home / given.out
    return building.build(Options(home, given, target, jobs, texts), lambda stage, done, of: None)
