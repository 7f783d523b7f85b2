"""Addresses of servers on the web that a project may send to, checked and never repeated: they may hold a secret."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

_PRINTABLE: Final = re.compile(r"[!-~]+")


def check_url(text: str, example: str) -> str:
    """The address, if it will do for one that more is put behind. Raises ValueError, and does not repeat it."""
    _parts(text, example)
    if "?" in text or "#" in text:
        raise ValueError("the address has a ? or a # in it; leave out what follows")
    return _only_safe(text)


def check_whole_url(text: str, example: str) -> str:
    """The address, if it will do as it is, `?` and what follows included. Raises ValueError, and does not repeat it."""
    _parts(text, example)
    return _only_safe(text)


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parts(text: str, example: str) -> SplitResult:
    no_address = f"this is not an address; it is written like {example}"
    if not _PRINTABLE.fullmatch(text):
        raise ValueError(no_address)
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(no_address) from None
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(no_address)
    if parts.username is not None or parts.password is not None:
        raise ValueError("the address has a user name or a password in it; leave them out")
    return parts


def _only_safe(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ValueError("the address has to start with https://, except on this machine")
    return text
