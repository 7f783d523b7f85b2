"""What a mail server says too early, out of turn, in halves or without an end makes no mail sent that is not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.delivery.smtp import Mailer
from reportgen.delivery_settings import Smtp
from reportgen.outbox import Later, Refused, Sent, Verdict
from tests.delivery.lying_server import BODY, END, FIRST_BYTES, GREETING, PLAIN, Last, Saying, lying
from tests.delivery.mail_server import tls_of
from tests.delivery.test_smtp import CONTENT, delivery, sent, yes

COMMANDS = b"From: r@acme.example\r\n\r\nMAIL FROM:<eve@client.example>\r\nRCPT TO:<victim@client.example>\r\nDATA\r\n"
LARGE = b"From: r@acme.example\r\n\r\n" + (b"x" * 70 + b"\r\n") * (2 * FIRST_BYTES // 72)
MAY_HAVE_ARRIVED = "it may have arrived. The next attempt bears the same Message-ID"
VERBS = ["EHLO", "MAIL", "RCPT", "DATA"]
HUNG_UP = f"the mail server hung up or fell silent when it had the whole mail: {MAY_HAVE_ARRIVED}"
IN_TIME = replace(PLAIN, timeout=0.2)


class Drip:
    """Says a piece of an answer again and again, never pausing for as long as the time-out, and in the end `yes`."""

    def __init__(self, piece: bytes, pieces: int = 100, pause: float = 0.02) -> None:
        self._piece = piece
        self._pieces = pieces
        self._pause = pause

    def __call__(self, to: socket.socket) -> None:
        never = threading.Event()
        for _ in range(self._pieces):
            to.sendall(self._piece)
            never.wait(self._pause)
        to.sendall(b"\r\n250 yes\r\n" if b"\n" not in self._piece else b"250 yes\r\n")


def posted(smtp: Smtp, message: bytes = COMMANDS, may_go: Callable[[], bool] = yes, last_wait: float = 10) -> Verdict:
    with Mailer(smtp, last_wait) as mailer:
        return mailer.send_message("a@client.example", message, may_go)


class TestAnAnswerOutOfTurn:
    @pytest.mark.parametrize(
        ("at", "said"),
        [("MAIL", b"354 go on"), ("RCPT", b"354 go on"), ("RCPT", b"334 "), ("DATA", b"250 early"), ("DATA", b"334 x")],
    )
    def test_makes_no_body_into_commands_and_ends_the_connection(self, at: str, said: bytes) -> None:
        with lying({at: said + b"\r\n"}) as server:
            verdict = posted(server.smtp)
        shown = said.decode().strip()
        assert verdict == Later(f"the mail server answers out of turn: {shown}; nothing was sent")
        (heard,) = server.heard
        assert heard == VERBS[: VERBS.index(at) + 1]

    def test_that_comes_with_another_is_not_taken_for_the_next(self) -> None:
        with lying({"EHLO": b"250 hello\r\n250 hello again\r\n"}) as server:
            verdict = posted(server.smtp)
        assert verdict == Later("the mail server answers out of turn: 250 hello again; nothing was sent")

    @pytest.mark.parametrize("security", ["none", "tls"])
    @pytest.mark.parametrize(
        ("said", "verdict"),
        [
            (b"250 early", Later("the mail server answers out of turn: 250 early; nothing was sent")),
            (b"550 5.7.1 no", Refused("550 5.7.1 no")),
            (b"451 4.3.0 not now", Later("451 4.3.0 not now")),
        ],
    )
    def test_before_the_last_dot_is_no_yes_to_the_mail(
        self, said: bytes, verdict: Verdict, security: str, tmp_path: Path
    ) -> None:
        tls, ca = (tls_of(tmp_path), tmp_path / "ca.pem") if security == "tls" else (None, None)
        smtp = replace(PLAIN, security=security, ca=ca)  # type: ignore[arg-type]
        with lying({"DATA": b"354 go on\r\n" + said + b"\r\n", END: b"550 no\r\n"}, smtp, tls) as server:
            assert posted(server.smtp) == verdict
        assert server.heard == [VERBS]

    def test_that_comes_by_itself_while_the_mail_is_said_is_no_yes_to_it(self) -> None:
        said = threading.Event()

        def early(to: socket.socket) -> None:
            to.sendall(b"250 early\r\n")
            said.set()

        with lying({BODY: early}) as server:
            verdict = posted(server.smtp, LARGE, lambda: said.wait(10))
        assert verdict == Later("the mail server answers out of turn: 250 early; nothing was sent")
        assert server.heard == [VERBS]


class TestARefusalInTheMiddleOfAMail:
    @pytest.mark.parametrize("kind", [bytes, Last])
    def test_is_the_verdict(self, kind: Callable[[bytes], Saying]) -> None:
        with lying({BODY: kind(b"552 5.3.4 too big\r\n")}) as server:
            assert posted(server.smtp, LARGE * 40) == Refused("552 5.3.4 too big")


class TestAnAnswerWithoutAnEnd:
    @pytest.mark.parametrize("piece", [b"250-still\r\n", b"2"])
    def test_is_given_up_in_the_time_of_a_whole_answer(self, piece: bytes) -> None:
        with lying({"RCPT": Drip(piece)}, IN_TIME) as server:
            verdict = posted(server.smtp)
        told = "the mail server hung up or fell silent before the mail was whole; nothing was sent"
        assert isinstance(verdict, Later)
        assert verdict.said.startswith(told)

    def test_to_the_whole_mail_is_given_up_after_the_last_wait(self) -> None:
        with lying({END: Drip(b"250-still\r\n")}) as server:
            assert posted(server.smtp, last_wait=0.2) == Later(HUNG_UP)

    def test_to_the_greeting_is_given_up(self) -> None:
        with lying({GREETING: Drip(b"220-still\r\n")}, IN_TIME) as server:
            assert posted(server.smtp) == Later("the mail server localhost does not answer within 0.2 seconds")

    @pytest.mark.parametrize("piece", [b"250-still\r\n", b"2" * 100])
    def test_is_not_listened_to_for_ever(self, piece: bytes) -> None:
        with lying({"RCPT": Drip(piece, pieces=1000, pause=0)}) as server:
            verdict = posted(server.smtp)
        assert verdict == Later("the mail server cannot be talked to: its answer has no end; nothing was sent")


class TestAnAnswerThatIsNone:
    @pytest.mark.parametrize(
        "said", [b"hello\r\n", b"\r\n", b"25 x\r\n", b"+25 x\r\n", "２５０ ok\r\n".encode(), b"650 x\r\n"]
    )
    def test_is_told_as_such(self, said: bytes) -> None:
        with lying({"RCPT": said}) as server:
            verdict = posted(server.smtp)
        assert verdict == Later("the mail server cannot be talked to: its answer is none of SMTP; nothing was sent")

    def test_of_half_a_line_is_no_yes(self) -> None:
        with lying({END: Last(b"250")}) as server:
            assert posted(server.smtp) == Later(HUNG_UP)

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            (b"354 go on\r\n", "the mail server answers out of turn: 354 go on"),
            (b"hello\r\n", "the mail server cannot be talked to: its answer is none of SMTP"),
        ],
    )
    def test_to_the_whole_mail_leaves_open_whether_it_arrived(self, said: bytes, told: str) -> None:
        with lying({END: said}) as server, Mailer(server.smtp) as mailer:
            assert mailer.send(delivery(number=1), CONTENT, yes) == Later(f"{told}: {MAY_HAVE_ARRIVED}")
            mailer.send(delivery(number=2), CONTENT, yes)
        assert len(server.heard) == 2


def test_a_server_that_only_says_it_in_its_own_way_is_understood() -> None:
    said: dict[str, Saying] = {
        GREETING: b"220-we\r\n220 greet\r\n",
        "RCPT": b"250\r\n",
        END: b"250-2.0.0 taken\n250-\r\n250 over\n",
    }
    with lying(said) as server:
        assert sent(server.smtp, "a@client.example", "b@client.example") == [Sent("250 2.0.0 taken over")] * 2
    assert server.heard == [["EHLO", "MAIL", "RCPT", "DATA", "RSET", "MAIL", "RCPT", "DATA", "QUIT"]]
