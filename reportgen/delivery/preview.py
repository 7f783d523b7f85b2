"""A mail to look at, which nobody gets: the message for a mail program, and its HTML for a browser. Pure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from reportgen.delivery.mail import Mail, heading_of
from reportgen.delivery.mail_addresses import Address, parse_ascii_address
from reportgen.delivery.message import message_of, with_message_id
from reportgen.delivery.message_ids import NO_DOMAIN

if TYPE_CHECKING:
    from reportgen.render.mail.model import Letter
    from reportgen.spec.delivering import Email

_NOBODY: Final = Address("nobody", NO_DOMAIN, "No sender is set (mail.from)")


def previews(mail: Mail, email: Email, mail_from: str | None, as_of: datetime) -> Iterator[tuple[str, bytes]]:
    """The end of each file's name, and what to write into it; the mail's date is `as_of`: the same again."""
    sender = parse_ascii_address(mail_from) if mail_from else _NOBODY
    message = message_of(mail.letter, heading_of(email, sender, as_of), mail.attachments)
    yield ".eml", with_message_id(message, f"<preview@{sender.domain}>")
    yield "-mail.html", page_of(mail.letter).encode()


def page_of(letter: Letter) -> str:
    """The letter's HTML with its pictures inside, which browsers have no other way to."""
    html = letter.html
    for picture in letter.pictures:
        html = html.replace(f"cid:{picture.cid}", f"data:image/png;base64,{b64encode(picture.content).decode()}")
    return html
