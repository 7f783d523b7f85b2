"""Which calls are still to be made, and when; and what follows from each reply. Pure: the time comes in.

A reply that is an answer is kept. Otherwise the call is made again later (their side failed, or the minute was full),
or smaller calls take its place (some of it was refused), or what it was to bring is a gap. Instants are seconds since
1970.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Final

from reportgen.api.answers import call_failed, credential_refused
from reportgen.api.engagement import NoReplyError, Reply
from reportgen.api.pace import Pace
from reportgen.api.verdicts import Answer, Refusal, Rejected, TooMany, Unanswered, Unauthorized, Verdict
from reportgen.fetch.call import Call, planned_call
from reportgen.fetch.patience import Patience
from reportgen.fetch.queue import Queue
from reportgen.fetch.refused import Refused
from reportgen.gaps import Gap
from reportgen.plan import Request


@dataclass(frozen=True, slots=True)
class Wait:
    """No call can be made until then, and why."""

    until: float
    why: str


SURE: Final = 2
"""After so many failures of one call the time counts for which the API has not answered."""
ALONE_AT_MOST: Final = 8
"""So many tweets are refused one by one, without a name and before anything was answered, until the refusals of this
signer are no longer taken for the tweets' own."""


class Calls:
    """The calls of one run, and what they have brought so far.

    `read` tells what a reply means, `chance` gives numbers from 0 to 1.
    """

    def __init__(
        self,
        requests: Iterable[Request],
        read: Callable[[Request, Reply], Verdict],
        pace: Pace,
        calls_at_once: int,
        chance: Callable[[], float],
        patience: Patience,
    ) -> None:
        self.answers: dict[Request, list[Answer]] = {request: [] for request in requests}
        """What came for each planned request, in parts."""
        self.made = 0
        self.repeated = 0
        """How many of the calls made were made before, exactly so."""
        self._read = read
        self._pace = pace
        self._calls_at_once = calls_at_once
        self._chance = chance
        self._patience = patience
        self._queue = Queue(map(planned_call, self.answers))
        self._under_way: dict[Call, float] = {}
        self._unread: dict[Call, float] = {}
        self._refused = Refused()
        self._signers = {request.signer: _Signer() for request in self.answers}
        self._last_answer = self._last_reply = inf
        """When the API last gave one, a 429 being a reply alone; at first, when it was asked."""

    @property
    def done(self) -> bool:
        """Whether everything is answered or given up."""
        return self.to_make == 0

    @property
    def finished(self) -> int:
        """How many calls were made and have come to an end, a good one or not."""
        return self.made - len(self._under_way) - len(self._unread)

    @property
    def to_make(self) -> int:
        """How many calls are still to come to an end, as far as is known."""
        return len(self._queue) + len(self._under_way) + len(self._unread)

    def due(self, now: float) -> Iterator[Call]:
        """The calls to make now. Each is under way from then on."""
        while len(self._under_way) < self._calls_at_once:
            self._queue.bring_forward(now, last=not self._under_way and not self._unread)
            call = self._take()
            if call is None:
                return
            if self._pace.next(now) > now:
                self._queue.put_first(call)
                return
            self._leave(call, now)
            yield call

    def wait(self, now: float) -> Wait | None:
        """Until when there is no call to make, unless a reply comes first; None where only a reply can change that."""
        if len(self._under_way) >= self._calls_at_once:
            return None
        if self._queue.has_ready and (opens := self._pace.next(now)) > now:
            return Wait(opens, self._pace.reason(now))
        if later := self._queue.first_later:
            until, call = later
            return Wait(until, "" if self._under_way else call.trouble)
        return None

    def arrived(self, call: Call) -> None:
        """The reply to a call is there, to be taken; another call may leave meanwhile."""
        self._unread[call] = self._under_way.pop(call)

    def take(self, call: Call, reply: Reply | NoReplyError, now: float) -> None:
        """Do what follows from the reply to a call that has arrived."""
        sent = self._unread.pop(call)
        signer = self._signers[call.request.signer]
        signer.asked.difference_update(call.request.tweet_ids)
        verdict = self._meaning(call, reply, sent, now)
        match verdict:
            case TooMany():
                self._pace.refused(sent, now)
                self._queue.put_first(call)
                self._last_reply = now
                self._give_up_after(
                    self._patience.busy, self._last_answer, now, "others use up the limit of the minute"
                )
                return
            case Unanswered(detail):
                self._make_again(call, detail, now)
                # Not at the first failure: it may be ourselves who slept for so long.
                if call.failures > SURE:
                    self._give_up_after(self._patience.outage, self._last_reply, now, detail)
                return
            case Answer():
                signer.works = True
                signer.known.update(call.request.tweet_ids)
                self._settle(call, verdict)
            case Refusal():
                signer.works = signer.works or bool(verdict.tweets or verdict.metrics)
                self._ask_for_the_rest(call, verdict)
            case Unauthorized(reason):
                self._refused.credentials.setdefault(call.request.signer, reason)
                self._settle(call, credential_refused(call.request, reason))
            case Rejected(detail, address):
                if address:
                    self._refused.addresses.setdefault(call.request.endpoint, detail)
                self._settle(call, call_failed(call.request, detail))
        self._pace.answered()
        self._last_answer = self._last_reply = now

    def _meaning(self, call: Call, reply: Reply | NoReplyError, sent: float, now: float) -> Verdict:
        if isinstance(reply, NoReplyError):
            return Unanswered(str(reply))
        self._pace.learn(reply.limit, reply.remaining, sent, now, len(self._under_way))
        return self._read(call.request, reply)

    def _take(self) -> Call | None:
        """Take the next call that may leave, without what is known to be refused."""
        while call := self._queue.take(self._is_held):
            left, answers = self._refused.sift(call)
            for answer in answers:
                self._settle(call, answer)
            if left:
                return left
        return None

    def _is_held(self, call: Call) -> bool:
        return self._signers[call.request.signer].holds(call)

    def _leave(self, call: Call, now: float) -> None:
        signer = self._signers[call.request.signer]
        signer.asked.update(tweet_id for tweet_id in call.request.tweet_ids if tweet_id not in signer.known)
        self._pace.leave()
        self._under_way[call] = now
        self.made += 1
        self.repeated += call.sent > 0
        call.sent += 1
        if self._last_reply == inf:
            self._last_answer = self._last_reply = now

    def _settle(self, call: Call, answer: Answer) -> None:
        for part in call.parts:
            self.answers[part.planned].append(answer if len(call.parts) == 1 else answer.of(part.tweet_ids))

    def _ask_for_the_rest(self, call: Call, refusal: Refusal) -> None:
        """Ask again without what was refused; where that is not named, in halves, down to single tweets."""
        request = call.request
        if refusal.tweets or refusal.metrics:
            self._refused.add_tweets(request.signer, refusal.tweets)
            self._refused.add_metrics(request.signer, request.endpoint, refusal.metrics)
            self._drop_refused(call)
        elif len(request.tweet_ids) == 1:
            (tweet_id,) = request.tweet_ids
            gap = Gap(tweet_id, None, refusal.suspicion, f"the API refused this tweet: {refusal.text}")
            self._refused.add_tweets(request.signer, {tweet_id: gap})
            self._signers[request.signer].alone += 1
            self._drop_refused(call)
        elif self._signers[request.signer].is_hopeless:
            self._settle(call, call_failed(request, f"the API refused the call: {refusal.text}"))
        else:
            self._queue.put_first(*call.halves())

    def _drop_refused(self, call: Call) -> None:
        """Put what is left of a call to the other rests: calls that differ in tweets alone become one."""
        rest, answers = self._refused.sift(call)
        for answer in answers:
            self._settle(call, answer)
        if rest:
            self._queue.put_rest(rest)

    def _make_again(self, call: Call, detail: str, now: float) -> None:
        if not call.failures:
            call.failing_since = now
        call.failures += 1
        call.trouble = detail
        again = now + self._patience.wait(call.failures, self._chance())
        if call.failures >= self._patience.tries or again - call.failing_since > self._patience.call:
            self._settle(call, call_failed(call.request, f"{detail}, {call.failures} times"))
        else:
            self._queue.put_later(again, call)

    def _give_up_after(self, seconds: float, since: float, now: float, detail: str) -> None:
        """Give up all that is not under way where so long has passed."""
        if now - since < seconds:
            return
        for call in self._queue.take_all():
            self._settle(call, call_failed(call.request, f"{detail}, for {seconds / 60:.0f} minutes"))


@dataclass(slots=True)
class _Signer:
    """What is known of the calls that one signer may make."""

    works: bool = False
    """Whether the API has taken its credential."""
    known: set[str] = field(default_factory=set)
    """The tweets that were in a call that was answered."""
    asked: set[str] = field(default_factory=set)
    """The tweets of calls under way that are not known yet."""
    alone: int = 0
    """How many tweets were refused one by one."""

    def holds(self, call: Call) -> bool:
        """Whether the call should wait for another one: what is refused to that one will be left out of this one.

        A credential is in one call at a time until it is known to work, and a tweet until there was an answer for it.
        """
        return not self.asked.isdisjoint(call.request.tweet_ids) if self.works else bool(self.asked)

    @property
    def is_hopeless(self) -> bool:
        """Whether refusals without a name are not for single tweets' sake."""
        return not self.known and self.alone >= ALONE_AT_MOST
