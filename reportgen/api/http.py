"""The way to one of the vendor's addresses: one call over HTTP, with nothing of a credential in what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import requests
import urllib3

from reportgen.api.auth import Signature
from reportgen.api.masking import without_secrets
from reportgen.api.reply import NoReplyError, UnreachedError
from reportgen.credentials import Credentials
from reportgen.http_sessions import is_unreached, new_session
from reportgen.settings import Settings

LARGEST_ANSWER: Final = 256 << 20
"""Bytes. A full `historical` answer has several million."""
JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
_PART: Final = 1 << 16
_LONGEST_COUNT: Final = 10
"""Digits: as many as an instant in epoch seconds has."""


@dataclass(frozen=True, slots=True)
class Received:
    """What came back: the status, the body as text, and the headers, whose names are found in any case."""

    status: int
    text: str
    headers: Mapping[str, str]

    def count(self, header: str) -> int | None:
        """The whole number in a header; None where there is none."""
        value = self.headers.get(header, "")
        is_count = value.isascii() and value.isdecimal() and len(value) <= _LONGEST_COUNT
        return int(value) if is_count else None


class Connection:
    """Makes calls below a base address; may be used from many threads at once. It repeats nothing.

    `api` is what errors call the other side. An answer of more than `largest` bytes is none; what is usual where that
    is None.
    """

    def __init__(
        self, url: str, api: str, settings: Settings, credentials: Credentials, largest: int | None = None
    ) -> None:
        self._largest = largest
        self._url = url.rstrip("/")
        self._api = api
        self._timeouts = (settings.connect_timeout, settings.read_timeout)
        self._credentials = credentials
        self._session = new_session(self._url)
        self._session.headers["Accept-Encoding"] = "gzip"
        adapter = requests.adapters.HTTPAdapter(pool_connections=1, pool_maxsize=settings.calls_at_once)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def get(self, path: str, query: Sequence[tuple[str, str]], signature: Signature) -> Received:
        """Ask. Raises NoReplyError where no whole answer came."""
        return self._send("GET", path, signature, query=query)

    def post(self, path: str, body: str, signature: Signature, kind: str = JSON) -> Received:
        """Send a body of the media type `kind`. Raises NoReplyError where no whole answer came."""
        return self._send("POST", path, signature, body=body, kind=kind)

    def _send(
        self,
        method: str,
        path: str,
        signature: Signature,
        query: Sequence[tuple[str, str]] = (),
        body: str | None = None,
        kind: str = JSON,
    ) -> Received:
        try:
            response = self._session.request(
                method,
                self._url + path,
                params=list(query),
                data=body,
                headers={"Content-Type": kind} if body else {},
                auth=signature,
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
            )
            text = _body_of(response, self._largest or LARGEST_ANSWER).decode("utf-8", "replace")
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise NoReplyError(f"{self._api} did not answer in time") from error
        except requests.exceptions.SSLError as error:
            raise NoReplyError(f"{self._api}'s certificate is not valid") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if is_unreached(error):
                raise UnreachedError(self._api, self._url) from error
            # ValueError: what the library makes of headers that no server should send.
            raise NoReplyError(f"the connection to {self._api} failed") from error
        text = without_secrets(text, self._credentials, _sent(response))
        return Received(response.status_code, text, response.headers)


def _sent(response: requests.Response) -> str:
    """The header that signed the call."""
    sent = response.request.headers.get("Authorization", "")
    return sent if isinstance(sent, str) else sent.decode()


def _body_of(response: requests.Response, largest: int) -> bytes:
    """The whole body, unpacked."""
    parts: list[bytes] = []
    size = 0
    with response:
        while part := response.raw.read1(_PART, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > largest:
                raise NoReplyError(f"the answer is larger than {_shown(largest)}")
    return b"".join(parts)


def _shown(size: int) -> str:
    return f"{size >> 20} MiB" if size >= 1 << 20 else f"{size >> 10} KiB"
