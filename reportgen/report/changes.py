"""What has changed since the period that a report is compared with. Pure; all of it in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import polars as pl

from reportgen.catalog import Measure, group_by_key
from reportgen.report.lengths import lengths, same_length
from reportgen.report.measures import Measured
from reportgen.spec.period import Period

_BY_POSITION: Final = ("engagement.day", "engagement.week", "engagement.month")
"""What meets by its place in the period: the first day the first one. All other keys meet what is called the same."""


class NoChange(StrEnum):
    """Why there is no change to tell."""

    NO_PARTNER = "no_partner"
    """The period compared with has no such day, or no such tweet."""
    NOT_KNOWN = "not_known"
    NOT_KNOWN_BEFORE = "not_known_before"
    OTHER_TWEETS = "other_tweets"
    """The two sides lack different tweets, so they are no sums over the same."""
    OTHER_LENGTH = "other_length"
    """The two do not stand for the same length of time; whole days and whole months do, however long they are."""
    FROM_ZERO = "from_zero"
    FROM_BELOW_ZERO = "from_below_zero"
    """A formula gave less than 0, of which a share says nothing either."""


@dataclass(frozen=True, slots=True)
class Compared:
    """All that is known of a period, and of the one that it is compared with."""

    now: Measured
    before: Measured
    periods: tuple[Period, Period]
    """The same two."""

    def group(self, group_by: Sequence[str], measures: Sequence[Measure]) -> pl.DataFrame:
        """The rows of `Measured.group` now, and beside each what it was `before`, with the `before_missing` tweets.

        `change` (Float64) is the relative change, 0.1 for a tenth more, or, of a measure in percent, the difference.
        Where it is null, `why` is the value of a NoChange.
        """
        keys = [key for key in group_by if key != "engagement.type"]
        on = [*keys, "engagement.type"]
        before = self._as_now(self.before.group(on, measures), keys).rename(
            {"value": "before", "missing": "before_missing"}
        )
        times = [key for key in keys if group_by_key(key).time]
        rows = (
            self.now.group(group_by, measures)
            .join(before, on=on, how="left", nulls_equal=True, maintain_order="left")
            .join(self._differing(keys, measures), on=on, how="left", nulls_equal=True, maintain_order="left")
            .with_columns(pl.lit(0).alias("all"))
            .join(self._unequal(times), on=["all", *times], how="left", maintain_order="left")
            .drop("all")
        )
        in_points = [measure.name for measure in measures if measure.format == "percent"]
        return _with_change(rows, pl.col("engagement.type").cast(pl.String).is_in(in_points))

    def _as_now(self, rows: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
        """Rows of the period before under the keys that they meet now; those that meet none are not there."""
        for key in keys:
            if key in _BY_POSITION:
                then, now = (_in_order(side.buckets[key]) for side in (self.before, self.now))
                pairs = [*zip(then, now, strict=False)]
                schema = {key: pl.String(), "now": pl.String()}
                rows = (
                    rows.join(pl.DataFrame(pairs, schema=schema, orient="row"), on=key)
                    .with_columns(pl.col("now").alias(key))
                    .drop("now")
                )
        return rows

    def _differing(self, keys: Sequence[str], measures: Sequence[Measure]) -> pl.DataFrame:
        """The cells of which the two sides lack different tweets. One that was not posted yet then was not lacking."""
        cell = [*keys, "engagement.type"]
        now = self.now.lacking(keys, measures)
        before = self._as_now(self.before.lacking(keys, measures), keys)
        only_before = before.join(now, on=[*cell, "tweet_id"], how="anti", nulls_equal=True)
        only_now = now.join(before, on=[*cell, "tweet_id"], how="anti", nulls_equal=True)
        times = [key for key in keys if group_by_key(key).time]
        ends = self._as_now(self.before.ends(times), times)
        # A tweet that the period before does not have at all is no 0 there.
        of_tweets = only_now.join(self.before.tweets.select("tweet_id", "posted"), on="tweet_id", how="left")
        dated = of_tweets.join(ends, on=times) if times else of_tweets.join(ends, how="cross")
        there = dated.filter(pl.col("posted").is_null() | (pl.col("posted") < pl.col("end")))
        both = pl.concat([only_before.select(cell), there.select(cell)]).unique()
        return both.with_columns(pl.lit(value=True).alias("differing"))

    def _unequal(self, times: Sequence[str]) -> pl.DataFrame:
        """The cells, with `all` (0), that are not as long as those that they meet."""
        sides = zip(self.periods, (self.now, self.before), strict=True)
        now, before = (lengths(period, side.buckets, times) for period, side in sides)
        both = now.join(self._as_now(before, times), on=["all", *times], suffix="_before")
        return both.filter(~same_length()).select("all", *times, pl.lit(value=True).alias("unequal"))


def _in_order(names: pl.Series) -> list[str]:
    return names.drop_nulls().unique().sort().to_list()


def _with_change(rows: pl.DataFrame, in_points: pl.Expr) -> pl.DataFrame:
    value, before = pl.col("value"), pl.col("before")
    why = (
        pl.when(pl.col("before_missing").is_null())
        .then(pl.lit(NoChange.NO_PARTNER.value))
        .when(value.is_null())
        .then(pl.lit(NoChange.NOT_KNOWN.value))
        .when(before.is_null())
        .then(pl.lit(NoChange.NOT_KNOWN_BEFORE.value))
        .when(pl.col("differing"))
        .then(pl.lit(NoChange.OTHER_TWEETS.value))
        .when(pl.col("unequal"))
        .then(pl.lit(NoChange.OTHER_LENGTH.value))
        .when(~in_points & (before == 0))
        .then(pl.lit(NoChange.FROM_ZERO.value))
        .when(~in_points & (before < 0))
        .then(pl.lit(NoChange.FROM_BELOW_ZERO.value))
    )
    change = pl.when(in_points).then(value - before).otherwise((value - before) / before)
    with_why = rows.with_columns(why.alias("why")).with_columns(
        pl.when(pl.col("why").is_null()).then(change).alias("change")
    )
    return with_why.drop("differing", "unequal")
