"""What a valid report file says, in the words of the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from reportgen.catalog import Endpoint, Formula, Measure, counts_of, measure
from reportgen.gaps import Reason
from reportgen.spec.brand import NO_BRAND, Brand
from reportgen.spec.delivering import Email, Publish, Schedule
from reportgen.spec.sections import Section, groupings_of, measures_of

Format = Literal["html", "pdf", "json", "csv", "xlsx", "parquet"]
Excluded = Literal["replies", "retweets"]
CompareTo = Literal["previous_period", "previous_year"]
PageSize = Literal["A4", "Letter"]
Design = Literal["editorial", "ledger", "executive"]

NO_LABELS: Final[Mapping[str, str]] = {}
"""One for all tweets that have none: a million of their own would take more memory than their ids."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why nobody may ask for a tweet, as far as that is known before the first call."""

    reason: Reason
    detail: str
    """A clause, such as "there is no access token for @globex, the owner"."""
    only_private: bool = False
    """Whether the bearer token may ask for its public metrics all the same."""
    is_failure: bool = False
    """Whether a call failed that might have done away with it: the report is then incomplete."""


@dataclass(frozen=True, slots=True)
class Tweet:
    """A tweet of the report. `handle` is its owner's, as `@name`, or None where the file does not say."""

    id: str
    handle: str | None
    text: str | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: NO_LABELS, hash=False)
    """By name, such as `campaign`: those of its handle too."""

    @property
    def obstacle(self) -> Obstacle | None:
        """What keeps it from being asked for. Most have none, and no place for one: of a million that is 16 MB."""
        return None

    def behind(self, obstacle: Obstacle) -> HinderedTweet:
        """The tweet with what keeps it from being asked for."""
        return HinderedTweet(self.id, self.handle, self.text, self.labels, obstacle=obstacle)


@dataclass(frozen=True, slots=True)
class HinderedTweet(Tweet):
    """A tweet that nobody may ask for, or for all of it."""

    obstacle: Obstacle = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class DateRange:
    """Explicit dates: a `date` is a whole local day and is in, at both ends; a `datetime` (UTC) is an instant.

    An instant at the end is out.
    """

    start: date | datetime
    end: date | datetime

    @property
    def by_the_day(self) -> bool:
        """Whether it is made of whole local days."""
        return not isinstance(self.start, datetime) and not isinstance(self.end, datetime)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Which files are made, and where: a directory relative to the working directory."""

    formats: tuple[Format, ...] = ("html", "pdf")
    directory: Path = Path("out")
    page: PageSize | None = None
    """None: as the project's settings say."""


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """A report, as its file describes it. Contains no instant of now: a named range is resolved by the period."""

    path: str
    """The file, as the user typed it."""
    name: str
    title: str
    timezone: ZoneInfo
    endpoint: Endpoint
    handles: tuple[str, ...]
    """As `@name`, in the order of the file; empty for a report of public tweets."""
    tweets: tuple[Tweet, ...]
    """Those of the report file and its files of tweets; `reportgen.find` adds those that were posted then."""
    metrics: tuple[str, ...]
    """Names of measures, in the order of the file."""
    date_range: str | DateRange | None = None
    """A named range, explicit dates, or None where the endpoint takes none."""
    compare_to: CompareTo | None = None
    handle_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The labels that the file gives a handle, for all of its tweets; by `@name`. `tweets` have them already."""
    posted: str | DateRange | None = None
    """A named range or explicit dates: what the handles posted then belongs to the report, beside `tweets`."""
    tweets_before: tuple[Tweet, ...] | None = None
    """The tweets of the period compared with, where `reportgen.find` has found that these are others than `tweets`."""
    exclude: tuple[Excluded, ...] = ()
    """What of the handles' timelines is left out, in alphabetical order."""
    name_at: tuple[int, int] = (1, 1)
    """Line and column of the name in the file, for errors that only other files bring out."""
    date_range_at: tuple[int, int] = (1, 1)
    """Line and column of the range in the file, for errors that only the present brings out."""
    posted_at: tuple[int, int] = (1, 1)
    """Line and column of `posted` in the file, for errors that only the present brings out."""
    handles_at: tuple[tuple[int, int], ...] = ()
    """Line and column of each handle, for errors that only the credentials bring out."""
    measures: Mapping[str, Formula] = field(default_factory=dict)
    """The report's own, by name."""
    groupings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    outputs: Outputs = Outputs()
    template: str | None = None
    """The project's own template for the page, by its path in the project; None: as the project's settings say."""
    brand: Brand = NO_BRAND
    """What the report sets; the rest is as the project's settings say."""
    design: Design | None = None
    """None: as the project's settings say."""
    locale: str | None = None
    """None: as the project's settings say."""
    email: Email | None = None
    """The mail with the report; None where nobody gets one."""
    schedule: Schedule | None = None
    """When it is made by itself; None where it is not."""
    publish: Publish | None = None
    webhooks: tuple[str, ...] = ()
    """The names of those that are told of the report; the environment has their addresses."""
    webhooks_at: tuple[tuple[int, int], ...] = ()
    """Line and column of each of them in the file."""

    @property
    def divided_by(self) -> tuple[tuple[str, ...], ...]:
        """All groupings that the report needs: its own, and those of sections that need none of them."""
        return (*self.groupings.values(), *groupings_of(self.sections))

    @property
    def tweets_then(self) -> tuple[Tweet, ...]:
        """The tweets of the period compared with: those of the report, where they are not others."""
        return self.tweets if self.tweets_before is None else self.tweets_before

    @property
    def all_tweets(self) -> tuple[Tweet, ...]:
        """Those of its period, and behind them those that only the period compared with has."""
        ids = {tweet.id for tweet in self.tweets}
        return (*self.tweets, *(tweet for tweet in self.tweets_before or () if tweet.id not in ids))

    @property
    def labels_of_handles(self) -> frozenset[str]:
        """The names of the labels that handles have; no tweet may be found that has them too."""
        return frozenset(name for labels in self.handle_labels.values() for name in labels)

    def measure(self, name: str) -> Measure:
        """The metric or formula of that name. KeyError where there is none."""
        return self.measures.get(name) or measure(name)

    def measures_shown(self, section: Section) -> tuple[Measure, ...]:
        """What the section shows, in its order."""
        return tuple(map(self.measure, measures_of(section, self.metrics)))

    def where(self, at: tuple[int, int]) -> str:
        """`FILE:LINE:COLUMN` of a line and column in the file."""
        return ":".join(map(str, (self.path, *at)))

    @property
    def counts(self) -> tuple[str, ...]:
        """Names of the counts to ask for: of all that the report measures or shows, and that its mail names, in the
        catalog's order.
        """
        shown = (measure for section in self.sections for measure in self.measures_shown(section))
        named = self.email.metrics if self.email else ()
        return counts_of([*map(self.measure, self.metrics), *shown, *map(self.measure, named)])
