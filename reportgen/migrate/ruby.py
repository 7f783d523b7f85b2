"""The Ruby sample client: app_settings.yaml, with `engagement_settings`, `engagement_types`, `engagement_groupings`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from reportgen.catalog import ENDPOINTS
from reportgen.errors import InputError
from reportgen.migrate.groupings import OldGrouping, by_tweet_name, groupings_of
from reportgen.migrate.handles import handle_of
from reportgen.migrate.metrics import metrics_of
from reportgen.migrate.model import Asked, Grouping, Hours, Inbox, Migrated, OldDate, Outputs, Part, Remark
from reportgen.migrate.names import one_line, report_name
from reportgen.migrate.reading import Reading
from reportgen.migrate.ruby_dates import DateError, hours_of
from reportgen.spec.model import Format
from reportgen.spec.problems import Place
from reportgen.spec.words import did_you_mean, listed, quoted, shown

SETTINGS: Final = "engagement_settings"
TYPES: Final = "engagement_types"
GROUPINGS: Final = "engagement_groupings"
_TOTALS_METRICS: Final = ("favorites", "replies", "retweets")
"""Those that the client asks `totals` for, whatever else is on."""
_READ: Final = frozenset(
    {"name", "endpoint", "inbox", "outbox", "name_based_folders", "max_top_tweets", "start", "end"}
)
_NAMED: Final = 3
"""Files of the inbox, for people to look at."""
_LONGEST_TABLE: Final = 100_000
"""Rows, as the schema has it."""
_ELSEWHERE: Final = {
    "rate_limit_requests": "calls leave as fast as the API allows; the limit of your contract is calls_per_minute in "
    "reportgen.yaml",
    "rate_limit_seconds": "as rate_limit_requests",
    "verbose": "reportgen run shows its progress in a terminal",
    "save_api_responses": "the numbers are in the json file, and in the store, which asks for nothing twice",
    "save_ids": "not needed",
    "logging": "there is no log file; reportgen status shows what was run and asked",
}
"""What is said of keys that have no place in a report file."""


def inbox_of(reading: Reading) -> str:
    """The folder of the id files, from the working directory."""
    return posixpath.normpath(reading.text(SETTINGS, "inbox") or "inbox")


def migrate_ruby(reading: Reading, asked: Asked, owner: Part[str | None], inbox: Inbox, now: datetime) -> Migrated:
    """What the settings come to; what is wrong with them is in the findings of `reading`.

    `now` is UTC.
    """
    endpoint = _endpoint(reading, asked)
    name, title = _name(reading, asked)
    metrics = _metrics(reading, endpoint)
    old = (OldGrouping(name, (GROUPINGS, name), (GROUPINGS, name)) for name in reading.keys_at(GROUPINGS))
    groupings = groupings_of(old, endpoint, metrics.value, reading)
    return Migrated(
        client="the Ruby sample client",
        source=reading.document.path,
        name=name,
        title=title,
        endpoint=Part(endpoint),
        handle=handle_of(asked, owner, endpoint, metrics.value),
        tweets_from=_tweets_from(reading, asked, inbox),
        date_range=_date_range(reading, asked, endpoint, now),
        metrics=metrics,
        groupings=groupings,
        top=_top(reading, groupings),
        outputs=_outputs(reading),
        elsewhere=tuple(_elsewhere(reading)),
    )


def _name(reading: Reading, asked: Asked) -> tuple[Part[str], str | None]:
    """The name, and the title that keeps what is lost of it."""
    written = asked.name or reading.text(SETTINGS, "name") or ""
    name = report_name(asked.name or asked.file or written)
    if written == name:
        return Part(name), None
    if not written:
        return Part(name, () if asked.file else (Remark("the old file has none"),)), None
    remark = Remark(f"was {shown(written)}", None if asked.name else reading.line(SETTINGS, "name"))
    return Part(name, (remark,)), one_line(written)


def _endpoint(reading: Reading, asked: Asked) -> str:
    written = asked.endpoint or reading.text(SETTINGS, "endpoint")
    if written is None:
        reading.complain((SETTINGS, "endpoint"), "an endpoint is missing; known are totals, 28hr and historical")
        return "historical"
    if written not in ENDPOINTS:
        message = f"{quoted(written)} is no endpoint{did_you_mean(written, ENDPOINTS)}"
        reading.complain((SETTINGS, "endpoint"), message)
        return "historical"
    return written


def _metrics(reading: Reading, endpoint: str) -> Part[tuple[str, ...]]:
    places: list[tuple[Place, str]] = [
        ((TYPES, name), name) for name in reading.keys_at(TYPES) if reading.is_on(TYPES, name)
    ]
    if endpoint != "totals":
        return metrics_of(places, endpoint, reading)
    found = metrics_of([(place, name) for place, name in places if name in _TOTALS_METRICS], endpoint, reading)
    left_out = [name for _, name in places if name not in _TOTALS_METRICS]
    if not left_out:
        return found
    why = f"the old client never asks totals for {', '.join(map(shown, left_out))}"
    return Part(found.value, (*found.remarks, reading.remark((TYPES,), why)))


def _tweets_from(reading: Reading, asked: Asked, inbox: Inbox) -> Part[tuple[str, ...]]:
    if asked.tweets:
        return Part(asked.tweets)
    folder = inbox_of(reading)
    moved = "the old client moves each file that it has read to processed; here they stay, and count in each run"
    said = [moved]
    if inbox.others:
        named = listed([*inbox.others[:_NAMED], *(["others"] if len(inbox.others) > _NAMED else [])], "and")
        said.append(f"the old client does not read {named}: add them here if the report is to have their tweets")
    elif not inbox.patterns:
        said.append(f"no files are in {folder} yet, seen from this directory")
    remarks = tuple(reading.remark((SETTINGS, "inbox"), text) for text in said)
    return Part(inbox.patterns or (f"{folder}/*.csv",), remarks)


def _date_range(reading: Reading, asked: Asked, endpoint: str, now: datetime) -> Part[str | Hours | None]:
    if not ENDPOINTS[endpoint].takes_range:
        unread = [key for key in ("start", "end") if reading.text(SETTINGS, key)]
        left_out = ((key, f"{key} is left out: {endpoint} has no dates") for key in unread)
        return Part(None, tuple(reading.remark((SETTINGS, key), why) for key, why in left_out))
    # On the command line, one of the two takes both of the file away.
    start, end = asked.dates if any(asked.dates) else (_date(reading, "start"), _date(reading, "end"))
    try:
        found = hours_of(start, end, now)
    except DateError as error:
        if any(asked.dates):
            raise InputError(f"--start and --end: {error}") from error
        reading.complain((SETTINGS, error.key), str(error))
        return Part(None)
    return Part(found.value, found.remarks)


def _date(reading: Reading, key: str) -> OldDate | None:
    text = reading.text(SETTINGS, key)
    return OldDate(key, text, reading.line(SETTINGS, key)) if text else None


def _top(reading: Reading, groupings: Sequence[Grouping]) -> Part[int]:
    text = reading.text(SETTINGS, "max_top_tweets") or "10"
    if not text.isdecimal():
        reading.complain((SETTINGS, "max_top_tweets"), f"{quoted(text)} is no number of tweets; write one such as 10")
        return Part(0)
    if int(text) and by_tweet_name(groupings) is None:
        why = "no top tweets, which need the grouping by_tweet_type: [tweet.id, engagement.type]"
        return Part(0, (reading.remark((SETTINGS, "max_top_tweets"), why),))
    if int(text) > _LONGEST_TABLE:
        why = f"a table shows {_LONGEST_TABLE:,} tweets at the most; the csv file has all of them"
        return Part(_LONGEST_TABLE, (reading.remark((SETTINGS, "max_top_tweets"), why),))
    return Part(int(text))


def _outputs(reading: Reading) -> Part[Outputs]:
    folder = posixpath.normpath(reading.text(SETTINGS, "outbox") or "outbox")
    name = reading.text(SETTINGS, "name")
    if name and reading.is_on(SETTINGS, "name_based_folders"):
        folder = posixpath.join(folder, name)
    formats: tuple[Format, ...] = ("html", "pdf", "csv")
    if reading.is_on(SETTINGS, "save_api_responses"):
        formats += ("json",)
    return Part(Outputs(formats, folder))


def _elsewhere(reading: Reading) -> Iterator[Remark]:
    for key in reading.keys_at(SETTINGS):
        if key not in _READ:
            yield _of_elsewhere(reading, (SETTINGS, key), key)
    for key in reading.keys_at():
        if key not in {SETTINGS, TYPES, GROUPINGS}:
            yield _of_elsewhere(reading, (key,), key)


def _of_elsewhere(reading: Reading, place: Place, key: str) -> Remark:
    return reading.remark(place, f"{shown(key)}: {_ELSEWHERE.get(key, 'nothing here does the same')}")
