"""What the rows of jobs and of the outbox promise each other, and where they break it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, or_, select

from reportgen import jobs
from reportgen.jobs import JobState
from reportgen.outbox import OPEN, OVER, State, Way
from reportgen.store.schema_of_delivery import JOBS, OUTBOX, PARCELS

_OF, _JOB = OUTBOX.c, JOBS.c
_CANCEL: Final = "reportgen outbox cancel {}"
_ANOTHER_COPY: Final = "put a copy of it in its place"


class DeliveryFault(NamedTuple):
    """Damage of one kind. `places` has what `example` and `cure` tell, in a row each."""

    what: str
    places: Select[Any]
    example: str
    cure: str


class DamagedDelivery(NamedTuple):
    """Damage of one kind that is there."""

    what: str
    number: int
    example: str
    cure: str


def _deliveries(what: str, which: ColumnElement[bool], cure: str = _CANCEL) -> DeliveryFault:
    return DeliveryFault(what, select(_OF.id).where(which).order_by(_OF.id), "number {} of the outbox", cure)


def _jobs(what: str, which: ColumnElement[bool]) -> DeliveryFault:
    places = select(_JOB.report, _JOB.due).where(which).order_by(_JOB.report, _JOB.due)
    return DeliveryFault(what, places, "{}, due {:%Y-%m-%d %H:%M} UTC", _ANOTHER_COPY)


def _is_one_of(
    column: ColumnElement[Any], states: tuple[State | JobState, ...], *broken: ColumnElement[bool]
) -> ColumnElement[bool]:
    return and_(column.in_(states), or_(*broken))


_HELD: Final = or_(_OF.holder.is_not(None), _OF.lease_until.is_not(None))
_JOB_HELD: Final = or_(_JOB.holder.is_not(None), _JOB.lease_until.is_not(None))
FAULTS: Final = (
    _deliveries(
        "deliveries in a state or by a way that this reportgen does not know",
        or_(_OF.state.not_in([*State]), _OF.way.not_in([*Way])),
        _ANOTHER_COPY,
    ),
    _deliveries(
        "deliveries that wait and that nobody would send",
        _is_one_of(_OF.state, (State.WAITING,), _OF.next_attempt.is_(None), _OF.parcel.is_(None), _HELD),
    ),
    _deliveries(
        "deliveries that nobody sends, although they are being sent",
        _is_one_of(
            _OF.state,
            (State.SENDING,),
            _OF.holder.is_(None),
            _OF.lease_until.is_(None),
            _OF.parcel.is_(None),
            _OF.next_attempt.is_not(None),
        ),
    ),
    _deliveries(
        "deliveries that failed or are held, and that could not be sent after all",
        _is_one_of(_OF.state, (State.FAILED, State.HELD), _OF.parcel.is_(None), _OF.next_attempt.is_not(None), _HELD),
    ),
    _deliveries(
        "deliveries that are over and hold on to something",
        _is_one_of(_OF.state, OVER, _OF.parcel.is_not(None), _OF.next_attempt.is_not(None), _HELD),
        _ANOTHER_COPY,
    ),
    _deliveries(
        "deliveries that ended without a time, or have one and go on",
        or_(
            _is_one_of(_OF.state, (*OVER, State.FAILED), _OF.ended.is_(None)),
            _is_one_of(_OF.state, (*OPEN, State.HELD), _OF.ended.is_not(None)),
        ),
        _ANOTHER_COPY,
    ),
    DeliveryFault(
        "contents that no delivery needs",
        select(PARCELS.c.id).where(~exists().where(_OF.parcel == PARCELS.c.id)).order_by(PARCELS.c.id),
        "content {}",
        "reportgen store prune deletes them",
    ),
    _jobs("jobs in a state that this reportgen does not know", _JOB.state.not_in([*JobState])),
    _jobs(
        "jobs that are due and that nobody would do",
        _is_one_of(_JOB.state, (JobState.DUE,), _JOB.next_attempt.is_(None), _JOB_HELD),
    ),
    _jobs(
        "jobs that nobody does, although they are running",
        _is_one_of(
            _JOB.state,
            (JobState.RUNNING,),
            _JOB.holder.is_(None),
            _JOB.lease_until.is_(None),
            _JOB.next_attempt.is_not(None),
        ),
    ),
    _jobs(
        "jobs that are over and go on, or go on and are over",
        or_(
            _is_one_of(_JOB.state, jobs.ENDED, _JOB.ended.is_(None), _JOB.next_attempt.is_not(None), _JOB_HELD),
            _is_one_of(_JOB.state, jobs.OPEN, _JOB.ended.is_not(None)),
        ),
    ),
)


def faults_of_deliveries(connection: Connection) -> Iterator[DamagedDelivery]:
    """Each kind of damage that is there, with its first place."""
    for fault in FAULTS:
        if places := connection.execute(fault.places).all():
            first = tuple(places[0])
            yield DamagedDelivery(fault.what, len(places), fault.example.format(*first), fault.cure.format(*first))
