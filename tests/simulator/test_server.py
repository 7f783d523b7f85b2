"""The simulator over HTTP, as its users meet it."""

import gzip
import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from requests_oauthlib import OAuth1

from reportgen.simulator.server import LARGEST_BODY, PATH, Call, Simulator, serve
from reportgen.simulator.world import World

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
WORLD = World(1, NOW)
VIRAL = "2120562194641846273"
BODY = {
    "tweet_ids": [VIRAL],
    "engagement_types": ["favorites"],
    "groupings": {"g": {"group_by": ["tweet.id", "engagement.type"]}},
}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with serve(WORLD) as simulator:
        yield simulator


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False  # no proxy stands between us and the loopback interface
        yield session


def signed(handle: str, **wrong: str) -> OAuth1:
    account = WORLD.account(handle)
    credentials: dict[str, Any] = {
        "client_key": WORLD.app.consumer_key,
        "client_secret": WORLD.app.consumer_secret,
        "resource_owner_key": account.access_token,
        "resource_owner_secret": account.access_token_secret,
    }
    return OAuth1(**(credentials | wrong))


def bearer() -> dict[str, str]:
    return {**JSON, "Authorization": f"Bearer {WORLD.app.bearer_token}"}


def test_a_signed_call_is_answered_and_recorded(simulator: Simulator, session: requests.Session) -> None:
    simulator.calls.clear()
    answer = session.post(f"{simulator.url}/totals", json=BODY, auth=signed("@acme"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert answer.json() == {"g": {VIRAL: {"favorites": str(WORLD.total(VIRAL, "favorites"))}}}
    assert simulator.calls == [Call("totals", 200, BODY)]


@pytest.mark.parametrize("endpoint", ["28hr", "historical"])
def test_the_other_endpoints_are_there(simulator: Simulator, session: requests.Session, endpoint: str) -> None:
    answer = session.post(f"{simulator.url}/{endpoint}", json=BODY, auth=signed("@acme"))
    assert (answer.status_code, list(answer.json())) == (200, ["start", "end", "g"])


def test_the_bearer_token_is_taken(simulator: Simulator, session: requests.Session) -> None:
    assert session.post(f"{simulator.url}/totals", json=BODY, headers=bearer()).status_code == 200


@pytest.mark.parametrize(
    ("auth", "reason"),
    [
        (signed("@acme", client_secret="wrong"), "Signature is invalid"),
        (signed("@acme", resource_owner_secret="wrong"), "Signature is invalid"),
        (signed("@acme", resource_owner_key="wrong"), "Access token not found"),
        (None, "No Authorization header"),
    ],
)
def test_wrong_credentials_are_refused_with_the_reason(
    simulator: Simulator, session: requests.Session, auth: OAuth1 | None, reason: str
) -> None:
    simulator.calls.clear()
    answer = session.post(f"{simulator.url}/totals", json=BODY, auth=auth)
    assert answer.status_code == 401
    assert answer.json() == {"errors": [f"Your account could not be authenticated. Reason: {reason}"]}
    assert simulator.calls == [Call("totals", 401, BODY)]


def test_the_token_of_another_handle_is_forbidden(simulator: Simulator, session: requests.Session) -> None:
    answer = session.post(f"{simulator.url}/totals", json=BODY, auth=signed("@acme_help"))
    assert (answer.status_code, answer.json()) == (403, {"errors": [f"Forbidden to access tweets: {VIRAL}"]})


@pytest.mark.parametrize(
    ("method", "path", "data", "headers", "status", "error"),
    [
        ("POST", f"{PATH}/totals", b"{", JSON, 400, "The request body must be a JSON object."),
        ("POST", f"{PATH}/totals", b"", JSON, 400, "The request body must be a JSON object."),
        ("POST", f"{PATH}/totals", b"\xff", JSON, 400, "The request body must be a JSON object."),
        ("POST", f"{PATH}/totals", b"[" * 100_000, JSON, 400, "The request body must be a JSON object."),
        ("POST", f"{PATH}/totals", b"{}", {}, 400, "The Content-Type must be application/json."),
        ("GET", f"{PATH}/totals", None, {}, 405, "Use POST."),
        ("PUT", f"{PATH}/28hr", b"{}", JSON, 405, "Use POST."),
        ("DELETE", f"{PATH}/historical", None, {}, 405, "Use POST."),
        ("POST", "/world.json", b"{}", JSON, 405, "Use GET."),
        ("POST", f"{PATH}/yearly", b"{}", JSON, 404, f"There is no {PATH}/yearly here."),
        ("POST", f"{PATH}", b"{}", JSON, 404, f"There is no {PATH} here."),
        ("GET", "/favicon.ico", None, {}, 404, "There is no /favicon.ico here."),
    ],
)
def test_what_is_no_call_is_refused(
    simulator: Simulator,
    session: requests.Session,
    method: str,
    path: str,
    data: bytes | None,
    headers: dict[str, str],
    status: int,
    error: str,
) -> None:
    authorization = {"Authorization": bearer()["Authorization"]}
    answer = session.request(method, simulator.origin + path, data=data, headers=headers | authorization)
    assert (answer.status_code, answer.json()) == (status, {"errors": [error]})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Length": str(LARGEST_BODY + 1)}, 413),
        ({"Content-Length": "-1"}, 411),
        ({"Transfer-Encoding": "chunked"}, 411),
    ],
)
def test_a_body_without_an_end_is_not_read(simulator: Simulator, headers: dict[str, str], status: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", simulator.server_port)
    connection.putrequest("POST", f"{PATH}/totals")
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Connection")) == (status, "close")
    answer.read()
    connection.close()


def test_answers_are_gzipped_for_those_who_accept_it(simulator: Simulator) -> None:
    bodies = []
    for accepted in ("gzip", "identity"):
        connection = http.client.HTTPConnection("127.0.0.1", simulator.server_port)
        connection.request("POST", f"{PATH}/totals", json.dumps(BODY), {**bearer(), "Accept-Encoding": accepted})
        answer = connection.getresponse()
        assert answer.getheader("Content-Encoding") == ("gzip" if accepted == "gzip" else None)
        bodies.append(answer.read())
        connection.close()
    assert gzip.decompress(bodies[0]) == bodies[1]


def test_every_answer_tells_the_calls_left_in_the_minute(simulator: Simulator, session: requests.Session) -> None:
    left = []
    for _ in range(2):
        answer = session.post(f"{simulator.url}/totals", json=BODY, headers=bearer())
        assert answer.headers["x-per-minute-limit"] == "10000"
        left.append(int(answer.headers["x-per-minute-remaining"]))
    assert left[1] in {left[0] - 1, 9999}
    assert "x-per-minute-remaining" in session.get(f"{simulator.origin}/nowhere").headers


def test_a_connection_is_kept_for_the_next_call(simulator: Simulator) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", simulator.server_port)
    sockets = set()
    for _ in range(3):
        connection.request("POST", f"{PATH}/totals", json.dumps(BODY), bearer())
        connection.getresponse().read()
        sockets.add(connection.sock)
    assert len(sockets) == 1
    connection.close()


def test_many_callers_at_once_are_all_answered(simulator: Simulator, session: requests.Session) -> None:
    simulator.calls.clear()

    def call(_: int) -> int:
        return session.post(f"{simulator.url}/totals", json=BODY, auth=signed("@acme"), timeout=30).status_code

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(call, range(64))) == [200] * 64
    assert len(simulator.calls) == 64


def test_the_world_is_there_to_look_up_ids_in_and_holds_no_secret(
    simulator: Simulator, session: requests.Session
) -> None:
    world = session.get(f"{simulator.origin}/world.json").json()
    assert (world["now"], world["seed"]) == ("2026-11-16T12:00:00Z", 1)
    assert [account["handle"] for account in world["accounts"]] == [
        "@acme",
        "@acme_help",
        "@globex",
        "@acme_status",
        "@acme_shop",
    ]
    assert len(world["tweets"]) == len(WORLD.tweets)
    (deleted,) = (tweet for tweet in world["tweets"] if tweet["id"] == "2120192257029046273")
    assert deleted == {
        "id": "2120192257029046273",
        "handle": "@acme",
        "posted_at": "2026-11-10T16:30:00Z",
        "deleted_at": "2026-11-13T09:00:00Z",
        "media": "none",
        "text": "Test tweet please ignore",
    }
    text = json.dumps(world)
    secrets = list(simulator.environment().values())[2:]
    assert [secret for secret in secrets if secret in text] == []


def test_the_page_shows_the_latest_tweets(simulator: Simulator, session: requests.Session) -> None:
    page = session.get(f"{simulator.origin}/")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.text.index(WORLD.tweets[-1].id) < page.text.index(WORLD.tweets[-2].id)
    assert "https://acme.example/launch" in page.text
    assert "It&#x27;s here. Meet Trailbrew" in page.text


def test_the_environment_has_the_credentials_of_the_brand_alone(simulator: Simulator) -> None:
    assert simulator.environment() == {
        "REPORTGEN_ENGAGEMENT_URL": f"http://127.0.0.1:{simulator.server_port}/insights/engagement",
        "REPORTGEN_X_API_URL": f"http://127.0.0.1:{simulator.server_port}",
        "REPORTGEN_CONSUMER_KEY": WORLD.app.consumer_key,
        "REPORTGEN_CONSUMER_SECRET": WORLD.app.consumer_secret,
        "REPORTGEN_BEARER_TOKEN": WORLD.app.bearer_token,
        **{
            f"REPORTGEN_{handle.removeprefix('@').upper()}_ACCESS_TOKEN{what}": value
            for handle in ("@acme", "@acme_help", "@acme_status", "@acme_shop")
            for what, value in (
                ("", WORLD.account(handle).access_token),
                ("_SECRET", WORLD.account(handle).access_token_secret),
            )
        },
    }


def test_the_world_moves_on_with_a_clock(session: requests.Session) -> None:
    times = iter([NOW, NOW + timedelta(hours=1)])
    with serve(WORLD, now=lambda: next(times)) as moving:
        present = [session.get(f"{moving.origin}/world.json").json()["now"] for _ in range(2)]
    assert present == ["2026-11-16T12:00:00Z", "2026-11-16T13:00:00Z"]


def test_calls_are_not_kept_where_nobody_reads_them(session: requests.Session) -> None:
    with serve(WORLD, keep_calls=False) as simulator:
        assert session.post(f"{simulator.url}/totals", json=BODY, headers=bearer()).status_code == 200
        assert simulator.calls == []


def test_a_port_in_use_is_an_os_error(simulator: Simulator) -> None:
    with pytest.raises(OSError, match="Address already in use"), serve(WORLD, simulator.server_port):
        pass


def test_a_head_request_has_the_headers_alone(simulator: Simulator, session: requests.Session) -> None:
    answer = session.head(f"{simulator.origin}/world.json", headers={"Accept-Encoding": "identity"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 100_000


@pytest.mark.parametrize(("error", "is_said"), [(ConnectionResetError(), False), (ZeroDivisionError(), True)])
def test_a_client_that_hangs_up_is_not_worth_a_word(
    simulator: Simulator, capsys: pytest.CaptureFixture[str], error: Exception, is_said: bool
) -> None:
    try:
        raise error
    except type(error):
        simulator.handle_error(None, ("127.0.0.1", 1))
    assert (type(error).__name__ in capsys.readouterr().err) is is_said
