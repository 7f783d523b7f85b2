"""The calls and pages of the sign-in: from a request to a reply."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from reportgen.simulator.auth import BY_APP, SignedRequest, UnauthenticatedError
from reportgen.simulator.signin.pages import authorize_page, no_sign_in_page, pin_page
from reportgen.simulator.signin.pins import NoSignInError, WrongPinError
from reportgen.simulator.weather import Reply, refusal, reply_of
from reportgen.simulator.x.view import View

if TYPE_CHECKING:
    from reportgen.simulator.server import Simulator

OUT_OF_BAND: Final = "oob"
_FORM: Final = "application/x-www-form-urlencoded; charset=utf-8"
_HTML: Final = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Visit:
    """A request to one of these paths, and its parameters: of the query, or of the form that was sent."""

    request: SignedRequest
    parameters: Mapping[str, str]


def visit_of(request: SignedRequest) -> Visit:
    """The request with its parameters by name."""
    return Visit(request, dict(parse_qsl(f"{urlsplit(request.url).query}&{request.form}")))


def sign_in(request: SignedRequest, server: Simulator) -> Reply | None:
    """The reply to a request of the sign-in; None where the path is none of it."""
    path = urlsplit(request.url).path
    ways = _DOORS.get(path)
    if ways is None:
        return None
    way = ways.get(request.method)
    if way is None:
        return refusal(405, f"Use {' or '.join(ways)}.", Allow=", ".join(ways))
    return way(visit_of(request), server)


def _request_token(visit: Visit, server: Simulator) -> Reply:
    """POST /oauth/request_token: signed with the consumer key alone."""
    try:
        given = server.gate.signed(visit.request, lambda _: "", BY_APP)
    except UnauthenticatedError:
        return _error(401, 32, "Could not authenticate you.")
    if given.get("oauth_callback") != OUT_OF_BAND:
        # The real app may have addresses to come back to; this one has none.
        message = "Callback URL not approved for this client application. "
        message += "Approved callback URLs can be adjusted in your application settings"
        return _error(403, 415, message)
    begun = server.sign_ins.begin(server.clock())
    return _form(oauth_token=begun.token, oauth_token_secret=begun.secret, oauth_callback_confirmed="true")


def _show(visit: Visit, server: Simulator) -> Reply:
    """GET /oauth/authorize: who do you want to sign in as?"""
    token = visit.parameters.get("oauth_token", "")
    try:
        server.sign_ins.find(token, server.clock())
    except NoSignInError:
        return Reply(403, no_sign_in_page().encode(), _HTML)
    view = View(server.world(), server.faults, None)
    names = {account.handle: f"@{view.username(account)}" for account in view.users_who_sign_in()}
    return Reply(200, authorize_page(token, names).encode(), _HTML)


def _authorize(visit: Visit, server: Simulator) -> Reply:
    """POST /oauth/authorize: the PIN."""
    view = View(server.world(), server.faults, None)
    wanted = visit.parameters.get("handle")
    account = next((one for one in view.users_who_sign_in() if one.handle == wanted), None)
    if account is None:
        return _show(visit, server)
    try:
        pin = server.sign_ins.authorize(visit.parameters.get("oauth_token", ""), account, server.clock())
    except NoSignInError:
        return Reply(403, no_sign_in_page().encode(), _HTML)
    return Reply(200, pin_page(pin, f"@{view.username(account)}").encode(), _HTML)


def _access_token(visit: Visit, server: Simulator) -> Reply:
    """POST /oauth/access_token: signed with the request token; the PIN is the verifier."""
    now = server.clock()
    try:
        given = server.gate.signed(visit.request, lambda token: server.sign_ins.find(token, now).secret)
        account = server.sign_ins.redeem(given["oauth_token"], given.get("oauth_verifier", ""), now)
    except UnauthenticatedError:
        return _error(401, 32, "Could not authenticate you.")
    except NoSignInError:
        return _error(401, 89, "Invalid or expired token.")
    except WrongPinError:
        text = "Error processing your OAuth request: Invalid oauth_verifier parameter"
        return Reply(401, text.encode(), _HTML)
    username = View(server.world(), server.faults, None).username(account)
    return _form(
        oauth_token=account.access_token,
        oauth_token_secret=account.access_token_secret,
        user_id=account.user_id,
        screen_name=username,
    )


def _app_token(visit: Visit, server: Simulator) -> Reply:
    """POST /oauth2/token: the bearer token for the app's key and secret."""
    if _basic(visit.request.authorization) != (server.gate.app.consumer_key, server.gate.app.consumer_secret):
        return _error(403, 99, "Unable to verify your credentials", label="authenticity_token_error")
    if visit.parameters.get("grant_type") != "client_credentials":
        return _error(403, 170, "Missing required parameter: grant_type", label="forbidden_missing_parameter")
    return reply_of(200, {"token_type": "bearer", "access_token": server.gate.app.bearer_token})


def _basic(authorization: str | None) -> tuple[str, str] | None:
    """Key and secret of HTTP Basic, each of them encoded as in an address; None where they are not there."""
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        key, _, secret = b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return None
    return unquote(key), unquote(secret)


def _form(**parameters: str) -> Reply:
    return Reply(200, urlencode(parameters).encode(), _FORM)


def _error(status: int, code: int, message: str, **more: str) -> Reply:
    return reply_of(status, {"errors": [{"code": code, "message": message, **more}]})


_DOORS: Final[Mapping[str, Mapping[str, Callable[[Visit, Simulator], Reply]]]] = {
    "/oauth/request_token": {"POST": _request_token},
    "/oauth/authorize": {"GET": _show, "POST": _authorize},
    "/oauth/access_token": {"POST": _access_token},
    "/oauth2/token": {"POST": _app_token},
}
