"""The port of a scheduler, over HTTP: whether it is well, and its numbers as Prometheus reads them."""

from __future__ import annotations

import http.client
import json
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families

from reportgen import __version__
from reportgen.errors import InputError, StoreError
from reportgen.outbox import State, Way
from reportgen.serve.health import STALE, answering, parse_address
from reportgen.serve.pulse import Pulse
from reportgen.store.overview import Overview

NOW = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
MONDAY = NOW + timedelta(days=7)
FOUND = Overview(
    {State.SENT: 40, State.WAITING: 2, State.FAILED: 1},
    NOW - timedelta(hours=2),
    {"acme-weekly": NOW - timedelta(days=7), "gone": NOW},
)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str


def unreadable() -> Overview:
    raise StoreError("postgresql://reports:***@db.internal/reports", "cannot be reached")


@contextmanager
def asking(
    pulse: Pulse, found: Overview | None = FOUND, now: datetime = NOW, host: str = "127.0.0.1"
) -> Iterator[http.client.HTTPConnection]:
    look = unreadable if found is None else lambda: found
    with answering((host, 0), pulse, look, lambda: now) as port:
        connection = http.client.HTTPConnection(host, port, timeout=10)
        yield connection
        connection.close()


def asked(connection: http.client.HTTPConnection, path: str, method: str = "GET", accept: str = "") -> Answer:
    connection.request(method, path, headers={"Accept": accept} if accept else {})
    with connection.getresponse() as answer:
        return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())


def samples(text: str) -> dict[tuple[str, ...], float]:
    """By the name, and the values of the labels in the order of their names."""
    families = text_string_to_metric_families(text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_it_is_well_where_the_loop_comes_round_and_the_store_can_be_read() -> None:
    with asking(Pulse(NOW - STALE)) as connection:
        answer = asked(connection, "/healthz")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    assert json.loads(answer.body) == {
        "status": "ok",
        "problems": [],
        "last_tick": "2026-11-16T12:55:00Z",
        "now": "2026-11-16T13:00:00Z",
    }


def test_a_loop_that_hangs_is_told() -> None:
    with asking(Pulse(NOW - STALE - timedelta(seconds=1))) as connection:
        answer = asked(connection, "/healthz")
    assert answer.status == 503
    assert json.loads(answer.body)["problems"] == ["the loop has not come round since 2026-11-16T12:54:59Z"]


def test_a_store_that_cannot_be_read_is_told_without_its_address() -> None:
    with asking(Pulse(NOW), None) as connection:
        answer = asked(connection, "/healthz")
    assert answer.status == 503
    assert json.loads(answer.body)["problems"] == ["the store cannot be read"]
    assert "db.internal" not in answer.body


def test_prometheus_reads_all_numbers() -> None:
    pulse = Pulse(NOW)
    pulse.tick(NOW, {"acme-weekly": MONDAY, "launch": MONDAY})
    pulse.made("complete")
    pulse.called(5)
    for _ in range(3):
        pulse.delivered(Way.MAIL, State.SENT)
    pulse.delivered(Way.WEBHOOK, State.WAITING)
    with asking(pulse) as connection:
        answer = asked(connection, "/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert samples(answer.body) == {
        ("reportgen_build_info", __version__): 1,
        ("reportgen_reports_total", "complete"): 1,
        ("reportgen_reports_total", "incomplete"): 0,
        ("reportgen_reports_total", "failed"): 0,
        ("reportgen_delivery_attempts_total", "sent", "mail"): 3,
        ("reportgen_delivery_attempts_total", "waiting", "webhook"): 1,
        ("reportgen_engagement_api_calls_total",): 5,
        ("reportgen_loop_last_tick_timestamp_seconds",): NOW.timestamp(),
        ("reportgen_report_next_due_timestamp_seconds", "acme-weekly"): MONDAY.timestamp(),
        ("reportgen_report_next_due_timestamp_seconds", "launch"): MONDAY.timestamp(),
        ("reportgen_store_up",): 1,
        ("reportgen_outbox_deliveries", "waiting"): 2,
        ("reportgen_outbox_deliveries", "sending"): 0,
        ("reportgen_outbox_deliveries", "sent"): 40,
        ("reportgen_outbox_deliveries", "failed"): 1,
        ("reportgen_outbox_deliveries", "held"): 0,
        ("reportgen_outbox_deliveries", "canceled"): 0,
        ("reportgen_outbox_waiting_since_timestamp_seconds",): (NOW - timedelta(hours=2)).timestamp(),
        ("reportgen_report_last_success_timestamp_seconds", "acme-weekly"): (NOW - timedelta(days=7)).timestamp(),
    }


def test_open_metrics_are_given_to_who_asks_for_them() -> None:
    with asking(Pulse(NOW)) as connection:
        answer = asked(connection, "/metrics", accept="application/openmetrics-text; version=1.0.0")
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
    assert "reportgen_reports" in {family.name for family in open_metrics(answer.body)}  # type: ignore[no-untyped-call]


def test_where_nothing_waits_there_is_no_time_rather_than_a_zero() -> None:
    with asking(Pulse(NOW), Overview()) as connection:
        found = samples(asked(connection, "/metrics").body)
    assert ("reportgen_outbox_waiting_since_timestamp_seconds",) not in found
    assert found["reportgen_outbox_deliveries", "waiting"] == 0


def test_without_the_store_its_numbers_are_absent() -> None:
    with asking(Pulse(NOW), None) as connection:
        found = samples(asked(connection, "/metrics").body)
    assert found["reportgen_store_up",] == 0
    assert not [name for name, *_ in found if "outbox" in name]


def test_a_head_has_no_body() -> None:
    with asking(Pulse(NOW)) as connection:
        answer = asked(connection, "/healthz", "HEAD")
    assert (answer.status, answer.body) == (200, "")
    assert int(answer.headers["Content-Length"]) > 0


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(method: str) -> None:
    with asking(Pulse(NOW)) as connection:
        assert asked(connection, "/healthz", method).status == 501


@pytest.mark.parametrize("path", ["/", "/metrics/", "/../etc/passwd", "http://elsewhere.example/metrics"])
def test_there_is_nothing_else(path: str) -> None:
    with asking(Pulse(NOW)) as connection:
        assert asked(connection, path).status == 404


def test_it_tells_no_version_of_python_and_nothing_is_kept() -> None:
    with asking(Pulse(NOW)) as connection:
        headers = asked(connection, "/metrics?x=1").headers
    assert (headers["Server"], headers["Cache-Control"]) == ("reportgen", "no-store")


def test_who_hangs_up_is_no_trouble(capfd: pytest.CaptureFixture[str]) -> None:
    with answering(("127.0.0.1", 0), Pulse(NOW), lambda: FOUND, lambda: NOW) as port:
        with socket.create_connection(("127.0.0.1", port)) as reset:
            reset.sendall(b"GET /healthz")
            reset.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection = http.client.HTTPConnection("127.0.0.1", port)
        assert asked(connection, "/healthz").status == 200
        connection.close()
    assert capfd.readouterr() == ("", "")


def test_a_defect_shows_its_trace(capfd: pytest.CaptureFixture[str]) -> None:
    def broken() -> Overview:
        raise ZeroDivisionError

    with answering(("127.0.0.1", 0), Pulse(NOW), broken, lambda: NOW) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        with pytest.raises(http.client.RemoteDisconnected):
            asked(connection, "/healthz")
        connection.close()
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(InputError, match=rf"^cannot listen on 127\.0\.0\.1, port {port}: Address already in use$"),
            answering(("127.0.0.1", port), Pulse(NOW), lambda: FOUND, lambda: NOW),
        ):
            pass


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:9464", ("127.0.0.1", 9464)),
        ("9464", ("127.0.0.1", 9464)),
        (":9464", ("127.0.0.1", 9464)),
        ("localhost:0", ("localhost", 0)),
        ("0.0.0.0:9464", ("0.0.0.0", 9464)),  # noqa: S104
        ("[::1]:9464", ("::1", 9464)),
    ],
)
def test_an_address_without_a_host_is_this_machines(text: str, address: tuple[str, int]) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize("text", ["", "localhost", "::1:9464", "127.0.0.1:99999", "127.0.0.1:-1", "http://x:1"])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no address to listen on; it is written like 127\.0\.0\.1:9464$"):
        parse_address(text)
