"""Webhooks and directories through the outbox: from a report to the other side, and what is seen when it fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from reportgen.delivery.parcels import parcels_of
from reportgen.delivery.send import Courier, send_waiting
from reportgen.delivery_settings import Webhook
from reportgen.made import Pages
from reportgen.outbox import Delivery, Occasion, State, Way
from reportgen.render.look import Look
from reportgen.settings import Settings
from reportgen.spec.check import load_reports
from reportgen.spec.delivering import Publish
from reportgen.spec.model import ReportSpec
from reportgen.store.open import Store, open_store
from reportgen.store.outbox import add, claim, listing
from tests.conftest import ROOT
from tests.delivery.receiver import Receiver, answer, receiving
from tests.delivery.test_send import Clock
from tests.leaks.known import made_up
from tests.render.made_up import WEEKLY

AT = datetime(2026, 11, 16, 13, tzinfo=UTC)
OCCASION = Occasion("acme-weekly", AT)
PAGES = Pages(WEEKLY, Look(), {"html": b"<p>page</p>", "pdf": b"%PDF"})
TOKEN = made_up("/services/T1/B1/u7Qe2RkV9sLm", "the address of the webhook")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def spec(tmp_path: Path) -> ReportSpec:
    (loaded,) = load_reports([str(ROOT / "reports" / "weekly.yaml")])
    return replace(loaded, email=None, webhooks=("slack",), publish=Publish(tmp_path / "public"))


def put_in(store: Store, spec: ReportSpec, at: datetime = AT, state: State = State.WAITING) -> None:
    with store.writing() as connection:
        add(connection, OCCASION, parcels_of(spec, PAGES, OCCASION, Settings(), at), at, state)


def courier_for(store: Store, receiver: Receiver, clock: Clock) -> Courier:
    settings = Settings(
        webhooks={"slack": Webhook(receiver.url + TOKEN, "signed-with-this")},
        alerts=("ops@example.com",),
        mail_from="reports@example.com",
    )
    return Courier(store, settings, {"acme-weekly"}, "first", clock, lambda: 0.0, clock.sleep)


def by_way(store: Store) -> dict[Way, Delivery]:
    with store.reading() as connection:
        return {delivery.way: delivery for delivery in listing(connection)}


def test_both_get_the_report_once(store: Store, spec: ReportSpec, tmp_path: Path) -> None:
    put_in(store, spec)
    put_in(store, spec)
    with receiving() as receiver:
        assert send_waiting(courier_for(store, receiver, Clock(AT))) == {State.SENT: 2}
        assert send_waiting(courier_for(store, receiver, Clock(AT))) == {}
    (received,) = receiver.received
    found = by_way(store)
    assert received.headers["x-reportgen-delivery"] == found[Way.WEBHOOK].message_id
    assert json.loads(received.body)["metadata"]["event_payload"]["report"] == "acme-weekly"
    assert (tmp_path / "public" / "acme-weekly-2026-11-15.pdf").read_bytes() == b"%PDF"
    assert found[Way.WEBHOOK].said == "it answered 200"
    assert found[Way.DIRECTORY].said == f"it is in {tmp_path / 'public'}"


def test_a_webhook_that_asks_for_patience_gets_it_later_under_the_same_id(store: Store, spec: ReportSpec) -> None:
    put_in(store, replace(spec, publish=None))
    busy = answer("429 Too Many Requests", "", "Retry-After: 600")
    with receiving(busy, answer("200 OK", "ok")) as receiver:
        courier = courier_for(store, receiver, clock := Clock(AT))
        assert send_waiting(courier) == {State.WAITING: 1}
        assert by_way(store)[Way.WEBHOOK].next_attempt == AT + timedelta(minutes=10)
        clock.now += timedelta(minutes=10)
        assert send_waiting(courier) == {State.SENT: 1}
    ids = {received.headers["x-reportgen-delivery"] for received in receiver.received}
    assert (len(receiver.received), ids) == (2, {by_way(store)[Way.WEBHOOK].message_id})


def test_a_webhook_that_refuses_is_kept_and_told(store: Store, spec: ReportSpec) -> None:
    put_in(store, replace(spec, publish=None))
    with receiving(answer("410 Gone", "channel_is_archived")) as receiver:
        counts = send_waiting(courier_for(store, receiver, Clock(AT)))
    found = by_way(store)
    assert counts[State.FAILED] == 1
    assert (found[Way.WEBHOOK].state, found[Way.WEBHOOK].said) == (
        State.FAILED,
        "it answered 410 (channel_is_archived)",
    )
    assert found[Way.ALERT].about == "Acme on X, weekly: 9–15 November 2026: not delivered to slack"
    later = AT + timedelta(hours=2)
    with store.writing() as connection:
        claimed = claim(connection, ["acme-weekly"], later, "other", timedelta(minutes=5))
    assert claimed
    alert = message_from_bytes(claimed.content, policy=policy.default)
    assert str(alert["To"]) == "ops@example.com"
    assert TOKEN.encode() not in claimed.content


def test_what_is_held_goes_nowhere(store: Store, spec: ReportSpec, tmp_path: Path) -> None:
    put_in(store, spec, state=State.HELD)
    with receiving() as receiver:
        assert send_waiting(courier_for(store, receiver, Clock(AT))) == {}
        assert receiver.received == []
    assert not (tmp_path / "public").exists()


def test_a_directory_that_cannot_be_written_is_tried_again(store: Store, spec: ReportSpec, tmp_path: Path) -> None:
    (tmp_path / "public").write_text("a file")
    put_in(store, replace(spec, webhooks=()))
    with receiving() as receiver:
        courier = courier_for(store, receiver, clock := Clock(AT))
        assert send_waiting(courier) == {State.WAITING: 1}
        assert by_way(store)[Way.DIRECTORY].said == f"cannot make the folder {tmp_path / 'public'}: File exists"
        (tmp_path / "public").unlink()
        clock.now += timedelta(minutes=1)
        assert send_waiting(courier) == {State.SENT: 1}
