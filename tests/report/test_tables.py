"""How many rows of a grouping stand on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import polars as pl
import pytest

from reportgen.catalog import METRICS
from reportgen.report.measures import Measured
from reportgen.report.model import TweetLabel
from reportgen.report.tables import MOST_ON_PAPER, MOST_ON_SCREEN, table_section
from reportgen.spec.sections import Table

LIKES = METRICS["favorites"]


class Tweets:
    """That many tweets, each with a number."""

    def __init__(self, count: int) -> None:
        self.ids = [str(number) for number in range(count)]

    def group(self, group_by: Sequence[str], measures: object) -> pl.DataFrame:
        del group_by, measures
        columns = {"tweet.id": self.ids, "engagement.type": "favorites", "value": 1.0, "missing": 0}
        return pl.DataFrame(columns, schema_overrides={"value": pl.Float64})


@pytest.mark.parametrize(
    ("limit", "rows", "on_paper"), [(None, MOST_ON_SCREEN, MOST_ON_PAPER), (1_200, 1_200, None), (10, 10, None)]
)
def test_without_a_limit_the_page_is_kept_short(limit: int | None, rows: int, on_paper: int | None) -> None:
    tweets = Tweets(1_234)
    labels = {tweet: TweetLabel(tweet, None, None) for tweet in tweets.ids}
    table = Table(grouping="by-tweet", limit=limit)
    section = table_section(table, ["tweet.id", "engagement.type"], [LIKES], cast("Measured", tweets), labels)
    assert (len(section.rows), section.total_rows, section.on_paper) == (rows, 1_234, on_paper)
