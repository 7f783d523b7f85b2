"""What an answer repeats of what signed its call."""

from __future__ import annotations

from base64 import b64encode

import pytest

from reportgen.api.masking import without_secrets
from reportgen.credentials import Credentials
from tests.leaks.known import made_up, made_up_pair

BEARER = made_up("AAAAAAAAbearer%2Fof%2BX%3D%3D")
DECODED = made_up("AAAAAAAAbearer/of+X==")
KEY, SECRET = "a-masked-key", "a-masked-secret"
made_up_pair(KEY, SECRET, "a masked app")
BASIC = b64encode(f"{KEY}:{SECRET}".encode()).decode()
SIGNED = (
    'OAuth oauth_nonce="1", oauth_version="1.0", oauth_callback="oob", oauth_consumer_key="a-masked-key", '
    'oauth_token="a%2Fb", oauth_signature="c2ln%2Bbg%3D", oauth_verifier="0123456"'
)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (f"bad {BEARER}", "bad [secret]"),
        (f"bad {DECODED}", "bad [secret]"),
        ("bad AAAAAAAAbearer%252Fof%252BX%253D%253D", "bad [secret]"),
        ("bad AAAAAAAAbearer%2fof%2bX%3d%3d", ""),
        ("bad AAAAAAAAbearer\\/of+X==", ""),
        ("bad AAAAAAAAbearer\\u00252Fof%2BX\\u003d\\u003D", ""),
        ("bad AAAAAAAAbearer\\u00252fof%2bX%3d%3d", ""),
        ("bad AAAA: 100%25", "bad AAAA: 100%25"),
    ],
)
def test_a_bearer_token_goes_no_further_however_it_is_written(said: str, left: str) -> None:
    assert without_secrets(said, Credentials(bearer_token=BEARER), f"Bearer {BEARER}") == left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (f"bad Basic {BASIC}", "bad Basic [secret]"),
        (f"bad {KEY}:{SECRET}", "bad [secret]"),
        (f"bad {SECRET}", "bad [secret]"),
    ],
)
def test_nor_does_what_basic_makes_of_key_and_secret(said: str, left: str) -> None:
    assert without_secrets(said, Credentials(KEY, SECRET), f"Basic {BASIC}") == left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ('oauth_token="a%2Fb"', 'oauth_token="[secret]"'),
        ("the token a/b", "the token [secret]"),
        ("the signature c2ln+bg=", "the signature [secret]"),
        ("the PIN 0123456 of version 1.0", "the PIN [secret] of version 1.0"),
    ],
)
def test_nor_does_a_part_of_an_oauth_header(said: str, left: str) -> None:
    assert without_secrets(said, Credentials(), SIGNED) == left


def test_a_call_that_nobody_signed_takes_nothing_away() -> None:
    assert without_secrets("caf\\u00e9 100%25", Credentials(), "") == "caf\\u00e9 100%25"
