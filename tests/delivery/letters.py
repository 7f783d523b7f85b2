"""A letter for tests, with all that could go wrong on the way, and a message as it came."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

from reportgen.delivery.attachments import Attachment
from reportgen.delivery.message import Heading
from reportgen.mail_addresses import Address
from reportgen.render.mail.model import Letter, Picture

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
PDF = b"%PDF-1.7\n" + bytes(reversed(range(256))) * 300
CSV = "grouping,value\r\nÄ,1\r\n".encode()

LETTER = Letter(
    subject="Acme on X: 9–15 November 2026",
    text="Impressions 1,234,567 – up 4 %\n.\n..\n--=_0_mixed\nFrom X\n" + "x" * 2000 + "\n\x85\x0c\u2028Å…\n  end  \n",
    html='<p>Ünïcödé 日本語</p>\n.\n<img src="cid:c1@reportgen">\n' + "<td>é</td>" * 900 + "\n",
    pictures=(Picture("c1@reportgen", PNG), Picture("c2@reportgen", PNG[::-1])),
)
ATTACHED = (
    Attachment("acme-weekly-2026-11-15.pdf", "pdf", PDF),
    Attachment("acme-weekly-2026-11-15.csv", "csv", CSV),
)
HEADING = Heading(
    Address("reports", "acme.example", "Acme Reports"),
    (Address("anna", "client.example", "Anna Müller"), Address("ben", "client.example")),
    datetime(2026, 11, 16, 8, tzinfo=UTC),
    (Address("carla", "client.example"),),
    Address("help", "acme.example"),
)


def text_of(message: EmailMessage, kind: str) -> str:
    """The text of the body in that kind, with the line ends that it was written with."""
    body = message.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).replace("\r\n", "\n")


def pictures_of(message: EmailMessage) -> dict[str, bytes]:
    """The pictures by content id."""
    parts = [part for part in message.walk() if part.get_content_type() == "image/png"]
    return {str(part["Content-ID"]).strip("<>"): part.get_payload(decode=True) for part in parts}  # type: ignore[misc]


def attached_to(message: EmailMessage) -> dict[str | None, bytes]:
    """What is attached, by the names of the files."""
    return {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}  # type: ignore[misc]
