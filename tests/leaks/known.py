"""The secrets that the tests work with, and where one of them stands in a text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote

SHORTEST = 8
"""Characters; what is shorter could be any word."""

_NAMES: dict[bytes, str] = {}


def made_up(secret: str, name: str = "") -> str:
    """Know a secret that a test has made up, by a name to tell it by; the secret. AssertionError where it is short."""
    assert len(secret) >= SHORTEST, "a made-up secret of so few letters would be found in any text"
    for form in (secret, quote(secret, safe="")):
        _NAMES.setdefault(form.encode(), name or f"the secret that begins with {secret[:3]}")
    return secret


def made_up_pair(key: str, secret: str, name: str) -> None:
    """Know both, and what HTTP Basic makes of them."""
    made_up(key, f"the key of {name}")
    made_up(secret, f"the secret of {name}")
    made_up(b64encode(f"{key}:{secret}".encode()).decode(), f"the Basic authorization of {name}")


def found_in(text: bytes) -> Iterator[str]:
    """The names of the secrets that stand in it."""
    return (name for secret, name in _NAMES.items() if secret in text)
