"""A group of commands, one file a command, imported when it is called, so that `--version` and `--help` stay quick."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from reportgen.errors import StoppedError


class LazyGroup(click.Group):
    """The commands of a package. `does` says what each does; it is a function in a module, both of its name."""

    def __init__(self, name: str | None, package: str, does: Mapping[str, str], **given: object) -> None:
        super().__init__(name, **given)  # type: ignore[arg-type]
        self._package = package
        self._does = does

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self._does)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in self._does:
            return None
        command: click.Command = getattr(import_module(f"{self._package}.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Call the command. Ctrl-C ends it like any other expected end, before click prints its own word for it.

        At a prompt, click has made an Abort of it.
        """
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort) as stop:
            raise StoppedError from stop

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(self._does.items()))
