"""Events as lines of JSON, for whoever collects them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from reportgen.instants import format_instant
from reportgen.scheduled.events import Event, Tell


def json_lines(write: Callable[[str], None], clock: Callable[[], datetime]) -> Tell:
    """Write each event as a line `{"at": "...Z", "event": "...", ...}`; fields that have nothing are null."""

    def tell(event: Event, **fields: object) -> None:
        line = {"at": format_instant(clock()), "event": event, **fields}
        write(json.dumps(line, ensure_ascii=False, default=_plain))

    return tell


def _plain(value: object) -> str:
    return format_instant(value) if isinstance(value, datetime) else str(value)
