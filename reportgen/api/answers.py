"""What the API said, read into facts and gaps. The only place that knows the shape and the wording of answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import polars as pl

from reportgen.api.engagement import GROUPING, Reply
from reportgen.api.verdicts import Answer
from reportgen.catalog import AGED_ON_TOTALS, LAST_28_HOURS, TOTALS
from reportgen.facts import METRIC, SCHEMA, no_facts
from reportgen.gaps import Gap, Reason
from reportgen.instants import ceil_hour, floor_hour, format_instant, parse_instant
from reportgen.plan import Grain, Request
from reportgen.snowflake import posted_at

_UNSUPPORTED: Final[Mapping[str, tuple[Reason, frozenset[str]]]] = {
    "unsupported_for_impressions_engagements_tweet_ids": (Reason.TOO_OLD_FOR_IMPRESSIONS, AGED_ON_TOTALS),
    "unsupported_for_video_views_tweet_ids": (Reason.TOO_OLD_FOR_VIDEO_VIEWS, frozenset({"video_views"})),
}
_DETAIL: Final = {
    Reason.TOO_OLD_FOR_IMPRESSIONS: "older than 90 days",
    Reason.TOO_OLD_FOR_VIDEO_VIEWS: "older than 1800 days",
    Reason.UNAVAILABLE: "deleted, protected or never there",
}
_FORBIDDEN_TWEETS: Final = re.compile(r"Forbidden to access tweets(?: for author id \d+)?:([\d,\s]+)")
_FORBIDDEN_METRICS: Final = re.compile(r"Forbidden to access metrics:([\w,\s]+)")
_COUNT: Final = r"^[0-9]{1,15}$"
"""Up to what sums of counts hold exactly; the largest that X ever showed has eleven digits."""
_BUCKET: Final = {Grain.DAY: timedelta(days=1), Grain.HOUR: timedelta(hours=1)}


def read_answer(request: Request, reply: Reply, as_of: datetime) -> Answer:
    """Facts and gaps of one reply. Whatever the request asked for is in one or the other.

    `as_of` (UTC) is when the 28 hours of `28hr` end.
    """
    body = _parse(reply.text)
    if reply.status == 401:
        return credential_refused(request, (error_text(body) if isinstance(body, dict) else "") or "status 401")
    if not isinstance(body, dict):
        return call_failed(request, f"the API answered with status {reply.status} and no JSON object")
    if reply.status == 200:
        return _read_data(request, body, as_of)
    return _read_refusal(request, reply.status, body)


def _parse(text: str) -> object:
    """The JSON, or None where it is none, has a name twice, or is nested beyond reading."""
    try:
        body = json.loads(text, object_pairs_hook=_no_name_twice)
        if "\\u" in text:
            # Half of a surrogate pair, which JSON can spell, is no character and could be written nowhere.
            body = json.loads(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return body


def _no_name_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ValueError("a name is there twice")
    return named


def call_failed(request: Request, detail: str) -> Answer:
    """The answer of a call that brought nothing."""
    return Answer(no_facts(), tuple(_gaps_for(request, request.tweet_ids, Reason.CALL_FAILED, detail)), failed=True)


def credential_refused(request: Request, reason: str) -> Answer:
    """The answer of a call whose credential is refused. `reason` is the vendor's."""
    gaps = tuple(_gaps_for(request, request.tweet_ids, Reason.NOT_AUTHORIZED, reason))
    return Answer(no_facts(), gaps, failed=True, refused=reason)


def _gaps_for(
    request: Request, tweet_ids: Iterable[str], reason: Reason, detail: str, metric: str | None = None
) -> Iterator[Gap]:
    """Gaps over the hours of this request, which the detail tells."""
    if request.start and request.end:
        detail += f" ({format_instant(request.start)} to {format_instant(request.end)})"
    return (Gap(tweet_id, metric, reason, detail, request.start, request.end) for tweet_id in tweet_ids)


def _read_refusal(request: Request, status: int, body: Mapping[str, Any]) -> Answer:
    text = error_text(body) or f"status {status}"
    asked = set(request.tweet_ids)
    unavailable = asked & _ids(body.get("unavailable_tweet_ids"))
    forbidden = asked & {i for match in _FORBIDDEN_TWEETS.finditer(text) for i in re.findall(r"\d+", match[1])}
    metrics = {name for match in _FORBIDDEN_METRICS.finditer(text) for name in re.findall(r"\w+", match[1])}
    gaps = [
        *_lasting(unavailable, None, Reason.UNAVAILABLE, _DETAIL[Reason.UNAVAILABLE]),
        *_lasting(forbidden, None, Reason.FORBIDDEN, "not this account's tweet"),
    ]
    for name in metrics.intersection(request.metrics):
        gaps += _lasting(asked, name, Reason.FORBIDDEN, "these credentials may not have this metric")
    rest = sorted(asked - unavailable - forbidden)
    gaps += _gaps_for(request, rest, Reason.CALL_FAILED, f"the API refused the call: {text}")
    return Answer(no_facts(), tuple(gaps), failed=bool(rest))


def error_text(body: Mapping[str, Any]) -> str:
    """The vendor's own words, in one line of at most 300 characters."""
    errors = body.get("errors") or body.get("error") or body.get("detail") or ""
    listed = errors if isinstance(errors, list) else [errors]
    texts = [str(error.get("message", error)) if isinstance(error, dict) else str(error) for error in listed]
    return " ".join("".join(char if char.isprintable() else " " for char in " ".join(texts)).split())[:300]


def _ids(value: object) -> set[str]:
    return {str(item) for item in value} if isinstance(value, list) else set()


def _lasting(tweet_ids: Iterable[str], metric: str | None, reason: Reason, detail: str) -> Iterator[Gap]:
    """Gaps that no other window of the same tweets will fill."""
    return (Gap(tweet_id, metric, reason, detail) for tweet_id in sorted(tweet_ids))


def _read_data(request: Request, body: Mapping[str, Any], as_of: datetime) -> Answer:
    if not _is_of_our_window(request, body, as_of):
        return call_failed(request, f"the API answered for {body.get('start')} to {body.get('end')}")
    asked = set(request.tweet_ids)
    unavailable = asked & _ids(body.get("unavailable_tweet_ids"))
    gaps = list(_lasting(unavailable, None, Reason.UNAVAILABLE, _DETAIL[Reason.UNAVAILABLE]))
    explained = {(tweet_id, metric) for tweet_id in unavailable for metric in request.metrics}
    for key, (reason, names) in _UNSUPPORTED.items():
        for metric in sorted(names.intersection(request.metrics)):
            unsupported = asked & _ids(body.get(key)) - unavailable
            gaps += _lasting(unsupported, metric, reason, _DETAIL[reason])
            explained |= {(tweet_id, metric) for tweet_id in unsupported}
    facts = _within(_window(request, as_of), request.grain, _read_grouping(request, body.get(GROUPING)))
    lacking = [
        gap
        for metric, tweet_ids in _lacking(request, facts, as_of).items()
        for gap in _gaps_for(
            request,
            [tweet_id for tweet_id in tweet_ids if (tweet_id, metric) not in explained],
            Reason.CALL_FAILED,
            "the answer lacks its numbers, or has some that are no whole numbers",
            metric,
        )
    ]
    return Answer(facts, (*gaps, *lacking), failed=bool(lacking))


def _is_of_our_window(request: Request, body: Mapping[str, Any], as_of: datetime) -> bool:
    """Whether the window that the answer echoes, where it does, is the one asked for, in whole hours."""
    start, end = body.get("start"), body.get("end")
    if request.endpoint is TOTALS or not isinstance(start, str) or not isinstance(end, str):
        return True
    ours = _window(request, as_of)
    try:
        return (parse_instant(start), parse_instant(end)) == (floor_hour(ours[0]), ceil_hour(ours[1]))
    except ValueError:
        return False


def _within(window: tuple[datetime, datetime], grain: Grain, facts: pl.DataFrame) -> pl.DataFrame:
    """The facts of the window alone: a bucket that was not asked for would count twice beside the next window's."""
    if grain is Grain.TOTAL:
        return facts
    start = window[0].replace(hour=0) if grain is Grain.DAY else window[0]
    return facts.filter(pl.col("start").is_between(floor_hour(start), window[1], closed="left"))


def _read_grouping(request: Request, grouping: object) -> pl.DataFrame:
    """The leaves of `{tweet: {metric: count | {day: count | {hour: count}}}}` that were asked for and are counts."""
    columns: dict[str, list[Any]] = {"tweet_id": [], "metric": [], "day": [], "hour": [], "value": []}

    def add(tweet_id: str, metric: str, day: str | None, leaves: Mapping[str | None, object]) -> None:
        count = len(leaves)
        columns["tweet_id"] += [tweet_id] * count
        columns["metric"] += [metric] * count
        columns["day"] += [day] * count
        columns["hour"] += leaves.keys()
        columns["value"] += map(str, leaves.values())

    by_tweet = _mapping(grouping)
    for tweet_id in by_tweet.keys() & set(request.tweet_ids):
        by_metric = _mapping(by_tweet[tweet_id])
        for metric in by_metric.keys() & set(request.metrics):
            leaf = by_metric[metric]
            if request.grain is Grain.TOTAL:
                add(tweet_id, metric, None, {None: leaf})
                continue
            for day, node in _mapping(leaf).items():
                add(tweet_id, metric, day, {None: node} if request.grain is Grain.DAY else _mapping(node))

    bucket = pl.format("{}T{}:00", "day", pl.col("hour").fill_null("00"))
    return (
        pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String()))
        .filter(pl.col("value").str.contains(_COUNT))
        .select(
            pl.col("tweet_id").cast(pl.Int64),
            pl.col("metric").cast(METRIC),
            bucket.str.to_datetime("%Y-%m-%dT%H:%M", time_unit="ms", time_zone="UTC", strict=False).alias("start"),
            pl.col("value").cast(pl.Int64),
        )
    )


def _mapping(node: object) -> Mapping[Any, object]:
    return node if isinstance(node, dict) else {}


def _lacking(request: Request, facts: pl.DataFrame, as_of: datetime) -> dict[str, list[str]]:
    """By metric, the tweets of which the answer does not have each expected bucket exactly once."""
    expected = pl.DataFrame(
        [(int(tweet_id), *_expected_buckets(request, tweet_id, as_of)) for tweet_id in request.tweet_ids],
        schema={"tweet_id": pl.Int64, "first": SCHEMA["start"], "buckets": pl.UInt32},
        orient="row",
    ).join(pl.DataFrame({"metric": request.metrics}, schema={"metric": METRIC}), how="cross")
    present = (
        facts.join(expected, on=["tweet_id", "metric"])
        .filter((pl.col("start") >= pl.col("first")) | pl.col("first").is_null())
        .group_by("tweet_id", "metric")
        .agg(pl.len().alias("rows"), pl.col("start").n_unique().alias("starts"))
    )
    lacking = expected.join(present, on=["tweet_id", "metric"], how="left").filter(
        pl.col("rows").ne_missing(pl.col("buckets")) | pl.col("starts").ne_missing(pl.col("buckets"))
    )
    by_metric: dict[str, list[str]] = {}
    for tweet_id, metric in lacking.select("tweet_id", "metric").iter_rows():
        by_metric.setdefault(metric, []).append(str(tweet_id))
    return by_metric


def _expected_buckets(request: Request, tweet_id: str, as_of: datetime) -> tuple[datetime | None, int]:
    """The first bucket in which the tweet can have counts, and how many there are from it to the window's end."""
    step = _BUCKET.get(request.grain)
    if step is None:
        return None, 1
    start, end = _window(request, as_of)
    first = max(floor_hour(start), floor_hour(posted_at(tweet_id)))
    if request.grain is Grain.DAY:
        first = first.replace(hour=0)
    return first, max(0, -((first - end) // step))


def _window(request: Request, as_of: datetime) -> tuple[datetime, datetime]:
    if request.start and request.end:
        return request.start, request.end
    return as_of - (LAST_28_HOURS.window or timedelta()), as_of
