"""The command `kg`: one file a command, each loaded when it is asked for."""

import importlib
import keyword
import os
import sys
from pathlib import Path

import click

from onrecord import __version__
from onrecord.cli.session import Session, errors_as_lines

COMMANDS = {
    "init": "Make a new dataset folder that builds as it is.",
    "check": "Check facts: syntax, references, evidence, shapes.",
    "import": "Read official lists into facts.",
    "build": "Check, infer and publish the dataset.",
    "verify": "Check a release or a bundle: files, hashes, signature.",
    "suggest": "Offer candidates for links between entities and lists.",
    "validate": "Validate RDF files against shapes.",
    "query": "Ask the built dataset in SPARQL.",
    "ask": "Ask a named question.",
    "status": "Tell somebody's status on a date, and what it rests on.",
    "show": "Show everything known of something, with its sources.",
    "share": "Write a bundle of documents for a partner.",
    "diff": "Tell what differs between releases, files or revisions.",
    "export": "Write the built dataset in another format.",
    "serve": "Serve the built dataset: pages, SPARQL, JSON.",
    "doctor": "Show versions and settings, what is missing, and how to mend it.",
    "completion": "Print the script that completes kg commands in your shell.",
}
"""Each command's module and what it does, so that `kg --help` needs to load none of them."""


class _Commands(click.Group):
    """A group that loads a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = f"{name}_" if keyword.iskeyword(name) else name
        command = importlib.import_module(f"onrecord.cli.{module}").command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """A reader who has seen enough and closes the pipe is no error; click alone would end with 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "KG"})
@click.option(
    "-C",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Work on the dataset in DIR.",
    metavar="DIR",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say more about what is done.")
@click.version_option(__version__, prog_name="kg")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, quiet: bool, verbose: bool) -> None:
    """Knowledge graphs of what the news and the official record say.

    \b
    Examples:
      kg init archive            make a dataset folder
      kg -C archive check        check its facts
      kg -C archive build        publish it in archive/out
      kg ask                     list the questions that it can answer
    """
    ctx.obj = Session(folder, quiet, verbose)


def main() -> None:
    """The entry point of the program `kg`."""
    with errors_as_lines():
        # Not click's own standalone mode, which ends with 1 where somebody interrupts.
        code = command.main(prog_name="kg", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
