"""Who may call the X API, how often, what befalls a call, and what the log says of it."""

import json
from typing import get_args

import pytest
import requests

from reportgen.simulator.faults import Faults, Trouble
from reportgen.simulator.server import Simulator, XCall, serve
from reportgen.simulator.weather import Turn, Weather
from reportgen.simulator.world import World
from tests.simulator.x.asking import ask, signed_by

STATUS = "/2/users/1971846201384529921/tweets"
UNAUTHORIZED = {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}


@pytest.fixture
def session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


def test_a_call_is_in_the_log_with_who_signed_it_and_how_many_posts_it_gave(world: World) -> None:
    with serve(world) as simulator:
        ask(simulator, STATUS, "@acme_status", max_results=7, post__fields="created_at")
        ask(simulator, "/2/users/by", usernames="acme,globex")
        ask(simulator, "/2/tweets", ids="x")
        assert simulator.x_calls == [
            XCall(STATUS, {"max_results": "7", "post.fields": "created_at"}, "@acme_status", 200, 7),
            XCall("/2/users/by", {"usernames": "acme,globex"}, "app", 200, 0),
            XCall("/2/tweets", {"ids": "x"}, "app", 400, 0),
        ]
        assert simulator.calls == []


def test_the_calls_are_not_kept_where_nobody_reads_them(world: World) -> None:
    with serve(world, keep_calls=False) as simulator:
        ask(simulator, "/2/users/me", "@acme")
        assert simulator.x_calls == []


def test_the_query_is_part_of_the_signature(world: World, friendly: Simulator, session: requests.Session) -> None:
    request = requests.Request(
        "GET", f"{friendly.origin}/2/users/by", params={"usernames": "acme"}, **signed_by(world, "@acme")
    )
    prepared = session.prepare_request(request)
    assert session.send(prepared).status_code == 200
    other = session.prepare_request(request)
    other.url = str(other.url).replace("acme", "globex")
    answer = session.send(other)
    assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)


def test_a_caller_who_is_not_known_is_refused(world: World, session: requests.Session) -> None:
    with serve(world) as simulator:
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            answer = session.get(f"{simulator.origin}/2/users/by?usernames=acme", headers=headers)
            assert (answer.status_code, answer.json()) == (401, UNAUTHORIZED)
        assert [(call.signer, call.status) for call in simulator.x_calls] == [(None, 401)] * 2


@pytest.mark.parametrize(
    ("refused", "statuses"),
    [("app", [401, 200]), ("@acme", [200, 401]), ("all", [401, 401]), ("@acme_help", [200, 200])],
)
def test_credentials_that_are_refused_are_refused_here_too(world: World, refused: str, statuses: list[int]) -> None:
    with serve(world, faults=Faults(refused_credentials=(refused,))) as simulator:
        answers = [ask_either(simulator, world, signer) for signer in (None, "@acme")]
    assert [answer.status_code for answer in answers] == statuses


def ask_either(simulator: Simulator, world: World, signer: str | None) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(f"{simulator.origin}/2/users/by?usernames=acme", **signed_by(world, signer))


@pytest.mark.parametrize(
    ("method", "path", "status", "detail"),
    [
        ("GET", "/2/users/by/", 404, "There is no /2/users/by/ here."),
        ("GET", "/2/users/1/followers", 404, "There is no /2/users/1/followers here."),
        ("POST", "/2/tweets", 405, "Use GET."),
        ("DELETE", "/2/users/me", 405, "Use GET."),
    ],
)
def test_what_is_no_call_is_refused(
    world: World, friendly: Simulator, session: requests.Session, method: str, path: str, status: int, detail: str
) -> None:
    answer = session.request(method, friendly.origin + path, **signed_by(world, None))
    assert (answer.status_code, answer.json()["detail"]) == (status, detail)


def test_the_limit_is_told_by_headers_and_then_refuses_until_it_ends(world: World) -> None:
    now = 1_794_830_400.0
    with serve(world, faults=Faults(x_calls_per_window=1), clock=lambda: now) as simulator:
        first, second = (ask(simulator, STATUS) for _ in range(2))
        other_path, other_user = ask(simulator, "/2/tweets", ids="1"), ask(simulator, STATUS, "@acme")
        now += 900
        after = ask(simulator, STATUS)
        posts = [(call.status, call.posts) for call in simulator.x_calls]
    headers = {"x-rate-limit-limit": "1", "x-rate-limit-remaining": "0", "x-rate-limit-reset": "1794831300"}
    for answer in (first, second):
        assert {name: answer.headers[name] for name in headers} == headers
    assert (second.status_code, second.json()) == (
        429,
        {"title": "Too Many Requests", "type": "about:blank", "status": 429, "detail": "Too Many Requests"},
    )
    assert [answer.status_code for answer in (first, other_path, other_user, after)] == [200] * 4
    assert posts == [(200, 10), (429, 0), (200, 0), (200, 10), (200, 10)]


def test_the_minute_of_the_engagement_api_is_another_limit(world: World) -> None:
    with serve(world, faults=Faults(calls_per_minute=0)) as simulator:
        answer = ask(simulator, STATUS)
    assert answer.status_code == 200
    assert "x-per-minute-limit" not in answer.headers


def test_a_month_that_is_used_up_tells_no_instant_to_come_again(world: World) -> None:
    with serve(world, faults=Faults(x_usage_capped=True)) as simulator:
        answer = ask(simulator, STATUS, "@acme")
        (call,) = simulator.x_calls
    assert (answer.status_code, answer.json()["title"]) == (429, "UsageCapExceeded")
    assert answer.json()["type"] == "https://api.x.com/2/problems/usage-capped"
    assert not [name for name in answer.headers if name.startswith("x-rate-limit")]
    assert call == XCall(STATUS, {}, "@acme", 429, 0)


def test_the_trouble_of_one_api_is_not_the_others(world: World, session: requests.Session) -> None:
    status: tuple[Trouble, ...] = ("status",)
    with serve(world, faults=Faults(trouble=1, trouble_kinds=status)) as simulator:
        assert ask(simulator, STATUS).status_code == 200
    with serve(world, faults=Faults(x_trouble=1, trouble_kinds=status, trouble_statuses=(503,))) as simulator:
        refused = ask_either(simulator, world, None)
        totals = session.post(f"{simulator.url}/totals", json={}, **signed_by(world, None))
    assert totals.status_code == 400
    assert (refused.status_code, refused.headers["Content-Type"]) == (503, "application/problem+json; charset=utf-8")
    assert refused.json() == {
        "title": "Service Unavailable",
        "type": "about:blank",
        "status": 503,
        "detail": "Service Unavailable",
    }


def test_a_call_in_trouble_gets_through_when_it_is_made_once_more(world: World, session: requests.Session) -> None:
    faults = Faults(x_trouble=1, trouble_kinds=("status",), trouble_statuses=(500,), troubles_in_a_row=1)
    with serve(world, faults=faults) as simulator:
        statuses = [ask_either(simulator, world, None).status_code for _ in range(4)]
        other = session.get(f"{simulator.origin}{STATUS}", **signed_by(world, None))
        assert [call.status for call in simulator.x_calls] == [500, 200, 500, 200, 500]
    assert (statuses, other.status_code) == ([500, 200, 500, 200], 500)


@pytest.mark.parametrize("kind", ["reset", "hang"])
def test_a_call_that_gets_no_answer_is_in_the_log_without_a_status(world: World, kind: Trouble) -> None:
    faults = Faults(x_trouble=1, trouble_kinds=(kind,))
    with serve(world, faults=faults, sleep=lambda _: None) as simulator:
        with pytest.raises(requests.ConnectionError):
            ask_either(simulator, world, None)
        assert simulator.x_calls == [XCall("/2/users/by", {"usernames": "acme"}, "app", None, 0)]


@pytest.mark.parametrize("kind", ["proxy", "html", "cut_json"])
def test_a_body_that_is_no_json_comes_as_it_does_from_the_other_api(world: World, kind: Trouble) -> None:
    with serve(world, faults=Faults(x_trouble=1, trouble_kinds=(kind,))) as simulator:
        answer = ask_either(simulator, world, None)
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.content)


def test_an_answer_takes_as_long_as_the_faults_say(world: World) -> None:
    waited: list[float] = []
    with serve(world, faults=Faults(delay=(2, 2)), sleep=waited.append) as simulator:
        ask(simulator, STATUS)
    assert waited == [2]


def test_the_kinds_of_trouble_are_those_of_the_other_api() -> None:
    weather = Weather(Faults(trouble=1, trouble_kinds=get_args(Trouble)))
    met = {weather.turn("x", b"/2/tweets?ids=%d" % number).trouble for number in range(200)}
    assert met == set(get_args(Trouble))
    assert Weather(Faults()).turn("x", b"/2/tweets") == Turn()
