"""Who signs the calls to the X API."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.api.auth import missing_variables
from reportgen.credentials import Credentials
from reportgen.request import Signer

_APP = Signer(None)


def timeline_signer(handle: str, credentials: Credentials) -> Signer:
    """The owner, who sees a protected timeline too, where the token is there; else the app."""
    owner = Signer(handle)
    return _APP if missing_variables(owner, credentials) else owner


def look_up_signer(handles: Iterable[str], credentials: Credentials) -> Signer:
    """The app, where its bearer token is there; else the first of the handles that has a token."""
    if not missing_variables(_APP, credentials):
        return _APP
    return next((s for handle in handles if (s := timeline_signer(handle, credentials)) != _APP), _APP)
