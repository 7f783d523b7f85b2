"""A mail to look at, which nobody gets: the message for a mail program, and its HTML for a browser. Pure.

Instants are UTC.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from reportgen.delivery.mail import Mail, heading_of, unseen_of
from reportgen.delivery.message import message_of, with_message_id
from reportgen.delivery.message_ids import NO_DOMAIN
from reportgen.mail_addresses import Address, parse_ascii_address

if TYPE_CHECKING:
    from reportgen.render.mail.model import Letter
    from reportgen.spec.delivering import Email

_NOBODY: Final = Address("nobody", NO_DOMAIN, "No sender is set (mail.from)")


def previews(mail: Mail, email: Email, mail_from: str | None, as_of: datetime) -> Iterator[tuple[str, bytes]]:
    """The end of each file's name, and what to write into it; the mail's date is `as_of`: the same again."""
    heading = heading_of(email, _sender(mail_from), as_of)
    message = message_of(mail.letter, heading, mail.attachments)
    yield ".eml", with_message_id(message, f"<preview@{heading.sender.domain}>")
    yield "-mail.html", page_of(mail.letter).encode()


def envelope(mail: Mail, email: Email, mail_from: str | None, as_of: datetime) -> Iterator[str]:
    """Who would get the mail from whom, those too who stand in no header, its subject, and its attachments: a line
    each.
    """
    heading = heading_of(email, _sender(mail_from), as_of)
    lines: Mapping[str, Iterable[Address]] = {
        "From": [heading.sender],
        "Reply-To": [heading.reply_to] if heading.reply_to else [],
        "To": heading.to,
        "Cc": heading.cc,
        "Bcc": unseen_of(email, heading),
    }
    for name, addresses in lines.items():
        if written := ", ".join(map(_written, addresses)):
            yield f"{name}: {written}"
    yield f"Subject: {mail.letter.subject}"
    if mail.attachments:
        yield f"Attached: {', '.join(attachment.name for attachment in mail.attachments)}"


def _sender(mail_from: str | None) -> Address:
    return parse_ascii_address(mail_from) if mail_from else _NOBODY


def _written(address: Address) -> str:
    return f"{address.name} <{address.mailbox}>" if address.name else address.mailbox


def page_of(letter: Letter) -> str:
    """The letter's HTML with its pictures inside, which browsers have no other way to."""
    html = letter.html
    for picture in letter.pictures:
        html = html.replace(f"cid:{picture.cid}", f"data:image/png;base64,{b64encode(picture.content).decode()}")
    return html
