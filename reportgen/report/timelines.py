"""Which tweets a report is about, and which may be missing, by what was found on the timelines: sentences for the
readers of the page. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from reportgen.report.model import GapNote
from reportgen.spec.model import ReportSpec
from reportgen.spec.posted import posted_period
from reportgen.spec.words import listed
from reportgen.timelines import Timeline, TimelineState
from reportgen.voice.voice import Voice

_NAMED_AT_MOST: Final = 5
_MISSING: Final[Mapping[TimelineState, str]] = {
    TimelineState.PROTECTED: "{names} {are} protected: X does not show what {they} posted.",
    TimelineState.SUSPENDED: "X has suspended {names}, and does not show what {they} posted.",
    TimelineState.NOT_FOUND: "X does not know {names}, by now renamed or deleted: what {they} posted is missing.",
    TimelineState.NOT_AUTHORIZED: "X refused to show what {names} posted; the permission may have been withdrawn.",
    TimelineState.FAILED: "What {names} posted could not be read to the end: tweets may be missing.",
    TimelineState.NOT_ASKED: "X was not asked what {names} posted: tweets may be missing.",
}
"""What became of these timelines, where tweets are missing for it."""
_IS_ANOTHER: Final = "belongs to another account than in earlier reports: its numbers, of any day, are of that one."


def timeline_notes(timelines: Sequence[Timeline], spec: ReportSpec, voice: Voice) -> Iterator[GapNote]:
    """A note for each reason for which tweets may be missing."""
    for state, sentence in _MISSING.items():
        if alike := [timeline for timeline in timelines if timeline.state is state]:
            known = sum(timeline.tweets for timeline in alike)
            yield GapNote(f"{_about(sentence, alike)}{_known_before(known, voice)}", ())
    for timeline in timelines:
        if timeline.reach:
            yield GapNote(_beyond_reach(timeline, timeline.reach.astimezone(spec.timezone), voice), ())


def timeline_remarks(timelines: Sequence[Timeline], spec: ReportSpec, as_of: datetime, voice: Voice) -> Iterator[str]:
    """Whose tweets they are, of which time, and who posted none or has another handle. None without timelines."""
    period = posted_period(spec, as_of)
    if period is None:
        return
    shown = [one.handle for one in timelines if one.tweets or one.state not in _MISSING]
    names = listed(shown, "and") if len(shown) <= _NAMED_AT_MOST else "these handles"
    excluded = f", {listed(spec.exclude, 'and')} left out" if spec.exclude else ""
    others = len(spec.tweets) - sum(timeline.tweets for timeline in timelines)
    more = f", and {voice.whole(others)} more" if others else ""
    if shown:
        yield f"The tweets are those that {names} posted, {period.label_in(voice)}{excluded}{more}."
    if silent := [one for one in timelines if one.state not in _MISSING and one.is_silent]:
        yield _about("{names} posted none then.", silent)
    for timeline in timelines:
        if timeline.state is TimelineState.RENAMED:
            yield f"{timeline.handle} is called {timeline.detail} now."
        if timeline.same_as:
            yield f"{timeline.same_as} and {timeline.handle} are one account."
        if timeline.another:
            yield f"{timeline.handle} {_IS_ANOTHER}"


def _about(sentence: str, timelines: Sequence[Timeline]) -> str:
    names = listed([timeline.handle for timeline in timelines], "and")
    if len(timelines) == 1:
        return sentence.format(names=names, are="is", they="it")
    return sentence.format(names=names, are="are", they="they")


def _known_before(tweets: int, voice: Voice) -> str:
    if not tweets:
        return ""
    were, are = ("was", "is") if tweets == 1 else ("were", "are")
    return f" {voice.whole(tweets)} that {were} found before {are} here."


def _beyond_reach(timeline: Timeline, reach: datetime, voice: Voice) -> str:
    newest, moment = voice.whole(timeline.newest), voice.long_moment(reach)
    shown = f"X shows the {newest} newest tweets of an account{timeline.left_out}"
    return f"{shown}: what {timeline.handle} posted before {moment} may be missing."
