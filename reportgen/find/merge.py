"""Puts the tweets that were found to those that a report lists. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.spec.model import ReportSpec, Tweet
from reportgen.timelines import Timeline


@dataclass(frozen=True, slots=True)
class FoundTimeline:
    """A handle's timeline in a report, and the texts of its tweets by their ids, where they are known."""

    timeline: Timeline
    texts: Mapping[str, str | None]


def with_found(spec: ReportSpec, found: Sequence[FoundTimeline]) -> ReportSpec:
    """The report with the tweets of its timelines: those that it lists, and then the others by handle, oldest first.

    What the report says of a tweet counts; where it is silent, the timeline tells the handle and the text.
    """
    tweets = {tweet.id: tweet for tweet in spec.tweets}
    for one in found:
        handle = one.timeline.handle
        labels = spec.handle_labels.get(handle, {})
        for tweet_id, text in one.texts.items():
            listed = tweets.get(tweet_id, Tweet(tweet_id, handle))
            tweets[tweet_id] = replace(
                listed, handle=listed.handle or handle, text=listed.text or text, labels={**labels, **listed.labels}
            )
    return replace(spec, tweets=tuple(tweets.values()))
