"""An alert is a short mail: which report, what went wrong and why, when it is tried again, and what to type."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from zoneinfo import ZoneInfo

import pytest

from reportgen.delivery.alert_words import Trouble
from reportgen.delivery.alerts import delivery_alert, job_alert
from reportgen.jobs import Job, JobState
from reportgen.outbox import Occasion, Parcel, State, Way
from reportgen.settings import Settings
from reportgen.spec.check import load_reports
from tests.conftest import ROOT
from tests.delivery.made_up import NOW, delivery
from tests.leaks.known import made_up

SETTINGS = Settings(mail_from="Acme Reports <reports@example.com>", alerts=("Ops <ops@example.com>", "me@example.org"))
SETTINGS = replace(SETTINGS, project="/srv/acme on host-1")
DUE = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
(SAMPLE,) = load_reports([str(ROOT / "reports" / "weekly.yaml")])
WEEKLY = replace(SAMPLE, title="Acme on X, weekly", timezone=ZoneInfo("America/New_York"))
FIVE_MINUTES = NOW + timedelta(minutes=5)
FAILED = delivery(Way.MAIL, "team@example.com")
FAILED = replace(FAILED, id=17, state=State.FAILED, attempts=3, said="550 no such user", lease_until=None, ended=NOW)


def alert(
    what: Trouble, reason: str = "X did not answer", again: datetime | None = FIVE_MINUTES, now: datetime = NOW
) -> Parcel:
    (parcel,) = job_alert(SETTINGS, WEEKLY, left(what, again), reason, now)
    return parcel


def left(what: Trouble, again: datetime | None, due: datetime = DUE) -> Job:
    """What an attempt has made of a job."""
    outcome = "failed" if what is Trouble.FAILED else "incomplete"
    over = JobState.DONE if what is Trouble.INCOMPLETE else JobState.FAILED
    return Job("acme-weekly", due, JobState.DUE if again else over, 1, again, None, outcome, None, None)


def mail(parcel: Parcel) -> EmailMessage:
    message = message_from_bytes(parcel.content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(parcel: Parcel, kind: str) -> str:
    body = mail(parcel).get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_it_goes_to_all_addresses_and_no_machine_answers_it() -> None:
    parcel = alert(Trouble.FAILED)
    message = mail(parcel)
    assert (message["From"], message["To"]) == (
        "Acme Reports <reports@example.com>",
        "Ops <ops@example.com>, me@example.org",
    )
    assert message["Auto-Submitted"] == "auto-generated"
    assert parcel.way is Way.ALERT
    assert [copy.recipient for copy in parcel.copies] == ["ops@example.com", "me@example.org"]
    assert parcel.about == message["Subject"]


@pytest.mark.parametrize(
    ("what", "again", "subject"),
    [
        (Trouble.FAILED, FIVE_MINUTES, "Acme on X, weekly: not made; next attempt 08:05 (New York)"),
        (Trouble.FAILED, None, "Acme on X, weekly: not made; given up"),
        (Trouble.INCOMPLETE, FIVE_MINUTES, "Acme on X, weekly: incomplete; next attempt 08:05 (New York)"),
        (Trouble.INCOMPLETE, None, "Acme on X, weekly: incomplete; sent as it is"),
        (Trouble.HELD, None, "Acme on X, weekly: incomplete; held back"),
    ],
)
def test_its_subject_says_what_and_what_next(what: Trouble, again: datetime | None, subject: str) -> None:
    assert alert(what, again=again).about == subject


def test_a_next_attempt_on_another_day_has_its_day() -> None:
    late = datetime(2026, 11, 17, 4, 58, tzinfo=UTC)
    subject = alert(Trouble.FAILED, again=late + timedelta(minutes=8), now=late).about
    assert subject == "Acme on X, weekly: not made; next attempt Tue 17 Nov, 00:06 (New York)"


def test_its_text_has_the_reason_and_what_to_do() -> None:
    assert part(alert(Trouble.FAILED, "no credential works\nreports/acme.yaml:3:1: a b"), "plain").splitlines() == [
        "Acme on X, weekly was due 16 November 2026, 08:00 (New York), and was",
        "not made.",
        "",
        "  no credential works",
        "  reports/acme.yaml:3:1: a b",
        "",
        "Next attempt: 16 November 2026, 08:05 (New York).",
        "",
        "The report is acme-weekly, in /srv/acme on host-1; the store is",
        "sqlite:///.reportgen/store.db.",
        "",
        "  reportgen status",
        "      shows what went wrong lately, here and elsewhere",
        "  reportgen due",
        "      shows what is due, and what waits for its next attempt",
    ]


def test_its_text_has_lines_of_72_columns_whatever_the_script() -> None:
    text = part(alert(Trouble.FAILED, "\u8a18" * 60), "plain")
    assert [line.count("\u8a18") for line in text.splitlines() if "\u8a18" in line] == [35, 25]


def test_its_page_says_the_same_and_nothing_in_it_is_markup() -> None:
    html = part(alert(Trouble.HELD, "<script>alert(1)</script>", None), "html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>" not in html
    assert "It is held: nobody gets it unless you let it go." in html
    assert "reportgen outbox retry NUMBER" in html


def test_it_says_where_to_type_that_and_no_password_of_the_store() -> None:
    secret = made_up("the-password-of-a-store")
    address = f"postgresql://me:{secret}@db.example/acme?sslpassword={secret}"
    settings = replace(SETTINGS, store=address, project="/srv/<acme> on host-1")
    (parcel,) = delivery_alert(settings, FAILED, NOW)
    where = "The report is acme-weekly, in /srv/<acme> on host-1; the store is postgresql://me:***@db.example/acme."
    assert where in " ".join(part(parcel, "plain").split())
    assert "/srv/&lt;acme&gt; on host-1" in part(parcel, "html")
    assert secret.encode() not in parcel.content


def test_a_reason_is_cut_and_has_no_controls() -> None:
    text = part(alert(Trouble.FAILED, "\n".join(["\x1b[2Jbad", *map(str, range(40))])), "plain")
    assert "\x1b" not in text
    assert text.splitlines()[21:24] == ["  17", "  18", "  ... and 21 more"]


def test_a_job_has_one_alert_whatever_becomes_of_it() -> None:
    ids = {alert(what, again=again).copies for what in (Trouble.FAILED, Trouble.INCOMPLETE) for again in (NOW, None)}
    assert len(ids) == 1
    (other,) = job_alert(SETTINGS, WEEKLY, left(Trouble.FAILED, None, DUE + timedelta(weeks=1)), "x", NOW)
    assert not {copy.message_id for copy in other.copies} & {copy.message_id for copy in alert(Trouble.FAILED).copies}
    assert len({copy.message_id for copy in other.copies}) == 2


@pytest.mark.parametrize("settings", [Settings(), replace(SETTINGS, alerts=()), replace(SETTINGS, mail_from=None)])
def test_where_nobody_is_to_be_told_there_is_none(settings: Settings) -> None:
    assert job_alert(settings, WEEKLY, left(Trouble.FAILED, None), "x", NOW) == ()
    assert delivery_alert(settings, FAILED, NOW) == ()


def test_a_failed_delivery_is_told_with_who_did_not_get_what() -> None:
    (parcel,) = delivery_alert(SETTINGS, FAILED, NOW)
    assert parcel.about == "Acme on X, weekly: 9–15 November 2026: not delivered to team@example.com"
    assert part(parcel, "plain").splitlines() == [
        "“Acme on X, weekly: 9–15 November 2026” was not delivered to the address",
        "team@example.com. It was tried 3 times.",
        "",
        "  550 no such user",
        "",
        "It is not tried again by itself.",
        "",
        "The report is acme-weekly, in /srv/acme on host-1; the store is",
        "sqlite:///.reportgen/store.db.",
        "",
        "  reportgen outbox",
        "      shows who got what, and who did not",
        "  reportgen outbox retry 17",
        "      sends it again, when what was wrong is mended",
    ]


def test_the_deliveries_of_a_job_have_one_alert_beside_that_of_the_job() -> None:
    (first,) = delivery_alert(SETTINGS, FAILED, NOW)
    (second,) = delivery_alert(SETTINGS, replace(FAILED, id=18, recipient="b@example.com", message_id="<2@x>"), NOW)
    assert first.copies == second.copies
    assert first.copies != alert(Trouble.FAILED).copies


def test_what_was_sent_by_hand_has_an_alert_each() -> None:
    by_hand = replace(FAILED, occasion=Occasion("acme-weekly", None))
    (first,) = delivery_alert(SETTINGS, by_hand, NOW)
    (second,) = delivery_alert(SETTINGS, replace(by_hand, message_id="<2@example.com>"), NOW)
    assert first.copies != second.copies


def test_there_is_no_alert_about_an_alert() -> None:
    assert delivery_alert(SETTINGS, replace(FAILED, way=Way.ALERT), NOW) == ()
