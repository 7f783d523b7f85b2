"""The best and the worst tweets, as cards. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from reportgen.catalog import Measure
from reportgen.report.measures import Measured
from reportgen.report.model import Placed, TweetLabel, Value
from reportgen.spec.model import ReportSpec
from reportgen.spec.sections import BY_TWEET, Order, TopTweets

_TITLES: Final[Mapping[Order, str]] = {
    "best": "Top tweets by {}",
    "worst": "Tweets with the least by {}",
    "both": "Best and worst tweets by {}",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A tweet and its numbers, in the order of the section's measures."""

    tweet: TweetLabel
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Least:
    """What a tweet must have to be ranked, and how many have less."""

    measure: Measure
    number: float
    tweets: int


@dataclass(frozen=True, slots=True)
class CardsSection(Placed):
    """Tweets by one measure. A tweet is among the best or among the worst, and never among both."""

    title: str
    note: str | None
    by: Measure
    measures: tuple[Measure, ...]
    best: tuple[Card, ...]
    worst: tuple[Card, ...]
    at_least: tuple[Least, ...]
    not_known: int
    """How many tweets cannot be ranked, since a number that decides is missing."""
    undefined: int
    """How many cannot be ranked, since the formula has no result for them."""
    later: int = 0
    """How many were posted after the period: their 0 would be the least of all."""


def cards_section(
    section: TopTweets, spec: ReportSpec, measured: Measured, tweets: Mapping[str, TweetLabel]
) -> CardsSection:
    """The tweets with the most and the least of a measure; of two alike, the newer one is first."""
    by = spec.measure(section.by)
    shown = tuple(map(spec.measure, dict.fromkeys([section.by, *section.metrics])))
    needed = dict.fromkeys([section.by, *section.metrics, *section.at_least])
    of_all = _values(measured, tuple(map(spec.measure, needed)))
    later = _posted_after(measured)
    values = {tweet: of for tweet, of in of_all.items() if tweet not in later}
    known = {tweet: of for tweet, of in values.items() if not _lacks(of, (section.by, *section.at_least))}
    defined = {tweet: of for tweet, of in known.items() if not _undefined(of, (section.by, *section.at_least))}
    left = {
        tweet: of
        for tweet, of in defined.items()
        if all((of[name].number or 0) >= least for name, least in section.at_least.items())
    }
    best, worst = _ends({tweet: of[section.by].number or 0 for tweet, of in left.items()}, section)
    return CardsSection(
        title=section.title or _TITLES[section.order].format(by.label.lower()),
        note=section.note,
        by=by,
        measures=shown,
        best=tuple(_card(tweet, shown, values, tweets) for tweet in best),
        worst=tuple(_card(tweet, shown, values, tweets) for tweet in worst),
        at_least=tuple(
            Least(spec.measure(name), least, sum((of[name].number or 0) < least for of in defined.values()))
            for name, least in section.at_least.items()
        ),
        not_known=len(values) - len(known),
        undefined=len(known) - len(defined),
        later=len(later),
    )


def _posted_after(measured: Measured) -> set[str]:
    """The tweets that came when the period was over."""
    (end,) = measured.ends(())["end"]
    return set(measured.tweets.filter(pl.col("posted") >= end)["tweet.id"])


def _values(measured: Measured, measures: Sequence[Measure]) -> dict[str, dict[str, Value]]:
    """By tweet and measure."""
    of_name = {measure.name: measure for measure in measures}
    values: dict[str, dict[str, Value]] = {}
    for row in measured.group(BY_TWEET, measures).iter_rows(named=True):
        name = row["engagement.type"]
        values.setdefault(row["tweet.id"], {})[name] = Value.of(of_name[name], row["value"], row["missing"])
    return values


def _lacks(values: Mapping[str, Value], names: Sequence[str]) -> bool:
    return any(values[name].missing for name in names)


def _undefined(values: Mapping[str, Value], names: Sequence[str]) -> bool:
    return any(values[name].number is None for name in names)


def _ends(numbers: Mapping[str, float], section: TopTweets) -> tuple[list[str], list[str]]:
    """The tweets with the most, and of the others those with the least."""
    newest_first = sorted(numbers, key=int, reverse=True)
    best = sorted(newest_first, key=lambda tweet: -numbers[tweet])[: section.limit] if section.order != "worst" else []
    others = [tweet for tweet in newest_first if tweet not in best] if section.order != "best" else []
    return best, sorted(others, key=lambda tweet: numbers[tweet])[: section.limit]


def _card(
    tweet: str, measures: Sequence[Measure], values: Mapping[str, Mapping[str, Value]], tweets: Mapping[str, TweetLabel]
) -> Card:
    return Card(tweets[tweet], tuple(values[tweet][measure.name] for measure in measures))
