"""What every command shares: the dataset's folder, how much to say, and errors as one line with an exit code."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from onrecord.errors import OnRecordError
from onrecord.findings import Finding


@dataclass
class Session:
    """The options before the command's name."""

    folder: Path | None = None
    quiet: bool = False
    verbose: bool = False

    def dataset(self) -> Path:
        """The folder of the dataset to work on. Raises ConfigurationError where there is none."""
        from onrecord.dataset.settings import find

        return find(self.folder or Path.cwd())

    def say(self, text: str) -> None:
        """A message to the person, on standard error, unless they want quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    def detail(self, text: str) -> None:
        """A message for those who asked for more."""
        if self.verbose:
            click.echo(text, err=True)

    def detail_uncovered(self, uncovered: Sequence[tuple[str, str]]) -> None:
        """Which shapes are not compiled, each with the reason, for those who asked for more."""
        for shape, reason in uncovered:
            self.detail(f"left to pySHACL: {shape or 'all shapes'} ({reason})")


session = click.make_pass_decorator(Session)


def counted(number: int, thing: str) -> str:
    """A number with what it counts: 1 fact, 1,200 facts."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def show_findings(findings: list[Finding]) -> None:
    """Findings on standard output, a line each, errors in red on a terminal."""
    colours = {"violation": "red", "warning": "yellow", "info": "cyan"}
    for finding in findings:
        coloured = sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        line = finding.line()
        click.echo(click.style(line, fg=colours[finding.severity]) if coloured else line)


def exit_code(findings: list[Finding]) -> int:
    """3 where a file could not be read as facts, 1 for any other violation, 0 for none."""
    if any(f.broken and f.severity == "violation" for f in findings):
        return 3
    return 1 if any(f.severity == "violation" for f in findings) else 0


@contextmanager
def errors_as_lines() -> Iterator[None]:
    """Errors of this package and of the machine end the command with one line and the exit code of their kind."""
    try:
        yield
    except OnRecordError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("kg: interrupted", err=True)
        sys.exit(130)
    except OSError as error:
        click.echo(f"kg: {error.filename or ''}: {error.strerror or error}".replace(": :", ":"), err=True)
        sys.exit(3)
