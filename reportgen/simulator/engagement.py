"""How often a tweet was seen and acted on: a function of the seed, the tweet and the hour alone.

Each count follows a curve in closed form, so that any hour of any year costs the same: the time since the post,
on a clock that runs faster when people are awake, goes through x / (half + x). Counts are differences of the rounded
curve, so those of adjacent spans add up. Only + - * / are used: the counts are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final, Literal

from reportgen.simulator.chance import between, chance
from reportgen.simulator.texts import Media
from reportgen.simulator.timeline import Tweet

HOUR: Final = 3_600_000_000
"""In microseconds, the unit of all instants in this file."""

_UNIX = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MONDAY = 96
"""The first hour of 5 January 1970, a Monday."""
_CYCLE = 52 * 7 * 24
"""After so many hours the clock's rhythm begins anew."""

# As people in the east of America live, in UTC: they sleep from 5 to 11 and have time at noon and in the evening.
_OF_DAY = (
    *(1.5, 1.5, 1.3, 1.0, 0.7, 0.4, 0.25, 0.2, 0.2, 0.25, 0.4, 0.7),
    *(1.0, 1.2, 1.2, 1.2, 1.4, 1.5, 1.3, 1.2, 1.2, 1.3, 1.4, 1.5),
)
_OF_WEEK = (1.05, 1.1, 1.1, 1.05, 1.0, 0.8, 0.85)

_NOISE = 4096


Audience = Literal["seeing", "acting"]


@dataclass(frozen=True, slots=True)
class _Habit:
    """How often people do a thing, as a share of impressions, and how soon compared with seeing the tweet."""

    low: float
    high: float
    pace: float
    media: frozenset[Media] = frozenset({"none", "photo", "video"})
    audience: Audience = "acting"


_WITH_MEDIA: frozenset[Media] = frozenset({"photo", "video"})
_WITH_VIDEO: frozenset[Media] = frozenset({"video"})

_HABITS: Final[Mapping[str, _Habit]] = {
    "impressions": _Habit(1, 1, 1, audience="seeing"),
    "media_views": _Habit(0.4, 0.7, 1, _WITH_MEDIA, audience="seeing"),
    "video_views": _Habit(0.2, 0.38, 1.05, _WITH_VIDEO, audience="seeing"),
    "favorites": _Habit(0.005, 0.017, 0.85),
    "retweets": _Habit(0.001, 0.005, 0.75),
    "quote_tweets": _Habit(0.0002, 0.0008, 0.8),
    "replies": _Habit(0.0006, 0.003, 0.7),
    "url_clicks": _Habit(0.002, 0.012, 1.15),
    "hashtag_clicks": _Habit(0.00005, 0.0006, 1),
    "detail_expands": _Habit(0.003, 0.012, 0.95),
    "permalink_clicks": _Habit(0.0001, 0.0007, 1.1),
    "media_engagements": _Habit(0.004, 0.018, 0.95, _WITH_MEDIA),
    "app_install_attempts": _Habit(0, 0.00001, 1),
    "app_opens": _Habit(0, 0.00002, 1),
    "email_tweet": _Habit(0.00001, 0.00005, 1.2),
    "user_follows": _Habit(0.0001, 0.0006, 0.9),
    "user_profile_clicks": _Habit(0.001, 0.005, 0.9),
    # What `engagements` counts and no metric shows, the promoted ones among it.
    "other": _Habit(0.001, 0.004, 1),
}
_ENGAGEMENTS = tuple(name for name, habit in _HABITS.items() if habit.audience == "acting")

_EMPHASIS: Final[Mapping[tuple[str, str], float]] = {
    ("@acme_help", "replies"): 6,
    ("@acme_help", "favorites"): 0.5,
    ("@acme_help", "url_clicks"): 2,
    ("@globex", "url_clicks"): 1.3,
    ("@globex", "favorites"): 0.6,
}


@dataclass(frozen=True, slots=True)
class _Curve:
    """How one count of one tweet grows from 0 towards `scale`.

    The `burst` share of it comes quickly, half of that within `half` hours of the clock, and the rest over months.
    """

    seed: int
    audience: Audience
    posted: int
    origin: float
    scale: float
    burst: float
    half: float
    tail_half: float
    noise_offset: int

    def at_hours(self, first: int, last: int) -> list[int]:
        """The count by the beginning of each hour since 1970, from `first` to `last`, both in."""
        before = min(max(self.posted // HOUR + 1 - first, 0), last + 1 - first)
        counts = [0] * before
        burst, tail = self.scale * self.burst, self.scale * (1 - self.burst)
        origin, half, tail_half, noise = self.origin, self.half, self.tail_half, _noise(self.seed)
        beats = _beats(self.seed, self.audience, first, last)[before:]
        for place, (beat, length) in enumerate(beats, self.noise_offset + first + before):
            # Whether an act falls just before the hour or after it is chance: the noise moves the boundary forward.
            x = beat + length * noise[place % _NOISE] - origin
            counts.append(int(burst * x / (half + x) + tail * x / (tail_half + x)))
        return counts

    def at(self, instant: int) -> int:
        """The count by that instant; within an hour it grows evenly."""
        hour = instant // HOUR
        low, high = self.at_hours(hour, hour + 1)
        begin = max(hour * HOUR, self.posted)
        elapsed = instant - begin
        return low + (high - low) * elapsed // ((hour + 1) * HOUR - begin) if elapsed > 0 else low

    def by_hour(self, start: int, end: int) -> list[int]:
        """The counts of each UTC hour that [start, end) touches, the first and the last of them in part."""
        reached = self.at_hours(start // HOUR, -(-end // HOUR))
        reached[0], reached[-1] = self.at(start), self.at(end)
        return [later - earlier for earlier, later in pairwise(reached)]


def count_until(seed: int, tweet: Tweet, metric: str, instant: datetime) -> int:
    """The count from the post until that instant."""
    return sum(curve.at(_microseconds(instant)) for curve in _curves(seed, tweet, metric))


def counts_by_hour(seed: int, tweet: Tweet, metric: str, start: datetime, end: datetime) -> list[int]:
    """The count of each UTC hour that [start, end) touches, the first and the last of them in part."""
    first, last = _microseconds(start), _microseconds(end)
    parts = [curve.by_hour(first, last) for curve in _curves(seed, tweet, metric)]
    return [sum(hour) for hour in zip(*parts, strict=True)] or [0] * (-(-last // HOUR) - first // HOUR)


def _microseconds(instant: datetime) -> int:
    return (instant - _UNIX) // timedelta(microseconds=1)


@lru_cache(maxsize=16_384)
def _curves(seed: int, tweet: Tweet, metric: str) -> tuple[_Curve, ...]:
    """The curves whose sum is the metric: `engagements` has one for each thing that people do."""
    names = _ENGAGEMENTS if metric == "engagements" else (metric,)
    curves = (_curve(seed, tweet, name) for name in names if tweet.media in _HABITS[name].media)
    return tuple(curve for curve in curves if curve.scale >= 1)


def _curve(seed: int, tweet: Tweet, name: str) -> _Curve:
    habit = _HABITS[name]
    share = between(habit.low, habit.high, seed, tweet.id, name) * _EMPHASIS.get((tweet.handle, name), 1)
    posted = _microseconds(tweet.posted_at)
    ((beat, length),) = _beats(seed, habit.audience, posted // HOUR, posted // HOUR)
    return _Curve(
        seed=seed,
        audience=habit.audience,
        posted=posted,
        origin=beat + length * (posted % HOUR / HOUR),
        scale=tweet.reach * share,
        burst=between(0.8, 0.92, seed, tweet.id, "burst"),
        half=between(4, 9, seed, tweet.id, "half") * habit.pace * (3 if tweet.viral else 1),
        tail_half=between(200, 500, seed, tweet.id, "tail half"),
        noise_offset=int(chance(seed, tweet.id, name, "noise") * _NOISE),
    )


@lru_cache(maxsize=1_024)
def _beats(seed: int, audience: Audience, first: int, last: int) -> tuple[tuple[float, float], ...]:
    """The clock's time at each hour since 1970, from `first` to `last`, and how long that hour lasts on it."""
    cycle = _cycle(seed, audience)
    places = (divmod(hour - _MONDAY, _CYCLE) for hour in range(first, last + 2))
    times = [cycles * cycle[-1] + cycle[place] for cycles, place in places]
    return tuple((time, after - time) for time, after in pairwise(times))


@lru_cache(maxsize=8)
def _cycle(seed: int, audience: Audience) -> tuple[float, ...]:
    """The clock's time at each hour of a cycle: on average an hour lasts an hour, by night less, by day more."""
    lengths = (
        _OF_DAY[hour % 24]
        * _OF_WEEK[hour // 24 % 7]
        * between(0.8, 1.2, seed, audience, "day", hour // 24)
        * between(0.8, 1.2, seed, audience, "hour", hour)
        for hour in range(_CYCLE)
    )
    return tuple(accumulate(lengths, initial=0.0))


@lru_cache(maxsize=8)
def _noise(seed: int) -> tuple[float, ...]:
    return tuple(between(0, 0.8, seed, "noise", place) for place in range(_NOISE))
