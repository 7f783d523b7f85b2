"""One call to the X API v2, over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportgen.api.auth import sign_as
from reportgen.api.bodies import Body
from reportgen.api.http import Connection
from reportgen.api.x.answers import read_me, read_posts, read_timeline, read_users
from reportgen.api.x.calls import XCall, me_call, posts_call, timeline_call, users_call
from reportgen.api.x.model import Posts, TimelineAsk, Users, XUser
from reportgen.api.x.statuses import body_of
from reportgen.credentials import Credentials
from reportgen.request import Signer
from reportgen.settings import Settings


@dataclass(frozen=True, slots=True)
class Room:
    """What the headers of an answer say of a limit of 15 minutes: calls left, until `reset_at` (epoch seconds)."""

    limit: str
    signer: Signer
    remaining: int
    reset_at: int


def _unheard(room: Room) -> None:
    """Nobody listens."""


class XClient:
    """Makes the calls of `reportgen.api.x.model.XApi`; it repeats nothing: see `reportgen.api.x.patient`.

    `heard` is told what each answer says of the limits.
    """

    def __init__(self, settings: Settings, credentials: Credentials, heard: Callable[[Room], None] = _unheard) -> None:
        self._connection = Connection(settings.x_api_url, "the X API", settings, credentials)
        self._credentials = credentials
        self._heard = heard

    def users(self, handles: Sequence[str], signer: Signer) -> Users:
        """The accounts of handles (with or without @), 100 at the most."""
        return read_users(self._body(users_call(handles), signer), handles)

    def me(self, signer: Signer) -> XUser:
        """Whose access token it is."""
        return read_me(self._body(me_call(), signer))

    def timeline(self, ask: TimelineAsk, signer: Signer) -> Posts:
        """A page of up to 100 tweets of an account."""
        return read_timeline(self._body(timeline_call(ask), signer), ask.user_id)

    def posts(self, ids: Sequence[str], signer: Signer) -> Posts:
        """The tweets of ids, 100 at the most, in the order of the ids."""
        return read_posts(self._body(posts_call(ids), signer), ids)

    def _body(self, call: XCall, signer: Signer) -> Body:
        received = self._connection.get(call.path, call.query, sign_as(signer, self._credentials))
        remaining, reset_at = (received.count(f"x-rate-limit-{name}") for name in ("remaining", "reset"))
        if remaining is not None and reset_at is not None:
            self._heard(Room(call.limit, signer, remaining, reset_at))
        return body_of(received)
