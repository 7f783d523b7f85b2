"""Who signs: OAuth 1.0a with the owner's access token, or the app's bearer token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from reportgen.credentials import BEARER, CONSUMER, Credentials, token_variables
from reportgen.request import Signer

if TYPE_CHECKING:
    from requests import PreparedRequest

Signature: TypeAlias = "Callable[[PreparedRequest], PreparedRequest]"
"""What `requests` lets put the authorization on a call."""


@dataclass(frozen=True, slots=True, repr=False)
class _Bearer:
    """OAuth 2.0 app context."""

    token: str

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        r.headers["Authorization"] = f"Bearer {self.token}"
        return r


def sign_as(signer: Signer, credentials: Credentials) -> Signature:
    """The authorization that `requests` puts on one call. LookupError where the credentials lack a part."""
    if missing := missing_variables(signer, credentials):
        raise LookupError(", ".join(missing))
    if signer.handle is None:
        return _Bearer(credentials.bearer_token or "")
    from requests_oauthlib import OAuth1

    token, token_secret = credentials.token(signer.handle) or ("", "")
    # HMAC-SHA1; a JSON body is not part of the signature, which is this library's way too.
    return OAuth1(credentials.consumer_key, credentials.consumer_secret, token, token_secret)


def missing_variables(signer: Signer, credentials: Credentials) -> tuple[str, ...]:
    """The settings that the signer needs and that are not there."""
    if signer.handle is None:
        values: tuple[str | None, ...] = (credentials.bearer_token,)
    else:
        tokens = credentials.token(signer.handle) or (None, None)
        values = (credentials.consumer_key, credentials.consumer_secret, *tokens)
    return tuple(name for name, value in zip(credential_variables(signer), values, strict=True) if not value)


def credential_variables(signer: Signer) -> tuple[str, ...]:
    """The settings that hold the signer's credential."""
    return (*CONSUMER, *token_variables(signer.handle)) if signer.handle else (BEARER,)
