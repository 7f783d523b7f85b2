"""The way to the mail server: nothing in plain, nothing to a stranger, and a sentence where there is no way."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.delivery_settings import Smtp
from reportgen.outbox import Later
from tests.delivery.mail_server import USERNAME, MailServer, serving
from tests.delivery.test_smtp import sent
from tests.leaks.known import made_up

WRONG = made_up("another password than the server's")


class TestServer:
    def test_without_starttls_gets_neither_mail_nor_password(self, tmp_path: Path) -> None:
        with serving(tmp_path, offers_starttls=False) as server:
            told = "the mail server localhost does not offer STARTTLS, and nothing is sent in plain"
            assert sent(server.smtp, "a@client.example") == [Later(told)]
        assert server.mails == []

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_of_another_name_gets_nothing(self, security: str, tmp_path: Path) -> None:
        with serving(tmp_path, security, certified="mail.other.example") as server:  # type: ignore[arg-type]
            (verdict,) = sent(server.smtp, "a@client.example")
        assert verdict == Later(
            "the certificate of the mail server localhost is not valid: "
            "Hostname mismatch, certificate is not valid for 'localhost'."
        )

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_of_an_authority_that_nobody_trusts_gets_nothing(self, security: str, tmp_path: Path) -> None:
        with serving(tmp_path, security) as server:  # type: ignore[arg-type]
            (verdict,) = sent(replace(server.smtp, ca=None), "a@client.example")
        assert isinstance(verdict, Later)
        assert verdict.said.startswith("the certificate of the mail server localhost is not valid: ")
        assert server.mails == []

    def test_is_not_asked_again_with_a_password_that_it_refuses(self, mail_server: MailServer) -> None:
        wrong = replace(mail_server.smtp, password=WRONG)
        verdicts = sent(wrong, "a@client.example", "b@client.example")
        told = (
            f"the mail server localhost refuses the login of {USERNAME}: 535 5.7.8 Authentication credentials invalid"
        )
        assert verdicts == [Later(f"{told}; check REPORTGEN_SMTP_PASSWORD")] * 2
        assert (mail_server.connections, mail_server.mails) == (1, [])

    def test_that_says_nothing_is_waited_for_no_longer_than_set(self) -> None:
        with silent() as port:
            (verdict,) = sent(Smtp("127.0.0.1", port, "none", timeout=0.05), "a@client.example")
        assert verdict == Later("the mail server 127.0.0.1 does not answer within 0.05 seconds")

    def test_that_is_not_there_is_told(self) -> None:
        with silent() as port:
            pass
        (verdict,) = sent(Smtp("127.0.0.1", port, "none"), "a@client.example")
        assert verdict == Later(f"the mail server 127.0.0.1 cannot be reached at port {port}: Connection refused")

    @pytest.mark.parametrize(
        ("smtp", "told"),
        [
            (Smtp(), "no mail server is set; set smtp.host in reportgen.yaml, or REPORTGEN_SMTP_HOST"),
            (
                Smtp("localhost", ca=Path("none.pem")),
                "smtp.ca: none.pem cannot be read as a file of certificates (PEM)",
            ),
        ],
    )
    def test_that_is_not_set_up_is_told(self, smtp: Smtp, told: str, mail_server: MailServer) -> None:
        at = replace(smtp, port=mail_server.smtp.port)
        assert sent(at, "a@client.example") == [Later(told)]

    def test_that_offers_no_login_is_told(self, tmp_path: Path) -> None:
        with serving(tmp_path, "none") as server:
            told = "the mail server localhost offers no login; leave out smtp.username if it wants none"
            assert sent(replace(server.smtp, username=USERNAME, password=WRONG), "a@client.example") == [Later(told)]

    def test_is_not_logged_in_to_without_a_password(self, mail_server: MailServer) -> None:
        verdicts = sent(replace(mail_server.smtp, password=None), "a@client.example")
        assert verdicts == [Later(f"REPORTGEN_SMTP_PASSWORD is missing; smtp.username is {USERNAME}")]


@contextmanager
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held: list[socket.socket] = []

        def take() -> None:
            try:
                held.append(listening.accept()[0])
            except OSError:
                return

        thread = threading.Thread(target=take)
        thread.start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in held:
            connection.close()
