"""The fewest calls that answer what several reports need and nobody knows yet. Pure.

A call is bound by two rules: tweets per call, and the length of a window. It carries one grouping, at the finest grain
that any of its reports needs; groupings, local days and rates are computed from these facts, so the API's limits on
groupings never bind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from reportgen.batches import batches
from reportgen.catalog import METRICS, Endpoint
from reportgen.coverage import Known
from reportgen.gaps import Gap, Reason
from reportgen.needs import Needs
from reportgen.request import Grain, Request, Signer
from reportgen.spans import ALWAYS, Span, Spans, joined, within, without

_GRAINS: Final = tuple(Grain)
"""The coarsest first."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The calls to make, and why some of what is needed is not asked for."""

    requests: tuple[Request, ...] = ()
    gaps: tuple[Gap, ...] = ()
    refused: Mapping[tuple[Endpoint, str, str], tuple[Gap, ...]] = field(default_factory=dict)
    """Those that an endpoint, or a lack of credentials, leaves: by the endpoint, the tweet's id, and its owner."""

    def gaps_of(self, needs: Needs) -> list[Gap]:
        """What a report lacks: another one may ask another endpoint, or have the tweet under another handle."""
        refused = (
            self.refused.get((needs.endpoint, tweet_id, _name(owner)), ()) for tweet_id, owner in needs.owners.items()
        )
        return [*needs.gaps, *chain(*refused)]


@dataclass(slots=True)
class _Missing:
    """What is to be asked of one tweet: spans by metric."""

    tweet_id: str
    owner: str | None = None
    owners: frozenset[str] = frozenset()
    """The owner as the reports have it, in small letters; empty where one does not say."""
    grain: Grain = Grain.TOTAL
    by_metric: dict[str, Spans] = field(default_factory=dict)

    @property
    def spans(self) -> Spans:
        """Of any metric."""
        kinds = set(self.by_metric.values())
        return kinds.pop() if len(kinds) == 1 else joined(span for spans in kinds for span in spans)


def plan_calls(needs: Iterable[Needs], known: Known, own_handles: Collection[str], *, bearer: bool) -> Plan:
    """The fewest calls for all that is needed and not known.

    `own_handles` are the handles whose access token is there, and `bearer` tells whether the app's is. On `totals` the
    bearer token asks for what is public, of everybody's tweets together; the owner's token for the rest.
    """
    by_endpoint: dict[Endpoint, list[Needs]] = {}
    for one in needs:
        by_endpoint.setdefault(one.endpoint, []).append(one)
    requests: list[Request] = []
    gaps: list[Gap] = []
    refused: dict[tuple[Endpoint, str, str], tuple[Gap, ...]] = {}
    for endpoint, all_needs in by_endpoint.items():
        gaps.extend(gap for one in all_needs for gap in one.gaps)
        signed: dict[Signer, dict[str, _Missing]] = {}
        public = _public(all_needs)
        for missing in _missing(all_needs, known):
            signer = _signer(missing, endpoint, public, own_handles, bearer=bearer)
            left = (*_refused(missing, endpoint, signer, known), *_owners_only(missing, signer))
            gaps.extend(left)
            refused |= {(endpoint, missing.tweet_id, owner): left for owner in missing.owners if left}
            _leave_out(missing, left)
            if missing.by_metric:
                of = signed.setdefault(signer, {})
                of[missing.tweet_id] = _both(of[missing.tweet_id], missing) if missing.tweet_id in of else missing
        for signer, tweets in signed.items():
            requests.extend(_requests([*tweets.values()], endpoint, signer))
    return Plan(tuple(requests), tuple(dict.fromkeys(gaps)), refused)


def rest_of(request: Request, needs: Iterable[Needs], known: Known) -> Plan:
    """What is still to be asked of a planned call, by what is known now: one smaller call at the most, and new gaps.

    `needs` are those of all reports of the run, within the call.
    """
    tweets: list[_Missing] = []
    gaps: list[Gap] = []
    asked = [one for one in needs if one.tweets and one.counts]
    for missing in _missing(asked, known):
        if not asked_by(request.signer, missing.owner):
            continue
        # Hours that are known need not be asked for again with the rest of their day.
        for name, spans in missing.by_metric.items():
            found = known.coverage.of(request.endpoint, request.grain, missing.tweet_id, name)
            missing.by_metric[name] = without(spans, found)
        refused = [*_refused(missing, request.endpoint, request.signer, known)]
        gaps.extend(refused)
        _leave_out(missing, refused)
        if missing.by_metric:
            tweets.append(missing)
    rest = (_request(ALWAYS, tweets, request.endpoint, request.signer, request.grain),) if tweets else ()
    return Plan(rest, tuple(gaps))


def asked_by(signer: Signer, owner: str | None) -> bool:
    """Whether a call with this signature may be for a tweet that a report has under this handle."""
    return signer.handle is None or owner is None or _name(signer.handle) == _name(owner)


def _missing(all_needs: Sequence[Needs], known: Known) -> Iterator[_Missing]:
    """By tweet and owner, what any report needs, is not known, and can be asked for."""
    owners = {id_: owner for needs in reversed(all_needs) for id_, owner in needs.owners.items() if owner}
    tweets: dict[tuple[str, str], _Missing] = {}
    for needs in all_needs:
        uncounted: dict[str, list[Gap]] = {}
        for gap in needs.gaps:
            uncounted.setdefault(gap.tweet_id, []).append(gap)
        for tweet_id in needs.tweets:
            spans = {name: known.coverage.missing(needs, tweet_id, name) for name in needs.counts}
            own = needs.owners[tweet_id]
            owner = own or owners.get(tweet_id)
            new = _Missing(tweet_id, owner, frozenset({_name(own)}), needs.grain, spans)
            _leave_out(new, uncounted.get(tweet_id, ()))
            if new.by_metric:
                place = tweet_id, _name(owner)
                tweets[place] = _both(tweets[place], new) if place in tweets else new
    yield from tweets.values()


def _name(owner: str | None) -> str:
    return (owner or "").lower()


def _both(one: _Missing, other: _Missing) -> _Missing:
    """What two reports miss of a tweet."""
    metrics = dict.fromkeys([*one.by_metric, *other.by_metric])
    return _Missing(
        one.tweet_id,
        one.owner or other.owner,
        one.owners | other.owners,
        max(one.grain, other.grain, key=_GRAINS.index),
        {name: joined([*one.by_metric.get(name, ()), *other.by_metric.get(name, ())]) for name in metrics},
    )


def _leave_out(missing: _Missing, gaps: Iterable[Gap]) -> None:
    """Take out what lies in the gaps, and the metrics of which nothing is left."""
    for gap in gaps:
        for name in missing.by_metric if gap.metric is None else {gap.metric}.intersection(missing.by_metric):
            missing.by_metric[name] = without(missing.by_metric[name], [gap.span])
    missing.by_metric = {name: spans for name, spans in missing.by_metric.items() if spans}


def _public(all_needs: Iterable[Needs]) -> frozenset[str]:
    """The tweets of which a report needs something that is public, known or not."""
    in_part = (needs for needs in all_needs if any(METRICS[name].public for name in needs.counts))
    return frozenset(tweet_id for needs in in_part for tweet_id in needs.tweets)


def _signer(
    missing: _Missing, endpoint: Endpoint, public: Collection[str], own_handles: Collection[str], *, bearer: bool
) -> Signer:
    # Only `totals` answers a bearer token, and only for public metrics: else the owner has to sign, token or no token.
    owner_only = not endpoint.app_context or missing.tweet_id not in public
    bearer_is_enough = bearer and all(METRICS[name].public for name in missing.by_metric)
    by_owner = owner_only or (missing.owner in own_handles and not bearer_is_enough)
    return Signer(missing.owner if by_owner else None)


def _refused(missing: _Missing, endpoint: Endpoint, signer: Signer, known: Known) -> Iterator[Gap]:
    """What earlier calls of the same signer found to be gone, or refused for good."""
    for kept in known.gaps_of(endpoint, signer, missing.tweet_id):
        if kept.metric is None or kept.metric in missing.by_metric:
            yield kept


def _owners_only(missing: _Missing, signer: Signer) -> Iterator[Gap]:
    """What the bearer token may not ask for."""
    if signer.handle is None:
        owner = f"the access token of {missing.owner}" if missing.owner else "its owner's access token"
        for name in missing.by_metric:
            if not METRICS[name].public:
                yield Gap(missing.tweet_id, name, Reason.NOT_AUTHORIZED, f"only {owner} may ask for it")


def _requests(tweets: Sequence[_Missing], endpoint: Endpoint, signer: Signer) -> Iterator[Request]:
    """The calls of one signer, all at the finest grain that any of its tweets needs."""
    grain = max((missing.grain for missing in tweets), key=_GRAINS.index)
    of = {missing.tweet_id: missing for missing in tweets}
    for window, batch in batches({missing.tweet_id: missing.spans for missing in tweets}, endpoint):
        yield _request(window, [of[tweet_id] for tweet_id in batch], endpoint, signer, grain)


def _request(window: Span, batch: Sequence[_Missing], endpoint: Endpoint, signer: Signer, grain: Grain) -> Request:
    """The smallest call that asks for all that these tweets miss in the window."""
    asked = [{name: within(spans, window) for name, spans in missing.by_metric.items()} for missing in batch]
    wanted = {name for metrics in asked for name, spans in metrics.items() if spans}
    spans = [span for metrics in asked for some in metrics.values() for span in some]
    return Request(
        endpoint,
        signer,
        tuple(missing.tweet_id for missing in batch),
        tuple(name for name in METRICS if name in wanted),
        grain,
        min(span.start for span in spans) if endpoint.takes_range else None,
        max(span.end for span in spans) if endpoint.takes_range else None,
    )
