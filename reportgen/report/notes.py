"""What is missing and why, and how the numbers are to be read: sentences for the readers of the page. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from reportgen.catalog import AGE_LIMITS, HISTORICAL, METRICS, TOTALS, Endpoint, Formula, Measure
from reportgen.formula import Count, Operation
from reportgen.gaps import NOT_ASKED, POSTED_AFTER, Gap, Reason
from reportgen.instants import floor_hour
from reportgen.report.model import GapLine, GapNote, TweetLabel
from reportgen.spec.model import ReportSpec
from reportgen.spec.period import Period, whole_hours_remark
from reportgen.spec.words import listed
from reportgen.voice.voice import Voice

_DAYS: Final = {limit.reason: limit.age.days for limit in AGE_LIMITS}
_SENTENCES: Final[Mapping[Reason, str]] = {
    Reason.UNAVAILABLE: "X has no numbers for tweets that were deleted, are protected or cannot be found.",
    Reason.FORBIDDEN: "X does not permit access to these numbers.",
    Reason.TOO_OLD_FOR_IMPRESSIONS: (
        "X gives totals of impressions and engagements for tweets of the last {} days only."
    ),
    Reason.TOO_OLD_FOR_VIDEO_VIEWS: "X gives video views for tweets of the last {} days only.",
    Reason.NOT_COUNTED_THEN: "X did not count these yet at the beginning of the period.",
    Reason.NOT_IN_HISTORY: "The period begins earlier than the numbers that X keeps.",
    Reason.CALL_FAILED: "X did not answer, or its answer could not be read.",
    Reason.NOT_AUTHORIZED: "X shows these numbers to the owner of a tweet only.",
}
_UNKNOWN: Final = "X was not asked for these numbers, and they are not known from before."
_LATER: Final = "These tweets were posted after the moment that the report is about."
_ORDER: Final = {reason: place for place, reason in enumerate(Reason)}
_OF_THE_TWEET: Final = frozenset({Reason.UNAVAILABLE, Reason.FORBIDDEN})
"""What can keep a tweet from being asked about at all."""
_HOUR: Final = timedelta(hours=1)
_WHOLE: Final = (None, None, None)
"""The metric, start and end of a gap that is not one metric's or some hours'."""


def gap_notes(
    gaps: Sequence[Gap], tweets: Mapping[str, TweetLabel], counts: Collection[str], voice: Voice
) -> tuple[GapNote, ...]:
    """A note for each reason, in the order of the reasons: which of the `counts` asked for are missing, of which
    tweets. A tweet that is gone has this one note.
    """
    gone = _gone(gaps)
    metrics_of: dict[tuple[Reason, str | None], dict[str, set[str]]] = {}
    for gap in sorted(gaps, key=lambda gap: _ORDER[gap.reason]):
        if gone.get(gap.tweet_id, gap.reason) == gap.reason:
            missing = metrics_of.setdefault((gap.reason, _sentence(gap, voice)), {}).setdefault(gap.tweet_id, set())
            missing.update(counts if gap.metric is None else [gap.metric])
    return tuple(
        GapNote(sentence, _lines(lacking, gone, tweets, counts))
        if sentence
        else _refused(lacking, gone, tweets, counts)
        for (_, sentence), lacking in metrics_of.items()
    )


def _sentence(gap: Gap, voice: Voice) -> str | None:
    """What happened; None where a credential was refused, which `_refused` tells."""
    if gap.reason is Reason.NOT_AUTHORIZED and gap.metric is None:
        return None
    if gap.detail.startswith(POSTED_AFTER):
        return _LATER
    return _UNKNOWN if gap.detail == NOT_ASKED else _SENTENCES[gap.reason].format(voice.whole(_DAYS.get(gap.reason, 0)))


def _gone(gaps: Sequence[Gap]) -> dict[str, Reason]:
    """The tweets of which there is nothing, and the first reason for it."""
    whole = [gap for gap in gaps if gap.reason in _OF_THE_TWEET and (gap.metric, gap.start, gap.end) == _WHOLE]
    return {gap.tweet_id: gap.reason for gap in sorted(whole, key=lambda gap: -_ORDER[gap.reason])}


def _refused(
    lacking: Mapping[str, set[str]], gone: Collection[str], tweets: Mapping[str, TweetLabel], counts: Collection[str]
) -> GapNote:
    """The note of refused credentials: it names the handles, and tweets only where not all of a handle are meant."""
    handles = list(dict.fromkeys(label.handle for label in tweets.values() if label.id in lacking and label.handle))
    whose = f"the numbers of {listed(handles, 'and')}" if handles else "these numbers"
    lines = _lines(lacking, gone, tweets, counts)
    says_all = len(lines) == 1 and handles and lines[0].together and not lines[0].metrics + lines[0].tweets
    return GapNote(f"X refused access to {whose}; the permission may have been withdrawn.", () if says_all else lines)


def _lines(
    lacking: Mapping[str, set[str]], gone: Collection[str], tweets: Mapping[str, TweetLabel], counts: Collection[str]
) -> tuple[GapLine, ...]:
    """Tweets that lack the same metrics are one line; those that lack most are first."""
    alike: dict[tuple[str, ...], list[TweetLabel]] = {}
    for label in tweets.values():
        if label.id in lacking:
            alike.setdefault(tuple(name for name in counts if name in lacking[label.id]), []).append(label)
    return tuple(
        _line(() if len(names) == len(counts) else names, labels, gone, tweets)
        for names, labels in sorted(alike.items(), key=lambda item: -len(item[0]))
    )


def _line(
    names: Sequence[str], labels: Sequence[TweetLabel], gone: Collection[str], tweets: Mapping[str, TweetLabel]
) -> GapLine:
    metrics = tuple(METRICS[name].label for name in names)
    if len(labels) == len(tweets) > 1:
        return GapLine(metrics, "All tweets", ())
    ids = {label.id for label in labels}
    if len(labels) > 1 and tweets.keys() - ids <= set(gone):
        return GapLine(metrics, "All other tweets", ())
    whole, others = [], False
    for handle in dict.fromkeys(label.handle for label in labels if label.handle):
        left = [label.id for label in tweets.values() if label.handle == handle and label.id not in ids]
        if len([label for label in labels if label.handle == handle]) > 1 and set(left) <= set(gone):
            whole.append(handle)
            others = others or bool(left)
    together = f"All {'other ' if others else ''}tweets of {listed(whole, 'and')}" if whole else None
    return GapLine(metrics, together, tuple(label for label in labels if label.handle not in whole))


def shortfall(tweets: int, lacking: Collection[int], answered: Collection[int], voice: Voice) -> str | None:
    """How much is missing. `lacking` are the ids of the tweets that lack a number, `answered` of those that have
    one; None where nothing is lacking.
    """
    some = len(set(lacking).intersection(answered))
    none = len(lacking) - some
    of_all = f"of {voice.whole(tweets)} tweet{'' if tweets == 1 else 's'}"
    if none == tweets > 0:
        return "There are no numbers at all."
    if none:
        and_some = f", and only some for {voice.whole(some)} more" if some else ""
        return f"There are no numbers for {voice.whole(none)} {of_all}{and_some}."
    return f"There are only some of the numbers for {voice.whole(some)} {of_all}." if some else None


def remarks(
    spec: ReportSpec,
    shown: Collection[Measure],
    period: Period | None,
    known_at: datetime | None,
    voice: Voice,
    *,
    hours_missing: bool,
) -> Iterator[str]:
    """How the numbers are to be read. `shown` are the measures on the page; `hours_missing` tells whether
    some hours of a tweet are known and others are not; `known_at` is the instant (UTC) of the oldest numbers that may
    have changed since, None where there are none.
    """
    if known_at:
        moment = voice.long_moment(known_at.astimezone(spec.timezone))
        yield f"Some of these numbers are as they were on {moment}, and may have changed since."
    if hours_missing:
        yield "A sum leaves out each tweet that lacks a part of it, so days may add up to more than their total."
    for measure in shown:
        if isinstance(measure, Formula):
            yield f"{measure.label} is {_made_of(measure)}, over the same tweets and times."
    parts = {part for measure in shown for part in measure.parts}
    if parts & {"impressions", "engagements"}:
        yield "Impressions leave out promoted views; engagements include promoted ones."
    if "video_views" in parts and spec.endpoint is TOTALS:
        yield "Video views count the video wherever it was posted."
    if period:
        yield from _of_period(spec, period, voice)


def _of_period(spec: ReportSpec, period: Period, voice: Voice) -> Iterator[str]:
    """Which time the numbers are of."""
    if spec.endpoint is HISTORICAL and not period.is_over:
        end = voice.long_moment(period.end.astimezone(period.timezone))
        yield f"The period is not over: the numbers end on {end}."
    if spec.endpoint is HISTORICAL and (remark := whole_hours_remark(period)):
        yield remark
    if any("engagement.hour" in grouping for grouping in spec.divided_by):
        yield from _odd_hours(period, spec.endpoint, voice)


def _odd_hours(period: Period, endpoint: Endpoint, voice: Voice) -> Iterator[str]:
    """Which hours of the day are more, or less, than an hour of engagement."""
    if endpoint.window and period.end != floor_hour(period.end):
        hours = endpoint.window // _HOUR
        yield f"The {hours} hours begin and end within an hour: the first and the last hour are counted in part."
    last, middle = ((period.end - length).astimezone(period.timezone) for length in (_HOUR, _HOUR / 2))
    # It is named as `reportgen.report.buckets` does: by its middle, unless that is of the next day.
    if endpoint is HISTORICAL and last.date() == period.last_day < middle.date():
        yield f"The hour of {voice.hour(last.hour)} on {voice.long_day(last)} takes in two UTC hours."


def _made_of(formula: Formula) -> str:
    """The formula within a sentence."""
    match formula.expression:
        case Operation(Count(over), "/", Count(under)):
            return f"{METRICS[over].label.lower()} divided by {METRICS[under].label.lower()}"
    return formula.words[0].lower() + formula.words[1:]
