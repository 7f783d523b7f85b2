"""Which calls are still to be made, and when; and what follows from each reply.

A reply that is an answer is kept. Otherwise the call is made again later (their side failed, or the minute was full),
or smaller calls take its place (some of it was refused), or what it was to bring is a gap.

Reads no clock: the time comes in, as seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reportgen.api.outcomes import call_failed, credential_refused, tweet_refused
from reportgen.api.reply import NoReplyError, Reply, UnreachedError
from reportgen.api.verdicts import Answer, Refusal, Rejected, TooMany, Unanswered, Unauthorized, Verdict
from reportgen.facts import no_facts
from reportgen.fetch.call import Call, planned_call
from reportgen.fetch.entry import entry_of
from reportgen.fetch.learnt import Learnt
from reportgen.fetch.pace import Pace
from reportgen.fetch.patience import Patience
from reportgen.fetch.queue import Queue
from reportgen.fetch.record import Record
from reportgen.gaps import Gap, Reason
from reportgen.request import Request, Signer


@dataclass(frozen=True, slots=True)
class Wait:
    """No call can be made until then, and why; `why` is empty where nobody would ask."""

    until: float
    why: str


class Calls:
    """The calls of one run, and what they have brought so far.

    `read` tells what a reply means, `chance` gives numbers from 0 to 1, and `record` keeps what the calls bring.
    """

    def __init__(
        self,
        requests: Iterable[Request],
        read: Callable[[Request, Reply], Verdict],
        pace: Pace,
        calls_at_once: int,
        chance: Callable[[], float],
        patience: Patience,
        record: Record,
    ) -> None:
        self.answers: dict[Request, list[Answer]] = {request: [] for request in requests}
        """What came for each planned request, in parts that add up, without the facts that are in the record."""
        self.finished = 0
        """How many calls have come to their end, however often they were made."""
        self.made = 0
        self.retried = 0
        """How many of the calls made were made before, exactly so."""
        self._read = read
        self._pace = pace
        self._calls_at_once = calls_at_once
        self._chance = chance
        self._patience = patience
        self._record = record
        self._queue = Queue(map(planned_call, self.answers))
        self._under_way: dict[Call, float] = {}
        """When each was sent."""
        self._unread: dict[Call, float] = {}
        """The calls whose replies are there: when each was sent."""
        self._learnt = Learnt()
        self._keeps_pace = False
        """Whether a call is held back by the pace alone, since `due` was looked at last."""
        self._is_reached = False
        """Whether anybody was ever there."""
        self._failing_since: float | None = None
        """Since when there were failures and nothing else."""
        self._busy_since: float | None = None
        """Since when the limit of the minute was met, and nothing was answered."""

    @property
    def unfinished(self) -> int:
        """How many calls are still to come to an end, as far as is known."""
        return len(self._queue) + len(self._under_way) + len(self._unread)

    @property
    def refused_credentials(self) -> dict[Signer, str]:
        """The signers whose credential never worked and was refused, and the vendor's reason."""
        return self._learnt.refused_credentials

    def due(self, now: float) -> Iterator[Call]:
        """The calls to make now. Each is under way from then on."""
        self._keeps_pace = False
        while len(self._under_way) < self._calls_at_once:
            call = self._next(now)
            if call is None:
                if self._settle_last_suspects():
                    continue
                return
            if self._pace.reserve(now) > now:
                self._queue.put_first(call)
                self._keeps_pace = True
                return
            self._leave(call, now)
            yield call

    def wait(self, now: float) -> Wait | None:
        """Until when there is no call to make, unless a reply comes first; None where only a reply can change that."""
        if len(self._under_way) >= self._calls_at_once:
            return None
        if self._keeps_pace:
            # Since then the time may have come: then it is now, and not when the next reply comes.
            return Wait(self._pace.opens(now), self._pace.reason(now))
        if later := self._queue.first_later:
            until, call = later
            return Wait(until, "" if self._under_way else call.last_failure)
        return None

    def arrived(self, call: Call) -> None:
        """The reply to a call is there; another call may leave while it is read."""
        self._unread[call] = self._under_way.pop(call)

    def receive(self, call: Call, reply: Reply | NoReplyError, now: float) -> None:
        """Do what follows from the reply to a call that has arrived."""
        sent_at = self._unread.pop(call)
        self._learnt.came_back(call)
        self._is_reached = self._is_reached or not isinstance(reply, UnreachedError)
        verdict = self._meaning(call, reply, sent_at, now)
        verdict = self._record.received(entry_of(call, reply, verdict, sent_at, now), verdict)
        if isinstance(verdict, TooMany):
            self._failing_since = None
            self._make_next_minute(call, sent_at, now)
        elif isinstance(verdict, Unanswered):
            self._make_again(call, verdict.detail, sent_at, now)
        else:
            self._failing_since = self._busy_since = None
            self._pace.answered()
            self.finished += 1
            self._conclude(call, verdict)

    def _meaning(self, call: Call, reply: Reply | NoReplyError, sent_at: float, now: float) -> Verdict:
        if isinstance(reply, NoReplyError):
            return Unanswered(str(reply))
        self._pace.learn(reply.limit, reply.remaining, sent_at, now, len(self._under_way))
        return self._read(call.request, reply)

    def _conclude(self, call: Call, verdict: Answer | Refusal | Unauthorized | Rejected) -> None:
        match verdict:
            case Answer():
                self._settle(call, verdict)
                self._blame(self._learnt.answered(call))
            case Refusal():
                self._ask_for_the_rest(call, verdict)
            case Unauthorized(reason):
                self._learnt.refused_credential(call, reason)
                self._settle(call, credential_refused(call.request, reason))
            case Rejected(detail, address):
                if address:
                    self._learnt.wrong_address(call, detail)
                self._settle(call, call_failed(call.request, detail))

    def _next(self, now: float) -> Call | None:
        """Take the next call that may leave, without what is known to be refused."""
        while call := self._take(now):
            rest = self._without_refused(call)
            if rest := rest and self._without_known(rest):
                return rest
            self.finished += 1
        return None

    def _take(self, now: float) -> Call | None:
        # Each time anew: of a call nothing may be left, and it was the last that the rests waited for.
        self._queue.bring_forward(now, last=not self._under_way and not self._unread)
        return self._queue.take(self._learnt.holds)

    def _without_known(self, call: Call) -> Call | None:
        """The call without what another process has found out meanwhile."""
        rest = self._record.rest_of(call.request)
        if rest.gaps:
            self._settle(call, Answer(no_facts(), rest.gaps))
        if call.request in rest.requests:
            return call
        return call.narrowed(rest.requests[0]) if rest.requests else None

    def _without_refused(self, call: Call) -> Call | None:
        rest, answer = self._learnt.sift(call)
        if answer:
            self._record.refused(call.request, answer.gaps)
            self._settle(call, answer)
        return rest

    def _leave(self, call: Call, now: float) -> None:
        self._learnt.left(call)
        self._pace.leave()
        self._under_way[call] = now
        self.made += 1
        self.retried += call.was_made
        call.was_made = True

    def _settle(self, call: Call, answer: Answer) -> None:
        """Hand an answer out to the planned requests that it is for."""
        for part in call.parts:
            self.answers[part.planned].append(answer if len(call.parts) == 1 else answer.only(part.tweet_ids))

    def _ask_for_the_rest(self, call: Call, refusal: Refusal) -> None:
        """Ask again without what was refused; where that is not named, in halves, down to single tweets."""
        if refusal.tweets or refusal.metrics:
            self._learnt.refused(call, refusal.tweets, refusal.metrics)
            if rest := self._without_refused(call):
                self._queue.put_rest(rest)
        elif len(call.request.tweet_ids) == 1:
            self._suspect(call, tweet_refused(call.request.tweet_ids[0], refusal.suspicion, refusal.text))
        elif self._learnt.is_hopeless(call):
            self._settle(call, call_failed(call.request, f"the API refused the call: {refusal.text}"))
        else:
            self._queue.put_first(*call.halves())

    def _suspect(self, call: Call, gap: Gap) -> None:
        if gap.reason is Reason.UNAVAILABLE:
            # The vendor's own words say that it is the tweet.
            self._blame([(call, gap)])
        elif not self._learnt.suspect(call, gap):
            self._settle(call, call_failed(call.request, gap.detail))

    def _settle_last_suspects(self) -> bool:
        """Settle the tweets that were refused without a name where no reply is to come that would tell of them.

        True where there were any: calls that waited for that may leave.
        """
        if self._under_way or self._unread or self._queue.first_later:
            return False
        blamed, cleared = self._learnt.last_suspects(self._record.was_answered)
        self._blame(blamed)
        for call, gap in cleared:
            self._settle(call, call_failed(call.request, gap.detail))
        return bool(blamed or cleared)

    def _blame(self, suspects: Iterable[tuple[Call, Gap]]) -> None:
        for call, gap in suspects:
            self._record.refused(call.request, (gap,))
            self._settle(call, Answer(no_facts(), (gap,)))

    def _make_next_minute(self, call: Call, sent_at: float, now: float) -> None:
        self._pace.met_limit(sent_at, now)
        self._queue.put_first(call)
        self._busy_since = now if self._busy_since is None else self._busy_since
        if now - self._busy_since >= self._patience.busy_seconds:
            self._give_up(f"others use up the limit of the minute, for {self._patience.busy_seconds / 60:.0f} minutes")

    def _make_again(self, call: Call, failure: str, sent_at: float, now: float) -> None:
        # The first time may have taken an hour, if we slept: what counts is what goes on with making it again.
        call.seconds += now - sent_at if call.failures else 0
        call.failures += 1
        call.last_failure = failure
        wait = self._patience.wait(call.failures, self._chance())
        call.seconds += wait
        if call.failures >= self._patience.tries or call.seconds > self._patience.call_seconds:
            times = f", {call.failures} times" if call.failures > 1 else ""
            self.finished += 1
            self._settle(call, call_failed(call.request, failure + times))
        else:
            self._queue.put_later(now + wait, call)
        self._failing_since = now if self._failing_since is None else self._failing_since
        if not self._is_reached and now + wait - self._failing_since > self._patience.unreached_seconds:
            self._give_up(f"{failure}, from the first call on")
        elif now - self._failing_since >= self._patience.outage_seconds:
            self._give_up(f"{failure}, for {self._patience.outage_seconds / 60:.0f} minutes")

    def _give_up(self, detail: str) -> None:
        """Give up all that is not under way."""
        for call in self._queue.take_all():
            self.finished += 1
            self._settle(call, call_failed(call.request, detail))
