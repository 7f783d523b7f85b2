"""A slow, obvious reader of groupings and answers, to hold the real one against: plain loops over paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from reportgen.request import Grain, Request

KEYS = ("tweet.id", "engagement.type", "engagement.day", "engagement.hour")
Path = tuple[str, ...]
Place = tuple[str | None, ...]


def leaves(node: object, at: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every leaf of the JSON, and the names on the way to it."""
    if isinstance(node, dict):
        for name, child in node.items():
            yield from leaves(child, (*at, name))
    else:
        yield at, node


def count(leaf: object) -> int | None:
    """The number that stands there, if it is a count."""
    if isinstance(leaf, bool):
        return None
    text = str(leaf) if isinstance(leaf, int | str) else ""
    if not 1 <= len(text) <= 15 or any(char not in "0123456789" for char in text):
        return None
    return int(text)


def is_day(text: str) -> bool:
    try:
        return len(text) == 10 and f"{datetime.strptime(text, '%Y-%m-%d').replace(tzinfo=UTC):%Y-%m-%d}" == text
    except ValueError:
        return False


def is_hour(text: str) -> bool:
    return text in [f"{hour:02}" for hour in range(24)]


def counts_of(node: object, group_by: Sequence[str]) -> dict[Place, int]:
    """By tweet, metric, day and hour (None where not given), the counts that stand in a grouping."""
    counts: dict[Place, int] = {}
    for path, leaf in leaves(node):
        names = list(group_by)
        if "engagement.hour" in names and "engagement.day" not in names and len(path) == len(names) + 1:
            names.insert(names.index("engagement.hour"), "engagement.day")
        value = count(leaf)
        if value is None or len(path) != len(names):
            continue
        place = dict(zip(names, path, strict=True))
        if is_day(place.get("engagement.day", "2026-01-01")) and is_hour(place.get("engagement.hour", "00")):
            counts[tuple(place.get(key) for key in KEYS)] = value
    return counts


Cell = tuple[str, str, datetime | None]
"""Tweet, metric, and the first instant of the bucket; None for a total."""

STEPS = {Grain.DAY: timedelta(days=1), Grain.HOUR: timedelta(hours=1)}


def cells_asked_for(request: Request, posted: datetime) -> list[Cell]:
    """Every cell that the answer has to bring, for tweets that were all posted at that instant or before the window."""
    return [
        (tweet, metric, start)
        for tweet in request.tweet_ids
        for metric in request.metrics
        for start in starts_asked_for(request, posted)
    ]


def starts_asked_for(request: Request, posted: datetime) -> list[datetime | None]:
    """The buckets of the request's window in which a tweet can have counts."""
    if request.grain is Grain.TOTAL or not request.start or not request.end:
        return [None]
    step = STEPS[request.grain]
    bucket = request.start.replace(hour=0) if request.grain is Grain.DAY else request.start
    starts: list[datetime | None] = []
    while bucket < request.end:
        if bucket + step > posted:
            starts.append(bucket)
        bucket += step
    return starts


def cells_counted(node: object, request: Request) -> dict[Cell, int]:
    """What the request's own grouping counts, whether it was asked for or not."""
    counted: dict[Cell, int] = {}
    for (tweet, metric, day, hour), value in counts_of(node, request.grain.value).items():
        assert tweet is not None
        assert metric is not None
        start = datetime.strptime(f"{day}T{hour or '00'}", "%Y-%m-%dT%H").replace(tzinfo=UTC) if day else None
        counted[tweet, metric, start] = value
    return counted
