"""Who signs the calls to the X API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reportgen.api.auth import missing_variables
from reportgen.credentials import Credentials
from reportgen.request import Signer

APP: Final = Signer(None)


def timeline_signer(handle: str, credentials: Credentials) -> Signer:
    """The owner, who sees a protected timeline too, where the token is there; else the app."""
    owner = Signer(handle)
    return APP if missing_variables(owner, credentials) else owner


def look_up_signers(handles: Iterable[str], credentials: Credentials) -> list[Signer]:
    """Who may look accounts and tweets up: the app, which sees all that is public, and then the owners, for what is
    not; of these, whose credential is there.
    """
    signers = (APP, *map(Signer, handles))
    return [signer for signer in signers if not missing_variables(signer, credentials)]
