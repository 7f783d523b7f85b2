"""Headers of a message, ASCII and folded: what parses back to the text and the addresses that they are made of. Pure.

`email.policy.SMTP` folds long headers wrongly in the Pythons that are in use: blanks between words get lost
(python/cpython#92081), and quotes around a name with a comma (python/cpython#121284), which makes two addresses of one.
So texts that are not short and plain are encoded whole (RFC 2047), which leaves nothing to choose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.header import Header
from email.utils import quote
from typing import Final

from reportgen.mail_addresses import Address

_WIDTH: Final = 76
_PLAIN: Final = re.compile(r"[ -~]*")
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_LINE_END: Final = "\r\n"
_LONGEST: Final = len("Reply-To: ")
"""Of the names that stand before addresses."""


def text_header(name: str, text: str) -> str:
    """A header of any text, such as a subject; blanks around it are left out."""
    return f"{name}: {_encoded(text.strip(), len(name) + 2)}{_LINE_END}"


def address_header(name: str, addresses: Sequence[Address]) -> str:
    """A header of addresses, one a line."""
    return f"{name}: {f',{_LINE_END} '.join(map(_in_header, addresses))}{_LINE_END}"


def _in_header(address: Address) -> str:
    if not address.is_ascii:
        # Named as a group without members (as RFC 6857 has it), since an address in other letters would keep servers
        # without SMTPUTF8 from taking the message, for the others too.
        return _named(f"{address.name} {address.mailbox}".strip(), ":;")
    return _named(address.name, f"<{address.mailbox}>") if address.name else address.mailbox


def _named(name: str, what: str) -> str:
    phrase = _phrase(name)
    last = phrase.rpartition(_LINE_END)[2]
    fits = _LONGEST + len(last) + len(f" {what}") <= _WIDTH
    return f"{phrase}{' ' if fits else f'{_LINE_END} '}{what}"


def _phrase(name: str) -> str:
    """A name as it may stand before an address."""
    if not _is_plain(name) or len(name) > _WIDTH // 2:
        return _as_words(name, before=_LONGEST)
    return name if _ATOMS.fullmatch(name) and name == " ".join(name.split()) else f'"{quote(name)}"'


def _encoded(text: str, before: int) -> str:
    return text if _is_plain(text) and len(text) + before <= _WIDTH else _as_words(text, before)


def _is_plain(text: str) -> bool:
    """Whether it may stand in a header as it is: ASCII that nobody takes for an encoded word."""
    return _PLAIN.fullmatch(text) is not None and "=?" not in text


def _as_words(text: str, before: int) -> str:
    """Encoded words, one a line, the first of which has `before` characters before it."""
    header = Header(text, "utf-8", maxlinelen=_WIDTH, header_name="x" * (before - 2))
    return header.encode(splitchars="", linesep=_LINE_END)
