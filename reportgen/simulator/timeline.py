"""Which tweets exist: a function of the seed and the calendar alone, so that a tweet of today is there next year.

What is out of the ordinary happens by rules of the calendar, at a full or half hour: under the same id with any seed.

- a launch on the 15th of February, May, August and November, seven tweets from 13:00 to 21:30;
- a tweet that goes viral on the Wednesday of every sixth week, the one of 9 November 2026 among them;
- a video every Thursday, a round-up on the first Monday of a month, office hours of the help desk the day after;
- on the 10th of each month a tweet that is deleted three days later;
- two old posts, of 2015 and 2019;
- every two hours a word from @acme_status.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from reportgen.simulator.acme_status import HANDLE as STATUS
from reportgen.simulator.acme_status import REACH as STATUS_REACH
from reportgen.simulator.acme_status import status_posts
from reportgen.simulator.chance import chance
from reportgen.simulator.texts import (
    ACME,
    ACME_DELETED,
    ACME_LAUNCH,
    ACME_ROUNDUP,
    ACME_VIDEO,
    ACME_VIRAL,
    GLOBEX,
    HELP,
    HELP_OFFICE_HOURS,
    PRODUCTS,
    Media,
    Post,
)
from reportgen.snowflake import posted_at as time_of

FIRST_DAY: Final = date(2025, 11, 1)
"""The first day of the ordinary timeline."""
_FIRST_MONDAY = date(2025, 11, 3)

_OLD: Final = {
    date(2015, 9, 10): Post("Our very first kettle leaves the workshop today. Wish it luck. 🫖", "photo"),
    date(2019, 8, 22): Post("Coffee at 4,167 m, filmed by someone with very cold fingers. 🎥🏔️", "video"),
}


_LAUNCH_TIMES: Final = (time(13), time(14, 30), time(16), time(17, 30), time(19), time(20, 30), time(21, 30))


@dataclass(frozen=True, slots=True)
class Tweet:
    """A tweet. `reach` is how many impressions it has in the very end; `deleted_at` is None where it stays."""

    id: str
    handle: str
    posted_at: datetime
    text: str
    media: Media
    reach: int
    viral: bool = False
    deleted_at: datetime | None = None


@cache
def posted_on(seed: int, day: date) -> tuple[Tweet, ...]:
    """All tweets posted on that UTC day, the earliest first."""
    if day in _OLD:
        return (_tweet(seed, "@acme", _at(day, time(16)), _OLD[day], (40_000, 60_000)),)
    if day < FIRST_DAY:
        return ()
    tweets = (*_acme(seed, day), *_acme_help(seed, day), *_globex(seed, day), *_acme_status(seed, day))
    return tuple(sorted(tweets, key=lambda tweet: int(tweet.id)))


def posted_until(seed: int, end: date) -> Iterator[Tweet]:
    """All tweets posted up to that UTC day, itself included, the earliest first."""
    ordinary = (FIRST_DAY + timedelta(days=number) for number in range((end - FIRST_DAY).days + 1))
    for day in (*(day for day in _OLD if day <= end), *ordinary):
        yield from posted_on(seed, day)


def _acme(seed: int, day: date) -> Iterator[Tweet]:
    if day.day == 15 and day.month in PRODUCTS:
        yield from _launch(seed, day)
        return
    special = tuple(_special(seed, day))
    yield from special
    often = chance(seed, "@acme", day, "often")
    wanted = int(often < 0.6) if _is_weekend(day) else 1 + int(often < 0.5)
    yield from _ordinary(seed, "@acme", day, (12, 23), ACME, 2, wanted - len(special), (5_000, 40_000))


def _launch(seed: int, day: date) -> Iterator[Tweet]:
    for at, post in zip(_LAUNCH_TIMES, ACME_LAUNCH, strict=True):
        told = post._replace(text=post.text.format(product=PRODUCTS[day.month]))
        reach = (60_000, 90_000) if at == _LAUNCH_TIMES[0] else (15_000, 60_000)
        yield _tweet(seed, "@acme", _at(day, at), told, reach)


def _special(seed: int, day: date) -> Iterator[Tweet]:
    week = (day - _FIRST_MONDAY).days // 7
    month = day.year * 12 + day.month
    if day.weekday() == 2 and week % 6 == 5:
        post = ACME_VIRAL[week // 6 % len(ACME_VIRAL)]
        yield _tweet(seed, "@acme", _at(day, time(17)), post, (1_000_000, 1_900_000), viral=True)
    if day.weekday() == 3:
        post = ACME_VIDEO[week % len(ACME_VIDEO)]
        yield _tweet(seed, "@acme", _at(day, time(18)), post, (15_000, 60_000))
    if day.weekday() == 0 and day.day <= 7:
        post = ACME_ROUNDUP[month % len(ACME_ROUNDUP)]
        yield _tweet(seed, "@acme", _at(day, time(15)), post, (10_000, 40_000))
    if day.day == 10:
        post = ACME_DELETED[month % len(ACME_DELETED)]
        deleted_at = _at(day, time(9)) + timedelta(days=3)
        yield _tweet(seed, "@acme", _at(day, time(16, 30)), post, (5_000, 40_000), deleted_at=deleted_at)


def _acme_help(seed: int, day: date) -> Iterator[Tweet]:
    if day.weekday() == 1 and 2 <= day.day <= 8:
        yield _tweet(seed, "@acme_help", _at(day, time(15)), HELP_OFFICE_HOURS, (800, 2_400))
    often = chance(seed, "@acme_help", day, "often")
    wanted = int(often * 2) if _is_weekend(day) else 2 + int(often * 3)
    yield from _ordinary(seed, "@acme_help", day, (13, 24), HELP, 4, wanted, (120, 900))


def _globex(seed: int, day: date) -> Iterator[Tweet]:
    often = chance(seed, "@globex", day, "often")
    wanted = int(often < 0.3) if _is_weekend(day) else 1 + int(often < 0.2)
    yield from _ordinary(seed, "@globex", day, (9, 20), GLOBEX, 2, wanted, (3_000, 30_000))


def _acme_status(seed: int, day: date) -> Iterator[Tweet]:
    for at, post in status_posts(seed, day):
        yield _tweet(seed, STATUS, at, post, STATUS_REACH, number=2)


def _ordinary(
    seed: int,
    handle: str,
    day: date,
    hours: tuple[int, int],
    posts: Sequence[Post],
    most: int,
    wanted: int,
    reach: tuple[int, int],
) -> Iterator[Tweet]:
    """`wanted` tweets spread over those hours (UTC) of the day; they take the texts in turn, `most` of them a day."""
    opens, closes = (hour * 3_600_000 for hour in hours)
    for number in range(wanted):
        share = (number + chance(seed, handle, day, number, "time")) / wanted
        at = _at(day, time()) + timedelta(milliseconds=opens + int(share * (closes - opens)))
        yield _tweet(seed, handle, at, posts[(most * day.toordinal() + number) % len(posts)], reach)


def _tweet(
    seed: int,
    handle: str,
    posted_at: datetime,
    post: Post,
    reach: tuple[int, int],
    *,
    number: int = 1,
    viral: bool = False,
    deleted_at: datetime | None = None,
) -> Tweet:
    tweet_id = _id_of(posted_at, number)
    low, high = reach
    luck = chance(seed, tweet_id, "reach") ** 2  # squared: most tweets stay near the lower end
    return Tweet(tweet_id, handle, posted_at, post.text, post.media, int(low + (high - low) * luck), viral, deleted_at)


def _id_of(posted_at: datetime, number: int) -> str:
    """The snowflake of that instant: its milliseconds, then the number in the sequence of that millisecond."""
    return str(((posted_at - time_of("0")) // timedelta(milliseconds=1) << 22) | number)


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, UTC)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5
