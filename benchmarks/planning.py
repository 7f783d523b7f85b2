"""Planning 10,000 tweets over 365 days: CPU seconds, start-up aside, and the calls against the lower bound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from time import process_time
from zoneinfo import ZoneInfo

from reportgen.catalog import HISTORICAL
from reportgen.coverage import Known
from reportgen.needs import needs_of
from reportgen.plan import plan_calls
from reportgen.snowflake import posted_at
from reportgen.spec.model import ReportSpec, Tweet
from reportgen.spec.period import Period

TWEETS = 10_000
END = datetime(2026, 11, 16, tzinfo=UTC)
START = END - timedelta(days=365)


def main() -> None:
    chance = Random(1)  # noqa: S311
    posted = sorted(chance.randrange(400 * 86_400_000) for _ in range(TWEETS))
    first = int((END - timedelta(days=400)).timestamp() * 1000) - 1_288_834_974_657
    tweets = tuple(Tweet(str((first + ms) << 22), "@acme") for ms in posted)
    spec = ReportSpec(
        path="year.yaml",
        name="year",
        title="Year",
        timezone=ZoneInfo("America/New_York"),
        endpoint=HISTORICAL,
        handles=("@acme",),
        tweets=tweets,
        metrics=("impressions", "engagements"),
        groupings={"daily": ("engagement.type", "engagement.day")},
    )
    period = Period(START, END, spec.timezone, START.date(), END.date())
    before = process_time()
    needs = needs_of(spec, period, END, period.start)
    plan = plan_calls([needs], Known(), ["@acme"], bearer=False)
    took = process_time() - before
    window = timedelta(weeks=4)
    ends = [END - n * window for n in range(-(-(END - START) // window))]
    bound = sum(-(-sum(posted_at(tweet.id) < end for tweet in tweets) // 25) for end in ends)
    print(f"{TWEETS:,} tweets over 365 days: {took:.2f} s of CPU, {len(plan.requests):,} calls, lower bound {bound:,}")


if __name__ == "__main__":
    main()
