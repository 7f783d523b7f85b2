"""What is missing and why, and how the numbers are to be read: sentences for the readers of the page. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from reportgen.catalog import AGE_LIMITS, HISTORICAL, TOTALS, measure
from reportgen.dates import long_moment
from reportgen.gaps import Gap, Reason
from reportgen.report.model import GapNote, TweetLabel
from reportgen.spec.model import ReportSpec
from reportgen.spec.period import Period, whole_hours_remark

_DAYS: Final = {limit.reason: f"{limit.age.days:,}" for limit in AGE_LIMITS}
_SENTENCES: Final[Mapping[Reason, str]] = {
    Reason.UNAVAILABLE: "These tweets were deleted, are protected or never existed; X gives no numbers for them",
    Reason.FORBIDDEN: "X does not show these numbers to the account that asked",
    Reason.TOO_OLD_FOR_IMPRESSIONS: (
        f"X gives totals of impressions and engagements for tweets of the last {_DAYS[Reason.TOO_OLD_FOR_IMPRESSIONS]} "
        "days only"
    ),
    Reason.TOO_OLD_FOR_VIDEO_VIEWS: (
        f"X gives video views for tweets of the last {_DAYS[Reason.TOO_OLD_FOR_VIDEO_VIEWS]} days only"
    ),
    Reason.NOT_COUNTED_THEN: "X did not count these yet at the beginning of the period",
    Reason.NOT_IN_HISTORY: "Older than the history that X keeps",
    Reason.CALL_FAILED: "X gave no answer that can be used",
    Reason.NOT_AUTHORIZED: "X gives these numbers only to a working credential of the tweets' owner",
}


def gap_notes(gaps: Sequence[Gap], tweets: Mapping[str, TweetLabel]) -> tuple[GapNote, ...]:
    """A note for the tweets that lack the same metrics for the same reason, in the order of the reasons."""
    metrics_of: dict[tuple[Reason, str], set[str | None]] = {}
    for gap in gaps:
        metrics_of.setdefault((gap.reason, gap.tweet_id), set()).add(gap.metric)
    alike: dict[tuple[Reason, tuple[str, ...]], list[TweetLabel]] = {}
    for (reason, tweet_id), metrics in metrics_of.items():
        labels = () if None in metrics else tuple(sorted(measure(name).label for name in metrics if name))
        alike.setdefault((reason, labels), []).append(tweets[tweet_id])
    order = list(Reason)
    return tuple(
        GapNote(f"{_SENTENCES[reason]}.", labels, tuple(listed))
        for (reason, labels), listed in sorted(alike.items(), key=lambda item: order.index(item[0][0]))
    )


def remarks(spec: ReportSpec, shown: Collection[str], period: Period | None) -> Iterator[str]:
    """How the numbers are to be read. `shown` names the metrics and rates on the page."""
    if "engagement_rate" in shown:
        yield "Engagement rate is engagements divided by impressions, over the same tweets and times."
    if {"impressions", "engagements", "engagement_rate"}.intersection(shown):
        yield "Impressions leave out promoted views; engagements include promoted ones."
    if "video_views" in shown and spec.endpoint is TOTALS:
        yield "Video views count the video wherever it was posted."
    if spec.endpoint is HISTORICAL and period:
        if not period.is_over:
            end = long_moment(period.end.astimezone(period.timezone))
            yield f"The period is not over: the numbers end on {end}."
        if remark := whole_hours_remark(period):
            yield remark
