"""When a tweet was posted, read from its id."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH_MS: Final = 1_288_834_974_657
"""The vendor's snowflake epoch, 2010-11-04T01:42:54.657Z."""
FIRST_SNOWFLAKE: Final = 29_700_859_247
"""Smaller ids were counted up, not dated: their tweets are older than the epoch."""
LARGEST_ID: Final = 2**63 - 1

_UNIX = datetime(1970, 1, 1, tzinfo=UTC)


def posted_at(tweet_id: str) -> datetime:
    """The instant (UTC, to the millisecond) at which the tweet was posted.

    For ids from before November 2010, which carry no date: the snowflake epoch, an instant
    no earlier than the true one.
    """
    return _UNIX + timedelta(milliseconds=(int(tweet_id) >> 22) + _EPOCH_MS)
