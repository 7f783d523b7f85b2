"""The simulator over HTTP on bad days: what really comes through the wire. Nothing here waits."""

import gzip
import http.client
import json
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from reportgen.simulator.faults import FRIENDLY, Faults
from reportgen.simulator.server import PATH, Call, Simulator, serve
from reportgen.simulator.world import World
from tests.simulator.test_server import BODY, NOW, VIRAL

WORLD = World(1, NOW)
TRUTH = {"g": {VIRAL: {"favorites": str(WORLD.total(VIRAL, "favorites"))}}}
WHOLE = json.dumps(TRUTH).encode()
AT = 1_794_830_400.0
"""The beginning of a minute."""


@dataclass
class Clock:
    now: float = AT

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@contextmanager
def bad_day(faults: Faults, clock: Callable[[], float] = lambda: AT) -> Iterator[tuple[Simulator, list[float]]]:
    """A simulator, and the seconds that it slept: here they take no time."""
    naps: list[float] = []
    with serve(WORLD, faults=faults, clock=clock, sleep=naps.append) as simulator:
        yield simulator, naps


def post(simulator: Simulator, endpoint: str = "totals", encoding: str = "identity") -> Answer:
    """One call on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", simulator.server_port, timeout=30)
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {WORLD.app.bearer_token}",
        "Accept-Encoding": encoding,
    }
    try:
        connection.request("POST", f"{PATH}/{endpoint}", json.dumps(BODY), headers)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


class TestTrouble:
    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_status_answers_with_the_vendors_json(self, status: int) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("status",), trouble_statuses=(status,))) as (simulator, _):
            answer = post(simulator)
            assert (answer.status, answer.headers["Content-Type"]) == (status, "application/json; charset=utf-8")
            assert list(json.loads(answer.body)) == ["errors"]
            assert simulator.calls == [Call("totals", status, BODY, "status")]

    def test_proxy_answers_with_the_html_of_a_proxy(self) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("proxy",), trouble_statuses=(502,))) as (simulator, _):
            answer = post(simulator)
            assert (answer.status, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
            assert b"<h1>502 Bad Gateway</h1>" in answer.body
            assert simulator.calls == [Call("totals", 502, BODY, "proxy")]

    def test_html_answers_with_a_page_and_status_200(self) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("html",))) as (simulator, _):
            answer = post(simulator)
            assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
            assert answer.body.startswith(b"<!doctype html>")
            assert simulator.calls == [Call("totals", 200, BODY, "html")]

    def test_reset_sends_nothing_and_resets_the_connection(self) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("reset",))) as (simulator, _):
            with pytest.raises(ConnectionResetError) as reset:
                post(simulator)
            assert type(reset.value) is ConnectionResetError
            assert simulator.calls == [Call("totals", None, BODY, "reset")]

    def test_hang_sends_nothing_for_its_seconds_and_closes_the_connection(self) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("hang",), hang_seconds=45)) as (simulator, naps):
            with pytest.raises(http.client.RemoteDisconnected):
                post(simulator)
            assert naps == [45]
            assert simulator.calls == [Call("totals", None, BODY, "hang")]

    def test_cut_sends_fewer_bytes_than_its_content_length_says(self) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("cut",))) as (simulator, _):
            with pytest.raises(http.client.IncompleteRead) as cut:
                post(simulator)
            half = len(WHOLE) // 2
            assert (cut.value.partial, cut.value.expected) == (WHOLE[:half], len(WHOLE) - half)
            assert simulator.calls == [Call("totals", 200, BODY, "cut")]

    def test_cut_gzip_sends_a_part_of_the_gzip_under_the_right_length(self) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("cut_gzip",))) as (simulator, _):
            answer = post(simulator, encoding="gzip")
            assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
            assert int(answer.headers["Content-Length"]) == len(answer.body)
            with pytest.raises(EOFError):
                gzip.decompress(answer.body)
            begun = zlib.decompressobj(wbits=31).decompress(answer.body)
            assert WHOLE.startswith(begun)
            assert begun != WHOLE

    @pytest.mark.parametrize("encoding", ["gzip", "identity"])
    def test_cut_json_sends_half_of_the_json_whole_in_every_other_way(self, encoding: str) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("cut_json",))) as (simulator, _):
            answer = post(simulator, encoding=encoding)
            body = gzip.decompress(answer.body) if encoding == "gzip" else answer.body
            assert (answer.status, body) == (200, WHOLE[: len(WHOLE) // 2])
            assert simulator.calls == [Call("totals", 200, BODY, "cut_json")]

    def test_drip_sends_the_right_answer_a_byte_at_a_time(self) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("drip",), drip_seconds=0.5)) as (simulator, naps):
            assert post(simulator).body == WHOLE
            assert naps == [0.5] * len(WHOLE)
            assert simulator.calls == [Call("totals", 200, BODY, "drip")]

    def test_trouble_counts_against_the_minute_and_tells_its_limit(self) -> None:
        faults = Faults(trouble=1, trouble_kinds=("status", "proxy", "html", "cut_json"), calls_per_minute=3)
        with bad_day(faults) as (simulator, _):
            answers = [post(simulator) for _ in range(4)]
            assert [answer.headers["x-per-minute-remaining"] for answer in answers] == ["2", "1", "0", "0"]
            assert answers[3].status == 429
            assert [call.trouble is None for call in simulator.calls] == [False, False, False, True]

    def test_trouble_is_over_after_so_many_in_a_row(self) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("status",), trouble_statuses=(503,), troubles_in_a_row=2)) as (
            simulator,
            _,
        ):
            assert [post(simulator).status for _ in range(6)] == [503, 503, 200, 503, 503, 200]

    def test_trouble_comes_in_the_same_order_in_a_second_run(self) -> None:
        faults = Faults(trouble=0.5, trouble_kinds=("status", "html", "cut_json"), seed=3)
        runs = []
        for _ in range(2):
            with bad_day(faults) as (simulator, _naps):
                for _call in range(12):
                    post(simulator)
                runs.append([(call.status, call.trouble) for call in simulator.calls])
        assert runs[0] == runs[1]
        assert {trouble for _, trouble in runs[0]} == {None, "status", "html", "cut_json"}

    def test_trouble_befalls_calls_alone(self) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("reset",), calls_per_minute=0)) as (simulator, _):
            connection = http.client.HTTPConnection("127.0.0.1", simulator.server_port)
            connection.request("GET", "/world.json")
            assert connection.getresponse().status == 200
            connection.close()


class TestTheMinute:
    def test_refuses_what_is_over_its_limit_until_it_turns(self) -> None:
        clock = Clock()
        with bad_day(Faults(calls_per_minute=2), clock) as (simulator, _):
            answers = [post(simulator) for _ in range(3)]
            clock.now += 60
            answers.append(post(simulator))
            assert [answer.status for answer in answers] == [200, 200, 429, 200]
            assert [answer.headers["x-per-minute-limit"] for answer in answers] == ["2"] * 4
            assert [answer.headers["x-per-minute-remaining"] for answer in answers] == ["1", "0", "0", "1"]
            assert json.loads(answers[2].body) == {
                "errors": ["Too many requests: the limit of calls per minute is reached."]
            }
            assert simulator.calls[2] == Call("totals", 429, BODY)

    def test_is_drawn_on_by_others(self) -> None:
        clock = Clock()
        with bad_day(Faults(calls_per_minute=10, others_per_minute=60), clock) as (simulator, _):
            remaining = []
            for _ in range(6):
                remaining.append((answer := post(simulator)).headers["x-per-minute-remaining"])
                clock.now += 2
            assert remaining == ["9", "6", "3", "0", "0", "0"]
            assert answer.status == 429

    def test_is_not_told_where_its_headers_are_off(self) -> None:
        with bad_day(Faults(calls_per_minute=1, limit_headers=False)) as (simulator, _):
            answers = [post(simulator), post(simulator)]
            assert [answer.status for answer in answers] == [200, 429]
            assert [name for answer in answers for name in answer.headers if name.startswith("x-per-minute")] == []


class TestADelay:
    def test_is_waited_before_the_answer_to_a_call(self) -> None:
        with bad_day(Faults(delay=(0.25, 0.25))) as (simulator, naps):
            assert post(simulator).body == WHOLE
            assert naps == [0.25]

    def test_ends_with_the_simulator(self) -> None:
        hung = threading.Event()

        def call(simulator: Simulator) -> None:
            with pytest.raises(http.client.RemoteDisconnected):
                post(simulator)
            hung.set()

        with serve(WORLD, faults=Faults(trouble=1, trouble_kinds=("hang",), hang_seconds=3600)) as simulator:
            thread = threading.Thread(target=call, args=(simulator,), daemon=True)
            thread.start()
            while not simulator.calls:
                thread.join(0.005)
        assert hung.wait(30)


class TestTheLog:
    def test_tells_the_tweets_of_each_call(self) -> None:
        with bad_day(Faults(trouble=1, trouble_kinds=("reset",), calls_per_minute=1)) as (simulator, _):
            with pytest.raises(ConnectionResetError):
                post(simulator)
            assert post(simulator).status == 429
            assert [(call.status, call.trouble, call.tweet_ids) for call in simulator.calls] == [
                (None, "reset", (VIRAL,)),
                (429, None, (VIRAL,)),
            ]

    @pytest.mark.parametrize("body", [None, [], {}, {"tweet_ids": "12"}])
    def test_names_no_tweets_where_the_body_is_not_that_of_a_call(self, body: object) -> None:
        assert Call("totals", 400, body).tweet_ids == ()


@pytest.mark.parametrize(
    ("faults", "endpoint", "status", "body"),
    [
        (FRIENDLY, "totals", 200, TRUTH),
        (Faults(numbers="bare"), "totals", 200, {"g": {VIRAL: {"favorites": WORLD.total(VIRAL, "favorites")}}}),
        (
            Faults(forbidden_tweet_ids=(VIRAL,)),
            "totals",
            403,
            {"errors": [f"Forbidden to access tweets: {VIRAL}"]},
        ),
        (
            Faults(protected_handles=("@acme",), protected_named=False),
            "totals",
            400,
            {"errors": ["1 Tweet ID(s) are unavailable"]},
        ),
        (
            Faults(refused_credentials=("app",)),
            "totals",
            401,
            {"errors": ["Your account could not be authenticated. Reason: Bearer token not found"]},
        ),
        (Faults(not_found=("28hr",)), "28hr", 404, {"errors": ["There is no 28hr here."]}),
    ],
)
def test_the_rules_of_a_bad_day_reach_the_client(
    faults: Faults, endpoint: str, status: int, body: dict[str, object]
) -> None:
    with bad_day(faults) as (simulator, _):
        answer = post(simulator, endpoint)
        assert (answer.status, json.loads(answer.body)) == (status, body)
        assert simulator.calls == [Call(endpoint, status, BODY)]
