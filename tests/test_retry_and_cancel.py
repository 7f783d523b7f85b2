"""What people may do with a delivery in each state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from reportgen.outbox import Delivery, State, Way
from reportgen.retry_and_cancel import canceled, retried, why_not_canceled, why_not_retried
from tests.test_outbox import NOW, SENDING

WAITING = replace(SENDING, state=State.WAITING, lease_until=None, next_attempt=NOW + timedelta(hours=1))
FAILED = replace(SENDING, state=State.FAILED, lease_until=None, ended=NOW, said="550 No")
HELD = replace(SENDING, state=State.HELD, lease_until=None, attempts=0)
LEFT = replace(SENDING, lease_until=NOW)
SENT = replace(SENDING, state=State.SENT, lease_until=None, ended=NOW)
CANCELED = replace(SENT, state=State.CANCELED)


@pytest.mark.parametrize("delivery", [WAITING, FAILED, HELD, LEFT])
def test_what_nobody_sends_may_be_sent_at_once_or_canceled(delivery: Delivery) -> None:
    assert why_not_retried(delivery, NOW) is None
    assert why_not_canceled(delivery, NOW) is None
    again = retried(delivery, NOW)
    assert again == replace(delivery, state=State.WAITING, next_attempt=NOW, lease_until=None, ended=None)
    over = canceled(delivery, NOW)
    assert over == replace(delivery, state=State.CANCELED, next_attempt=None, lease_until=None, ended=NOW)


def test_what_is_being_sent_is_left_to_its_sender() -> None:
    said = "1 is being sent, until 08:05 UTC at the latest; if it was not sent by then, try again"
    assert why_not_retried(SENDING, NOW) == why_not_canceled(SENDING, NOW) == said


def test_what_is_over_is_over() -> None:
    copy = "; reportgen mail FILE --to ann@example.com sends another, as a test"
    sent, gone = "1 was sent on 16 November 2026, 08:00 UTC", "1 was canceled on 16 November 2026, 08:00 UTC"
    assert why_not_retried(SENT, NOW) == f"{sent}{copy}"
    assert why_not_canceled(SENT, NOW) == f"{sent}: there is nothing left to cancel"
    assert why_not_retried(CANCELED, NOW) == f"{gone}, and its content is deleted{copy}"
    assert why_not_canceled(CANCELED, NOW) == f"{gone} already"


def test_a_new_copy_is_offered_of_mails_only() -> None:
    assert why_not_retried(replace(SENT, way=Way.WEBHOOK), NOW) == "1 was sent on 16 November 2026, 08:00 UTC"
