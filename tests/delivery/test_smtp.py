"""Mails over SMTP, to a real server over TCP: they arrive whole, and each mailbox has its own verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.delivery.message import message_of
from reportgen.delivery.server_words import LONGEST
from reportgen.delivery.smtp import Mailer
from reportgen.delivery_settings import Smtp
from reportgen.mail_addresses import parse_address
from reportgen.outbox import Delivery, Later, Occasion, Refused, Sent, State, Verdict, Way
from tests.delivery.letters import ATTACHED, CSV, HEADING, LETTER, PDF, PNG, attached_to, pictures_of, text_of
from tests.delivery.mail_server import PASSWORD, USERNAME, Dies, MailServer, serving

AT = datetime(2026, 11, 16, 8, tzinfo=UTC)
CONTENT = message_of(LETTER, HEADING, ATTACHED)


def delivery(recipient: str = "anna@client.example", number: int = 1) -> Delivery:
    return Delivery(
        number, Occasion("acme-weekly", AT), Way.MAIL, recipient, f"<{number}@acme.example>", "Acme on X",
        State.SENDING, 1, AT, None, AT, None, None,
    )  # fmt: skip


def yes() -> bool:
    return True


def sent(smtp: Smtp, *recipients: str, may_go: Callable[[], bool] = yes) -> list[Verdict]:
    """The verdicts of a copy for each recipient, by one mailer."""
    with Mailer(smtp) as mailer:
        return [mailer.send(delivery(to, number), CONTENT, may_go) for number, to in enumerate(recipients, 1)]


class TestMail:
    def test_arrives_whole_over_starttls_and_after_a_login(self, mail_server: MailServer) -> None:
        assert sent(mail_server.smtp, "anna@client.example") == [Sent("250 2.0.0 taken over")]
        (mail,) = mail_server.mails
        assert (mail.sender, mail.recipients) == ("reports@acme.example", ("anna@client.example",))
        assert (mail.secure, mail.user, mail.message_id) == (True, USERNAME, "<1@acme.example>")
        assert mail.message["Subject"] == "Acme on X: 9–15 November 2026"
        assert (text_of(mail.message, "plain"), text_of(mail.message, "html")) == (LETTER.text, LETTER.html)
        assert pictures_of(mail.message) == {"c1@reportgen": PNG, "c2@reportgen": PNG[::-1]}
        assert attached_to(mail.message) == {"acme-weekly-2026-11-15.pdf": PDF, "acme-weekly-2026-11-15.csv": CSV}
        assert mail.content == b"Message-ID: <1@acme.example>\r\n" + CONTENT

    @pytest.mark.parametrize(("security", "secure"), [("tls", True), ("none", False)])
    def test_arrives_by_the_other_ways(self, security: str, secure: bool, tmp_path: Path) -> None:
        with serving(tmp_path, security) as server:  # type: ignore[arg-type]
            assert sent(server.smtp, "anna@client.example") == [Sent("250 2.0.0 taken over")]
        assert [(mail.secure, mail.content[-400:]) for mail in server.mails] == [(secure, CONTENT[-400:])]

    def test_that_is_large_leaves_in_pieces(self, mail_server: MailServer) -> None:
        large = CONTENT + b"\r\n".join([b".", b"..x", b"y" * 70] * 20_000)
        with Mailer(mail_server.smtp) as mailer:
            assert isinstance(mailer.send(delivery(), large, yes), Sent)
        assert mail_server.mails[0].content == b"Message-ID: <1@acme.example>\r\n" + large + b"\r\n"

    def test_with_other_line_ends_cannot_end_before_its_end(self, mail_server: MailServer) -> None:
        smuggled = (
            b"From: reports@acme.example\nSubject: x\n\none\n.\nMAIL FROM:<eve@client.example>\r.\rtwo\n.\r\nthree\r\n"
        )
        with Mailer(mail_server.smtp) as mailer:
            assert isinstance(mailer.send_message("anna@client.example", smuggled, yes), Sent)
        (mail,) = mail_server.mails
        assert mail.content == smuggled.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")

    def test_is_from_who_it_says_that_it_is_from(self, mail_server: MailServer) -> None:
        froms = "Acme <reports@acme.example>", f'"Größe, \\"A\\" {"é" * 90}" <mail@größe.example>'
        with Mailer(mail_server.smtp) as mailer:
            for sender in map(parse_address, froms):
                content = message_of(LETTER, replace(HEADING, sender=sender))
                assert isinstance(mailer.send(delivery(), content, yes), Sent)
        assert [mail.sender for mail in mail_server.mails] == ["reports@acme.example", "mail@xn--gre-6ka8i.example"]

    def test_without_a_sender_is_damaged(self, mail_server: MailServer) -> None:
        with Mailer(mail_server.smtp) as mailer:
            verdict = mailer.send(delivery(), b"Hello\r\n", yes)
        assert verdict == Refused("what was kept of the mail is damaged: it names no sender")

    def test_of_several_leaves_by_one_connection(self, mail_server: MailServer) -> None:
        sent(mail_server.smtp, "a@client.example", "b@client.example", "c@client.example")
        assert [mail.connection for mail in mail_server.mails] == [1, 1, 1]

    def test_needs_a_connection_only_when_there_is_one_to_send(self, mail_server: MailServer) -> None:
        assert sent(mail_server.smtp) == []
        assert mail_server.connections == 0


class TestRecipient:
    def test_that_is_refused_keeps_no_other_from_its_mail(self, mail_server: MailServer) -> None:
        mail_server.to_recipient["b@client.example"].append("550 5.1.1 No such user\there")
        assert sent(mail_server.smtp, "a@client.example", "b@client.example", "c@client.example") == [
            Sent("250 2.0.0 taken over"),
            Refused("550 5.1.1 No such user here"),
            Sent("250 2.0.0 taken over"),
        ]
        assert [(mail.recipients, mail.connection) for mail in mail_server.mails] == [
            (("a@client.example",), 1),
            (("c@client.example",), 1),
        ]

    def test_that_is_put_off_has_it_later(self, mail_server: MailServer) -> None:
        mail_server.to_recipient["a@client.example"].append("450 4.2.0 Greylisted, come again")
        assert sent(mail_server.smtp, "a@client.example") == [Later("450 4.2.0 Greylisted, come again")]
        assert mail_server.mails == []
        assert sent(mail_server.smtp, "a@client.example") == [Sent("250 2.0.0 taken over")]

    @pytest.mark.parametrize(
        ("said", "verdict"),
        [
            ("554 5.7.1 Looks like spam", Refused("554 5.7.1 Looks like spam")),
            ("500 Line too long", Refused("500 Line too long")),
            ("451 4.3.0 Try again", Later("451 4.3.0 Try again")),
            ("530 5.7.0 Authentication required", Later("530 5.7.0 Authentication required")),
            ("421 4.3.2 Going down", Later("421 4.3.2 Going down")),
        ],
    )
    def test_has_the_verdict_of_the_end_of_data_too(self, said: str, verdict: Verdict, mail_server: MailServer) -> None:
        mail_server.to_data.append(said)
        again = Sent("250 2.0.0 taken over")
        assert sent(mail_server.smtp, "a@client.example", "b@client.example") == [verdict, again]

    def test_says_what_to_set_where_the_server_wants_a_login_and_there_is_none(self, mail_server: MailServer) -> None:
        nobody = replace(mail_server.smtp, username=None, password=None)
        (verdict,) = sent(nobody, "a@client.example")
        assert verdict == Later(
            "530 5.7.0 Authentication required; set smtp.username in reportgen.yaml and REPORTGEN_SMTP_PASSWORD"
        )

    def test_in_other_letters_has_it_where_the_server_takes_such(self, mail_server: MailServer, tmp_path: Path) -> None:
        recipients = ("jürgen@client.example", "a@client.example")
        assert sent(mail_server.smtp, *recipients) == [Sent("250 2.0.0 taken over")] * 2
        assert [mail.recipients for mail in mail_server.mails] == [(recipients[0],), (recipients[1],)]
        with serving(tmp_path, offers_utf8=False) as server:
            refused, taken = sent(server.smtp, *recipients)
        told = "the mail server takes no address with letters other than ASCII before its @ (SMTPUTF8)"
        assert (refused, taken) == (Refused(told), Sent("250 2.0.0 taken over"))

    def test_is_told_in_one_printable_line_of_some_length(self, mail_server: MailServer) -> None:
        mail_server.to_recipient["a@client.example"].append(f"550-no\x1b[31m {PASSWORD}\r\n550 {'x' * 400}")
        (verdict,) = sent(mail_server.smtp, "a@client.example")
        assert verdict == Refused(f"550 no\ufffd[31m … {'x' * (LONGEST - 15)}…")
        assert len(verdict.said) == LONGEST


class TestServer:
    def test_that_dies_in_the_middle_of_a_mail_has_it_later(self, mail_server: MailServer) -> None:
        mail_server.to_data.append(Dies.IN_DATA)
        # More than any system takes off a sender's hands by itself.
        large = CONTENT + (b"x" * 70 + b"\r\n") * 170_000
        with Mailer(mail_server.smtp) as mailer:
            first = mailer.send(delivery("a@client.example", 1), large, yes)
            second = mailer.send(delivery("b@client.example", 2), CONTENT, yes)
        told = "the mail server hung up or fell silent before the mail was whole; nothing was sent"
        assert isinstance(first, Later)
        assert first.said.startswith(told)
        assert second == Sent("250 2.0.0 taken over")
        assert [(mail.recipients, mail.connection) for mail in mail_server.mails] == [(("b@client.example",), 2)]

    def test_that_dies_after_the_last_dot_may_have_it(self, mail_server: MailServer) -> None:
        mail_server.to_data.append(Dies.AFTER_DOT)
        (verdict,) = sent(mail_server.smtp, "a@client.example")
        assert verdict == Later(
            "the mail server hung up or fell silent when it had the whole mail: it may have arrived. "
            "The next attempt bears the same Message-ID"
        )
        sent(mail_server.smtp, "a@client.example")
        assert [mail.message_id for mail in mail_server.mails] == ["<1@acme.example>"] * 2

    def test_that_has_hung_up_between_two_mails_is_connected_to_again(self, tmp_path: Path) -> None:
        with serving(tmp_path) as server, Mailer(server.smtp) as mailer:
            mailer.send(delivery(number=1), CONTENT, yes)
            server.hang_up()
            assert mailer.send(delivery(number=2), CONTENT, yes) == Sent("250 2.0.0 taken over")
        assert [mail.connection for mail in server.mails] == [1, 2]

    def test_that_falls_silent_after_the_last_dot_has_the_last_wait_for_its_answer(self, tmp_path: Path) -> None:
        with serving(tmp_path) as server, Mailer(replace(server.smtp, timeout=60), last_wait=0.05) as mailer:
            server.to_data.append(Dies.SILENT)
            verdict = mailer.send(delivery(number=1), CONTENT, yes)
            again = mailer.send(delivery(number=2), CONTENT, yes)
        assert isinstance(verdict, Later)
        assert "it may have arrived" in verdict.said
        assert (again, [mail.connection for mail in server.mails]) == (Sent("250 2.0.0 taken over"), [1, 2])


class TestLease:
    def test_that_ran_out_before_the_last_dot_takes_the_mail_back(self, mail_server: MailServer) -> None:
        asked = iter([False, True])
        verdicts = sent(mail_server.smtp, "a@client.example", "b@client.example", may_go=lambda: next(asked))
        assert verdicts == [Later("not sent: the time that this attempt had was over"), Sent("250 2.0.0 taken over")]
        assert [mail.recipients for mail in mail_server.mails] == [("b@client.example",)]

    def test_that_cannot_be_looked_up_ends_no_mail(self, mail_server: MailServer) -> None:
        def lost() -> bool:
            raise RuntimeError

        with Mailer(mail_server.smtp) as mailer, pytest.raises(RuntimeError):
            mailer.send(delivery(), CONTENT, lost)
        assert mail_server.mails == []
