"""One call to the X API v2 over HTTP: how it is signed and sent, and what each status means."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass, field
from time import time
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

from reportgen.api.reply import NoReplyError
from reportgen.api.x.attempts import Attempt, Attempts, Once, Room
from reportgen.api.x.client import XClient
from reportgen.api.x.failures import XBusyError, XRefusedError, XUnauthorizedError
from reportgen.api.x.model import TimelineAsk, Users, XUser
from reportgen.credentials import Credentials
from reportgen.fetch.patience import Patience
from reportgen.fetch.patient import Patient, Surroundings
from reportgen.ledger import Outcome
from reportgen.request import Signer
from reportgen.settings import Settings
from reportgen.simulator.auth import Gate, SignedRequest, UnauthenticatedError
from reportgen.simulator.world import World
from tests.api.scripted import Scripted, respond, scripted
from tests.runs import UNWATCHED

APP, ACME = Signer(None), Signer("@acme")
CREDENTIALS = Credentials("key-of-app", "secret-of-app", "bearer-token", {"ACME": ("acme-token", "acme-secret")})
FOUND = b'{"data": [{"id": "7", "username": "Acme"}]}'
NONE = b'{"meta": {"result_count": 0}}'


def client(server: Scripted, attempts: Attempts | None = None) -> XClient:
    return XClient(Settings(x_api_url=server.url, connect_timeout=1, read_timeout=5), CREDENTIALS, attempts)


@dataclass
class Listening(Once):
    """Keeps what it hears."""

    rooms: list[Room] = field(default_factory=list)

    def heard(self, room: Room) -> None:
        self.rooms.append(room)


def credentials_of(world: World) -> Credentials:
    acme = next(account for account in world.accounts if account.handle == "@acme")
    token = (acme.access_token, acme.access_token_secret)
    return Credentials(world.app.consumer_key, world.app.consumer_secret, world.app.bearer_token, {"ACME": token})


class TestCall:
    def test_of_the_app_has_its_bearer_token(self) -> None:
        with scripted(respond(200, FOUND)) as server:
            assert client(server).users(["@acme"], APP) == Users((XUser("7", "@Acme"),))
        ((path, headers, body),) = server.came
        assert path.endswith("/2/users/by?usernames=acme&user.fields=protected%2Cpublic_metrics%2Cusername")
        assert (headers["authorization"], headers["accept-encoding"], body) == ("Bearer bearer-token", "gzip", b"")
        assert "content-type" not in headers

    def test_of_a_handle_is_signed_over_its_query_commas_included(self, world: World) -> None:
        credentials = credentials_of(world)
        with scripted(respond(200, NONE)) as server:
            ask = TimelineAsk("7", None, None, ("replies", "retweets"), "7140dib+/=")
            XClient(Settings(x_api_url=server.url), credentials).timeline(ask, ACME)
        ((path, headers, _),) = server.came
        asked = dict(parse_qsl(urlsplit(path).query))
        assert (asked["exclude"], asked["pagination_token"]) == ("replies,retweets", "7140dib+/=")
        url = urljoin(server.url, path)
        gate = Gate(world.app, world.accounts, time)
        caller = gate.caller(SignedRequest("GET", url, headers["authorization"]))
        assert caller
        assert caller.handle == "@acme"
        with pytest.raises(UnauthenticatedError, match="ignature"):
            gate.caller(SignedRequest("GET", url.replace("replies", "quotes"), headers["authorization"]))

    def test_without_a_credential_is_not_made(self) -> None:
        with scripted(respond(200, NONE)) as server, pytest.raises(LookupError, match="REPORTGEN_GLOBEX_ACCESS_TOKEN"):
            client(server).me(Signer("@globex"))
        assert server.came == []

    def test_tells_what_is_left_of_the_15_minutes(self) -> None:
        listening = Listening()
        with scripted(respond(200, NONE, x_rate_limit_remaining="899", x_rate_limit_reset="1794830400")) as server:
            client(server, listening).timeline(TimelineAsk("7"), ACME)
        assert listening.rooms == [Room("/2/users/{id}/tweets", ACME, 899, 1794830400)]

    def test_is_no_reply_where_nobody_is(self) -> None:
        settings = Settings(x_api_url="http://127.0.0.1:9", connect_timeout=1)
        with pytest.raises(NoReplyError, match=r"^the connection to the X API failed$"):
            XClient(settings, CREDENTIALS).me(ACME)


class TestLedger:
    """Is told of each attempt, since the vendor bills it."""

    def attempts(self, status: int, said: bytes, *failure: type[Exception], tries: int = 1) -> list[Attempt]:
        told: list[Attempt] = []
        patient = Patient(Patience(tries, first_wait=0), Surroundings(time, lambda _: None, lambda: 0, UNWATCHED))
        with scripted(respond(status, said)) as server, pytest.raises(failure) if failure else nullcontext():
            settings = Settings(x_api_url=server.url)
            XClient(settings, CREDENTIALS, patient, told.append).timeline(TimelineAsk("7"), ACME)
        return told

    def test_is_told_of_the_posts_of_an_answer(self) -> None:
        two = [{"id": id_, "author_id": "7", "text": ""} for id_ in ("2117270504862646273", "2117270504862646274")]
        answered = self.attempts(200, body(data=two, meta={"result_count": 2}))
        assert answered == [Attempt("timeline", ACME, 2, Outcome.ANSWERED)]

    def test_is_told_of_each_attempt_of_a_call_and_of_the_posts_of_a_damaged_answer(self) -> None:
        of_another = body(data=[{"id": "2117270504862646273", "author_id": "8", "text": ""}])
        damaged = Attempt("timeline", ACME, 1, Outcome.FAILED)
        assert self.attempts(200, of_another, NoReplyError, tries=3) == [damaged] * 3

    @pytest.mark.parametrize(
        ("status", "failure", "outcome"),
        [
            (401, XUnauthorizedError, Outcome.UNAUTHORIZED),
            (403, XRefusedError, Outcome.REJECTED),
            (429, XBusyError, Outcome.TOO_MANY),
            (503, NoReplyError, Outcome.FAILED),
        ],
    )
    def test_is_told_how_an_attempt_failed(self, status: int, failure: type[Exception], outcome: Outcome) -> None:
        assert self.attempts(status, b"", failure) == [Attempt("timeline", ACME, 0, outcome)]

    def test_counts_accounts_as_no_posts(self) -> None:
        told: list[Attempt] = []
        with scripted(respond(200, FOUND)) as server:
            XClient(Settings(x_api_url=server.url), CREDENTIALS, ledger=told.append).users(["@acme"], APP)
        assert told == [Attempt("users", APP, 0, Outcome.ANSWERED)]


PROBLEM = {"title": "Unauthorized", "detail": "No such token", "type": "about:blank"}
CAPPED = {"title": "UsageCapExceeded", "detail": "Usage cap exceeded: Monthly product cap", "period": "Monthly"}
CAPPED_TYPE = "https://api.twitter.com/2/problems/usage-capped"


def body(**parts: object) -> bytes:
    return json.dumps(parts).encode()


class TestStatus:
    def test_401_is_the_credential(self) -> None:
        with scripted(respond(401, body(**PROBLEM))) as server, pytest.raises(XUnauthorizedError) as raised:
            client(server).me(ACME)
        assert str(raised.value) == "the X API answered with status 401: No such token"

    def test_429_says_when_the_limit_is_over(self) -> None:
        reset = {"x_rate_limit_remaining": "0", "x_rate_limit_reset": "1794830400"}
        with scripted(respond(429, b"Too Many Requests", **reset)) as server, pytest.raises(XBusyError) as raised:
            client(server).me(ACME)
        assert (raised.value.reset_at, str(raised.value)) == (1794830400, "the X API answered with status 429")

    @pytest.mark.parametrize(
        ("said", "headers"),
        [
            (body(**CAPPED, type=CAPPED_TYPE), {"x_rate_limit_reset": "1794830400"}),
            (body(**CAPPED), {"x_rate_limit_reset": "1794830400", "x_app_limit_24hour_remaining": "0"}),
            (body(**CAPPED), {"x_rate_limit_reset": "1794830400", "x_user_limit_24hour_remaining": "0"}),
            (body(**CAPPED), {}),
            (body(**CAPPED), {"x_rate_limit_reset": "soon"}),
        ],
    )
    def test_429_of_a_day_or_a_month_is_not_to_be_waited_for(self, said: bytes, headers: dict[str, str]) -> None:
        with scripted(respond(429, said, **headers)) as server, pytest.raises(XBusyError) as raised:
            client(server).me(APP)
        assert raised.value.reset_at is None
        assert str(raised.value) == "the X API answered with status 429: Usage cap exceeded: Monthly product cap"

    @pytest.mark.parametrize(
        ("status", "said", "detail"),
        [
            (400, body(errors=[{"message": "bad id"}], title="Invalid"), "the X API answered with status 400: bad id"),
            (403, body(title="Unsupported"), "the X API answered with status 403: Unsupported"),
            (403, b"<html>", "the X API answered with status 403"),
            (404, b"<html>", "the X API answered with status 404, not found: check x_api_url in the settings"),
            (307, b"", "the X API answered with status 307"),
        ],
    )  # fmt: skip
    def test_below_500_is_a_refusal(self, status: int, said: bytes, detail: str) -> None:
        with scripted(respond(status, said)) as server, pytest.raises(XRefusedError) as raised:
            client(server).me(ACME)
        assert (raised.value.status, str(raised.value)) == (status, detail)

    @pytest.mark.parametrize(
        ("errors", "parameters"),
        [
            ([{"parameters": {"end_time": ["2026-11-22T00:00:00Z"]}, "message": "too late"}], {"end_time"}),
            ([{"parameters": {"ids": [], "max_results": []}}, {"parameters": ["no mapping"]}], {"ids", "max_results"}),
            ([{"message": "bad id"}, "bad"], set()),
            ("bad", set()),
        ],
    )
    def test_a_refusal_knows_the_parameters_that_it_names(self, errors: object, parameters: set[str]) -> None:
        with scripted(respond(400, body(errors=errors))) as server, pytest.raises(XRefusedError) as raised:
            client(server).me(ACME)
        assert raised.value.parameters == parameters

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_of_500_and_above_is_no_reply(self, status: int) -> None:
        with scripted(respond(status, b"")) as server, pytest.raises(NoReplyError, match=f"status {status}$"):
            client(server).me(ACME)

    @pytest.mark.parametrize("said", [b"", b"[]", b"<html>", b'{"data": [', b'{"data": [], "data": []}'])
    def test_200_without_a_json_object_is_no_reply(self, said: bytes) -> None:
        wanted = r"^the X API answered with status 200 and no JSON object$"
        with scripted(respond(200, said)) as server, pytest.raises(NoReplyError, match=wanted):
            client(server).users(["@acme"], APP)

    def test_never_brings_a_credential_back(self) -> None:
        said = body(detail="no acme-token, no bearer-token")
        with scripted(respond(401, said)) as server, pytest.raises(XUnauthorizedError) as raised:
            client(server).me(ACME)
        assert str(raised.value) == "the X API answered with status 401: no [secret], no [secret]"
