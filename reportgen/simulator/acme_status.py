"""What @acme_status posts: a tweet every two hours, day and night, more in a year than a timeline ever gives.

The instants and ids are the same with any seed, so that a reader can name one; texts and reach are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Final

from reportgen.simulator.acme_status_texts import ANSWERS, REPORTS
from reportgen.simulator.chance import chance
from reportgen.simulator.texts import ACME, Post

HANDLE: Final = "@acme_status"
REACH: Final = (40, 600)

_HOURS: Final = range(0, 24, 2)
_MINUTE: Final = 7
_REPLIES: Final = 0.2
_RETWEETS: Final = 0.08


def status_posts(seed: int, day: date) -> Iterator[tuple[datetime, Post]]:
    """The instants (UTC) and texts of that day, the earliest first."""
    for number, hour in enumerate(_HOURS):
        turn = day.toordinal() * len(_HOURS) + number
        yield datetime.combine(day, time(hour, _MINUTE), UTC), Post(_text(seed, turn, hour))


def _text(seed: int, turn: int, hour: int) -> str:
    kind = chance(seed, HANDLE, turn, "kind")
    if kind < _REPLIES:
        return ANSWERS[turn % len(ANSWERS)]
    if kind < _REPLIES + _RETWEETS:
        return f"RT @acme: {ACME[turn % len(ACME)].text}"
    drawn = chance(seed, HANDLE, turn, "number")
    return REPORTS[turn % len(REPORTS)].format(
        hour=f"{hour:02}:00", kettle=1 + int(drawn * 6), degrees=91 + int(drawn * 6), cups=1_200 + int(drawn * 7_800)
    )
