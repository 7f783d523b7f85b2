"""What went wrong with the calls of a report, in sentences for the user. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, TypeAlias

from reportgen.gaps import Gap, Reason
from reportgen.request import Request, Signer
from reportgen.spec.words import counted, listed

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
        named = listed([*islice(ids, 3), *(["others"] if len(ids) > 3 else [])], "and")
        question = f"is it {handle}'s" if len(ids) == 1 else f"are they {handle}'s"
        yield f"the API refuses {counted(len(ids), 'tweet')} to the access token of {handle} ({named}); {question}?"


def refusal(refused: Mapping[Signer, str]) -> str:
    """Which credentials the API refuses, why, and what to look at."""
    from reportgen.api.auth import credential_variables

    reasons = "; ".join(f"to {signer.handle or 'the bearer token'}: {reason}" for signer, reason in refused.items())
    variables = list(dict.fromkeys(name for signer in refused for name in credential_variables(signer)))
    advice = ": an access token belongs to the app of the consumer key, and to the account that owns the tweets"
    by_handle = any(signer.handle for signer in refused)
    check = f"Run reportgen auth status --check, or check {listed(variables, 'and')}"
    return f"the API says {reasons}. {check}{advice if by_handle else ''}."
