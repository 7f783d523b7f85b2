"""Takes the keys of another client's file into the safe, and learns whose they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reportgen.api.reply import NoReplyError
from reportgen.api.x.failures import XBusyError, XRefusedError, XUnauthorizedError
from reportgen.api.x.sign_in import SignIn, SignInRefusedError
from reportgen.cli.auth.place import reached, this_place
from reportgen.credentials import (
    BEARER,
    CONSUMER,
    STRAY,
    Credentials,
    handle_key,
    is_well_formed,
    token_variables,
)
from reportgen.errors import CredentialError, InputError
from reportgen.migrate.accounts import Account, Secret
from reportgen.migrate.recognise import Kind
from reportgen.request import Signer
from reportgen.safe.kept import Kept, KeptApp, KeptToken

if TYPE_CHECKING:
    from reportgen.settings import Settings

_OF_PYTHON: Final = ".twitter_api_creds"
_SOMEBODY: Final = "@somebody"
"""The handle that signs until it is known whose token it is."""


def default_file(kind: Kind, settings: str) -> str:
    """Where the client keeps its keys: beside its settings, or in the home folder. Raises InputError without one."""
    if kind == "ruby":
        return str(Path(settings).parent / "accounts.yaml")
    try:
        return str(Path.home() / _OF_PYTHON)
    except RuntimeError as error:
        raise InputError(
            f"there is no home folder to look for {_OF_PYTHON} in: say where it is, --accounts FILE"
        ) from error


def take_over(account: Account, handle: str | None) -> str | None:
    """Keep the app and the access token, and tell the handle of its owner; None where the file has no token.

    `handle` is whose it should be, None where that is not known. Raises InputError, CredentialError and SafeError, and
    has kept nothing then.
    """
    _check(account)
    here = this_place()
    # Without the app's own secret no token is right: it is blamed first.
    app = _app(account, here.settings)
    owner = _owner(account, here.settings) if account.token.text else None
    if owner and handle and handle_key(owner) != handle_key(handle):
        raise _refusal(account.token, f"the access token is {owner}'s, not {handle}'s")
    safe = here.keep(lambda held: _with(held, app, owner, account))
    what = f", and the access token of {owner}" if owner else ""
    click.echo(f"Kept in {safe.shown}: the app's key and secret, its bearer token{what}.", err=True)
    click.echo(f"They still stand in {account.path}: delete it when nothing else reads it.", err=True)
    here.warn([*CONSUMER, BEARER, *(token_variables(owner) if owner else ())])
    return owner


def _with(held: Kept, app: KeptApp, owner: str | None, account: Account) -> Kept:
    if held.app and held.app.name != app.name:
        advice = "run reportgen auth logout --all first, if it is to take its place"
        raise _refusal(account.consumer_key, f"the key of another app is kept; {advice}")
    new = replace(held, app=app)
    token = KeptToken(account.token.text, account.token_secret.text, app.name)
    return new.with_token(owner, token) if owner else new


def _check(account: Account) -> None:
    """Raise InputError where a part is missing, or can be none; it repeats none."""
    wanted = (account.consumer_key, account.consumer_secret)
    pair = (account.token, account.token_secret)
    missing = [secret for secret in (*wanted, *(pair if any(part.text for part in pair) else ())) if not secret.text]
    stray = [secret for secret in (*wanted, *pair) if secret.text and not is_well_formed(secret.text)]
    problems = [
        *(secret.problem(f"{secret.key} is empty; put it there, or leave out --credentials") for secret in missing),
        *(secret.problem(f"{secret.key} {STRAY}") for secret in stray),
    ]
    if problems:
        raise InputError(*sorted(problems))


def _owner(account: Account, settings: Settings) -> str:
    """The handle whose token it is, as the vendor spells it. Raises CredentialError."""
    from reportgen.api.x.client import XClient

    token = (account.token.text, account.token_secret.text)
    signed = Credentials(account.consumer_key.text, account.consumer_secret.text, tokens={handle_key(_SOMEBODY): token})
    try:
        return XClient(settings, signed).me(Signer(_SOMEBODY)).handle
    except XUnauthorizedError as error:
        raise _refusal(account.token, f"the access token is refused ({error})") from error
    except (XBusyError, XRefusedError, NoReplyError) as error:
        raise _refusal(account.token, f"X does not tell whose access token it is ({error})") from error


def _app(account: Account, settings: Settings) -> KeptApp:
    """The app with its bearer token. Raises CredentialError."""
    key, secret = account.consumer_key.text, account.consumer_secret.text
    try:
        with reached():
            return KeptApp(key, secret, SignIn(settings, key, secret).bearer_token())
    except SignInRefusedError as error:
        raise _refusal(account.consumer_key, f"the key or the secret is refused ({error})") from error


def _refusal(secret: Secret, message: str) -> CredentialError:
    return CredentialError(str(secret.problem(f"{message}; nothing is kept")))
