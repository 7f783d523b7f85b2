"""`reportgen auth app`: keep the app's key and secret, and get its bearer token."""

from __future__ import annotations

from dataclasses import replace

import click

from reportgen.api.x.sign_in import SignIn, SignInRefusedError
from reportgen.cli.auth import asked
from reportgen.cli.auth.place import reached, this_place
from reportgen.credentials import BEARER, CONSUMER
from reportgen.errors import CredentialError
from reportgen.safe.kept import KeptApp
from reportgen.signable import LOGIN


@click.command()
def app() -> None:
    """Keep the consumer key and secret of your app on X, and get its bearer token.

    Asks for the two; where standard input is no terminal, reads them from it, a line each.
    """
    here = this_place()
    kept = here.safes[0].read()
    key, secret = asked.secret("consumer key"), asked.secret("consumer secret")
    try:
        with reached():
            bearer = SignIn(here.settings, key, secret).bearer_token()
    except SignInRefusedError as error:
        advice = "copy both again from the app's page of keys and tokens"
        raise CredentialError(f"the key or the secret is wrong ({error}); nothing is kept: {advice}") from error
    new = KeptApp(key, secret, bearer)
    safe = here.keep(lambda held: replace(held, app=new))
    click.echo(f"Kept in {safe.shown}: the app's key and secret, and its bearer token.")
    for handle in (handle for handle, token in kept.tokens.items() if token.app != new.name):
        click.echo(f"@{handle.lower()} was signed in with another app: run {LOGIN} @{handle.lower()}")
    here.warn([*CONSUMER, BEARER])
