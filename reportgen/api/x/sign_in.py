"""The calls of signing in: the app's bearer token, and an account's access token by a PIN (OAuth 1.0a, out of band)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote, unquote

from reportgen.api.bodies import error_line, one_line, parse_body
from reportgen.api.http import FORM, Connection, Received
from reportgen.api.reply import NoReplyError
from reportgen.api.x.parts import handle_at
from reportgen.credentials import Credentials, is_well_formed

if TYPE_CHECKING:
    from reportgen.api.auth import Signature
    from reportgen.settings import Settings

_OUT_OF_BAND: Final = "oob"
"""Where to send the user after the consent: nowhere, the page shows a PIN."""
_LARGEST_ANSWER: Final = 1 << 16
"""Bytes. The longest has some hundred."""
_MOST_FIELDS: Final = 20
_SAFE_IN_LINK: Final = re.compile(r"[\w.~-]{1,200}", re.ASCII)
"""What a token is made of. It stands in the link that the user opens."""
_LONGEST: Final = 1000
"""Characters of a secret or a bearer token."""
_GRANTED: Final = re.compile(r"""(?:oauth_token|access_token|oauth_verifier)\w*["'\\\s]*[=:]""", re.IGNORECASE)
"""What stands before a token or a PIN in an answer. A fresh token is not known, and so is not found by itself."""


class SignInRefusedError(Exception):
    """The key, the secret or the PIN is refused; the text has the vendor's words."""


class SignInOverError(SignInRefusedError):
    """The sign-in took too long, or was finished before."""


@dataclass(frozen=True, slots=True, repr=False)
class RequestToken:
    """What one sign-in is about, until the PIN is there. `link` is the page that shows the PIN."""

    token: str
    secret: str
    link: str


@dataclass(frozen=True, slots=True, repr=False)
class AccessToken:
    """An account's token and its secret. `handle` has an @, and is as the vendor spells it."""

    token: str
    secret: str
    handle: str


class SignIn:
    """Makes the calls for the app of a consumer key, one each; it repeats nothing.

    Each raises SignInRefusedError, and NoReplyError where no answer came that can be read.
    """

    def __init__(self, settings: Settings, consumer_key: str, consumer_secret: str) -> None:
        self._settings = settings
        self._key = consumer_key
        self._secret = consumer_secret

    def bearer_token(self) -> str:
        """The app's bearer token. Asked for again, it is the same one."""
        from requests.auth import HTTPBasicAuth

        # RFC 6749, 2.3.1: both are encoded before they are joined.
        basic = HTTPBasicAuth(quote(self._key, safe=""), quote(self._secret, safe=""))
        received = self._post("/oauth2/token", basic, body="grant_type=client_credentials")
        return _secret((parse_body(received.text) or {}).get("access_token"))

    def request_token(self) -> RequestToken:
        """The begin of a sign-in."""
        from requests_oauthlib import OAuth1

        signature = OAuth1(self._key, self._secret, callback_uri=_OUT_OF_BAND)
        fields = _fields(self._post("/oauth/request_token", signature))
        token = _token(fields.get("oauth_token"))
        link = f"{self._settings.x_api_url.rstrip('/')}/oauth/authorize?oauth_token={token}"
        return RequestToken(token, _secret(fields.get("oauth_token_secret")), link)

    def access_token(self, request: RequestToken, pin: str) -> AccessToken:
        """The token of the account that saw the PIN."""
        from requests_oauthlib import OAuth1

        signature = OAuth1(self._key, self._secret, request.token, request.secret, verifier=pin)
        fields = _fields(self._post("/oauth/access_token", signature, request))
        token, secret = _token(fields.get("oauth_token")), _secret(fields.get("oauth_token_secret"))
        return AccessToken(token, secret, handle_at(fields, "screen_name"))

    def _post(self, path: str, signature: Signature, request: RequestToken | None = None, body: str = "") -> Received:
        tokens = {"": (request.token, request.secret)} if request else {}
        credentials = Credentials(self._key, self._secret, tokens=tokens)
        connection = Connection(
            self._settings.x_api_url, "the X API", self._settings, credentials, largest=_LARGEST_ANSWER
        )
        received = connection.post(path, body, signature, FORM)
        if received.status == 200:
            return received
        answered = f"the X API answered with status {received.status}"
        said = _words(received.text)
        detail = f"{answered}: {said}" if said else answered
        if received.status in {400, 401, 403}:
            raise SignInOverError(detail) if "expired" in said else SignInRefusedError(detail)
        # Too many tries (429) or a wrong address (404) say nothing of the key, no more than what fails on their side.
        raise NoReplyError(detail)


def _words(text: str) -> str:
    """What the vendor says: JSON, or, in this part of the API, a bare sentence. A page of a proxy's says nothing, and
    what has a token in it is not for the eye.
    """
    said = error_line(parse_body(text), "") or ("" if "<" in text else one_line(text))
    return "" if _GRANTED.search(f"{said} {unquote(text)}") else said


def _fields(received: Received) -> dict[str, str]:
    try:
        fields = parse_qs(received.text, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise NoReplyError("the X API's answer is damaged: it has too many fields") from error
    return {name: values[0] for name, values in fields.items()}


def _token(part: object) -> str:
    if not isinstance(part, str) or not _SAFE_IN_LINK.fullmatch(part):
        raise _lacking()
    return part


def _secret(part: object) -> str:
    if not isinstance(part, str) or not is_well_formed(part) or len(part) > _LONGEST:
        raise _lacking()
    return part


def _lacking() -> NoReplyError:
    return NoReplyError("the X API's answer is damaged: it lacks a token")
