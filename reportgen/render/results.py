"""A report as data: `results.json`, as the contract has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from reportgen.formula import is_whole
from reportgen.instants import format_instant, instant_or_null
from reportgen.report.model import Comparison, GroupingResult, Report
from reportgen.spec.period import Period
from reportgen.timelines import Timeline

SCHEMA: Final = "reportgen/results/1"


def render_json(report: Report) -> str:
    """The results, one row a line."""
    head = {
        "schema": SCHEMA,
        "report": report.name,
        "as_of": format_instant(report.as_of),
        "complete": report.complete,
        "period": report.period and _period(report.period),
    }
    comparison, rest = _comparison(report.comparison), _timelines(report.timelines)
    return f'{_dump(head)[:-1]}, "comparison": {comparison},\n{_results(report)}{rest}}}\n'


def _timelines(timelines: Sequence[Timeline]) -> str:
    return f',\n"timelines": {_lines(map(_timeline, timelines))}' if timelines else ""


def _timeline(timeline: Timeline) -> dict[str, object]:
    return {
        "handle": timeline.handle,
        "state": timeline.state,
        "start": format_instant(timeline.span.start),
        "end": format_instant(timeline.span.end),
        "tweets": timeline.tweets,
        "reach": instant_or_null(timeline.reach),
        "gone": list(timeline.gone),
        "detail": timeline.detail,
        "another_account": timeline.another,
    }


def _comparison(comparison: Comparison | None) -> str:
    return f"{_dump(_period(comparison.period))[:-1]},\n{_results(comparison)}}}" if comparison else "null"


def _results(of: Report | Comparison) -> str:
    groupings = ",\n".join(
        f'{_dump(grouping.name)}: {{"group_by": {_dump(grouping.group_by)}, "rows": {_lines(json_rows(grouping))}}}'
        for grouping in of.groupings
    )
    return f'"groupings": {{\n{groupings}\n}},\n"gaps": {_lines(gap.as_json() for gap in of.gaps)}'


def json_rows(grouping: GroupingResult) -> Iterator[dict[str, object]]:
    """The rows as the contract writes them: a count is a whole number, `missing` is there where it is not 0."""
    whole = {measure.name for measure in grouping.measures if is_whole(measure.expression)}
    for row in grouping.rows.iter_rows(named=True):
        keys = {key: row[key] for key in grouping.group_by}
        value = row["value"]
        if value is not None and row["engagement.type"] in whole:
            value = round(value)
        yield keys | {"value": value} | ({"missing": row["missing"]} if row["missing"] else {})


def _period(period: Period) -> dict[str, str]:
    return {
        "start": format_instant(period.start),
        "end": format_instant(period.end),
        "timezone": period.timezone.key,
        "label": period.label,
    }


def _lines(items: Iterable[Mapping[str, object]]) -> str:
    lines = ",\n".join(map(_dump, items))
    return f"[\n{lines}\n]" if lines else "[]"


def _dump(item: object) -> str:
    return json.dumps(item, ensure_ascii=False)
