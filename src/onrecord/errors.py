"""Everything that this package raises, in one tree. May be imported anywhere.

    OnRecordError                 says what is wrong, where, and what to do; never shown as a traceback
    ├── InputError                a file that cannot be read as what it should be (exit 3)
    │   └── TooLarge              a file, line or nesting beyond a limit of kg.toml (exit 3)
    ├── ConfigurationError        kg.toml, an option or the environment (exit 3)
    ├── VocabularyError           ontology, shapes or queries that contradict themselves (exit 3)
    ├── QueryError                a query that cannot be run (exit 3)
    │   ├── QueryRefused          a query that would leave the machine, or is nested too deep (exit 3)
    │   └── QueryTimeout          a query stopped at its time limit (exit 3)
    ├── PublishError              a release that cannot be written (exit 3)
    ├── WorkerDied                a process of a build that was ended from outside (exit 3)
    └── NotBuilt                  there is no release to answer from (exit 3)

Bad data is not an exception but a `Finding` (see `onrecord.findings`). Errors of the libraries are translated where the
library is called, so that nothing else has to know them.
"""


class OnRecordError(Exception):
    """The root. `message` is one line; `hint` says what to do about it, where there is something to do."""

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} — {self.hint}" if self.hint else self.message


class InputError(OnRecordError):
    """A file that cannot be read as what it should be."""


class TooLarge(InputError):
    """A file, line or nesting beyond a limit."""


class ConfigurationError(OnRecordError):
    """kg.toml, an option or the environment."""


class VocabularyError(OnRecordError):
    """Ontology, shapes or queries that contradict themselves or each other."""


class QueryError(OnRecordError):
    """A query that cannot be run."""


class QueryRefused(QueryError):
    """A query that would leave the machine, or is nested too deep."""


class QueryTimeout(QueryError):
    """A query stopped at its time limit."""


class PublishError(OnRecordError):
    """A release that cannot be written."""


class WorkerDied(OnRecordError):
    """A process of a build that was ended from outside."""


class NotBuilt(OnRecordError):
    """There is no release to answer from."""
