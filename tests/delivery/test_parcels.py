"""Parcels: what leaves of a report by each way that its file names, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from reportgen.delivery.parcels import parcels_of
from reportgen.delivery_settings import Smtp
from reportgen.errors import InputError
from reportgen.made import Pages
from reportgen.outbox import Occasion, Way
from reportgen.render.look import Look
from reportgen.settings import Settings
from reportgen.spec.check import load_reports
from reportgen.spec.delivering import Email, Publish
from reportgen.spec.model import ReportSpec
from tests.conftest import ROOT
from tests.render.made_up import WEEKLY

NOW = datetime(2026, 11, 16, 13, 5, tzinfo=UTC)
OCCASION = Occasion("acme-weekly", datetime(2026, 11, 16, 13, tzinfo=UTC))
SETTINGS = Settings(smtp=Smtp("localhost"), mail_from="Acme <reports@acme.example>")
PAGES = Pages(replace(WEEKLY, sections=()), Look(), {"csv": b"a,b\r\n", "json": b"{}"})
EMAIL = Email(
    to=("Team <team@acme.example>", "jürgen@münchen.example"),
    cc=("TEAM@acme.example", "boss@acme.example"),
    bcc=("boss@acme.example", "hidden@acme.example"),
    attach=("json", "csv"),
)


@pytest.fixture(scope="module")
def spec() -> ReportSpec:
    (loaded,) = load_reports([str(ROOT / "reports" / "weekly.yaml")])
    return replace(loaded, email=None, webhooks=(), publish=None)


def test_a_report_that_goes_nowhere_has_none(spec: ReportSpec) -> None:
    assert parcels_of(spec, PAGES, OCCASION, SETTINGS, NOW) == ()


def test_a_mail_has_a_copy_for_each_mailbox_and_nobody_sees_who_is_in_bcc(spec: ReportSpec) -> None:
    (mail,) = parcels_of(replace(spec, email=EMAIL), PAGES, OCCASION, SETTINGS, NOW)
    assert (mail.way, [copy.recipient for copy in mail.copies]) == (
        Way.MAIL,
        ["team@acme.example", "jürgen@xn--mnchen-3ya.example", "boss@acme.example", "hidden@acme.example"],
    )
    assert len({copy.message_id for copy in mail.copies}) == 4
    message = message_from_bytes(mail.content, policy=policy.default)
    assert (str(message["Cc"]), str(message["Date"])) == ("boss@acme.example", "Mon, 16 Nov 2026 13:05:00 +0000")
    assert b"hidden@" not in mail.content
    assert mail.about == str(message["Subject"])


def test_each_knows_the_tweets_that_it_tells_of_unless_they_are_found_later(spec: ReportSpec) -> None:
    whole = replace(spec, email=EMAIL, webhooks=("slack",), publish=Publish(Path("public")))
    ids = frozenset(int(tweet.id) for tweet in spec.tweets)
    assert [parcel.tweets for parcel in parcels_of(whole, PAGES, OCCASION, SETTINGS, NOW)] == [ids] * 3
    found = replace(whole, posted="last_week")
    assert [parcel.tweets for parcel in parcels_of(found, PAGES, OCCASION, SETTINGS, NOW)] == [None] * 3


def test_webhooks_and_the_directory_have_theirs(spec: ReportSpec) -> None:
    elsewhere = replace(spec, webhooks=("slack", "teams"), publish=Publish(Path("public")))
    told, published = parcels_of(elsewhere, PAGES, OCCASION, SETTINGS, NOW)
    assert (told.way, [copy.recipient for copy in told.copies]) == (Way.WEBHOOK, ["slack", "teams"])
    assert (published.way, [copy.recipient for copy in published.copies]) == (Way.DIRECTORY, ["public"])
    ids = [copy.message_id for parcel in (told, published) for copy in parcel.copies]
    assert len({*ids}) == 3
    assert all(one.endswith("@reportgen.invalid>") for one in ids)


def test_without_a_sender_there_is_no_mail(spec: ReportSpec) -> None:
    with pytest.raises(InputError, match=r"^no sender is set; "):
        parcels_of(replace(spec, email=EMAIL), PAGES, OCCASION, replace(SETTINGS, mail_from=None), NOW)
