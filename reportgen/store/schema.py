"""The tables of the store. A change of them is a new version, and a step in `reportgen.store.migrations`.

Those of jobs and of the outbox are in `reportgen.store.schema_of_delivery`.

Instants in columns of whole numbers are seconds since 1970.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, BigInteger, Column, Date, Double, ForeignKey, Integer, MetaData, Table, Text

from reportgen.store.instants import Instant

SCHEMA_VERSION: Final = 5

METADATA: Final = MetaData()

STORE_VERSION: Final = Table("store_version", METADATA, Column("version", Integer, nullable=False))
"""One row."""

SLOTS: Final = Table(
    "slots",
    METADATA,
    Column("app", Text, primary_key=True),
    Column("last_slot", Double, nullable=False),
)
"""When the last call of an app leaves, in seconds since 1970. `app` is `Credentials.app`."""

HANDLES_ASKED: Final = Table(
    "handles_asked",
    METADATA,
    Column("month", Date, primary_key=True),
    Column("handle", Text, primary_key=True),
)
"""The handles asked about in the contract's month that begins on `month`; as `@name`, in small letters."""

RUNS: Final = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("as_of", Instant, nullable=False),
    Column("reports", JSON, nullable=False),
    Column("exit_code", Integer),
    Column("calls_planned", Integer, nullable=False),
    Column("calls_made", Integer),
    Column("calls_retried", Integer),
)
"""Every run, in the order in which they began. `reports` is a list of names; what only an end can tell is null until
then, for good where a run was killed. See `reportgen.ledger.RunEntry`."""

CALLS: Final = Table(
    "calls",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("run", ForeignKey(RUNS.c.id), nullable=False, index=True),
    Column("left_at", Instant, nullable=False, index=True),
    Column("seconds", Double, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("handle", Text),
    Column("tweets", Integer, nullable=False),
    Column("metrics", Integer, nullable=False),
    Column("reports", JSON, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("status", Integer),
    Column("cause", Text),
)
"""Every call that came back. `handle` is null for the bearer token, and else `@name` in small letters; `tweets` and
`metrics` are how many; `reports` are the names of those that it was for. See `reportgen.ledger.CallEntry`."""


FACTS: Final = Table(
    "facts",
    METADATA,
    Column("grain", Text, primary_key=True),
    Column("tweet_id", BigInteger, primary_key=True, autoincrement=False),
    Column("metric", Text, primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("counts", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What `historical` counted. Where `grain` is `hour`, a row is a UTC day and has its 24 hours; where it is `day`, a row
is a UTC month and has 31 days. `counts` are parted by commas, and empty where nothing is known: see
`reportgen.store.rows`."""

COVERAGE: Final = Table(
    "coverage",
    METADATA,
    Column("grain", Text, primary_key=True),
    Column("tweet_id", BigInteger, primary_key=True, autoincrement=False),
    Column("metric", Text, primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("end", BigInteger, nullable=False),
    Column("asked", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""The spans of which `facts` has each count. Spans of the same grain, tweet and metric do not overlap. `asked` is the
run's present, and 0 where the counts were final by then."""

SNAPSHOTS: Final = Table(
    "snapshots",
    METADATA,
    Column("endpoint", Text, primary_key=True),
    Column("tweet_id", BigInteger, primary_key=True, autoincrement=False),
    Column("metric", Text, primary_key=True),
    Column("taken", BigInteger, primary_key=True, autoincrement=False),
    Column("counts", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What `totals` and `28hr` counted at a run's present, `taken`: one count, or those of the hours since the one in which
the 28 hours began."""

LASTING_GAPS: Final = Table(
    "lasting_gaps",
    METADATA,
    Column("endpoint", Text, primary_key=True),
    Column("handle", Text, primary_key=True),
    Column("tweet_id", BigInteger, primary_key=True, autoincrement=False),
    Column("metric", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("found", BigInteger, nullable=False),
)
"""Gaps with a lasting reason, as the answer to a call told them: by the endpoint and who signed, `@name` in small
letters or empty for the bearer token. `metric` is empty for all. `found` is the run's present."""

TWEETS: Final = Table(
    "tweets",
    METADATA,
    Column("tweet_id", BigInteger, primary_key=True, autoincrement=False),
    Column("handle", Text, nullable=False, index=True),
)
"""Whose tweet it is, as the report files have it: `@name`, in small letters."""

USERS: Final = Table(
    "users",
    METADATA,
    Column("handle", Text, primary_key=True),
    Column("user_id", BigInteger, nullable=False, index=True),
    Column("looked_up", BigInteger, nullable=False),
    Column("before", BigInteger),
)
"""Which account a handle means: `@name`, in small letters. An account that was renamed may be there under both names,
since a report file may still have the old one. `looked_up` is the run's present, and 0 where the account is gone;
`before` is the id of another account that the handle meant before, null where there was none."""

USER_NAMES: Final = Table(
    "user_names",
    METADATA,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
)
"""What an account was called when the X API told of it last: `@Name`, as the vendor spells it."""

POSTS: Final = Table(
    "posts",
    METADATA,
    Column("tweet_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, index=True),
    Column("posted", BigInteger, nullable=False),
    Column("text", Text),
    Column("gone", BigInteger),
)
"""What the X API told of a tweet: who posted it, when, and its text. Where it was asked for the id and knew no such
tweet, `user_id` is null, and `gone` the run's present. Else `gone` is the run's present in which the tweet was
no longer on its timeline, and null else; a tweet that is gone has no text."""

TIMELINES: Final = Table(
    "timelines",
    METADATA,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("exclude", Text, primary_key=True),
    Column("asked", BigInteger, nullable=False),
    Column("reach", BigInteger),
)
"""The timelines that were read. `exclude` is what was left out, parted by commas, in alphabetical order; `asked` the
latest run's present; `reach` when the oldest tweet that the API shows was posted, null where it never showed its end.
See `reportgen.timelines.TimelineOf`."""

TIMELINE_COVERAGE: Final = Table(
    "timeline_coverage",
    METADATA,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("exclude", Text, primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("end", BigInteger, nullable=False),
)
"""The spans of a timeline that were read whole: `timeline_tweets` has each tweet that was posted then. They neither
overlap nor touch."""

TIMELINE_TWEETS: Final = Table(
    "timeline_tweets",
    METADATA,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("exclude", Text, primary_key=True),
    Column("tweet_id", BigInteger, primary_key=True, autoincrement=False),
)
"""Which of `posts` were on a timeline."""

X_CALLS: Final = Table(
    "x_calls",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("call", Text, nullable=False),
    Column("handle", Text),
    Column("posts", Integer, nullable=False),
    Column("outcome", Text, nullable=False),
)
"""Every call to the X API that came to an end, each time that it was made. `handle` is as in `calls`; `posts` is how
many were in the answer, which the vendor bills. See `reportgen.ledger.XCallEntry`."""
