"""What the API refused in this run, so that no later call runs into it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reportgen.api.answers import call_failed, credential_refused
from reportgen.api.verdicts import Answer
from reportgen.catalog import Endpoint
from reportgen.facts import no_facts
from reportgen.fetch.call import Call
from reportgen.gaps import Gap, Reason
from reportgen.plan import Signer


@dataclass(slots=True)
class Refused:
    """Tweets and metrics by signer, credentials, and endpoints that are not at their address."""

    credentials: dict[Signer, str] = field(default_factory=dict)
    """The vendor's reason."""
    addresses: dict[Endpoint, str] = field(default_factory=dict)
    _tweets: dict[Signer, dict[str, Gap]] = field(default_factory=dict)
    _metrics: dict[tuple[Signer, Endpoint], set[str]] = field(default_factory=dict)

    def add_tweets(self, signer: Signer, tweets: Mapping[str, Gap]) -> None:
        """These tweets leave these gaps to this signer, whatever is asked of them."""
        self._tweets.setdefault(signer, {}).update(tweets)

    def add_metrics(self, signer: Signer, endpoint: Endpoint, metrics: frozenset[str]) -> None:
        """The signer may not have these metrics from this endpoint."""
        self._metrics.setdefault((signer, endpoint), set()).update(metrics)

    def sift(self, call: Call) -> tuple[Call | None, tuple[Answer, ...]]:
        """What is left to ask of a call, and answers for what is not."""
        request = call.request
        if reason := self.credentials.get(request.signer):
            return None, (credential_refused(request, reason),)
        if detail := self.addresses.get(request.endpoint):
            return None, (call_failed(request, detail),)
        tweets = self._tweets.get(request.signer, {}).keys() & set(request.tweet_ids)
        metrics = self._metrics.get((request.signer, request.endpoint), set()).intersection(request.metrics)
        if not tweets and not metrics:
            return call, ()
        left = call.of(set(request.tweet_ids) - tweets, set(request.metrics) - metrics)
        return left, (Answer(no_facts(), tuple(self._gaps(call, tweets, metrics))),)

    def _gaps(self, call: Call, tweets: set[str], metrics: set[str]) -> Iterator[Gap]:
        known = self._tweets.get(call.request.signer, {})
        for tweet_id in call.request.tweet_ids:
            if tweet_id in tweets:
                yield known[tweet_id]
                continue
            for name in sorted(metrics):
                yield Gap(tweet_id, name, Reason.FORBIDDEN, "these credentials may not have this metric")
