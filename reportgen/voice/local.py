"""Numbers, days and hours as a locale has them, by Babel and Unicode's CLDR."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal
from unicodedata import bidirectional

from babel import Locale, dates, localedata, numbers

from reportgen.voice import digits

_LEFTWARDS: Final = "\u2067"
_END: Final = "\u2069"
_PLAIN: Final = str.maketrans({"\u202f": "\u00a0", "\u2009": " ", _LEFTWARDS: None, _END: None})
"""Narrow spaces are ordinary ones: the fonts of the page do not have them, and another font's would stand out."""
_LITERAL: Final = re.compile(r"'[^']*'")
_MONTH_IN_SHORT: Final = re.compile(r"(?<![ML])(M{3}|L{3})(?![ML])")


class _OwnLocale(Locale):
    """A locale that shares no data: what Babel looks up in one locale changes the words of others
    (https://github.com/python-babel/babel/issues/1234), and a report's words are not to depend on the report before.
    """

    @cached_property
    def _data(self) -> localedata.LocaleDataDict:
        data: Any = deepcopy(localedata.load(str(self)))
        return localedata.LocaleDataDict(data)


def own_locale(locale: Locale) -> Locale:
    """The same locale, with its data for itself."""
    return _OwnLocale(locale.language, locale.territory, locale.script, locale.variant, locale.modifier)


@dataclass(frozen=True, slots=True)
class Local:
    """A Voice of that locale. Digits are 0 to 9 everywhere, and days are of the Gregorian calendar."""

    locale: Locale

    @property
    def first_weekday(self) -> int:
        return int(self.locale.first_week_day)

    def whole(self, number: int) -> str:
        return self._set(numbers.format_decimal(number, locale=self.locale))

    def decimal(self, number: float) -> str:
        return self._decimal(digits.to_read(number))

    def percent(self, rate: float) -> str:
        return self._percent(digits.to_read(rate * 100))

    def exact(self, number: float) -> str:
        return self._decimal(digits.as_set(number))

    def exact_percent(self, rate: float) -> str:
        return self._percent(digits.percent_as_set(rate))

    def change(self, share: float) -> str:
        return self._percent(digits.of_change(share))

    def short(self, number: float) -> str:
        few = digits.for_axis(number)
        text = numbers.format_compact_decimal(few, locale=self.locale, fraction_digits=3)
        if abs(few) < 1000 or text.isdigit():
            text = numbers.format_decimal(few, _with_decimals("#,##0", digits.places(few)), self.locale)
        return self._set(text)

    def short_percent(self, rate: float) -> str:
        return self._percent(digits.for_axis(rate * 100))

    def month(self, day: date) -> str:
        return self._by("MMM", day)

    def year(self, day: date) -> str:
        return self._by("y", day)

    def day_of_month(self, day: date) -> str:
        return self._by("d", day)

    def weekday(self, day: date) -> str:
        return self._by("E", day)

    def weekday_and_day(self, day: date) -> str:
        return self._by("Ed", day)

    def day_and_month(self, day: date) -> str:
        return self._by("MMMd", day)

    def day_in_full(self, day: date) -> str:
        return self._by("MMMMd", day)

    def month_and_year(self, day: date) -> str:
        return self._by("yMMMM", day)

    def short_day(self, day: date, near: date) -> str:
        return self._by("MMMEd" if day.year == near.year else "yMMMEd", day)

    def short_moment(self, moment: datetime, near: date) -> str:
        return self._joined("medium", self.short_day(moment, near), self.clock(moment))

    def long_day(self, day: date) -> str:
        return self._set(dates.format_date(day, "long", self.locale))

    def long_moment(self, moment: datetime) -> str:
        return self._joined("long", self.long_day(moment), self.clock(moment))

    def span(self, first: date, last: date) -> str:
        if (first.year, first.month, first.day) == (last.year, last.month, last.day):
            return self.long_day(last)
        return self._between(first, last, "yMMMMd")

    def short_span(self, first: date, last: date, near: date) -> str:
        return self._between(first, last, "MMMd" if last.year == near.year else "yMMMd")

    def clock(self, moment: datetime) -> str:
        return self._set(dates.format_time(moment.time(), "short", locale=self.locale))

    def hour(self, hour: int) -> str:
        moment = datetime.combine(date.min, time(hour))
        twelve_hours = "h" in _LITERAL.sub("", self.locale.time_formats["short"].pattern)
        return self._by("h", moment) if twelve_hours else self.clock(moment)

    def month_in_full(self, day: date) -> str:
        return self._set(self.locale.months["stand-alone"]["wide"][day.month])

    def weekday_in_full(self, weekday: int) -> str:
        return self._set(self.locale.days["stand-alone"]["wide"][weekday])

    def _decimal(self, number: Decimal) -> str:
        pattern = _with_decimals(self.locale.decimal_formats[None].pattern, digits.places(number))
        return self._set(numbers.format_decimal(number, pattern, self.locale))

    def _percent(self, number: Decimal) -> str:
        pattern = _with_decimals(self.locale.percent_formats[None].pattern, digits.places(number))
        return self._set(numbers.format_percent(number / 100, pattern, self.locale))

    def _by(self, skeleton: str, day: date) -> str:
        return self._set(dates.format_skeleton(skeleton, day, locale=self.locale))

    def _between(self, first: date, last: date, skeleton: str) -> str:
        """Both days, each thing that they share once. Few locales have a pattern for months in full; CLDR has them
        made from those in short.
        """
        known = self.locale.interval_formats
        formats = known.get(skeleton) or known[skeleton.replace("MMMM", "MMM")]
        differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        patterns = formats.get(differs) or formats["M"]
        if "MMMM" in skeleton:
            patterns = [_MONTH_IN_SHORT.sub(lambda month: month[0] + month[0][0], pattern) for pattern in patterns]
        ends = zip((first, last), patterns, strict=True)
        return self._set("".join(dates.format_date(day, pattern, self.locale) for day, pattern in ends))

    def _joined(self, length: Literal["medium", "long"], day: str, clock: str) -> str:
        """A day and a time in the locale's order."""
        pattern = str(dates.get_datetime_format(length, self.locale)).replace("'", "")
        return self._set(pattern.replace("{1}", day).replace("{0}", clock))

    def _set(self, text: str) -> str:
        """The text as a page takes it: words written to the left keep their order within the English around them."""
        plain = text.translate(_PLAIN)
        to_the_left = any(bidirectional(letter) in ("R", "AL") for letter in plain if letter.isalpha())
        return f"{_LEFTWARDS}{plain}{_END}" if to_the_left else plain


def _with_decimals(pattern: str, decimals: int) -> str:
    """The pattern with so many decimals: `#,##0.###` and `#,##0 %` both end their whole part in a 0."""
    return re.sub(r"0(\.[0#]+)?", f"0.{'0' * decimals}" if decimals else "0", pattern, count=1)
