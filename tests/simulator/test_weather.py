"""What calls meet is drawn by the seed."""

import json
from collections import Counter
from typing import get_args

import pytest

from reportgen.simulator.faults import Faults, Trouble
from reportgen.simulator.weather import Reply, Turn, Weather, befallen, reply_of

BODIES = [b"body %d" % number for number in range(2_000)]


def turns(faults: Faults, bodies: list[bytes] = BODIES) -> list[Turn]:
    weather = Weather(faults)
    return [weather.turn("totals", body) for body in bodies]


def test_without_trouble_nothing_is_met() -> None:
    assert set(turns(Faults())) == {Turn()}


def test_the_share_of_calls_in_trouble_is_as_asked_and_each_kind_and_status_as_likely() -> None:
    faults = Faults(trouble=0.2, trouble_kinds=("status", "reset"), trouble_statuses=(502, 503))
    met = turns(faults)
    kinds = Counter(turn.trouble for turn in met)
    assert 350 < len(met) - kinds[None] < 450
    assert kinds.keys() == {None, "status", "reset"}
    assert abs(kinds["status"] - kinds["reset"]) < 60
    assert {turn.status for turn in met if turn.trouble} == {502, 503}


def test_a_share_of_1_is_every_call() -> None:
    assert None not in {turn.trouble for turn in turns(Faults(trouble=1))}


def test_a_run_of_the_same_calls_meets_the_same_in_whatever_order() -> None:
    faults = Faults(trouble=0.5, delay=(0, 1))
    first, again, backwards = turns(faults), turns(faults), turns(faults, BODIES[::-1])
    assert first == again == backwards[::-1]


def test_another_seed_or_endpoint_meets_something_else() -> None:
    assert turns(Faults(trouble=0.5)) != turns(Faults(trouble=0.5, seed=2))
    weather = Weather(Faults(trouble=0.5))
    assert turns(Faults(trouble=0.5)) != [weather.turn("28hr", body) for body in BODIES]


def test_a_repeated_call_meets_something_new() -> None:
    assert {turn.trouble is None for turn in turns(Faults(trouble=0.5), [b"same"] * 50)} == {True, False}


@pytest.mark.parametrize("most", [1, 3])
def test_after_so_many_troubles_in_a_row_the_same_body_gets_through(most: int) -> None:
    met = turns(Faults(trouble=1, troubles_in_a_row=most), [b"same"] * 12)
    assert [turn.trouble is None for turn in met] == ([False] * most + [True]) * (12 // (most + 1))


def test_the_troubles_of_another_body_do_not_count_for_this_one() -> None:
    met = turns(Faults(trouble=1, troubles_in_a_row=1), [b"one", b"two", b"one", b"two"])
    assert [turn.trouble is None for turn in met] == [False, False, True, True]


def test_a_delay_lies_between_the_least_and_the_most() -> None:
    delays = [turn.delay for turn in turns(Faults(delay=(0.1, 0.5)))]
    assert 0.1 <= min(delays) < 0.11
    assert 0.49 < max(delays) < 0.5
    assert set(turns(Faults(delay=(2, 2)))) == {Turn(delay=2)}


REPLY = reply_of(200, {"g": {"1": {"favorites": "12"}}}, **{"x-per-minute-limit": "120"})


def page(title: str) -> bytes:
    html = f"<!doctype html>\n<html><head><title>{title}</title></head>\n<body><h1>{title}</h1></body></html>\n"
    return html.encode()


@pytest.mark.parametrize(
    ("kind", "status", "content_type", "body"),
    [
        (
            "status",
            503,
            "application/json; charset=utf-8",
            b'{"errors": ["Service Unavailable. Please try again later."]}',
        ),
        (
            "proxy",
            503,
            "text/html; charset=utf-8",
            page("503 Service Unavailable"),
        ),
        (
            "html",
            200,
            "text/html; charset=utf-8",
            page("Please sign in to the network"),
        ),
        ("cut_json", 200, "application/json; charset=utf-8", b'{"g": {"1": {"fa'),
    ],
)
def test_a_reply_is_changed_by_its_trouble(kind: Trouble, status: int, content_type: str, body: bytes) -> None:
    changed = befallen(REPLY, Turn(trouble=kind, status=503))
    assert changed == Reply(status, body, content_type, {"x-per-minute-limit": "120"}, kind)


@pytest.mark.parametrize("kind", sorted(set(get_args(Trouble)) - {"status", "proxy", "html", "cut_json"}))
def test_trouble_in_the_sending_leaves_the_reply_itself_as_it_is(kind: Trouble) -> None:
    changed = befallen(REPLY, Turn(trouble=kind))
    assert (changed.status, changed.body, changed.trouble) == (200, REPLY.body, kind)


def test_without_trouble_the_reply_is_as_it_was() -> None:
    assert befallen(REPLY, Turn(delay=3)) is REPLY
    assert json.loads(REPLY.body) == {"g": {"1": {"favorites": "12"}}}
