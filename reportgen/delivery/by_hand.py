"""Mails that somebody sends by hand: the report's, once for each period and recipient, and tests, any number.

Instants are UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from reportgen.delivery.message import Heading, message_of, with_message_id
from reportgen.delivery.send import Courier, send_waiting
from reportgen.delivery.state_words import ONCE, stands
from reportgen.instants import format_instant
from reportgen.mail_addresses import Address
from reportgen.outbox import Delivery, Occasion, Parcel, Sent, State

if TYPE_CHECKING:
    from reportgen.delivery.mail import Mail
    from reportgen.delivery.smtp import Mailer

_TEST: Final = "[Test]"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one copy, in a sentence."""

    said: str
    arrived: bool
    """Whether the mail server has taken it over, now or before."""


def send_by_hand(courier: Courier, report: str, parcel: Parcel) -> tuple[Outcome, ...]:
    """Put the mail into the outbox, send what is in there of the report, and tell what came of each copy.

    What a recipient was sent of the same period before is not sent again. Raises StoreError.
    """
    from reportgen.store.outbox import add, listing

    with courier.store.writing() as connection:
        new = add(connection, Occasion(report, None), [parcel], courier.clock())
    send_waiting(courier)
    now = courier.clock()
    with courier.store.reading() as connection:
        found = {delivery.message_id: delivery for delivery in listing(connection)}
    return tuple(_outcome(found[copy.message_id], now, is_new=copy in new) for copy in parcel.copies)


def send_tests(
    mail: Mail, to: Sequence[Address], sender: Address, now: datetime, mailer: Mailer, new_id: Callable[[], str]
) -> Iterator[Outcome]:
    """Send the mail to these mailboxes alone, past the outbox, with a subject that says that it is a test.

    `new_id` gives a Message-ID that no other mail has: mail programs hide what they have already.
    """
    letter = replace(mail.letter, subject=f"{_TEST} {mail.letter.subject}")
    content = message_of(letter, Heading(sender, tuple(to), now), mail.attachments)
    for address in to:
        verdict = mailer.send_message(address.mailbox, with_message_id(content, new_id()), lambda: True)
        arrived = isinstance(verdict, Sent)
        yield Outcome(f"{'' if arrived else 'not '}sent to {address.mailbox}: {verdict.said}", arrived)


def _outcome(delivery: Delivery, now: datetime, *, is_new: bool) -> Outcome:
    if delivery.state is State.SENT and not is_new and delivery.ended:
        since = format_instant(delivery.ended)
        return Outcome(f"{delivery.recipient} has it already, since {since}: {ONCE}", arrived=True)
    return Outcome(stands(delivery, now), arrived=delivery.state is State.SENT)
