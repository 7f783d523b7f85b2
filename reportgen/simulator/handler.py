"""One HTTP request: from its path and body to a reply, and the reply onto the wire."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from reportgen.catalog import ENDPOINTS, Endpoint
from reportgen.simulator.auth import SignedRequest, UnauthenticatedError
from reportgen.simulator.pages import world_as_html, world_as_json
from reportgen.simulator.rules import Answer, answer
from reportgen.simulator.signin.door import sign_in
from reportgen.simulator.weather import Reply, befallen, refusal, reply_of
from reportgen.simulator.wire import SILENT, Wire, send
from reportgen.simulator.x import door as x

if TYPE_CHECKING:
    from reportgen.simulator.server import Simulator

PATH: Final = "/insights/engagement"
LARGEST_BODY: Final = 1 << 20
"""Bytes."""

_CALLS: Final = {f"{PATH}/{name}": endpoint for name, endpoint in ENDPOINTS.items()}


class Handler(BaseHTTPRequestHandler):
    """Reads requests from one connection, and replies to each."""

    server: Simulator
    protocol_version = "HTTP/1.1"
    server_version = "reportgen-simulator"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave together
    timeout = 60

    def log_message(self, *args: object) -> None:
        """Quiet: a test or a demo is not the place for an access log."""

    def _serve(self) -> None:
        reply = self._route()
        headers = {"Content-Type": reply.content_type, **reply.headers}
        body = reply.body
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=1, mtime=0)
            headers["Content-Encoding"] = "gzip"
        wire = Wire(self, reply.status, headers, body, self.server.sleep, self.server.faults)
        send(wire, reply.trouble)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 (the base class asks for these names)

    def _route(self) -> Reply:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal():
            return self._uncounted(refusal(411, "Send a Content-Length.", Connection="close"))
        if int(length) > LARGEST_BODY:
            message = f"The request body may have {LARGEST_BODY} bytes at most."
            return self._uncounted(refusal(413, message, Connection="close"))
        body = self.rfile.read(int(length))
        path = urlsplit(self.path).path
        if path.startswith(x.PREFIX):
            return x.answer_x(self._signed(), self.server)
        if path in _CALLS and self.command == "POST":
            return self._call(_CALLS[path], body)
        signed_in = sign_in(self._signed(self._form(body)), self.server)
        if signed_in:
            return signed_in
        return self._uncounted(self._page(path))

    def _uncounted(self, reply: Reply) -> Reply:
        """The reply to what is no call: it tells the limit of the minute and leaves it as it is."""
        return replace(reply, headers={**self.server.limit_headers(), **reply.headers})

    def _page(self, path: str) -> Reply:
        if path in _CALLS:
            return refusal(405, "Use POST.", Allow="POST")
        if path not in {"/", "/world.json"}:
            return refusal(404, f"There is no {path} here.")
        if self.command not in {"GET", "HEAD"}:
            return refusal(405, "Use GET.", Allow="GET, HEAD")
        world = self.server.world()
        if path == "/":
            return Reply(200, world_as_html(world, self.server.origin).encode(), "text/html; charset=utf-8")
        return reply_of(200, world_as_json(world))

    def _call(self, endpoint: Endpoint, body: bytes) -> Reply:
        parsed = _parsed(body)
        admitted, headers = self.server.admit()
        if not admitted:
            self.server.record(endpoint.name, 429, parsed)
            return refusal(429, "Too many requests: the limit of calls per minute is reached.", **headers)
        turn = self.server.weather.turn(endpoint.name, body)
        given = self._answer(endpoint, parsed)
        reply = befallen(reply_of(given.status, given.body, **headers), turn)
        # Before the answer leaves: whoever has it finds the call in the log.
        sent = None if turn.trouble in SILENT else reply.status
        self.server.record(endpoint.name, sent, parsed, turn.trouble)
        if turn.delay:
            self.server.sleep(turn.delay)
        return reply

    def _form(self, body: bytes) -> str:
        """The body where it is a form, '' where it is not."""
        is_form = self.headers.get_content_type() == "application/x-www-form-urlencoded"
        return body.decode("ascii", "replace") if is_form else ""

    def _signed(self, form: str = "") -> SignedRequest:
        url = f"http://{self.headers.get('Host', '')}{self.path}"
        return SignedRequest(self.command, url, self.headers.get("Authorization"), form)

    def _answer(self, endpoint: Endpoint, body: object) -> Answer:
        try:
            caller = self.server.gate.caller(self._signed())
        except UnauthenticatedError as error:
            return Answer(401, {"errors": [f"Your account could not be authenticated. Reason: {error}"]})
        if self.headers.get_content_type() != "application/json":
            return Answer(400, {"errors": ["The Content-Type must be application/json."]})
        return answer(endpoint, body, caller, self.server.world(), self.server.faults)


def _parsed(body: bytes) -> object:
    """The JSON of a body, None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
