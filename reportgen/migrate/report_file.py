"""Writes a report file as a person would: keys in the manual's order, and above each what to know of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import PurePosixPath
from textwrap import wrap
from typing import Final, TypeGuard

from reportgen.catalog import METRICS
from reportgen.instants import floor_day, format_instant
from reportgen.migrate.groupings import by_tweet_name
from reportgen.migrate.model import Hours, Migrated, Part, Remark
from reportgen.spec.words import shown

SCHEMA: Final = PurePosixPath("schemas/report.schema.json")
"""Where editors find the schema of report files, from the working directory."""
_WIDTH: Final = 100
_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*")
_RESERVED: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off"})
_HEAD: Final = (
    "Made by reportgen migrate from {source}, a file of {client}. The lines that are named are lines of that file."
)
_SCHEMA: Final = (
    "# Where the schema of the first line is not there, an editor gets it by",
    f"# mkdir -p {SCHEMA.parent} && reportgen schema report > {SCHEMA}",
)
_UTC: Final = Remark("the old client's days are of UTC; another zone has other days")
_LAST_DAY: Final = "the old end is out; here the last day is in"
_PAGES: Final = Remark("html and pdf are new")
_ELSEWHERE: Final = "What of the old file has no place here:"


def report_file(migrated: Migrated, schema: str) -> str:
    """The text of the report file. `schema` is the path of the schema from it, for editors."""
    return "\n".join((f"# yaml-language-server: $schema={schema}", *_lines(migrated))) + "\n"


def _lines(migrated: Migrated) -> Iterator[str]:
    yield from _comment(_HEAD.format(source=shown(migrated.source), client=migrated.client))
    yield from _SCHEMA
    yield "version: 1"
    yield from _key(f"name: {_word(migrated.name.value)}", migrated.name.remarks)
    if migrated.title:
        yield f"title: {_word(migrated.title)}"
    yield from _key("timezone: UTC", (_UTC,))
    yield from _key(f"endpoint: {migrated.endpoint.value}", migrated.endpoint.remarks)
    handle = migrated.handle.value
    yield from _key(f"handles: [{_word(handle)}]" if handle else "", migrated.handle.remarks)
    yield from _key(f"tweets_from: {_list(migrated.tweets_from.value)}", migrated.tweets_from.remarks)
    yield from _key(_date_range(migrated.date_range.value), _last_day_in(migrated.date_range))
    yield from _key(f"metrics: {_list(migrated.metrics.value)}", migrated.metrics.remarks)
    yield from _groupings(migrated)
    yield from _sections(migrated)
    outputs = migrated.outputs.value
    written = f"outputs: {{formats: {_list(outputs.formats)}, directory: {_word(outputs.directory)}}}"
    yield from _key(written, (*migrated.outputs.remarks, _PAGES))
    yield from _key("", (Remark(_ELSEWHERE), *migrated.elsewhere) if migrated.elsewhere else ())


def _key(line: str, remarks: Sequence[Remark]) -> Iterator[str]:
    """A key of the file with what there is to say of it: behind it where that has room, or else above; `line` may be
    empty.
    """
    said = [str(remark) for remark in remarks]
    if line and len(said) == 1 and len(line) + len(said[0]) + len("  # ") <= _WIDTH:
        yield f"{line}  # {said[0]}"
        return
    if said and not line.startswith(" "):
        yield ""
    indentation = " " * (len(line) - len(line.lstrip()))
    for text in said:
        yield from _comment(text, indentation)
    if line:
        yield line


def _comment(text: str, indentation: str = "") -> list[str]:
    lines = wrap(text, _WIDTH - len(f"{indentation}# "), break_long_words=False, break_on_hyphens=False)
    return [f"{indentation}# {line}" for line in lines]


def _last_day_in(date_range: Part[str | Hours | None]) -> tuple[Remark, ...]:
    return (*date_range.remarks, Remark(_LAST_DAY)) if _is_of_days(date_range.value) else date_range.remarks


def _is_of_days(value: str | Hours | None) -> TypeGuard[Hours]:
    return isinstance(value, Hours) and floor_day(value.start) == value.start and floor_day(value.end) == value.end


def _date_range(value: str | Hours | None) -> str:
    """Whole days as days, of which the last one is in; other hours as instants."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"date_range: {value}"
    if _is_of_days(value):
        return f"date_range: {{start: {value.start:%Y-%m-%d}, end: {value.end - timedelta(days=1):%Y-%m-%d}}}"
    return f'date_range: {{start: "{format_instant(value.start)}", end: "{format_instant(value.end)}"}}'


def _groupings(migrated: Migrated) -> Iterator[str]:
    if not migrated.groupings:
        return
    yield ""
    yield "groupings:" if any(grouping.keys for grouping in migrated.groupings) else "# groupings:"
    for grouping in migrated.groupings:
        if grouping.keys:
            yield from _key(f"  {_word(grouping.name)}: {_list(grouping.keys)}", grouping.remarks)
        else:
            yield from (line for remark in grouping.remarks for line in _comment(str(remark), "  "))


def _sections(migrated: Migrated) -> Iterator[str]:
    """Where the old client listed top tweets: its totals, and a table of the top tweets of each metric."""
    metrics = migrated.metrics.value
    by_tweet = by_tweet_name(migrated.groupings)
    if not migrated.top.value or by_tweet is None:
        yield from _key("", migrated.top.remarks)
        return
    yield from _key("sections:", migrated.top.remarks)
    yield f"  - kpis: {{title: Totals, metrics: {_list(metrics)}}}"
    tables = [_top_table(metric, by_tweet, migrated.top.value) for metric in metrics]
    # Two beside each other: of a number a tweet, a table is half empty.
    for left, right in zip(tables[::2], tables[1::2], strict=False):
        yield "  - columns:"
        yield "      sections:"
        yield f"        - table: {{{left}}}"
        yield f"        - table: {{{right}}}"
    if len(tables) % 2:
        yield f"  - table: {{{tables[-1]}, width: half}}"


def _top_table(metric: str, by_tweet: str, limit: int) -> str:
    title = f"Most {METRICS[metric].label.lower()}"
    return f"title: {title}, grouping: {_word(by_tweet)}, metrics: [{metric}], sort: -{metric}, limit: {limit}"


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_word, words))}]"


def _word(text: str) -> str:
    """The text as it is where YAML takes it for nothing else, or in quotes."""
    return text if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED else json.dumps(text)
