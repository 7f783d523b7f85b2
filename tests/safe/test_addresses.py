"""The two addresses that credentials are signed in for."""

from __future__ import annotations

import pytest

from reportgen.safe.addresses import Addresses, addresses_of, origin_of
from reportgen.settings import Settings


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://api.x.com", "https://api.x.com"),
        ("HTTPS://API.x.com:443/2/", "https://api.x.com"),
        ("http://127.0.0.1:8400/x", "http://127.0.0.1:8400"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:8400", "http://[::1]:8400"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str) -> None:
    assert origin_of(url) == origin


def test_of_a_project_they_are_those_of_its_settings() -> None:
    assert addresses_of(Settings()) == Addresses("https://api.x.com", "https://data-api.twitter.com")
