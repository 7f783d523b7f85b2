"""The simulated world at one instant: its accounts, its tweets, and what has become of them until then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from reportgen.instants import ceil_hour, floor_hour
from reportgen.simulator.accounts import Account, App, accounts_of, app_of
from reportgen.simulator.chance import between
from reportgen.simulator.engagement import count_until, counts_by_hour
from reportgen.simulator.timeline import Tweet, posted_on, posted_until
from reportgen.snowflake import posted_at

DEFAULT_SEED: Final = 1

_HOUR_SECONDS = 3600


@dataclass(frozen=True)
class World:
    """The world of `seed` at `now` (UTC).

    All that happens in it is fixed by the seed and the calendar; `now` hides what has not happened yet.
    """

    seed: int
    now: datetime

    def at(self, now: datetime) -> World:
        """The same world at another instant."""
        return replace(self, now=now)

    @cached_property
    def app(self) -> App:
        return app_of(self.seed)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        return accounts_of(self.seed)

    @cached_property
    def tweets(self) -> tuple[Tweet, ...]:
        """All tweets ever posted, the deleted ones included, the earliest first."""
        until_today = posted_until(self.seed, self.now.date())
        return tuple(tweet for tweet in until_today if tweet.posted_at <= self.now)

    def account(self, handle: str) -> Account:
        """The account of that handle. KeyError where there is none."""
        return {account.handle: account for account in self.accounts}[handle]

    def tweet(self, tweet_id: str) -> Tweet | None:
        """The tweet of that id, deleted or not; None where no such tweet was ever posted."""
        day = posted_at(tweet_id).date()
        found = (tweet for tweet in posted_on(self.seed, day) if tweet.id == tweet_id and tweet.posted_at <= self.now)
        return next(found, None)

    def is_available(self, tweet: Tweet) -> bool:
        """Whether the tweet is there and has not been deleted."""
        return tweet.deleted_at is None or tweet.deleted_at > self.now

    def count(self, tweet_id: str, metric: str, start: datetime, end: datetime) -> int:
        """How often that happened in [start, end). Adjacent spans add up. KeyError for an unknown tweet or metric."""
        tweet = self._known(tweet_id)
        span = [count_until(self.seed, tweet, metric, self._last_sight(tweet, instant)) for instant in (start, end)]
        return span[1] - span[0]

    def hourly(self, tweet_id: str, metric: str, start: datetime, end: datetime) -> list[int]:
        """The count of each UTC hour that [start, end) touches, the first and the last of them in part."""
        tweet = self._known(tweet_id)
        hours = int((ceil_hour(end) - floor_hour(start)).total_seconds()) // _HOUR_SECONDS
        until = self._last_sight(tweet, end)
        counts = counts_by_hour(self.seed, tweet, metric, start, until) if until > start else []
        return counts + [0] * (hours - len(counts))

    def total(self, tweet_id: str, metric: str) -> int:
        """The count since the post until now, as `totals` has it."""
        tweet = self._known(tweet_id)
        count = count_until(self.seed, tweet, metric, self._last_sight(tweet, self.now))
        if metric != "video_views":
            return count
        # `totals` counts a video wherever it was posted, the other endpoints this tweet alone.
        return count + int(count * between(0.2, 0.6, self.seed, tweet_id, "video elsewhere"))

    def _known(self, tweet_id: str) -> Tweet:
        tweet = self.tweet(tweet_id)
        if tweet is None:
            raise KeyError(tweet_id)
        return tweet

    def _last_sight(self, tweet: Tweet, instant: datetime) -> datetime:
        """That instant, or the earlier one after which nothing happens to the tweet any more, or yet."""
        return min(instant, self.now, tweet.deleted_at or instant)
