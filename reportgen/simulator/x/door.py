"""One call of the X API: from its path and credentials to a reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from reportgen.simulator.accounts import Account
from reportgen.simulator.auth import SignedRequest, UnauthenticatedError
from reportgen.simulator.faults import APP
from reportgen.simulator.weather import Reply, befallen, reply_of
from reportgen.simulator.wire import SILENT
from reportgen.simulator.x.problems import ProblemError, blank, usage_capped
from reportgen.simulator.x.query import read_query
from reportgen.simulator.x.routes import Route, route_of
from reportgen.simulator.x.view import View

if TYPE_CHECKING:
    from reportgen.simulator.server import Simulator

PREFIX: Final = "/2/"
"""With which the path of every call begins."""
PROBLEM: Final = "application/problem+json; charset=utf-8"


class XCall(NamedTuple):
    """A call of the X API, and what came of it."""

    path: str
    query: Mapping[str, str]
    signer: str | None
    """The handle whose token signed, `app` for the bearer token; None where no caller is known."""
    status: int | None
    """The status that was sent, None where none was."""
    posts: int
    """How many posts were given; each of them is billed."""


@dataclass(frozen=True, slots=True)
class _Given:
    """What a call is answered with, before the weather."""

    signer: str | None
    reply: Reply
    posts: int = 0


def answer_x(request: SignedRequest, server: Simulator) -> Reply:
    """The reply to a call of the X API, in the log before it leaves."""
    parts = urlsplit(request.url)
    given = _given(request, server)
    turn = server.x_weather.turn("x", parts._replace(scheme="", netloc="").geturl().encode())
    reply = befallen(given.reply, turn, _vendors_error)
    sent = None if turn.trouble in SILENT else reply.status
    server.record_x(XCall(parts.path, dict(parse_qsl(parts.query)), given.signer, sent, given.posts))
    if turn.delay:
        server.sleep(turn.delay)
    return reply


def _given(request: SignedRequest, server: Simulator) -> _Given:
    parts = urlsplit(request.url)
    try:
        route, part = _route(request.method, parts.path)
        caller = _caller(request, server)
    except ProblemError as problem:
        return _Given(None, _refused(problem, {}))
    signer = caller.handle if caller else APP
    admitted, headers = server.windows.take(route.template, signer, server.clock())
    try:
        if server.faults.x_usage_capped:
            raise usage_capped()
        if not admitted:
            raise blank(429)
        clock = datetime.fromtimestamp(server.clock(), UTC)
        query = read_query(parts.query, route.parameters)
        body = route.answer(part, query, View(server.world(), server.faults, caller, clock))
    except ProblemError as problem:
        # An app whose month is used up is told of no instant at which to come again.
        return _Given(signer, _refused(problem, {} if server.faults.x_usage_capped else headers))
    return _Given(signer, reply_of(200, body, **headers), _posts_in(body) if route.gives_posts else 0)


def _posts_in(body: Mapping[str, object]) -> int:
    data = body.get("data")
    return len(data) if isinstance(data, list) else 0


def _route(method: str, path: str) -> tuple[Route, str]:
    found = route_of(path)
    if found is None:
        raise blank(404, f"There is no {path} here.")
    if method != "GET":
        raise blank(405, "Use GET.")
    return found


def _caller(request: SignedRequest, server: Simulator) -> Account | None:
    try:
        caller = server.gate.caller(request)
    except UnauthenticatedError as error:
        raise blank(401) from error
    if server.faults.refuses(caller.handle if caller else APP):
        raise blank(401)
    return caller


def _refused(problem: ProblemError, headers: Mapping[str, str]) -> Reply:
    return replace(reply_of(problem.status, problem.body, **headers), content_type=PROBLEM)


def _vendors_error(reply: Reply, status: int) -> Reply:
    return _refused(blank(status), reply.headers)
