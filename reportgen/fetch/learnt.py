"""What the API has let a run know of what it takes and what it refuses, so that no call runs into it twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from reportgen.api.outcomes import call_failed, credential_refused, metric_refused
from reportgen.api.verdicts import Answer
from reportgen.catalog import Endpoint
from reportgen.facts import no_facts
from reportgen.fetch.call import Call
from reportgen.gaps import Gap
from reportgen.request import Signer

SUSPECTS_AT_MOST: Final = 25
"""When so many tweets in a row were refused one by one, without a name, it is not for the tweets' sake."""


@dataclass(slots=True)
class _OfEndpoint:
    """What is known of one signer's calls to one endpoint."""

    answers: bool = False
    """Whether it has answered one."""
    metrics: set[str] = field(default_factory=set)
    """The metrics that are refused."""
    tweets: dict[str, Gap] = field(default_factory=dict)
    """The tweets that are refused without a name, and the gap that each leaves."""
    suspects: list[tuple[Call, Gap]] = field(default_factory=list)
    """The calls for one tweet that were refused without a name since the last answer, and the gaps if they stay so."""
    is_hopeless: bool = False
    """Whether refusals without a name are not for the tweets' sake, as far as is known since the last answer."""


@dataclass(slots=True)
class _OfSigner:
    works: bool = False
    """Whether the API has taken the credential."""
    refused: str | None = None
    """The vendor's reason, once it has refused the credential."""
    known: set[str] = field(default_factory=set)
    """The tweets that were in a call that was answered."""
    asked: set[str] = field(default_factory=set)
    """The tweets of calls under way that are not known yet."""
    suspected: set[str] = field(default_factory=set)
    """The tweets of all suspects."""
    tweets: dict[str, Gap] = field(default_factory=dict)
    """The tweets that are refused by name, and the gap that each leaves whatever is asked of it."""
    endpoints: dict[Endpoint, _OfEndpoint] = field(default_factory=dict)


class Learnt:
    """By signer, what is known and what is refused; and the endpoints that are not at their address."""

    def __init__(self) -> None:
        self._signers: dict[Signer, _OfSigner] = {}
        self._addresses: dict[Endpoint, str] = {}

    def holds(self, call: Call) -> bool:
        """Whether the call should wait for another one: what is refused to that one will be left out of this one.

        A credential is in one call at a time until it is known to work, and a tweet until there was an answer for it,
        or it is clear what it was refused for.
        """
        of, ids = self._of(call), call.request.tweet_ids
        if not of.works:
            return bool(of.asked)
        return not (of.asked.isdisjoint(ids) and of.suspected.isdisjoint(ids))

    def left(self, call: Call) -> None:
        """A call is under way."""
        of = self._of(call)
        of.asked.update(tweet_id for tweet_id in call.request.tweet_ids if tweet_id not in of.known)

    def came_back(self, call: Call) -> None:
        """A call has come to an end, whatever it was."""
        self._of(call).asked.difference_update(call.request.tweet_ids)

    def answered(self, call: Call) -> list[tuple[Call, Gap]]:
        """A call brought an answer. Gives the calls whose refusals were for the tweets' own sake, and their gaps."""
        of, there = self._of(call), self._there(call)
        of.works = there.answers = True
        there.is_hopeless = False
        of.known.update(call.request.tweet_ids)
        suspects = self._released(of, there)
        there.tweets |= {gap.tweet_id: gap for _, gap in suspects}
        return suspects

    def refused_credential(self, call: Call, reason: str) -> None:
        """The credential is refused, for the vendor's `reason`."""
        of = self._of(call)
        of.refused = of.refused or reason

    def wrong_address(self, call: Call, detail: str) -> None:
        """There is nothing at the endpoint's address, and never was."""
        if not any(self._answers(of, call.request.endpoint) for of in self._signers.values()):
            self._addresses.setdefault(call.request.endpoint, detail)

    def refused(self, call: Call, tweets: Mapping[str, Gap], metrics: Collection[str]) -> None:
        """These tweets leave these gaps to the signer, and it may not have these metrics of the endpoint."""
        of = self._of(call)
        of.works = True
        of.tweets.update(tweets)
        self._there(call).metrics.update(metrics)

    def suspect(self, call: Call, gap: Gap) -> bool:
        """The only tweet of a call was refused, without a name: `gap` is what it leaves, if it is for its sake.

        False where it can't be, since there was an answer for the tweet before.
        """
        of, there = self._of(call), self._there(call)
        if gap.tweet_id in of.known:
            return False
        there.suspects.append((call, gap))
        of.suspected.add(gap.tweet_id)
        there.is_hopeless = there.is_hopeless or len(there.suspects) >= SUSPECTS_AT_MOST
        return True

    def is_hopeless(self, call: Call) -> bool:
        """Whether refusals without a name are not for the tweets' sake."""
        return self._there(call).is_hopeless

    def last_suspects(
        self, was_answered: Callable[[Signer, Endpoint], bool]
    ) -> tuple[list[tuple[Call, Gap]], list[tuple[Call, Gap]]]:
        """The suspects that no answer came after: those refused for their own sake, and those for another reason.

        Where nothing was answered, to this run or, as `was_answered` tells, to another one of its time, or where too
        many were refused in a row, it is another reason.
        """
        blamed: list[tuple[Call, Gap]] = []
        cleared: list[tuple[Call, Gap]] = []
        for signer, of in self._signers.items():
            for endpoint, there in of.endpoints.items():
                suspects = self._released(of, there)
                if suspects and not there.is_hopeless and (there.answers or was_answered(signer, endpoint)):
                    there.tweets |= {gap.tweet_id: gap for _, gap in suspects}
                    blamed += suspects
                else:
                    cleared += suspects
        return blamed, cleared

    @staticmethod
    def _released(of: _OfSigner, there: _OfEndpoint) -> list[tuple[Call, Gap]]:
        suspects, there.suspects = there.suspects, []
        of.suspected.difference_update(gap.tweet_id for _, gap in suspects)
        return suspects

    def sift(self, call: Call) -> tuple[Call | None, Answer | None]:
        """What is left to ask of a call, and an answer for what is not."""
        request, of = call.request, self._of(call)
        if of.refused:
            return None, credential_refused(request, of.refused)
        if detail := self._addresses.get(request.endpoint):
            return None, call_failed(request, detail)
        there = self._there(call)
        refused = {id_: gap for id_ in request.tweet_ids if (gap := of.tweets.get(id_) or there.tweets.get(id_))}
        metrics = there.metrics.intersection(request.metrics)
        if not refused and not metrics:
            return call, None
        gaps = [*refused.values()]
        rest = [tweet_id for tweet_id in request.tweet_ids if tweet_id not in refused]
        gaps += [metric_refused(tweet_id, name) for tweet_id in rest for name in sorted(metrics)]
        return call.only(rest, set(request.metrics) - metrics), Answer(no_facts(), tuple(gaps))

    @property
    def refused_credentials(self) -> dict[Signer, str]:
        """The signers whose credential never worked and was refused, and the vendor's reason."""
        return {signer: of.refused for signer, of in self._signers.items() if of.refused and not of.works}

    def _there(self, call: Call) -> _OfEndpoint:
        return self._of(call).endpoints.setdefault(call.request.endpoint, _OfEndpoint())

    @staticmethod
    def _answers(of: _OfSigner, endpoint: Endpoint) -> bool:
        return endpoint in of.endpoints and of.endpoints[endpoint].answers

    def _of(self, call: Call) -> _OfSigner:
        return self._signers.setdefault(call.request.signer, _OfSigner())
