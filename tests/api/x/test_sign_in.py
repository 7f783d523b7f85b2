"""The calls of signing in over HTTP: what is sent, and what an answer that is none of them means."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable

import pytest

from reportgen.api.reply import NoReplyError
from reportgen.api.x.sign_in import AccessToken, RequestToken, SignIn, SignInOverError, SignInRefusedError
from reportgen.settings import Settings
from tests.api.scripted import Scripted, respond, scripted
from tests.leaks.known import made_up

KEY, SECRET = made_up("key/of the app"), made_up("secret:of the app")
REQUEST = RequestToken("request-token", made_up("request-token-secret"), "https://x.example")
TOKENS = "oauth_token=1-given&oauth_token_secret=given-secret&user_id=1&screen_name=Acme"
ALL: list[Callable[[SignIn], object]] = [
    SignIn.bearer_token,
    SignIn.request_token,
    lambda sign_in: sign_in.access_token(REQUEST, "1234567"),
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
    with scripted(respond(200, b"oauth_token=a%2Fb&oauth_token_secret=c&oauth_callback_confirmed=true")) as server:
        begun = sign_in(server).request_token()
    assert (begun.token, begun.secret) == ("a/b", "c")
    assert begun.link == f"{server.url}/oauth/authorize?oauth_token=a%2Fb"
    assert 'oauth_callback="oob"' in server.came[0][1]["authorization"]


def test_it_ends_with_the_token_of_an_account() -> None:
    with scripted(respond(200, TOKENS.encode())) as server:
        assert sign_in(server).access_token(REQUEST, "1234567") == AccessToken("1-given", "given-secret", "@Acme")
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


def test_nothing_of_a_token_is_in_a_repr() -> None:
    assert "secret" not in repr(REQUEST) + repr(AccessToken("1-given", "given-secret", "@Acme"))
