"""From the handles and tweets of a report file without faults to the tweets of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from reportgen.handles import handle_name
from reportgen.printable import printable_text
from reportgen.spec.model import Tweet
from reportgen.spec.visible import visible

_Data = Mapping[str, Any]


def build_handles(data: _Data) -> tuple[str, ...]:
    """The handles as `@name`, in the order of the file."""
    return tuple(handle_name(entry if isinstance(entry, str) else entry["handle"]) for entry in data.get("handles", ()))


def labels_of_handles(data: _Data) -> dict[str, dict[str, str]]:
    """The labels that the file gives a handle for all of its tweets, by `@name`."""
    entries = [entry for entry in data.get("handles", ()) if isinstance(entry, dict)]
    return {handle_name(entry["handle"]): _labels(entry) for entry in entries}


def with_labels_of_handles(tweets: Iterable[Tweet], labels: Mapping[str, Mapping[str, str]]) -> tuple[Tweet, ...]:
    """The tweets with the labels of their handles; those of a tweet count before these."""
    return tuple(
        replace(tweet, labels={**labels[tweet.handle], **tweet.labels})
        if tweet.handle and tweet.handle in labels
        else tweet
        for tweet in tweets
    )


def build_tweets(data: _Data, handles: tuple[str, ...]) -> Iterator[Tweet]:
    """The tweets that the report file lists, with their own labels, by handle in the order of the file.

    Those beside the handles belong to the only one; of several nobody knows yet whose they are.
    """
    for handle, entry in zip(handles, data.get("handles", ()), strict=True):
        if not isinstance(entry, str):
            yield from _tweets(entry.get("tweet_ids", ()), handle)
    yield from _tweets(data.get("tweet_ids", ()), handles[0] if len(handles) == 1 else None)


def _tweets(entries: Iterable[str | _Data], handle: str | None) -> Iterator[Tweet]:
    for entry in entries:
        if isinstance(entry, str):
            yield Tweet(entry, handle)
        else:
            yield Tweet(entry["id"], handle, printable_text(entry.get("text", "")) or None, _labels(entry))


def _labels(entry: _Data) -> dict[str, str]:
    return {name: visible(value) for name, value in entry.get("labels", {}).items()}
