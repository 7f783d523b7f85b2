"""The two addresses that credentials are signed in for, and sent to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from reportgen.settings import Settings


@dataclass(frozen=True, slots=True)
class Addresses:
    """Origins. What is signed in for a pair goes to no other: settings of a project may name anybody's server."""

    x_api: str
    engagement: str


def addresses_of(settings: Settings) -> Addresses:
    """The pair of a project."""
    return Addresses(origin_of(settings.x_api_url), origin_of(settings.engagement_url))


def origin_of(url: str) -> str:
    """Scheme, host and port of an address that is known to be well-formed, as they are compared."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    usual = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"
