"""`reportgen auth`: the commands that sign in and out, one file a command."""

from __future__ import annotations

from typing import Final

import click

from reportgen.cli.lazy import LazyGroup

_COMMANDS: Final = {
    "app": "Keep the app's key and secret, and get its bearer token.",
    "login": "Sign in to an account, and keep its access token.",
    "status": "Say which credentials are there, from where, and whether they work.",
    "logout": "Forget what is kept of an account, or of all.",
}


@click.group(cls=LazyGroup, package=__name__, does=_COMMANDS)
def auth() -> None:
    """Sign in to X, and out.

    Credentials are kept in the system's keyring or, where there is none, in a file that nobody else may read. What
    the environment or .env says wins.
    """
