"""What is wrong with a report file beyond its form: as a whole, and with its handles and tweets. All rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from zoneinfo import ZoneInfo

from reportgen.project import HERE
from reportgen.snowflake import LARGEST_ID
from reportgen.spec.brand_rules import brand_findings
from reportgen.spec.draft import Draft
from reportgen.spec.email_rules import email_findings, email_texts
from reportgen.spec.label_rules import LABEL_RULES
from reportgen.spec.measure_rules import MEASURE_RULES
from reportgen.spec.model import DateRange
from reportgen.spec.period import PeriodError, check_order, read_moment
from reportgen.spec.problems import Finding, Place, in_words
from reportgen.spec.schedule_rules import schedule_findings
from reportgen.spec.section_rules import SECTION_RULES
from reportgen.spec.template_rules import template_findings
from reportgen.spec.timezone_rules import find_timezone, report_timezone_findings
from reportgen.spec.tweet_files.paths import tweet_file_findings
from reportgen.spec.words import closest, quoted
from reportgen.voice.locales import check_locale

_SOURCES: Final = ("tweet_ids", "tweets_from", "posted", "handles")


def rule_findings(draft: Draft) -> Iterator[Finding]:
    """Everything that the rules refuse."""
    for rule in RULES:
        yield from rule(draft)


def _locale(draft: Draft) -> Iterator[Finding]:
    if name := draft.get("locale"):
        try:
            check_locale(name)
        except ValueError as error:
            yield Finding(("locale",), str(error))


def _dates(draft: Draft) -> Iterator[Finding]:
    yield from _range(draft, "date_range")
    yield from _range(draft, "posted")


def _range(draft: Draft, key: str) -> Iterator[Finding]:
    moments = {}
    for place, text in draft.children(key):
        try:
            moments[place[-1]] = read_moment(text)
        except ValueError:
            yield Finding(place, f"{quoted(text)} is not in the calendar")
    if len(moments) == 2:
        timezone = find_timezone(draft.get("timezone") or "UTC") or ZoneInfo("UTC")
        try:
            check_order(DateRange(moments["start"], moments["end"]), timezone)
        except PeriodError as error:
            yield Finding((key, "end"), str(error))


def _template(draft: Draft) -> Iterator[Finding]:
    yield from template_findings(draft, HERE)


def _brand(draft: Draft) -> Iterator[Finding]:
    yield from brand_findings(draft, HERE)


def _handles(draft: Draft) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for place, name in handle_names(draft):
        key = name.lower().removeprefix("@")
        if key in first:
            yield Finding(place, f"{quoted(name)} is there twice; the first is {first[key]}")
        first.setdefault(key, in_words(place))


def handle_names(draft: Draft) -> Iterator[tuple[Place, str]]:
    """The handles as they are written, each with its place."""
    for index in range(draft.count("handles")):
        for place in (("handles", index), ("handles", index, "handle")):
            if isinstance(name := draft.get(*place), str):
                yield place, name


def _tweet_ids(draft: Draft) -> Iterator[Finding]:
    of_handles = (("handles", index, "tweet_ids") for index in range(draft.count("handles")))
    first: dict[str, Place] = {}
    for where in (*of_handles, ("tweet_ids",)):
        for entry, given in draft.children(*where):
            place, tweet_id = (entry, given) if isinstance(given, str) else ((*entry, "id"), given["id"])
            if int(tweet_id) > LARGEST_ID:
                yield Finding(place, f"{quoted(tweet_id)} is larger than any tweet id; the largest is {LARGEST_ID}")
            elif tweet_id in first:
                yield Finding(place, f"{quoted(tweet_id)} stands in {in_words(first[tweet_id])} already")
            first.setdefault(tweet_id, place)


def _sources(draft: Draft) -> Iterator[Finding]:
    if any(draft.has(key) for key in ("tweet_ids", "tweets_from", "posted")) or _means_a_source(draft):
        return
    if not draft.has("handles"):
        yield Finding(
            ("tweet_ids",),
            "this report has no tweets; list their ids here, or name handles and add posted: last_28_days",
        )
    for place, _ in handle_names(draft):
        index = place[1]
        if not draft.has("handles", index, "tweet_ids") and draft.is_sound("handles", index):
            message = "this handle has no tweets; find them by posted: last_28_days, or list its tweet_ids"
            yield Finding(("handles", index), message)


def _exclude(draft: Draft) -> Iterator[Finding]:
    if draft.has("exclude") and not draft.has("posted"):
        message = "exclude works together with posted only; add posted: last_28_days, or leave exclude out"
        yield Finding(("exclude",), message, at_key=True)


def _means_a_source(draft: Draft) -> bool:
    return any(closest(key, _SOURCES) for key in draft.keys_of() if not draft.is_sound(key))


RULES: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (
    report_timezone_findings,
    _locale,
    _dates,
    _handles,
    _tweet_ids,
    _sources,
    _exclude,
    tweet_file_findings,
    _template,
    _brand,
    email_findings,
    schedule_findings,
    *LABEL_RULES,
    *MEASURE_RULES,
    *SECTION_RULES,
    email_texts,
)
