"""`kg completion`: the script that completes commands, options and choices in a shell."""

import click


@click.command(
    epilog="""\b
Examples:
  kg completion bash > ~/.local/share/bash-completion/completions/kg
  kg completion zsh > ~/.zfunc/_kg         with ~/.zfunc in fpath
  kg completion fish > ~/.config/fish/completions/kg.fish
"""
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes kg commands in your shell."""
    from click.shell_completion import get_completion_class

    root = ctx.find_root()
    completer = get_completion_class(shell)
    assert completer is not None
    # Not `source()`: for bash that first runs the bash of this machine to learn its version.
    script = completer(root.command, {}, "kg", "_KG_COMPLETE")
    click.echo(script.source_template % script.source_vars())
