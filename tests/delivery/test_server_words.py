"""What mail servers say: fit for a terminal and the store, and without the password however they cut it up."""

from __future__ import annotations

from base64 import b64encode

import pytest

from reportgen.delivery.server_words import code_of, words_of
from reportgen.delivery_settings import Smtp
from tests.leaks.known import made_up

PASSWORD = made_up("pass  word of two")
PLAIN = made_up(b64encode(f"\0bob\0{PASSWORD}".encode()).decode(), "what AUTH PLAIN makes of it")
SMTP = Smtp("localhost", username="bob", password=PASSWORD)


@pytest.mark.parametrize(
    "said",
    [
        f"no: {PASSWORD}!",
        "no: pass word of two!",
        "no: pass\nword\nof two!",
        f"no: {PLAIN}!",
        f"no: {PLAIN[:20]}\n{PLAIN[20:]}!",
        f"no: {b64encode(PASSWORD.encode()).decode()}!",
    ],
)
def test_the_password_is_left_out(said: str) -> None:
    assert words_of(550, said.encode(), SMTP) == "550 no: …!"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (b"5.7.8 no such user", "535 5.7.8"),
        (b"5.7.8", "535 5.7.8"),
        (b"no 5.7.8", "535"),
        (b"5.7.8x", "535"),
        (b"", "535"),
    ],
)
def test_a_code_is_told_without_words(reply: bytes, code: str) -> None:
    assert code_of(535, reply) == code
