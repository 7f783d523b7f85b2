"""The Python sample client: a config.yaml with `engagement.groupings` and `engagement.engagement_types`.

The file has no endpoint, dates or tweets; its command line has: -T, -D or -H START STOP, and -f FILE or -i ID.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from reportgen.catalog import ENDPOINTS
from reportgen.errors import InputError
from reportgen.migrate.groupings import OldGrouping, groupings_of
from reportgen.migrate.handles import handle_of
from reportgen.migrate.metrics import metrics_of
from reportgen.migrate.model import Asked, Grouping, Hours, Migrated, OldDate, Outputs, Part, Remark
from reportgen.migrate.names import one_line, report_name
from reportgen.migrate.reading import Reading
from reportgen.spec.problems import Place
from reportgen.spec.words import quoted, shown

ENGAGEMENT: Final = "engagement"
TYPES: Final = "engagement_types"
GROUPINGS: Final = "groupings"
_DEFAULT_GROUPING: Final = Grouping(
    "totals", ("tweet.id", "engagement.type"), (Remark("The old client's own grouping."),)
)
_NO_ENDPOINT: Final = (
    "The old file has no endpoint: its client is told on the command line. This is -H START STOP; -T is totals, and "
    "-D is 28hr, both without date_range."
)
_NO_DATES: Final = (
    "The old client is told on the command line: -H 2026-11-09 2026-11-16 is "
    "{start: 2026-11-09, end: 2026-11-15} here, where the last day is in."
)
_NO_TWEETS: Final = (
    "The old client is told on the command line: put the file of its -f here, or tweet_ids as those of -i."
)
_TIME_IS_CUT: Final = "The old client cuts {written} to its day."
_LEFT_EMPTY: Final = "the old client leaves groupings of one or of four values empty; here it has its numbers"


def migrate_python(reading: Reading, asked: Asked, owner: Part[str | None]) -> Migrated:
    """What the configuration comes to; what is wrong with it is in the findings of `reading`."""
    endpoint = asked.endpoint or "historical"
    metrics = _metrics(reading, endpoint)
    return Migrated(
        client="the Python sample client",
        source=reading.document.path,
        name=Part(report_name(asked.name or asked.file or _stem(reading.document.path))),
        title=one_line(asked.name) if asked.name and asked.name != report_name(asked.name) else None,
        endpoint=Part(endpoint, () if asked.endpoint or any(asked.dates) else (Remark(_NO_ENDPOINT),)),
        handle=handle_of(asked, owner, endpoint, metrics.value),
        tweets_from=Part(asked.tweets) if asked.tweets else Part(("tweet_ids.txt",), (Remark(_NO_TWEETS),)),
        date_range=_date_range(asked, endpoint),
        metrics=metrics,
        groupings=tuple(_groupings(reading, endpoint, metrics.value)),
        top=Part(0),
        outputs=Part(Outputs(("html", "pdf", "json"), "out")),
        elsewhere=tuple(_elsewhere(reading)),
    )


def _stem(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _metrics(reading: Reading, endpoint: str) -> Part[tuple[str, ...]]:
    if reading.node(ENGAGEMENT, TYPES) is None:
        return Part(("impressions",), (Remark("The old client's own: its file names no engagement_types."),))
    return metrics_of(reading.items(ENGAGEMENT, TYPES), endpoint, reading)


def _groupings(reading: Reading, endpoint: str, metrics: tuple[str, ...]) -> Iterable[Grouping]:
    if reading.node(ENGAGEMENT, GROUPINGS) is None:
        return (_DEFAULT_GROUPING,)
    old = [_old_grouping(name) for name in reading.keys_at(ENGAGEMENT, GROUPINGS)]
    found = groupings_of(old, endpoint, metrics, reading)
    return [_with_depth(grouping, reading.line(*before.place)) for grouping, before in zip(found, old, strict=True)]


def _old_grouping(name: str) -> OldGrouping:
    place: Place = (ENGAGEMENT, GROUPINGS, name)
    return OldGrouping(name, place, (*place, "group_by"))


def _with_depth(grouping: Grouping, line: int) -> Grouping:
    if len(grouping.keys) in {0, 2, 3}:
        return grouping
    remark = Remark(_LEFT_EMPTY, line)
    return Grouping(grouping.name, grouping.keys, (*grouping.remarks, remark))


def _date_range(asked: Asked, endpoint: str) -> Part[str | Hours | None]:
    start, end = asked.dates
    if not ENDPOINTS[endpoint].takes_range:
        return Part(None)
    if not start and not end:
        return Part("last_28_days", (Remark(_NO_DATES),))
    if not start or not end:
        raise InputError("--start and --end: the Python client's -H has both; give the other one, too")
    hours = Hours(_midnight(start), _midnight(end))
    if hours.end <= hours.start:
        raise InputError(
            f"--end: {quoted(end.written)} is not behind {quoted(start.written)}; STOP is the first day out"
        )
    cut = [_TIME_IS_CUT.format(written=date.written) for date in (start, end) if len(date.written) > len("2026-11-09")]
    return Part(hours, tuple(map(Remark, cut)))


def _midnight(date: OldDate) -> datetime:
    """The day's beginning, which is all that the client asks by."""
    try:
        day = datetime.fromisoformat(date.written)
    except ValueError as error:
        raise InputError(f"--{date.key}: {quoted(date.written)} is no date; write it like 2026-11-09") from error
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _elsewhere(reading: Reading) -> Iterator[Remark]:
    for key in reading.keys_at():
        if key == "audience":
            yield reading.remark(
                (key,), "audience: another API, which counts who the readers are; it has no counterpart"
            )
        elif key != ENGAGEMENT:
            yield reading.remark((key,), f"{shown(key)}: nothing here does the same")
    for key in reading.keys_at(ENGAGEMENT):
        if key not in {TYPES, GROUPINGS}:
            yield reading.remark((ENGAGEMENT, key), f"{shown(key)}: nothing here does the same")
