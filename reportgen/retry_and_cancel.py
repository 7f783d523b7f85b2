"""What `outbox retry` and `outbox cancel` make of a delivery, or why not, in a sentence. Pure. Instants are UTC."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from reportgen.dates import clock, long_moment
from reportgen.outbox import Delivery, State, Way


def why_not_retried(delivery: Delivery, now: datetime) -> str | None:
    """Why a delivery cannot be sent at once; None where it can: it waits, has failed or is held."""
    match delivery.state_at(now):
        case State.SENT:
            return f"{delivery.id} was sent{_when(delivery.ended)}{_new_copy(delivery)}"
        case State.CANCELED:
            return f"{delivery.id} was canceled{_when(delivery.ended)}, and its content is deleted{_new_copy(delivery)}"
        case State.SENDING:
            return f"{delivery.id} is being sent{_until(delivery)}"
        case _:
            return None


def why_not_canceled(delivery: Delivery, now: datetime) -> str | None:
    """Why a delivery cannot be canceled; None where it can: it waits, has failed or is held."""
    match delivery.state_at(now):
        case State.SENT:
            return f"{delivery.id} was sent{_when(delivery.ended)}: there is nothing left to cancel"
        case State.CANCELED:
            return f"{delivery.id} was canceled{_when(delivery.ended)} already"
        case State.SENDING:
            return f"{delivery.id} is being sent{_until(delivery)}"
        case _:
            return None


def retried(delivery: Delivery, now: datetime) -> Delivery:
    """It is to be sent at once."""
    return replace(delivery, state=State.WAITING, next_attempt=now, lease_until=None, ended=None)


def canceled(delivery: Delivery, now: datetime) -> Delivery:
    """It is not to be sent any more."""
    return replace(delivery, state=State.CANCELED, next_attempt=None, lease_until=None, ended=now)


def _when(ended: datetime | None) -> str:
    return f" on {long_moment(ended)} UTC" if ended else ""


def _until(delivery: Delivery) -> str:
    until = f", until {clock(delivery.lease_until)} UTC at the latest" if delivery.lease_until else ""
    return f"{until}; if it was not sent by then, try again"


def _new_copy(delivery: Delivery) -> str:
    return (
        f"; reportgen mail FILE --to {delivery.recipient} sends another, as a test" if delivery.way is Way.MAIL else ""
    )
