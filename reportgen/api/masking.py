"""Takes out of an answer what it repeats of the credentials, and of the header that signed its call. Pure."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, unquote

from reportgen.credentials import Credentials

_MASK: Final = "[secret]"
_SENT: Final = re.compile(r'^(?:Basic|Bearer) (\S+)|oauth_(?:consumer_key|token|signature|verifier)="([^"]+)"')
"""What is secret in an Authorization header: a PIN (`oauth_verifier`) is, though it is short."""
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)


def without_secrets(text: str, credentials: Credentials, authorization: str) -> str:
    """The text, should a proxy or the vendor have put a credential into it: errors reach pages and logs.

    `authorization` is the header that was sent. Of a text that spells a secret with escapes of JSON, or with others
    than usual of an address, nothing is kept.
    """
    secrets = {*credentials.secrets(), *_sent(authorization)}
    forms = {form for secret in secrets for form in (secret, quote(secret, safe=""), unquote(secret)) if form}
    # The longest first: one may be a part of another.
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, _MASK)
    return "" if any(form in plain for plain in _plain(text) for form in forms) else text


def _sent(authorization: str) -> Iterator[str]:
    for whole, part in _SENT.findall(authorization):
        yield whole or part
    if authorization.startswith("Basic "):
        yield b64decode(authorization.removeprefix("Basic ")).decode()


def _plain(text: str) -> Iterator[str]:
    """The text with its escapes undone, where it has any."""
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
        yield text
    if "%" in text:
        yield unquote(text)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]
