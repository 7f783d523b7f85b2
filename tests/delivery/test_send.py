"""The sending loop: each delivery leaves by its way, and what came of it is in the store."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from reportgen.cli.signals import held_signals
from reportgen.delivery.message import message_of
from reportgen.delivery.send import Courier, send_waiting
from reportgen.delivery.smtp_client import Client
from reportgen.delivery_settings import Webhook
from reportgen.errors import StoreError
from reportgen.outbox import Copy, Delivery, Occasion, Parcel, State, Verdict, Way
from reportgen.settings import Settings
from reportgen.store.open import Store, open_store
from reportgen.store.outbox import add, claim, listing, take_back
from tests.delivery.letters import HEADING, LETTER, text_of
from tests.delivery.mail_server import MailServer
from tests.leaks.known import made_up

AT = datetime(2026, 11, 16, 8, tzinfo=UTC)
OCCASION = Occasion("acme-weekly", AT)
CONTENT = message_of(LETTER, HEADING)
TO = ("anna@client.example", "ben@client.example", "carla@client.example")


@dataclass
class Clock:
    """A clock that stands still, and is moved by hand."""

    now: datetime = AT
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def courier(store: Store, clock: Clock, mail_server: MailServer) -> Courier:
    settings = Settings(smtp=mail_server.smtp, mail_from="Acme <reports@acme.example>")
    return Courier(store, settings, {"acme-weekly"}, "first", clock, lambda: 0.0, clock.sleep)


def put_in(store: Store, *parcels: Parcel) -> None:
    with store.writing() as connection:
        add(connection, OCCASION, parcels, AT)


def mails(*recipients: str) -> Parcel:
    copies = tuple(Copy(to, f"<{to.partition('@')[0]}@acme.example>") for to in recipients)
    return Parcel(Way.MAIL, "Acme on X", CONTENT, copies)


def in_store(store: Store) -> dict[str, Delivery]:
    with store.reading() as connection:
        return {delivery.recipient: delivery for delivery in listing(connection)}


def test_each_recipient_gets_a_mail_once_by_one_connection(courier: Courier, mail_server: MailServer) -> None:
    put_in(courier.store, mails(*TO))
    assert send_waiting(courier) == {State.SENT: 3}
    assert send_waiting(courier) == {}
    assert [(mail.recipients, mail.message_id, mail.connection) for mail in mail_server.mails] == [
        (("anna@client.example",), "<anna@acme.example>", 1),
        (("ben@client.example",), "<ben@acme.example>", 1),
        (("carla@client.example",), "<carla@acme.example>", 1),
    ]
    assert {(one.state, one.said, one.ended) for one in in_store(courier.store).values()} == {
        (State.SENT, "250 2.0.0 taken over", AT)
    }


def test_one_is_refused_and_one_put_off_while_the_third_has_it(
    courier: Courier, clock: Clock, mail_server: MailServer
) -> None:
    put_in(courier.store, mails(*TO))
    mail_server.to_recipient[TO[0]].append("450 4.2.0 come again")
    mail_server.to_recipient[TO[1]].append("550 5.1.1 unknown")
    told: list[Delivery] = []
    assert send_waiting(courier, told=told.append) == {State.WAITING: 1, State.FAILED: 1, State.SENT: 1}
    assert [(one.recipient, one.state, one.said) for one in told] == [
        (TO[0], State.WAITING, "450 4.2.0 come again"),
        (TO[1], State.FAILED, "550 5.1.1 unknown"),
        (TO[2], State.SENT, "250 2.0.0 taken over"),
    ]
    assert in_store(courier.store)[TO[0]].next_attempt == AT + timedelta(minutes=1)
    clock.now = AT + timedelta(minutes=1)
    assert send_waiting(courier) == {State.SENT: 1}
    assert [mail.recipients[0] for mail in mail_server.mails] == [TO[2], TO[0]]


def test_who_looks_after_it_is_told_of_what_has_failed(courier: Courier, mail_server: MailServer) -> None:
    put_in(courier.store, mails(TO[0]))
    mail_server.to_recipient[TO[0]].append("550 5.1.1 unknown")
    watched = replace(courier, settings=replace(courier.settings, alerts=("Ops <ops@acme.example>",)))
    assert send_waiting(watched) == {State.FAILED: 1, State.SENT: 1}
    (alert,) = mail_server.mails
    assert (alert.recipients, "550 5.1.1 unknown" in text_of(alert.message, "plain")) == (("ops@acme.example",), True)


def test_an_alert_that_fails_calls_for_no_other(courier: Courier, mail_server: MailServer) -> None:
    put_in(courier.store, replace(mails("ops@acme.example"), way=Way.ALERT))
    mail_server.to_recipient["ops@acme.example"].append("550 5.1.1 unknown")
    watched = replace(courier, settings=replace(courier.settings, alerts=("boss@acme.example",)))
    assert send_waiting(watched) == {State.FAILED: 1}
    assert list(in_store(courier.store)) == ["ops@acme.example"]


def test_it_stops_between_two_when_told_to(courier: Courier, mail_server: MailServer) -> None:
    put_in(courier.store, mails(*TO))
    assert send_waiting(courier, stop=lambda: len(mail_server.mails) == 2) == {State.SENT: 2}
    assert len(mail_server.mails) == 2


def test_what_somebody_else_has_taken_is_left_to_them(courier: Courier, mail_server: MailServer, clock: Clock) -> None:
    put_in(courier.store, mails(TO[0]))

    @dataclass
    class Late:
        """A clock by which the lease is over when the mail is about to leave, and another courier has taken it."""

        asked: int = 0

        def __call__(self) -> datetime:
            self.asked += 1
            if self.asked == 2:
                clock.now = AT + timedelta(minutes=6)
                with courier.store.writing() as connection:
                    take_back(
                        connection, ["acme-weekly"], clock.now, timedelta(minutes=5), timedelta(hours=24), lambda: 0
                    )
                    assert claim(connection, ["acme-weekly"], clock.now, "second", timedelta(minutes=5)) is not None
            return clock.now

    assert send_waiting(replace(courier, clock=Late())) == {}
    assert mail_server.mails == []
    assert in_store(courier.store)[TO[0]].state is State.SENDING


@pytest.mark.parametrize(("took", "state"), [(119, State.SENT), (120, State.WAITING)])
def test_a_mail_leaves_while_its_lease_lasts_for_the_answer_too(
    took: int, state: State, courier: Courier, mail_server: MailServer
) -> None:
    put_in(courier.store, mails(TO[0]))
    times = iter([AT, AT + timedelta(seconds=took)])
    assert send_waiting(replace(courier, clock=lambda: next(times, AT))) == {state: 1}
    assert len(mail_server.mails) == (1 if state is State.SENT else 0)


def test_what_waits_of_another_report_is_left_to_who_has_it(courier: Courier, mail_server: MailServer) -> None:
    put_in(courier.store, mails(TO[0]))
    elsewhere = replace(courier, reports={"acme-daily"}, settings=Settings(mail_from="other@globex.example"))
    assert send_waiting(elsewhere) == {}
    assert in_store(courier.store)[TO[0]].attempts == 0
    assert send_waiting(courier) == {State.SENT: 1}


def test_a_mail_leaves_as_from_who_it_was_made_by_whatever_the_settings_say_now(
    courier: Courier, mail_server: MailServer
) -> None:
    put_in(courier.store, mails(TO[0]))
    for sender in ("other@globex.example", None):
        put_in(courier.store, mails(f"{sender}"))
        changed = replace(courier, settings=replace(courier.settings, mail_from=sender))
        assert State.SENT in send_waiting(changed)
    assert {mail.sender for mail in mail_server.mails} == {"reports@acme.example"}


def test_who_was_killed_is_followed_soon_once_and_later_and_later_after_that(
    courier: Courier, clock: Clock, mail_server: MailServer
) -> None:
    put_in(courier.store, mails(TO[0]))
    waits = []
    for _ in range(4):
        at = clock.now
        while not killed(courier, clock.now):
            clock.now += timedelta(seconds=30)
        waits.append(clock.now - at)
    assert waits == [timedelta(minutes=minutes) for minutes in (0, 5, 5 + 5, 5 + 10)]
    assert mail_server.mails == []
    watched = replace(courier, settings=replace(courier.settings, alerts=("ops@acme.example",)))
    clock.now = AT + watched.settings.retry_for
    assert killed(courier, clock.now)
    clock.now += courier.lease
    assert send_waiting(watched) == {State.FAILED: 1, State.SENT: 1}
    (alert,) = mail_server.mails
    assert alert.recipients == ("ops@acme.example",)
    assert "whoever sent it has not told what came of it: it may have arrived" in " ".join(
        text_of(alert.message, "plain").split()
    )


def killed(courier: Courier, now: datetime) -> bool:
    """Be killed when the first mail is about to leave; False where there is none to send."""
    times = iter([now])

    def clock() -> datetime:
        for time in times:
            return time
        raise KeyboardInterrupt

    try:
        send_waiting(replace(courier, clock=clock))
    except KeyboardInterrupt:
        return True
    return False


def test_what_has_left_is_written_down_as_soon_as_the_store_is_back(
    courier: Courier, clock: Clock, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(courier.store, mails(TO[0]))
    away: Iterator[Exception | None] = iter([StoreError("the store", "is away"), SQLAlchemyError("?"), None, None])
    lasting = Store.lasting

    @contextmanager
    def sometimes(opened: Store) -> Iterator[object]:
        if mail_server.mails and (trouble := next(away)):
            raise trouble
        with lasting(opened) as connection:
            yield connection

    monkeypatch.setattr(Store, "lasting", sometimes)
    assert send_waiting(courier) == {State.SENT: 1}
    assert clock.slept == [1, 2]
    assert (len(mail_server.mails), in_store(courier.store)[TO[0]].state) == (1, State.SENT)


def test_a_signal_waits_until_what_has_left_is_written_down(
    courier: Courier, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(courier.store, mails(*TO[:2]))
    interrupt_at_the_end(monkeypatch, times=1)
    told: list[Delivery] = []
    with pytest.raises(KeyboardInterrupt):
        send_waiting(replace(courier, unbroken=held_signals), told=told.append)
    assert [(one.recipient, one.state) for one in told] == [(TO[0], State.SENT)]
    assert [in_store(courier.store)[to].state for to in TO[:2]] == [State.SENT, State.WAITING]
    assert len(mail_server.mails) == 1


def test_a_second_signal_waits_for_nothing(courier: Courier, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(courier.store, mails(TO[0]))
    interrupt_at_the_end(monkeypatch, times=2)
    with pytest.raises(KeyboardInterrupt):
        send_waiting(replace(courier, unbroken=held_signals))
    assert in_store(courier.store)[TO[0]].state is State.SENDING


def interrupt_at_the_end(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Press Ctrl-C so many times when all but the last line of a mail is said."""
    end = Client.end

    def interrupted(client: Client, seconds: float) -> tuple[int, bytes]:
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        return end(client, seconds)

    monkeypatch.setattr(Client, "end", interrupted)


def test_a_directory_and_a_webhook_leave_by_their_own_ways(courier: Courier, tmp_path: Path) -> None:
    folder = str(tmp_path / "public")
    put_in(
        courier.store,
        Parcel(Way.DIRECTORY, "Acme on X", b"no archive", (Copy(folder, "<1@reportgen.invalid>"),)),
        Parcel(Way.WEBHOOK, "Acme on X", b"{}", (Copy("slack", "<2@reportgen.invalid>"),)),
        replace(mails(TO[0]), way=Way.ALERT),
    )
    send_waiting(courier)
    found = in_store(courier.store)
    assert (found[folder].state, found[folder].said) == (State.FAILED, "what was kept of its files is damaged")
    assert found["slack"].state is State.WAITING
    assert str(found["slack"].said).startswith("its address is not known: ")
    assert found[TO[0]].state is State.SENT


def test_what_nobody_expected_of_a_way_puts_off_that_delivery_alone(
    courier: Courier, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "https://hooks.example/services/" + made_up("T0-of-the-webhook")
    hidden = replace(courier, settings=replace(courier.settings, webhooks={"slack": Webhook(url)}))
    put_in(courier.store, Parcel(Way.WEBHOOK, "Acme on X", b"{}", (Copy("slack", "<2@reportgen.invalid>"),)))
    put_in(courier.store, mails(TO[0]))

    def broken(*_: object) -> Verdict:
        raise TypeError(f"Max retries exceeded with url: {url.removeprefix('https://hooks.example')}")

    monkeypatch.setattr("reportgen.delivery.webhook.send", broken)
    assert send_waiting(hidden) == {State.WAITING: 1, State.SENT: 1}
    said = str(in_store(courier.store)["slack"].said)
    known, _, log = said.partition(" Please report it with ")
    assert known == "failed unexpectedly: TypeError."
    trace = Path(log).read_text()
    Path(log).unlink()
    assert "TypeError: Max retries exceeded with url: ***\n" in trace
    assert url[-10:] not in trace
