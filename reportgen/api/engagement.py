"""One call to the Engagement API, over HTTP."""

from __future__ import annotations

import json

from reportgen.api.auth import sign_as
from reportgen.api.http import Connection
from reportgen.api.reply import GROUPING, Reply
from reportgen.credentials import Credentials
from reportgen.instants import format_instant
from reportgen.request import Request
from reportgen.settings import Settings


class EngagementClient:
    """Sends requests; may be used from many threads at once. It repeats nothing: see `reportgen.fetch`."""

    def __init__(self, settings: Settings, credentials: Credentials) -> None:
        self._connection = Connection(settings.engagement_url, "the API", settings, credentials)
        self._credentials = credentials

    def send(self, request: Request) -> Reply:
        """Make the call. Raises NoReplyError where no whole answer came."""
        signature = sign_as(request.signer, self._credentials)
        received = self._connection.post(f"/{request.endpoint.name}", json.dumps(_body(request)), signature)
        limit, remaining = (received.count(f"x-per-minute-{name}") for name in ("limit", "remaining"))
        return Reply(received.status, received.text, limit, remaining)


def _body(request: Request) -> dict[str, object]:
    body: dict[str, object] = {
        "tweet_ids": request.tweet_ids,
        "engagement_types": request.metrics,
        "groupings": {GROUPING: {"group_by": request.grain.value}},
    }
    if request.start and request.end:
        body |= {"start": format_instant(request.start), "end": format_instant(request.end)}
    return body
