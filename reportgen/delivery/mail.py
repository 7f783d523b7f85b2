"""The mail with a report: who gets it, what is attached, and the message, made of what was rendered of the report.

Instants are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reportgen.delivery.attachments import Attachment, fitting
from reportgen.delivery.message import Heading, message_of
from reportgen.delivery.message_ids import message_id
from reportgen.delivery_settings import NO_SENDER_SET
from reportgen.errors import InputError
from reportgen.mail_addresses import Address, distinct, parse_address, parse_ascii_address
from reportgen.outbox import Copy, Occasion, Parcel, Way

if TYPE_CHECKING:
    from reportgen.made import Pages
    from reportgen.render.mail.model import Letter
    from reportgen.report.model import Report
    from reportgen.settings import Settings
    from reportgen.spec.delivering import Email
    from reportgen.spec.model import Format, ReportSpec


@dataclass(frozen=True, slots=True)
class Mail:
    """What a report's mail is made of, whoever gets it."""

    letter: Letter
    attachments: tuple[Attachment, ...]
    left_out: tuple[Attachment, ...] = ()
    """What is too large for it, the largest first."""


def check_mail(specs: Sequence[ReportSpec], settings: Settings) -> None:
    """Raise InputError where a report is to be mailed, and the settings do not say by which server and from whom, or
    lack the password or the certificates that they name.
    """
    if any(spec.email for spec in specs) and (faults := mail_faults(settings)):
        raise InputError(*faults)


def mail_faults(settings: Settings) -> tuple[str, ...]:
    """Why no mail can be sent by these settings, a sentence each; none where it is worth a try."""
    from reportgen.delivery.smtp_setup import smtp_faults

    return (*smtp_faults(settings.smtp), *([] if settings.mail_from else [NO_SENDER_SET]))


def sender_of(settings: Settings) -> Address:
    """Who sends the mails. Raises InputError where the settings name nobody."""
    if settings.mail_from is None:
        raise InputError(NO_SENDER_SET)
    return parse_ascii_address(settings.mail_from)


def compose(email: Email, pages: Pages, largest: float) -> Mail:
    """The mail with the report; what does not fit into `largest` megabytes is left out, and the letter says so.

    Raises TemplateError where the subject or a text of the file's own fails on the numbers.
    """
    from reportgen.render.mail.letter import letter

    stem, contents = pages.report.stem, _contents(email, pages)
    attached = [Attachment(f"{stem}.{kind}", kind, contents[kind]) for kind in dict.fromkeys(email.attach)]
    kept, left_out = fitting(attached, largest)
    return Mail(letter(pages.report, pages.look, _sizes(kept), _sizes(left_out)), kept, left_out)


def mail_parcel(
    spec: ReportSpec, email: Email, pages: Pages, occasion: Occasion, settings: Settings, now: datetime
) -> Parcel:
    """The mail with a copy for each mailbox of `to`, `cc` and `bcc`; a mailbox that is in several has one.

    `now` is the mail's date. Raises InputError where no sender is set, and TemplateError as `compose` does.
    """
    sender_of(settings)
    mail = compose(email, pages, settings.largest_mail)
    return parcel_of(spec, email, mail, pages.report, occasion, settings, now)


def parcel_of(
    spec: ReportSpec, email: Email, mail: Mail, report: Report, occasion: Occasion, settings: Settings, now: datetime
) -> Parcel:
    """The same of a mail that is composed."""
    sender = sender_of(settings)
    heading = heading_of(email, sender, now)
    mailboxes = [address.mailbox for address in (*heading.to, *heading.cc, *unseen_of(email, heading))]
    copies = (Copy(to, message_id(report, occasion, Way.MAIL, to, sender.domain)) for to in mailboxes)
    content = message_of(mail.letter, heading, mail.attachments)
    return Parcel(Way.MAIL, mail.letter.subject, content, tuple(copies), tweets_of(spec))


def heading_of(email: Email, sender: Address, now: datetime) -> Heading:
    """What stands above the mail. Nobody sees who is in `bcc`."""
    to = distinct(map(parse_address, email.to))
    cc = distinct(map(parse_address, email.cc), beside=to)
    return Heading(sender, to, now, cc, parse_ascii_address(email.reply_to) if email.reply_to else None)


def unseen_of(email: Email, heading: Heading) -> tuple[Address, ...]:
    """Those in `bcc` who get a copy, and do not stand above it anyway."""
    return distinct(map(parse_address, email.bcc), beside=(*heading.to, *heading.cc))


def tweets_of(spec: ReportSpec) -> frozenset[int] | None:
    """The tweets that a report tells of; None where they are those that were posted, which are found as it is made."""
    return None if spec.posted else frozenset(int(tweet.id) for tweet in spec.all_tweets)


def _contents(email: Email, pages: Pages) -> Mapping[Format, bytes]:
    """The report's files, those too that only the mail wants."""
    from reportgen.render.files import render_files

    missing = [kind for kind in email.attach if kind not in pages.contents]
    return {**pages.contents, **dict(render_files(pages.report, missing, pages.look))}


def _sizes(attachments: Sequence[Attachment]) -> dict[Format, int]:
    return {attachment.kind: len(attachment.content) for attachment in attachments}
