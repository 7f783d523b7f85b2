"""One call to the Engagement API, over HTTP."""

from __future__ import annotations

import json
import re
from typing import Final
from urllib.parse import quote, urlsplit

import requests
import urllib3

from reportgen import __version__
from reportgen.api.auth import sign_as
from reportgen.api.reply import GROUPING, NoReplyError, Reply
from reportgen.credentials import Credentials
from reportgen.instants import format_instant
from reportgen.request import Request
from reportgen.settings import Settings, is_loopback

LARGEST_ANSWER: Final = 256 << 20
"""Bytes. A full `historical` answer has several million."""
_PART: Final = 1 << 16


class EngagementClient:
    """Sends requests; may be used from many threads at once. It repeats nothing: see `reportgen.fetch`."""

    def __init__(self, settings: Settings, credentials: Credentials) -> None:
        self._url = settings.engagement_url.rstrip("/")
        self._timeouts = (settings.connect_timeout, settings.read_timeout)
        self._credentials = credentials
        self._session = _Session()
        self._session.headers.update({"Accept-Encoding": "gzip", "User-Agent": f"reportgen/{__version__}"})
        # A proxy of the network's is for the outside; a simulator on this machine is not behind it.
        self._session.trust_env = not is_loopback(urlsplit(self._url).hostname or "")
        adapter = requests.adapters.HTTPAdapter(pool_connections=1, pool_maxsize=settings.calls_at_once)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def send(self, request: Request) -> Reply:
        """Make the call. Raises NoReplyError where no whole answer came."""
        try:
            response = self._session.post(
                f"{self._url}/{request.endpoint.name}",
                data=json.dumps(_body(request)),
                headers={"Content-Type": "application/json"},
                auth=sign_as(request.signer, self._credentials),
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
            )
            text = _body_of(response).decode("utf-8", "replace")
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise NoReplyError("the API did not answer in time") from error
        except requests.exceptions.SSLError as error:
            raise NoReplyError("the API's certificate is not valid") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            # ValueError: what the library makes of headers that no server should send.
            raise NoReplyError("the connection to the API failed") from error
        limit, remaining = (_count(response.headers.get(f"x-per-minute-{name}")) for name in ("limit", "remaining"))
        return Reply(response.status_code, self._without_secrets(text), limit, remaining)

    def _without_secrets(self, text: str) -> str:
        """The text, should a proxy or the vendor have put a credential into it: errors reach pages and logs.

        Of a text that spells one with the escapes of JSON nothing is kept.
        """
        secrets = [form for secret in self._credentials.secrets() for form in {secret, quote(secret, safe="")}]
        for secret in secrets:
            text = text.replace(secret, "[secret]")
        plain = _ESCAPE.sub(_unescaped, text) if "\\" in text else ""
        return "" if any(secret in plain for secret in secrets) else text


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere. The API does not redirect, and the library would read the whole body of what does."""


_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]


def _body_of(response: requests.Response) -> bytes:
    """The whole body, unpacked."""
    parts: list[bytes] = []
    size = 0
    with response:
        while part := response.raw.read1(_PART, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > LARGEST_ANSWER:
                raise NoReplyError(f"the answer is larger than {LARGEST_ANSWER >> 20} MiB")
    return b"".join(parts)


def _count(header: str | None) -> int | None:
    return int(header) if header and header.isascii() and header.isdecimal() and len(header) < 10 else None


def _body(request: Request) -> dict[str, object]:
    body: dict[str, object] = {
        "tweet_ids": request.tweet_ids,
        "engagement_types": request.metrics,
        "groupings": {GROUPING: {"group_by": request.grain.value}},
    }
    if request.start and request.end:
        body |= {"start": format_instant(request.start), "end": format_instant(request.end)}
    return body
