"""The Engagement API as data: its metrics, endpoints, groupings and limits.

Everything that the vendor's reference states as a fact stands here once; other code reads it.
A new metric is one line. Source of every rule: the vendor's Engagement API reference, guides and FAQ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from reportgen.formula import Count, Expression, Operation, counts_in, in_words
from reportgen.gaps import Reason


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One of the API's three calls.

    `window` is the longest span one call answers for; None means since the tweet was posted.
    """

    name: str
    tweets_per_call: int
    window: timedelta | None
    takes_range: bool
    """Whether a call carries `start` and `end`."""
    time_groupings: bool
    """Whether answers can be grouped by day and hour."""
    app_context: bool
    """Whether the bearer token is enough, for the public metrics of any public tweet."""


TOTALS: Final = Endpoint("totals", 250, None, takes_range=False, time_groupings=False, app_context=True)
LAST_28_HOURS: Final = Endpoint(
    "28hr", 25, timedelta(hours=28), takes_range=False, time_groupings=True, app_context=False
)
HISTORICAL: Final = Endpoint(
    "historical", 25, timedelta(weeks=4), takes_range=True, time_groupings=True, app_context=False
)
ENDPOINTS: Final[Mapping[str, Endpoint]] = {e.name: e for e in (TOTALS, LAST_28_HOURS, HISTORICAL)}


NumberFormat = Literal["percent", "decimal", "integer"]
"""How the numbers of a measure are written."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A count that the API answers with (an `engagement_types` value)."""

    name: str
    label: str
    """What a reader of the page calls it."""
    endpoints: frozenset[str]
    public: bool = False
    """Whether the bearer token may ask for it, on `totals`, of any public tweet."""

    @property
    def format(self) -> NumberFormat:
        return "integer"

    @property
    def expression(self) -> Expression:
        return Count(self.name)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the counts to ask for, to know this metric."""
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Formula:
    """Arithmetic over the sums of counts, all over the same tweets and times: a rate is the ratio of the sums."""

    name: str
    label: str
    """What a reader of the page calls it."""
    expression: Expression
    format: NumberFormat

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the counts to ask for, to know this measure; in the order of the formula."""
        return counts_in(self.expression)

    @property
    def words(self) -> str:
        """`Engagements / impressions`: how it is made, in the labels of its counts."""
        return in_words(self.expression, lambda name: METRICS[name].label)


Measure = Metric | Formula
"""What tiles, charts and tables show: a count, or arithmetic over counts."""

_EVERYWHERE = frozenset({"totals", "28hr", "historical"})
_TOTALS_ONLY = frozenset({"totals"})
_NOT_TOTALS = frozenset({"28hr", "historical"})

METRICS: Final[Mapping[str, Metric]] = {
    m.name: m
    for m in (
        Metric("impressions", "Impressions", _EVERYWHERE),
        Metric("engagements", "Engagements", _EVERYWHERE),
        Metric("favorites", "Likes", _EVERYWHERE, public=True),
        Metric("retweets", "Retweets", _EVERYWHERE, public=True),
        Metric("quote_tweets", "Quote tweets", _TOTALS_ONLY, public=True),
        Metric("replies", "Replies", _EVERYWHERE, public=True),
        Metric("video_views", "Video views", _EVERYWHERE, public=True),
        Metric("media_views", "Media views", _NOT_TOTALS),
        Metric("media_engagements", "Media engagements", _NOT_TOTALS),
        Metric("url_clicks", "Link clicks", _NOT_TOTALS),
        Metric("hashtag_clicks", "Hashtag clicks", _NOT_TOTALS),
        Metric("detail_expands", "Detail expands", _NOT_TOTALS),
        Metric("permalink_clicks", "Permalink clicks", _NOT_TOTALS),
        Metric("app_install_attempts", "App install attempts", _NOT_TOTALS),
        Metric("app_opens", "App opens", _NOT_TOTALS),
        Metric("email_tweet", "Shares by email", _NOT_TOTALS),
        Metric("user_follows", "Follows", _NOT_TOTALS),
        Metric("user_profile_clicks", "Profile clicks", _NOT_TOTALS),
    )
}

RENAMED_METRICS: Final[Mapping[str, str]] = {"media_clicks": "media_engagements"}
"""Names that the API once used, and what it calls the same count today."""

FORMULAS: Final[Mapping[str, Formula]] = {
    f.name: f
    for f in (
        Formula(
            "engagement_rate", "Engagement rate", Operation(Count("engagements"), "/", Count("impressions")), "percent"
        ),
    )
}
"""The measures that every report has without defining them."""


def measure(name: str) -> Measure:
    """The metric or built-in formula of that name; `ReportSpec.measure` knows a report's own, too. KeyError where there
    is none.
    """
    return METRICS.get(name) or FORMULAS[name]


def formulas_of(names: Collection[str]) -> tuple[Formula, ...]:
    """The built-in formulas all of whose counts are among these names."""
    return tuple(formula for formula in FORMULAS.values() if set(formula.parts) <= set(names))


def counts_of(measures: Iterable[Measure]) -> tuple[str, ...]:
    """Names of the counts to ask for, to know these measures; in the catalog's order."""
    parts = {part for measure in measures for part in measure.parts}
    return tuple(name for name in METRICS if name in parts)


def is_public(endpoint: Endpoint, counts: Iterable[str]) -> bool:
    """Whether the bearer token is enough for these counts."""
    return endpoint.app_context and all(METRICS[name].public for name in counts)


def metrics_of(endpoint: Endpoint) -> tuple[str, ...]:
    """Names of what a report on this endpoint can show without measures of its own, formulas last."""
    counts = tuple(m.name for m in METRICS.values() if endpoint.name in m.endpoints)
    return counts + tuple(formula.name for formula in formulas_of(counts))


@dataclass(frozen=True, slots=True)
class GroupBy:
    """A value of `group_by` in a report file."""

    name: str
    label: str
    time: bool = False


GROUP_BY: Final[Mapping[str, GroupBy]] = {
    g.name: g
    for g in (
        GroupBy("tweet.id", "Tweet"),
        GroupBy("engagement.type", "Metric"),
        GroupBy("engagement.day", "Day", time=True),
        GroupBy("engagement.hour", "Hour", time=True),
        GroupBy("handle", "Handle"),
        GroupBy("engagement.week", "Week", time=True),
        GroupBy("engagement.month", "Month", time=True),
        GroupBy("engagement.weekday", "Weekday", time=True),
    )
}

LABEL: Final = "label."
"""What a `group_by` value begins with that names a label of tweets: `label.campaign`."""


def group_by_key(name: str) -> GroupBy:
    """The `group_by` value of that name. KeyError where there is none."""
    if name.startswith(LABEL):
        return GroupBy(name, name.removeprefix(LABEL).replace("_", " ").strip().capitalize())
    return GROUP_BY[name]


def without_label(key: str) -> str:
    """`No campaign`: what the page calls tweets without the label of `label.campaign`.

    `No handle`: those whose owner is not known.
    """
    return f"No {group_by_key(key).label.lower()}"


DEFAULT_HISTORY: Final = timedelta(days=365)
"""How far back `historical` reaches; a project's settings can widen it to a date."""


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """Counts that some endpoints have only of tweets up to an age."""

    metrics: frozenset[str]
    endpoints: frozenset[str]
    age: timedelta
    reason: Reason
    """The gap that an older tweet leaves."""
    answer_key: str
    """The key of an answer that lists older tweets; a 0 beside it is no measurement."""


AGE_LIMITS: Final = (
    AgeLimit(
        frozenset({"impressions", "engagements"}),
        frozenset({"totals"}),
        timedelta(days=90),
        Reason.TOO_OLD_FOR_IMPRESSIONS,
        "unsupported_for_impressions_engagements_tweet_ids",
    ),
    AgeLimit(
        frozenset({"video_views"}),
        _EVERYWHERE,
        timedelta(days=1800),
        Reason.TOO_OLD_FOR_VIDEO_VIEWS,
        "unsupported_for_video_views_tweet_ids",
    ),
)

COUNTED_SINCE: Final[Mapping[str, datetime]] = dict.fromkeys(
    ("favorites", "replies", "retweets"), datetime(2015, 9, 15, tzinfo=UTC)
)
"""`historical` shows 0 for these metrics before this instant: no measurement."""
