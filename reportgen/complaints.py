"""What went wrong with the calls of a report, in sentences for the user. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from reportgen.gaps import NOT_ASKED, Gap, Reason
from reportgen.instants import format_instant
from reportgen.request import Request, Signer
from reportgen.spec.model import Tweet
from reportgen.spec.words import counted, listed
from reportgen.timelines import Timeline, TimelineState

if TYPE_CHECKING:
    from reportgen.api.verdicts import Answer

Answers: TypeAlias = "Mapping[Request, Sequence[Answer]]"
_CAUSES_AT_MOST: Final = 5


def causes(answers: Answers, refused: Collection[Signer]) -> Iterator[str]:
    """Why calls failed, each cause once; a credential that was refused is told elsewhere."""
    failures = (
        answer.failure for request, parts in answers.items() if request.signer not in refused for answer in parts
    )
    counts = Counter(failure for failure in failures if failure).most_common()
    for cause, count in counts[:_CAUSES_AT_MOST]:
        yield f"{counted(count, 'call')} failed: {cause}"
    if more := counts[_CAUSES_AT_MOST:]:
        yield f"{counted(sum(count for _, count in more), 'call')} failed for other reasons; the json format lists all"


def said_of(answers: Answers) -> Iterator[tuple[str | None, Gap]]:
    """What the answers told to whom: the handle that signed the call, and the gap."""
    for request, parts in answers.items():
        for gap in chain.from_iterable(answer.gaps for answer in parts):
            yield request.signer.handle, gap


def refused_tweets(said: Iterable[tuple[str | None, Gap]]) -> Iterator[str]:
    """The tweets that the API refused to the handle that asked: they may stand under the wrong one."""
    tweets: dict[str, dict[str, None]] = {}
    for handle, gap in said:
        if gap.reason is Reason.FORBIDDEN and gap.metric is None and handle:
            tweets.setdefault(handle, {})[gap.tweet_id] = None
    for handle, ids in tweets.items():
        named = _named([*ids])
        question = f"is it {handle}'s" if len(ids) == 1 else f"are they {handle}'s"
        yield f"the API refuses {counted(len(ids), 'tweet')} to the access token of {handle} ({named}); {question}?"


def timeline_troubles(timelines: Collection[Timeline]) -> Iterator[str]:
    """What somebody who looks after a report should know of its timelines: a sentence each."""
    handles = {timeline.handle.lower() for timeline in timelines}
    for timeline in timelines:
        yield from (f"{timeline.handle}: {sentence}" for sentence in _troubles(timeline, handles))


def owner_troubles(tweets: Iterable[Tweet]) -> Iterator[str]:
    """Why tweets are not asked for, or not for all that only their owners may have: a sentence each reason."""
    of: dict[str, list[str]] = {}
    for tweet in tweets:
        if tweet.obstacle and tweet.obstacle.detail != NOT_ASKED:
            of.setdefault(tweet.obstacle.detail, []).append(tweet.id)
    for detail, ids in of.items():
        yield f"{counted(len(ids), 'tweet')} ({_named(ids)}): {detail}"


def _troubles(timeline: Timeline, handles: Collection[str]) -> Iterator[str]:
    if timeline.state is TimelineState.RENAMED and timeline.detail.lower() in handles:
        yield _CALLED_AS_ANOTHER.format(timeline.detail)
    elif timeline.state in _TROUBLES:
        said = f" ({timeline.detail})" if timeline.detail else ""
        yield f"{_TROUBLES[timeline.state]}{said}"
    if timeline.another:
        yield "another account than in earlier runs has this handle; its numbers, of any day, are of that one"
    if timeline.state is TimelineState.READ and timeline.is_silent:
        yield f"no tweet from {format_instant(timeline.span.start)} to {format_instant(timeline.span.end)}"
    if timeline.reach:
        since = format_instant(timeline.reach)
        shown = f"X shows the {timeline.newest:,} newest tweets of an account{timeline.left_out}"
        yield f"{shown}; what it posted before {since} may be missing"
    if timeline.gone:
        are = "is" if len(timeline.gone) == 1 else "are"
        gone = counted(len(timeline.gone), "tweet")
        yield f"{gone} that it posted {are} not there any more ({_named(timeline.gone)})"


_TROUBLES: Final[Mapping[TimelineState, str]] = {
    TimelineState.RENAMED: "the account has another handle now; write it into the report file, and sign in with it",
    TimelineState.PROTECTED: "the account is protected, and these credentials may not read it",
    TimelineState.SUSPENDED: "X has suspended the account",
    TimelineState.NOT_FOUND: "X knows no account of this name, by now renamed or deleted, or misspelt here",
    TimelineState.NOT_AUTHORIZED: "X refuses the credential that asks for the timeline",
    TimelineState.FAILED: "the timeline could not be read to the end",
    TimelineState.NOT_ASKED: "not all of the timeline is in the store, and --offline asks for nothing",
}


_CALLED_AS_ANOTHER: Final = (
    "the account is called {0} now, and {0} is in this report, too; write the handles that the accounts have now "
    "into the report file, and run it once with --refresh"
)


def _named(ids: Sequence[str]) -> str:
    """Some of the tweets, for people to look at."""
    return listed([*ids[:3], *(["others"] if len(ids) > 3 else [])], "and")


def refusal(refused: Mapping[Signer, str]) -> str:
    """Which credentials the API refuses, why, and what to look at."""
    from reportgen.api.auth import credential_variables

    reasons = "; ".join(f"to {signer.handle or 'the bearer token'}: {reason}" for signer, reason in refused.items())
    variables = list(dict.fromkeys(name for signer in refused for name in credential_variables(signer)))
    advice = ": an access token belongs to the app of the consumer key, and to the account that owns the tweets"
    by_handle = any(signer.handle for signer in refused)
    check = f"Run reportgen auth status --check, or check {listed(variables, 'and')}"
    return f"the API says {reasons}. {check}{advice if by_handle else ''}."
