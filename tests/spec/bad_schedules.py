"""Report files with a schedule that is none: the text, and its lines as `LINE:COLUMN: message`."""

from __future__ import annotations

from tests.spec.documents import BASE, LAST_28_HOURS, TOTALS

_FIVE = "7:18: schedule.cron: five fields are wanted: minute, hour, day of the month, month and weekday"
_WEEKDAY = "weekday is 0 to 7, or SUN to SAT; MON#1 is the first Monday of a month, and 1L the last"
_DAY = "day of the month is 1 to 31; L is the last one, and LW the last from Monday to Friday"


def _cron(cron: str) -> str:
    return f"{BASE}schedule:\n  cron: {cron}\n"


BAD_SCHEDULE_FORM: dict[str, tuple[str, ...]] = {
    "cron_of_a_word": (BASE + "schedule: {cron: Daily}\n", f"{_FIVE}; for 'Daily' write 0 8 * * *"),
    "cron_of_a_word_with_a_sign": (
        BASE + "schedule: {cron: '@weekly'}\n",
        f"{_FIVE.replace('18', '19')}; for '@weekly' write 0 8 * * MON",
    ),
    "cron_of_nothing_like_it": (BASE + "schedule: {cron: 8 Monday}\n", f"{_FIVE}; this is '8 Monday'"),
    "cron_with_seconds": (
        BASE + "schedule: {cron: 0 0 8 * * MON}\n",
        f"{_FIVE}; these are six; a report is due at a whole minute, so leave the seconds out: 0 8 * * MON",
    ),
    "cron_with_a_year": (
        BASE + "schedule: {cron: 0 8 * * MON *}\n",
        f"{_FIVE}; these are six; there is none for the year, so leave the last one out: 0 8 * * MON",
    ),
    "cron_of_six_fields_and_none_too_many": (
        BASE + "schedule: {cron: 0 8 * * * MONDAY}\n",
        f"{_FIVE}; this is '0 8 * * * MONDAY'",
    ),
    "cron_without_end": (
        BASE + f"schedule: {{cron: 0 8 * * {'1' * 5000}}}\n",
        "7:18: schedule.cron: the text is longer than 200 characters",
    ),
    "catch_up_of_everything": (
        BASE + "schedule: {cron: 0 8 * * MON, catch_up: everything}\n",
        "7:41: schedule.catch_up: 'everything' is not a way to catch up; known are latest, all and none",
    ),
    "all_that_was_missed_of_totals": (
        TOTALS + "schedule: {cron: 0 8 * * MON, catch_up: all}\n",
        (
            "7:31: schedule.catch_up: totals say how things stand when they are asked for, not how they stood when a "
            "report was missed; write latest, or use historical"
        ),
    ),
    "all_that_was_missed_of_28hr": (
        LAST_28_HOURS + "schedule: {cron: 0 8 * * MON, catch_up: all}\n",
        (
            "7:31: schedule.catch_up: 28hr answers for the 28 hours before it is asked, not for those before a report "
            "that was missed; write latest, or use historical"
        ),
    ),
}

BAD_SCHEDULES: dict[str, tuple[str, ...]] = {
    "minute_that_is_none": (_cron("75 8 * * MON"), "8:9: schedule.cron: minute is 0 to 59; this is '75'"),
    "hour_in_quotes": (_cron("'0 24 * * *'"), "8:12: schedule.cron: hour is 0 to 23; this is '24'"),
    "several_wrong_fields": (
        _cron("0 8 32 1,13,0 LOL"),
        f"8:13: schedule.cron: {_DAY}; this is '32'",
        "8:18: schedule.cron: month is 1 to 12, or JAN to DEC; this is '13'",
        "8:21: schedule.cron: month is 1 to 12, or JAN to DEC; this is '0'",
        f"8:23: schedule.cron: {_WEEKDAY}; this is 'LOL'",
    ),
    "weekday_in_full": (_cron("0 8 * * Monday"), "8:17: schedule.cron: weekday is MON for short; this is 'Monday'"),
    "sixth_monday": (_cron("0 8 * * MON#6"), f"8:17: schedule.cron: {_WEEKDAY}; this is 'MON#6'"),
    "comma_at_the_end": (_cron("0 8 * * MON,"), f"8:21: schedule.cron: {_WEEKDAY}; this is ''"),
    "range_over_the_week": (
        _cron("0 8 * * fri-mon"),
        "8:17: schedule.cron: no range goes beyond the end of the week; write FRI-SAT,SUN-MON; this is 'fri-mon'",
    ),
    "weekend": (
        _cron("0 8 * * SAT-SUN"),
        "8:17: schedule.cron: no range goes beyond the end of the week; write SAT,SUN; this is 'SAT-SUN'",
    ),
    "range_over_the_week_in_numbers": (
        _cron("0 8 * * 5-1"),
        "8:17: schedule.cron: no range goes beyond the end of the week; write 5-6,0-1; this is '5-1'",
    ),
    "range_over_the_hour": (
        _cron("50-10 8 * * *"),
        "8:9: schedule.cron: no range goes beyond the end of the hour; write 50-59,0-10; this is '50-10'",
    ),
    "steps_of_nothing": (
        _cron("'*/0 8 * * *'"),
        "8:10: schedule.cron: after / comes the step, 1 or more, such as */2; this is '*/0'",
    ),
    "any_day_as_others_write_it": (
        _cron("0 8 ? * MON"),
        "8:13: schedule.cron: day of the month is * where any will do; this is '?'",
    ),
    "thirtieth_of_february": (
        _cron("0 8 30 2 *"),
        "8:13: schedule.cron: such a day never comes, so the report would never be made",
    ),
    "fifth_monday_by_the_25th": (
        _cron("0 8 */8 * MON#5"),
        "8:13: schedule.cron: such a day never comes, so the report would never be made",
    ),
    "zone_of_a_schedule": (
        BASE + "schedule: {cron: 0 8 * * MON, timezone: berlin}\n",
        "7:41: schedule.timezone: 'berlin' is not an IANA time zone; did you mean 'Europe/Berlin'?",
    ),
}
