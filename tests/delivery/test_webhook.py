"""A webhook is told over HTTP, once for each attempt, and its answer says what becomes of the delivery."""

from __future__ import annotations

import hashlib
import hmac
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from reportgen.delivery.webhook import check_webhooks, parcel, send
from reportgen.delivery_settings import Webhook
from reportgen.errors import InputError
from reportgen.outbox import Copy, Later, Refused, Sent, Verdict, Way
from reportgen.render.look import Look
from reportgen.settings import Settings
from tests.delivery.made_up import MESSAGE_ID, NOW, delivery
from tests.delivery.mail_server import tls_of
from tests.delivery.receiver import answer, receiving, secured
from tests.leaks.known import made_up
from tests.render.made_up import WEEKLY
from tests.spec.documents import BASE
from tests.spec.test_build import spec_of

PATH = made_up("/services/T00000000/B00000000/hRrX8mC2vQzKpLwN", "the webhook's address")
SECRET = made_up("whsec-4f9cQ1tY7nEw", "the webhook's secret")
WORDS = made_up("correct_horse_battery_staple", "a secret of words")
BODY = '{"text":"Größer"}'.encode()
TEAM = delivery(Way.WEBHOOK, "team-slack")


def told(url: str, *, secret: str | None = None, timeout: float = 5) -> Verdict:
    webhooks = {"team-slack": Webhook(url + PATH, secret)}
    return send(TEAM, BODY, Settings(webhooks=webhooks, read_timeout=timeout), NOW)


def test_it_is_sent_the_body_with_its_message_id() -> None:
    with receiving() as receiver:
        assert told(receiver.url) == Sent("it answered 200")
    (received,) = receiver.received
    assert received.line == f"POST {PATH} HTTP/1.1"
    assert received.body == BODY
    assert received.headers["content-type"] == "application/json; charset=utf-8"
    assert received.headers["x-reportgen-delivery"] == MESSAGE_ID
    assert received.headers["user-agent"].startswith("reportgen/")
    assert "x-reportgen-signature" not in received.headers
    assert "authorization" not in received.headers


def test_with_a_secret_its_time_and_its_body_are_signed() -> None:
    with receiving() as receiver:
        told(receiver.url, secret=SECRET)
    at = int(NOW.timestamp())
    expected = hmac.new(SECRET.encode(), str(at).encode() + b"." + BODY, hashlib.sha256).hexdigest()
    assert receiver.received[0].headers["x-reportgen-signature"] == f"t={at},v1={expected}"


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("204 No Content", Sent("it answered 204")),
        ("301 Moved Permanently", Refused("it answered 301, which leads elsewhere; set the address that it leads to")),
        ("307 Temporary", Refused("it answered 307, which leads elsewhere; set the address that it leads to")),
        ("400 Bad Request", Refused("it answered 400")),
        ("404 Not Found", Refused("it answered 404")),
        ("408 Request Timeout", Later("it answered 408")),
        ("410 Gone", Refused("it answered 410")),
        ("429 Too Many Requests", Later("it answered 429")),
        ("500 Internal Server Error", Later("it answered 500")),
        ("503 Service Unavailable", Later("it answered 503")),
    ],
)
def test_its_status_decides(status: str, verdict: Verdict) -> None:
    with receiving(answer(status)) as receiver:
        assert told(receiver.url) == verdict
    assert len(receiver.received) == 1


def test_a_redirect_is_not_followed() -> None:
    with receiving() as elsewhere:
        with receiving(answer("302 Found", "", f"Location: {elsewhere.url}/")) as receiver:
            assert isinstance(told(receiver.url), Refused)
        assert elsewhere.received == []


@pytest.mark.parametrize(
    ("retry_after", "at"),
    [
        ("30", NOW + timedelta(seconds=30)),
        ("Mon, 16 Nov 2026 14:00:00 GMT", datetime(2026, 11, 16, 14, tzinfo=UTC)),
        ("soon", None),
        ("-5", None),
        ("9" * 400, None),
        ("Mon, 99 Nov 2026 14:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -1200", None),
    ],
)
def test_the_time_that_it_names_is_kept(retry_after: str, at: datetime | None) -> None:
    for status in ("429 Too Many Requests", "503 Service Unavailable"):
        with receiving(answer(status, "", f"Retry-After: {retry_after}")) as receiver:
            verdict = told(receiver.url)
        assert isinstance(verdict, Later)
        assert verdict.not_before == at


def test_the_word_that_it_gives_is_told() -> None:
    with receiving(answer("410 Gone", "channel_is_archived")) as receiver:
        assert told(receiver.url) == Refused("it answered 410 (channel_is_archived)")


@pytest.mark.parametrize("said", [f"no hook at {PATH}", "services", "<!doctype html>" + "x" * 5_000, "\x1b[2J", SECRET])
def test_whatever_else_it_says_is_not_told(said: str) -> None:
    with receiving(answer("404 Not Found", said)) as receiver:
        assert told(receiver.url, secret=SECRET) == Refused("it answered 404")


def test_a_word_of_the_secret_is_not_told() -> None:
    with receiving(answer("404 Not Found", "no_service")) as receiver:
        assert told(receiver.url, secret=WORDS) == Refused("it answered 404 (no_service)")
    with receiving(answer("404 Not Found", "battery_staple")) as receiver:
        assert told(receiver.url, secret=WORDS) == Refused("it answered 404")


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 2", b"SSH-2.0-OpenSSH_9.2\r\n"])
def test_one_that_hangs_up_is_asked_again(said: bytes) -> None:
    with receiving(said) as receiver:
        assert told(receiver.url) == Later("the connection failed")


@pytest.mark.parametrize("rest", [b"", b"Content-Le", b"Content-Length: 100\r\n\r\n", b"\xff \r\n\r\n"])
def test_its_status_counts_whatever_follows_and_nothing_of_it_is_logged(
    rest: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with receiving(b"HTTP/1.1 404 Not Found\r\n" + rest) as receiver:
        assert told(receiver.url) == Refused("it answered 404")
    assert caplog.records == []


def test_one_that_is_not_there_is_asked_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert told(f"http://127.0.0.1:{port}") == Later("it cannot be reached")


def test_one_that_does_not_answer_is_asked_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert told(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.05) == Later("it did not answer in time")


@pytest.fixture
def hooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The certificate of hooks.acme.example, which is this machine, and whose authority is trusted."""
    resolve = socket.getaddrinfo

    def resolved(host: str, *arguments: Any, **options: Any) -> Any:
        return resolve("127.0.0.1" if host == "hooks.acme.example" else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    return tls_of(tmp_path, "hooks.acme.example")


def test_over_https_it_is_sent_the_body(hooks: ssl.SSLContext) -> None:
    with receiving(tls=hooks) as receiver:
        assert told(f"https://hooks.acme.example:{receiver.port}") == Sent("it answered 200")
    assert [received.body for received in receiver.received] == [BODY]


def test_over_https_an_answer_that_drips_has_the_time_of_a_whole_one(hooks: ssl.SSLContext) -> None:
    with dripping(b"HTTP/1.1 200 OK\r\nX-Long: ", hooks) as (url, over):
        assert told(url.replace("http://127.0.0.1", "https://hooks.acme.example"), timeout=0.5) == Later(
            "it did not answer in time"
        )
        assert not over.is_set()


def test_one_whose_certificate_is_of_another_name_gets_nothing(tmp_path: Path, hooks: ssl.SSLContext) -> None:
    with receiving(tls=tls_of(tmp_path, "board.acme.example")) as receiver:
        verdict = told(f"https://hooks.acme.example:{receiver.port}")
    assert (verdict, receiver.received) == (Later("its certificate is not valid"), [])


def test_one_whose_authority_nobody_trusts_gets_nothing(tmp_path: Path) -> None:
    with receiving(tls=tls_of(tmp_path, "localhost")) as receiver:
        verdict = told(f"https://localhost:{receiver.port}")
    assert (verdict, receiver.received) == (Later("its certificate is not valid"), [])


def test_one_whose_address_has_gone_waits_for_it() -> None:
    assert send(TEAM, BODY, Settings(), NOW) == Later(
        "its address is not known: set REPORTGEN_WEBHOOK_TEAM_SLACK_URL in the environment or in .env"
    )


def test_one_without_an_address_is_told_with_its_place_in_the_file(tmp_path: Path) -> None:
    spec = spec_of(f"{BASE}webhooks: [board, team-slack]\n", tmp_path)
    settings = Settings(webhooks={"board": Webhook("https://hooks.example" + PATH)})
    with pytest.raises(InputError) as told_first:
        check_webhooks([spec], settings)
    assert str(told_first.value) == (
        f"{spec.path}:7:19: webhooks[1]: no address for team-slack: set REPORTGEN_WEBHOOK_TEAM_SLACK_URL in the "
        "environment or in .env"
    )
    check_webhooks([replace(spec, webhooks=("board",), webhooks_at=((7, 12),))], settings)


def test_a_parcel_is_the_same_for_all_its_copies() -> None:
    copies = (Copy("team-slack", "<1@example.com>"), Copy("board", "<2@example.com>"))
    made = parcel(WEEKLY, Look(), ("html", "pdf"), copies)
    assert (made.way, made.about, made.copies) == (Way.WEBHOOK, "Acme on X, weekly: 9–15 November 2026", copies)
    assert made.content == parcel(WEEKLY, Look(), ("html", "pdf"), copies).content


@pytest.mark.parametrize(
    "begins",
    [b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 2", b""],
    ids=["in a header", "before a header", "after go on", "at once"],
)
def test_an_answer_that_drips_has_the_time_of_a_whole_one(begins: bytes) -> None:
    with dripping(begins) as (url, over):
        assert told(url, timeout=0.3) == Later("it did not answer in time")
        assert not over.is_set()


def test_the_status_stands_where_the_words_behind_it_drip() -> None:
    with dripping(b"HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n") as (url, over):
        assert told(url, timeout=0.3) == Later("it answered 500")
        assert not over.is_set()


@contextmanager
def dripping(begins: bytes, tls: ssl.SSLContext | None = None) -> Iterator[tuple[str, Event]]:
    """A receiver that answers a byte at a time, for as long as anybody listens; tells when it has given up."""
    over, never = Event(), Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with suppress(OSError), secured(connection, tls) as connected:
            connected.recv(65536)
            connected.sendall(begins)
            for _ in range(500):
                connected.sendall(b"0")
                never.wait(0.02)
        over.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=drip, args=(listener,))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", over
        thread.join()
