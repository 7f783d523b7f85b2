"""The way to the mail server: nothing in plain, nothing to a stranger, and a sentence where there is no way."""

from __future__ import annotations

import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.delivery_settings import Smtp
from reportgen.outbox import Later
from tests.delivery.lying_server import PLAIN, Last, lying
from tests.delivery.mail_server import USERNAME, MailServer, serving, tls_of
from tests.delivery.test_smtp import sent
from tests.leaks.known import made_up

SPACED = made_up("two  blanks and one")
PLAIN_LOGIN = b64encode(f"\0{USERNAME}\0{SPACED}".encode())
for piece in (PLAIN_LOGIN, PLAIN_LOGIN[:-12], PLAIN_LOGIN[12:]):
    made_up(piece.decode(), "a piece of what AUTH PLAIN makes of the password")
WITH_LOGIN = replace(PLAIN, username=USERNAME, password=SPACED)
OFFERS_TLS = b"250-hi\r\n250 STARTTLS\r\n"
OFFERS_LOGIN = b"250-hi\r\n250 AUTH PLAIN\r\n"
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
        assert verdict.said.endswith("; if you trust who signed it, name the file of their certificate in smtp.ca")
        assert server.mails == []

    def test_is_not_asked_again_with_a_password_that_it_refuses(self, mail_server: MailServer) -> None:
        wrong = replace(mail_server.smtp, password=WRONG)
        verdicts = sent(wrong, "a@client.example", "b@client.example")
        told = f"the mail server localhost refuses the login of {USERNAME}: 535 5.7.8"
        assert verdicts == [Later(f"{told}; check REPORTGEN_SMTP_PASSWORD")] * 2
        assert (mail_server.connections, mail_server.mails) == (1, [])

    def test_that_says_nothing_is_waited_for_no_longer_than_set(self) -> None:
        with silent() as port:
            (verdict,) = sent(Smtp("127.0.0.1", port, "none", timeout=0.05), "a@client.example")
        assert verdict == Later("the mail server 127.0.0.1 does not answer within 0.05 seconds")

    def test_that_may_wait_for_tls_to_begin_is_told_with_what_to_try(self) -> None:
        with silent() as port:
            (verdict,) = sent(Smtp("127.0.0.1", port, "starttls", timeout=0.05), "a@client.example")
        told = "the mail server 127.0.0.1 does not answer within 0.05 seconds"
        assert verdict == Later(f"{told}; if it begins with TLS, as at port 465, set smtp.security: tls")

    def test_that_hangs_up_before_any_mail_is_told(self) -> None:
        with lying({"EHLO": Last(b"")}) as server:
            assert sent(server.smtp, "a@client.example") == [Later("the mail server localhost hangs up")]

    @pytest.mark.parametrize("host", ["mail..example.com", f"{'a' * 64}.example"])
    def test_of_a_name_that_is_none_is_told(self, host: str) -> None:
        told = f"the mail server {host} cannot be reached: this is not the name of a server"
        assert sent(Smtp(host, 25, "none"), "a@client.example") == [Later(told)]

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
        assert verdicts == [
            Later(f"REPORTGEN_SMTP_PASSWORD is missing in the environment and in .env; smtp.username is {USERNAME}")
        ]


class TestLogin:
    """Servers repeat what they do not understand, and what AUTH says is the password."""

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            (b"500 5.5.2 unrecognized: " + PLAIN_LOGIN[:-12], "500 5.5.2"),
            (b"535-5.7.8 no\r\n535 " + PLAIN_LOGIN, "535 5.7.8"),
            (b"535 " + SPACED.encode(), "535"),
            (b"421 4.3.2 " + PLAIN_LOGIN[12:], "421 4.3.2"),
        ],
    )
    def test_that_is_refused_repeats_the_code_alone(self, said: bytes, told: str) -> None:
        with lying({"EHLO": OFFERS_LOGIN, "AUTH": said + b"\r\n"}, WITH_LOGIN) as server:
            verdicts = sent(server.smtp, "a@client.example")
        refused = f"the mail server localhost refuses the login of {USERNAME}: {told}"
        assert verdicts == [Later(f"{refused}; check REPORTGEN_SMTP_PASSWORD")]

    @pytest.mark.parametrize("said", [PLAIN_LOGIN, b"334 a", b"334 " + PLAIN_LOGIN])
    def test_that_cannot_be_understood_repeats_nothing(self, said: bytes) -> None:
        # The answer to each challenge is the login once more.
        says = {"EHLO": OFFERS_LOGIN, "AUTH": said + b"\r\n", PLAIN_LOGIN[:4].decode().upper(): said + b"\r\n"}
        with lying(says, WITH_LOGIN) as server:
            verdicts = sent(server.smtp, "a@client.example")
        told = f"the mail server localhost cannot be talked to about the login of {USERNAME}"
        assert verdicts == [Later(told)]

    def test_by_other_ways_alone_is_told(self) -> None:
        with lying({"EHLO": b"250-hi\r\n250 AUTH XOAUTH2 NTLM\r\n"}, WITH_LOGIN) as server:
            told = "the mail server localhost offers a login by XOAUTH2, NTLM alone"
            assert sent(server.smtp, "a@client.example") == [Later(told)]


class TestTls:
    def test_that_is_promised_and_does_not_come_is_told(self) -> None:
        says = {"EHLO": OFFERS_TLS, "STAR": Last(b"220 go on\r\n250 hi\r\n")}
        with lying(says, replace(PLAIN, security="starttls")) as server:
            (verdict,) = sent(server.smtp, "a@client.example")
        assert verdict.said.startswith(f"there is no TLS with the mail server localhost at port {server.smtp.port} (")

    def test_at_a_port_without_it_is_told(self) -> None:
        with lying({}, replace(PLAIN, security="tls")) as server:
            (verdict,) = sent(server.smtp, "a@client.example")
        told = f"the mail server localhost does not begin with TLS at port {server.smtp.port}"
        assert verdict == Later(f"{told}; try smtp.security: starttls")

    def test_makes_nothing_true_that_was_said_before_it(self, tmp_path: Path) -> None:
        tls = tls_of(tmp_path)
        heard: list[bytes] = []

        def injects(to: socket.socket) -> None:
            to.sendall(b"220 go on\r\n250 evil\r\n")
            with tls.wrap_socket(to, server_side=True) as secure:
                heard.append(secure.recv(100))

        smtp = replace(PLAIN, security="starttls", ca=tmp_path / "ca.pem")
        with lying({"EHLO": OFFERS_TLS, "STAR": injects}, smtp) as server:
            (verdict,) = sent(server.smtp, "a@client.example")
        # Hung up in the middle of the handshake, or after it: nothing is asked of it.
        assert (verdict, b"".join(heard)) == (Later("the mail server localhost says 250 evil"), b"")


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
