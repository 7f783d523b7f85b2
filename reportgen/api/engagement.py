"""One call to the Engagement API, over HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import requests

from reportgen import __version__
from reportgen.api.auth import sign_as
from reportgen.instants import format_instant
from reportgen.plan import Request
from reportgen.settings import Credentials, Settings, is_loopback

GROUPING: Final = "facts"
"""The name of the one grouping that each call carries."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the body as it was decoded, and what the headers say of the minute's limit."""

    status: int
    text: str
    limit: int | None = None
    """Calls a minute (`x-per-minute-limit`)."""
    remaining: int | None = None
    """Calls left in the running minute (`x-per-minute-remaining`)."""


class NoReplyError(Exception):
    """Nothing came back, or not all of it: no connection, a time-out, a reset, a body cut off."""


class EngagementClient:
    """Sends requests; may be used from many threads at once. It repeats nothing: see `reportgen.fetch`."""

    def __init__(self, settings: Settings, credentials: Credentials) -> None:
        self._url = settings.engagement_url.rstrip("/")
        self._timeouts = (settings.connect_timeout, settings.read_timeout)
        self._credentials = credentials
        self._session = requests.Session()
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
            )
        except requests.Timeout as error:
            raise NoReplyError("the API did not answer in time") from error
        except requests.RequestException as error:
            raise NoReplyError(f"no answer from the API ({type(error).__name__})") from error
        response.encoding = "utf-8"
        return Reply(response.status_code, self._without_secrets(response.text))

    def _without_secrets(self, text: str) -> str:
        """The text, should a proxy or the vendor have put a credential into it: errors reach pages and logs."""
        for secret in self._credentials.secrets():
            text = text.replace(secret, "[secret]")
        return text


def _body(request: Request) -> dict[str, object]:
    body: dict[str, object] = {
        "tweet_ids": request.tweet_ids,
        "engagement_types": request.metrics,
        "groupings": {GROUPING: {"group_by": request.grain.value}},
    }
    if request.start and request.end:
        body |= {"start": format_instant(request.start), "end": format_instant(request.end)}
    return body
