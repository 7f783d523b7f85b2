"""What mail servers say, made fit for a terminal, a page and the store: one printable line, not long, no password."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from typing import Final

from reportgen.delivery_settings import Smtp
from reportgen.printable import printable_line

LONGEST: Final = 300


def words_of(code: int, reply: bytes | str, smtp: Smtp) -> str:
    """`250 2.0.0 Ok: queued as ...`: the code and the words of a reply, however many lines it has."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return fit_line(f"{code} {text}", smtp)


def fit_line(text: str, smtp: Smtp) -> str:
    """Any text that a server may have a part in."""
    said = " ".join(text.split())
    for secret in _secrets(smtp):
        said = said.replace(secret, "…")
    line = printable_line(said)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _secrets(smtp: Smtp) -> Collection[str]:
    """The password, and what it is on the way; some servers repeat what they don't understand."""
    if not smtp.password:
        return ()
    plain = f"\0{smtp.username}\0{smtp.password}"
    return [smtp.password, *(b64encode(text.encode()).decode() for text in (plain, smtp.password))]
