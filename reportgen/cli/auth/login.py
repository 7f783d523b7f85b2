"""`reportgen auth login`: sign in to an account, and keep its access token."""

from __future__ import annotations

from typing import Final

import click

from reportgen.api.x.sign_in import AccessToken, RequestToken, SignIn, SignInOverError, SignInRefusedError
from reportgen.cli import options
from reportgen.cli.auth import asked
from reportgen.cli.auth.browser import open_in_browser
from reportgen.cli.auth.place import Place, reached, this_place
from reportgen.credentials import app_name, handle_key, token_variables
from reportgen.errors import CredentialError
from reportgen.safe.kept import KeptToken
from reportgen.signable import APP, LOGIN, kept_elsewhere

_TRIES_LEFT: Final = ("", "1 try is left.", "2 tries are left.")


@click.command()
@click.argument("handle", type=options.Handle(), metavar="@HANDLE")
@click.option("--no-browser", is_flag=True, help="Print the link only.")
def login(handle: str, *, no_browser: bool) -> None:
    """Sign in to @HANDLE, which allows the app to ask for its numbers.

    Prints a link, and opens it where there is a browser. The page shows a PIN, which is asked for here; where standard
    input is no terminal, it is read from there, a line each try.
    """
    here = this_place()
    key, secret = _key(here)
    sign_in = SignIn(here.settings, key, secret)
    request = _begun(sign_in)
    click.echo(f"As {handle}, open this page on X and allow the app; it shows a PIN:\n{request.link}", err=True)
    if not no_browser:
        open_in_browser(request.link)
    token = _by_pin(sign_in, request, handle)
    if handle_key(token.handle) != handle_key(handle):
        other = f"sign in to X as {handle} first, in a private window, say; or run {LOGIN} {token.handle}"
        raise CredentialError(f"{token.handle} signed in, and not {handle}; nothing is kept: {other}")
    new = KeptToken(token.token, token.secret, app_name(key))
    safe = here.keep(lambda held: held.with_token(handle, new))
    click.echo(f"Signed in as {token.handle}.")
    click.echo(f"Kept in {safe.shown}: the access token of {token.handle}.")
    here.warn(token_variables(handle))


def _key(here: Place) -> tuple[str, str]:
    """The app's key and secret, as they are set or kept."""
    credentials = here.credentials
    for safe in here.safes:
        if not credentials.consumer_key:
            credentials = safe.read().fill(credentials)
    if not (credentials.consumer_key and credentials.consumer_secret):
        lacking = f"there is no key of an app to sign in with: run {APP} first"
        raise CredentialError("\n".join([lacking, *kept_elsewhere(here.elsewhere())]))
    return credentials.consumer_key, credentials.consumer_secret


def _begun(sign_in: SignIn) -> RequestToken:
    try:
        with reached():
            return sign_in.request_token()
    except SignInRefusedError as error:
        advice = f"run {APP} with the right key, and see that the app may sign users in (OAuth 1.0a)"
        raise CredentialError(f"no sign-in can begin ({error}): {advice}") from error


def _by_pin(sign_in: SignIn, request: RequestToken, handle: str) -> AccessToken:
    again = f"run {LOGIN} {handle} for a new link; its PIN is good for some minutes"
    for left in reversed(range(len(_TRIES_LEFT))):
        try:
            with reached():
                return sign_in.access_token(request, asked.pin())
        except SignInOverError as error:
            raise CredentialError(f"this took too long ({error}); nothing is kept: {again}") from error
        except SignInRefusedError:
            click.echo(f"This PIN is refused. {_TRIES_LEFT[left]}".rstrip(), err=True)
    raise CredentialError(f"no PIN was right; nothing is kept: {again}")
