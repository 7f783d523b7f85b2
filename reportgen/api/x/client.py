"""The calls to the X API v2, over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final, TypeVar

from reportgen.api.auth import sign_as
from reportgen.api.bodies import Body
from reportgen.api.http import Connection
from reportgen.api.x.answers import count_posts, read_me, read_posts, read_timeline, read_users
from reportgen.api.x.attempts import Attempt, Attempts, Ledger, Once, Room
from reportgen.api.x.calls import XCall, me_call, posts_call, timeline_call, users_call
from reportgen.api.x.failures import FAILURES, outcome_of
from reportgen.api.x.model import Posts, TimelineAsk, Users, XUser
from reportgen.api.x.statuses import body_of
from reportgen.credentials import Credentials
from reportgen.ledger import Outcome, XCallKind
from reportgen.request import Signer
from reportgen.settings import Settings

_T = TypeVar("_T")
_WITH_POSTS: Final[Collection[XCallKind]] = ("timeline", "posts")


class XClient:
    """An `XApi` (see `reportgen.api.x.model`), which makes each call as often as `attempts` wants."""

    def __init__(
        self,
        settings: Settings,
        credentials: Credentials,
        attempts: Attempts | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        self._connection = Connection(settings.x_api_url, "the X API", settings, credentials)
        self._credentials = credentials
        self._attempts = attempts or Once()
        self._ledger = ledger

    def users(self, handles: Sequence[str], signer: Signer) -> Users:
        """The accounts of handles (with or without @), 100 at the most."""
        return self._ask(users_call(handles), signer, lambda body: read_users(body, handles))

    def me(self, signer: Signer) -> XUser:
        """Whose access token it is."""
        return self._ask(me_call(), signer, read_me)

    def timeline(self, ask: TimelineAsk, signer: Signer) -> Posts:
        """A page of tweets of an account."""
        return self._ask(timeline_call(ask), signer, lambda body: read_timeline(body, ask.user_id))

    def posts(self, ids: Sequence[str], signer: Signer) -> Posts:
        """The tweets of ids, 100 at the most, in the order of the ids."""
        return self._ask(posts_call(ids), signer, lambda body: read_posts(body, ids))

    def _ask(self, call: XCall, signer: Signer, read: Callable[[Body], _T]) -> _T:
        # A damaged answer is read within the attempt, so that it is asked for again.
        return self._attempts.make(call.limit, signer, lambda: self._attempt(call, signer, read))

    def _attempt(self, call: XCall, signer: Signer, read: Callable[[Body], _T]) -> _T:
        body: Body = {}
        try:
            body = self._body(call, signer)
            answer = read(body)
        except FAILURES as error:
            self._enter(call, signer, body, outcome_of(error))
            raise
        self._enter(call, signer, body, Outcome.ANSWERED)
        return answer

    def _enter(self, call: XCall, signer: Signer, body: Body, outcome: Outcome) -> None:
        if self._ledger:
            posts = count_posts(body) if call.kind in _WITH_POSTS else 0
            self._ledger(Attempt(call.kind, signer, posts, outcome))

    def _body(self, call: XCall, signer: Signer) -> Body:
        received = self._connection.get(call.path, call.query, sign_as(signer, self._credentials))
        remaining, reset_at = (received.count(f"x-rate-limit-{name}") for name in ("remaining", "reset"))
        if remaining is not None and reset_at is not None:
            self._attempts.heard(Room(call.limit, signer, remaining, reset_at))
        return body_of(received)
