"""Who is calling: the OAuth 1.0a signature and the OAuth 2.0 bearer token, checked for real."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from oauthlib.oauth1.rfc5849 import signature

from reportgen.simulator.accounts import Account, App

if TYPE_CHECKING:
    from oauthlib.common import Request

CLOCK_SKEW: Final = 300
"""By how many seconds a timestamp may differ from the server's clock."""

BY_APP: Final = (
    *("oauth_consumer_key", "oauth_nonce", "oauth_timestamp"),
    *("oauth_signature_method", "oauth_signature"),
)
"""What is in a signature by the consumer key alone."""
BY_TOKEN: Final = (BY_APP[0], "oauth_token", *BY_APP[1:])
"""What is in a signature by the consumer key and a token."""


class UnauthenticatedError(Exception):
    """No caller is known: the text is the API's reason."""


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What a signature is over. `form` is the body where it is a form; no other body is signed."""

    method: str
    url: str
    authorization: str | None
    form: str = ""


@dataclass(frozen=True, slots=True)
class _Signed:
    """What the signature library reads of a request; its own class takes no parameters but those it finds itself."""

    http_method: str
    uri: str
    params: list[tuple[str, str]]
    signature: str


@dataclass(slots=True)
class Gate:
    """Tells callers by their credentials. `clock` gives the seconds since 1970."""

    app: App
    accounts: tuple[Account, ...]
    clock: Callable[[], float]
    _nonces: dict[tuple[str, str], float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def caller(self, request: SignedRequest) -> Account | None:
        """Whose access token signed the request; None where it bears the bearer token. Raises UnauthenticatedError."""
        scheme, _, credentials = (request.authorization or "").partition(" ")
        if scheme.lower() == "bearer":
            if credentials.strip() != self.app.bearer_token:
                raise UnauthenticatedError("Bearer token not found")
            return None
        if scheme.lower() == "oauth":
            given = self.signed(request, lambda token: self._owner(token).access_token_secret)
            return self._owner(given["oauth_token"])
        raise UnauthenticatedError("Unknown Authorization Type" if scheme else "No Authorization header")

    def signed(
        self, request: SignedRequest, secret_of: Callable[[str], str], required: Sequence[str] = BY_TOKEN
    ) -> dict[str, str]:
        """The parameters of a signed request, by name. Raises UnauthenticatedError where it is not signed right.

        `secret_of` gives the secret of an access or request token ('' for none), or raises UnauthenticatedError.
        """
        params = _params(request)
        given = dict(params)
        missing = [name for name in required if not given.get(name)]
        if missing:
            raise UnauthenticatedError(f"Missing {', '.join(missing)}")
        if given["oauth_signature_method"] != "HMAC-SHA1":
            raise UnauthenticatedError("Signature method must be HMAC-SHA1")
        if given["oauth_consumer_key"] != self.app.consumer_key:
            raise UnauthenticatedError("Consumer key not found")
        token = given.get("oauth_token", "")
        unsigned = [(name, value) for name, value in params if name != "oauth_signature"]
        signed = _Signed(request.method, request.url, unsigned, given["oauth_signature"])
        if not signature.verify_hmac_sha1(cast("Request", signed), self.app.consumer_secret, secret_of(token)):
            raise UnauthenticatedError("Signature is invalid")
        self._admit_once(given["oauth_timestamp"], given["oauth_nonce"], token)
        return given

    def _owner(self, token: str) -> Account:
        account = next((one for one in self.accounts if one.access_token == token), None)
        if account is None:
            raise UnauthenticatedError("Access token not found")
        return account

    def _admit_once(self, timestamp: str, nonce: str, token: str) -> None:
        now = self.clock()
        if not timestamp.isdecimal() or abs(int(timestamp) - now) > CLOCK_SKEW:
            raise UnauthenticatedError("Timestamp out of bounds")
        with self._lock:
            self._forget(now - 2 * CLOCK_SKEW)
            if (token, nonce) in self._nonces:
                raise UnauthenticatedError("Nonce has been used before")
            self._nonces[token, nonce] = now

    def _forget(self, before: float) -> None:
        """Drop nonces seen so long ago that their timestamps are out of bounds; the oldest come first."""
        while self._nonces:
            oldest = next(iter(self._nonces))
            if self._nonces[oldest] >= before:
                return
            del self._nonces[oldest]


def _params(request: SignedRequest) -> list[tuple[str, str]]:
    headers = {"Authorization": request.authorization or ""}
    query = urlsplit(request.url).query
    try:
        return signature.collect_parameters(query, request.form, headers, exclude_oauth_signature=False)
    except ValueError as error:
        raise UnauthenticatedError("Malformed Authorization header") from error
