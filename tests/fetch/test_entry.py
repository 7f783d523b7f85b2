"""Each call that came back is told once, with what came of it."""

from __future__ import annotations

import pytest

from reportgen.api.reply import NoReplyError, Reply
from reportgen.fetch.patience import Patience
from reportgen.ledger import CallEntry, Outcome
from reportgen.request import Request
from tests.fetch.virtual import START, TWEETS, Noted, calls_of, ok, refuse, run, totals

ONE, TWO = TWEETS[:2]
ASKED = totals(ONE)
ONCE = Patience(tries=1)


def entries(*replies: Reply | NoReplyError) -> list[CallEntry]:
    """Of a run of one planned call, to which these are the replies, as far as they are wanted."""
    noted = Noted()
    left = list(replies)
    run(lambda request, now: left.pop(0), calls_of(ASKED, patience=ONCE, record=noted))
    return noted.entries


@pytest.mark.parametrize(
    ("reply", "outcome", "status", "cause"),
    [
        (ok(ASKED), Outcome.ANSWERED, 200, None),
        (refuse(403, "Forbidden"), Outcome.REFUSED, 403, "Forbidden"),
        (refuse(401, "Reason: no"), Outcome.UNAUTHORIZED, 401, "Reason: no"),
        (refuse(400, "Bad dates"), Outcome.REJECTED, 400, "the API refused the call: Bad dates"),
        (refuse(503, "later"), Outcome.FAILED, 503, "the API answered with status 503: later"),
        (NoReplyError("the connection failed"), Outcome.FAILED, None, "the connection failed"),
    ],
)
def test_an_entry_has_what_came_of_its_call(
    reply: Reply | NoReplyError, outcome: Outcome, status: int | None, cause: str | None
) -> None:
    (entry,) = entries(reply)
    assert entry == CallEntry(ASKED, (ASKED,), START, entry.seconds, outcome, status, cause)
    assert entry.seconds == pytest.approx(0.1)


def test_a_call_over_the_limit_of_the_minute_has_an_entry_of_its_own() -> None:
    first, second = entries(refuse(429, "Too many"), ok(ASKED))
    assert (first.outcome, first.status, first.cause) == (Outcome.TOO_MANY, 429, None)
    assert (second.outcome, second.left_at) == (Outcome.ANSWERED, START + 60 - START % 60)


def test_an_answer_that_lacks_something_says_why() -> None:
    (entry,) = entries(Reply(200, '{"facts": {}}'))
    assert (entry.outcome, entry.status) == (Outcome.ANSWERED, 200)
    assert entry.cause == "the answer lacks some numbers"


def test_a_cause_is_the_first_words_in_one_line_without_ids() -> None:
    text = f"Forbidden to access tweets: {ONE}, {TWO}\n\x1b[31m" + "and so on " * 20
    (entry,) = entries(refuse(403, text))
    assert entry.cause is not None
    assert entry.cause.startswith("Forbidden to access tweets: … [31mand so on and so on")
    assert entry.cause.endswith(" and so on and…")
    assert len(entry.cause) <= 120


def test_a_call_that_serves_several_planned_ones_names_them() -> None:
    foreign = TWEETS[2:4]

    def serve(request: Request, now: float) -> Reply:
        named = [tweet_id for tweet_id in request.tweet_ids if tweet_id in foreign]
        return refuse(403, f"Forbidden to access tweets: {named[0]}") if named else ok(request)

    noted = Noted()
    one, two = totals(ONE, foreign[0]), totals(TWO, foreign[1])
    run(serve, calls_of(one, two, record=noted))
    assert [(entry.request.tweet_ids, entry.outcome, entry.planned) for entry in noted.entries] == [
        (one.tweet_ids, Outcome.REFUSED, (one,)),
        (two.tweet_ids, Outcome.REFUSED, (two,)),
        ((ONE, TWO), Outcome.ANSWERED, (one, two)),
    ]
