"""Credentials are checked for real."""

from typing import Literal
from urllib.parse import quote, unquote

import pytest
from oauthlib.oauth1 import Client

from reportgen.simulator.accounts import Account, accounts_of, app_of
from reportgen.simulator.auth import CLOCK_SKEW, Gate, SignedRequest, UnauthenticatedError

APP = app_of(1)
ACME, HELP, GLOBEX, *_ = accounts_of(1)
URL = "http://127.0.0.1:8400/insights/engagement/totals"
CLOCK = 1_794_830_400


def a_gate(clock: float = CLOCK) -> Gate:
    return Gate(APP, (ACME, HELP, GLOBEX), lambda: clock)


def signed(
    method: Literal["GET", "POST"] = "POST",
    url: str = URL,
    nonce: str = "n1",
    timestamp: int = CLOCK,
    **credentials: str,
) -> str:
    client = Client(
        credentials.get("consumer_key", APP.consumer_key),
        client_secret=credentials.get("consumer_secret", APP.consumer_secret),
        resource_owner_key=credentials.get("token", ACME.access_token),
        resource_owner_secret=credentials.get("token_secret", ACME.access_token_secret),
        signature_method=credentials.get("signature_method", "HMAC-SHA1"),
        nonce=nonce,
        timestamp=str(timestamp),
    )
    _, headers, _ = client.sign(url, http_method=method)
    return str(headers["Authorization"])


def reason(authorization: str | None, method: str = "POST", url: str = URL, clock: float = CLOCK) -> str:
    with pytest.raises(UnauthenticatedError) as refused:
        a_gate(clock).caller(SignedRequest(method, url, authorization))
    return str(refused.value)


@pytest.mark.parametrize("owner", [ACME, HELP, GLOBEX])
def test_a_signature_tells_the_owner_of_the_token(owner: Account) -> None:
    header = signed(token=owner.access_token, token_secret=owner.access_token_secret)
    assert a_gate().caller(SignedRequest("POST", URL, header)) == owner


def test_the_bearer_token_is_the_app() -> None:
    assert a_gate().caller(SignedRequest("POST", URL, f"Bearer {APP.bearer_token}")) is None


def test_the_query_is_part_of_the_signature() -> None:
    url = f"{URL}?b=2&a=%C3%BC%20x"
    assert a_gate().caller(SignedRequest("POST", url, signed(url=url))) == ACME
    assert reason(signed(url=url), url=f"{URL}?b=2&a=u") == "Signature is invalid"


@pytest.mark.parametrize(
    ("authorization", "why"),
    [
        (None, "No Authorization header"),
        ("", "No Authorization header"),
        ("Basic YWNtZTphY21l", "Unknown Authorization Type"),
        ("Bearer wrong", "Bearer token not found"),
        ("Bearer", "Bearer token not found"),
        ("OAuth nonsense", "Malformed Authorization header"),
        (
            'OAuth realm=""',
            (
                "Missing oauth_consumer_key, oauth_token, oauth_nonce, oauth_timestamp, oauth_signature_method, "
                "oauth_signature"
            ),
        ),
        (signed(consumer_key="wrong"), "Consumer key not found"),
        (signed(token="wrong"), "Access token not found"),
        (signed(consumer_secret="wrong"), "Signature is invalid"),
        (signed(token_secret="wrong"), "Signature is invalid"),
        (signed(token_secret=HELP.access_token_secret), "Signature is invalid"),
        (signed(method="GET"), "Signature is invalid"),
        (signed(url=URL.replace("totals", "28hr")), "Signature is invalid"),
        (signed(url=URL.replace("8400", "8401")), "Signature is invalid"),
        (signed(signature_method="HMAC-SHA256"), "Signature method must be HMAC-SHA1"),
        (signed(signature_method="PLAINTEXT"), "Signature method must be HMAC-SHA1"),
        (signed(timestamp=CLOCK - CLOCK_SKEW - 1), "Timestamp out of bounds"),
        (signed(timestamp=CLOCK + CLOCK_SKEW + 1), "Timestamp out of bounds"),
    ],
)
def test_other_credentials_are_refused_with_the_reason(authorization: str | None, why: str) -> None:
    assert reason(authorization) == why


def test_a_signature_is_refused_when_any_byte_of_it_differs() -> None:
    header = signed()
    encoded = header.partition('oauth_signature="')[2].partition('"')[0]
    signature = unquote(encoded)
    for place, letter in enumerate(signature):
        other = signature[:place] + ("A" if letter != "A" else "B") + signature[place + 1 :]
        assert reason(header.replace(encoded, quote(other, safe=""))) == "Signature is invalid"


@pytest.mark.parametrize("name", ["oauth_nonce", "oauth_timestamp", "oauth_version"])
def test_a_signature_is_refused_when_a_parameter_differs(name: str) -> None:
    header = signed(nonce="n1")
    value = header.partition(f'{name}="')[2].partition('"')[0]
    assert reason(header.replace(f'{name}="{value}"', f'{name}="{value}1"')) == "Signature is invalid"
    assert reason(header.replace(f'{name}="{value}"', f'{name}="{quote("ü")}"')) == "Signature is invalid"


@pytest.mark.parametrize("timestamp", [CLOCK - CLOCK_SKEW, CLOCK + CLOCK_SKEW])
def test_a_clock_may_be_five_minutes_off(timestamp: int) -> None:
    assert a_gate().caller(SignedRequest("POST", URL, signed(timestamp=timestamp))) == ACME


def test_a_nonce_counts_once() -> None:
    gate = a_gate()
    gate.caller(SignedRequest("POST", URL, signed(nonce="once")))
    with pytest.raises(UnauthenticatedError, match=r"^Nonce has been used before$"):
        gate.caller(SignedRequest("POST", URL, signed(nonce="once")))
    theirs = signed(nonce="once", token=HELP.access_token, token_secret=HELP.access_token_secret)
    assert gate.caller(SignedRequest("POST", URL, theirs)) == HELP


def test_nonces_are_forgotten_when_their_timestamps_would_be_refused() -> None:
    times = [CLOCK, CLOCK + 2 * CLOCK_SKEW + 1]
    gate = Gate(APP, (ACME,), lambda: times[0])
    gate.caller(SignedRequest("POST", URL, signed(nonce="early")))
    times.pop(0)
    gate.caller(SignedRequest("POST", URL, signed(nonce="late", timestamp=times[0])))
    assert [nonce for _, nonce in gate._nonces] == ["late"]
