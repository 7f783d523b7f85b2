"""What is kept of a simulated X: its app and the tokens of its accounts."""

from __future__ import annotations

from reportgen.safe.kept import KeptApp, KeptToken
from reportgen.simulator.world import World


def app_of(world: World) -> KeptApp:
    app = world.app
    return KeptApp(app.consumer_key, app.consumer_secret, app.bearer_token)


def token_of(world: World, handle: str) -> KeptToken:
    account = world.account(handle)
    return KeptToken(account.access_token, account.access_token_secret, app_of(world).name)
