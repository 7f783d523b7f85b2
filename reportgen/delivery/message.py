"""A letter as a message of mail: RFC 5322 and MIME, in ASCII, the same bytes for the same letter. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING, Final

from reportgen.delivery.attachments import TYPES, Attachment
from reportgen.delivery.headers import address_header, text_header
from reportgen.mail_addresses import Address, parse_ascii_address

if TYPE_CHECKING:
    from reportgen.render.mail.model import Letter

_AS_IT_IS: Final = SMTP.clone(max_line_length=None)
"""Folds no header: those of the parts are short, and long names of files are cut up in ways that few programs know."""
_END_OF_HEAD: Final = b"\r\n\r\n"
_FIXED: Final = (
    # So that nobody's note of absence answers (RFC 3834; Exchange has a header of its own).
    ("Auto-Submitted", "auto-generated"),
    ("X-Auto-Response-Suppress", "All"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Who sends a mail, who all its recipients see, and when it was made."""

    sender: Address
    to: tuple[Address, ...]
    date: datetime
    """UTC."""
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None


def message_of(letter: Letter, heading: Heading, attachments: Iterable[Attachment] = ()) -> bytes:
    """The message, but for its Message-ID, which is put before it as a copy leaves (`with_message_id`).

    Text and HTML beside each other, the HTML with its pictures, the attachments behind them.
    """
    body = EmailMessage(policy=SMTP)
    # Quoted-printable whatever is in it: no line is too long then, and none is taken for the border of a part.
    body.set_content(letter.text, cte="quoted-printable")
    if letter.html:
        body.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        for picture in letter.pictures:
            body.get_payload()[1].add_related(  # type: ignore[index, union-attr]
                picture.content, "image", "png", cid=f"<{picture.cid}>", disposition="inline"
            )
    for attachment in attachments:
        main, sub = TYPES[attachment.kind]
        charset = {"charset": "utf-8"} if main == "text" else None
        body.add_attachment(attachment.content, main, sub, filename=attachment.name, params=charset)
    _set_borders(body)
    return b"".join((_headers(letter.subject, heading), body.as_bytes(policy=_AS_IT_IS)))


def with_message_id(message: bytes, message_id: str) -> bytes:
    """The message of one copy."""
    return b"".join((b"Message-ID: ", message_id.encode("ascii"), b"\r\n", message))


def sender_in(message: bytes) -> Address:
    """Who sends a message that `message_of` made. Raises AddressError where its head is damaged."""
    head, _, _ = message.partition(_END_OF_HEAD)
    named = BytesHeaderParser().parsebytes(head)["From"]
    return parse_ascii_address(parseaddr(str(named))[1])


def _headers(subject: str, heading: Heading) -> bytes:
    headers = [
        address_header("From", [heading.sender]),
        address_header("To", heading.to),
        *([address_header("Cc", heading.cc)] if heading.cc else []),
        *([address_header("Reply-To", [heading.reply_to])] if heading.reply_to else []),
        text_header("Subject", subject),
        text_header("Date", format_datetime(heading.date)),
        *(text_header(name, value) for name, value in _FIXED),
    ]
    return "".join(headers).encode("ascii")


def _set_borders(body: EmailMessage) -> None:
    """Name what parts the parts, which Python would draw by lot.

    Neither base64 nor quoted-printable has `=_` in it, and one begins with no other.
    """
    for number, part in enumerate(part for part in body.walk() if part.is_multipart()):
        part.set_boundary(f"=_{number}_{part.get_content_subtype()}")
        if part.get_content_subtype() == "related":
            # RFC 2387 wants it, and some programs show no picture without it.
            part.set_param("type", "text/html")
