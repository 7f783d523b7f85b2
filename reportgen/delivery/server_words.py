"""What mail servers say, made fit for a terminal, a page and the store: one printable line, not long, no password."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection
from typing import Final

from reportgen.delivery_settings import Smtp
from reportgen.printable import printable_line

LONGEST: Final = 300
_ENHANCED: Final = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?!\S)")


def words_of(code: int, reply: bytes | str, smtp: Smtp) -> str:
    """`250 2.0.0 Ok: queued as ...`: the code and the words of a reply, however many lines it has."""
    return fit_line(f"{code} {_text(reply)}", smtp)


def code_of(code: int, reply: bytes | str) -> str:
    """`535 5.7.8`: a reply without its words, which may repeat what was said."""
    enhanced = _ENHANCED.match(_text(reply))
    return f"{code} {enhanced[0]}" if enhanced else str(code)


def fit_line(text: str, smtp: Smtp) -> str:
    """Any text that a server may have a part in."""
    for secret in _secrets(smtp):
        # However it is cut into lines, and whatever became of blanks in it.
        text = re.sub(r"\s*".join(map(re.escape, "".join(secret.split()))), "…", text)
    line = printable_line(" ".join(text.split()))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _secrets(smtp: Smtp) -> Collection[str]:
    """The password, and what it is on the way; some servers repeat what they don't understand."""
    if not smtp.password:
        return ()
    plain = f"\0{smtp.username}\0{smtp.password}"
    return [smtp.password, *(b64encode(text.encode()).decode() for text in (plain, smtp.password))]


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
