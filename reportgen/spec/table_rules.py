"""What is wrong with the columns of tables, their order and what their cells bear, beyond their form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reportgen.spec.draft import Draft
from reportgen.spec.problems import Finding
from reportgen.spec.section_places import groupings_by_name, metrics_of, sections_of
from reportgen.spec.words import did_you_mean, quoted

OF_TWEETS: Final = ("text", "handle")
"""What a table of tweets can show of them beside their numbers; and their labels."""


def _columns(draft: Draft) -> Iterator[Finding]:
    known = groupings_by_name(draft)
    for section in sections_of(draft, "table"):
        group_by = known.get(draft.get(*section, "grouping") or "")
        if group_by is None:
            continue
        choices = [key for key in group_by if key != "engagement.type"]
        of_tweets = "tweet.id" in choices
        choices += [name for name in OF_TWEETS if of_tweets and name not in choices]
        for place, name in draft.children(*section, "columns"):
            if name not in choices and not (of_tweets and name.startswith("label.")):
                yield Finding(place, f"{quoted(name)} cannot be a column of this table{_reason(name, choices)}")


def _reason(name: str, choices: Sequence[str]) -> str:
    if name in OF_TWEETS or name.startswith("label."):
        return "; only a table by tweet.id has texts, handles and labels of tweets"
    return did_you_mean(name, choices)


def _sort_orders(draft: Draft) -> Iterator[Finding]:
    known = groupings_by_name(draft)
    for section in sections_of(draft, "table"):
        sort = draft.get(*section, "sort")
        group_by = known.get(draft.get(*section, "grouping") or "")
        metrics = metrics_of(draft, section)
        if sort is None or group_by is None or metrics is None:
            continue
        columns = (*(key for key in group_by if key != "engagement.type"), *metrics)
        name = sort.removeprefix("-")
        if name not in columns:
            place = (*section, "sort")
            yield Finding(place, f"{quoted(name)} is not a column of this table{did_you_mean(name, columns)}")


def _marked_cells(draft: Draft) -> Iterator[Finding]:
    for section in sections_of(draft, "table"):
        metrics = metrics_of(draft, section)
        for key in ("bars", "shades", "change"):
            for place, name in draft.children(*section, key):
                if metrics is not None and name not in metrics:
                    hint = did_you_mean(name, metrics)
                    yield Finding(place, f"{quoted(name)} is not a metric of this table{hint}")
        bars = draft.get(*section, "bars") or ()
        for place, name in draft.children(*section, "shades"):
            if name in bars:
                yield Finding(place, f"{quoted(name)} has bars already; choose one of the two")


def _changes(draft: Draft) -> Iterator[Finding]:
    if draft.has("compare_to"):
        return
    for section in sections_of(draft, "table"):
        if draft.get(*section, "change"):
            message = "there is nothing to compare with; add compare_to to the report, such as previous_period"
            yield Finding((*section, "change"), message)


TABLE_RULES: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (_columns, _sort_orders, _marked_cells, _changes)
