"""What happens in a scheduler, as data: who runs one tells the events, and who looks on writes them down."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol


class Event(StrEnum):
    """The name of an event."""

    STARTED = "started"
    STOPPED = "stopped"
    FILE_LOADED = "file_loaded"
    FILE_BROKEN = "file_broken"
    FILE_GONE = "file_gone"
    NOT_READY = "not_ready"
    SETTINGS_LOADED = "settings_loaded"
    SETTINGS_BROKEN = "settings_broken"
    DUE = "due"
    SKIPPED = "skipped"
    REPORT_STARTED = "report_started"
    REPORT_ENDED = "report_ended"
    REPORT_LOST = "report_lost"
    REPORT_LEFT = "report_left"
    DELIVERED = "delivered"
    STORE_LOST = "store_lost"
    STORE_BACK = "store_back"


MEANINGS: Final[Mapping[Event, tuple[str, str]]] = MappingProxyType(
    {
        Event.STARTED: ("the scheduler began", "holder, port"),
        Event.STOPPED: ("it was asked to stop, and has ended what it had in hand", ""),
        Event.FILE_LOADED: ("a report file is new or was changed, and is good", "file, report, next_due"),
        Event.FILE_BROKEN: ("a report file has problems; its last good version goes on", "file, problems"),
        Event.FILE_GONE: ("a report file was removed", "file, report"),
        Event.NOT_READY: (
            "a way out of a report with a schedule is not set up; told with its file, and with new settings again",
            "report, way, said",
        ),
        Event.SETTINGS_LOADED: ("`reportgen.yaml` or `.env` was changed, and is good", ""),
        Event.SETTINGS_BROKEN: ("they have problems; the settings before go on", "problems"),
        Event.DUE: ("a report is due, and was written down", "report, due"),
        Event.SKIPPED: ("it was due and is not made any more", "report, due, said"),
        Event.REPORT_STARTED: ("a report is being made", "report, due, attempt, as_of"),
        Event.REPORT_ENDED: (
            "the attempt ended",
            "report, due, attempt, outcome, state, said, next_attempt, files, calls, seconds, outbox",
        ),
        Event.REPORT_LOST: (
            "somebody else took the report over meanwhile, so this attempt counts for nothing",
            "report, due, attempt",
        ),
        Event.REPORT_LEFT: (
            "whoever made the report gave no sign of life any more, so that attempt has failed",
            "report, due, attempt, state, said, next_attempt",
        ),
        Event.DELIVERED: (
            "an attempt at a delivery ended, well or not",
            "id, report, due, way, recipient, message_id, attempt, state, said, next_attempt",
        ),
        Event.STORE_LOST: ("the store failed; it is opened again until it is there", "said, seconds"),
        Event.STORE_BACK: ("the store is there again", ""),
    }
)
"""What each means, and its fields beside `at` and `event`."""


class Tell(Protocol):
    """Is told an event; the fields are those of MEANINGS, whose order they have."""

    def __call__(self, event: Event, **fields: object) -> None: ...
