"""`reportgen auth logout`: forget what is kept of an account, or of all."""

from __future__ import annotations

import os

import click

from reportgen.cli import options
from reportgen.cli.auth.place import this_place
from reportgen.credentials import is_credential, token_variables
from reportgen.errors import InputError
from reportgen.safe.kept import NOTHING
from reportgen.safe.safes import Safe


@click.command()
@click.argument("handle", type=options.Handle(), required=False, metavar="[@HANDLE]")
@click.option("--all", "everything", is_flag=True, help="Forget the app and all accounts.")
def logout(handle: str | None, *, everything: bool) -> None:
    """Forget the access token of @HANDLE. X allows the app until you take that back in the account's settings."""
    if bool(handle) is everything:
        raise InputError("say whom to sign out: a handle, as in reportgen auth logout @acme, or --all")
    here = this_place()
    what = f"the access token of {handle}" if handle else "everything"
    with here.alone():
        removed = [safe.shown for safe in here.safes if _remove(safe, handle)]
    for shown in removed:
        click.echo(f"Removed from {shown}: {what}.")
    if not removed:
        click.echo(f"Nothing is kept of {handle}." if handle else "Nothing is kept.")
    for origin in here.elsewhere():
        click.echo(f"What was signed in for {origin} stays: sign out in a project with that engagement_url.")
    names = token_variables(handle) if handle else filter(is_credential, {**here.in_file, **os.environ})
    here.warn(sorted(names))


def _remove(safe: Safe, handle: str | None) -> bool:
    """Whether there was something to remove."""
    kept = safe.read()
    left = kept.without(handle) if handle else NOTHING
    if left != kept or not handle:
        # What a kill left of a write goes with the rest, also where nothing else is there.
        safe.write(left)
    return left != kept
