"""What the API has let a run know of what it takes and what it refuses, so that no call runs into it twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from reportgen.api.outcomes import call_failed, credential_refused, metric_refused
from reportgen.api.verdicts import Answer
from reportgen.catalog import Endpoint
from reportgen.facts import no_facts
from reportgen.fetch.call import Call
from reportgen.gaps import Gap
from reportgen.plan import Signer

SUSPECTS_AT_MOST: Final = 8
"""When so many tweets in a row were refused one by one, without a name, it is not for the tweets' sake."""


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
    tweets: dict[str, Gap] = field(default_factory=dict)
    """The tweets that are refused, and the gap that each leaves whatever is asked of it."""
    metrics: dict[Endpoint, set[str]] = field(default_factory=dict)
    """The metrics that are refused."""
    suspects: list[tuple[Call, Gap]] = field(default_factory=list)
    """The calls for one tweet that were refused without a name since the last answer, and the gaps if they stay so."""
    is_hopeless: bool = False
    """Whether refusals without a name are not for the tweets' sake."""


class Learnt:
    """By signer, what is known and what is refused; and the endpoints that are not at their address."""

    def __init__(self) -> None:
        self._signers: dict[Signer, _OfSigner] = {}
        self._addresses: dict[Endpoint, str] = {}
        self._there: set[Endpoint] = set()
        """The endpoints that have answered."""

    def holds(self, call: Call) -> bool:
        """Whether the call should wait for another one: what is refused to that one will be left out of this one.

        A credential is in one call at a time until it is known to work, and a tweet until there was an answer for it.
        """
        of = self._of(call)
        return not of.asked.isdisjoint(call.request.tweet_ids) if of.works else bool(of.asked)

    def left(self, call: Call) -> None:
        """A call is under way."""
        of = self._of(call)
        of.asked.update(tweet_id for tweet_id in call.request.tweet_ids if tweet_id not in of.known)

    def came_back(self, call: Call) -> None:
        """A call has come to an end, whatever it was."""
        self._of(call).asked.difference_update(call.request.tweet_ids)

    def answered(self, call: Call) -> list[tuple[Call, Gap]]:
        """A call brought an answer. Gives the calls whose refusals were for the tweets' own sake, and their gaps."""
        of = self._of(call)
        of.works, of.is_hopeless = True, False
        of.known.update(call.request.tweet_ids)
        self._there.add(call.request.endpoint)
        return self._blamed(of)

    def refused_credential(self, call: Call, reason: str) -> None:
        """The credential is refused, for the vendor's `reason`."""
        of = self._of(call)
        of.refused = of.refused or reason

    def wrong_address(self, call: Call, detail: str) -> None:
        """There is nothing at the endpoint's address, and never was."""
        if call.request.endpoint not in self._there:
            self._addresses.setdefault(call.request.endpoint, detail)

    def refused(self, call: Call, tweets: Mapping[str, Gap], metrics: Collection[str]) -> None:
        """These tweets leave these gaps to the signer, and it may not have these metrics of the endpoint."""
        of = self._of(call)
        of.works = True
        of.tweets.update(tweets)
        of.metrics.setdefault(call.request.endpoint, set()).update(metrics)

    def suspect(self, call: Call, gap: Gap) -> list[Call]:
        """The only tweet of a call was refused, without a name: `gap` is what it leaves, if it is for its sake.

        Gives the calls that were refused in a row, once it is clear that it was not.
        """
        of = self._of(call)
        of.suspects.append((call, gap))
        if len(of.suspects) < SUSPECTS_AT_MOST and not of.is_hopeless:
            return []
        of.is_hopeless = True
        cleared = [suspect for suspect, _ in of.suspects]
        of.suspects = []
        return cleared

    def is_hopeless(self, call: Call) -> bool:
        """Whether refusals without a name are not for the tweets' sake."""
        return self._of(call).is_hopeless

    def suspects(self) -> list[tuple[Call, Gap]]:
        """The calls refused in a row that nothing came after, and the gaps of their tweets."""
        return [suspect for of in self._signers.values() for suspect in self._blamed(of)]

    def _blamed(self, of: _OfSigner) -> list[tuple[Call, Gap]]:
        blamed, of.suspects = of.suspects, []
        of.tweets |= {gap.tweet_id: gap for _, gap in blamed}
        return blamed

    def sift(self, call: Call) -> tuple[Call | None, Answer | None]:
        """What is left to ask of a call, and an answer for what is not."""
        request, of = call.request, self._of(call)
        if of.refused:
            return None, credential_refused(request, of.refused)
        if detail := self._addresses.get(request.endpoint):
            return None, call_failed(request, detail)
        tweets = of.tweets.keys() & set(request.tweet_ids)
        metrics = of.metrics.get(request.endpoint, set()).intersection(request.metrics)
        if not tweets and not metrics:
            return call, None
        gaps = [of.tweets[tweet_id] for tweet_id in request.tweet_ids if tweet_id in tweets]
        rest = [tweet_id for tweet_id in request.tweet_ids if tweet_id not in tweets]
        gaps += [metric_refused(tweet_id, name) for tweet_id in rest for name in sorted(metrics)]
        return call.only(rest, set(request.metrics) - metrics), Answer(no_facts(), tuple(gaps))

    @property
    def refused_credentials(self) -> dict[Signer, str]:
        """The signers whose credential never worked and was refused, and the vendor's reason."""
        return {signer: of.refused for signer, of in self._signers.items() if of.refused and not of.works}

    def _of(self, call: Call) -> _OfSigner:
        return self._signers.setdefault(call.request.signer, _OfSigner())
