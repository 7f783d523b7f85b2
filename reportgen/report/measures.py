"""Facts and gaps into the values of a grouping. Pure; all of it in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import polars as pl

from reportgen.catalog import LABEL, Measure, group_by_key
from reportgen.facts import INSTANT, METRIC
from reportgen.gaps import Gap
from reportgen.instants import floor_hour
from reportgen.report.buckets import WEEKDAYS
from reportgen.report.results import result
from reportgen.snowflake import posted_at
from reportgen.spans import EVER, NEVER
from reportgen.spec.model import Tweet


def order(key: str) -> pl.Expr:
    """What rows are sorted by to follow a key: ids are numbers, and longer with the years."""
    return pl.col(key).cast(pl.Int64) if key == "tweet.id" else pl.col(key)


@dataclass(frozen=True, slots=True)
class Measured:
    """All that a report knows, ready to be grouped: four tables.

    `facts`    as in `reportgen.facts`
    `tweets`   one row a tweet: `tweet_id`, `tweet.id`, `handle`, `posted`, the hour in which it was, and a column for
               each label (`label.campaign`), empty where the tweet has none
    `buckets`  one row a bucket of the period: `start` as in the facts, the hours from `first` to `end` that it stands
               for, and what it is called locally, a column a time key
    `missing`  the counts that are not known: `tweet_id`, `metric`, `start`
    """

    facts: pl.DataFrame
    tweets: pl.DataFrame
    buckets: pl.DataFrame
    missing: pl.DataFrame

    def with_weeks_from(self, weekday: int) -> Measured:
        """The same, with weekdays in the order of weeks that begin with that day: 0 for Monday, 6 for Sunday."""
        days = pl.Enum([*WEEKDAYS[weekday:], *WEEKDAYS[:weekday]])
        return replace(self, buckets=self.buckets.cast({"engagement.weekday": days}))

    def group(self, group_by: Sequence[str], measures: Sequence[Measure]) -> pl.DataFrame:
        """One row for each combination of the `group_by` values, in their order.

        `engagement.type` is the measure, an Enum in the order of `measures`. `value` (Float64) is null for a gap and
        where a formula divides by zero; `missing` is how many tweets the value lacks. A tweet of which a part is
        missing is left out whole; where all tweets that there were are missing, or there are none, the value is null.
        """
        keys = [key for key in group_by if key != "engagement.type"]
        names = pl.Enum([measure.name for measure in measures])
        cells = self._cells(keys)
        return (
            pl.concat(
                self._values(measure, keys, cells).with_columns(
                    pl.lit(measure.name, dtype=names).alias("engagement.type")
                )
                for measure in measures
            )
            .sort(*map(order, group_by or ["engagement.type"]))
            .select(*dict.fromkeys([*group_by, "engagement.type"]), "value", "missing")
        )

    def lacking(self, keys: Sequence[str], measures: Sequence[Measure]) -> pl.DataFrame:
        """The tweets that the values lack: a row for each cell of the keys and `engagement.type`, and `tweet_id`."""
        names = pl.Enum([measure.name for measure in measures])
        times = [key for key in keys if group_by_key(key).time]
        return pl.concat(
            self._lacking(measure.parts, times)
            .join(self.tweets.lazy(), on="tweet_id")
            .select(*keys, pl.lit(measure.name, dtype=names).alias("engagement.type"), "tweet_id")
            for measure in measures
        ).collect()

    def ends(self, times: Sequence[str]) -> pl.DataFrame:
        """When each cell of the time keys ends: `end`; one row where there are none."""
        end = pl.col("end").max().fill_null(NEVER)
        return self.buckets.group_by(times).agg(end) if times else self.buckets.select(end)

    def _values(self, measure: Measure, keys: Sequence[str], cells: pl.DataFrame) -> pl.DataFrame:
        """The cells with the `value` and `missing` of one measure."""
        sums = cells.join(self._sums(measure.parts, keys), on=["all", *keys], how="left").with_columns(
            # What was asked for and is not missing was counted: before a tweet existed there are true zeros.
            pl.col("missing", *measure.parts).fill_null(0)
        )
        known = (pl.col("missing") == 0) | (pl.col("missing") < pl.col("tweets"))
        known &= pl.lit(not self.tweets.is_empty())
        value = result(measure.expression, sums).alias("value")
        return sums.select(*keys, pl.when(known).then(value).alias("value"), "missing")

    def _cells(self, keys: Sequence[str]) -> pl.DataFrame:
        """One row for each combination of the keys, and how many `tweets` there were by its end."""
        times = [key for key in keys if group_by_key(key).time]
        others = ["all", *(key for key in keys if key not in times)]
        tweets = self.tweets.with_columns(pl.lit(0).alias("all"))
        posted = (
            tweets.group_by(*others, "posted")
            .len("tweets")
            .sort("posted")
            .with_columns(pl.col("tweets").cum_sum().over(others))
        )
        ends = self.ends(times).with_columns(pl.lit(0).alias("all"))
        everything = pl.select(pl.lit(0).alias("all"))
        return (
            (tweets.select(others).unique() if len(others) > 1 else everything)
            .join(ends, on="all")
            .sort("end")
            .join_asof(
                posted, left_on="end", right_on="posted", by=others, allow_exact_matches=False, check_sortedness=False
            )
            .with_columns(pl.col("tweets").fill_null(0))
        )

    def _sums(self, parts: Sequence[str], keys: Sequence[str]) -> pl.DataFrame:
        """The sum of each part, and how many tweets are `missing`, for the keys at which there is a fact or a gap."""
        times = [key for key in keys if group_by_key(key).time]
        named = self.buckets.lazy().select("start", *times)
        # A cell that lacks a part has none of them: all sums of a formula are over the same tweets.
        lacking = self._lacking(parts, times)
        starts = lacking.join(named, on=times) if times else lacking.join(named, how="cross")
        # Summed up before tweets and buckets get their names, which leaves little to name.
        by_tweet = ["tweet_id"] if len(times) < len(keys) else []
        by_bucket = ["start"] if times else []
        facts = (
            self.facts.lazy()
            .filter(pl.col("metric").is_in(parts))
            .join(starts, on=["tweet_id", "start"], how="anti", nulls_equal=True)
            .group_by("metric", *by_tweet, *by_bucket)
            .agg(pl.col("value").sum())
        )
        if by_bucket:
            facts = facts.join(named, on="start", nulls_equal=True)
        if by_tweet:
            facts = facts.join(self.tweets.lazy(), on="tweet_id")
        sums = [pl.col("value").filter(pl.col("metric") == part).sum().cast(pl.Float64).alias(part) for part in parts]
        group = [pl.lit(0).alias("all"), *keys]
        known = facts.group_by(group).agg(sums)
        lacked = lacking.join(self.tweets.lazy(), on="tweet_id").group_by(group).agg(pl.len().alias("missing"))
        joined = known.join(lacked, on=["all", *keys], how="full", coalesce=True)
        return joined.select("all", *keys, *parts, "missing").collect()

    def _lacking(self, parts: Sequence[str], times: Sequence[str]) -> pl.LazyFrame:
        """The `tweet_id` of which a part is missing, at each cell of the time keys."""
        return (
            self.missing.lazy()
            .filter(pl.col("metric").is_in(parts))
            .join(self.buckets.lazy().select("start", *times), on="start", nulls_equal=True)
            .select("tweet_id", *times)
            .unique()
        )


def measured(
    facts: pl.DataFrame,
    gaps: Sequence[Gap],
    tweets: Sequence[Tweet],
    counts: Sequence[str],
    buckets: pl.DataFrame,
    among: Sequence[Tweet] = (),
    labels: Iterable[str] = (),
) -> Measured:
    """The tables of a report over `tweets`; `counts` are what was asked for, `buckets` as `buckets_of` makes them.

    Tables that are to be compared name handles and labels alike: after all tweets, `among` which these are. There may
    be `labels` that none of them has.
    """
    among = among or tweets
    end = max(filter(None, buckets["end"]), default=NEVER)
    lacking = {gap.tweet_id for gap in gaps}
    handles = pl.Enum([*dict.fromkeys(tweet.handle for tweet in among if tweet.handle), ""])
    table = pl.DataFrame(
        {"tweet.id": [tweet.id for tweet in tweets], "handle": [tweet.handle or "" for tweet in tweets]},
        schema={"tweet.id": pl.String(), "handle": handles},
    ).with_columns(
        pl.col("tweet.id").cast(pl.Int64).alias("tweet_id"),
        *(_labels(tweets, name, among) for name in sorted({*labels, *(name for one in among for name in one.labels)})),
        pl.Series(
            "posted",
            [_first_hour(tweet.id, end if tweet.id in lacking else NEVER) for tweet in tweets],
            dtype=INSTANT,
        ),
    )
    return Measured(_within(buckets, facts), table, buckets, _missing(gaps, counts, buckets, end))


def _labels(tweets: Sequence[Tweet], name: str, among: Sequence[Tweet]) -> pl.Series:
    """What each tweet has as this label: an Enum in the order of the alphabet, and empty at its end."""
    values = [tweet.labels.get(name, "") for tweet in tweets]
    given = {tweet.labels.get(name, "") for tweet in among}
    ordered = sorted(given - {""}, key=lambda value: (value.casefold(), value))
    return pl.Series(f"{LABEL}{name}", values, dtype=pl.Enum([*ordered, ""]))


def _within(buckets: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """The facts of these buckets. ValueError where one lies between them: its number would be a 0 without a word."""
    starts = facts.select(pl.col("start").unique())
    strays = starts.join(buckets, on="start", how="anti", nulls_equal=True)
    first, last = buckets["start"].min(), buckets["start"].max()
    if strays.filter(pl.col("start").is_between(first, last)).height:
        raise ValueError(f"facts at {strays['start'].to_list()}, which are no buckets of the period")
    return facts.join(strays, on="start", how="anti", nulls_equal=True) if strays.height else facts


def _first_hour(tweet_id: str, end: datetime) -> datetime:
    """The hour in which the tweet was posted; since ever, where it has a gap although that is not before `end`."""
    posted = floor_hour(posted_at(tweet_id))
    return posted if posted < end else EVER


def _missing(gaps: Sequence[Gap], counts: Sequence[str], buckets: pl.DataFrame, end: datetime) -> pl.DataFrame:
    rows = [
        # Before the tweet was posted there is nothing to miss.
        (int(gap.tweet_id), metric, max(gap.span.start, _first_hour(gap.tweet_id, end)), gap.span.end)
        for gap in gaps
        for metric in (counts if gap.metric is None else [gap.metric])
    ]
    schema = {"tweet_id": pl.Int64(), "metric": METRIC, "from": INSTANT, "until": INSTANT}
    table = pl.DataFrame(rows, schema=schema, orient="row")
    # The spans are few, however many gaps have them: only these are laid over the buckets one by one.
    spans = table.select("from", "until").unique().join(buckets.select("start", "first", "end"), how="cross")
    hit = (pl.col("from") < pl.col("end").fill_null(NEVER)) & (pl.col("until") > pl.col("first").fill_null(EVER))
    return table.join(spans.filter(hit), on=["from", "until"]).select("tweet_id", "metric", "start").unique()
