"""How Vega writes the numbers and days of its axes: as the report's voice does. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from reportgen.voice.voice import Voice

_LARGE: Final = 10**12
_SUNDAY_FIRST: Final = (6, 0, 1, 2, 3, 4, 5)
_WEEK: Final = tuple(date(2026, 6, day) for day in range(1, 8))
"""From a Monday."""
_YEAR: Final = tuple(date(2026, month, 1) for month in range(1, 13))


def vega_locale(voice: Voice) -> Mapping[str, Mapping[str, Any]]:
    """What vl-convert takes as `format_locale` and `time_format_locale`, the locales of d3."""
    return {"format_locale": _numbers(voice), "time_format_locale": _times(voice)}


def _numbers(voice: Voice) -> Mapping[str, Any]:
    first, *groups = re.findall(r"\d+", voice.whole(_LARGE))
    separators = re.findall(r"\D+", voice.whole(_LARGE))
    return {
        "decimal": re.sub(r"\d", "", voice.exact(1.5)),
        "thousands": separators[0] if separators else "",
        "grouping": [len(group) for group in reversed([first, *groups])],
        "currency": ["$", ""],
    }


def _times(voice: Voice) -> Mapping[str, Any]:
    return {
        "dateTime": "%x, %X",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": [voice.weekday_in_full(weekday) for weekday in _SUNDAY_FIRST],
        "shortDays": [voice.weekday(_WEEK[weekday]) for weekday in _SUNDAY_FIRST],
        "months": [voice.month_in_full(day) for day in _YEAR],
        "shortMonths": [voice.month(day) for day in _YEAR],
    }
