"""From the handles and tweets of a report file without faults to the tweets of the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.spec.model import Tweet

_Data = Mapping[str, Any]
_NO_LABELS: Mapping[str, str] = {}


def handle_name(written: str) -> str:
    """The handle as `@name`."""
    return f"@{written.removeprefix('@')}"


def build_handles(data: _Data) -> tuple[str, ...]:
    """The handles as `@name`, in the order of the file."""
    return tuple(handle_name(entry if isinstance(entry, str) else entry["handle"]) for entry in data.get("handles", ()))


def build_tweets(data: _Data, handles: tuple[str, ...]) -> tuple[Tweet, ...]:
    """The tweets by handle, in the order of the file; those beside the handles belong to the only one."""
    tweets: list[Tweet] = []
    labels: Mapping[str, str] = _NO_LABELS
    for handle, entry in zip(handles, data.get("handles", ()), strict=True):
        given: _Data = {} if isinstance(entry, str) else entry
        labels = given.get("labels", _NO_LABELS)
        tweets += _tweets(given.get("tweet_ids", ()), handle, labels)
    tweets += _tweets(data.get("tweet_ids", ()), handles[0] if handles else None, labels)
    return tuple(tweets)


def _tweets(entries: list[str | _Data], handle: str | None, labels: Mapping[str, str]) -> Iterator[Tweet]:
    for entry in entries:
        if isinstance(entry, str):
            yield Tweet(entry, handle, labels=labels)
        else:
            own = entry.get("labels")
            yield Tweet(entry["id"], handle, entry.get("text"), {**labels, **own} if own else labels)
