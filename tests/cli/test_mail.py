"""`reportgen mail`: a preview, a test, or the mail itself, once for each period and recipient."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.test_run import REPORT
from tests.conftest import Command
from tests.delivery.letters import attached_to, text_of
from tests.delivery.mail_server import USERNAME, MailServer
from tests.runs import PRESENT

EMAIL = """\
email:
  to: [Anna Müller <anna@client.example>, ben@client.example]
  cc: [BEN@client.example, carla@client.example]
  bcc: [dora@client.example]
  reply_to: help@acme.example
  subject: "{{ title }} – {{ totals.impressions }}"
  intro: Good **morning**.
  attach: [csv, json]
"""
CHART = """\
groupings: {daily: [engagement.type, engagement.day]}
sections: [{chart: {title: Day by day, grouping: daily, metrics: [impressions]}}]
"""
ALL = ["anna@client.example", "ben@client.example", "carla@client.example", "dora@client.example"]
FILES = ["out/small-2026-11-15.json"]


@pytest.fixture
def report(project: Path) -> Path:
    path = project / "small.yaml"
    path.write_text(REPORT + EMAIL)
    return path


@pytest.fixture
def server(mail_server: MailServer, project: Path, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    """A mail server that the project's settings lead to."""
    for name, value in mail_server.environment().items():
        monkeypatch.setenv(name, value)
    (project / "reportgen.yaml").write_text(
        f"smtp: {{ca: {mail_server.smtp.ca}}}\nmail: {{from: Acme Reports <{USERNAME}>}}\n"
    )
    return mail_server


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


class TestMail:
    def test_goes_to_each_mailbox_once(self, report: Path, reportgen: Command, server: MailServer) -> None:
        ended = reportgen("mail", report, "--as-of", PRESENT)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.splitlines() == [*FILES, *(f"sent to {to}: 250 2.0.0 taken over" for to in ALL)]
        assert [mail.recipients for mail in server.mails] == [(to,) for to in ALL]
        assert len({mail.message_id for mail in server.mails}) == 4
        assert len({mail.content.partition(b"\r\n")[2] for mail in server.mails}) == 1

    def test_says_what_the_file_says(self, report: Path, reportgen: Command, server: MailServer) -> None:
        reportgen("mail", report, "--as-of", PRESENT)
        message = server.mails[0].message
        assert {name: str(message[name]) for name in ("From", "To", "Cc", "Bcc", "Reply-To")} == {
            "From": f"Acme Reports <{USERNAME}>",
            "To": "Anna Müller <anna@client.example>, ben@client.example",
            "Cc": "carla@client.example",
            "Bcc": "None",
            "Reply-To": "help@acme.example",
        }
        assert str(message["Subject"]).startswith("Small – ")
        assert "Good morning." in text_of(message, "plain")
        assert "<strong" in text_of(message, "html")
        attached = attached_to(message)
        assert list(attached) == ["small-2026-11-15.csv", "small-2026-11-15.json"]
        assert attached["small-2026-11-15.json"] == Path(FILES[0]).read_bytes()

    def test_is_not_sent_again_for_the_same_period(self, report: Path, reportgen: Command, server: MailServer) -> None:
        reportgen("mail", report, "--as-of", PRESENT)
        ended = reportgen("mail", report, "--as-of", PRESENT)
        known = "has it already, since 2026-11-16T12:00:00Z: it is sent once for each period and recipient"
        assert ended.out.splitlines() == [*FILES, *(f"{to} {known}" for to in ALL)]
        assert (ended.code, len(server.mails)) == (0, 4)
        report.write_text((REPORT + EMAIL).replace("2026-11-15", "2026-11-14"))
        assert reportgen("mail", report, "--as-of", PRESENT).code == 0
        assert len(server.mails) == 8

    def test_that_was_not_taken_over_ends_with_5_and_the_words_of_the_server(
        self, report: Path, reportgen: Command, server: MailServer
    ) -> None:
        server.to_recipient[ALL[0]].append("450 4.2.0 come again")
        server.to_recipient[ALL[1]].append("550 5.1.1 unknown")
        ended = reportgen("mail", report, "--as-of", PRESENT)
        assert ended.code == 5
        first, second = ended.err.splitlines()
        assert first.startswith(
            f"not sent to {ALL[0]} yet: 450 4.2.0 come again; the next reportgen serve, run --due or"
        )
        assert second == f"not sent to {ALL[1]}: 550 5.1.1 unknown; reportgen outbox retry 2 sends it again"
        assert [mail.recipients for mail in server.mails] == [(to,) for to in ALL[2:]]

    def test_leaves_out_what_is_too_large_and_says_so(
        self, project: Path, report: Path, reportgen: Command, server: MailServer
    ) -> None:
        settings = project / "reportgen.yaml"
        settings.write_text(settings.read_text().replace("mail: {", "mail: {largest: 0.0001, "))
        ended = reportgen("mail", report, "--as-of", PRESENT)
        left_out = "small-2026-11-15.json and small-2026-11-15.csv"
        told = f"small: too large for the mail, and left out: {left_out}; mail.largest is 0.0001 MB"
        assert (ended.code, ended.err.splitlines()) == (0, [told])
        for other in (["--preview"], ["--to", "me@acme.example"]):
            assert told in reportgen("mail", report, "--as-of", PRESENT, *other).err.splitlines()
        message = server.mails[0].message
        assert attached_to(message) == {}
        assert "small-2026-11-15.json" in text_of(message, "plain")

    def test_of_an_incomplete_report_is_held_back(
        self, report: Path, reportgen: Command, server: MailServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REPORTGEN_ACME_HELP_ACCESS_TOKEN", "1-unknown")
        held = reportgen("mail", report, "--as-of", PRESENT)
        told = "small: nothing is sent, since it is incomplete; email.when_incomplete: send lets it go"
        assert (held.code, held.err.splitlines()[-1], server.mails) == (3, told, [])

    def test_of_an_incomplete_report_is_sent_where_the_file_says_so(
        self, report: Path, reportgen: Command, server: MailServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REPORTGEN_ACME_HELP_ACCESS_TOKEN", "1-unknown")
        report.write_text(f"{REPORT}{EMAIL}  when_incomplete: send\n")
        assert reportgen("mail", report, "--as-of", PRESENT).code == 3
        assert len(server.mails) == 4


class TestPreview:
    def test_is_written_beside_the_report_without_any_setting(self, report: Path, reportgen: Command) -> None:
        ended = reportgen("mail", report, "--as-of", PRESENT, "--preview")
        assert ended.code == 0
        written = ["out/small-2026-11-15.eml", "out/small-2026-11-15-mail.html"]
        assert ended.out.splitlines() == [*FILES, *written]
        message = parsed(Path(written[0]).read_bytes())
        assert str(message["From"]) == '"No sender is set (mail.from)" <nobody@reportgen.invalid>'
        assert str(message["Date"]) == "Mon, 16 Nov 2026 12:00:00 +0000"
        assert list(attached_to(message)) == ["small-2026-11-15.csv", "small-2026-11-15.json"]

    def test_says_who_would_get_what_from_whom(
        self, report: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REPORTGEN_MAIL_FROM", "Acme Reports <reports@acme.example>")
        ended = reportgen("mail", report, "--as-of", PRESENT, "--preview")
        subject = parsed(Path("out/small-2026-11-15.eml").read_bytes())["Subject"]
        assert ended.err.splitlines() == [
            "From: Acme Reports <reports@acme.example>",
            "Reply-To: help@acme.example",
            "To: Anna Müller <anna@client.example>, ben@client.example",
            "Cc: carla@client.example",
            "Bcc: dora@client.example",
            f"Subject: {subject}",
            "Attached: small-2026-11-15.csv, small-2026-11-15.json",
        ]

    def test_says_that_no_sender_is_set_and_nothing_of_those_whom_the_file_does_not_name(
        self, report: Path, reportgen: Command
    ) -> None:
        report.write_text(REPORT + "email: {to: [anna@client.example], subject: Monday}\n")
        assert reportgen("mail", report, "--as-of", PRESENT, "--preview").err.splitlines() == [
            "From: No sender is set (mail.from) <nobody@reportgen.invalid>",
            "To: anna@client.example",
            "Subject: Monday",
        ]

    def test_shows_its_pictures_in_a_browser(self, report: Path, reportgen: Command) -> None:
        report.write_text(REPORT + EMAIL + CHART)
        reportgen("mail", report, "--as-of", PRESENT, "--preview")
        message = parsed(Path("out/small-2026-11-15.eml").read_bytes())
        assert text_of(message, "html").count('src="cid:') >= 1
        page = Path("out/small-2026-11-15-mail.html").read_text()
        assert "cid:" not in page
        assert page.count("data:image/png;base64,iVBORw0KGgo") == text_of(message, "html").count('src="cid:')

    def test_is_the_same_again(self, report: Path, reportgen: Command) -> None:
        def written() -> list[bytes]:
            reportgen("mail", report, "--as-of", PRESENT, "--preview")
            return [path.read_bytes() for path in sorted(Path("out").iterdir())]

        assert written() == written()


class TestTest:
    def test_goes_to_the_address_alone_and_past_the_outbox(
        self, report: Path, reportgen: Command, server: MailServer
    ) -> None:
        for _ in range(2):
            ended = reportgen("mail", report, "--as-of", PRESENT, "--to", "Me <me@acme.example>")
            assert (ended.code, ended.out.splitlines()[-1]) == (0, "sent to me@acme.example: 250 2.0.0 taken over")
        assert [mail.recipients for mail in server.mails] == [("me@acme.example",)] * 2
        assert len({mail.message_id for mail in server.mails}) == 2
        message = server.mails[0].message
        assert (str(message["To"]), message["Cc"]) == ("Me <me@acme.example>", None)
        assert str(message["Subject"]).startswith("[Test] Small – ")
        assert reportgen("outbox").out == "Nothing waits, and nothing was sent in the last 7 days.\n"

    def test_goes_to_each_mailbox_once(self, report: Path, reportgen: Command, server: MailServer) -> None:
        reportgen("mail", report, "--as-of", PRESENT, "--to", "me@acme.example", "--to", "Me@ACME.example")
        assert [(mail.recipients, str(mail.message["To"])) for mail in server.mails] == [
            (("me@acme.example",), "me@acme.example")
        ]

    def test_that_fails_ends_with_5(self, report: Path, reportgen: Command, server: MailServer) -> None:
        server.to_recipient["me@acme.example"].append("550 5.1.1 unknown")
        ended = reportgen("mail", report, "--as-of", PRESENT, "--to", "me@acme.example", "--to", "you@acme.example")
        assert (ended.code, ended.err) == (5, "not sent to me@acme.example: 550 5.1.1 unknown\n")
        assert ended.out.splitlines()[-1] == "sent to you@acme.example: 250 2.0.0 taken over"


class TestWhatIsMissing:
    def test_is_said_before_any_call_is_made(self, report: Path, reportgen: Command) -> None:
        ended = reportgen("mail", report, "--as-of", PRESENT)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.splitlines() == [
            "no mail server is set; set smtp.host in reportgen.yaml, or REPORTGEN_SMTP_HOST",
            "no sender is set; set mail.from in reportgen.yaml, or REPORTGEN_MAIL_FROM",
        ]

    def test_is_said_of_the_login_and_the_certificates_too(
        self, project: Path, report: Path, reportgen: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REPORTGEN_MAIL_FROM", USERNAME)
        (project / "reportgen.yaml").write_text("smtp: {host: localhost, username: me, ca: none.pem}\n")
        for test in ((), ("--to", "me@acme.example")):
            ended = reportgen("mail", report, "--as-of", PRESENT, *test)
            assert (ended.code, ended.out) == (2, "")
            assert ended.err.splitlines() == [
                "REPORTGEN_SMTP_PASSWORD is missing in the environment and in .env; smtp.username is me",
                "smtp.ca: none.pem cannot be read as a file of certificates (PEM)",
            ]
        assert reportgen("mail", report, "--as-of", PRESENT, "--preview").code == 0

    def test_may_be_the_mail_itself(self, report: Path, reportgen: Command) -> None:
        report.write_text(REPORT)
        ended = reportgen("mail", report, "--preview")
        told = f"{report}:1:1: this report has no mail; add email: {{to: [team@example.com]}}\n"
        assert (ended.code, ended.err) == (2, told)

    def test_or_an_address(self, report: Path, reportgen: Command) -> None:
        ended = reportgen("mail", report, "--to", "me")
        assert (ended.code, "'me' is not an address: " in ended.err) == (2, True)
        assert reportgen("mail", report, "--to", "me@acme.example", "--preview").code == 2
