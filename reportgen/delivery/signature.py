"""How a webhook's receiver knows that a body is ours, and is new. Pure."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Final

HEADER: Final = "X-Reportgen-Signature"


def signature(body: bytes, secret: str, at: int) -> str:
    """The header's value at that time (seconds since 1970): `t=1794816000,v1=5257a8...`. docs/delivery.md tells
    receivers how to check it.
    """
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256)
    return f"t={at},v1={signed.hexdigest()}"
